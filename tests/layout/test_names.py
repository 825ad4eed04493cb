"""Names of offices without an ending (教务, 护理), told from topics and items by the headings around them."""

import pytest

from tests.layout.reading import read

HEAD = "临屏小学2023年3月工作总结及4月工作计划\n"


def found(body: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(head + body).items]


def two_parts(done: str, planned: str) -> str:
    return f"一、3月工作总结\n{done}二、4月工作计划\n{planned}"


@pytest.mark.parametrize("heading", ["（一）教务", "教务：", "教务", "【教务】", "### 教务"])
def test_a_name_without_an_ending_in_both_parts(heading: str) -> None:
    body = two_parts(f"{heading}\n1.完成命题。\n2.听课9节。\n", f"{heading}\n1.组织期中考试。\n")
    assert found(body) == [
        ("c", "教务", "完成命题。"),
        ("c", "教务", "听课9节。"),
        ("p", "教务", "组织期中考试。"),
    ]


@pytest.mark.parametrize("form", ["（{}）{}", "{}、{}", "{1}："])
def test_names_without_an_ending_beside_others(form: str) -> None:
    def heading(number: str, name: str) -> str:
        return form.format(number, name) + "\n"

    done = "".join(
        heading(number, name) + f"1.完成{name}检查。\n"
        for number, name in zip("一二三", ["党办", "护理", "医务科"], strict=True)
    )
    body = f"3月工作总结\n{done}4月工作计划\n{heading('一', '护理')}1.护士节活动。\n"
    assert [office for _, office, _ in found(body)] == ["党办", "护理", "医务科", "护理"]


def test_names_over_their_own_sections() -> None:
    body = "".join(
        f"{number}、{name}\n（一）3月工作总结\n1.完成{name}检查。\n（二）4月工作计划\n1.修订{name}制度。\n"
        for number, name in zip("一二", ["教务", "总务"], strict=True)
    )
    assert found(body) == [
        ("c", "教务", "完成教务检查。"),
        ("p", "教务", "修订教务制度。"),
        ("c", "总务", "完成总务检查。"),
        ("p", "总务", "修订总务制度。"),
    ]


@pytest.mark.parametrize("marks", [("1.", "2."), ("①", "②"), ("一是", "二是")])
def test_names_before_lists_that_run_on(marks: tuple[str, str]) -> None:
    first, second = marks
    body = two_parts(
        f"教务：{first}完成命题；{second}听课9节。\n德育：{first}召开家长会。\n",
        f"教务：{first}组织期中考试。\n德育：开展家访。\n",
    )
    assert found(body) == [
        ("c", "教务", "完成命题；"),
        ("c", "教务", "听课9节。"),
        ("c", "德育", "召开家长会。"),
        ("p", "教务", "组织期中考试。"),
        ("p", "德育", "开展家访。"),
    ]


def test_a_name_with_its_text_behind_it_stands_beside_names_over_lists() -> None:
    body = two_parts(
        "（一）普法股。一是举办讲座5场。二是建成广场。\n（二）法援股。受理案件28件。\n",
        "（一）普法股\n1.筹备宪法宣传周。\n（二）法援股：推进考核。\n",
    )
    assert found(body) == [
        ("c", "普法股", "举办讲座5场。"),
        ("c", "普法股", "建成广场。"),
        ("c", "法援股", "受理案件28件。"),
        ("p", "普法股", "筹备宪法宣传周。"),
        ("p", "法援股", "推进考核。"),
    ]


def test_topics_are_no_offices_because_one_of_them_may_be() -> None:
    topics = ["教学", "德育", "安全", "家校共育"]
    done, planned = (
        "".join(f"（{n}）{topic}\n1.{act}{topic}工作。\n" for n, topic in zip("一二三四", topics, strict=True))
        for act in ("完成", "推进")
    )
    assert {office for _, office, _ in found(two_parts(done, planned))} == {""}


def test_items_of_one_word_are_no_offices() -> None:
    body = two_parts("1.教务\n2.家长会\n3.春游\n", "1.教务\n2.运动会\n")
    assert [text for _, _, text in found(body)] == ["教务", "家长会", "春游", "教务", "运动会"]


def test_what_an_item_opens_with_is_no_office_without_others() -> None:
    body = two_parts("1.护理：组织查房2次。\n2.完成决算。\n", "1.编制预算。\n")
    assert found(body)[0] == ("c", "", "护理：组织查房2次。")


@pytest.mark.parametrize(
    "joint", ["办公室、财务科", "办公室，财务科", "办公室/财务科", "办公室和财务科", "办公室、财务", "教务、总务"]
)
@pytest.mark.parametrize("form", ["{}：", "【{}】", "（一）{}", "{}"])
def test_offices_that_share_their_items_are_one_line(joint: str, form: str) -> None:
    second = form.format("基建科").replace("一", "二")
    first = form.format(joint)
    body = two_parts(
        f"{first}\n1.完成决算。\n2.归档。\n{second}\n1.完成围墙。\n", f"{first}\n1.编制预算。\n{second}\n1.维修屋面。\n"
    )
    assert found(body) == [
        ("c", joint, "完成决算。"),
        ("c", joint, "归档。"),
        ("c", "基建科", "完成围墙。"),
        ("p", joint, "编制预算。"),
        ("p", "基建科", "维修屋面。"),
    ]


@pytest.mark.parametrize(
    "joint",
    ["办公室、财务科", "办公室，财务科", "办公室 财务科", "办公室　财务科", "办公室,财务科", "办公室以及财务科"],
)
def test_offices_that_share_what_runs_on_behind_a_colon(joint: str) -> None:
    body = two_parts(f"{joint}：完成决算。\n基建科：完成围墙。\n", f"{joint}：1.编制预算。2.编制采购计划。\n")
    assert found(body) == [
        ("c", joint, "完成决算。"),
        ("c", "基建科", "完成围墙。"),
        ("p", joint, "编制预算。"),
        ("p", joint, "编制采购计划。"),
    ]


def test_names_of_one_list_with_and_without_a_line_of_their_own() -> None:
    body = two_parts(
        "（一）法规股。受理案件3件，办结2件。\n（二）执法大队\n1.检查企业30家。\n"
        "（三）办公室 印发文件20份。\n（四）财务股：完成决算。\n",
        "（一）法规股。受理案件。\n（二）执法大队\n1.检查企业40家。\n",
    )
    assert found(body) == [
        ("c", "法规股", "受理案件3件，办结2件。"),
        ("c", "执法大队", "检查企业30家。"),
        ("c", "办公室", "印发文件20份。"),
        ("c", "财务股", "完成决算。"),
        ("p", "法规股", "受理案件。"),
        ("p", "执法大队", "检查企业40家。"),
    ]


def test_a_short_text_behind_a_gap_and_a_name_shown_elsewhere() -> None:
    body = two_parts("征管科　　完成核查120户。\n法规科　　普法3次。\n", "征管科　　开展核查。\n法规科　　普法。\n")
    assert found(body) == [
        ("c", "征管科", "完成核查120户。"),
        ("c", "法规科", "普法3次。"),
        ("p", "征管科", "开展核查。"),
        ("p", "法规科", "普法。"),
    ]


def test_labels_that_are_names_by_themselves_stand_beside_others_that_are_not() -> None:
    body = two_parts("教务：完成排课\n人事：招聘3人\n总务：完成采购\n", "教务：组织考试\n总务：检修\n人事：招聘教师\n")
    assert found(body) == [
        ("c", "教务", "完成排课"),
        ("c", "人事", "招聘3人"),
        ("c", "总务", "完成采购"),
        ("p", "教务", "组织考试"),
        ("p", "总务", "检修"),
        ("p", "人事", "招聘教师"),
    ]


def test_labels_in_both_parts_beside_names_of_offices_are_names() -> None:
    body = two_parts(
        "德育：召开班会3次。\n教学：开展听课20节。\n后勤：检修水电10处。\n",
        "德育：组织家访。\n教学：组织公开课。\n后勤：采购桌椅。\n",
    )
    assert [office for _, office, _ in found(body)] == ["德育", "教学", "后勤"] * 2


def test_labels_below_each_item_are_no_names() -> None:
    done = "德育：召开班会3次。\n时间：9月3日。\n后勤：检修水电10处。\n时间：9月5日。\n教务：听课。\n"
    assert "时间" not in {office for _, office, _ in found(two_parts(done, done))}
