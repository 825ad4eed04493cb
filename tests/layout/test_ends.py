"""What stands below a report and is no part of it: addresses, mottos, names."""

import pytest

from tests.layout.reading import read

BODY = """青禾园林管理站2024年5月份工作总结

一、5月份工作完成情况
1、完成苗圃围栏更换120米。

二、6月份工作计划
1、补种行道树40株。
"""


def found(text: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(text).items]


@pytest.mark.parametrize(
    "line",
    [
        "单位网站：http://www.example.org",
        "http://www.example.org",
        "投诉电话：0000-7654321",
        "服务热线： 12345 / 12319",
        "邮箱：qinghe@example.org（站办公室）",
        "（QQ群：123456）",
        "微信公众号：青禾园林",
        "团结奋进！",
        "（注：QQ群仅供本站人员使用）",
    ],
)
def test_addresses_and_mottos_end_a_report(line: str) -> None:
    below = f"\n{line}\n共创佳绩！\n\n青禾园林管理站  王小禾\nhttp://www.example.org\n2024年6月2日\n"
    assert found(BODY + below) == [("c", "", "完成苗圃围栏更换120米。"), ("p", "", "补种行道树40株。")]


@pytest.mark.parametrize("text", ["更新网站：发布信息20条。", "热线办理：办结工单320件", "公众号：推送文章12篇"])
def test_work_on_a_channel_is_an_item(text: str) -> None:
    assert text in [item[2] for item in found(f"{BODY}2、{text}\n3、采购割草机。\n")]


@pytest.mark.parametrize("note", ["（附：一、评选对象：各班组；二、评选标准：见文件。）", "（注：以上均按季度计）"])
def test_a_note_in_brackets_among_items_ends_nothing(note: str) -> None:
    assert [item[2] for item in found(f"{BODY}\n{note}\n\n2、清理排水沟。\n")][-1] == "清理排水沟。"


def test_an_address_among_items_ends_nothing() -> None:
    assert len(found(f"{BODY}\n下载地址：\nhttp://www.example.org/a\n\n2、清理排水沟。\n")) == 3


def test_a_cheerful_paragraph_above_others_is_work() -> None:
    text = BODY.replace("1、补种", "绿化达标！\n补种").replace("40株。", "40株。\n采购割草机。")
    assert [item[2] for item in found(text)][1:] == ["绿化达标！", "补种行道树40株。", "采购割草机。"]


@pytest.mark.parametrize("word", ["另外，", "此外，"])
def test_another_matter_below_the_plans_is_none_of_them(word: str) -> None:
    reservation = "由于人员紧张，以上仅为初步计划，具体工作视情况而定。\n"
    matter = f"\n{word}5月30日召开站务会，确定了以下内容：\n1.绿化方向。\n2.站长分工。\n"
    assert [item[2] for item in found(f"{BODY}2、清理排水沟。\n{reservation}{matter}")][1:] == [
        "补种行道树40株。",
        "清理排水沟。",
    ]


@pytest.mark.parametrize(
    "text",
    ["公布举报电话：0000-7654321", "启用新邮箱：zwfw@example.org", "开通服务热线：12345", "服务热线：12345"],
)
def test_a_number_or_address_at_the_end_of_a_list_is_work(text: str) -> None:
    assert [item[2] for item in found(f"{BODY}2、{text}\n")][-1] == text


@pytest.mark.parametrize("text", ["开通热线电话：0000-7654321", "更新网站：www.example.org"])
def test_a_paragraph_that_tells_of_work_on_a_number_is_an_item(text: str) -> None:
    body = BODY.replace("1、补种行道树40株。", f"苗圃科：{text}")
    assert [item[1:] for item in found(body)][1:] == [("苗圃科", text)]


@pytest.mark.parametrize(
    ("plans", "last"),
    [
        ("补种行道树40株。\n严查滥砍滥伐，守护一片绿色！", "严查滥砍滥伐，守护一片绿色！"),
        ("补种行道树40株。\n\n采购割草机2台！", "采购割草机2台！"),
        ("苗圃科：开展“春风”行动！", "开展“春风”行动！"),
        ("苗圃科\n开展“春风”行动！", "开展“春风”行动！"),
        ("1、修剪绿篱，\n确保行车安全！", "修剪绿篱，确保行车安全！"),
    ],
)
def test_cheerful_work_at_the_end_is_no_motto(plans: str, last: str) -> None:
    assert [item[2] for item in found(BODY.replace("1、补种行道树40株。", plans))][-1] == last


def test_a_motto_below_paragraphs_stands_apart() -> None:
    text = f"{BODY.replace('1、补种', '补种')}采购割草机。\n\n团结奋进！\n"
    assert [item[2] for item in found(text)][1:] == ["补种行道树40株。", "采购割草机。"]


def test_more_of_the_work_in_another_list_is_work() -> None:
    text = f"{BODY}\n此外，还将做好：\n1.绿化宣传。\n2.采购割草机。\n"
    assert [item[2] for item in found(text)][1:] == ["补种行道树40株。", "绿化宣传。", "采购割草机。"]


def test_a_word_on_the_items_above_ends_no_list() -> None:
    text = BODY.replace("120米。\n", "120米。\n以上只是部分路段。\n2、清理排水沟。\n")
    assert [item[2] for item in found(text)][1:] == ["清理排水沟。", "补种行道树40株。"]


@pytest.mark.parametrize("end", ["加油奋进！\n" * 3_000, '"\t' * 20_000, " " * 200_000])
def test_the_end_of_a_report_may_be_as_long_as_it_likes(end: str) -> None:
    found = read(f"临屏县水务局2023年3月工作总结\n一、3月工作完成情况\n1.清淤3公里。\n{end}\n")
    assert found.items[0].text.startswith("清淤3公里。")
