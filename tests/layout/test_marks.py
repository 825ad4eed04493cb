"""What opens a line: marks of every style, and figures that are none."""

import pytest

from reconcile.layout.marks import mark_of
from reconcile.layout.vocabulary import fold
from tests.layout.reading import read

HEAD = "临屏小学2023年3月工作总结及4月工作打算\n"


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("一、办公室", "han", 1),
        ("十二、11月份", "han", 12),
        ("（三）农业办", "han_paren", 3),
        ("(二) 11月份工作计划", "han_paren", 2),
        ("第二部分　下月计划", "part", 2),
        ("1.完成", "arabic", 1),
        ("48．继续", "arabic", 48),
        ("371、完成", "arabic", 371),
        ("（12）完成", "arabic_paren", 12),
        ("3）完成", "arabic_close", 3),
        ("⑤完成", "circled", 5),
        ("⒊完成", "circled", 3),
        ("一是完成", "run", 1),
        ("第三，完成", "run", 3),
        ("Ⅳ、完成", "roman", 4),
        ("B.完成", "letter", 2),
        ("◆完成", "bullet ◆", None),
        ("- 完成", "bullet -", None),
        ("-9月中旬举办", "bullet -", None),
        ("-组织培训", "bullet -", None),
    ],
)
def test_a_mark_has_a_style_and_a_number(text: str, style: str, number: int | None) -> None:
    mark = mark_of(fold(text))
    assert mark is not None
    assert (mark.style, mark.number, mark.doubtful) == (style, number, False)


@pytest.mark.parametrize(
    "text",
    ["2022年完成", "18日前", "3月份工作", "1-9月", "5G基站", "第一批公路", "一是否", "1.0版上线", "1,234人", "-5℃"],
)
def test_a_figure_is_no_mark(text: str) -> None:
    assert mark_of(fold(text)) is None


@pytest.mark.parametrize("text", ["6.81家", "4.9月12日", "18.6 万元", "1 完成", "2023、完成"])
def test_what_may_be_a_figure_is_doubtful(text: str) -> None:
    mark = mark_of(fold(text))
    assert mark is not None
    assert mark.doubtful


@pytest.mark.parametrize(
    ("text", "value"),
    [("一、", 1), ("十、", 10), ("十六、", 16), ("二十、", 20), ("三十七、", 37), ("二〇、", 20), ("一百零三、", 103)],
)
def test_chinese_numerals(text: str, value: int) -> None:
    mark = mark_of(text + "完成")
    assert mark is not None
    assert mark.number == value


def test_numbers_beyond_999_open_items_where_they_count_on() -> None:
    body = "".join(f"{number}.检修{number}号闸。\n" for number in range(998, 1004))
    items = read(f"青屿县水务局2023年5月份工作完成情况\n一、5月份工作完成情况\n{body}2022、完成。\n").items
    assert [one.number for one in items] == list(range(998, 1004))


def test_a_number_may_have_a_wide_gap_behind_it() -> None:
    body = "1  3月工作总结\n1) 完成决算\n2) 普法\n2  4月工作打算\n1) 编制预算\n3  需业主协调的问题\n1) 征地未落实\n"
    found = [(item.kind.value, item.text) for item in read(HEAD + body).items]
    assert found == [("completion", "完成决算"), ("completion", "普法"), ("plan", "编制预算")]


def test_decimal_marks_may_have_no_gap() -> None:
    body = "1.3月工作总结\n1.1财务科\n1.1.1完成决算。\n1.1.2收款3.5万元。\n1.2法规科\n1.2.1普法。\n"
    body += "2.4月工作打算\n2.1财务科\n2.1.1编制预算。\n2.2法规科\n2.2.1修订制度。\n"
    found = [(item.kind.value, item.office, item.text) for item in read(HEAD + body).items]
    assert found == [
        ("completion", "财务科", "完成决算。"),
        ("completion", "财务科", "收款3.5万元。"),
        ("completion", "法规科", "普法。"),
        ("plan", "财务科", "编制预算。"),
        ("plan", "法规科", "修订制度。"),
    ]


@pytest.mark.parametrize(
    ("mark", "first"),
    [("*", "119消防演练"), ("* ", "119消防演练"), ("*", "“国防”手抄报"), ("-", "“国防”手抄报"), ("—", "《大禹》公演")],
)
def test_bullets_stand_before_figures_and_quotes(mark: str, first: str) -> None:
    body = f"3月工作总结\n{mark}{first}\n{mark}家访\n4月工作打算\n{mark}春游\n"
    assert [item.text for item in read(HEAD + body).items] == [first, "家访", "春游"]


@pytest.mark.parametrize("dash", ["——", "--"])
def test_an_office_may_stand_behind_dashes(dash: str) -> None:
    body = f"{dash}教务处\n3月工作总结：\n·听课\n4月工作打算：\n·赛课\n{dash}总务处\n3月工作总结：\n·修缮\n"
    assert {item.office for item in read(HEAD + body).items} == {"教务处", "总务处"}


@pytest.mark.parametrize("marks", ["+ |+ ", "- [ ] |- [x] ", "* [ ] |* [X] ", "☐ |☑ ", "- [ ] |- "])
def test_plus_signs_and_boxes_are_bullets(marks: str) -> None:
    first, second = marks.split("|")
    text = f"# 2024年6月工作月报\n\n## 下月计划\n\n{first}补种行道树40株，更新台账； 单号 #15\n{second}采购割草机\n"
    assert [item.text for item in read(text).items] == ["补种行道树40株，更新台账； 单号 #15", "采购割草机"]
