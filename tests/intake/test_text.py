"""Text of every encoding an office sends, and the tables a text can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile import intake
from reconcile.errors import InputError

REPORT = "云岭县教育局2022年9月份工作小结\n1.完成开学检查，走访学校46所。\n2.编发信息8期。\n"
TRADITIONAL = "雲嶺縣教育局九月份工作總結\n完成開學檢查，走訪學校。\n編發信息。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    document = intake.read_bytes(REPORT.replace("\n", "\r\n").encode(encoding), "report.txt")
    assert document.text == REPORT
    assert [block.paragraph for block in document.blocks] == [1, 2, 3]


def test_big5_is_told_from_gb18030() -> None:
    assert intake.read_bytes(TRADITIONAL.encode("big5"), "report.txt").text == TRADITIONAL


def test_damage_is_counted_not_fatal() -> None:
    document = intake.read_bytes(REPORT.encode() + b"\xff\xfe\x00 3.", "report.txt")
    assert [warning.code for warning in document.warnings] == ["encoding"]
    assert document.text.startswith(REPORT)


def test_nul_bytes_are_left_out() -> None:
    assert intake.read_bytes(b"1.abc\x00def\n" * 20, "report.txt").text == "1.abcdef\n" * 20


def test_a_pipe_table_is_rows_of_cells() -> None:
    source = "# 表\n\n| 科室 | 本月 |\n| --- | --- |\n| 办公室 | 一<br>二 |\n|  | 三 |\n\n说明：无"
    document = intake.read_bytes(source.encode(), "report.md")
    assert [[cell.text for cell in block.cells] for block in document.blocks] == [
        [],
        ["科室", "本月"],
        ["办公室", "一<br>二"],
        ["", "三"],
        [],
    ]
    assert all(document.text[c.start : c.end] == c.text for block in document.blocks for c in block.cells)


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_to_read_is_said(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        intake.read_bytes(data, "leer.txt")
    assert caught.value.key == "intake.empty"


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01", bytes(range(1, 32)) * 9, b"\x1f\x8b\x08\x00\x00"])
def test_what_is_no_text_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"report\.txt") as caught:
        intake.read_bytes(data, "report.txt")
    assert caught.value.key == "intake.unknown_format"


@given(st.text(min_size=1))
def test_blocks_point_at_their_words(text: str) -> None:
    try:
        document = intake.read_bytes(text.encode("utf-8", "surrogatepass"), "any.txt")
    except InputError:
        return
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
