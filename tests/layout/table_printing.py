"""The same content as tables: columns in any order, under any headings, with or without numbers and carried offices."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from reconcile.model.reports import Kind
from tests.layout.printing import WORDS, Printed

OFFICE_HEADINGS = ("科室", "责任科室", "部门", "责任单位", "牵头科室", "承办处室", "单位")
NUMBER_HEADINGS = ("序号", "编号", "No.")
REMARKS = ("备注", "说明", "佐证材料")


class TableLayout(Struct, frozen=True):
    """How the content is laid out in a table: `pipes` or tabs, a row an item or a row an office."""

    pipes: bool
    row_an_item: bool
    headings: tuple[str, str, str | None, str | None]
    words: tuple[str, str]
    office_first: bool
    plan_first: bool
    repeat_office: bool
    marks: str


def printed_table(content: Sequence[Printed], layout: TableLayout) -> str:
    """The content as one table under a title."""
    office, _, number, remark = layout.headings
    items = [(layout.words[0], Kind.COMPLETION), (layout.words[1], Kind.PLAN)]
    if layout.plan_first:
        items.reverse()
    columns = [*([number] if number else []), office, *(heading for heading, _ in items), *([remark] if remark else [])]
    if not layout.office_first:
        columns.remove(office)
        columns.insert(len(columns) - bool(remark), office)
    rows = [columns, *_rows(content, layout, columns, items)]
    return "临江市文化广电和旅游局2024年3月份工作完成情况及4月份工作计划\n\n" + "\n".join(_lines(rows, layout)) + "\n"


def _rows(
    content: Sequence[Printed], layout: TableLayout, columns: list[str], items: list[tuple[str, Kind]]
) -> Iterator[list[str]]:
    office_heading, _, number_heading, _ = layout.headings
    count = 0
    for office in dict.fromkeys(item.office for item in content):
        texts = [[i.text for i in content if i.office == office and i.kind is kind] for _, kind in items]
        if not layout.row_an_item:
            texts = [["<br>".join(_marked(n, text, layout) for n, text in enumerate(own, 1))] for own in texts]
        for place, row in enumerate(zip_longest(*texts, fillvalue="")):
            count += 1
            cells = dict.fromkeys(columns, "")
            cells[office_heading] = office if place == 0 or layout.repeat_office else ""
            if number_heading:
                cells[number_heading] = str(count)
            cells |= {heading: text for (heading, _), text in zip(items, row, strict=True)}
            yield [cells[column] for column in columns]


def _marked(number: int, text: str, layout: TableLayout) -> str:
    return layout.marks.format(number=number, circled=chr(0x2460 + number - 1)) + text


def _lines(rows: Sequence[Sequence[str]], layout: TableLayout) -> Iterator[str]:
    for place, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |" if layout.pipes else "\t".join(row)
        if layout.pipes and place == 0:
            yield "|" + " --- |" * len(row)


def table_mutations(count: int, seed: int) -> Iterator[TableLayout]:
    """Table layouts drawn at random. Tabs cannot hold several lines in one cell."""
    choice = random.Random(seed)
    for _ in range(count):
        pipes = choice.random() < 0.6
        numbered = choice.random() < 0.5
        yield TableLayout(
            pipes=pipes,
            row_an_item=not pipes or choice.random() < 0.5,
            headings=(
                choice.choice(OFFICE_HEADINGS),
                "",
                choice.choice(NUMBER_HEADINGS) if numbered else None,
                choice.choice(REMARKS) if choice.random() < 0.3 else None,
            ),
            words=choice.choice(WORDS),
            office_first=choice.random() < 0.7,
            plan_first=choice.random() < 0.2,
            repeat_office=choice.random() < 0.4,
            marks=choice.choice(["{number}.", "{number}、", "（{number}）", "{circled}", "◆"]),
        )
