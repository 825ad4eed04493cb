"""Figures with what they count (数量): number, unit, bound and window of time.

Dates, ordinals, codes and names are no figures. How figures are held against each other is in measures.py; the
vocabulary is in quantities.toml.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from reconcile.language import data, numerals
from reconcile.language.punctuation import SENTENCE
from reconcile.language.tokens import fold
from reconcile.language.word_list import WordList


class Bound(StrEnum):
    """How a number is meant: as it stands, as the least or the most, or roughly."""

    EXACT = "exact"
    LEAST = "least"
    MOST = "most"
    ABOUT = "about"


class Figure(Struct, frozen=True):
    """One figure of a text: `value` (to `upper` where it is a range) in `unit`, 万 and 亿 multiplied out.

    `window` is the time it is said of: months "1-9", "month" (本月), "year" (全年), "week" (每周), or empty.
    `change` marks growth or decline, `added` newly added (新增), `running` counted up (累计), `each` one each (各1期).
    `said` spans the words said of it: from the figure before it, or its clause's start, to the next pause.
    """

    value: float
    unit: str
    start: int
    end: int
    said: tuple[int, int]
    upper: float | None = None
    bound: Bound = Bound.EXACT
    window: str = ""
    change: bool = False
    added: bool = False
    running: bool = False
    each: bool = False


_RULES = data.rules("quantities")
_MEASURES: dict[str, tuple[str, float]] = {unit: (name, factor) for unit, (name, factor) in _RULES["measures"].items()}
_SAME: dict[str, str] = _RULES["same"]
_COUNTED: list[str] = _RULES["counted"].split()
_BOUNDS: dict[str, dict[str, Bound]] = {
    side: {
        word: bound
        for bound in (Bound.LEAST, Bound.MOST, Bound.ABOUT)
        for word in _RULES["bounds"].get(f"{bound}_{side}", "").split()
    }
    for side in ("before", "aloof", "after")
}
_SHARES = ("%", "百分点", "‰")

_UNITS = WordList([*_COUNTED, *_RULES["written"].split(), *_MEASURES])
_COUNTED_UNITS = WordList(_COUNTED)
_NUMBER = rf"{numerals.ARABIC}[万亿]*"
_FIGURE = re.compile(
    rf"(?<![\d.a-z第])(?P<low>{_NUMBER})(?:%?[-~至到](?P<high>{_NUMBER}))?(?P<more>[余多来])?(?P<scale>[万亿]+)?"
    r"|(?<![第统唯万进每逐同某数几\d一二两三四五六七八九十百])(?P<chinese>[两三四五六七八九十][一二两三四五六七八九十百千]*"
    r"|二[十百千][一二两三四五六七八九十百千]*|一[百千][一二两三四五六七八九十百千]*|一(?=[次场轮]))(?P<some>[余多来])?"
)
_BEFORE = re.compile(rf"(?<![签节预违履])({data.either(_BOUNDS['before'])})(?:达到?|为|完成)?$")
_ALOOF = re.compile(data.either(_BOUNDS["aloof"]))
_AFTER = re.compile(data.either(_BOUNDS["after"]))
_CHANGE = re.compile(rf"(?:{data.either(_RULES['words']['change'].split())})(?![至到])")
_ADDED = re.compile(rf"(?:{data.either(_RULES['words']['added'].split())})")
_EACH = re.compile(r"(?:[各均]|每(?![年季月周天日]))[^\W\d]{0,10}$")
_QUOTED = re.compile(r"“[^“”]*+”|《[^《》]*+》")
_RUNNING = re.compile(data.either(_RULES["words"]["counted_up"].split()))
_WINDOW = re.compile(
    r"(?P<first>\d{1,2})月?(?:份)?[-~至到](?P<last>\d{1,2})月|前(?P<quarters>[二三])季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<half>[上下])半年|(?P<year>全年|年度|年任务|年计划)|(?P<week>每周)|(?P<month>本月|当月|全月|每月|\d{1,2}月份?(?![底初末上中下前内\d]))"
)
_PAUSE = re.compile("[、和及]")
_CLAUSE = re.compile(r"(?:[^,]|(?<=\d),(?=\d{3}(?!\d)))+")


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Figure, ...]:
    """The figures of a text, in order; those inside quotes and titles are parts of a name (“六个百分百”)."""
    return tuple(_read(_QUOTED.sub(lambda quoted: "·" * len(quoted[0]), fold(text))))


def canonical(unit: str) -> str:
    """The unit under which figures of this one are compared: 名 and 位 are 人, 场次 is 场."""
    return _SAME.get(unit, _MEASURES.get(unit, (unit, 1))[0])


def _read(text: str) -> Iterator[Figure]:
    if not _FIGURE.search(text):
        return
    for sentence in SENTENCE.finditer(text):
        window = ""  # the last one named before a figure in its sentence
        for clause in _CLAUSE.finditer(text, *sentence.span()):
            numbers = list(_FIGURE.finditer(text, *clause.span()))
            windows = deque(_WINDOW.finditer(text, *clause.span()) if numbers else ())
            edge = clause.start()
            for found in numbers:
                while windows and windows[0].start() < found.start():
                    window = _window(windows.popleft())
                if figure := _figure(text, found, edge, clause.span(), window):
                    yield figure
                    edge = figure.end


def _figure(text: str, found: re.Match[str], edge: int, clause: tuple[int, int], window: str) -> Figure | None:
    """One figure; `edge` is where the words said of it begin, after the figure before it or at its clause."""
    unit = (_UNITS if found["low"] else _COUNTED_UNITS).at(text, found.end())
    if not unit or (found["chinese"] and text.startswith("一", found.end() + len(unit))):
        return None
    stop = found.end() + len(unit)
    number = found["low"] or found["chinese"]
    value = numerals.value(number + (found["scale"] or ""))
    if value is None:
        return None
    upper = numerals.value(found["high"] + (found["scale"] or "")) if found["high"] else None
    name, factor = _MEASURES.get(unit, (_SAME.get(unit, unit), 1))
    before = text[edge : found.start()]
    after = _AFTER.match(text, stop, clause[1])
    pause = _PAUSE.search(text, stop, clause[1])
    start, bound = found.start(), Bound.EXACT
    if found["more"] or found["some"]:
        bound = Bound.ABOUT
    elif after:
        bound = _BOUNDS["after"][after[0]]
    elif close := _BEFORE.search(before):
        bound, start = _BOUNDS["before"][close[1]], edge + close.start()
    elif aloof := _ALOOF.search(before):
        bound = _BOUNDS["aloof"][aloof[0]]
    return Figure(
        value=value * factor,
        upper=upper * factor if upper is not None else None,
        unit=name,
        start=start,
        end=after.end() if after else stop,
        said=(edge, pause.start() if pause else clause[1]),
        bound=bound,
        window=window,
        change=name in _SHARES and bool(_CHANGE.search(before)),
        added=bool(_ADDED.search(before)),
        running=bool(_RUNNING.search(before)),
        each=bool(_EACH.search(before)),
    )


def _window(found: re.Match[str]) -> str:
    """The window of time words give: months "1-9", or "month", "week", "year"."""
    if found["first"]:
        return f"{int(found['first'])}-{int(found['last'])}"
    if found["quarters"]:
        return f"1-{3 * (numerals.ordinal(found['quarters']) or 1)}"
    if found["quarter"]:
        number = numerals.ordinal(found["quarter"]) or 1
        return f"{3 * number - 2}-{3 * number}"
    if found["half"]:
        return "1-6" if found["half"] == "上" else "7-12"
    return next(kind for kind in ("year", "week", "month") if found[kind])
