"""What a plan holds that a report leaves out."""

import pytest

from reconcile.language import parts


@pytest.mark.parametrize(
    ("plan", "acts"),
    [
        ("制定应急预案并组织演练。", [("制定应急预案", "组织演练")]),
        ("完成县志三审三校及付印。", [("完成县志三审三校", "付印")]),
        ("完成村庄撤并工作。", []),
        ("举办讲座和比赛。", []),
    ],
)
def test_the_second_act_is_what_is_joined_to_the_first(plan: str, acts: list[tuple[str, str]]) -> None:
    assert list(parts.second_acts(plan)) == acts


def test_a_text_is_told_as_far_as_its_words_occur() -> None:
    assert parts.told("清点防汛物资", "防汛物资清点完毕", 1) == pytest.approx(0.8)
    assert parts.told("清点防汛物资", "预算编制完成", 1) == 0
    assert parts.told("工作", "预算编制完成", 4) is None


@pytest.mark.parametrize(
    ("reported", "later", "left"),
    [
        ("党费收缴完成", "召开民主评议会", 1.0),
        ("党费收缴完成，民主评议会开过", "召开民主评议会", 0.0),
        ("党费收缴完成", "印制宣传册", 0.0),
    ],
)
def test_what_the_next_plan_alone_tells_of_is_left_to_it(reported: str, later: str, left: float) -> None:
    assert parts.left_to("党费收缴、民主评议", reported, later) == left


@pytest.mark.parametrize(
    ("share", "found"),
    [(0.8, True), (0.9, False)],
)
def test_one_of_some_reports_tells_of_a_text_as_far_as_it_does_alone(share: float, found: bool) -> None:
    reports = ("预算编制完成", "防汛物资清点完毕", "防汛演练一次")
    assert parts.told_by_any("清点防汛物资", reports, share) is found


def test_no_report_tells_of_what_has_no_telling_words() -> None:
    assert not parts.told_by_any("工作", ("工作完成",), 0.0)
