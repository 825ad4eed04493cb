"""Tables → drafts: one row an item or several, completions and plans side by side, offices in a column or a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from reconcile.layout import columns, contents, headings, offices
from reconcile.layout.cells import RepeatedCell, after_work, entries_in, has_sections, one_line, passage_of, split_cell
from reconcile.layout.columns import Column, Role
from reconcile.layout.headings import Part
from reconcile.layout.lines import closing, line_of
from reconcile.layout.passage import Passage, chained
from reconcile.layout.running import Entry
from reconcile.layout.spans import When
from reconcile.layout.vocabulary import fold, says_nothing, words
from reconcile.model.documents import Block, Cell
from reconcile.model.reports import Kind, Person
from reconcile.period import Period


class CellEntry(Struct, frozen=True):
    """An item of a table before the section's kind and period are applied where the column has none of its own."""

    passage: Passage
    number: int | None
    kind: Kind | None
    when: When | None
    office: str
    still: str = ""
    partners: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    project: str | None = None
    target: str | None = None
    deadline: str | None = None


class Table(Struct, frozen=True):
    """Rows under their columns. `wraps` says that line breaks inside cells are those of a page, not of lists; `above`
    are the rows over the headings, a title for instance. The columns of a form are its rows."""

    columns: dict[int, Column]
    rows: tuple[Block, ...]
    wraps: bool = False
    above: tuple[Block, ...] = ()
    is_form: bool = False

    @property
    def is_headed(self) -> bool:
        """Whether its columns have headings, and are not told by what they hold."""
        return any(column.heading for column in self.columns.values())


def table_of(rows: Sequence[Block]) -> Table | None:
    """The table some rows make, or None where no column holds items."""
    for index, row in enumerate(rows[:6]):
        if header := columns.header_of(row.cells):
            after = rows[index + 1 :]
            if after and (second := columns.second_header(header, row.cells, after[0].cells)):
                header, after = second, after[1:]
            return Table(header, tuple(after), above=tuple(rows[:index]))
    guessed = contents.guess(contents.contents_of(row.cells for row in rows)) if len(rows) > 1 else None
    return Table(guessed, tuple(rows)) if guessed else None


def entries_of(table: Table, period: Period) -> Iterator[CellEntry]:
    """The items of a table, row by row and column by column, in a report for `period`.

    Empty cells of merged columns take what stands above.
    """
    texts = contents.contents_of(row.cells for row in table.rows)
    table = structs.replace(table, columns=contents.settled(table.columns, texts, period))
    held = contents.item_columns(table.columns, texts, period)
    carried: dict[Role, str] = {}
    numbered = _numbers_items(table)
    said: dict[int, tuple[Cell, Block]] = {}
    for row in table.rows:
        cells = _cells(row, said)
        if _is_header_again(table, row):
            continue
        if (only := _only(cells)) and _is_heading_row(table, only, in_all=len(cells) > 1):
            carried[Role.OFFICE] = line_of(passage_of(only, row)).content.text.strip(" :：【】")
            carried.pop(Role.PROJECT, None)
            continue
        yield from _row(table, row, cells, carried, held, numbered=numbered)


def _cells(row: Block, said: dict[int, tuple[Cell, Block]]) -> dict[int, Cell]:
    """The cells of a row that say something, as 无 does not; 同上 says what the cell above did.

    `said` is what the cells of each column said last, with their rows, and is kept up here.
    """
    cells: dict[int, Cell] = {}
    for cell in row.cells:
        text = fold(cell.text.strip())
        if text in words("empty", "ditto"):
            if above := said.get(cell.column):
                cells[cell.column] = _repeated(cell, *above)
        elif says_nothing(text):
            said.pop(cell.column, None)
        elif text:
            cells[cell.column] = cell
            said[cell.column] = (cell, row)
    return cells


def _repeated(cell: Cell, said: Cell, row: Block) -> RepeatedCell:
    return RepeatedCell(said.text, cell.start, cell.end, cell.column, cell.rows, cell.columns, said=said, of=row)


def _row(
    table: Table,
    row: Block,
    cells: dict[int, Cell],
    carried: dict[Role, str],
    held: Sequence[tuple[int, Column]],
    *,
    numbered: bool,
) -> Iterator[CellEntry]:
    """The items of a row in the columns that hold items."""
    facts = _facts(table, cells)
    if _is_note(facts, cells):
        return
    if facts.get(Role.OFFICE, carried.get(Role.OFFICE)) != carried.get(Role.OFFICE):
        carried.pop(Role.PROJECT, None)
        carried.pop(Role.TEXT, None)
    names_work = any(column.role is Role.ITEMS for column in table.columns.values())
    kept = (Role.OFFICE, Role.PROJECT, Role.KIND, *([Role.TEXT] if names_work else []))
    carried |= {role: value for role, value in facts.items() if role in kept}
    number = facts.get(Role.NUMBER, "").strip(" .、．")
    of_row = columns.kind_said(carried.get(Role.KIND, ""))
    if of_row is not None and of_row.other:
        return
    lead, *others = offices.beside(carried.get(Role.OFFICE, ""))
    for index, column in held:
        entries = list(_parted(table, row, cells, index, carried, column.part or of_row))
        for place, (part, entry) in enumerate(entries):
            ordinal = sum(other is part for other, _ in entries[: place + 1])
            is_only = sum(other is part for other, _ in entries) == 1
            own = int(number) if numbered and number.isdecimal() and is_only else ordinal
            yield CellEntry(
                passage=entry.passage,
                number=entry.number if entry.number is not None else own,
                kind=part.kind if part else None,
                when=part.when if part else None,
                office=lead,
                still=part.still if part else "",
                partners=(*others, *_listed(table, cells, Role.PARTNER)),
                persons=_persons(table, cells),
                project=carried.get(Role.PROJECT) or carried.get(Role.TEXT),
                target=facts.get(Role.TARGET),
                deadline=facts.get(Role.DEADLINE),
            )


def _parted(
    table: Table, row: Block, cells: dict[int, Cell], index: int, carried: dict[Role, str], part: Part | None
) -> Iterator[tuple[Part | None, Entry]]:
    """The items of one cell, each with what is said of it: by the column, or by headings within the cell."""
    if index in cells and has_sections(passage := passage_of(cells[index], row)):
        yield from (
            (own, entry) for own, entry in entries_in(passage, part, wraps=table.wraps) if not own or not own.other
        )
    else:
        yield from ((part, entry) for entry in _entries(table, row, cells, index, carried))


def _entries(table: Table, row: Block, cells: dict[int, Cell], index: int, carried: dict[Role, str]) -> list[Entry]:
    """The items of one cell of a row: what became of the work after its name, or the work before what is wanted."""
    column = table.columns[index]
    place = _names_work(table, column)
    own = split_cell(passage_of(cells[index], row), wraps=table.wraps) if index in cells else []
    if column.role is Role.ITEMS:
        if place is None or not own:
            return _after_plan(table, row, cells, column, own)
        names = split_cell(passage_of(cells[place], row), wraps=table.wraps) if place in cells else []
        return after_work(names, own, carried.get(table.columns[place].role, ""))
    target = next(
        (i for i, one in table.columns.items() if one.role is Role.TARGET and not one.is_one_of("year")), None
    )
    if target not in cells or column.is_one_of("measure"):
        return own
    wanted = split_cell(passage_of(cells[target], row), wraps=table.wraps)
    if column.role is Role.PROJECT:
        return after_work(own, wanted, carried.get(Role.PROJECT, ""))
    return (
        after_work(own, [Entry(chained([one.passage for one in wanted], "；"), None, None)]) if len(own) == 1 else own
    )


def _after_plan(table: Table, row: Block, cells: dict[int, Cell], column: Column, said: list[Entry]) -> list[Entry]:
    """What a cell says that tells how far the work is and not which, after what the row planned for that month."""
    place = columns.plan_beside(table.columns, column)
    if place not in cells or not any(_is_status(one) for one in said):
        return said
    planned = split_cell(passage_of(cells[place], row), wraps=table.wraps)
    both = after_work(planned, said)
    return [full if _is_status(one) else one for one, full in zip(said, both, strict=True)]


def _is_status(entry: Entry) -> bool:
    return fold(entry.passage.text).strip(" 。.;") in words("empty", "status")


def _names_work(table: Table, column: Column) -> int | None:
    """The column that names the work of which another says what became: a text, or a project where one kind is meant.

    Columns named by their time alone (一季度) hold whole measures.
    """
    texts = [
        index for index, one in sorted(table.columns.items()) if one.role is Role.TEXT and one.over in ("", column.over)
    ]
    projects = [
        index
        for index, one in sorted(table.columns.items())
        if one.role is Role.PROJECT and not one.is_one_of("category") and column.part and column.part.kind
    ]
    return next(iter(texts + projects), None)


def _facts(table: Table, cells: dict[int, Cell]) -> dict[Role, str]:
    """What the cells of a row say, by role; of several columns with one role the first that says something."""
    facts: dict[Role, str] = {}
    for index, column in sorted(table.columns.items()):
        if index in cells:
            facts.setdefault(column.role, one_line(cells[index].text))
    return facts


def _listed(table: Table, cells: dict[int, Cell], role: Role) -> tuple[str, ...]:
    found = (cells[index].text for index, column in table.columns.items() if column.role is role and index in cells)
    return tuple(name for text in found for name in offices.names(text))


def _persons(table: Table, cells: dict[int, Cell]) -> tuple[Person, ...]:
    return tuple(
        Person(column.heading, name)
        for index, column in sorted(table.columns.items())
        if column.role is Role.PERSON and index in cells
        for name in offices.names(cells[index].text)
    )


def _numbers_items(table: Table) -> bool:
    """Whether the number column counts rows; it may count offices, standing in the first row of each alone."""
    place = next((index for index, column in table.columns.items() if column.role is Role.NUMBER), None)
    if place is None:
        return False
    filled = [row for row in table.rows if len(columns.filled(row.cells)) > 1]
    return all(any(cell.column == place and cell.text.strip() for cell in row.cells) for row in filled)


def _is_header_again(table: Table, row: Block) -> bool:
    """Whether a row is that of the headings again, at the top of a page, and no work named as headings are."""
    found = columns.header_of(row.cells) or {}
    return any(place in table.columns and table.columns[place].heading == one.heading for place, one in found.items())


def _only(cells: dict[int, Cell]) -> Cell | None:
    """The only cell of a row, or the first where the others say the same."""
    texts = {cell.text.strip() for cell in cells.values()}
    return next(iter(cells.values())) if len(texts) == 1 else None


def _is_heading_row(table: Table, cell: Cell, *, in_all: bool) -> bool:
    """A row with the name of an office alone, in one cell or `in_all`, stands over the rows below it."""
    column = table.columns.get(cell.column)
    if (
        not in_all
        and column is not None
        and column.role in (Role.ITEMS, Role.TEXT)
        and cell.columns == 1
        and cell.column > 0
    ):
        return False
    return headings.is_office(fold(line_of(passage_of(cell, _NO_ROW)).body.strip(" :【】")))


def _is_note(facts: dict[Role, str], cells: dict[int, Cell]) -> bool:
    """Whether a row counts up those above it, or closes the table: 填表人：李莉, 审核人：赵刚."""
    texts = [fold(cell.text.strip()) for cell in cells.values()]
    return (
        facts.get(Role.NUMBER, "") in words("column", "sum")
        or any(text in words("column", "sum") for text in texts[:1])
        or all(closing().match(text) for text in texts)
    )


_NO_ROW = Block("", 0, 0, 0)
