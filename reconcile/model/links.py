"""What ties a plan to what reports on it or plans it again (关联), and what a score is made of."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Relation(StrEnum):
    """What an edge of the carry-over graph means.

    `full`, `partial` and `negative` are fulfils edges (plan → completion); the others are carries edges (plan → a
    later plan).
    """

    FULL = "full"
    PARTIAL = "partial"
    NEGATIVE = "negative"
    REPLAN = "replan"
    NEXT_PHASE = "next_phase"
    WINDOW_ROLL = "window_roll"
    STANDING = "standing"


CARRIES = frozenset({Relation.REPLAN, Relation.NEXT_PHASE, Relation.WINDOW_ROLL, Relation.STANDING})
"""The relations that lead from a plan to a later plan; all others lead to a completion."""


class Link(Struct, frozen=True):
    """A plan task or item tied to what reports on it or plans it again (关联).

    `plan` and `target` are ids of items or of tasks: both ends are at the same level. `score` is a calibrated
    probability in 0–1 that both speak of the same work.
    """

    id: str
    plan: str
    target: str
    score: float
    relation: Relation


Barred = tuple[str, str]
"""A link that people rejected: the ids of its plan item and of its target."""


class Part(Struct, frozen=True):
    """One term of a score: `contribution` = `weight` × standardised `value`; the parts of a link sum to its logit."""

    name: str
    value: float
    weight: float
    contribution: float
