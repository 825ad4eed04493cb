"""What people write before a list: to whom it goes, and headings in whole phrases (本月我局主要完成以下工作)."""

import pytest

from tests.layout.reading import read

HEAD = "青禾区园林局2024年10月份工作总结\n"


def found(text: str) -> list[tuple[str, str, str, str]]:
    return [(item.kind.value[0], item.period, item.office, item.text) for item in read(text).items]


@pytest.mark.parametrize(
    ("done", "planned", "office"),
    [
        ("本月我局主要完成以下工作：", "下月我局计划做好以下工作：", ""),
        ("本月园林局工作完成情况：", "下月园林局工作计划：", ""),
        ("十月份区园林局完成的工作如下：", "十一月份区园林局的工作计划如下：", ""),
        ("本月法规科工作完成情况：", "下月法规科工作计划：", "法规科"),
        ("本月我科完成的工作：", "下月我科打算：", ""),
        ("年度考核办工作完成情况：", "年度考核办工作计划：", "年度考核办"),
    ],
)
def test_a_time_before_a_name_is_no_part_of_it(done: str, planned: str, office: str) -> None:
    assert found(f"{HEAD}\n{done}\n1.新建口袋公园2处。\n\n{planned}\n1.更换路灯300盏。\n") == [
        ("c", "2024-10", office, "新建口袋公园2处。"),
        ("p", "2024-11", office, "更换路灯300盏。"),
    ]


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("各科室、各直属单位：", ""),
        ("各街道办事处：", ""),
        ("市政府办公室：", ""),
        ("市水利局：", ""),
        ("集团公司：", ""),
        ("苗圃科：", "苗圃科"),
        ("公司财务部：", "公司财务部"),
        ("局办公室：", "局办公室"),
    ],
)
def test_a_name_over_the_first_section_is_whom_the_report_goes_to(name: str, office: str) -> None:
    body = "一、10月份工作完成情况\n1.新建口袋公园2处。\n二、11月份工作计划\n1.更换路灯300盏。\n"
    assert {item[2] for item in found(f"{HEAD}\n{name}\n\n{body}")} == {office}


@pytest.mark.parametrize(
    ("done", "planned"),
    [
        ("8月份取得的主要进展有", "9月份的工作计划"),
        ("8月份取得的主要成果", "9月份初步计划"),
        ("8月份做的事情", "9月份准备做的事情"),
        ("8月份的主要工作是", "9月份的主要工作是"),
        ("8月份主要工作", "9月份将开展的工作"),
        ("8月份工作情况", "9月份怎么干"),
        ("8月工作回顾", "9月工作展望"),
    ],
)
@pytest.mark.parametrize("form", ["一、{}：|二、{}：", "{}：|{}：", "## {}|## {}"])
def test_headings_tell_the_month_and_what_a_later_one_holds(done: str, planned: str, form: str) -> None:
    first, second = form.split("|")
    text = f"{first.format(done)}\n1、更换围栏120米。\n\n{second.format(planned)}\n1、补种行道树40株。\n"
    assert found(f"各位同事：\n\n{text}\n青禾园林站\n2024年9月2日\n") == [
        ("c", "2024-08", "", "更换围栏120米。"),
        ("p", "2024-09", "", "补种行道树40株。"),
    ]


def test_an_item_of_a_later_month_is_no_section() -> None:
    body = "一、10月份工作\n（一）换届选举\n（二）11月份党员大会筹备\n二、下月工作\n（一）12月份采购\n（二）决算\n"
    assert len(found(HEAD + body)) == 4


@pytest.mark.parametrize(
    ("done", "date", "period"),
    [("12月份取得的主要进展", "2024年1月3日", "2023-12"), ("2023年第四季度取得的主要成果", "2024-01-04", "2023-Q4")],
)
def test_the_year_is_that_of_the_last_such_month_before_the_date(done: str, date: str, period: str) -> None:
    assert read(f"一、{done}\n1、更换围栏120米。\n\n青禾园林站\n{date}\n").period == period


@pytest.mark.parametrize("heading", ["工作中的不足", "10月份工作失误", "失误和教训", "10月份工作中的失误"])
def test_faults_are_no_completions(heading: str) -> None:
    body = f"一、10月份主要工作\n1、更换围栏120米。\n\n二、{heading}\n1、报表迟报一次。\n"
    assert [item[3] for item in found(HEAD + body)] == ["更换围栏120米。"]


@pytest.mark.parametrize("text", ["本月没有进展。", "本期无进展", "无新进展。", "本月没有变化"])
def test_an_office_that_tells_nothing_has_no_item(text: str) -> None:
    body = f"一、本月工作完成情况\n（一）苗圃科\n{text}\n（二）设备科\n1.检修洒水车2台。\n"
    assert [item[2] for item in found(HEAD + body)] == ["设备科"]


@pytest.mark.parametrize("leader", ["保卫科科长王小禾", "保卫科副科长李青", "保卫科王小禾科长", "保卫科李青科长"])
def test_an_office_is_named_with_who_leads_it(leader: str) -> None:
    body = "工作亮点（东区）：\n1、门岗登记齐全。\n后期计划：\n1、每周夜查两次。\n"
    text = f"{HEAD}\n{leader}：\n{body}\n后勤部部长李青：\n{body.replace('（东区）：', '（西区食堂）')}"
    assert [item[::2] for item in found(text)] == [
        ("c", "保卫科"),
        ("p", "保卫科"),
        ("c", "后勤部"),
        ("p", "后勤部"),
    ]


def test_an_outline_counts_on_below_a_section_of_what_is_late() -> None:
    late = "滞后项目：一是口袋公园正在编制招标文件；二是路灯未启动。\n"
    text = f"{HEAD}一、绿化工作\n已完成补种行道树40株。\n{late}二、设施维护\n更换围栏120米，检修水泵3台。\n"
    assert [item[3].split("：")[0] for item in found(text)][1:3] == ["滞后", "滞后"]
    assert "滞后" not in found(text)[3][3]


def test_plans_for_a_topic_stand_among_the_sections() -> None:
    topic = "二、机构调整计划：\n机构调整涉及面广。\n注：以下人员均可兼职。\n1、设立苗圃组。\n2、设立设备组。\n"
    text = f"{HEAD}一、10月份工作完成情况\n1、更换围栏120米。\n{topic}三、11月份工作计划\n1、补种行道树40株。\n"
    assert [(item[0], item[3]) for item in found(text)] == [
        ("c", "更换围栏120米。"),
        ("p", "设立苗圃组。"),
        ("p", "设立设备组。"),
        ("p", "补种行道树40株。"),
    ]


def test_work_on_a_later_month_above_the_plans_is_done() -> None:
    body = (
        "一、绿化工作\n更换围栏120米。\n二、11月份苗木大会筹备\n完成报名。\n三、11月份工作计划\n1、补种行道树40株。\n"
    )
    assert [(item[0], item[1]) for item in found(HEAD + body)] == [("c", "2024-10"), ("c", "2024-10"), ("p", "2024-11")]
