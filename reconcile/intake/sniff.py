"""Which format the content is in. An extension is only a hint between formats that are all plain text."""

from __future__ import annotations

import re
from pathlib import PurePath

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"\x7fELF", "binary"),
    (b"\x1f\x8b", "binary"),
    (b"7z\xbc\xaf", "binary"),
    (b"Rar!", "binary"),
)
"""First bytes → format. A format without a reader is refused with its name."""

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE)
_MHT = re.compile(rb"^(MIME-Version|From|Content-Type|Subject)\s*:", re.IGNORECASE)
_JSON_LINE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{\s*\"")
_READABLE = re.compile(r"[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_PIPE_TABLE = re.compile(rb"^\s*\|.*\|\s*\r?\n\s*\|[\s:|-]+\|\s*$", re.MULTILINE)


def format_of(data: bytes, name: str) -> str | None:
    """The format of a file's content, or None where it is binary of no known kind."""
    for signature, format_ in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"BM" and b"\x00" not in data[:64]):
            return format_
    head = data[:4096]
    if _HTML.search(head):
        return "html"
    if _MHT.match(head) and b"multipart/" in head.lower():
        return "mht"
    if _looks_binary(head):
        return None
    return _text_format(head, PurePath(name).suffix.lower())


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
        if len(_READABLE.findall(text)) > 0.95 * len(text):
            return encoding
    return None


def _looks_binary(head: bytes) -> bool:
    """Control characters that no text encoding uses."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or utf16_of(head):
        return False
    return sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head) > len(head) / 10
