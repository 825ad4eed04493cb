"""Plain text and Markdown: bytes of any Chinese encoding → characters → blocks."""

from __future__ import annotations

import codecs
import re

from reconcile.intake.sniff import utf16_of
from reconcile.intake.text_tables import blocks_of
from reconcile.model.documents import Document, SourceFile, SourceWarning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def read(data: bytes, file: SourceFile) -> Document:
    """Read `.txt` and `.md`; never fails: damaged characters stand as U+FFFD and are counted in a warning."""
    text = decode(data)
    warnings: tuple[SourceWarning, ...] = ()
    if count := text.count("\ufffd"):
        warnings = (SourceWarning("encoding", facts={"count": count}),)
    return Document(file=file, text=text, blocks=tuple(blocks_of(text)), warnings=warnings)


def decode(data: bytes) -> str:
    """Text of any Chinese encoding, with line ends as ``\\n`` and without NUL and byte order mark."""
    return _LINE_END.sub("\n", _characters(data)).replace("\x00", "").removeprefix("\ufeff")


def _characters(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if wide := utf16_of(data[:4096]):
        return data.decode(wide, "replace")
    data = data.replace(b"\x00", b"")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return (encoding == "gb18030" and _as_big5(data, text)) or text
    return _guess(data)


def _as_big5(data: bytes, text: str) -> str | None:
    """Big5 decodes as GB18030 without complaint, but into characters that nobody writes: outside GB 2312."""
    if _share(text, "gb2312", range(0xB0, 0xD8)) > 0.6:
        return None
    try:
        other = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return None
    return other if _share(other, "big5", range(0xA4, 0xC7)) > _share(text, "gb2312", range(0xB0, 0xD8)) else None


def _share(text: str, charset: str, common: range) -> float:
    """The share of the non-ASCII letters that are among the common characters of a character set, by lead byte."""
    letters = [character for character in text[:20000] if character.isalpha() and not character.isascii()]
    encoded = (character.encode(charset, "ignore") for character in letters)
    return sum(bool(code) and code[0] in common for code in encoded) / max(1, len(letters))


def _guess(data: bytes) -> str:
    """Neither UTF-8 nor GB18030: mostly one of them with damage, else whatever the statistics say."""
    repaired = data.decode("utf-8", "replace")
    if repaired.count("\ufffd") * 50 < len(repaired):
        return repaired
    repaired = data.decode("gb18030", "replace")
    if repaired.count("\ufffd") * 50 < len(repaired):
        return repaired
    from charset_normalizer import from_bytes  # slow to import, and rarely needed

    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "utf-8", "replace")
