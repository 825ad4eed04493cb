"""Items tables: one item a row under the columns kind, period, office, number, text (类型 期间 科室 序号 内容).

Only kind, period and text are required. A column 单位 or organisation names whose items they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reconcile import period
from reconcile.errors import InputError
from reconcile.layout import spans
from reconcile.layout.drafts import Draft
from reconcile.layout.items import items_of
from reconcile.layout.passage import Passage, Piece
from reconcile.layout.vocabulary import fold, words
from reconcile.messages import Lang, text
from reconcile.model.documents import Block, Cell, Document
from reconcile.model.reports import Genre, Kind, Report
from reconcile.period import Period

COLUMNS = ("kind", "period", "office", "number", "text", "organisation")
REQUIRED = ("kind", "period", "text")
_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?")


def report_of(document: Document, lang: Lang) -> Report | None:
    """The report an items table makes; None where the document is none, `InputError` where a value is wrong."""
    rows = [block for block in document.blocks if block.cells]
    places = _places(rows[0].cells) if rows and len(rows) == len(document.blocks) else {}
    missing = [name for name in REQUIRED if name not in places]
    if missing:
        if document.file.format == "jsonl":
            raise InputError("layout.items_table_columns", file=document.file.name, missing=" · ".join(missing))
        return None
    file = document.file.name
    drafts = [draft for row in rows[1:] if (draft := _draft(row, places, file, lang))]
    named = (_value(row, places, "organisation") for row in rows[1:])
    organisation = next((name for name in named if name), "")
    return Report(
        file=document.file,
        organisation=organisation,
        title="",
        genre=_genre(drafts),
        period=_report_period(drafts),
        items=items_of(drafts, file, organisation),
        warnings=document.warnings,
    )


def _places(header: Sequence[Cell]) -> dict[str, int]:
    """Which column of the table is which of ours."""
    places: dict[str, int] = {}
    for cell in header:
        name = fold(cell.text).strip().lower()
        if ours := next((ours for ours in COLUMNS if name in words("items_table", ours)), None):
            places.setdefault(ours, cell.column)
    return places


def _draft(row: Block, places: dict[str, int], file: str, lang: Lang) -> Draft | None:
    cells = {cell.column: cell for cell in row.cells if cell.text.strip()}
    if not cells:
        return None
    value = {name: cells[place].text.strip() if place in cells else "" for name, place in places.items()}
    number = value.get("number", "")
    for name, sound in (
        ("kind", _kind(value["kind"]) is not None),
        ("period", _period(value["period"]) is not None),
        ("number", not number or number.isdecimal()),
    ):
        if not sound:
            facts = {"column": name, "value": value[name], "expected": text(f"layout.items_table_{name}", lang)}
            raise InputError("layout.items_table_value", file=file, line=row.paragraph, **facts)
    if not value["text"]:
        return None
    cell = cells[places["text"]]
    office = value.get("office", "")
    return Draft(
        kind=_kind(value["kind"]) or Kind.PLAN,
        period=_period(value["period"]) or "",
        passage=Passage.of(Piece(cell.text, cell.start, row.paragraph, row.page, cell.address)).strip(),
        number=int(number) if number else None,
        office=office,
        office_path=(office,) if office else (),
    )


def _value(row: Block, places: dict[str, int], name: str) -> str:
    return next((cell.text.strip() for cell in row.cells if cell.column == places.get(name)), "")


def _kind(value: str) -> Kind | None:
    name = value.lower()
    for kind in Kind:
        if any(name.startswith(word) for word in words("items_table", kind.value)):
            return kind
    return None


def _period(value: str) -> Period | None:
    """2020-10 as it is; 2020年10月, 2020年第4季度, 2020/10 and 2020.10 as people write it."""
    plain = re.sub(r"^(\d{4})[/.](\d{1,2})$", r"\1年\2月", fold(value))
    if _PERIOD.fullmatch(plain):
        return plain
    found = spans.whens(plain)
    return spans.resolve(found[0], f"{found[0].year:04d}", later=False) if found and found[0].year else None


def _report_period(drafts: Sequence[Draft]) -> Period:
    """The latest period with completions; that of the first plans where there are none."""
    done = [draft.period for draft in drafts if draft.kind is Kind.COMPLETION]
    planned = [draft.period for draft in drafts if draft.kind is Kind.PLAN]
    return max(done, key=period.first_day) if done else min(planned, key=period.first_day, default="2000")


def _genre(drafts: Sequence[Draft]) -> Genre:
    lengths: Iterator[str] = (draft.period for draft in drafts)
    first = next(lengths, "")
    return Genre.QUARTERLY if "Q" in first else Genre.MONTHLY if "-" in first else Genre.ANNUAL
