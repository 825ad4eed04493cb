"""Every output speaks one language: what stands in the other is quoted from the reports, or names something in them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from docx import Document
from msgspec import Struct
from openpyxl import load_workbook

from reconcile import pipeline
from reconcile.messages import Lang
from reconcile.model.documents import SourceWarning
from reconcile.model.reports import Report
from reconcile.model.verdicts import Finding
from reconcile.outputs import FORMATS, drawn, parsed
from reconcile.outputs.rows import View, view

PLANS = """临屏市商务局2023年5月份工作完成情况及6月份工作计划
一、5月份工作完成情况
1.召开全局安全生产例会。（责任科室：办公室）
1.检查加油站12家。（责任科室：运行科）
4.走访外贸企业9家。
二、6月份工作计划
1.改造南门市场，完成摊位搬迁。（责任科室：运行科）
2.完成一号、二号、三号泵房检修。（责任科室：市场科）
3.新增外贸企业6家，全年新增80家。（责任科室：外贸科）
4.举办汽车展销会。（责任科室：市场科）
三、存在的问题
人手不足。
"""
COMPLETIONS = """临屏市商务局2023年6月份工作完成情况及7月份工作计划
一、6月份工作完成情况
全局上下共同努力。
1.南门市场改造已完成，摊位搬迁全部完成。（责任科室：运行科）
2.1号、3号泵房检修完毕。（责任科室：市场科）
3.1至6月新增外贸企业20家，完成全年目标80家的25%。（责任科室：外贸科）
4.南门市场改造尚未完成，摊位搬迁未开工。（责任科室：办公室）
5.受理投诉30件，其中商场12件、集市15件。（责任科室：市场科）
6.展销会达标率104%，签约活跃。（责任科室：外贸科）
二、7月份工作计划
1.改造南门市场。（责任科室：运行科）
2.完成二号泵房检修。（责任科室：市场科）
注：数据截至6月20日。
"""
DAMAGED = b"\xff\xfe\xfd"
CHINESE = re.compile("[一-鿿]+")
ENGLISH = re.compile("[A-Za-z]+(?:,? [a-z]+){2,}")
NOTICE = "依据科室自报，未经实地核查"
LIGHTS = re.compile('"light": ?"."')
"""The contract promises these two values of the JSON in Chinese."""


class Month(Struct):
    """Two reports with something to ask about, as they were read and as they are shown."""

    text: str
    reports: Sequence[Report]
    rows: View


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    folder = tmp_path_factory.mktemp("month")
    files = [folder / "5月.txt", folder / "6月.txt"]
    files[0].write_text(PLANS, encoding="utf-8")
    files[1].write_bytes(COMPLETIONS.encode().replace("共同努力".encode(), "共同努力".encode() + DAMAGED))
    reports = [pipeline.read_report(file) for file in files]
    pairs, threads, _ = pipeline.reconcile_all(reports)
    return Month(PLANS + COMPLETIONS + "".join(file.name for file in files), reports, view(pairs, threads))


def noted(month: Month) -> list[Finding | SourceWarning]:
    (pair,) = month.rows.pairs
    found: list[Finding | SourceWarning] = [*pair.findings, *(one for each in pair.plans for one in each.findings)]
    return [*found, *(one for report in month.reports for one in report.warnings)]


def readable(content: str | bytes, name: str) -> str:
    """What a person reads of an output."""
    if name == "html":
        return re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>", "\n", str(content))
    if isinstance(content, str):
        return LIGHTS.sub("", content.replace(NOTICE, "")) if name.startswith("json") else content
    if name == "xlsx":
        sheets = load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    document = Document(io.BytesIO(content))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def foreign(shown: str, lang: Lang, quoted: str) -> list[str]:
    """The words in the other language that nobody wrote in a report."""
    if lang == "zh":
        return ENGLISH.findall(shown)
    return [run for run in CHINESE.findall(shown) if run not in quoted]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_run_speaks_one_language(month: Month, name: str, lang: Lang) -> None:
    shown = readable(drawn(month.rows, name, lang, width=120), name)
    assert foreign(shown, lang, month.text) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", parsed.FORMATS)
def test_what_was_read_is_said_in_one_language(month: Month, name: str, lang: Lang) -> None:
    shown = readable(parsed.render(month.reports, name, lang), name)
    assert foreign(shown, lang, month.text) == []


def test_the_reports_above_give_findings_and_warnings_of_most_kinds(month: Month) -> None:
    codes = {one.code for one in noted(month)}
    assert codes >= {"duplicate_number", "skipped_number", "no_office", "other_section", "loose_text", "encoding"}
    assert codes >= {"contradiction", "unnamed", "behind_schedule", "subtotal", "rate_above_100", "cutoff"}
