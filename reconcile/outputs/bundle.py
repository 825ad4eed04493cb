"""Which files a report is made of: one, or in a folder one a table, a page, a slip or a picture.

Pure: gives names and contents; `reconcile.outputs.files` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from reconcile import outputs
from reconcile.errors import ReconcileError
from reconcile.messages import Lang
from reconcile.outputs import ENDING, FORMATS, drawn, files, tables
from reconcile.outputs.marking import Marking
from reconcile.outputs.rows import View

if TYPE_CHECKING:
    from reconcile.outputs.slips import Per

Kind = Literal["report", "slips", "chart"]
Files = dict[str, str | bytes]

KNOWN: dict[Kind, tuple[str, ...]] = {"report": FORMATS, "slips": ("docx",), "chart": ("svg", "png")}
"""The formats of each kind; the first of slips and charts is taken where none is asked for."""


def format_of(kind: Kind, asked: str | None, output: Path | None, *, folder: bool) -> str:
    """The format asked for, else the one a file's ending names, else the kind's own."""
    default = "xlsx" if folder and kind == "report" else None
    return outputs.format_of(asked, None if folder else output, KNOWN[kind], default)


def whole(
    view: View,
    kind: Kind,
    format_: str,
    lang: Lang,
    per: str = "office",
    explained: Mapping[str, Marking] | None = None,
) -> Files:
    """Everything in one file, under its proper name."""
    content: str | bytes
    if kind == "slips":
        from reconcile.outputs import slips

        content = slips.render(view, lang, _per(per))
    elif kind == "chart":
        from reconcile.outputs import charts

        content = _picture(charts.both(view, lang), format_)
    else:
        content = drawn(view, format_, lang, explained=explained)
    return {_name(view, lang, "title" if kind == "report" else kind, format_): content}


def folder(
    view: View,
    kind: Kind,
    format_: str,
    lang: Lang,
    per: str = "office",
    explained: Mapping[str, Marking] | None = None,
) -> Files:
    """A file for each part that is read by itself: slips, pictures, tables as CSV, pages of a large HTML report."""
    if kind == "slips":
        from reconcile.outputs import slips

        each = slips.each(view, lang, _per(per))
        return {_name(view, lang, "slips", format_, slip): content for slip, content in each.items()}
    if kind == "chart":
        from reconcile.outputs import charts

        return {
            _name(view, lang, name, format_): _picture(draw(view, lang), format_)
            for name, draw in charts.CHARTS.items()
        }
    if format_ == "csv":
        from reconcile.outputs import csv_

        return {_name(view, lang, one.name, format_): csv_.table(one) for one in tables.all_tables(view, lang)}
    if format_ == "html":
        from reconcile.outputs import html

        return {f"{page}.html" if page else _name(view, lang, "title", format_): content
                for page, content in html.pages(view, lang, explained).items()}  # fmt: skip
    return whole(view, kind, format_, lang)


def _name(view: View, lang: Lang, what: str, format_: str, more: str = "") -> str:
    parts = [files.stem(view, lang, what), files.safe(more)]
    return "-".join(part for part in parts if part) + f".{ENDING.get(format_, format_)}"


def _picture(svg: str, format_: str) -> str | bytes:
    from reconcile.outputs import charts

    return charts.png(svg) if format_ == "png" else svg


def _per(asked: str) -> Per:
    from reconcile.outputs.slips import Per

    for known in get_args(Per):
        if asked == known:
            return known  # type: ignore[no-any-return]
    raise ReconcileError("outputs.unknown_per", per=asked)
