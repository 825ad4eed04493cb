"""The circular draft (关于…落实情况的通报，代拟稿) as a Word document: the text, then its tables on landscape pages.

A draft for an office to edit: no red head, no seal, no number, no person.
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document

from reconcile.messages import Lang
from reconcile.outputs import heading, rows, tables, word_page, wording
from reconcile.outputs.plain_table import Cell
from reconcile.outputs.rows import View

WIDE = (
    ("rank", 2.6),
    ("office", 5),
    ("plan", 16),
    ("due", 5.5),
    ("reported", 16),
    ("status", 4),
    ("slip_count", 3),
    ("reason", 7),
    ("next_plan", 4),
    ("hint", 7),
    ("source", 6),
    ("review", 4),
)
"""The columns of the slippage table on paper; the others of its columns stand within these, see `_joined`."""


def render(view: View, lang: Lang) -> bytes:
    """The circular with its two tables."""
    title = _title(view, lang)
    document = word_page.page(title, wording.label("notice", lang))
    word_page.title(document, title)
    word_page.body(document, "")
    _text(document, view, lang)
    _attachments(document, view, lang)
    return word_page.packed(document)


def _title(view: View, lang: Lang) -> str:
    first, last = (wording.period(view.pairs[place].period, lang) for place in (0, -1))
    spans = first if first == last else wording.label("span", lang, first=first, last=last)
    return wording.label("circular_title", lang, period=spans)


def _text(document: Document, view: View, lang: Lang) -> None:
    def say(key: str, /, **facts: object) -> str:
        return wording.label(key, lang, **facts)

    word_page.body(document, say("circular_to"), indent=False)
    word_page.body(document, say("circular_opening", organisation=view.pairs[-1].completion_report.organisation))
    word_page.heading(document, say("circular_1"))
    for pair in view.pairs:
        everything = rows.total(pair.summary.by_office, "")
        word_page.body(document, heading.summary(pair, lang))
        word_page.body(document, say("circular_rate", rate=wording.share(everything.done, everything.judged, lang)))
    word_page.body(document, wording.label("rules", lang))
    word_page.heading(document, say("circular_2"))
    word_page.body(document, _problems(view, lang))
    word_page.heading(document, say("circular_3"))
    word_page.body(document, say("circular_required"))
    word_page.body(document, wording.label("notice", lang) + say("full_stop"))
    word_page.body(document, say("circular_attachments"))
    word_page.body(document, "")
    word_page.body(document, say("circular_draft"), align=word_page.RIGHT_ALIGNED)
    word_page.body(document, say("circular_date"), align=word_page.RIGHT_ALIGNED)


def _problems(view: View, lang: Lang) -> str:
    """How many rows the slippage table has, in all and of each status, in the order they first occur."""
    statuses = [row.task.verdict.status for row in view.slippage]
    counts = [
        wording.label("circular_problem", lang, name=wording.status(status, lang), count=statuses.count(status))
        for status in dict.fromkeys(statuses)
    ]
    return wording.label(
        "circular_problems", lang, count=len(statuses), counts=wording.label("separator", lang).join(counts)
    )


def _attachments(document: Document, view: View, lang: Lang) -> None:
    word_page.landscape(document)
    offices = tables.offices(view, lang)
    word_page.heading(document, wording.label("attachment", lang, number=1, title=offices.title))
    word_page.table(document, [c.title for c in offices.columns], offices.cells, [c.width + 1 for c in offices.columns])
    slipped = tables.slippage(view, lang)
    second = word_page.heading(document, wording.label("attachment", lang, number=2, title=slipped.title))
    second.paragraph_format.page_break_before = True
    if not slipped.cells:
        word_page.body(document, wording.label("nothing", lang))
        return
    titles = {column.key: column.title for column in slipped.columns}
    head = [_joined_title(key, titles) for key, _ in WIDE]
    cells = (dict(zip(titles, row, strict=True)) for row in slipped.cells)
    lines = [[_joined(key, row, titles, lang) for key, _ in WIDE] for row in cells]
    word_page.table(document, head, lines, [width for _, width in WIDE])
    word_page.heading(document, wording.label("table_inputs", lang))
    for report in heading.reports(view):
        word_page.note(document, wording.label("input_whole", lang, name=report.file.name, sha256=report.file.sha256))


JOINED = {"office": ("co_offices", "period"), "plan": ("target",), "reported": ("actual",)}
"""What has no column of its own on paper, and in whose column it stands, under its title."""
STACKED = {"due": "first_period", "status": "light"}
"""What shares a column with another, both named at its head."""


def _joined_title(key: str, titles: Mapping[str, str]) -> str:
    return "\n".join(titles[name] for name in ([key, STACKED[key]] if key in STACKED else [key]))


def _joined(key: str, row: Mapping[str, Cell], titles: Mapping[str, str], lang: Lang) -> Cell:
    """A cell with all that stands in its column on paper."""
    if key in STACKED:
        return f"{row[key] or wording.label('no_rate', lang)}\n{row[STACKED[key]]}"
    more = [
        wording.label("titled", lang, title=titles[name], value=row[name])
        for name in JOINED.get(key, ())
        if row.get(name, "") != ""
    ]
    return "\n".join([str(row[key]), *more]) if more else row[key]
