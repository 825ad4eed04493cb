"""Word's automatic list numbers (自动编号): they are in no paragraph's text and have to be counted.

`numbering.xml` defines lists of nine levels; a paragraph only says which list and level it belongs to, directly or
through its style. `Numbering.mark` is asked once for each numbered paragraph, in document order, and gives what Word
would print before it: "一、", "（二）", "3.", "①".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reconcile.intake.numerals import numeral
from reconcile.intake.xml import attribute, child, local, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
_BULLET = "•"


@dataclass
class _Level:
    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    plain: bool = False
    space: bool = True


@dataclass
class _List:
    """An abstract list: its levels, and how far each has been counted; several numbered lists may share one."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


@dataclass
class _Instance:
    """A list in use (`w:num`): its abstract list, with levels and starts of its own."""

    base: _List
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """All lists of one document and how far they have been counted."""

    def __init__(self, root: _Element | None) -> None:
        self._instances: dict[str, _Instance] = {}
        if root is None:
            return
        abstract: dict[str | None, _List] = {}
        by_style: dict[str, _List] = {}
        links: dict[str | None, str] = {}
        for element in root:
            if local(element) != "abstractNum":
                continue
            identity = attribute(element, "abstractNumId")
            abstract[identity] = _List(_levels(element))
            if name := value(element, "styleLink"):
                by_style[name] = abstract[identity]
            if name := value(element, "numStyleLink"):
                links[identity] = name
        for identity, name in links.items():
            abstract[identity] = by_style.get(name, abstract[identity])
        for element in root:
            base = abstract.get(value(element, "abstractNumId"))
            if local(element) == "num" and base is not None:
                self._instances[attribute(element, "numId") or ""] = _instance(element, base)

    def mark(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and give the mark before it; empty where the list is not defined."""
        instance = self._instances.get(list_id)
        if instance is None or not 0 <= level < LEVELS:
            return ""
        counts = instance.base.counts
        own = _level(instance, level)
        if level in instance.starts:
            counts[level] = instance.starts.pop(level)
        else:
            counts[level] = counts[level] + 1 if level in counts else own.start
        for deeper in range(level + 1, LEVELS):
            restart = _level(instance, deeper).restart
            if restart is None or (restart > 0 and level < restart):
                counts.pop(deeper, None)
        if own.style == "bullet":
            return _BULLET + " "
        return self._print(instance, own)

    def _print(self, instance: _Instance, own: _Level) -> str:
        def written(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            shown = _level(instance, level)
            style = "decimal" if own.plain else shown.style
            return numeral(instance.base.counts.get(level, shown.start), style)

        mark = re.sub(r"%([1-9])", written, own.pattern).strip()
        # "1." before "5万元" must not become "1.5万元".
        return mark + " " if mark and own.space and mark[-1].isascii() else mark


def _level(instance: _Instance, level: int) -> _Level:
    return instance.levels.get(level) or instance.base.levels.get(level) or _Level()


def _levels(element: _Element) -> dict[int, _Level]:
    found = {}
    for one in element:
        if local(one) == "lvl":
            found[number(attribute(one, "ilvl")) or 0] = _read_level(one)
    return found


def _read_level(element: _Element) -> _Level:
    start = number(value(element, "start"))
    style = value(element, "numFmt")
    if style is None and (choice := child(child(element, "AlternateContent"), "Fallback")) is not None:
        style = value(choice, "numFmt")
    return _Level(
        start=1 if start is None else start,
        style=style or "decimal",
        pattern=value(element, "lvlText") or "",
        restart=number(value(element, "lvlRestart")),
        plain=(legal := child(element, "isLgl")) is not None and attribute(legal, "val") not in ("0", "false"),
        space=value(element, "suff") != "nothing",
    )


def _instance(element: _Element, base: _List) -> _Instance:
    instance = _Instance(base)
    for override in element:
        if local(override) != "lvlOverride":
            continue
        level = number(attribute(override, "ilvl")) or 0
        if (own := child(override, "lvl")) is not None:
            instance.levels[level] = _read_level(own)
        if (start := number(value(override, "startOverride"))) is not None:
            instance.starts[level] = start
    return instance
