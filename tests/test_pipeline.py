"""Which reports can be compared, and what a person is told where they cannot."""

import pytest
from msgspec import structs

from reconcile import pairing, pipeline
from reconcile.errors import InputError, NothingToCheck, ReconcileError
from reconcile.model.reports import Kind, Report
from reconcile.model.verdicts import Outcome, Status
from tests.pairs import done, item, plan, report

APRIL = report("2023-04", item("完成预算编制。", Kind.COMPLETION, period="2023-04"), plan("举办读书节。"))
MAY = report("2023-05", done("读书节举办。"), item("做好汛期检查。", Kind.PLAN, period="2023-06"))
JULY = report("2023-07", item("完成培训。", Kind.COMPLETION, period="2023-07"))


def renamed(given: Report, organisation: str) -> Report:
    return Report(given.file, organisation, given.title, given.genre, given.period, given.items)


@pytest.mark.parametrize(
    ("first", "second", "error", "key"),
    [
        (APRIL, APRIL, InputError, "pipeline.same_report"),
        (APRIL, renamed(MAY, "白鹭镇人民政府"), InputError, "pipeline.two_organisations"),
        (report("2023-04", APRIL.items[0]), MAY, NothingToCheck, "pipeline.no_plan"),
        (APRIL, report("2023-05", MAY.items[1]), NothingToCheck, "pipeline.no_completions"),
        (APRIL, JULY, NothingToCheck, "pipeline.not_consecutive"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    first: Report, second: Report, error: type[ReconcileError], key: str
) -> None:
    with pytest.raises(error) as raised:
        pipeline.reconcile(first, second)
    assert raised.value.key == key
    assert raised.value.message("zh")
    assert raised.value.message("en")


def test_an_item_given_without_tasks_is_its_own_single_task() -> None:
    bare = [[structs.replace(one, tasks=()) for one in given.items] for given in (APRIL, MAY)]
    (verdict,) = pipeline.reconcile(report("2023-04", *bare[0]), report("2023-05", *bare[1])).plans
    assert [task.task.text for task in verdict.tasks] == ["举办读书节。"]
    assert (verdict.status, verdict.tasks[0].status) == (Status.COMPLETED, Status.COMPLETED)


def test_reports_may_come_in_any_order() -> None:
    forward = pipeline.reconcile_all([APRIL, MAY])[0]
    assert pipeline.reconcile_all([MAY, APRIL])[0] == forward


def test_a_missing_month_suspends_its_plans_and_the_next_report_answers_them() -> None:
    late = report("2023-07", item("汛期检查已全部完成。", Kind.COMPLETION, period="2023-07"), *JULY.items)
    pairs, threads, errors = pipeline.reconcile_all([late, APRIL, MAY])
    assert [pair.period for pair in pairs] == ["2023-05", "2023-06"]
    (flood,) = pairs[1].plans
    assert (flood.status, flood.outcome) == (Status.REPORT_MISSING, Outcome.UNDETERMINED)
    assert [link.target for link in flood.links] == [late.items[0].id]
    assert set(pipeline.explain_all(pairs[1])) == {flood.links[0].id}
    assert {thread.title for thread in threads} == {"举办读书节", "做好汛期检查"}
    assert not errors


def test_the_months_without_a_report_are_named() -> None:
    late = report("2023-08", item("汛期检查已全部完成。", Kind.COMPLETION, period="2023-08"))
    assert pairing.missing([late, APRIL, MAY]) == ("2023-06", "2023-07")
    assert pairing.missing([APRIL, MAY, JULY]) == ("2023-06",)
    assert pairing.missing([APRIL, late]) == ()


def test_a_report_without_plans_leaves_out_one_pair_and_says_which() -> None:
    silent = report("2023-06", item("开展汛期检查。", Kind.COMPLETION, period="2023-06"))
    pairs, _, errors = pipeline.reconcile_all([APRIL, MAY, silent, JULY])
    assert [pair.period for pair in pairs] == ["2023-05", "2023-06"]
    assert [error.key for error in errors] == ["pipeline.no_plan"]


def test_one_report_is_nothing_to_check() -> None:
    with pytest.raises(NothingToCheck):
        pipeline.reconcile_all([APRIL])


def test_a_plan_of_a_quarter_is_held_against_a_month_and_silence_is_not_yet_due() -> None:
    quarter = report(
        "2023-Q1",
        item("建成非遗展厅。", Kind.PLAN, period="2023-Q2"),
        item("举办读书节。", Kind.PLAN, period="2023-Q2"),
    )
    month = report(
        "2023-05", done("读书节5月6日举办，参与1.2万人次。"), done("处置舆情3起。"), done("慰问老同志15人。")
    )
    silent, reported = pipeline.reconcile(quarter, month).plans
    assert silent.outcome is Outcome.UNDETERMINED
    assert reported.outcome is Outcome.DONE
