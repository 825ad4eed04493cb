"""Progress of cumulative targets against the time that has passed."""

from datetime import date

import pytest

from reconcile.language import progress


@pytest.mark.parametrize(
    ("plan", "completion", "month", "share", "elapsed"),
    [
        ("推进造林,全年完成造林2000亩。", "截至8月底累计完成造林1200亩。", 8, 0.6, 8 / 12),
        ("抓好就业工作。", "新增就业860人,占年度任务的71.7%。", 11, 0.717, 11 / 12),
        ("第四季度发放贷款600万元。", "10-11月累计发放贷款300万元。", 11, 0.5, 2 / 3),
        ("全年招商引资到位资金12亿元。", "1-9月到位资金8.1亿元。", 9, 0.675, 0.75),
        ("本月完成投资800万元,全年投资9600万元。", "完成投资650万元,累计完成6000万元。", 6, 0.625, 0.5),
    ],
)
def test_a_target_of_a_year_or_quarter_is_held_against_its_time(
    plan: str, completion: str, month: int, share: float, elapsed: float
) -> None:
    found = progress.read(plan, completion, date(2023, month, 28))
    assert found is not None
    assert found.share == pytest.approx(share)
    assert found.elapsed == pytest.approx(elapsed)
    assert found.behind == pytest.approx(100 * (elapsed - share))


@pytest.mark.parametrize(
    ("plan", "completion"),
    [
        ("完成3处泵房检修。", "完成3处泵房检修。"),  # a task, not a target of the year
        ("本月走访60户。", "走访52户。"),  # a target of the month
        ("全年举办培训12期。", "举办培训1期。"),  # what the month brought, not what the year brought so far
    ],
)
def test_one_off_tasks_have_no_progress(plan: str, completion: str) -> None:
    assert progress.read(plan, completion, date(2023, 11, 30)) is None


def test_a_quarter_that_has_not_begun_has_no_progress() -> None:
    assert progress.elapsed("10-12", date(2023, 9, 30)) == 0
