"""The head of a report: whose it is and for which periods, however the title words it."""

import pytest

from reconcile import intake
from reconcile.layout import title
from reconcile.layout.lines import lines_of
from reconcile.layout.title import Head
from reconcile.model.reports import Kind
from tests.layout.reading import read


def head(text: str, file: str = "report.txt") -> Head:
    document = intake.read_bytes(f"{text}\n一、完成情况\n1.办结甲事。\n".encode(), file)
    return title.read_head(lines_of(document.blocks, paragraphs=False), file)


@pytest.mark.parametrize(
    ("text", "organisation", "period", "plan"),
    [
        ("海屏县教育局2022年9月份工作小结和10月份工作计划", "海屏县教育局", "2022-09", "2022-10"),
        ("2022年海屏县教育系统9月份完成情况及10月份安排", "海屏县教育系统", "2022-09", "2022-10"),
        ("海屏县教育局\n2022年9月份工作小结和10月份工作计划", "海屏县教育局", "2022-09", "2022-10"),
        ("海屏县教育局2022年12月工作总结\n及2023年1月工作计划", "海屏县教育局", "2022-12", "2023-01"),
        ("海屏县教育局2022年12月工作总结及1月工作计划", "海屏县教育局", "2022-12", "2023-01"),
        ("海屏县教育局本月工作总结及下月工作计划\n（2023年6月）", "海屏县教育局", "2023-06", "2023-07"),
        ("2023年6月\n海屏县政务服务中心工作月报", "海屏县政务服务中心", "2023-06", "2023-07"),
        ("海屏街道工作月报（2023年6月）", "海屏街道", "2023-06", "2023-07"),
        ("关于2023年5月工作完成情况及6月工作计划的报告\n海屏市水务局", "海屏市水务局", "2023-05", "2023-06"),
        ("2023年12月份工作总结及2024年1月份工作计划\n编报单位：海屏县医保局", "海屏县医保局", "2023-12", "2024-01"),
        ("海屏中学二〇二三年九月份工作总结及十月份工作计划", "海屏中学", "2023-09", "2023-10"),
        ("海屏公司 2024 年 3 月份工作总结及 4 月份工作计划", "海屏公司", "2024-03", "2024-04"),
        ("海屏市2023年5月份重点工作推进情况的通报", "海屏市", "2023-05", "2023-06"),
        ("海屏县商务局2023年第四季度工作总结及2024年第一季度工作计划", "海屏县商务局", "2023-Q4", "2024-Q1"),
        ("2022年海屏县民政局工作总结和2023年工作谋划", "海屏县民政局", "2022", "2023"),
        ("关于报送海屏街道2024年5月工作情况的报告", "海屏街道", "2024-05", "2024-06"),
        ("关于印发《海屏县水务局2024年5月工作总结和6月工作计划》的通知", "海屏县水务局", "2024-05", "2024-06"),
        ("2023年3月份全局重点工作完成情况\n填报单位：海屏县粮食局", "海屏县粮食局", "2023-03", "2023-04"),
        ("海屏县水务集团2023年7月份重点工作计划", "海屏县水务集团", "2023-07", "2023-07"),
    ],
)
def test_a_title_tells_organisation_and_periods(text: str, organisation: str, period: str, plan: str) -> None:
    found = head(text)
    assert (found.organisation, found.period, found.plan) == (organisation, period, plan)


def test_the_year_may_stand_in_the_name_of_the_file_alone() -> None:
    assert head("海屏县教育局9月份工作小结", "教育局-2022-09.txt").period == "2022-09"


def test_the_year_may_stand_in_chinese_numerals_under_the_title() -> None:
    assert head("海屏县教育局九月份工作小结\n二〇二三年十月八日").period == "2023-09"


@pytest.mark.parametrize(
    ("text", "organisation", "period", "plan"),
    [
        ("海屏县残联2024年8月工作总结9月工作计划", "海屏县残联", "2024-08", "2024-09"),
        ("海屏集团有限公司2023年7月经营工作总结及8月经营工作计划", "海屏集团有限公司", "2023-07", "2023-08"),
        ("海屏县应急局2023年12月安全生产工作情况暨1月防汛备汛工作打算", "海屏县应急局", "2023-12", "2024-01"),
        ("海屏县文旅局4月份工作汇报及5月份工作安排(2024)", "海屏县文旅局", "2024-04", "2024-05"),
        ("海 屏 县 文 旅 局 2024 年 4 月 工 作 总 结", "海屏县文旅局", "2024-04", "2024-05"),
    ],
)
def test_a_title_may_name_its_topic_or_lack_a_joiner(text: str, organisation: str, period: str, plan: str) -> None:
    found = head(text)
    assert (found.organisation, found.period, found.plan, found.kind) == (organisation, period, plan, Kind.COMPLETION)


@pytest.mark.parametrize(
    ("title", "name", "found"),
    [
        ("", "水务局2024年3月工作情况.txt", ("2024-03", "2024-04")),
        ("", "水务局2024-03.txt", ("2024-03", "2024-04")),
        ("", "水务局202403.txt", ("2024-03", "2024-04")),
        ("", "2024年3月.txt", ("2024-03", "2024-04")),
        ("2024年工作总结和2025年工作计划", "月报2024-03.txt", ("2024", "2025")),
        ("水务局2024年5月工作总结", "2024-03.txt", ("2024-05", "2024-06")),
    ],
)
def test_the_month_may_stand_in_the_name_of_the_file(title: str, name: str, found: tuple[str, str]) -> None:
    report = read(f"{title}\n一、本月工作完成情况\n1.完成决算。\n二、下月工作计划\n1.编制预算。\n", name)
    assert tuple(item.period for item in report.items) == found


@pytest.mark.parametrize(
    ("date", "month"), [("2024年3月28日", "2024-03"), ("2024.4.2", "2024-03"), ("2024-01-05", "2023-12")]
)
def test_a_report_on_this_month_is_of_the_month_it_is_dated_in(date: str, month: str) -> None:
    report = read(f"本月工作：\n1.完成决算。\n下月打算：\n1.编制预算。\n\n{date}\n")
    assert report.period == month


@pytest.mark.parametrize(
    "headings", [("上月工作完成情况", "本月工作计划"), ("6月份工作完成情况", "7月份工作计划"), ("上月小结", "7月安排")]
)
def test_a_report_named_after_the_month_it_plans_is_of_the_one_before(headings: tuple[str, str]) -> None:
    done, planned = headings
    report = read(f"临屏县商务局2024年7月份工作情况\n一、{done}\n1.年检。\n二、{planned}\n1.大赛。\n")
    assert [report.period, *(item.period for item in report.items)] == ["2024-06", "2024-06", "2024-07"]


@pytest.mark.parametrize(("month", "year"), [("11", "2024"), ("8", "2024"), ("3", "2025")])
def test_a_school_year_tells_the_year(month: str, year: str) -> None:
    report = read(f"临屏小学2024-2025学年{month}月份工作总结\n一、教务处\n1.听课。\n二、总务处\n1.修缮。\n")
    assert (report.organisation, report.period) == ("临屏小学", f"{year}-{int(month):02}")


@pytest.mark.parametrize(
    ("opening", "organisation"),
    [
        ("督查通报\n第7期\n临屏县督查室　　　　2024年7月5日\n\n2024年6月份重点工作推进情况\n", "临屏县督查室"),
        ("临屏县工作简报\n（2024年第5期）\n临屏县水务局6月份工作总结\n", "临屏县水务局"),
        ("临屏县医院职能科室月工作小结（2024年6月）\n", "临屏县医院"),
    ],
)
def test_the_number_of_an_issue_is_no_part_of_a_name(opening: str, organisation: str) -> None:
    report = read(f"{opening}一、6月工作完成情况\n1.完成决算。\n2024年7月5日\n")
    assert (report.organisation, report.period) == (organisation, "2024-06")


@pytest.mark.parametrize(
    ("text", "file", "period"),
    [
        ("海屏县教育局2024年工作计划", "jihua-2024-01.txt", "2024"),
        ("海屏县教育局2023年工作总结（2024年1月）", "report.txt", "2023"),
        ("海屏县教育局2023年工作总结（12月）", "report.txt", "2023-12"),
        ("2023年海屏县教育局工作总结", "zongjie-2024-01.txt", "2023"),
    ],
)
def test_the_year_a_title_names_goes_before_a_month_of_another_time(text: str, file: str, period: str) -> None:
    assert head(text, file).period == period


def test_plans_dated_in_the_first_days_of_a_month_are_for_that_month() -> None:
    text = "海屏县教育局本月工作计划\n办公室\n1.组织培训。\n2.修订制度。\n2024年3月1日\n"
    lines = lines_of(intake.read_bytes(text.encode(), "report.txt").blocks, paragraphs=False)
    assert title.read_head(lines, "report.txt").plan == "2024-03"


@pytest.mark.parametrize(
    "date", ["2023年3月28日", "2023.3.28", "2023-03-28", "（2023年3月）", "3月28日", "三月二十八日", "（3月28日）"]
)
@pytest.mark.parametrize("sign", ["", "临屏县水务局\n", "办公室\n"])
def test_what_signs_and_dates_a_report_is_no_item(sign: str, date: str) -> None:
    body = "临屏县水务局3月工作总结及4月工作计划\n一、3月工作完成情况\n1.清淤3公里。\n二、4月工作计划\n1.巡查水库。\n"
    found = read(f"{body}\n{sign}{date}\n")
    assert [item.text for item in found.items] == ["清淤3公里。", "巡查水库。"]
    assert found.period == ("2023-03" if "2023" in date else "2000-03")


def test_a_day_among_the_items_does_not_end_the_report() -> None:
    body = "临屏县水务局2023年3月工作总结\n一、完成情况\n3月28日\n1.清淤3公里。\n2.巡查水库。\n"
    assert [item.text for item in read(body).items][-2:] == ["清淤3公里。", "巡查水库。"]


BODY = "\n\n## 本月完成\n1. 更换围栏120米。\n\n## 下月计划\n1. 补种行道树40株。\n"


@pytest.mark.parametrize(
    "text",
    [
        "2024-06月报",
        "2024.06月报",
        "2024/06月报",
        "2024-06 工作月报",
        "202406工作月报",
        "工作月报 24/06/01-24/06/30",
        "工作月报（2024年6月1日至6月30日）",
        "工作月报 2024-06-01~2024-06-30",
    ],
)
def test_a_month_in_figures(text: str) -> None:
    found = read(f"# {text}{BODY}")
    assert (found.organisation, [item.period for item in found.items]) == ("", ["2024-06", "2024-07"])


def test_a_month_in_figures_goes_before_headings_further_down() -> None:
    text = "# 2024-06月报\n\n## 月小结：\n\n更换围栏120米。\n\n## 个人月总结\n\n### 王小禾\n1. 检修水泵。\n"
    assert [item.text for item in read(text).items] == ["更换围栏120米。", "检修水泵。"]


@pytest.mark.parametrize(
    ("text", "period", "plan"),
    [
        ("青禾站2023年12月份与2024年1月份工作总结", "2024-01", "2024-02"),
        ("青禾站2023年12月、2024年1月工作总结", "2024-01", "2024-02"),
        ("青禾站2024年8月份9月份10月份工作总结", "2024-10", "2024-11"),
        ("青禾站2024年1-6月工作总结及下半年工作打算", "2024-06", "2024"),
        ("青禾站2024年上半年工作总结及下半年工作计划", "2024", "2024"),
        ("青禾站2024年上半年工作总结", "2024", "2024"),
        ("青禾站2024年下半年工作总结", "2024", "2025"),
    ],
)
def test_several_months_count_as_the_last_and_half_a_year_as_its_year(text: str, period: str, plan: str) -> None:
    assert (head(text).period, head(text).plan) == (period, plan)


@pytest.mark.parametrize(
    ("text", "signature", "organisation"),
    [
        ("关于2024年10月份绿化项目进展情况的通报", "青禾区园林局", "青禾区园林局"),
        ("2024年10月份绿化工作总结", "青禾园林站  王小禾", "青禾园林站"),
        ("2024年10月青禾小学工作总结", "", "青禾小学"),
        ("2024年10月青禾农商行工作总结", "", "青禾农商行"),
        ("2024年10月份绿化工作总结", "", ""),
        ("12月德育工作总结及1月工作安排", "德育处", "德育处"),
        ("为切实推进重点工作落实，现将2024年6月份工作完成情况汇报如下：", "", ""),
        ("青禾市《政府工作报告》2024年10月份任务完成情况", "", "青禾市"),
        (
            "青禾市卫生健康委实施2024年村卫生室建设完成情况公示\n发布日期：2024-12-09信息来源：市卫健委",
            "",
            "青禾市卫生健康委",
        ),
    ],
)
def test_topics_sentences_and_fields_are_no_organisation(text: str, signature: str, organisation: str) -> None:
    body = "一、完成情况\n1.新建口袋公园2处。\n二、下月计划\n1.更换路灯300盏。\n"
    assert read(f"{text}\n\n{body}\n{signature}\n2024年11月5日\n").organisation == organisation


@pytest.mark.parametrize("name", ["为民服务中心", "在建工程管理站", "青禾区园林局"])
def test_a_name_may_open_with_a_word_that_opens_sentences(name: str) -> None:
    found = read(f"{name}2024年6月工作总结\n一、6月工作完成情况\n1.更换路灯300盏。\n")
    assert found.organisation == name
