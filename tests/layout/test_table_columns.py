"""Columns of offices under any heading, cells that say nothing, and what stands over a table."""

import io

import pytest
from docx import Document
from openpyxl import Workbook

from reconcile import intake, layout
from reconcile.config import Config
from reconcile.model.reports import Report
from tests.layout.reading import read

HEAD = "# 柳塘镇2024年6月工作清单\n\n"


def rows(*cells: tuple[str, ...]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(cells[0]), *lines[1:]]) + "\n"


def items(report: Report) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in report.items]


def found(*cells: tuple[str, ...]) -> list[tuple[str, str, str]]:
    return items(read(HEAD + rows(*cells), "report.md"))


@pytest.mark.parametrize("heading", ["站所", "条线", "板块", "名称", "办站所名称", "", "科室"])
def test_a_column_of_offices_is_known_by_its_cells(heading: str) -> None:
    assert found(
        (heading, "本月完成情况", "下月计划"),
        ("农业服务中心", "发放补贴320万元", "开展技术指导"),
        ("财政所", "完成预算执行分析", "编制半年决算"),
    ) == [
        ("c", "农业服务中心", "发放补贴320万元"),
        ("p", "农业服务中心", "开展技术指导"),
        ("c", "财政所", "完成预算执行分析"),
        ("p", "财政所", "编制半年决算"),
    ]


def test_a_column_of_topics_is_no_column_of_offices() -> None:
    table = (("类别", "本月完成情况"), ("项目建设", "开工2个"), ("民生保障", "发放补贴"))
    assert {office for _, office, _ in found(*table)} == {""}


@pytest.mark.parametrize("nothing", ["无", "/", "—", "暂无", "无。", "-", "\\"])
def test_a_cell_that_says_nothing_is_no_item(nothing: str) -> None:
    assert found(
        ("科室", "本月完成情况", "下月计划", "配合科室"),
        ("财政所", nothing, "编制半年决算", nothing),
        ("文化站", "演出3场", nothing, nothing),
    ) == [("p", "财政所", "编制半年决算"), ("c", "文化站", "演出3场")]


@pytest.mark.parametrize("nothing", ["无", "无。", "1.无", "暂无。"])
def test_a_section_that_says_nothing_has_no_item(nothing: str) -> None:
    body = f"一、完成情况\n1.清淤3公里。\n二、未完成工作\n{nothing}\n三、下月计划\n1.巡查水库。\n"
    assert items(read("临屏县水务局2023年3月工作情况\n" + body)) == [("c", "", "清淤3公里。"), ("p", "", "巡查水库。")]


@pytest.mark.parametrize("ditto", ["同上", "〃", "″", ""])
def test_a_cell_may_repeat_the_one_above(ditto: str) -> None:
    table = (("责任科室", "本月完成情况"), ("财政所", "完成分析"), (ditto, "完成审计"))
    assert found(*table) == [("c", "财政所", "完成分析"), ("c", "财政所", "完成审计")]


def test_rows_over_the_headings_tell_whose_report_it_is() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["部门月度工作汇报表"],
        ["单位：江口港务公司", None, "月份：2023年6月"],
        ["部门", "本月完成情况", "下月计划"],
        ["安全部", "1、开展演练\n2、排查隐患23项", "1、总结"],
        ["合计", None, None],
        ["填表人：李莉", None, "审核人：赵刚"],
    ):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    report = layout.read_report(intake.read_bytes(data.getvalue(), "report.xlsx"), Config())
    assert (report.organisation, report.period) == ("江口港务公司", "2023-06")
    assert items(report) == [("c", "安全部", "开展演练"), ("c", "安全部", "排查隐患23项"), ("p", "安全部", "总结")]


@pytest.mark.parametrize("label", ["科室：{}", "部门：{}", "责任科室：{}    填报人：张明"])
def test_an_office_after_a_label_stands_over_its_table(label: str) -> None:
    document = Document()
    document.add_paragraph("华亭医院二〇二四年三月工作总结、四月工作计划")
    for office in ("医务科", "护理"):
        document.add_paragraph(label.format(office))
        table = document.add_table(rows=2, cols=2)
        cells = ("本月工作总结", "下月工作计划", f"完成{office}检查", f"开展{office}培训")
        for place, text in enumerate(cells):
            table.cell(place // 2, place % 2).text = text
    data = io.BytesIO()
    document.save(data)
    report = layout.read_report(intake.read_bytes(data.getvalue(), "report.docx"), Config())
    assert items(report) == [
        ("c", "医务科", "完成医务科检查"),
        ("p", "医务科", "开展医务科培训"),
        ("c", "护理", "完成护理检查"),
        ("p", "护理", "开展护理培训"),
    ]


def test_an_office_after_a_label_stands_over_its_list() -> None:
    body = "".join(
        f"科室：{office}\n一、本月完成\n1.完成检查。\n二、下月计划\n1.开展培训。\n" for office in ("医务科", "护理部")
    )
    assert [office for _, office, _ in items(read("华亭医院2024年3月工作总结\n" + body))] == ["医务科"] * 2 + [
        "护理部"
    ] * 2


def test_an_office_after_a_label_below_an_item_answers_for_it() -> None:
    done = "1.完成检查。\n责任科室：医务科\n2.完成培训。\n责任科室：护理部\n"
    body = f"一、本月完成\n{done}二、下月计划\n1.开展培训。\n责任科室：医务科\n"
    report = read("华亭医院2024年3月工作总结\n" + body)
    assert [office for _, office, _ in items(report)] == ["医务科", "护理部", "医务科"]


def test_a_row_across_a_table_may_open_a_section() -> None:
    assert found(
        ("一、本月工作完成情况", "", "", ""),
        ("序号", "科室", "工作内容", "备注"),
        ("1", "房管科", "完成网签386套", ""),
        ("二、下月工作计划", "", "", ""),
        ("序号", "科室", "工作内容", "完成时限"),
        ("1", "房管科", "开展考评", "7月20日"),
    ) == [("c", "房管科", "完成网签386套"), ("p", "房管科", "开展考评")]


def test_rows_below_such_a_row_may_go_on_under_the_same_headings() -> None:
    assert found(
        ("序号", "科室", "工作内容"),
        ("一、本月工作完成情况", "", ""),
        ("1", "房管科", "完成网签386套"),
        ("二、下月工作计划", "", ""),
        ("1", "房管科", "开展考评"),
    ) == [("c", "房管科", "完成网签386套"), ("p", "房管科", "开展考评")]


@pytest.mark.parametrize("lower", [("工作内容", "完成情况"), ("工作事项", "进展")])
def test_a_column_under_a_merged_heading_names_the_work_of_that_heading_alone(lower: tuple[str, str]) -> None:
    page = (
        "<h1>红星乡2023年10月工作台账</h1><table><tr><th rowspan=2>办公室</th><th colspan=2>10月份工作</th>"
        f"<th rowspan=2>11月份工作</th></tr><tr><th>{lower[0]}</th><th>{lower[1]}</th></tr>"
        "<tr><td>综治办</td><td>矛盾排查</td><td>化解14起</td><td>开展夜访</td></tr>"
        "<tr><td>农业办</td><td>秋收</td><td>完成95%</td><td>秋冬种</td></tr></table>"
    )
    assert items(read(page, "report.html")) == [
        ("c", "综治办", "矛盾排查：化解14起"),
        ("p", "综治办", "开展夜访"),
        ("c", "农业办", "秋收：完成95%"),
        ("p", "农业办", "秋冬种"),
    ]


def test_texts_under_merged_headings_are_of_their_kind() -> None:
    page = (
        "<h1>红星乡2023年10月工作台账</h1><table><tr><th rowspan=2>办公室</th><th colspan=2>10月份完成情况</th>"
        "<th colspan=2>11月份工作计划</th></tr><tr><th>工作内容</th><th>责任人</th><th>工作内容</th><th>时限</th></tr>"
        "<tr><td>综治办</td><td>排查15起</td><td>王强</td><td>开展夜访</td><td>11月20日</td></tr>"
        "<tr><td>农业办</td><td>秋收完成</td><td>李明</td><td>秋冬种</td><td>11月底</td></tr></table>"
    )
    assert items(read(page, "report.html")) == [
        ("c", "综治办", "排查15起"),
        ("p", "综治办", "开展夜访"),
        ("c", "农业办", "秋收完成"),
        ("p", "农业办", "秋冬种"),
    ]


def test_last_months_plan_stands_beside_what_became_of_it() -> None:
    assert found(("部门", "上月计划", "完成情况", "本月计划"), ("人事部", "招聘5人", "到岗4人", "培训")) == [
        ("c", "人事部", "到岗4人"),
        ("p", "人事部", "培训"),
    ]


@pytest.mark.parametrize("done", ["已完成", "未完成", "正在推进。", "√"])
def test_a_cell_that_only_says_how_far_the_work_is_is_read_after_the_plan(done: str) -> None:
    assert found(
        ("部门", "6月计划", "完成情况", "7月计划"),
        ("财务部", "报税。", done, "预算编制"),
        ("人事部", "1.招聘5人；2.培训", f"1.到岗4人；2.{done}", "考勤"),
    ) == [
        ("c", "财务部", f"报税：{done}"),
        ("p", "财务部", "预算编制"),
        ("c", "人事部", "到岗4人；"),
        ("c", "人事部", f"培训：{done}"),
        ("p", "人事部", "考勤"),
    ]


def test_a_column_named_by_its_month_says_of_which_work_the_next_tells() -> None:
    assert found(
        ("股室", "6月重点工作", "完成情况", "存在困难", "7月重点工作"),
        ("监管股", "打击欺诈", "检查86家", "", "交叉检查"),
    ) == [("c", "监管股", "打击欺诈：检查86家"), ("p", "监管股", "交叉检查")]


def test_the_month_may_stand_in_the_headings_of_a_table_alone() -> None:
    table = rows(("股室", "8月重点工作", "完成情况", "9月重点工作"), ("监管股", "打击欺诈", "检查86家", "交叉检查"))
    report = read("# 宁远县医保局2024年第8期重点工作调度表\n\n填报时间：2024年8月31日\n\n" + table, "report.md")
    assert [(item.kind.value, item.period) for item in report.items] == [("completion", "2024-08"), ("plan", "2024-09")]


def test_each_sheet_may_bear_the_name_of_an_office() -> None:
    book = Workbook()
    for place, office in enumerate(("办公室", "预算科")):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = office
        sheet.append(["永宁县财政局2024年6月工作完成情况及7月工作计划"])
        sheet.append(["序号", "6月工作完成情况", "7月工作计划"])
        sheet.append([1, f"完成{office}检查", f"开展{office}培训"])
    data = io.BytesIO()
    book.save(data)
    report = layout.read_report(intake.read_bytes(data.getvalue(), "report.xlsx"), Config())
    assert report.organisation == "永宁县财政局"
    assert [item.office for item in report.items] == ["办公室", "办公室", "预算科", "预算科"]


def test_an_item_made_of_section_words_opens_no_section() -> None:
    assert found(("本月完成情况", "责任科室"), ("完成检查", "应急所"), ("上半年总结", ""), ("完成培训", "办公室")) == [
        ("c", "应急所", "完成检查"),
        ("c", "应急所", "上半年总结"),
        ("c", "办公室", "完成培训"),
    ]


def test_what_is_said_of_some_work_may_repeat_what_is_said_above() -> None:
    text = HEAD + rows(
        ("工作内容", "完成情况", "责任科室"),
        ("清淤工程", "完成60%", "工程科"),
        ("除险加固", "同上", "同上"),
        ("巡查", "无", "办公室"),
        ("同上", "完成20次", "水政科"),
        ("值班", "〃", "〃"),
    )
    report = read(text, "report.md")
    assert items(report) == [
        ("c", "工程科", "清淤工程：完成60%"),
        ("c", "工程科", "除险加固：完成60%"),
        ("c", "水政科", "巡查：完成20次"),
        ("c", "水政科", "值班：完成20次"),
    ]
    assert all(item.anchor.start < item.anchor.end for item in report.items)
    assert "除险加固" in text[report.items[1].anchor.start : report.items[1].anchor.end]


@pytest.mark.parametrize("ditto", ["同上", "〃"])
def test_a_cell_that_repeats_nothing_says_nothing(ditto: str) -> None:
    assert found(("科室", "本月完成情况", "下月计划"), ("财政所", "完成决算", "无"), ("文化站", "演出3场", ditto)) == [
        ("c", "财政所", "完成决算"),
        ("c", "文化站", "演出3场"),
    ]


@pytest.mark.parametrize("heading", ["地点及工作内容", "对象、工作内容", "工作内容及地点"])
def test_a_column_of_work_and_what_is_remarked_on_it_holds_work(heading: str) -> None:
    assert found((heading, "完成情况", "科室"), ("西街普法", "完成3场", "司法所")) == [
        ("c", "司法所", "西街普法：完成3场")
    ]


def test_centres_are_offices_and_the_work_at_the_centre_is_none() -> None:
    cells = [
        ("中心", "本月完成情况", "下月计划"),
        ("养老中心", "检查8次", "培训1次"),
        ("社保中心", "发卡20张", "宣传2次"),
    ]
    assert [office for _, office, _ in found(*cells)] == ["养老中心", "养老中心", "社保中心", "社保中心"]
    cells = [("科室", "中心工作", "完成情况"), ("财务科", "决算", "完成编制"), ("法规科", "普法", "宣传2次")]
    assert found(*cells) == [("c", "财务科", "决算：完成编制"), ("c", "法规科", "普法：宣传2次")]


@pytest.mark.parametrize("states", [("完成", "滞后"), ("序时推进", "顺利推进"), ("超进度", "未开工")])
@pytest.mark.parametrize("heading", ["完成情况", "目标完成情况"])
def test_a_column_of_bare_states_beside_what_was_done_holds_no_items(states: tuple[str, str], heading: str) -> None:
    assert [
        text
        for _, _, text in found(
            ("序号", "工作任务", "责任单位", "进展情况", heading),
            ("1", "新建口袋公园2处", "园林局", "完成2处设计。", states[0]),
            ("2", "更换路灯300盏", "城管局", "6月10日完成采购。", states[1]),
        )
    ] == ["新建口袋公园2处：完成2处设计。", "更换路灯300盏：6月10日完成采购。"]


def test_what_is_planned_in_the_cell_of_what_is_done_has_the_number_of_its_row() -> None:
    report = read(
        HEAD
        + rows(
            ("序号", "工作任务", "责任单位", "进展情况及下一步打算"),
            ("1", "新建口袋公园2处", "园林局", "进展情况：完成2处设计。下步打算：办理招标。"),
            ("2", "更换路灯300盏", "城管局", "进展情况：3月10日完成采购。下步打算：开工安装。"),
        ),
        "report.md",
    )
    assert [(item.kind.value[0], item.number) for item in report.items] == [("c", 1), ("p", 1), ("c", 2), ("p", 2)]


def test_blanks_stand_between_offices() -> None:
    report = read(
        HEAD
        + rows(
            ("序号", "工作任务", "责任单位", "进展情况"),
            ("1", "新建口袋公园", "市园林局 市城管局 各镇政府、街道办事处", "完成设计。"),
            ("2", "决算", "财 务 科", "已报送。"),
        ),
        "report.md",
    )
    assert [(item.office, item.co_offices) for item in report.items] == [
        ("市园林局", ("市城管局", "各镇政府、街道办事处")),
        ("财 务 科", ()),
    ]
