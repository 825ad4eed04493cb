"""A file of any format becomes a `Document`: text blocks with anchors into the text that was read.

The content decides the format, never the extension. Each format has a module here with one function
``read(data: bytes, file: SourceFile) -> Document``; `sniff.format_of` names the format, `READERS` the module.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

from reconcile.errors import InputError
from reconcile.intake import limits, sniff
from reconcile.model.documents import Document, SourceFile

READERS = {
    "txt": "text",
    "md": "text",
    "csv": "items_table",
    "jsonl": "items_table",
    "docx": "docx",
    "xlsx": "sheet",
    "xlsb": "sheet",
    "xls": "sheet",
    "ods": "sheet",
    "html": "html",
    "mht": "html",
    "pdf": "pdf",
    "image": "ocr",
    "doc": "office",
    "rtf": "office",
    "odt": "office",
    "ofd": "ofd",
    "zip": "archive",
}
"""Format → module of this package. Modules are imported when a file of their format is met."""

_REFUSED = {sniff.ENCRYPTED: "intake.encrypted", sniff.DAMAGED: "intake.damaged", "packed": "intake.packed"}
"""Formats that are known and not read, with the line that says what to do."""


def read(path: Path) -> Document:
    """Read one report; `InputError` says what cannot be read and why."""
    return read_bytes(limits.read_file(path), path.name)


def read_all(path: Path) -> Iterator[Document | InputError]:
    """Every report in a file, a folder or an archive: a document each, or the error of one that cannot be read."""
    from reconcile.intake import archive

    if path.is_dir():
        yield from archive.read_folder(path)
    else:
        yield from read_named(path, path.name)


def read_named(path: Path, name: str) -> Iterator[Document | InputError]:
    """Every report in a file or an archive, under another name than its own: of a file in a folder, its path there."""
    from reconcile.intake import archive

    try:
        data = limits.read_file(path)
    except InputError as error:
        yield error
    else:
        yield from archive.read_member(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read the bytes of one file called `name`; the name helps only where content cannot decide (md or txt)."""
    limits.check_size(data, name)
    format_ = sniff.format_of(data, name)
    if format_ is None or format_ not in READERS:
        raise InputError(_REFUSED.get(format_ or "", "intake.unknown_format"), file=name)
    file = SourceFile(name=name, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), format=format_)
    reader = import_module(f"reconcile.intake.{READERS[format_]}")
    document = cast("Document", reader.read(data, file))
    limits.check_document(document)
    return document
