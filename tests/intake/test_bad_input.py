"""Whatever a file holds, there is a document or one line that says what is wrong: no crash, no harm."""

import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile import intake
from reconcile.errors import InputError
from reconcile.intake import limits, office, sniff
from reconcile.model.documents import SourceFile
from tests.intake.saved import as_docx, as_numbered_docx, as_ofd, as_page, as_workbook, converted, needs_libreoffice

TEXT = "教育局2022年9月份工作小结\n一、9月份工作完成情况\n1.完成开学检查。\n二、10月份工作计划\n1.组织培训。\n"
NOISE = random.Random(7).randbytes(20_000)
PICTURE = b"\x89PNG\r\n\x1a\n" + NOISE
ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:body/></w:document>'


def packed(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def word(document: bytes) -> bytes:
    return packed(**{"word/document.xml": document})


def encrypted_zip() -> bytes:
    data = bytearray(packed(**{"a.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def ole(stream: str) -> bytes:
    """The beginning of an old Office file with one stream in its directory."""
    names = ("Root Entry", stream)
    directory = b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in names)
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")) + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("leer.docx", b"", "intake.empty"),
        ("noise.docx", NOISE, "intake.unknown_format"),
        ("noise.pdf", b"%PDF-1.7\n" + NOISE, "intake.damaged"),
        ("noise.xls", ole("Workbook") + NOISE, "intake.damaged"),
        ("half.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "intake.damaged"),
        ("cut.docx", word(b"<w:document>")[:60], "intake.damaged"),
        ("no-body.docx", word(b"<w:document xmlns:w='w'/>"), "intake.damaged"),
        ("empty.docx", word(b"<w:document xmlns:w='w'><w:body/></w:document>"), "intake.no_text"),
        ("locked.docx", ole("EncryptedPackage"), "intake.encrypted"),
        ("locked.zip", encrypted_zip(), "intake.encrypted"),
        ("entities.docx", word(ENTITIES), "intake.xml_entities"),
        ("bomb.docx", word(b"0" * (limits.MAX_UNPACKED + 1)), "intake.zip_bomb"),
        ("one-bomb.docx", word(b"0" * (limits.MAX_PART + 1)), "intake.zip_bomb"),
        ("deep.docx", word(b"<w:document xmlns:w='w'><w:body>" + b"<w:tbl>" * 9000), "intake.damaged"),
        ("archive.rar", b"Rar!\x1a\x07" + NOISE, "intake.packed"),
        ("lines.txt", b"1.x\n" * 200_000, "intake.too_many_lines"),
        ("long.txt", b"x" * (limits.MAX_CHARACTERS + 1), "intake.too_long"),
        ("rows.csv", b"a,b\n" * 100_000, "intake.too_many_lines"),
        ("rows.html", b"<html><table>" + b"<tr><td>1<td>2" * 100_000, "intake.too_many_lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_line_says_what_is_wrong(name: str, data: bytes, key: str) -> None:
    with pytest.raises(InputError) as caught:
        intake.read_bytes(data, name)
    assert caught.value.key == key
    for line in (caught.value.message("zh"), caught.value.message("en")):
        assert name in line
        assert "\n" not in line


def test_a_long_table_in_word_is_refused_before_it_is_read() -> None:
    row = "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    document = f"<w:document xmlns:w='w'><w:body><w:tbl>{row * 100_000}</w:tbl></w:body></w:document>"
    with pytest.raises(InputError) as caught:
        intake.read_bytes(word(document.encode()), "rows.docx")
    assert caught.value.key == "intake.too_many_lines"


def test_a_picture_named_pdf_is_a_picture_and_a_page_named_doc_a_page() -> None:
    assert sniff.format_of(PICTURE, "report.pdf") == "image"
    assert sniff.format_of(as_page(TEXT), "report.doc") == "html"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for path, key in ((tmp_path / "no.docx", "intake.missing"), (tmp_path, "intake.directory")):
        with pytest.raises(InputError) as caught:
            intake.read(path)
        assert caught.value.key == key


def test_formulas_and_scripts_are_words() -> None:
    text = TEXT.replace("完成开学检查。", "=cmd|' /C calc'!A0 <script>alert(1)</script> {{7*7}}")
    blocks = intake.read_bytes(as_docx(text), "report.docx").blocks
    assert blocks[2].text == "1.=cmd|' /C calc'!A0 <script>alert(1)</script> {{7*7}}"


@cache
def saved(save: Callable[[str], bytes]) -> bytes:
    """The text in a format, once: some formats hold the time."""
    return save(TEXT)


@pytest.mark.parametrize("save", [as_docx, as_numbered_docx, as_workbook, as_ofd, as_page])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(save: Callable[[str], bytes], data: st.DataObject) -> None:
    whole = saved(save)
    place = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    damaged = whole[:place] if cut else whole[:place] + data.draw(st.binary(max_size=8)) + whole[place + 4 :]
    try:
        document = intake.read_bytes(damaged, "report")
    except InputError:
        return
    assert all(document.text[block.start : block.end] == block.text for block in document.blocks)


def test_without_libreoffice_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("libreoffice", "antiword"):
        monkeypatch.setattr(office, program, lambda: None)
    with pytest.raises(InputError, match="apt-get install libreoffice-writer-nogui") as caught:
        intake.read_bytes(b"{\\rtf1 x}", "report.rtf")
    assert caught.value.key == "intake.needs_office"


def test_a_converter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & wait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "libreoffice", lambda: str(slow))
    monkeypatch.setattr(office, "CONVERT_SECONDS", 0.3)
    with pytest.raises(InputError) as caught:
        office.read(b"{\\rtf1 x}", SourceFile("report.rtf", "", 0, "rtf"))
    assert caught.value.key == "intake.too_slow"


@needs_libreoffice
def test_an_encrypted_pdf_is_said_to_be(tmp_path: Path) -> None:
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    data = converted(as_docx(TEXT), "docx", "pdf", tmp_path, f"pdf:writer_pdf_Export:{options}")
    with pytest.raises(InputError) as caught:
        intake.read_bytes(data, "report.pdf")
    assert caught.value.key == "intake.encrypted"


def test_macros_and_embedded_files_of_word_are_not_looked_at() -> None:
    stream = BytesIO()
    file = docx.Document()
    file.add_paragraph("正文")
    file.save(stream)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", NOISE)
        package.writestr("word/embeddings/x.docx", NOISE)
    assert intake.read_bytes(stream.getvalue(), "report.docx").text == "正文\n"
