"""The circular draft (关于…落实情况的通报，代拟稿) as a Word document: the text, then its tables on landscape pages.

A draft for an office to edit: no red head, no seal, no number, no person.
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document

from reconcile.messages import Lang
from reconcile.outputs import heading, rows, tables, word, words
from reconcile.outputs.rows import View
from reconcile.outputs.tables import Cell

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
    document = word.page(title, words.label("notice", lang))
    word.title(document, title)
    word.body(document, "")
    _text(document, view, lang)
    _attachments(document, view, lang)
    return word.packed(document)


def _title(view: View, lang: Lang) -> str:
    first, last = (words.period(view.pairs[place].period, lang) for place in (0, -1))
    spans = first if first == last else words.label("span", lang, first=first, last=last)
    return words.label("circular_title", lang, period=spans)


def _text(document: Document, view: View, lang: Lang) -> None:
    def say(key: str, /, **facts: object) -> str:
        return words.label(key, lang, **facts)

    word.body(document, say("circular_to"), indent=False)
    word.body(document, say("circular_opening", organisation=view.pairs[-1].completion_report.organisation))
    word.heading(document, say("circular_1"))
    for pair in view.pairs:
        everything = rows.total(pair.summary.by_office, "")
        word.body(document, heading.summary(pair, lang))
        word.body(document, say("circular_rate", rate=words.share(everything.done, everything.judged, lang)))
    word.body(document, words.label("rules", lang))
    word.heading(document, say("circular_2"))
    word.body(document, _problems(view, lang))
    word.heading(document, say("circular_3"))
    word.body(document, say("circular_required"))
    word.body(document, words.label("notice", lang) + say("full_stop"))
    word.body(document, say("circular_attachments"))
    word.body(document, "")
    word.body(document, say("circular_draft"), align=word.RIGHT_ALIGNED)
    word.body(document, say("circular_date"), align=word.RIGHT_ALIGNED)


def _problems(view: View, lang: Lang) -> str:
    """How many rows the slippage table has, in all and of each status, in the order they first occur."""
    statuses = [row.task.verdict.status for row in view.slippage]
    counts = [
        words.label("circular_problem", lang, name=words.status(status, lang), count=statuses.count(status))
        for status in dict.fromkeys(statuses)
    ]
    return words.label(
        "circular_problems", lang, count=len(statuses), counts=words.label("separator", lang).join(counts)
    )


def _attachments(document: Document, view: View, lang: Lang) -> None:
    word.landscape(document)
    offices = tables.offices(view, lang)
    word.heading(document, words.label("attachment", lang, number=1, title=offices.title))
    word.table(document, [c.title for c in offices.columns], offices.cells, [c.width + 1 for c in offices.columns])
    slipped = tables.slippage(view, lang)
    second = word.heading(document, words.label("attachment", lang, number=2, title=slipped.title))
    second.paragraph_format.page_break_before = True
    if not slipped.cells:
        word.body(document, words.label("nothing", lang))
        return
    titles = {column.key: column.title for column in slipped.columns}
    head = [_joined_title(key, titles) for key, _ in WIDE]
    cells = (dict(zip(titles, row, strict=True)) for row in slipped.cells)
    lines = [[_joined(key, row, titles, lang) for key, _ in WIDE] for row in cells]
    word.table(document, head, lines, [width for _, width in WIDE])
    word.heading(document, words.label("table_inputs", lang))
    for report in heading.reports(view):
        word.note(document, words.label("input_whole", lang, name=report.file.name, sha256=report.file.sha256))


JOINED = {"office": ("co_offices", "period"), "plan": ("target",), "reported": ("actual",)}
"""What has no column of its own on paper, and in whose column it stands, under its title."""
STACKED = {"due": "first_period", "status": "light"}
"""What shares a column with another, both named at its head."""


def _joined_title(key: str, titles: Mapping[str, str]) -> str:
    return "\n".join(titles[name] for name in ([key, STACKED[key]] if key in STACKED else [key]))


def _joined(key: str, row: Mapping[str, Cell], titles: Mapping[str, str], lang: Lang) -> Cell:
    """A cell with all that stands in its column on paper."""
    if key in STACKED:
        return f"{row[key] or words.label('no_rate', lang)}\n{row[STACKED[key]]}"
    more = [
        words.label("titled", lang, title=titles[name], value=row[name])
        for name in JOINED.get(key, ())
        if row.get(name, "") != ""
    ]
    return "\n".join([str(row[key]), *more]) if more else row[key]
