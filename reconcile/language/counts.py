"""What a plan counts, roughly held against what is counted later (数目): 36对师徒, 先排了24节, 其余12对.

Unlike `measures`, which compares figures of one thing and can be quoted, this goes by units alone. It is a hint among
others, never a finding.
"""

from __future__ import annotations

from msgspec import Struct

from reconcile.language import measures
from reconcile.language.quantities import Figure


class Counted(Struct, frozen=True):
    """Of the figures of a plan: whether the report stays below one, whether the next plan holds just the rest of one
    (15 = 11 + 4), and whether the report has no figure of any of their units."""

    less: bool = False
    rest: bool = False
    silent: bool = False


def counted(plan: str, reported: str, later: str) -> Counted:
    """How the figures of a report and of the next plan stand to those of a plan; shares (%) are left out."""
    targets = [figure for figure in measures.levels(plan) if figure.unit != "%"]
    said, again = measures.levels(reported), measures.levels(later)
    answers = [[one.value for one in said if _alike(one, target)] for target in targets]
    left = [[one.value for one in again if _alike(one, target)] for target in targets]
    return Counted(
        less=any(values and sum(values) < target.value for target, values in zip(targets, answers, strict=True)),
        rest=any(
            target.value == value + rest
            for target, values, rests in zip(targets, answers, left, strict=True)
            for value in values
            for rest in rests
        ),
        silent=bool(targets) and not any(answers),
    )


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count in one unit, a visit (家次) being as good as what is visited (家)."""
    return one.unit.startswith(other.unit) or other.unit.startswith(one.unit)
