"""The lists of a plan and what a report leaves out of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.language import listing


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("开展餐饮、住宿、洗浴三类场所检查。", ["餐饮", "住宿", "洗浴"]),
        ("完成柳河村、大泉村和石桥村文化礼堂布展。", ["柳河村", "大泉村", "石桥村"]),
        ("组织第一、第二、第四党支部换届。", ["第一", "第二", "第四"]),
        ("完成一号、二号、三号泵房检修。", ["一号", "二号", "三号"]),
        ("对文旅局、体育局、科协、残联开展督查。", ["文旅局", "体育局", "科协", "残联"]),
        ("完成东馆、西馆空调改造。", ["东馆", "西馆"]),
        ("开展“送戏下乡”“送书下乡”“送电影下乡”活动。", ["送戏下乡", "送书下乡", "送电影下乡"]),
        ("加强人员、物资、车辆保障。", []),  # means, none promised by itself
        ("更新门户网站、编发简报、做好舆情监测。", []),  # acts, not members
        ("完成主管道铺设、96户支管接驳。", []),  # not of one kind
        ("举办读书节。", []),
    ],
)
def test_the_members_of_a_list_are_read(text: str, members: list[str]) -> None:
    assert [member for found in listing.listings(text) for member in found.members] == members


@pytest.mark.parametrize(
    ("plan", "report", "left"),
    [
        ("完成一号、二号、三号泵房检修。", "1号、3号泵房检修完毕。", ["二号"]),
        ("修订考勤、请休假、公务接待制度。", "印发考勤、请休假和公务接待制度。", []),
        ("举办羽毛球、乒乓球、象棋三项比赛。", "三项比赛全部举办。", []),  # none is named, so none is missed
        ("核查课程学分、技能证书、实习成绩。", "课程、证书、实习成绩逐一核对。", []),
    ],
)
def test_members_are_missed_where_others_of_the_list_are_named(plan: str, report: str, left: list[str]) -> None:
    assert [member for found in listing.unnamed(plan, report) for member in found.left] == left


def test_a_list_that_is_open_or_named_by_half_is_not_certain() -> None:
    (open_,) = listing.unnamed("检查车站、码头、机场等场所。", "检查车站、码头12处。")
    (half,) = listing.unnamed("检查东站、西站。", "检查东站。")
    (closed,) = listing.unnamed("检查车站、码头、机场。", "检查车站、码头12处。")
    assert (open_.certain, half.certain, closed.certain) == (False, False, True)


@given(
    st.lists(
        st.sampled_from(["完成", "、", "和", "第一", "东村", "西村", "等", "，", "“", "”", "3号"]), max_size=10
    ).map("".join)
)
def test_a_report_that_repeats_the_plan_leaves_nothing_out(text: str) -> None:
    assert listing.unnamed(text, text) == ()
