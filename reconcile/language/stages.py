"""Stages of work (阶段): 招标文件 → 招标 → 开工 → 验收 → 结算, 笔试 → 面试, 起草 → 印发, as ladders in stages.toml.

A planned stage is reached when a stage at least as high on the same ladder is reported as done; what a report
says is under way, meant or not done counts as the step below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from reconcile.language import aspect, data
from reconcile.language.aspect import Kind
from reconcile.language.tokens import fold
from reconcile.language.word_list import WordList

Ladders = Sequence[Sequence[str]]
"""Ladders a user adds: each a list of steps, lowest first, each step the ways to say it separated by spaces."""


class Stage(Struct, frozen=True):
    """A step of a ladder that a text names from `start` to `end`; `rank` counts from 1, `done` is False short of it."""

    ladder: str
    rank: int
    name: str
    start: int
    end: int
    done: bool = True

    @property
    def height(self) -> int:
        """How far the work has come: the step itself, or the one below while it is not done."""
        return self.rank if self.done else self.rank - 1


class Reached(Struct, frozen=True):
    """A planned stage beside the highest that was reported on its ladder."""

    planned: Stage
    reported: Stage

    @property
    def enough(self) -> bool:
        return self.reported.height >= self.planned.height


class _Gapped(Struct, frozen=True):
    """A step said by two words not far apart within a clause: 启动…招标."""

    before: str
    after: str
    ladder: str
    rank: int

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a text, from left to right, none overlapping."""
        start = text.find(self.before)
        while start >= 0:
            gap = start + len(self.before)
            after = text.find(self.after, gap, gap + _WIDEST + len(self.after))
            found = after >= 0 and _STOPS.isdisjoint(text[gap:after])
            end = after + len(self.after) if found else start + 1
            if found:
                yield start, end
            start = text.find(self.before, end)


class _Rungs(Struct, frozen=True):
    words: WordList
    ranks: dict[str, tuple[tuple[str, int], ...]]
    gaps: tuple[_Gapped, ...]


_ENTERING = data.rules("stages")["entering"]
_PREPARES = re.compile(rf"(?:工作|项目)?的?{data.either(_ENTERING['prepared'].split())}")
_AHEAD = tuple(_ENTERING["before"].split())
_BEGINS = tuple(_ENTERING["begun"].split())
_OTHERS = re.compile(data.either(_ENTERING["others"].split()))
_AFTER = re.compile(data.either(_ENTERING["after"].split()))
_GAP = "…"
_WIDEST = 6
"""So many characters fill a gap at most."""
_STOPS = frozenset(",;。")
_ENDS = frozenset(_ENTERING["ends"].split())
_REFUSED = frozenset({Kind.NOT_DONE, Kind.WITHDRAWN})
_SHORT = frozenset({Kind.NOT_DONE, Kind.INTENDED, Kind.WITHDRAWN, Kind.UNDERWAY, Kind.PREPARED})


def planned_stages(text: str, extra: Ladders = ()) -> tuple[Stage, ...]:
    """The stages a plan aims at, not those others bring about (迎接验收).

    One that is only prepared (招标前期工作) or begun (启动桩基) counts as the step below.
    """
    folded = fold(text)
    return tuple(stage for stage in _planned(folded, extra) if not _for_others(folded, stage.start))


def _planned(folded: str, extra: Ladders) -> list[Stage]:
    found = []
    for stage in _named(folded, extra):
        short = bool(_PREPARES.match(folded, stage.end)) or folded.endswith(_BEGINS, 0, stage.start)
        found.append(Stage(stage.ladder, stage.rank, stage.name, stage.start, stage.end, not short))
    return found


def reported_stages(text: str, extra: Ladders = ()) -> tuple[Stage, ...]:
    """The stages a completion names, each done or short of it as its clause says."""
    folded, clauses, excuses = fold(text), aspect.read(text), aspect.reasons(text)
    named = _named(folded, extra)
    steps = {(one.start, one.end) for one in named}
    found = []
    for stage in named:
        if any(start <= stage.start < end for start, end in excuses):
            continue
        clause = next((one for one in clauses if one.start <= stage.start < one.end), None)
        short = clause is not None and clause.kind in _SHORT and clause.cue not in steps
        short = short or folded.endswith(_AHEAD, 0, stage.start) or bool(_AFTER.match(folded, stage.end))
        found.append(Stage(stage.ladder, stage.rank, stage.name, stage.start, stage.end, not short))
    return tuple(found)


def reached(plan: str, completion: str, extra: Ladders = ()) -> Reached | None:
    """The stage a plan aims at beside the one reported; None where both name none on a common ladder.

    Of several common ladders the one whose stages are said most fully is taken, and in doubt one that is reached.
    """
    aims = _highest(planned_stages(plan, extra))
    reports = _highest(reported_stages(completion, extra)) if aims else {}
    common = [Reached(aims[ladder], reports[ladder]) for ladder in sorted(aims.keys() & reports.keys())]
    return max(common, key=lambda pair: (_weight(pair), pair.enough), default=None)


def follows(plan: str, later: str, extra: Ladders = ()) -> bool:
    """Whether a later plan takes the work of an earlier one a stage further (下一阶段)."""
    first, second = _highest(_planned(fold(plan), extra)), _highest(_planned(fold(later), extra))
    return any(second[ladder].rank > first[ladder].rank for ladder in first.keys() & second.keys())


def beyond(plan: str, completion: str, extra: Ladders = ()) -> bool:
    """Whether all that a completion leaves open lies a stage beyond what was planned: 起草 done, 征求意见 under way.

    A plan that names no stage is held to be reached by a word that ends such work: 完工, and 投入使用 only intended.
    """
    folded, clauses = fold(completion), aspect.read(completion)
    named, reported = _named(folded, extra), reported_stages(completion, extra)
    steps = {(one.start, one.end) for one in named}
    open_ = [one for one in clauses if one.kind in _SHORT and one.cue not in steps]
    achieved = any(one.kind is Kind.DONE or one.cue in steps for one in clauses)
    if not open_ or not achieved or any(one.kind in _REFUSED for one in open_):
        return False
    aims = _highest([one for one in planned_stages(plan, extra) if one.done])
    aims = aims or _highest([one for one in reported if one.done and one.name in _ENDS])
    come = _highest(reported)
    common = [aim for ladder, aim in aims.items() if ladder in come]
    reached_all = all(come[aim.ladder].height >= aim.rank for aim in common)
    return reached_all and any(all(_names_higher(named, clause, aim) for clause in open_) for aim in common)


def _names_higher(named: Sequence[Stage], clause: aspect.Aspect, aim: Stage) -> bool:
    inside = [one for one in named if one.ladder == aim.ladder and clause.start <= one.start < clause.end]
    return bool(inside) and all(one.rank > aim.rank for one in inside)


def _for_others(text: str, place: int) -> bool:
    """Whether the clause up to a place only receives or helps with what others do: 迎接市级验收, 配合审计."""
    clause = max(text.rfind(stop, 0, place) for stop in ",;。")
    return bool(_OTHERS.search(text, clause + 1, place))


def _weight(pair: Reached) -> int:
    """How much a ladder says: long names of stages say more than short ones."""
    return len(pair.planned.name) + len(pair.reported.name)


def _highest(stages: Sequence[Stage]) -> dict[str, Stage]:
    best: dict[str, Stage] = {}
    for stage in stages:
        if stage.ladder not in best or stage.height > best[stage.ladder].height:
            best[stage.ladder] = stage
    return best


def _named(text: str, extra: Ladders) -> tuple[Stage, ...]:
    """Every step any ladder finds in a folded text; of two that overlap on one ladder the longer."""
    return _every(text, tuple(tuple(steps) for steps in extra))


@lru_cache(maxsize=4096)
def _every(text: str, extra: tuple[tuple[str, ...], ...]) -> tuple[Stage, ...]:
    rungs = _rungs(extra)
    found = [
        Stage(ladder, rank, word, place, place + len(word))
        for place, word in rungs.words.every(text)
        for ladder, rank in rungs.ranks[word]
    ]
    heads = {(one.ladder, one.start) for one in found}
    found = [one for one in found if (one.ladder, one.end) not in heads]  # 评审申报 is an application
    for gap in [gap for gap in rungs.gaps if gap.before in text]:
        for start, end in gap.spans(text):
            if any(one.ladder == gap.ladder and one.start <= start and end < one.end for one in found):
                continue  # 征求意见稿 is more than 征求…意见
            found = [one for one in found if one.ladder != gap.ladder or one.end <= start or end <= one.start]
            found.append(Stage(gap.ladder, gap.rank, text[start:end], start, end))
    return tuple(found)


@cache
def _rungs(extra: tuple[tuple[str, ...], ...]) -> _Rungs:
    """All ladders: the plain words together, those with a gap one by one."""
    ladders = [(ladder["name"], ladder["steps"]) for ladder in data.rules("stages")["ladder"]]
    ladders += [(" → ".join(step.split()[0] for step in steps if step.split()), steps) for steps in extra]
    ranks: dict[str, list[tuple[str, int]]] = {}
    gaps = []
    for name, steps in ladders:
        for rank, step in enumerate(steps, 1):
            for word in map(fold, step.split()):
                if _GAP in word:
                    before, after = word.split(_GAP, 1)
                    gaps.append(_Gapped(before, after, name, rank))
                else:
                    ranks.setdefault(word, []).append((name, rank))
    return _Rungs(WordList(ranks), {word: tuple(places) for word, places in ranks.items()}, tuple(gaps))
