"""Figures held against each other: a target and what was reached, a part and its whole, a sum and its parts.

Nothing is compared unless unit, what is counted and window of time agree; `Measure.why` says what did not.
"""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct, structs

from reconcile.language import data, distinct, punctuation, quantities
from reconcile.language.punctuation import SENTENCE
from reconcile.language.quantities import Bound, Figure
from reconcile.language.tokens import content_words_of, fold, pairs


class Measure(Struct, frozen=True):
    """A target (目标值) and what was reached (实际值).

    `share` is the actual over the target and `met` whether it satisfies the target's bound, both None where they are
    not compared; `why` is then "unit", "object", "period", or "none" where nothing answers the target at all.
    """

    target: Figure
    actual: Figure | None = None
    share: float | None = None
    met: bool | None = None
    why: str = ""


class Rate(Struct, frozen=True):
    """A share its parts give: 436户已签412户 is 94.5 %."""

    part: Figure
    whole: Figure

    @property
    def percent(self) -> float:
        return 100 * self.part.value / self.whole.value


class Subtotal(Struct, frozen=True):
    """A whole with the parts said to make it up, and whether they do."""

    whole: Figure
    parts: tuple[Figure, ...]
    adds: bool


_RULES = data.rules("quantities")
_RELATED = [frozenset(units.split()) for units in _RULES["related"].values()]
_ALIKE = [frozenset(units.split()) for units in _RULES["alike"].values()]
_PARTS = re.compile(data.either(_RULES["shares"]["parts"].split()))
_WHOLE = tuple(_RULES["shares"]["whole"].split())
_REACHED = re.compile(rf"中|{data.either(_RULES['shares']['reached'].split())}")
_NAME = re.compile(
    rf"(?P<name>[^\W\d]{{0,6}}?(?:{data.either(_RULES['rates']['names'].split())}))(?:{data.either(_RULES['rates']['tails'].split())})*(?:[\d.]+%[、和及])*$"
)
_STOP = re.compile(r"[。;!?\n]")
_ASIDE = re.compile(r"其中|(?:另|另有|其余|剩余|还有)$")
_LEFT = re.compile("其中|[另余剩未尚仍待]")
_MEANT = re.compile(data.either(_RULES["shares"]["meant"].split()))
_NOUN = re.compile(r"[^\W\d]{2,8}")
_TELLING = frozenset({*(name for name, _ in _RULES["measures"].values()), "单位"} - {"元"})
"""Units that say by themselves what is counted, so that a lone figure in them answers a target."""
_ROUGHLY = 0.95
"""An approximate target (左右) counts as met from this share on."""
_WHOLE_FROM = 0.85
"""Parts that reach this share of their whole are taken for all of them."""
_ROUNDING = 0.001
_CLEARLY = 2
"""How many pairs of characters before two figures must be the same for them to be of one object beyond doubt."""


def measure(plan: str, completion: str) -> tuple[Measure, ...]:
    """What a completion says to each figure of a plan that it is held against, in the plan's order."""
    targets = levels(plan)
    if not targets:
        return ()
    planned, reported = fold(plan), fold(completion)
    said = levels(completion)
    shares = rates(completion)
    wanted = {(target.value, target.unit) for target in targets}
    measures = []
    for target in targets:
        others = wanted - {(target.value, target.unit)}  # a figure that answers another target exactly is left to it
        left = [figure for figure in said if (figure.value, figure.unit) not in others]
        measures.append(_measure(target, planned, left, reported, shares))
    return tuple(measures)


def levels(text: str) -> list[Figure]:
    """The figures that can be a target or its answer: no change, no number for each, no attribute (50万元以上的村)."""
    folded = fold(text)
    return [
        figure
        for figure in quantities.read(text)
        if not figure.change and not figure.each and folded[figure.end : figure.end + 1] != "的"
    ]


def compare(target: Figure, actual: Figure) -> Measure:
    """A target against a figure for the same thing: unit and window of time must agree."""
    if target.unit != actual.unit or target.change != actual.change:
        return Measure(target, actual, why="unit")
    if not _same_time(target, actual):
        return Measure(target, actual, why="period")
    share = actual.value / target.value if target.value else None
    if target.bound is Bound.MOST:
        met = actual.value <= target.value
    elif target.bound is Bound.ABOUT:
        met = actual.value >= _ROUGHLY * target.value
    else:
        met = actual.value >= target.value
    return Measure(target, actual, share, met)


def rates(text: str) -> tuple[Rate, ...]:
    """The shares that parts give beside their whole: 应接种1436人…已有1187人接种. What brackets add is passed over."""
    bare = punctuation.bare(text)
    figures = quantities.read(bare)
    found = []
    for whole, part in pairwise(figures):
        between = bare[whole.end : part.start]
        fits = whole.unit == part.unit and 0 < part.value <= whole.value and part.unit != "%"
        if fits and not _ASIDE.search(between) and not _STOP.search(between) and _REACHED.search(between):
            found.append(Rate(part, whole))
    return tuple(found)


def subtotals(text: str) -> tuple[Subtotal, ...]:
    """Wholes that stand beside all of their parts (其中…, …共计…), not those of which only some are told."""
    folded = fold(text)
    found: list[Subtotal] = []
    if not _PARTS.search(folded) and not any(word in folded for word in _WHOLE):
        return ()
    figures = deque(figure for figure in quantities.read(text) if figure.unit != "%")
    for sentence in SENTENCE.finditer(folded):
        own = []
        while figures and figures[0].start < sentence.end():
            own.append(figures.popleft())
        for whole, parts in (_split_up(folded, own, sentence), _summed_up(folded, own)):
            total = sum(part.value for part in parts)
            if whole and len(parts) >= 2 and total >= _WHOLE_FROM * whole.value and not _overlap(folded, whole, parts):
                found.append(Subtotal(whole, tuple(parts), abs(total - whole.value) <= _ROUNDING * whole.value))
    return tuple(found)


def _split_up(text: str, figures: list[Figure], sentence: re.Match[str]) -> tuple[Figure | None, list[Figure]]:
    """A whole and what follows its first 其中: 发放2400张,其中东区1000张、西区1400张."""
    marker = _PARTS.search(text, *sentence.span())
    after = [figure for figure in figures if marker and figure.start >= marker.end()]
    if not marker or not after:
        return None, []
    bracket = text.rfind("(", sentence.start(), marker.start())
    closing = text.find(")", marker.end()) if bracket > text.rfind(")", sentence.start(), marker.start()) else -1
    before = [figure for figure in figures if figure.end <= marker.start() and figure.unit == after[0].unit]
    parts = [part for part in after if part.unit == after[0].unit and (closing < 0 or part.end <= closing)]
    return (before[-1] if before else None), parts


def _summed_up(text: str, figures: list[Figure]) -> tuple[Figure | None, list[Figure]]:
    """The first whole that sums up what stands before it: 东区1000张、西区1400张,共计2400张."""
    for place, whole in enumerate(figures):
        if place >= 2 and text.endswith(_WHOLE, 0, whole.start):
            return whole, [part for part in figures[:place] if part.unit == whole.unit]
    return None, []


def _overlap(text: str, whole: Figure, parts: list[Figure]) -> bool:
    """Whether parts may count one thing twice, being of the same noun as their whole: 12个小区,8个小区…9个小区."""
    counted = _NOUN.match(text, whole.end)
    return counted is not None and any((noun := _noun(text, part)) and noun in counted[0] for part in parts)


def _measure(target: Figure, planned: str, said: list[Figure], reported: str, shares: tuple[Rate, ...]) -> Measure:
    for rate in shares:
        if (rate.whole.value, rate.whole.unit) == (target.value, target.unit):
            return compare(target, rate.part)
    alike = [(figure, _about(reported, figure)) for figure in said if figure.unit == target.unit]
    about = _about(planned, target) if alike else None
    near = {
        figure: (_closeness(about, other), other) for figure, other in alike if about and _same_object(about, other)
    }
    alone = about is not None and len(near) == 1 and all(other.last == about.last != "" for _, other in near.values())
    if not alone and (target.unit not in _TELLING or len(near) > 1):
        near = {figure: (closeness, other) for figure, (closeness, other) in near.items() if closeness}
    timely = [figure for figure in near if _same_time(target, figure)]
    if exact := next((one for one in timely if one.value == target.value and not near[one][1].meant), None):
        return compare(target, exact)
    if near:
        best = max(timely or near, key=lambda figure: (near[figure][0], figure.value))
        as_close = [one for one in timely if near[one][0] == near[best][0] and not near[one][1].left_over]
        return _sum(target, compare(target, best), as_close)
    if not alike and (other := _counted_otherwise(target, planned, said, reported)):
        return compare(target, other)
    if target.unit == "%" and shares:
        whole, part = shares[0].whole, shares[0].part
        return compare(target, Figure(shares[0].percent, "%", whole.start, part.end, part.said))
    if alike:
        return Measure(target, alike[0][0], why="object")
    related = [units for units in _RELATED if target.unit in units]
    mixed = any(figure.unit in units for units in related for figure in said)
    return Measure(target, why="unit" if mixed else "none")


def _counted_otherwise(target: Figure, planned: str, said: list[Figure], reported: str) -> Figure | None:
    """The figure that counts the target's object in another unit (演练3场, 演练1次), turned into the target's."""
    units = frozenset[str]().union(*(group for group in _ALIKE if target.unit in group))
    others = [figure for figure in said if figure.unit in units]
    if len(others) != 1:
        return None
    about, other = _about(planned, target), _about(reported, others[0])
    same = _same_object(about, other) and len(about.before & other.before) >= _CLEARLY
    return structs.replace(others[0], unit=target.unit) if same and not other.left_over and not other.meant else None


def _sum(target: Figure, found: Measure, figures: list[Figure]) -> Measure:
    """A target that no single figure reaches is met by several that reach it together: 大坪12.6公里, 龙潭9.7公里."""
    total = sum(figure.value for figure in figures if figure.value < target.value)
    if found.met is not False or target.unit == "%" or target.bound is Bound.MOST or total < target.value:
        return found
    return Measure(target, found.actual, total / target.value, True)


class _About(Struct, frozen=True):
    """What a figure is said of: the name of a rate, the noun counted, the words before and around it, their marks.

    `last` is the character before the figure where the words said of it end in it: 取[样]80个, 采土[样]64个.

    `left_over` marks what is only the rest or a part of something else: 其余3处, 其中2处; `meant` what was only to be
    done: 任务600单位.
    """

    rate: str
    noun: str
    last: str
    before: frozenset[str]
    around: frozenset[str]
    marks: distinct.Marks
    left_over: bool
    meant: bool


@lru_cache(maxsize=1024)
def _about(text: str, figure: Figure) -> _About:
    start, end = figure.said
    name = _NAME.search(text, max(start - 30, 0), figure.start) if figure.unit == "%" else None
    words, around = content_words_of([text[start : figure.start], text[start:end]])
    return _About(
        rate=name["name"][-2:] if name else "",
        noun=_noun(text, figure),
        last=words[-1][-1] if words and text.endswith(words[-1], start, figure.start) else "",
        before=_pairs_within(words),
        around=_pairs_within(around),
        marks=distinct.marks(text[start:end]),
        left_over=bool(_LEFT.search(text, start, end)),
        meant=bool(_MEANT.search(text, start, figure.start)),
    )


def _same_object(one: _About, other: _About) -> bool:
    if distinct.conflicts(one.marks, other.marks):
        return False
    return not (one.rate and other.rate) or one.rate == other.rate


def _noun(text: str, figure: Figure) -> str:
    """The two characters behind a figure, where they are words: 12个[小区]."""
    found = _NOUN.match(text, figure.end)
    return found[0][:2] if found else ""


def _pairs_within(words: list[str]) -> frozenset[str]:
    """Words as pairs of characters, so that 隐患 is found again in 消除隐患."""
    return frozenset(pair for word in words for pair in pairs(word) or [word])


def _closeness(one: _About, other: _About) -> int:
    same_name = one.rate != "" and one.rate == other.rate
    same_noun = one.noun != "" and one.noun == other.noun
    return len(one.around & other.around) + len(one.before & other.before) + 2 * (same_name + same_noun)


def _same_time(target: Figure, actual: Figure) -> bool:
    """Whether two figures speak of one window of time; one that names none is taken to speak of the other's."""
    if "week" in (target.window, actual.window):
        return target.window == actual.window
    return not target.window or not actual.window or target.window == actual.window
