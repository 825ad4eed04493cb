"""What each column of a table holds, by its cells, where its heading does not say so or there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from reconcile.layout import headings, spans
from reconcile.layout.columns import Column, Role, filled, is_plan_beside, kind_said
from reconcile.layout.headings import Part
from reconcile.layout.vocabulary import fold, words
from reconcile.model.documents import Cell
from reconcile.model.reports import Kind
from reconcile.period import Period

_MOST = 0.8
"""The share of a column's cells that tell what it holds."""
_SHORTEST = 8
"""Characters that texts have on average, where neither a heading nor another column shows them to be work."""
_FIGURE = re.compile(r"[\d.,]+%?|/|-+")
_AS_LONG = 0.7
"""How long the texts of a column of work done are at least, beside those of a column of plans."""


Contents = Mapping[int, Sequence[str]]
"""What the cells of each column say, folded; a column of empty cells is none."""


def contents_of(rows: Iterable[Sequence[Cell]]) -> Contents:
    """What stands in each column of some rows."""
    contents: dict[int, list[str]] = {}
    for cells in rows:
        for cell in filled(cells):
            contents.setdefault(cell.column, []).append(fold(cell.text.strip()))
    return contents


def settled(found: dict[int, Column], contents: Contents, period: Period) -> dict[int, Column]:
    """The columns by their headings with what their cells show, in a report for `period`."""
    return _with_work_done(_with_kinds(_with_offices(found, contents), contents), contents, period)


def guess(contents: Contents) -> dict[int, Column] | None:
    """The columns of a table without headings: numbers, names of offices, and the longest texts."""
    found: dict[int, Column] = {}
    for column, texts in contents.items():
        if sum(text.rstrip(".、").isdigit() for text in texts) > _MOST * len(texts):
            found[column] = Column(Role.NUMBER, "")
        elif sum(headings.may_be_office(text) for text in texts) > _MOST * len(texts):
            found[column] = Column(Role.OFFICE, "")
        elif _says_kinds(texts):
            found[column] = Column(Role.KIND, "")
    rest = {column: sum(map(len, texts)) / len(texts) for column, texts in contents.items() if column not in found}
    if not found or not rest:
        return None
    longest = max(rest, key=lambda column: rest[column])
    is_told = any(column.role is Role.KIND for column in found.values())
    return found | {longest: Column(Role.TEXT, "")} if is_told or rest[longest] >= _SHORTEST else None


def _with_offices(found: dict[int, Column], contents: Contents) -> dict[int, Column]:
    """The columns with the one of offices where its heading does not say so (站所, 条线): its cells do.

    It stands before what it answers for.
    """
    if any(column.role is Role.OFFICE for column in found.values()):
        return found
    items = min((place for place, column in found.items() if column.role in (Role.ITEMS, Role.TEXT)), default=0)
    for place in range(items):
        column = found.get(place, Column(Role.PROJECT, ""))
        texts = contents.get(place, ())
        may_be = place not in found or column.is_one_of("category")
        if may_be and len(texts) > 1 and sum(headings.may_be_office(text) for text in texts) > _MOST * len(texts):
            return found | {place: Column(Role.OFFICE, column.heading)}
    return found


def _with_kinds(found: dict[int, Column], contents: Contents) -> dict[int, Column]:
    """The columns with the one that says of each row what it holds: 本月完成, 下月计划.

    It stands before the work, or says of some that it is planned; 完成 behind the work tells how far it is.
    """
    work = [place for place, column in found.items() if column.role is Role.TEXT]
    if not work or any(column.role is Role.ITEMS for column in found.values()):
        return found
    for place, own in sorted(contents.items()):
        is_free = place not in found or found[place].role in (Role.PROJECT, Role.REMARK)
        if is_free and _says_kinds(own) and (place < min(work) or any(_plans(text) for text in own)):
            return found | {place: Column(Role.KIND, found[place].heading if place in found else "")}
    return found


def _says_kinds(texts: Sequence[str]) -> bool:
    """Whether the cells of a column say of their rows whether they hold completions or plans."""
    parts = [kind_said(text) for text in texts]
    return all(parts) and any(part is not None and part.kind is not None for part in parts)


def _plans(text: str) -> bool:
    part = kind_said(text)
    return part is not None and part.kind is Kind.PLAN


def _with_work_done(found: dict[int, Column], contents: Contents, period: Period) -> dict[int, Column]:
    """The columns with the one of work done where its heading does not say so: 主要工作 · 下月打算.

    What only names the work that is planned is shorter than the plan.
    """
    parts = [column.part for column in found.values() if column.role is Role.ITEMS]
    if not parts or not all(part and part.kind is Kind.PLAN and _is_after(part, period) for part in parts):
        return found
    lengths = {
        place: sum(map(len, contents.get(place, ())))
        for place, column in found.items()
        if column.role in (Role.ITEMS, Role.TEXT)
    }
    planned = max(length for place, length in lengths.items() if found[place].role is Role.ITEMS)
    work = [place for place, column in found.items() if column.role is Role.TEXT and not column.is_one_of("measure")]
    if len(work) != 1 or lengths[work[0]] < _AS_LONG * planned:
        return found
    return found | {work[0]: replace(found[work[0]], role=Role.ITEMS, part=Part(Kind.COMPLETION, None))}


def _is_after(part: Part, period: Period) -> bool:
    return part.when is not None and spans.resolve(part.when, period, later=True) > period


def item_columns(found: dict[int, Column], contents: Contents, period: Period) -> list[tuple[int, Column]]:
    """The columns that hold items: those whose headings say which, else those of texts, else the names of projects.

    One that but says how far the work is holds none where another tells of that work.
    """
    for role in (Role.ITEMS, Role.TEXT, Role.PROJECT):
        if of_role := [(place, column) for place, column in sorted(found.items()) if column.role is role]:
            bare = [place for place, _ in of_role if _says_how_far(contents.get(place, ()))]
            told = {_kind(column) for place, column in of_role if place not in bare}
            kept = (one for one in of_role if one[0] not in bare or _kind(one[1]) not in told)
            return [one for one in kept if not is_plan_beside(found, one[1], period)]
    return []


def _kind(column: Column) -> Kind | None:
    return column.part.kind if column.part else None


def _says_how_far(texts: Sequence[str]) -> bool:
    """Whether a column only says how much of the work is done: 80%, 已完成."""
    bare = (text.strip(" 。.;") for text in texts)
    return all(_FIGURE.fullmatch(text) or text in words("empty", "status") for text in bare if text)
