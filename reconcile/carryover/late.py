"""Work made up late (补完成): a completion that no plan of its month accounts for may close a promise that is older.

An old promise is taken for kept only where the words leave little doubt, and only on the word of the office that made
it: months later, much is done that sounds alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from reconcile import period
from reconcile.model.links import Relation
from reconcile.model.reports import Item
from reconcile.model.verdicts import ItemVerdict, Outcome
from reconcile.period import Period

CERTAIN = 0.9
"""The least score of a link that closes an older promise."""

_WINDOW = 6
"""How many months a promise can be made up."""

_ALIKE = 60.0
"""From this likeness (0–100) of one text to the best part of another on, it is worth a closer look."""


def in_time(promised: Period, when: Period) -> bool:
    """Whether what was planned for one period can still be made up in another, which is later."""
    first, last = period.first_day(promised), period.first_day(when)
    return 0 < (last.year - first.year) * 12 + last.month - first.month <= _WINDOW


def is_open(verdict: ItemVerdict) -> bool:
    """Whether nothing says of a planned item that it was done, and no later plan follows it up."""
    unreported = all(link.relation is Relation.NEGATIVE for link in verdict.links)
    closed = verdict.outcome in {Outcome.DONE, Outcome.WITHDRAWN}
    return unreported and not closed and not verdict.carried_to and not verdict.standing


def candidates(
    open_: Sequence[Item], unplanned: Sequence[Item], aliases: Mapping[str, Sequence[str]]
) -> tuple[Item, ...]:
    """The open items that one of the completions may speak of, by its office and its words."""
    from reconcile.matching import offices  # brings the engine along

    theirs, ours = ([item.office for item in side] for side in (open_, unplanned))
    same = offices.similarities(theirs, ours, aliases) >= offices.SAME
    return tuple(
        item
        for item, near in zip(open_, same, strict=True)
        if any(
            (near[place] or item.office == done.office)
            and fuzz.partial_ratio(item.text, done.text, score_cutoff=_ALIKE)
            for place, done in enumerate(unplanned)
        )
    )
