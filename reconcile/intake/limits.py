"""What reading a file may cost, and the door through which packed content comes in.

A report is a few hundred kilobytes of text. These bounds leave room for the largest honest one and keep any file,
however made, within 20 seconds and 500 MB: what exceeds them is refused, never read in part, since an office must not
be accused over the half that was not read.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reconcile.errors import InputError
from reconcile.model.documents import Document

if TYPE_CHECKING:
    import zipfile

MAX_BYTES = 64 * 1024 * 1024
"""The size of one file."""

MAX_UNPACKED = 128 * 1024 * 1024
"""What a packed file (docx, xlsx, ofd, zip) may unpack to, all members together."""

MAX_PART = 64 * 1024 * 1024
"""What one member of a packed file may unpack to."""

MAX_MEMBERS = 5_000
"""Members of a packed file, and files of a folder."""

MAX_CHARACTERS = 2_000_000
"""The text of one document."""

MAX_BLOCKS = 30_000
"""Paragraphs and table rows of one document."""

MAX_CELLS = 300_000
"""Table cells of one document."""

MAX_PAGES = 500
"""Pages of a document with text."""

MAX_SCANNED_PAGES = 40
"""Pages of a scan: recognition takes seconds a page."""

MAX_PIXELS = 60_000_000
"""The area of one picture."""

CONVERT_SECONDS = 18
"""How long LibreOffice or antiword may take over one file."""

_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
"""Bytes that say nothing: white space, zeros and byte order marks."""


def read_file(path: Path) -> bytes:
    """The bytes of a file; `InputError` where it is missing, unreadable, empty or too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(path.name, size, MAX_BYTES)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("intake.missing", file=path) from error
    except OSError as error:
        key = "intake.directory" if path.is_dir() else "intake.unreadable"
        raise InputError(key, file=path, why=error.strerror or error) from error


def check_size(data: bytes, name: str) -> None:
    """`InputError` where there is nothing to read, or too much."""
    if not data.strip(_BLANK):
        raise InputError("intake.empty", file=name)
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data), MAX_BYTES)


def check_document(document: Document) -> None:
    """`InputError` where a document is longer than any report: formats that count as they read stop earlier."""
    name = document.file.name
    if len(document.text) > MAX_CHARACTERS:
        raise InputError("intake.too_long", file=name, most=MAX_CHARACTERS)
    check_rows(len(document.blocks), name)
    if sum(len(block.cells) for block in document.blocks) > MAX_CELLS:
        raise InputError("intake.too_many_cells", file=name, most=MAX_CELLS)


def check_rows(count: int, name: str) -> None:
    """`InputError` where a table has more rows than any report: before the work of reading them."""
    if count > MAX_BLOCKS:
        raise InputError("intake.too_many_lines", file=name, most=MAX_BLOCKS)


def too_large(name: str, size: int, most: int) -> InputError:
    """The error for a file or a member beyond its bound, in megabytes."""
    return InputError("intake.too_large", file=name, size=round(size / 1024 / 1024), most=most // 1024 // 1024)


class Package:
    """A zip file that cannot hurt: its members are listed and read within bounds, and never written to disk."""

    def __init__(self, data: bytes, name: str) -> None:
        import zipfile  # plain text, the commonest input, does without it

        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise InputError("intake.damaged", file=name) from error
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            raise InputError("intake.too_many_members", file=name, count=len(members), most=MAX_MEMBERS)
        if any(member.flag_bits & 0x1 for member in members):
            raise InputError("intake.encrypted", file=name)
        if (total := sum(member.file_size for member in members)) > MAX_UNPACKED:
            raise InputError(
                "intake.zip_bomb", file=name, size=total // 1024 // 1024, most=MAX_UNPACKED // 1024 // 1024
            )
        self._members = {member.filename: member for member in members}
        self._left = MAX_UNPACKED

    def members(self) -> list[zipfile.ZipInfo]:
        """The files inside, in the order of the archive."""
        return list(self._members.values())

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def read(self, part: str) -> bytes:
        """One member unpacked; `InputError` where it is missing, damaged or larger than it claims to be."""
        import zipfile

        if part not in self._members:
            raise InputError("intake.damaged", file=self.name)
        try:
            with self._zip.open(self._members[part]) as stream:
                data = stream.read(min(MAX_PART, self._left) + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise InputError("intake.damaged", file=self.name) from error
        self._left -= len(data)
        if len(data) > MAX_PART or self._left < 0:
            raise InputError(
                "intake.zip_bomb", file=self.name, size=MAX_PART // 1024 // 1024, most=MAX_PART // 1024 // 1024
            )
        return data
