"""The name of an office with a count, before a gap, over a list with the marks of a typesetter, in spread letters."""

import pytest

from tests.layout.reading import read

HEAD = "海西县税务局2023年4月工作完成情况及5月工作计划\n"


def found(body: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(head + body).items]


@pytest.mark.parametrize("count", ["（2项）", "（共2项）", "(2件)", "（共计 2 条）"])
def test_a_count_is_no_part_of_the_name(count: str) -> None:
    body = f"一、4月工作完成情况\n（一）征管科{count}\n1.核查120户。\n2.清税。\n（二）办公室（信访办）\n1.归档。\n"
    assert found(body) == [
        ("c", "征管科", "核查120户。"),
        ("c", "征管科", "清税。"),
        ("c", "办公室（信访办）", "归档。"),
    ]


@pytest.mark.parametrize("gap", ["　　", "  ", "　", " "])
def test_a_gap_parts_the_name_from_its_work(gap: str) -> None:
    done = f"征管科{gap}完成登记核查120户。\n法制科{gap}审理案件3件。\n"
    body = f"一、4月工作完成情况\n{done}二、5月工作计划\n征管科{gap}开展数据清理。\n"
    assert found(body) == [
        ("c", "征管科", "完成登记核查120户。"),
        ("c", "法制科", "审理案件3件。"),
        ("p", "征管科", "开展数据清理。"),
    ]


def test_an_office_before_the_first_section_is_whom_the_report_is_sent_to_on_a_line_of_its_own_only() -> None:
    body = "县委督查室：\n现将工作报告如下。\n办公室：完成保密自查。\n征管科：\n1.完成核查。\n下月：\n1.开展清理。\n"
    assert found(body)[:2] == [("c", "办公室", "完成保密自查。"), ("c", "征管科", "完成核查。")]


def test_signs_of_a_typesetter_count_like_the_marks_they_stand_for() -> None:
    done = "㈠ 征管科\n⑴ 核查120户。\n⑵ 清税。\n（二） 法制科\n⒈ 审理3件。\n"
    body = "二、5月工作计划\n㈠ 征管科\n⑴清理⑵宣传\n"
    assert found(f"一、4月工作完成情况\n{done}{body}") == [
        ("c", "征管科", "核查120户。"),
        ("c", "征管科", "清税。"),
        ("c", "法制科", "审理3件。"),
        ("p", "征管科", "清理"),
        ("p", "征管科", "宣传"),
    ]


def test_letters_that_are_spread_out_are_read_as_words() -> None:
    body = "一 、 四 月 工 作 完 成 情 况\n1 . 征 管 科 ： 核 查 1 2 0 户 。\n2 . 法 制 科 ： 审 理 3 件 。\n"
    assert found(body) == [("c", "征管科", "核查120户。"), ("c", "法制科", "审理3件。")]


@pytest.mark.parametrize(
    "text", ["组织家电下乡", "组团参加广交会", "排查安全隐患点及水库", "走访企业村", "发放救助金到村"]
)
def test_what_opens_with_a_verb_is_no_office(text: str) -> None:
    body = f"## 4月工作完成情况\n### 市场科\n{text}\n完成抽检\n"
    assert found(body) == [("c", "市场科", text), ("c", "市场科", "完成抽检")]


@pytest.mark.parametrize("office", ["组织科", "组织人事科", "检查室", "培训中心", "宣传部", "巡查办"])
def test_an_office_may_be_called_by_what_it_does(office: str) -> None:
    assert found(f"一、4月工作完成情况\n{office}\n1.完成抽检。\n")[0][1] == office


@pytest.mark.parametrize("heading", ["二、8月经营工作计划", "8月经营工作计划：", "## 8月经营工作计划"])
def test_a_section_may_name_its_topic_after_its_month(heading: str) -> None:
    head = "海屏有限公司2023年7月经营工作总结\n"
    assert found(f"一、7月经营工作总结\n1.完成采购。\n{heading}\n1.启动招标。\n", head) == [
        ("c", "", "完成采购。"),
        ("p", "", "启动招标。"),
    ]


@pytest.mark.parametrize("form", ["{}：", "{}", "【{}】", "## {}"])
def test_the_first_section_may_come_after_the_first_list_of_offices(form: str) -> None:
    names = [form.format(name) for name in ("综合办", "康复部")]
    done = f"{names[0]}\n1.完成更新。\n{names[1]}\n1.发放辅具。\n2.评估。\n"
    body = f"{done}5月工作计划：\n{names[0]}\n1.开展学习。\n{names[1]}\n1.启动服务。\n"
    assert found(body) == [
        ("c", "综合办", "完成更新。"),
        ("c", "康复部", "发放辅具。"),
        ("c", "康复部", "评估。"),
        ("p", "综合办", "开展学习。"),
        ("p", "康复部", "启动服务。"),
    ]


def test_an_office_without_plans_leaves_the_next_office_alone() -> None:
    body = "综合办：\n本月：\n1.完成更新。\n下月：\n康复部：\n本月：\n1.评估。\n下月：\n1.启动服务。\n"
    assert found(body) == [("c", "综合办", "完成更新。"), ("c", "康复部", "评估。"), ("p", "康复部", "启动服务。")]


@pytest.mark.parametrize("mark", ["（{}）", "{}、", "- "])
def test_an_item_may_speak_of_the_work_of_a_month(mark: str) -> None:
    works = ["通报3月安全生产工作情况", "4月防汛工作总结", "5月党员学习计划"]
    body = "".join(mark.format(n) + work + "\n" for n, work in zip("一二三", works, strict=True))
    assert [text for _, _, text in found(f"第一部分 4月工作完成情况\n{body}1、归档\n")][:2] == works[:2]


@pytest.mark.parametrize("person", ["（负责人：李明）", "(分管领导：王芳)", "（ 责任人: 陈静 ）"])
def test_who_leads_an_office_is_no_part_of_its_name(person: str) -> None:
    body = f"一、教务处{person}\n4月完成：\n1.完成月考。\n5月计划：\n1.期中考试。\n"
    assert found(body) == [("c", "教务处", "完成月考。"), ("p", "教务处", "期中考试。")]


def test_who_answers_for_an_item_is_no_part_of_it_even_where_it_ends_like_an_office() -> None:
    body = "一、4月工作完成情况\n1）收取会费（牵头科室：秘书处；配合科室：各科室）\n2）银企对接会（牵头科室：会员部）\n"
    assert found(body) == [("c", "秘书处", "收取会费"), ("c", "会员部", "银企对接会")]


def test_the_last_word_of_a_wrapped_line_is_no_office() -> None:
    item = "1.推进开发区污水处理厂提标改造完成设备\n采购\n"
    body = f"一、征管科\n本月\n{item}下月\n1.持续开展入企服务走访企业五十家帮助解\n决问题\n"
    assert {office for _, office, _ in found(body + body.replace("一、征管", "二、法制"))} == {"征管科", "法制科"}


def test_the_last_bullet_before_a_section_is_an_item() -> None:
    body = "★ 征管科\n✓ 完成核查\n✓ 清税12场\n☆ 下月计划：开展清理\n★ 法制科\n✓ 审理3件\n☆ 下月计划：案卷评查\n"
    assert found(body) == [
        ("c", "征管科", "完成核查"),
        ("c", "征管科", "清税12场"),
        ("p", "征管科", "开展清理"),
        ("c", "法制科", "审理3件"),
        ("p", "法制科", "案卷评查"),
    ]


def test_a_second_title_ends_what_stands_under_the_last_office() -> None:
    head = "江北新区2023年4月份工作完成情况\n"
    body = "综合部\n已完成\n1、制定办法\n未完成\n1、食堂改造\n"
    planned = "江北新区2023年5月份工作计划\n综合部\n1、植树\n工程部\n1、招标\n"
    assert found(body + planned, head) == [
        ("c", "综合部", "制定办法"),
        ("c", "综合部", "未完成：食堂改造"),
        ("p", "综合部", "植树"),
        ("p", "工程部", "招标"),
    ]


def test_an_item_that_is_but_the_name_of_an_office_in_brackets_is_kept() -> None:
    body = "一、4月工作完成情况\n1.核查120户。（征管科）\n2.（法制科）\n3.归档。（办公室）\n"
    assert [office for _, office, _ in found(body)] == ["征管科", "", "办公室"]


def test_a_wrapped_line_of_clauses_that_end_like_offices_is_no_heading() -> None:
    body = "一、4月工作完成情况\n1.夜间抽看电缆井作业两处，未测气体即下井的班组\n停工学习一天。\n2.归档。\n"
    assert len(found(body)) == 2


@pytest.mark.parametrize(
    "label", ["（办公室（法规股）牵头）", "（办公室（法规股））", "（牵头科室：办公室（法规股））"]
)
def test_an_office_in_brackets_may_have_brackets_of_its_own(label: str) -> None:
    body = f"一、4月工作完成情况\n1.核查120户。{label}\n2.归档。{label}\n"
    assert found(body) == [("c", "办公室（法规股）", "核查120户。"), ("c", "办公室（法规股）", "归档。")]


def test_headings_of_one_level_are_offices_where_most_of_them_are() -> None:
    done = "### 公卫科\n1、早孕建册9人\n### 儿保与接种\n1、补麻腮风11剂\n### 医务科\n1、三基考核\n"
    assert found(f"## 4月工作完成情况\n{done}") == [
        ("c", "公卫科", "早孕建册9人"),
        ("c", "儿保与接种", "补麻腮风11剂"),
        ("c", "医务科", "三基考核"),
    ]


def test_a_heading_of_a_level_ends_the_item_above_it() -> None:
    body = "## 4月工作完成情况\n### 教学成果\n1、听课9节\n### 家校共育\n1、家访12户\n"
    assert found(body) == [("c", "", "听课9节"), ("c", "", "家访12户")]


def test_headings_of_one_level_may_stand_over_their_sections() -> None:
    body = "".join(
        f"### {office}\n本月完成：\n1.完成检修{office}\n下月计划：\n1.轮岗{office}\n"
        for office in ("收费班", "机电", "养护科")
    )
    offices = [office for _, office, _ in found(body)]
    assert offices == ["收费班", "收费班", "机电", "机电", "养护科", "养护科"]


@pytest.mark.parametrize(("first", "second"), [("一、", "二、"), ("1.", "2."), ("（一）", "（二）")])
def test_offices_counted_anew_as_the_sections_are_stand_below_them(first: str, second: str) -> None:
    mark = "·" if first == "1." else "1."
    body = "".join(
        f"{place}{section}\n{first}教务处\n{mark}检查{when}。\n{mark}巡视{when}。\n{second}总务处\n{mark}修理{when}。\n"
        for place, section, when in ((first, "9月工作完成情况", "教案"), (second, "10月工作计划", "门窗"))
    )
    items = read(f"临溪中学2024年9月工作总结及10月工作计划\n{body}").items
    assert [(item.kind.value[0], item.office) for item in items] == [
        *[("c", "教务处")] * 2,
        ("c", "总务处"),
        *[("p", "教务处")] * 2,
        ("p", "总务处"),
    ]
