"""Output files: names that carry the organisation and the period, written whole or not at all."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.messages import Lang
from reconcile.outputs import wording
from reconcile.outputs.rows import View

LONGEST_NAME = 60
"""Characters of an organisation kept: 180 bytes in UTF-8, within every file system's limit with the rest."""


def stem(view: View, lang: Lang, what: str = "title") -> str:
    """A file name without its ending: organisation, period or periods, and what it is (`file_…` of the catalogue)."""
    first, last = view.pairs[0].period, view.pairs[-1].period
    organisation = safe(view.pairs[-1].completion_report.organisation)[:LONGEST_NAME]
    spans = first if first == last else f"{first}_{last}"
    return "-".join(part for part in (organisation, spans, wording.label(f"file_{what}", lang)) if part)


def safe(name: str) -> str:
    """A name that every file system takes: no separators, no reserved characters, no dots or blanks at its ends."""
    return re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+', "_", name).strip("._")


def write(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write a file at once: readers see the old one or the new one, whole, even if the machine stops in between.

    A file that is already there is kept unless `force`: the error names it and says what to do. Lines end as the
    content has them.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    device = path.exists() and not path.is_file() and not path.is_dir()
    if path.exists() and not (force or device):
        raise ReconcileError("outputs.exists", file=path)
    if device:  # a device or a pipe is written to, never replaced
        path.write_bytes(data)
        return
    draft = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as file:  # of its own name: whoever may write here cannot have put a link in its place
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise ReconcileError("outputs.unwritable", file=path, why=error.strerror or error) from error
