"""Forms: the headings of a table stand at the left of what they head, not over it.

科室 | 办公室, 本月工作完成情况 | …, 下月工作计划 | …; or the offices stand across, and each has a cell in every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconcile.layout import columns, headings
from reconcile.layout.cells import entries_in, one_line, passage_of
from reconcile.layout.columns import Column, Role
from reconcile.layout.lines import closing
from reconcile.layout.tables import CellEntry, Table
from reconcile.layout.vocabulary import fold, says_nothing, words
from reconcile.model.documents import Block, Cell

_MOST = 0.6
"""The share of the rows that open with a heading we know."""


def form_of(rows: Sequence[Block]) -> Table | None:
    """The form some rows make, or None where their headings do not stand at the left."""
    begin = next((index for index, row in enumerate(rows) if len(row.cells) > 1 or _stands_alone(row)), len(rows))
    above, rows = rows[:begin], rows[begin:]
    labels = {index: label for index, row in enumerate(rows) if (label := _label(row.cells[0]))}
    asked = [index for index, label in labels.items() if _asks(label)]
    is_text = all(len(columns.filled(row.cells)) < 2 for row in rows)
    if is_text or not asked or any(columns.header_of(row.cells) for row in rows[:6]):
        return None
    offices = _offices_across(rows[0])
    if len(labels) + bool(offices) < _MOST * sum(
        len(columns.filled(row.cells)) > 1 or index in labels for index, row in enumerate(rows)
    ):
        return None
    if offices:
        labels.setdefault(0, Column(Role.OFFICE, ""))
    elif any(len(_values(rows[index])) > 1 for index in asked) or not _answered(rows, labels, asked):
        return None
    return Table(labels, tuple(rows), above=tuple(above), is_form=True)


def entries_of(form: Table) -> Iterator[CellEntry]:
    """The items of a form, label by label; the office is what its own label says, or what stands over a cell."""
    office, label = "", None
    across = _offices_across(form.rows[0])
    for index, row in enumerate(form.rows):
        if index in form.columns:
            label = form.columns[index]
        elif len(row.cells) > 1 and row.cells[0].column == 0 and row.cells[0].text.strip():
            label = None
        values = _values(row) if index in form.columns else columns.filled(row.cells)
        if label is None or (index == 0 and across):
            continue
        if label.role is Role.OFFICE and values and not across:
            office = one_line(values[0].text)
        elif label.role is Role.ITEMS and label.part is not None:
            for cell in values if across else values[:1]:
                yield from _said(cell, row, label, across.get(cell.column, office))


def is_of_page(row: Block) -> bool:
    """Whether a row is one of the fields a web page has over a text: 索引号：, 文号：."""
    labels = [fold(cell.text).strip() for cell in columns.filled(row.cells)][::2]
    return bool(labels) and all(
        label.endswith(":") and label.rstrip(": ") in words("furniture", "field") for label in labels
    )


def _said(cell: Cell, row: Block, label: Column, office: str) -> Iterator[CellEntry]:
    text = fold(cell.text.strip())
    if says_nothing(text) or closing().match(text):
        return
    for ordinal, (part, entry) in enumerate(entries_in(passage_of(cell, row), label.part, wraps=False), 1):
        if part is None or not part.other:
            yield CellEntry(
                passage=entry.passage,
                number=entry.number if entry.number is not None else ordinal,
                kind=part.kind if part else None,
                when=part.when if part else None,
                office=office,
                still=part.still if part else "",
            )


def _values(row: Block) -> list[Cell]:
    """What stands behind the heading of a row."""
    return columns.filled(row.cells[1:])


def _label(cell: Cell) -> Column | None:
    """The heading a row opens with; a single line of a list is none."""
    return columns.column_of(columns.unmarked("".join(fold(cell.text).split()))) if cell.column == 0 else None


def _stands_alone(row: Block) -> bool:
    """Whether the only cell of a row is a heading, and no title."""
    return columns.kind_said(row.cells[0].text) is not None


def _asks(label: Column) -> bool:
    """Whether a heading asks for items: 本月完成情况."""
    return label.role is Role.ITEMS and label.part is not None and label.part.kind is not None


def _answered(rows: Sequence[Block], labels: dict[int, Column], asked: Sequence[int]) -> bool:
    """Whether some heading is followed by what it asks for, beside it or in a row of its own."""
    return any(
        _values(rows[i]) or (i + 1 < len(rows) and i + 1 not in labels and columns.filled(rows[i + 1].cells))
        for i in asked
    )


def _offices_across(row: Block) -> dict[int, str]:
    """The offices a row names over the columns behind its first, where it names nothing else."""
    names = {cell.column: one_line(cell.text) for cell in _values(row)}
    first = columns.column_of(row.cells[0].text) if row.cells[0].column == 0 else None
    says_offices = first is None or first.role in (Role.OFFICE, Role.NUMBER)
    if len(names) < 2 or not says_offices or not all(headings.may_be_office(fold(name)) for name in names.values()):
        return {}
    return names
