"""Which format the content is in. An extension is what somebody called the file: it is looked at only among plain
texts, where `.md` and `.csv` say how the same letters are meant.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath

ENCRYPTED = "encrypted"
"""An Office file behind a password: nothing more can be told of it."""
DAMAGED = "damaged"
"""An old Office file whose directory is gone."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"\x7fELF", "binary"),
    (b"\x1f\x8b", "binary"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
)
"""First bytes → format. A format without a reader is refused with its name."""

_ZIP_PARTS = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
    (re.compile(r"OFD\.xml", re.IGNORECASE), "ofd"),
)
"""The part that tells what a zip file is; one without any of them is an archive."""

_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}

_OLE_STREAMS = (("EncryptedPackage", ENCRYPTED), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
"""The streams that tell old Office files apart; WPS writes the same ones into `.wps` and `.et`."""

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|div)\b", re.IGNORECASE)
_MHT = re.compile(rb"^(MIME-Version|From|Content-Type|Subject)\s*:", re.IGNORECASE)
_JSON_LINE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{\s*\"")
_READABLE = r"[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"  # slow to compile, and seldom needed
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
_PIPE_TABLE = re.compile(rb"^\s*\|.*\|\s*\r?\n\s*\|[\s:|-]+\|\s*$", re.MULTILINE)


def format_of(data: bytes, name: str) -> str | None:
    """The format of a file's content, or None where it is binary of no known kind."""
    if data.startswith(_ZIP):
        return _packed(data)
    if data.startswith(_OLE):
        return _ole(data)
    for signature, format_ in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"BM" and b"\x00" not in data[:64]):
            return format_
    if b"%PDF-" in data[:1024]:
        return "pdf"
    head = data[:4096]
    if _MHT.match(head.lstrip()) and b"multipart/" in head.lower():
        return "mht"
    if _HTML.search(_narrow(head)):
        return "html"
    if _looks_binary(head):
        return None
    return _text_format(head, PurePath(name).suffix.lower())


def _packed(data: bytes) -> str:
    """Which package a zip file is; a damaged one is named by the parts that can still be seen in it."""
    import zipfile  # plain text, the commonest input, does without it

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            first = package.infolist()[0] if names else None
            mimetype = package.read(first)[:80].strip() if first and first.filename == "mimetype" else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, UnicodeError):
        names, mimetype = [found.decode("ascii") for found in re.findall(rb"[\w./]{5,40}\.(?:xml|bin)", data)], b""
    if mimetype in _OPEN_DOCUMENTS:
        return _OPEN_DOCUMENTS[mimetype]
    return next((kind for part, kind in _ZIP_PARTS for name in names if part.fullmatch(name)), "zip")


def _ole(data: bytes) -> str:
    """Which program wrote an OLE file: the first stream of its directory that gives it away."""
    found = [(place, kind) for stream, kind in _OLE_STREAMS if (place := _stream(data, stream)) >= 0]
    if found:
        return min(found)[1]
    return "binary" if _stream(data, "Root Entry") >= 0 else DAMAGED


def _stream(data: bytes, name: str) -> int:
    """Where a directory entry of this name stands, or -1: entries begin at multiples of 128 and end in a zero."""
    wanted = (name + "\0").encode("utf-16-le")
    place = data.find(wanted)
    while place >= 0 and place % 128:
        place = data.find(wanted, place + 1)
    return place


def _text_format(head: bytes, extension: str) -> str:
    if _JSON_LINE.match(head):
        return "jsonl"
    if extension in (".csv", ".tsv"):
        return "csv"
    if extension in (".md", ".markdown") or _PIPE_TABLE.search(head):
        return "md"
    return "txt"


def utf16_of(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: one byte order gives NUL-bearing content that reads as Chinese or Latin."""
    if 0 not in head:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, "replace")
        if len(re.findall(_READABLE, text)) > 0.95 * len(text):
            return encoding
    return None


def _narrow(head: bytes) -> bytes:
    """UTF-16 markup as bytes that its tags can be found in."""
    return head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def _looks_binary(head: bytes) -> bool:
    """Control characters that no text encoding uses."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or utf16_of(head):
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) / 10
