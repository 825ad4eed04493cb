"""Every number in every format equals the JSON's, and every format shows the same rows: one record, many views."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from reconcile.messages import Lang
from reconcile.outputs import charts, render, tables, wording
from reconcile.outputs.rows import FLAGGED, view
from tests.outputs.sample import PAIR

LANGS: tuple[Lang, ...] = ("zh", "en")
VIEW = view([PAIR])
RUN: dict[str, Any] = json.loads(render([PAIR], (), "json", "zh"))


def counts_of_json(lang: Lang) -> dict[str, int]:
    return {wording.status(status, lang): RUN["summary"]["by_status"][status] for status in RUN["summary"]["by_status"]}


def flagged_of_json() -> list[tuple[str, str, int]]:
    """Office, status and slip count of every task the slippage table must list."""
    return sorted(
        (plan["office"], task["status"], plan["slip_count"])
        for plan in RUN["plans"]
        for task in plan["tasks"]
        if task["status"] in FLAGGED
    )


def as_text(name: str, lang: Lang) -> str:
    """Everything a reader sees of a format, as one text."""
    content = render([PAIR], (), name, lang, width=200)
    if isinstance(content, str):
        return re.sub(r"<[^>]+>", " ", content) if name == "html" else content
    if name == "xlsx":
        cells = [c.value for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for c in row]
    else:
        document = Document(io.BytesIO(content))
        cells = [paragraph.text for paragraph in document.paragraphs]
        cells += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join("" if cell is None else str(cell) for cell in cells)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["table", "md", "xlsx", "docx", "html"])
def test_the_counts_are_those_of_the_json(name: str, lang: Lang) -> None:
    text = re.sub(r"\s+", " ", as_text(name, lang))
    for word, count in counts_of_json(lang).items():
        assert f"{word} {count}" in text
    summary = RUN["summary"]
    assert (f"{summary['tasks']} 项" if lang == "zh" else f"{summary['tasks']} planned tasks") in text
    for row in tables.offices(VIEW, lang).cells:
        if "/" in str(row[4]):
            assert str(row[4]) in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_office_table_is_the_summary_of_the_json(lang: Lang) -> None:
    drawn = tables.offices(VIEW, lang)
    for key in ("plans", "judged", "done", "partial", "slipped", "dropped", "slipped_twice", "unplanned"):
        numbers = [office[key] for office in RUN["summary"]["by_office"]]
        assert drawn.column(key) == (*numbers, sum(numbers))
    for cell, office in zip(drawn.column("rate"), RUN["summary"]["by_office"], strict=False):
        if office["judged"]:
            assert str(cell).startswith(f"{office['done']}/{office['judged']}")


@pytest.mark.parametrize("lang", LANGS)
def test_every_format_lists_the_flagged_tasks_of_the_json(lang: Lang) -> None:
    wanted = [(office, wording.status(status, lang), slips) for office, status, slips in flagged_of_json()]  # type: ignore[arg-type]
    drawn = tables.slippage(VIEW, lang)
    keys = [drawn.index(key) for key in ("office", "status", "slip_count")]
    listed = sorted(tuple(row[key] for key in keys) for row in drawn.cells)
    assert listed == sorted(wanted)

    book = load_workbook(io.BytesIO(render([PAIR], (), "xlsx", lang)))  # type: ignore[arg-type]
    sheet = [[cell.value for cell in row] for row in book[drawn.title].iter_rows(min_row=2)]
    assert sorted(tuple(row[key] for key in keys) for row in sheet) == sorted(wanted)

    lines = list(csv.reader(io.StringIO(str(render([PAIR], (), "csv", lang)))))[1 : 1 + len(wanted)]
    assert sorted((row[keys[0]], row[keys[1]], int(row[keys[2]])) for row in lines) == sorted(wanted)

    table = Document(io.BytesIO(render([PAIR], (), "docx", lang))).tables[1]  # type: ignore[arg-type]
    on_paper = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert sorted((r[1].split("\n")[0], r[5].split("\n")[0], int(r[6])) for r in on_paper) == sorted(wanted)

    page = str(render([PAIR], (), "html", lang))
    assert page.count('<tr class="why">') == len(wanted)


def test_the_pictures_count_the_same_tasks() -> None:
    cells = re.findall(r">(\d+)/(\d+)<", charts.heat(VIEW, "zh"))
    assert sum(int(part) for part, _ in cells) == len(flagged_of_json())
    assert sum(int(whole) for _, whole in cells) == RUN["summary"]["tasks"]
