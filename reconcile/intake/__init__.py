"""A file of any format becomes a `Document`: text blocks with anchors into the text that was read.

The content decides the format, never the extension. Each format has a module here with one function
``read(data: bytes, file: SourceFile) -> Document``; `sniff.format_of` names the format, `READERS` the module.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import cast

from reconcile.errors import InputError
from reconcile.intake import sniff
from reconcile.model import Document, SourceFile

READERS = {
    "txt": "text",
    "md": "text",
    "csv": "items_table",
    "jsonl": "items_table",
}
"""Format → module of this package. Modules are imported when a file of their format is met."""


def read(path: Path) -> Document:
    """Read one file; `InputError` says what cannot be read and why."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("intake.missing", file=path) from error
    except IsADirectoryError as error:
        raise InputError("intake.directory", file=path) from error
    except OSError as error:
        key = "intake.directory" if path.is_dir() else "intake.unreadable"
        raise InputError(key, file=path, why=error.strerror or error) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read the bytes of one file called `name`; the name helps only where content cannot decide (md or txt)."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise InputError("intake.empty", file=name)
    format_ = sniff.format_of(data, name)
    if format_ is None or format_ not in READERS:
        raise InputError("intake.unknown_format", file=name)
    file = SourceFile(name=name, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), format=format_)
    reader = import_module(f"reconcile.intake.{READERS[format_]}")
    return cast("Document", reader.read(data, file))
