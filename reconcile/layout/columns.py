"""What each column of a table holds, by its heading; by its content where the table has no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from reconcile.layout import headings, marks, spans
from reconcile.layout.headings import Part
from reconcile.layout.vocabulary import fold, words
from reconcile.model.documents import Cell
from reconcile.model.reports import Kind
from reconcile.period import Period

_LONGEST_HEADING = 30
_MOST = 0.8
"""The share of a column's cells that tell what it holds."""
_SEPARATOR = re.compile(r"[、/,及和与及()]|以及")


class Role(Enum):
    """What a column holds. ITEMS says by itself whether completions or plans, TEXT leaves that to the cell of KIND
    in its row or to the section."""

    ITEMS = "items"
    TEXT = "text"
    OFFICE = "office"
    PARTNER = "partner"
    PERSON = "person"
    DEADLINE = "deadline"
    NUMBER = "number"
    KIND = "kind"
    PROJECT = "project"
    TARGET = "target"
    REMARK = "remark"


_OF_A_PROJECT = {Role.TARGET, Role.DEADLINE}
"""What makes the name of a project an item where no other column is one."""


class Column(Struct, frozen=True):
    """One column: its role, its heading, the kind and time of an ITEMS column, and the merged heading over its own."""

    role: Role
    heading: str
    part: Part | None = None
    over: str = ""

    def is_one_of(self, name: str) -> bool:
        """Whether its heading is a word of this list of the vocabulary."""
        return self.heading.lower() in words("column", name)


@cache
def _names() -> dict[str, Role]:
    lists = (
        (Role.REMARK, words("column", "remark")),
        (Role.TEXT, words("column", "text") + words("column", "measure")),
        (Role.TARGET, words("column", "target") + words("column", "year")),
        (Role.PROJECT, words("column", "project") + words("column", "category")),
        (Role.NUMBER, words("column", "number")),
        (Role.DEADLINE, words("office", "deadline")),
        (Role.PERSON, words("office", "person")),
        (Role.PARTNER, words("office", "partner")),
        (Role.OFFICE, words("office", "lead")),
    )
    return {fold(word): role for role, names in lists for word in names}


def column_of(text: str) -> Column | None:
    """The column a heading stands over, or None where the words are unknown."""
    name = "".join(fold(text).split()).rstrip(":")
    if not name or len(name) > _LONGEST_HEADING:
        return None
    if role := _names().get(name.lower()):
        return Column(role, name)
    if (heading := headings.read_heading(name)) and (part := _deciding(heading.parts)):
        return Column(Role.ITEMS, name, part)
    pieces = [piece.lower() for piece in _SEPARATOR.split(name)]
    role = next((_names()[piece] for piece in pieces if piece in _names()), None)
    if role is Role.REMARK and any(piece in words("column", "text") for piece in pieces):
        role = Role.TEXT  # 地点及工作内容
    return Column(role, name) if role else None


def _deciding(parts: Sequence[Part]) -> Part | None:
    """The half of a heading that decides: 工作措施及完成目标序时进度 is plan, 存在问题及下一步打算 is plan."""
    return next((part for part in parts if (part.kind or part.when) and not part.other), None)


def header_of(cells: Sequence[Cell]) -> dict[int, Column] | None:
    """The columns a row of headings names, or None where the row is no such row."""
    filled = [cell for cell in cells if cell.text.strip()]
    found = {cell.column: column for cell in filled if (column := column_of(cell.text))}
    roles = {column.role for column in found.values()}
    holds_items = bool(roles & {Role.ITEMS, Role.TEXT}) or (Role.PROJECT in roles and bool(roles & _OF_A_PROJECT))
    if len(found) < 2 or not holds_items or len(found) < 0.6 * len(filled):
        return None
    return _named_by_month(found)


def _named_by_month(found: dict[int, Column]) -> dict[int, Column]:
    """The columns, where one named by its month alone says of which work the next tells: 8月重点工作 · 完成情况."""
    items = [(place, column) for place, column in sorted(found.items()) if column.role is Role.ITEMS and column.part]
    for (place, work), (after, done) in pairwise(items):
        is_work = work.part is not None and work.part.kind is None and not work.over
        if is_work and done.part is not None and done.part.kind is Kind.COMPLETION and done.part.when is None:
            pair = {place: Column(Role.TEXT, work.heading, over=work.heading), after: replace(done, over=work.heading)}
            return found | pair
    return found


def kind_said(text: str) -> Part | None:
    """What a cell says of the work in its row where it says nothing else: 本月完成情况, 下月计划, 存在问题."""
    heading = headings.read_heading(unmarked("".join(fold(text).split())))
    part = heading.parts[-1] if heading and not heading.prefix else None
    return part if part and (part.kind or part.other) and not part.still else None


def unmarked(text: str) -> str:
    """A folded text without the mark and the brackets around it."""
    mark = marks.mark_of(text)
    return text[mark.length if mark else 0 :].strip(" :【】[]")


def _says_kinds(texts: Sequence[str]) -> bool:
    """Whether the cells of a column say of their rows whether they hold completions or plans."""
    parts = [kind_said(text) for text in texts]
    return all(parts) and any(part is not None and part.kind is not None for part in parts)


def with_kinds(found: dict[int, Column], rows: Sequence[Sequence[Cell]]) -> dict[int, Column]:
    """The columns with the one that says of each row what it holds: 本月完成, 下月计划.

    It stands before the work, or says of some that it is planned; 完成 behind the work tells how far it is.
    """
    work = [place for place, column in found.items() if column.role is Role.TEXT]
    if not work or any(column.role is Role.ITEMS for column in found.values()):
        return found
    texts: dict[int, list[str]] = {}
    for cells in rows:
        for cell in cells:
            if cell.text.strip():
                texts.setdefault(cell.column, []).append(cell.text)
    for place, own in sorted(texts.items()):
        is_free = place not in found or found[place].role in (Role.PROJECT, Role.REMARK)
        if is_free and _says_kinds(own) and (place < min(work) or any(_plans(text) for text in own)):
            return found | {place: Column(Role.KIND, found[place].heading if place in found else "")}
    return found


def _plans(text: str) -> bool:
    part = kind_said(text)
    return part is not None and part.kind is Kind.PLAN


def guess(rows: Sequence[Sequence[Cell]]) -> dict[int, Column] | None:
    """The columns of a table without headings: numbers, names of offices, and the longest texts."""
    by_column: dict[int, list[str]] = {}
    for cells in rows:
        for cell in cells:
            if cell.text.strip():
                by_column.setdefault(cell.column, []).append(fold(cell.text.strip()))
    found: dict[int, Column] = {}
    for column, texts in by_column.items():
        if sum(text.rstrip(".、").isdigit() for text in texts) > _MOST * len(texts):
            found[column] = Column(Role.NUMBER, "")
        elif sum(headings.may_be_office(text) for text in texts) > _MOST * len(texts):
            found[column] = Column(Role.OFFICE, "")
        elif _says_kinds(texts):
            found[column] = Column(Role.KIND, "")
    rest = {column: sum(map(len, texts)) / len(texts) for column, texts in by_column.items() if column not in found}
    if not found or not rest:
        return None
    longest = max(rest, key=lambda column: rest[column])
    return found | {longest: Column(Role.TEXT, "")} if rest[longest] >= 8 else None


def with_offices(found: dict[int, Column], rows: Sequence[Sequence[Cell]]) -> dict[int, Column]:
    """The columns with the one of offices where its heading does not say so (站所, 条线): its cells do.

    It stands before what it answers for.
    """
    if any(column.role is Role.OFFICE for column in found.values()):
        return found
    items = min((place for place, column in found.items() if column.role in (Role.ITEMS, Role.TEXT)), default=0)
    for place in range(items):
        column = found.get(place, Column(Role.PROJECT, ""))
        texts = [
            fold(cell.text.strip()) for cells in rows for cell in cells if cell.column == place and cell.text.strip()
        ]
        may_be = place not in found or column.is_one_of("category")
        if may_be and len(texts) > 1 and sum(headings.may_be_office(text) for text in texts) > _MOST * len(texts):
            return found | {place: Column(Role.OFFICE, column.heading)}
    return found


def plan_beside(columns: dict[int, Column], column: Column) -> int | None:
    """The column of plans that stands before one of completions, and is what those completions answer."""
    if column.part is None or column.part.kind is not Kind.COMPLETION:
        return None
    place = next(index for index, other in columns.items() if other is column)
    plans = (index for index, other in columns.items() if index < place and other.part and other.part.kind is Kind.PLAN)
    return max(plans, default=None)


def is_plan_beside(columns: dict[int, Column], column: Column, period: Period) -> bool:
    """Whether a plan column of the report's own period stands beside what became of it: 本月计划 · 完成情况.

    A plan for later stands beside both; 本月计划 is that plan where another is 上月计划.
    """
    plans = [other.part for other in columns.values() if other.part is not None and other.part.kind is Kind.PLAN]
    part = column.part
    if part not in plans or len(plans) < 2:
        return False
    is_now = part.when is None or spans.resolve(part.when, period, later=False) == period
    is_last = (
        part.when is not None
        and part.when.shift == 0
        and any(other.when is not None and other.when.shift == -1 for other in plans)
    )
    reported = any(other.part is not None and other.part.kind is Kind.COMPLETION for other in columns.values())
    return is_now and not is_last and reported
