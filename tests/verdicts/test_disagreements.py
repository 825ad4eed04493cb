"""Offices of one report that give different figures for one thing."""

import pytest

from reconcile import pipeline
from reconcile.model.reports import Kind
from reconcile.verdicts import disagreements
from tests.pairs import done, item, plan, report


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("城东片区雨污管网改造完成投资320万元。", "城东片区雨污管网改造工程完成投资280万元。", True),
        ("发放非遗传承人补助48人。", "本月发放非遗传承人补助52人,资金26万元。", True),
        ("古籍普查登记累计完成1260册。", "累计完成古籍普查登记1180册,扫描320册。", True),
        ("城东片区雨污管网改造完成投资320万元。", "城东片区雨污管网改造工程完成投资320万元。", False),  # they agree
        ("城东片区雨污管网改造完成投资320万元。", "城西片区雨污管网改造完成投资280万元。", False),  # two places
        (
            "城东片区雨污管网改造累计完成投资320万元。",
            "城东片区雨污管网改造完成投资80万元。",
            False,
        ),  # so far, this month
        ("城东片区雨污管网改造完成投资320万元。", "城东片区雨污管网改造任务投资500万元。", False),  # the target
        ("第一批古籍普查登记1260册。", "第二批古籍普查登记1180册。", False),
        ("组织业务培训3场。", "组织业务培训5场。", False),  # each its own
        ("1-4月古籍普查登记1260册。", "4月古籍普查登记380册。", False),  # two windows
    ],
)
def test_two_figures_for_one_thing_are_asked_about(one: str, other: str, found: bool) -> None:
    pair = report("2023-05", done(one, "文物科"), done(other, "财务科"))
    assert [(a.item.office, b.item.office) for a, b in disagreements.across(pair)] == [("文物科", "财务科")] * found


def test_the_question_quotes_both_offices() -> None:
    first = report("2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), plan("慰问老同志15人。"))
    second = report("2023-05", done("古籍普查登记1260册。", "文物科"), done("古籍普查登记1180册。", "财务科"))
    (finding,) = pipeline.reconcile(first, second).findings
    assert finding.code == "figures_differ"
    assert [quote.office for quote in finding.quotes] == ["文物科", "财务科"]
    assert finding.facts == {"one": "1260册", "other": "1180册"}
