"""What a completion says of its work (完成状态): done, under way, begun, prepared, not done, only meant, withdrawn.

A completion is read clause by clause between commas, for a report often adds a plan or an excuse to what it did:
"完成装修,计划投入运营" is done and intended. A negation counts only where it governs the clause's own act:
未完成图纸设计 is not done, 查处未取得许可经营6起 is done. The words are in aspect.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from reconcile.language import data, punctuation
from reconcile.language.punctuation import SENTENCE
from reconcile.language.word_list import WordList


class Kind(StrEnum):
    """What a clause reports."""

    DONE = "done"
    UNDERWAY = "underway"
    STARTED = "started"
    PREPARED = "prepared"
    NOT_DONE = "not_done"
    INTENDED = "intended"
    WITHDRAWN = "withdrawn"


class Aspect(Struct, frozen=True):
    """What one clause (`start`–`end`) reports, and the words that show it (`cue`, equal to the clause for plain done).

    `graded` marks wording that stops short of the whole: 基本完成, 初步达成. `firm` marks work that shows a result: a
    word of completion or a figure, and not what only happened around it (外地高校暂停校外人员入校).
    """

    kind: Kind
    start: int
    end: int
    cue: tuple[int, int]
    graded: bool = False
    firm: bool = False


_RULES = data.rules("aspect")
_ACTS = WordList(_RULES["act"].split())
_FULL_ACTS = WordList(word for word in _RULES["act"].split() if len(word) > 1)


def _compiled(*sources: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{source})" for source in sources))


_LADDER = tuple(
    (kind, frozenset(_RULES["hints"][kind.value]), _compiled(*_RULES[kind.value]))
    for kind in (Kind.WITHDRAWN, Kind.NOT_DONE, Kind.INTENDED, Kind.UNDERWAY, Kind.PREPARED, Kind.STARTED)
)
_CALLED_OFF = _compiled(*_RULES["called_off"])
_COUNTED = re.compile(r"[^,;。]{0,12}\d")
_NEGATED = _compiled(*_RULES["not_done_act"])
_GRADED = _compiled(*_RULES["graded"])
_FIRM = _compiled(*_RULES["firm"])
_HARMLESS = _compiled(*_RULES["harmless"])
_HANDLING = tuple(_RULES["handling"].split())
_OVER = tuple(_RULES["over"].split())
_HOLDER = re.compile(rf"[^,]{{0,4}}?(?:的|{data.either(_RULES['holders'].split())})(?=[^,]{{2}})")
_FRAME = _compiled(*_RULES["frame"])
_FINISHED = re.compile("完成|结束|完毕|竣工|完工|收官")
_REASON = re.compile(_RULES["reason"]["opens"])
_REASON_HINTS = frozenset(_RULES["hints"]["reason"])
_REASON_ENDS = re.compile(_RULES["reason"]["ends"])
_DELAYED = re.compile(data.either(_RULES["reason"]["excuses"].split()))
_REASON_LENGTH = 2
_SEGMENT = re.compile(r"[^,:\s][^,:]*")


def read(text: str) -> tuple[Aspect, ...]:
    """What each clause of a text reports, in order; clauses that only frame or excuse another one are left out."""
    return _told(text)[0]


def reasons(text: str) -> tuple[tuple[int, int], ...]:
    """The spans that give a reason (原因) for what was not done, put off or called off: 因…, 受…影响, 主要原因是…."""
    return _told(text)[1]


@lru_cache(maxsize=4096)
def _told(text: str) -> tuple[tuple[Aspect, ...], tuple[tuple[int, int], ...]]:
    """What the clauses of a text report, and the spans of the reasons they give."""
    bare = punctuation.bare(text)
    found, spans = [], []
    for start, end, last in _segments(bare):
        if opening := _reason(bare, start, end):
            stop = _reason_end(bare, opening, end)
            if stop - opening.end() >= _REASON_LENGTH:
                spans.append((opening.start(), stop))
            if stop == end and (not last or opening.start() == start):
                continue  # it only excuses another clause, and says itself of nothing that it was put off
        if aspect := _aspect(bare[start:end], start, last=last):
            found.append(aspect)
    return tuple(found), tuple(spans)


def called_off(text: str) -> str:
    """The words of a clause that call off what stands beside them, unless that is counted; "" where none do."""
    found = _CALLED_OFF.search(text)
    return found[0] if found and not _COUNTED.match(text, found.end()) else ""


def hints(text: str, kinds: Iterable[Kind]) -> bool:
    """Whether a text has any of the characters without which no clause reports these kinds; quick to ask."""
    return any(not found.isdisjoint(text) for kind, found, _ in _LADDER if kind in kinds)


def _aspect(segment: str, start: int, *, last: bool) -> Aspect | None:
    """What one clause reports that begins at `start`; None where it only frames another."""
    end = start + len(segment)
    if found := _climb(segment):
        kind, cue = found
        return Aspect(kind, start, end, (start + cue[0], start + cue[1]))
    if not last and _FRAME.match(segment):
        return None
    return Aspect(Kind.DONE, start, end, (start, end), bool(_GRADED.search(segment)), _shows_result(segment))


def _segments(text: str) -> Iterator[tuple[int, int, bool]]:
    """The clauses between commas, and whether each is the last of its sentence."""
    for sentence in SENTENCE.finditer(text):
        spans = [found.span() for found in _SEGMENT.finditer(text, *sentence.span())]
        for place, (start, end) in enumerate(spans):
            yield start, end, place == len(spans) - 1


def _climb(segment: str) -> tuple[Kind, tuple[int, int]] | None:
    """The first rung of the ladder a clause stands on, with the words that show it; None for plain done."""
    for kind, hints, pattern in _LADDER:
        if hints.isdisjoint(segment):
            continue
        for start, end in _cues(kind, pattern, segment):
            if kind in {Kind.NOT_DONE, Kind.UNDERWAY} and _belongs_to_another(segment, start, end):
                continue
            if kind is Kind.STARTED and _FINISHED.search(segment):
                continue
            return kind, (start, end)
    return None


def _cues(kind: Kind, pattern: re.Pattern[str], segment: str) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(segment):
        yield found.span()
    if kind is Kind.NOT_DONE:
        for found in _NEGATED.finditer(segment):
            if act := _ACTS.at(segment, found.end()):
                yield found.start(), found.end() + len(act)


def _belongs_to_another(segment: str, start: int, end: int) -> bool:
    """Whether words describe what was dealt with rather than the clause's own act: 督促未缴费单位5家缴费."""
    before, after = segment[:start], segment[end:]
    if len(after) >= 4 and before.startswith(_OVER):
        return True
    if segment[start] not in "未没":
        return False
    if _HARMLESS.match(segment, start):
        return True
    if len(after) >= 2 and before.endswith(_HANDLING):
        return True
    return bool(_HOLDER.match(after, len(_ACTS.at(after, 0)))) and not before.endswith("因")


def _reason(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where a clause begins to give a reason."""
    return None if _REASON_HINTS.isdisjoint(text[start:end]) else _REASON.search(text, start, end)


def _reason_end(text: str, opening: re.Match[str], end: int) -> int:
    """Where a reason ends: after 影响 or 原因, with its clause where a later one tells the delay, or before it.

    因招标文件尚未批复,未能开工 is excused to the comma; 因业主外出未能开工 to 未能.
    """
    if closing := _REASON_ENDS.search(text, opening.end(), end):
        return closing.end()
    if opening[0].startswith("主要"):
        return end
    sentence = SENTENCE.match(text, end)
    if sentence and _put_off(text[end : sentence.end()]):
        return end
    places = [opening.end() + place for place in _put_off(text[opening.end() : end]) if place >= _REASON_LENGTH]
    return places[-1] if places else end


def _shows_result(segment: str) -> bool:
    return bool(_FIRM.search(segment)) or _FULL_ACTS.within(segment)


def _put_off(text: str) -> list[int]:
    """Where words stand that say of something that it was not done, in order."""
    places = {found.start() for found in _DELAYED.finditer(text)}
    for kind, _, pattern in _LADDER[:2]:
        places.update(start for start, _ in _cues(kind, pattern, text))
    return sorted(places)
