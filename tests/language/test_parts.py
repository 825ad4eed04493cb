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
