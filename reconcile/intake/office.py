"""Old Word and WPS files, RTF and OpenDocument texts (`.doc`, `.wps`, `.rtf`, `.odt`).

LibreOffice turns them into `.docx`, in a folder and with a profile of its own that are removed afterwards, macros and
links switched off; without it antiword reads the words of `.doc`. Neither may take longer than the bound.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.errors import InputError
from reconcile.intake import docx
from reconcile.intake.assemble import Assembler, RowCell
from reconcile.intake.limits import CONVERT_SECONDS, check_size
from reconcile.intake.numerals import numeral
from reconcile.intake.xml import parse_xml
from reconcile.model.documents import Document, SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
"""Where LibreOffice is on systems whose path does not name it."""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""

_WORD_HEADER = 512
"""Where the stream of a Word file usually begins; bit 0 of its byte 11 says that it is encrypted."""


def libreoffice() -> str | None:
    """The LibreOffice program on this machine, or None."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((path for path in _ELSEWHERE if Path(path).is_file()), None)


def antiword() -> str | None:
    """The antiword program on this machine, or None."""
    return shutil.which("antiword")


def read(data: bytes, file: SourceFile) -> Document:
    """Read an old office text; `InputError` names what to install where nothing here can."""
    if file.format == "doc" and data[_WORD_HEADER : _WORD_HEADER + 2] == b"\xec\xa5" and data[_WORD_HEADER + 11] & 1:
        raise InputError("intake.encrypted", file=file.name)
    if program := libreoffice():
        return docx.read(_converted(program, data, file), file)
    if file.format == "doc" and (program := antiword()):
        return _by_antiword(program, data, file)
    raise InputError("intake.needs_office", file=file.name, format=file.format)


def _converted(program: str, data: bytes, file: SourceFile) -> bytes:
    with tempfile.TemporaryDirectory(prefix="reconcile-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, profile = folder / f"report.{file.format}", folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]
        _run(command, file)
        result = source.with_suffix(".docx")
        if not result.is_file():
            raise InputError("intake.damaged", file=file.name)
        converted = result.read_bytes()
    check_size(converted, file.name)
    return converted


def _by_antiword(program: str, data: bytes, file: SourceFile) -> Document:
    with tempfile.TemporaryDirectory(prefix="reconcile-", ignore_cleanup_errors=True) as name:
        source = Path(name) / "report.doc"
        source.write_bytes(data)
        book = _run([program, "-x", "db", str(source)], file)
    if not book:
        raise InputError("intake.damaged", file=file.name)
    out = Assembler(file)
    _read_book(parse_xml(re.sub(rb"<!DOCTYPE[^>]*>", b"", book, count=1), file.name), out)
    out.warn("antiword")
    return out.document()


_BOOK_NUMERALS = {"loweralpha": "lowerLetter", "upperalpha": "upperLetter", "lowerroman": "lowerRoman"}
"""DocBook's numerations that are not plain figures, as `numeral` knows them."""


def _read_book(element: _Element, out: Assembler) -> None:
    """The titles, paragraphs, lists and tables of antiword's DocBook, in order."""
    for child in element:
        if child.tag == "informaltable":
            table = out.table()
            for row in child.iter("row"):
                out.row((RowCell(_words(entry), column) for column, entry in enumerate(row)), table)
        elif child.tag == "orderedlist":
            style = _BOOK_NUMERALS.get(child.get("numeration", ""), "decimal")
            for count, item in enumerate(child.iterchildren("listitem"), 1):
                out.paragraph(f"{numeral(count, style)}.{_words(item)}")
        elif child.tag in ("para", "title", "subtitle") and child.find("informaltable") is None:
            out.paragraph(_words(child))
        elif child.tag != "bookinfo":
            _read_book(child, out)


def _words(element: _Element) -> str:
    return "".join(str(text) for text in element.itertext()).strip()


def _run(command: list[str], file: SourceFile) -> bytes:
    """What a program prints; it and all it started are ended when the time is up."""
    with subprocess.Popen(  # noqa: S603 (the program is LibreOffice or antiword, the file has a name of ours)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            printed, _ = process.communicate(timeout=CONVERT_SECONDS)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise InputError("intake.too_slow", file=file.name, seconds=CONVERT_SECONDS) from error
    return printed


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
