"""What each column of a table holds, by its heading; `contents` tells what its cells show beyond that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from reconcile.layout import headings, marks, spans
from reconcile.layout.headings import Part
from reconcile.layout.vocabulary import fold, one_of, words
from reconcile.model.documents import Cell
from reconcile.model.reports import Kind
from reconcile.period import Period

_LONGEST_HEADING = 30
_HALF = 0.5
"""The share of the headings of a table that must be known, unless they name completions and plans."""
_LONGEST_OFFICE = 8
"""Characters of a heading that ends in a word for offices."""
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_EXPLAINED = "说明"
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

    @property
    def is_lead(self) -> bool:
        """Whether its heading is a label of the office that answers."""
        return self.heading in map(fold, words("office", "lead"))


@cache
def _names() -> dict[str, Role]:
    lists = (
        (Role.REMARK, words("column", "remark")),
        (Role.TEXT, words("column", "text") + words("column", "measure")),
        (Role.TARGET, words("column", "target") + words("column", "year")),
        (Role.PROJECT, words("column", "project") + words("column", "category")),
        (Role.NUMBER, words("column", "number")),
        (Role.DEADLINE, words("office", "deadline") + words("column", "time")),
        (Role.PERSON, words("office", "person")),
        (Role.PARTNER, words("office", "partner")),
        (Role.OFFICE, words("office", "lead")),
    )
    return {fold(word): role for role, names in lists for word in names}


@lru_cache(maxsize=4096)
def column_of(text: str) -> Column | None:
    """The column a heading stands over, or None where the words are unknown.

    What stands in brackets behind it may be left out (截至5月31日), and that it explains (完成情况说明).
    """
    name = "".join(fold(text).split()).rstrip(":")
    if not name or len(name) > _LONGEST_HEADING:
        return None
    if column := _column_named(name):
        return column
    plain = _IN_BRACKETS.sub("", name)
    return (_column_named(plain) if plain != name else None) or _column_explained(plain)


def _column_explained(name: str) -> Column | None:
    column = _column_named(name.removesuffix(_EXPLAINED)) if name.endswith(_EXPLAINED) else None
    return replace(column, heading=name) if column else None


def _column_named(name: str) -> Column | None:
    if role := _names().get(name.lower()):
        return Column(role, name)
    if (heading := headings.read_heading(name)) and (part := _deciding(heading.parts)):
        return Column(Role.ITEMS, name, part)
    pieces = [piece.lower() for piece in _SEPARATOR.split(name)]
    role = next((_names()[piece] for piece in pieces if piece in _names()), None)
    if role is Role.REMARK and any(piece in words("column", "text") for piece in pieces):
        role = Role.TEXT  # 地点及工作内容
    if role is None and _work_words().fullmatch(name):
        role = Role.TEXT
    if role is None and len(name) <= _LONGEST_OFFICE and _office_word().fullmatch(name):
        role = Role.OFFICE
    return Column(role, name) if role else None


@cache
def _work_words() -> re.Pattern[str]:
    return re.compile(rf"{one_of(words('column', 'work'))}+")


@cache
def _office_word() -> re.Pattern[str]:
    """A heading that ends in a word for any office: 主要业务处室, 村名, 责任支部; but not 施工单位."""
    return re.compile(rf"(?!.*{one_of(words('column', 'no_office'))}).*{one_of(words('column', 'office'))}(?:名称|名)?")


def _deciding(parts: Sequence[Part]) -> Part | None:
    """The half of a heading that decides: 工作措施及完成目标序时进度 is plan, 存在问题及下一步打算 is plan."""
    return next((part for part in parts if (part.kind or part.when) and not part.other), None)


def filled(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that say anything."""
    return [cell for cell in cells if cell.text.strip()]


def header_of(cells: Sequence[Cell]) -> dict[int, Column] | None:
    """The columns a row of headings names, or None where the row is no such row."""
    named = filled(cells)
    found = {cell.column: column for cell in named if (column := column_of(cell.text))}
    roles = {column.role for column in found.values()}
    holds_items = bool(roles & {Role.ITEMS, Role.TEXT}) or (Role.PROJECT in roles and bool(roles & _OF_A_PROJECT))
    kinds = {column.part.kind for column in found.values() if column.part}
    enough = 0 if {Kind.COMPLETION, Kind.PLAN} <= kinds else _HALF * len(named)
    if len(found) < 2 or not holds_items or len(found) < enough:
        return None
    return _named_by_month(_one_of_offices(found))


def _one_of_offices(found: dict[int, Column]) -> dict[int, Column]:
    """The columns, where one that says who answers (责任科室) is that of offices, and others (条线) tell the topic."""
    offices = [place for place, column in found.items() if column.role is Role.OFFICE]
    plain = [place for place in offices if found[place].is_lead]
    others = (place for place in offices if plain and place not in plain)
    return found | {place: Column(Role.REMARK, found[place].heading) for place in others}


def second_header(header: dict[int, Column], upper: Sequence[Cell], cells: Sequence[Cell]) -> dict[int, Column] | None:
    """A second row of headings under merged ones: 一季度 … 四季度 under 序时进度."""
    named = filled(cells)
    found = {
        cell.column: _under(column, _over(upper, cell.column)) for cell in named if (column := column_of(cell.text))
    }
    if not named or len(found) < len(named) or not any(c.role is Role.ITEMS for c in found.values()):
        return None
    return header | found


def _over(upper: Sequence[Cell], column: int) -> Cell | None:
    """The merged heading over a column."""
    return next(
        (cell for cell in upper if cell.columns > 1 and cell.column <= column < cell.column + cell.columns), None
    )


def _under(column: Column, over: Cell | None) -> Column:
    """A column under a merged heading: 工作内容 under 11月份工作计划 holds plans."""
    above = column_of(over.text) if over else None
    if over is None:
        return column
    if column.role is Role.TEXT and above is not None and above.role is Role.ITEMS and above.part and above.part.kind:
        return Column(Role.ITEMS, column.heading, above.part, over.text)
    return replace(column, over=over.text)


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
