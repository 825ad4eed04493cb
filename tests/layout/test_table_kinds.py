"""Where a table says what is completed and what is planned: in a column, at the left, within a cell."""

import pytest

from reconcile.model.reports import Report
from tests.layout.reading import read

HEAD = "<h1>柳塘镇2024年6月工作完成情况及7月工作计划</h1>"
Found = list[tuple[str, str, str]]


def items(report: Report) -> Found:
    return [(item.kind.value[0], item.office, item.text) for item in report.items]


def found(*rows: tuple[str, ...], head: str = HEAD) -> Found:
    """The items of a table on a web page; a cell that ends in ↓ or → covers two rows or columns, ↔ covers three."""
    marks = {"↓": " rowspan=2", "→": " colspan=2", "↔": " colspan=3"}
    cells = (
        "".join(f"<td{marks.get(cell[-1:], '')}>{cell.rstrip('↓→↔').replace('|', '<br>')}</td>" for cell in row)
        for row in rows
    )
    return items(read(f"{head}<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>", "report.html"))


BOTH = [
    ("c", "农业站", "完成插秧"),
    ("p", "农业站", "防汛演练"),
    ("c", "财政所", "发放补贴"),
    ("p", "财政所", "编制决算"),
]


def test_a_column_says_of_each_row_what_it_holds() -> None:
    assert (
        found(
            ("股室", "类型", "工作内容"),
            ("农业站↓", "本月完成", "完成插秧"),
            ("下月计划", "防汛演练"),
            ("财政所", "本月完成", "发放补贴"),
            ("财政所", "下月计划", "编制决算"),
            ("财政所", "存在问题", "人手不足"),
        )
        == BOTH
    )


def test_such_a_column_needs_no_heading() -> None:
    assert (
        found(
            ("农业站↓", "6月完成情况", "完成插秧"),
            ("7月工作计划", "防汛演练"),
            ("财政所↓", "6月完成情况", "发放补贴"),
            ("7月工作计划", "编制决算"),
        )
        == BOTH
    )


def test_how_far_the_work_is_says_not_what_a_row_holds() -> None:
    assert found(("序号", "工作内容", "责任科室", "状态"), ("1", "发放补贴", "财政所", "已完成")) == [
        ("c", "财政所", "发放补贴")
    ]


def test_a_form_has_its_headings_at_the_left() -> None:
    assert (
        found(
            ("科室", "农业站", "填报人", "李明"),
            ("本月工作|完成情况", "完成插秧↔"),
            ("下月计划", "防汛演练↔"),
            ("领导批示", "阅↔"),
            ("科室", "财政所", "填报人", "王芳"),
            ("本月工作|完成情况", "发放补贴↔"),
            ("下月计划", "编制决算↔"),
            ("存在问题", "人手不足↔"),
        )
        == BOTH
    )


def test_a_form_may_have_its_headings_over_what_they_ask_for() -> None:
    assert found(("科室", "农业站"), ("本月完成情况→",), ("完成插秧→",), ("下月计划→",), ("防汛演练→",)) == BOTH[:2]


def test_a_text_in_a_table_of_one_column_is_no_form() -> None:
    text = "柳塘镇2024年6月工作情况,\n一、完成情况,\n1.完成插秧。（农业站）,\n2.发放补贴。（财政所）,\n"
    assert items(read(text, "report.csv")) == [("c", "农业站", "完成插秧。"), ("c", "财政所", "发放补贴。")]


def test_the_offices_may_stand_across() -> None:
    assert sorted(
        found(("", "农业站", "财政所"), ("6月完成情况", "完成插秧", "发放补贴"), ("7月计划", "防汛演练", "编制决算"))
    ) == sorted(BOTH)


@pytest.mark.parametrize(
    "cell", ["本月完成：|1.插秧；|2.治虫。|下月计划：|1.防汛。", "本月完成：1.插秧；2.治虫。下月计划：防汛。"]
)
def test_a_cell_may_have_headings_of_its_own(cell: str) -> None:
    assert found(("科室", "工作情况"), ("农业站", cell)) == [
        ("c", "农业站", "插秧；"),
        ("c", "农业站", "治虫。"),
        ("p", "农业站", "防汛。"),
    ]


def test_tables_may_stand_side_by_side() -> None:
    assert sorted(
        found(
            ("6月完成情况↔", "7月计划↔"),
            ("序号", "内容", "科室", "序号", "内容", "科室"),
            ("1", "完成插秧", "农业站", "1", "编制决算", "财政所"),
            ("2", "发放补贴", "财政所", "2", "防汛演练", "农业站"),
        )
    ) == sorted(BOTH)


def test_both_kinds_make_a_row_of_headings_whatever_stands_beside_them() -> None:
    assert (
        found(
            ("村居名称", "驻村干部", "人口", "户数", "6月工作成效", "7月打算"),
            ("农业站", "陈刚", "1200", "360", "完成插秧", "防汛演练"),
            ("财政所", "林霞", "800", "240", "发放补贴", "编制决算"),
        )
        == BOTH
    )


def test_a_figure_beside_what_was_done_is_no_item() -> None:
    assert found(("工作任务", "完成进度", "完成情况说明", "责任科室"), ("线路消缺", "80%", "消缺36处", "运检部")) == [
        ("c", "运检部", "线路消缺：消缺36处")
    ]


def test_the_work_beside_what_is_planned_next_is_done() -> None:
    assert (
        found(("部门", "主要工作", "下月打算"), ("农业站", "完成插秧", "防汛演练"), ("财政所", "发放补贴", "编制决算"))
        == BOTH
    )


def test_what_only_names_the_work_is_not_done() -> None:
    assert found(("部门", "重点工作", "下月打算"), ("农业站", "水利", "组织全镇防汛演练三次")) == [
        ("p", "农业站", "水利：组织全镇防汛演练三次")
    ]


@pytest.mark.parametrize("heading", ["条线", "主要业务处室", "村名", "责任支部"])
def test_a_heading_may_say_that_offices_stand_below_it(heading: str) -> None:
    assert found((heading, "6月完成情况"), ("平安法治", "完成插秧"), ("民生保障", "发放补贴")) == [
        ("c", "平安法治", "完成插秧"),
        ("c", "民生保障", "发放补贴"),
    ]


def test_a_topic_beside_the_office_that_answers_is_none() -> None:
    assert found(("条线", "6月完成情况", "责任科室"), ("平安", "完成插秧", "农业站")) == BOTH[:1]


def test_the_caption_of_a_table_says_what_it_holds() -> None:
    heading = "<tr><td>时间</td><td>工作内容</td><td>科室</td></tr>"
    table = f"<table>{heading}<tr><td>上旬</td><td>{{}}</td><td>农业站</td></tr></table>"
    page = f"<p>表1：6月份已完成工作</p>{table.format('完成插秧')}<p>表2：7月份计划工作</p>{table.format('防汛演练')}"
    assert items(read(HEAD + page, "report.html")) == BOTH[:2]


def test_a_title_across_the_table_opens_the_next_month() -> None:
    assert (
        found(
            ("柳塘镇6月份工作总结→",),
            ("科室", "工作内容"),
            ("农业站", "完成插秧"),
            ("柳塘镇7月份工作计划→",),
            ("科室", "工作内容"),
            ("农业站", "防汛演练"),
        )
        == BOTH[:2]
    )


def test_who_fills_in_the_table_answers_for_nothing() -> None:
    head = HEAD + "<p>填报单位（盖章）：柳塘镇人民政府</p>"
    assert found(("工作内容", "责任科室"), ("完成插秧", "农业站"), head=head) == BOTH[:1]


def test_a_section_may_stand_in_a_row_of_its_own_over_headings() -> None:
    assert (
        found(
            ("本月完成情况", ""),
            ("部门", "工作内容"),
            ("农业站", "完成插秧"),
            ("下月工作计划", ""),
            ("部门", "工作内容"),
            ("农业站", "防汛演练"),
        )
        == BOTH[:2]
    )


def test_headings_may_change_within_a_table() -> None:
    assert (
        found(
            ("部门", "本月完成工作", "完成情况"),
            ("农业站", "完成插秧", "已完成"),
            ("部门", "下月工作计划", "完成时间"),
            ("农业站", "防汛演练", "7月20日"),
        )
        == BOTH[:2]
    )


def test_work_named_in_words_of_headings_is_no_row_of_headings() -> None:
    assert found(
        ("科室", "6月工作任务", "完成情况", "7月工作任务"), ("农业站", "起草调研报告", "完成初稿", "报送调研报告")
    ) == [("c", "农业站", "起草调研报告：完成初稿"), ("p", "农业站", "报送调研报告")]


def test_an_office_may_stand_over_the_rows_in_every_column() -> None:
    assert (
        found(
            ("6月完成情况", "7月工作计划"),
            ("（一）农业站", "（一）农业站"),
            ("1.完成插秧", "1.防汛演练"),
            ("（二）财政所", "（二）财政所"),
            ("1.发放补贴", "1.编制决算"),
        )
        == BOTH
    )


@pytest.mark.parametrize("heading", ["具体工作内容", "重点工作任务", "具体任务"])
def test_the_heading_over_the_work_may_be_made_of_many_words(heading: str) -> None:
    assert found((heading, "完成情况", "科室"), ("补贴", "发放120户", "财政所")) == [("c", "财政所", "补贴：发放120户")]


def test_a_list_within_a_cell_may_have_topics_and_broken_lines() -> None:
    cell = "一、质量|1.查房12次。|2.培训学员|420人次。|二、教学|1.考核1次。"
    assert found(("科室", "6月完成情况"), ("护理部", cell)) == [
        ("c", "护理部", "查房12次。"),
        ("c", "护理部", "培训学员420人次。"),
        ("c", "护理部", "考核1次。"),
    ]
    assert found(("科室", "6月完成情况"), ("护理部", "培训学员|420人次|组织考核")) == [
        ("c", "护理部", "培训学员420人次"),
        ("c", "护理部", "组织考核"),
    ]


def test_the_month_may_stand_in_brackets_behind_a_title_of_the_year() -> None:
    report = read("<h1>2024年度重点工作推进情况（5月）</h1><p>一、完成情况</p><p>1.完成插秧。</p>", "report.html")
    assert report.period == "2024-05"
