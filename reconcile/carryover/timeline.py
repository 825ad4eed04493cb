"""One thread as a picture: an SVG timeline, a column a period, plans above and completions below (时间线)."""

from __future__ import annotations

from collections import Counter
from html import escape
from unicodedata import east_asian_width

from reconcile import period
from reconcile.messages import Lang, text
from reconcile.model.reports import Kind
from reconcile.model.threads import Step, Thread
from reconcile.model.verdicts import OUTCOME_OF, Outcome
from reconcile.period import Period

_COLUMN, _BOX, _LINE, _MARGIN, _TOP = 190, 172, 17, 24, 84
"""Pixels: the width of a period and of a box in it, the height of a line, the space around, the first box."""

_LINES = 4
"""How many lines of a text are shown before it is cut."""

_ROW = _LINE * (_LINES + 2) + 24
"""Pixels from one box to the next below it."""

_COLOURS: dict[Outcome | None, str] = {
    Outcome.DONE: "#1f7a3d",
    Outcome.PARTIAL: "#8a6100",
    Outcome.SLIPPED: "#b3261e",
    Outcome.DROPPED: "#b3261e",
    Outcome.WITHDRAWN: "#5c5f66",
    Outcome.UNDETERMINED: "#5c5f66",
    None: "#33363b",
}
"""The colour of a box's edge and verdict; each has a contrast of at least 4.5 to white, and a word beside it."""


def timeline(thread: Thread, lang: Lang) -> str:
    """The SVG of a thread: when it was promised, what was reported, how often it slipped."""
    columns = _columns(thread)
    deep = {kind: _deepest(thread, kind) for kind in Kind}
    axis = _TOP + max(deep[Kind.PLAN], 1) * _ROW
    height = axis + 30 + deep[Kind.COMPLETION] * _ROW + _MARGIN
    width = 2 * _MARGIN + _COLUMN * len(columns)
    parts = [_head(thread, width, height, lang)]
    parts.append(f'<line x1="{_MARGIN}" y1="{axis + 4}" x2="{width - _MARGIN}" y2="{axis + 4}" stroke="#8a8d93"/>')
    for when, column in columns.items():
        x = _MARGIN + column * _COLUMN
        parts.append(f'<text x="{x}" y="{axis + 20}" font-weight="bold">{escape(when)}</text>')
    placed: Counter[tuple[Kind, Period]] = Counter()
    for step in thread.steps:
        row = placed[step.item.kind, step.period]
        placed[step.item.kind, step.period] += 1
        y = (_TOP - 20 if step.item.kind is Kind.PLAN else axis + 30) + row * _ROW
        parts.append(_box(step, _MARGIN + columns[step.period] * _COLUMN, y, lang))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _head(thread: Thread, width: int, height: int, lang: Lang) -> str:
    title = _wrapped(thread.title, width // 8)
    facts = text(
        "carryover.timeline_head",
        lang,
        office=thread.office or text("carryover.no_office", lang),
        first=thread.first_promised,
        slips=thread.slip_count,
        status=text(f"statuses.{thread.status}", lang),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(thread.title, quote=True)}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text x="{_MARGIN}" y="28" font-size="15" font-weight="bold">{escape(_cut(title, 1)[0])}</text>'
        f'<text x="{_MARGIN}" y="48" fill="#33363b">{escape(facts)}</text>'
    )


def _columns(thread: Thread) -> dict[Period, int]:
    """A column for each period from the first step to the last: months without a report show as gaps."""
    known = sorted({step.period for step in thread.steps}, key=period.first_day)
    columns = [known[0]]
    while columns[-1] != known[-1] and len(known[0]) == len(known[-1]):
        columns.append(period.following(columns[-1]))
    return {when: column for column, when in enumerate(columns if known[-1] in columns else known)}


def _deepest(thread: Thread, kind: Kind) -> int:
    """How many boxes of one kind stand on one another where there are most."""
    return max(Counter(step.period for step in thread.steps if step.item.kind is kind).values(), default=0)


def _box(step: Step, x: int, y: int, lang: Lang) -> str:
    colour = _COLOURS[OUTCOME_OF[step.status] if step.status else None]
    word = text(f"statuses.{step.status}", lang) if step.status else ""
    how = text(f"statuses.relation_{step.relation}", lang) if step.relation else ""
    words = step.task.head + step.task.text if step.task else step.item.text
    spans = "".join(
        f'<tspan x="{x + 8}" dy="{_LINE}">{escape(line)}</tspan>'
        for line in _cut(_wrapped(words, 2 * (_BOX - 16) // 12), _LINES)
    )
    source = f"{step.item.anchor.file} [{step.item.anchor.start}–{step.item.anchor.end}]"
    return (
        f'<g><title>{escape(words)} — {escape(source)}</title><rect x="{x}" y="{y}" width="{_BOX}" '
        f'height="{_ROW - 10}" rx="4" fill="#fff" stroke="{colour}" stroke-width="1.5"/>'
        f'<text x="{x + 8}" y="{y + 18}" fill="{colour}" font-weight="bold">'
        f"{escape(' · '.join(part for part in (word, how) if part))}</text>"
        f'<text x="{x + 8}" y="{y + 20}">{spans}</text></g>'
    )


def _wrapped(words: str, columns: int) -> list[str]:
    """Lines of at most so many columns, a Han character taking two."""
    lines, used = [""], 0
    for letter in words:
        takes = 2 if east_asian_width(letter) in "WF" else 1
        if used + takes > columns:
            lines, used = [*lines, ""], 0
        lines[-1], used = lines[-1] + letter, used + takes
    return lines


def _cut(lines: list[str], most: int) -> list[str]:
    """At most so many lines; the last shows that there is more."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]
