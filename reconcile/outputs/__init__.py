"""Outputs: each a pure function of the frozen records, one module a format.

`render` gives what to write; who writes it, and where, is the command's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reconcile.errors import ReconcileError
from reconcile.messages import Lang
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.threads import Thread
from reconcile.outputs.marking import Marking
from reconcile.outputs.rows import View, view

FORMATS = ("table", "json", "jsonl", "csv", "md", "html", "xlsx", "docx")
"""The names `--format` takes."""

ENDING = {"table": "txt"}
"""The ending of a format's files where it is not the format's own name."""

FILE_WIDTH = 120
"""The width of a table in a file, in columns, whatever terminal it is written from."""


def format_of(
    asked: str | None, output: Path | None, known: Sequence[str] = FORMATS, default: str | None = None
) -> str:
    """The format asked for, else the one that the ending of a file names, else the `default` (the first known).

    A usage error where either is none of those `known`; what is no file (``-``, a device) has no ending.
    """
    if asked is not None:
        if asked not in known:
            raise ReconcileError("outputs.unknown_format", format=asked, known=" · ".join(known))
        return asked
    if output is None or not output.suffix or (output.exists() and not output.is_file()):
        return default or known[0]
    endings = {ENDING.get(name, name): name for name in known}
    found = endings.get(output.suffix.lstrip(".").lower())
    if found is None:
        raise ReconcileError("outputs.unknown_ending", file=output, known=" · ".join(f".{name}" for name in endings))
    return found


def render(
    pairs: Sequence[Reconciliation],
    threads: Sequence[Thread],
    format: str,  # noqa: A002 - the word of the command line
    lang: Lang,
    *,
    width: int | None = None,
    explained: Mapping[str, Marking] | None = None,
) -> str | bytes:
    """One or more consecutive pairs, and the threads over them, in a format of `FORMATS`.

    Bytes for xlsx and docx, text for the others. `width` is the terminal's in columns (table only), None: as it is.
    `explained` says of links, by id, what their scores are made of and which words they share (html only).
    A name that is no format is a usage error.
    """
    return drawn(view(pairs, threads), format, lang, width=width, explained=explained)


def drawn(
    rows: View,
    format: str,  # noqa: A002
    lang: Lang,
    *,
    width: int | None = None,
    explained: Mapping[str, Marking] | None = None,
) -> str | bytes:
    """The same as `render`, from rows already computed."""
    match format:
        case "table":
            from reconcile.outputs import terminal

            return terminal.render(rows, lang, width)
        case "json":
            from reconcile.outputs import json_

            return json_.render(rows, lang)
        case "jsonl":
            from reconcile.outputs import json_

            return json_.render_lines(rows, lang)
        case "csv":
            from reconcile.outputs import csv_

            return csv_.render(rows, lang)
        case "md":
            from reconcile.outputs import md

            return md.render(rows, lang)
        case "xlsx":
            from reconcile.outputs import xlsx

            return xlsx.render(rows, lang)
        case "docx":
            from reconcile.outputs import circular

            return circular.render(rows, lang)
        case "html":
            from reconcile.outputs import html

            return html.render(rows, lang, explained)
    raise ReconcileError("outputs.unknown_format", format=format, known=" · ".join(FORMATS))
