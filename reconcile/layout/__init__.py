"""Document → Report: sections, periods, offices and items, read by structure and not by one pattern a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reconcile.config import Config
from reconcile.errors import InputError
from reconcile.language import dates
from reconcile.layout import (
    ahead,
    columns,
    copies,
    flattened,
    forms,
    items_table,
    names,
    outline,
    parted,
    prose,
    spaced,
    spans,
    stacked,
    title,
)
from reconcile.layout.faults import faults
from reconcile.layout.items import items_of
from reconcile.layout.lines import Line, Page, lines_of, number_outline
from reconcile.layout.reader import Reader
from reconcile.layout.signs import Role
from reconcile.layout.spans import When
from reconcile.layout.tables import Table
from reconcile.layout.title import Head
from reconcile.model.documents import Block, Document
from reconcile.model.reports import Genre, Kind, Report
from reconcile.period import Period

_WRAPPED = ("txt", "md")
"""Formats whose lines may be those of a page; in the others a line ends a paragraph."""
_MOST_MONTHS = 2
_ABOUT_THE_REPORT = (Role.CAPTION, Role.CLOSING)


def read_report(document: Document, config: Config) -> Report:
    """Read one report. What looks wrong in the source becomes a warning of the report, never a silent guess.

    `InputError` where there is neither an item nor a period: such a text is no report.
    """
    if table := items_table.report_of(document, config.lang or "zh"):
        return table
    lines, found = _lines_and_tables(document)
    lines = lines if found else _parted(lines)
    number_outline(lines)
    names.settle_bullets(lines)
    head = title.read_head(lines, document.file.name, _months(found))
    in_prose = not found and prose.is_prose(lines, head)
    lines = prose.opened(lines, head) if in_prose else lines
    ahead.settle_plans(lines, head)
    names.settle_labels(lines, found)
    page = Page(lines)
    names.settle_names(lines, page)
    roles = outline.roles(lines, head, found, page)
    reading = Reader(head, page, in_prose=in_prose).read(lines, roles, found)
    items = items_of(reading.drafts, document.file.name, head.organisation)
    if not items and not head.has_period:
        raise InputError("layout.no_report", file=document.file.name)
    found_faults = faults(reading, items, head, document.file.name)
    return Report(
        file=document.file,
        organisation=head.organisation,
        title=head.title,
        genre=_genre(head, found),
        period=head.period,
        items=items,
        warnings=(*document.warnings, *found_faults),
        cutoff=_cutoff(lines, roles, head.period),
    )


def _parted(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text without tables, cut where a heading or another part of the report begins within one."""
    lines = names.split_off_sections(names.split_run_in(copies.mend(lines)))
    return parted.split_months(names.split_office_lists(lines))


def read_reports(documents: Iterable[Document | InputError], config: Config) -> Iterator[Report | InputError]:
    """The report in each of some documents, or what is wrong with it."""
    for document in documents:
        try:
            yield document if isinstance(document, InputError) else read_report(document, config)
        except InputError as error:
            yield error


def _genre(head: Head, found: dict[int, list[Table]]) -> Genre:
    """A report that only plans, in a table, is a plan table (工作计划表); others are named by the time they cover."""
    return Genre.PLAN_TABLE if head.kind is Kind.PLAN and found else head.genre


def _cutoff(lines: Sequence[Line], roles: Sequence[Role], period: Period) -> str | None:
    """The day all figures stand at, where a line that is no item says it: 数据截至9月28日."""
    for line, role in zip(lines, roles, strict=True):
        if role in _ABOUT_THE_REPORT and "截" in line.text and (day := dates.cutoff(line.text, period)):
            return day
    return None


def _lines_and_tables(document: Document) -> tuple[list[Line], dict[int, list[Table]]]:
    """The lines outside tables, and the tables by the index of the line after them."""
    lines: list[Line] = []
    found: dict[int, list[Table]] = {}
    laid_out = {region.start: (region, flattened.tables(document, region)) for region in flattened.regions(document)}
    for region, spaced_table in spaced.tables(document):
        if not any(other.start < region.end and region.start < other.end for other, _ in laid_out.values()):
            laid_out[region.start] = (region, [spaced_table])
    inside = [False] * len(document.blocks)
    for region, _ in laid_out.values():
        inside[region.start : region.end] = [True] * (region.end - region.start)
    blocks = enumerate(document.blocks)
    for (number, is_laid_out), group in groupby(blocks, key=lambda pair: (_table_number(pair[1]), inside[pair[0]])):
        places = list(group)
        if is_laid_out:
            found.setdefault(len(lines), []).extend(
                table for place, _ in places if place in laid_out for table in laid_out[place][1]
            )
            continue
        run = [block for _, block in places if not forms.is_of_page(block)]
        if number is None:
            lines.extend(lines_of(run, paragraphs=document.file.format not in _WRAPPED))
            continue
        for over, table in stacked.tables_of(run):
            is_head = table is not None and not found and all(line.level == 1 for line in lines)
            titles = [row for row in over if not lines or len(columns.filled(row.cells)) == 1]
            lines.extend(stacked.lines_of_cells(titles) if is_head else stacked.lines_of_layout(over))
            if table is not None:
                found.setdefault(len(lines), []).append(table)
    return lines, found


def _months(found: dict[int, list[Table]]) -> list[When]:
    """The months that the columns of the tables name, those of completions first; none of a calendar."""
    columns = [column for standing in found.values() for table in standing for column in table.columns.values()]
    headings_ = sorted(columns, key=lambda column: column.part is not None and column.part.kind is Kind.PLAN)
    months = [when for column in headings_ for when in spans.whens(column.heading) if when.month]
    return months if len({when.month for when in months}) <= _MOST_MONTHS else []


def _table_number(block: Block) -> int | None:
    return block.table if block.cells else None
