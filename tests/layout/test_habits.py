"""What clerks add to a report beside its items, and how they run parts of it together."""

import pytest

from tests.layout.reading import read

HEAD = "临屏县水务局2023年3月工作总结及4月工作打算\n"


def read_items(body: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(head + body).items]


@pytest.mark.parametrize(
    "text", ["网站访问量15万次。", "完成视频会议技术支持12次；", "更新网站地图。", "网站访问量15万次"]
)
def test_a_sentence_of_work_is_no_furniture(text: str) -> None:
    body = f"一、3月工作总结\n信息科\n{text}\n财务科\n完成决算。\n二、4月工作打算\n信息科\n更换服务器。\n"
    assert ("c", "信息科", text) in read_items(body)


@pytest.mark.parametrize("line", ["网站访问量：15万", "访问量 123", "技术支持：某某公司", "版权所有 临屏县水务局"])
def test_labels_of_a_page_are_furniture(line: str) -> None:
    assert len(read_items(f"一、3月工作总结\n1.完成决算。\n二、4月工作打算\n1.更换服务器。\n\n{line}\n")) == 2


@pytest.mark.parametrize("heading", ["会议强调", "工作要求", "领导批示", "有关安排", "存在困难"])
def test_the_last_office_before_another_heading_keeps_its_text(heading: str) -> None:
    body = f"一、3月工作总结\n财务科：决算。\n二、4月工作打算\n财务科：预算。\n\n三、{heading}\n各科室要落实到位。\n"
    assert read_items(body)[:2] == [("c", "财务科", "决算。"), ("p", "财务科", "预算。")]


@pytest.mark.parametrize("label", ["存在困难", "需协调解决的问题", "存在问题", "备注", "建议"])
def test_what_is_no_work_is_no_item_behind_its_label(label: str) -> None:
    body = (
        f"◆财务科\n本月工作：决算。\n下月打算：预算。\n{label}：人手不足，建议增加编制。\n◆法规科\n本月工作：普法。\n"
    )
    assert read_items(body) == [("c", "财务科", "决算。"), ("p", "财务科", "预算。"), ("c", "法规科", "普法。")]


@pytest.mark.parametrize("item", ["提请解决办公用房问题", "亟待核销账款问题", "需核实账目的说明"])
def test_the_only_item_of_a_list_is_no_heading_of_problems(item: str) -> None:
    body = f"一、财务科\n（一）3月工作\n1.决算\n（二）4月打算\n1.{item}\n二、法规科\n（一）3月工作\n1.普法\n"
    assert read_items(body) == [("c", "财务科", "决算"), ("p", "财务科", item), ("c", "法规科", "普法")]


def test_a_heading_of_notes_is_no_office() -> None:
    body = "## 财务科\n### 本月完成\n- 决算\n### 下月计划\n- 预算\n## 备注\n- 数据截至3月28日\n"
    assert read_items(body) == [("c", "财务科", "决算"), ("p", "财务科", "预算")]


def test_rows_written_out_line_by_line_are_told_apart_by_their_numbers() -> None:
    rows = (
        f"序号：{n}\n科室：{o}\n本月完成工作：{c}\n下月计划工作：{p}\n\n"
        for n, o, c, p in [(1, "财务科", "决算", "预算"), (2, "法规科", "普法", "修订制度")]
    )
    assert read_items("".join(rows)) == [
        ("c", "财务科", "决算"),
        ("p", "财务科", "预算"),
        ("c", "法规科", "普法"),
        ("p", "法规科", "修订制度"),
    ]


def test_sections_behind_an_office_in_brackets_are_parted() -> None:
    body = "【立案庭】完成情况：（1）收案；（2）调解。工作安排：（1）升级终端。\n【执行局】完成情况：（1）拘留。\n"
    assert read_items(body) == [
        ("c", "立案庭", "收案；"),
        ("c", "立案庭", "调解。"),
        ("p", "立案庭", "升级终端。"),
        ("c", "执行局", "拘留。"),
    ]


@pytest.mark.parametrize("text", ["无", "本月无重点工作。", "下月暂无计划", "暂无其他事项。", "无上报内容"])
def test_that_there_is_no_work_is_no_item(text: str) -> None:
    assert read_items(f"一、3月工作总结\n1.{text}\n二、4月工作打算\n1.无线网络改造\n") == [("p", "", "无线网络改造")]


@pytest.mark.parametrize("plan", ["4月份计划：", "4月计划", "下月打算：", "4月将", "下一步，", "4月重点工作："])
@pytest.mark.parametrize("form", ["{}：{}", "【{}】{}", "{}\n{}", "1.{}：{}"])
def test_an_office_may_tell_of_both_months_in_one_paragraph(form: str, plan: str) -> None:
    offices = (("财务科", f"完成决算；核对账目。{plan}编制预算。"), ("法规科", f"普法9场。{plan}修订制度；普法。"))
    found = read_items("\n".join(form.format(*office) for office in offices) + "\n")
    assert found == [
        ("c", "财务科", "完成决算；核对账目。"),
        ("p", "财务科", "编制预算。"),
        ("c", "法规科", "普法9场。"),
        ("p", "法规科", "修订制度；普法。"),
    ]


def test_a_clause_on_what_comes_next_stays_where_a_section_holds_the_plans() -> None:
    lines = ("财务科：完成决算。下一步，将核对账目。", "法规科：普法。下一步，将修订制度。")
    body = "一、3月工作总结\n" + "\n".join(lines) + "\n二、4月工作打算\n财务科：编制预算。\n"
    assert [kind for kind, _, _ in read_items(body)] == ["c", "c", "p"]


def test_months_of_work_done_are_no_plans() -> None:
    body = "财务科：完成决算。2月，核对账目。\n法规科：普法。2月，修订制度。\n"
    assert [kind for kind, _, _ in read_items(body)] == ["c", "c"]


def test_an_office_may_stand_in_brackets_behind_a_topic() -> None:
    body = "一、3月工作总结\n1.招商（投促科）：签约3个。\n2.审批（政务科）：办结9件。\n"
    body += "二、4月工作打算\n1.招商（投促科）：洽谈。\n"
    assert read_items(body) == [
        ("c", "投促科", "招商：签约3个。"),
        ("c", "政务科", "审批：办结9件。"),
        ("p", "投促科", "招商：洽谈。"),
    ]


@pytest.mark.parametrize("form", ["{}3月份工作总结", "{}3月份工作总结：", "## {}3月份工作总结"])
def test_the_second_section_of_an_office_need_not_name_it(form: str) -> None:
    second = form.format("").replace("3月份工作总结", "4月份工作计划")
    parts = ((form.format(office), second) for office in ("财务科", "法规科"))
    body = "".join(f"{first}\n1.甲{n}\n2.乙{n}\n{then}\n1.丙{n}\n" for n, (first, then) in enumerate(parts, 1))
    assert [office for _, office, _ in read_items(body)] == ["财务科"] * 3 + ["法规科"] * 3


def test_the_first_body_of_a_report_without_a_title_is_an_office() -> None:
    part = "{}\n一月份完成\n1、慰问\n二月份计划\n1、座谈\n\n"
    found = read_items("".join(map(part.format, ("县总工会", "团县委", "县妇联"))) + "2024年1月30日\n", head="")
    assert [office for _, office, _ in found] == ["县总工会", "县总工会", "团县委", "团县委", "县妇联", "县妇联"]


@pytest.mark.parametrize("mark", ["*", "-", "•"])
@pytest.mark.parametrize("gap", ["  ", "    ", "\t"])
def test_bullets_below_the_bullet_of_an_office_are_its_items(mark: str, gap: str) -> None:
    part = "{0} 数据科\n{1}{0} 甲{2}\n{1}{0} 乙{2}\n{0} 法规科\n{1}{0} 丙{2}\n"
    body = (
        "**3月工作总结**\n\n"
        + part.format(mark, gap, "完成")
        + "\n**4月工作打算**\n\n"
        + part.format(mark, gap, "做好")
    )
    offices = ["数据科", "数据科", "法规科"]
    assert [(kind, office) for kind, office, _ in read_items(body)] == [
        *(("c", office) for office in offices),
        *(("p", office) for office in offices),
    ]


def test_what_needs_to_be_said_besides_is_no_item() -> None:
    body = "一、工作完成情况\n财务科：完成决算。\n二、下月计划\n财务科：预算。\n三、其他需要说明的情况\n无\n"
    assert len(read_items(body)) == 2
