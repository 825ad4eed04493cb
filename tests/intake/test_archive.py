"""Folders and archives: every report in them is read, and one bad file never stops the others."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reconcile import intake
from reconcile.errors import InputError
from reconcile.intake.archive import member_name
from reconcile.model.documents import Document

REPORT = "云岭县教育局2022年9月份工作小结\n1.完成开学检查，走访学校46所。\n"


def packed(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def found(path: Path) -> list[str]:
    """What was read: the names of documents, the keys of errors."""
    return [one.file.name if isinstance(one, Document) else one.key for one in intake.read_all(path)]


def test_a_folder_with_one_bad_file_reads_the_others(tmp_path: Path) -> None:
    (tmp_path / "科室").mkdir()
    (tmp_path / "科室" / "财务科.txt").write_text(REPORT, encoding="gb18030")
    (tmp_path / "办公室.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 word/document.xml")
    (tmp_path / "~$办公室.docx").write_bytes(b"lock")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "十月.docx.crdownload").write_bytes(b"half")
    (tmp_path / "reconcile.toml").write_text('lang = "zh"', encoding="utf-8")
    (tmp_path / "reconcile.db-wal").write_bytes(b"")
    (tmp_path / "问题清单.html").write_text("<p>上次的结果</p>", encoding="utf-8")
    (tmp_path / "问题清单.html.run.json").write_text("{}", encoding="utf-8")
    assert sorted(found(tmp_path)) == ["intake.damaged", "intake.empty", "办公室.txt", "科室/财务科.txt"]


def test_an_archive_names_its_members_and_archives_in_it_are_opened(tmp_path: Path) -> None:
    inner = packed({"二.txt": REPORT.encode()})
    (tmp_path / "a.zip").write_bytes(
        packed({"一.txt": REPORT.encode(), "内.zip": inner, "x.bin": bytes(range(32)) * 9})
    )
    assert found(tmp_path / "a.zip") == ["a.zip/一.txt", "a.zip/内.zip/二.txt", "intake.unknown_format"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_programs_that_do_not_say_their_encoding(encoding: str) -> None:
    assert member_name("教育局.txt".encode(encoding).decode("cp437"), flags=0) == "教育局.txt"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x.txt", "/etc/x.txt", "C:\\x.txt", "a\\..\\..\\x.txt"])
def test_a_path_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(packed({name: REPORT.encode(), "好.txt": REPORT.encode()}))
    assert found(path) == ["intake.unsafe_member", "a.zip/好.txt"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_an_archive_of_one_report_is_that_report(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"一.txt": REPORT.encode()}))
    assert intake.read(path).text == REPORT
    path.write_bytes(packed({"一.txt": REPORT.encode(), "二.txt": REPORT.encode()}))
    with pytest.raises(InputError) as caught:
        intake.read(path)
    assert caught.value.key == "intake.several"


def test_archives_packed_into_each_other_without_end_are_left(tmp_path: Path) -> None:
    data = packed({"一.txt": REPORT.encode()})
    for _ in range(6):
        data = packed({"a.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    assert found(tmp_path / "a.zip") == ["intake.nothing_readable"]
