"""Every form a report comes in: the texts of fixtures/forms read to the items written beside them.

The forms: a flat list with the office before or after each item, offices in groups and sections, offices before a
colon, running paragraphs, bullets, plain paragraphs, sub-points, pipe and tab tables, annual prose with the furniture
of a web page, a copy from a document-sharing site, a Word table flattened to tabs.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from reconcile import intake, layout
from reconcile.config import Config
from reconcile.model.reports import Genre, Report

FORMS = Path(__file__).parents[2] / "fixtures" / "forms"
REPORTS = sorted(path for path in FORMS.iterdir() if path.suffix in (".txt", ".md"))


def report(name: str) -> Report:
    return layout.read_report(intake.read(FORMS / name), Config())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_form_reads_to_its_items(path: Path) -> None:
    expected: list[dict[str, Any]] = json.loads(path.with_suffix(".items.json").read_text(encoding="utf-8"))
    found = report(path.name).items
    for want, got in zip(expected, found, strict=True):
        assert want.pop("kind") == got.kind.value
        for name, value in want.items():
            read = getattr(got, name)
            assert (list(read) if isinstance(read, tuple) else read) == value


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_anchors_point_at_the_words_of_the_item(path: Path) -> None:
    document = intake.read(path)
    for item in layout.read_report(document, Config()).items:
        quoted = document.text[item.anchor.start : item.anchor.end]
        assert quoted.startswith(item.text[:2])
        assert quoted.endswith(item.text[-1])


@pytest.mark.parametrize(
    ("name", "organisation", "period", "genre"),
    [
        ("quarter.txt", "沧屏县发展和改革局", "2023-Q3", Genre.QUARTERLY),
        ("annual-sections.txt", "凤岭县市场监督管理局", "2022", Genre.ANNUAL),
        ("flattened-table.txt", "临屏市住房和城乡建设局", "2021", Genre.PLAN_TABLE),
        ("web-furniture.txt", "临屏区教育体育局", "2023", Genre.ANNUAL),
        ("sharing-site.txt", "临屏区林业局", "2022", Genre.ANNUAL),
        ("office-paragraphs.txt", "江汀市司法局", "2021-07", Genre.MONTHLY),
        ("table-offices-rows.md", "石澜县卫生健康局", "2023-03", Genre.MONTHLY),
        ("year-roll.txt", "双溪桥镇", "2021-12", Genre.MONTHLY),
        ("wrapped-narrow.txt", "青屏区教育局", "2024-09", Genre.MONTHLY),
        ("inline-circled.txt", "兴屿集团", "2024-03", Genre.MONTHLY),
    ],
)
def test_the_head_of_a_form(name: str, organisation: str, period: str, genre: Genre) -> None:
    found = report(name)
    assert (found.organisation, found.period, found.genre) == (organisation, period, genre)


def test_figures_taken_out_by_a_sharing_site_are_marked() -> None:
    assert all(item.redacted for item in report("sharing-site.txt").items)
    assert not any(item.redacted for item in report("web-furniture.txt").items)


def test_persons_of_a_plan_table_are_kept_apart() -> None:
    first = report("flattened-table.txt").items[0]
    assert [(person.role, person.name) for person in first.persons] == [("分管领导", "陈明"), ("责任人", "赵国平")]
