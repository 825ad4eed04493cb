"""Reminder slips (督办提醒单), one an office or one a task: what is open, what is asked, and room for the reply.

Drafts: numbered for reference, without head, seal or person.
"""

from __future__ import annotations

from typing import Literal

from docx.document import Document
from msgspec import Struct

from reconcile.messages import Lang
from reconcile.outputs import word_page, wording
from reconcile.outputs.plain_table import Cell
from reconcile.outputs.rows import LIGHTS, TaskRow, View
from reconcile.outputs.tables import slippage
from reconcile.period import Period

Per = Literal["office", "task"]
Rows = tuple[tuple[TaskRow, dict[str, Cell]], ...]
"""Rows of the slippage table, each with its cells by column."""

COLUMNS = (("rank", 2), ("plan", 15), ("problem", 14), ("slip_count", 3), ("required", 8))


class Slip(Struct, frozen=True):
    """One slip: to whom, its number within the run, and the rows of the slippage table on it with their cells."""

    office: str
    number: int
    rows: Rows


def render(view: View, lang: Lang, per: Per = "office") -> bytes:
    """All slips in one document, each on pages of its own."""
    document = word_page.page(wording.label("slips_title", lang), wording.label("notice", lang))
    for slip in slips(view, lang, per):
        _draw(document, slip, view.pairs[-1].period, lang)
    return word_page.packed(document)


def each(view: View, lang: Lang, per: Per = "office") -> dict[str, bytes]:
    """A document a slip, by its number and office."""
    found = {}
    for slip in slips(view, lang, per):
        document = word_page.page(wording.label("slips_title", lang), wording.label("notice", lang))
        _draw(document, slip, view.pairs[-1].period, lang)
        found[f"{slip.number:02d}-{slip.office}"] = word_page.packed(document)
    return found


def slips(view: View, lang: Lang, per: Per) -> tuple[Slip, ...]:
    """The slips of a run, offices in the order of the report, tasks most urgent first."""
    drawn = slippage(view, lang)
    keys = [column.key for column in drawn.columns]
    rows = [(row, dict(zip(keys, cells, strict=True))) for row, cells in zip(view.slippage, drawn.cells, strict=True)]
    found: list[tuple[str, Rows]] = []
    for office in offices(view):
        own = tuple(row for row in rows if row[0].item.verdict.item.office == office)
        found += [(office, own)] if per == "office" else [(office, (row,)) for row in own]
    return tuple(Slip(office, number, own) for number, (office, own) in enumerate(found, 1))


def offices(view: View) -> tuple[str, ...]:
    """The offices with open tasks, in the order of the report."""
    slipped = {row.item.verdict.item.office for row in view.slippage}
    return tuple(dict.fromkeys(r.verdict.item.office for r in view.items if r.verdict.item.office in slipped))


def _draw(document: Document, slip: Slip, period: Period, lang: Lang) -> None:
    def say(key: str, /, **facts: object) -> str:
        return wording.label(key, lang, **facts)

    word_page.title(document, say("slip_title")).paragraph_format.page_break_before = slip.number > 1
    number = say("slip_number", number=f"{period}-{slip.number:02d}", level=_level(slip, lang))
    word_page.body(document, number, align=word_page.RIGHT_ALIGNED)
    word_page.body(document, say("slip_to", office=slip.office or say("no_office")), indent=False)
    word_page.body(document, say("slip_opening", count=len(slip.rows)))
    lines = [
        (
            place,
            f"{cells['plan']}\n{say('titled', title=say('source'), value=cells['source'])}",
            _problem(cells, lang),
            row.item.verdict.slip_count,
            say(f"required_{row.task.verdict.status}"),
        )
        for place, (row, cells) in enumerate(slip.rows, 1)
    ]
    titles, widths = zip(*((say(f"column_{key}"), width) for key, width in COLUMNS), strict=True)
    word_page.table(document, titles, lines, widths, size=word_page.MIDDLE)
    word_page.body(document, say("slip_reply_by")).paragraph_format.keep_with_next = True
    reply = [(say(f"slip_{name}"), say(f"slip_{name}_blank")) for name in ("done", "later", "objection", "signed")]
    word_page.form(document, reply, (7, 35))


def _problem(cells: dict[str, Cell], lang: Lang) -> str:
    """What is wrong, as the slippage table has it: the status, what was reported, the reason, what to check."""
    notes = [wording.label(f"note_{key}", lang, value=cells[key]) for key in ("reason", "hint") if cells[key] != ""]
    return "\n".join([str(cells["status"]), str(cells["reported"]), *notes])


def _level(slip: Slip, lang: Lang) -> str:
    """The level of a slip: by the most urgent light on it."""
    lights = {LIGHTS[row.item.verdict.light].colour for row, _ in slip.rows if row.item.verdict.light in LIGHTS}
    return wording.label(f"level_{next((light for light in ('red', 'yellow') if light in lights), 'other')}", lang)
