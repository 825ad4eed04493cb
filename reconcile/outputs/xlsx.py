"""The workbook (XlsxWriter): a summary, then a sheet a table, ready to filter, to print and to write reviews into.

Cells are written as text or numbers, never as formulas, whatever a report says.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reconcile import period as periods
from reconcile.messages import Lang
from reconcile.model.verdicts import Review
from reconcile.outputs import heading, tables, wording
from reconcile.outputs.plain_table import Cell, Table
from reconcile.outputs.rows import LIGHTS, View
from reconcile.outputs.wrapping import width as width_of

FONT = {"zh": "宋体", "en": "Calibri"}
FILLS = {"red": "#F6B8B8", "yellow": "#FCE8A6", "grey": "#DDDDDD", "blue": "#BFD7F2", "green": "#BFE5C4"}
"""Fills of the lights: pale, so that the word on them stays readable in print."""
CENTRED = frozenset(
    {"status", "outcome", "light", "confidence", "standing", "rate", "on_time_rate", "missing", "rank_of_office"}
)
A4 = 9
UNITS = 2.0
"""Column width units of a Chinese character at this size, its share of the cell's padding included."""
LINE = 13.5
"""Points of a line at this size."""
TALLEST = 409.0
"""Excel's highest row."""
LONGEST = 32_000
"""Excel cuts a cell at 32,767 characters."""
MOST_LINKS = 60_000
"""Excel opens at most 65,530 links a sheet."""


def render(view: View, lang: Lang) -> bytes:
    """The whole run as one workbook."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    latest = view.pairs[-1]
    made = datetime.combine(periods.last_day(latest.period), datetime.min.time())
    book.set_properties({"title": heading.title(view, lang), "created": made})
    Sheets(book, view, lang).draw()
    book.close()
    return out.getvalue()


class Sheets:
    """One workbook in the making: its formats, and the sheets that use them."""

    def __init__(self, book: Workbook, view: View, lang: Lang) -> None:
        self.book, self.view, self.lang = book, view, lang
        plain = {"font_name": FONT[lang], "font_size": 10, "text_wrap": True, "valign": "top"}
        boxed = {**plain, "border": 1, "border_color": "#B5B5B5"}
        self.title = book.add_format({**plain, "bold": True, "font_size": 16, "text_wrap": False})
        self.line = book.add_format(plain)
        self.notice = book.add_format({**plain, "bold": True})
        self.head = book.add_format(
            {**boxed, "bold": True, "bg_color": "#E7ECF2", "align": "center", "valign": "vcenter"}
        )
        self.cell = book.add_format(boxed)
        self.link = book.add_format({**boxed, "font_color": "#0B4F9E", "underline": 1})
        self.centred = book.add_format({**boxed, "align": "center"})
        lit = {**boxed, "align": "center", "bold": True}
        self.lights = {
            wording.light(word, lang): book.add_format({**lit, "bg_color": FILLS[light.colour]})
            for word, light in LIGHTS.items()
        }

    def draw(self) -> None:
        """All sheets, the summary first."""
        self._summary()
        items = tables.items(self.view, self.lang)
        for drawn in tables.all_tables(self.view, self.lang):
            sheet = self._table(drawn)
            if drawn.name == "slippage":
                self._reviews(sheet, drawn)
                self._sources(sheet, drawn, items.title)

    def _summary(self) -> None:
        sheet = self._sheet(wording.label("table_counts", self.lang), "")
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 8)
        sheet.set_column(2, 12, 11)
        sheet.write_string(0, 0, heading.title(self.view, self.lang), self.title)
        row = 2
        for line in heading.lines(self.view, self.lang):
            notice = line == wording.label("notice", self.lang)
            sheet.merge_range(row, 0, row, 9, "", self.line)
            sheet.write_string(row, 0, line, self.notice if notice else self.line)
            sheet.set_row(row, _height([(line, 58)]))
            row += 1
        for pair in self.view.pairs:
            drawn = tables.counts(pair, self.lang)
            row += 1
            sheet.write_string(row, 0, wording.period(pair.period, self.lang), self.notice)
            for line_of in ([column.title for column in drawn.columns], *drawn.cells):
                row += 1
                for place, cell in enumerate(line_of):
                    self._write(sheet, row, place, cell, self.cell if line_of in drawn.cells else self.head)
            row += 1

    def _table(self, drawn: Table) -> Worksheet:
        sheet = self._sheet(drawn.title, drawn.title)
        light = next((place for place, column in enumerate(drawn.columns) if column.key == "light"), None)
        for place, column in enumerate(drawn.columns):
            sheet.set_column(place, place, UNITS * column.width)
            sheet.write_string(0, place, column.title, self.head)
        widths = [column.width for column in drawn.columns]
        sheet.set_row(0, _height([(column.title, column.width) for column in drawn.columns]))
        for number, row in enumerate(drawn.cells, 1):
            sheet.set_row(number, _height(zip(map(str, row), widths, strict=True)))
            for place, cell in enumerate(row):
                style = self.centred if isinstance(cell, int) or drawn.columns[place].key in CENTRED else self.cell
                self._write(sheet, number, place, cell, self.lights.get(str(cell), style) if place == light else style)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(drawn.cells)), len(drawn.columns) - 1)
        return sheet

    def _sheet(self, name: str, header: str) -> Worksheet:
        """A sheet set to print on A4 landscape, one page wide, with the notice and the page number at its foot."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header("&C&12" + header.replace("&", "&&"))
        sheet.set_footer(f"&L{wording.label('notice', self.lang)}&R&P / &N")
        return sheet

    def _write(self, sheet: Worksheet, row: int, place: int, cell: Cell, style: Format) -> None:
        if isinstance(cell, int):
            sheet.write_number(row, place, cell, style)
        else:
            sheet.write_string(row, place, cell[:LONGEST], style)

    def _reviews(self, sheet: Worksheet, drawn: Table) -> None:
        """A drop-down in the review column (复核意见) that still lets other words be written."""
        place = drawn.index("review")
        choices = [wording.review(review, self.lang) for review in Review if review is not Review.AUTO]
        rule = {"validate": "list", "source": choices, "error_type": "information", "ignore_blank": True}
        sheet.data_validation(1, place, max(1, len(drawn.cells)), place, rule)

    def _sources(self, sheet: Worksheet, drawn: Table, target: str) -> None:
        """Each source leads to its item's row, where the plan and what was reported are quoted whole."""
        place = drawn.index("source")
        where = {id(row): number for number, row in enumerate(self.view.items, 2)}
        for number, row in enumerate(self.view.slippage[:MOST_LINKS], 1):
            text = str(drawn.cells[number - 1][place])
            sheet.write_url(number, place, f"internal:'{target}'!A{where[id(row.item)]}", self.link, string=text)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height of a row whose cells wrap at their widths: not every program works it out when it opens a file."""
    lines = max((sum(-(-width_of(line) // (2 * size - 1)) or 1 for line in text.split("\n")) for text, size in cells))
    return min(TALLEST, LINE * lines + 3)
