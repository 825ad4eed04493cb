"""Offices of one report that say different things of one work."""

import pytest

from reconcile import pipeline
from reconcile.model.reports import Item, Kind
from reconcile.verdicts import contradictions
from tests.pairs import done, item, plan, report


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("美术馆扩建项目未完成图纸设计。", "美术馆扩建完成图纸设计,书画院装修开工。", True),
        ("非遗展厅布展尚未招标。", "非遗展厅布展完成招标,中标价86万元。", True),
        ("美术馆扩建项目未完成图纸设计。", "剧院改造完成图纸设计。", False),  # another object
        ("美术馆扩建项目未完成图纸设计。", "美术馆扩建项目完成土地平整。", False),  # another act
        ("第一批古籍修复未完成招标。", "第二批古籍修复完成招标。", False),  # another batch
        ("全月未发生火灾事故。", "完成火灾隐患排查。", False),  # nothing was left undone
    ],
)
def test_not_done_here_and_done_there_is_asked_about(one: str, other: str, found: bool) -> None:
    pair = report("2023-05", done(one, "文物科"), done(other, "财务科"))
    assert [(a.office, b.office) for a, b in contradictions.across(pair)] == [("文物科", "财务科")] * found


def test_one_office_may_say_both() -> None:
    assert not list(contradictions.across(report("2023-05", done("书库未完成搬迁。"), done("书库完成搬迁。"))))


def test_the_question_stands_beside_the_verdicts_with_both_quotes() -> None:
    says: list[Item] = [done("美术馆扩建项目未完成图纸设计。", "文物科"), done("美术馆扩建完成图纸设计。", "财务科")]
    first = report("2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), plan("慰问老同志15人。"))
    (finding,) = pipeline.reconcile(first, report("2023-05", *says)).findings
    assert finding.code == "contradiction"
    assert [quote.text for quote in finding.quotes] == ["美术馆扩建项目未完成图纸设计", "美术馆扩建完成图纸设计"]
