"""The swim-lanes of the carry-over timeline: a lane a thread, a column a period, a chip a step, arrows between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from reconcile.messages import Lang
from reconcile.model.reports import Kind
from reconcile.model.threads import Step, Thread
from reconcile.model.verdicts import OUTCOME_OF
from reconcile.outputs import wording
from reconcile.outputs.wrapping import wrap
from reconcile.period import Period

LABEL, COLUMN, CHIP, HEIGHT, TOP, LANE = 300, 160, 116, 22, 34, 62
MOST = 200
"""More lanes than this are not drawn: the table beneath holds them all."""


class Chip(Struct, frozen=True):
    """A step as drawn: a rounded box with its status or relation, its title for pointers and screen readers."""

    x: int
    y: int
    text: str
    title: str
    kind: str
    tone: str


class Arrow(Struct, frozen=True):
    """A line from one plan to the one it was carried to."""

    x1: int
    x2: int
    y: int
    title: str


class Lane(Struct, frozen=True):
    """One thread: its words in at most two lines, its chips and arrows."""

    y: int
    office: str
    lines: tuple[str, ...]
    title: str
    chips: tuple[Chip, ...]
    arrows: tuple[Arrow, ...]


class Timeline(Struct, frozen=True):
    """The whole picture; `left_out` counts the threads not drawn."""

    width: int
    height: int
    periods: tuple[tuple[int, str], ...]
    lanes: tuple[Lane, ...]
    left_out: int
    lane_height: int = LANE
    chip_width: int = CHIP
    chip_height: int = HEIGHT
    label_width: int = LABEL


def draw(threads: Sequence[Thread], lang: Lang) -> Timeline:
    """The threads that slipped most first; all periods any of them touches."""
    periods = sorted({step.period for thread in threads for step in thread.steps})
    place = {period: LABEL + COLUMN * number for number, period in enumerate(periods)}
    chosen = sorted(threads, key=lambda thread: -thread.slip_count)[:MOST]
    lanes = tuple(_lane(thread, TOP + LANE * number, place, lang) for number, thread in enumerate(chosen))
    return Timeline(
        width=LABEL + COLUMN * len(periods),
        height=TOP + LANE * len(chosen),
        periods=tuple((x + COLUMN // 2, wording.period(period, lang)) for period, x in place.items()),
        lanes=lanes,
        left_out=len(threads) - len(chosen),
    )


def _lane(thread: Thread, y: int, place: dict[Period, int], lang: Lang) -> Lane:
    chips: dict[tuple[Period, Kind], Chip] = {}
    for step in thread.steps:
        chips.setdefault((step.period, step.item.kind), _chip(step, y, place[step.period], lang))
    planned = [step for step in thread.steps if step.item.kind is Kind.PLAN]
    middle = (COLUMN - CHIP) // 2
    arrows = tuple(
        Arrow(
            x1=place[before.period] + middle + CHIP,
            x2=place[after.period] + middle,
            y=y + 6 + HEIGHT // 2,
            title=wording.relation(after.relation, lang) if after.relation else "",
        )
        for before, after in pairwise(planned)
        if before.period < after.period
    )
    return Lane(
        y=y,
        office=thread.office,
        lines=tuple(wrap(thread.title, 40, 2).splitlines()),
        title=thread.title,
        chips=tuple(chips.values()),
        arrows=arrows,
    )


def _chip(step: Step, y: int, x: int, lang: Lang) -> Chip:
    """A plan stands in the upper half of its lane, what was reported in the lower."""
    plan = step.item.kind is Kind.PLAN
    if plan:
        text = wording.status(step.status, lang) if step.status else wording.label("planned", lang)
        tone = str(OUTCOME_OF[step.status]) if step.status else "none"
    else:
        text = wording.relation(step.relation, lang) if step.relation else wording.label("reported", lang)
        tone = "reported"
    return Chip(
        x=x + (COLUMN - CHIP) // 2,
        y=y + (6 if plan else 8 + HEIGHT),
        text=text,
        title=f"{wording.period(step.period, lang)} {text} {wording.step(step)}",
        kind=str(step.item.kind),
        tone=tone,
    )
