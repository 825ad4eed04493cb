"""Why a planned item has its verdict: the rung that fired, the clauses it read, and the candidates it weighed."""

from __future__ import annotations

from msgspec import Struct

from reconcile.config import Config
from reconcile.matching import explain as pairs
from reconcile.matching.block import Block
from reconcile.matching.explain import Explanation
from reconcile.matching.scoring import Layer, Model
from reconcile.model.links import Part
from reconcile.model.verdicts import ItemVerdict
from reconcile.verdicts.features import features
from reconcile.verdicts.gathering import gather


class ReadClause(Struct, frozen=True):
    """One clause of a completion that was read for the verdict, and what it reports."""

    office: str
    text: str
    task: int
    kinds: tuple[str, ...]


class Reasons(Struct, frozen=True):
    """A verdict with everything it rests on.

    `reported` is the probability that anything reports on the item at all (0 where the report has nothing to read, and
    no parts then); `incomplete` and `undone` are of the linked completions alone.
    """

    verdict: ItemVerdict
    clauses: tuple[ReadClause, ...]
    reported: float
    reported_parts: tuple[Part, ...]
    incomplete: float
    incomplete_parts: tuple[Part, ...]
    undone: float
    undone_parts: tuple[Part, ...]
    candidates: tuple[Explanation, ...]


def explain(block: Block, row: int, verdict: ItemVerdict, config: Config, model: Model, most: int = 3) -> Reasons:
    """The reasons of one verdict, with its best candidates, linked or not."""
    evidence = gather(block, row, config.stages)
    numbers = features(evidence)
    columns = [*block.links.linked(row), *block.links.rejected(row, most)][:most]
    return Reasons(
        verdict=verdict,
        clauses=tuple(
            ReadClause(said.item.office, said.clause.text, said.task, tuple(found.kind.value for found in said.aspects))
            for said in evidence.said
        ),
        reported=block.links.any_link(row),
        reported_parts=_parts(block.links.scorer.reported, {n: float(v[row, 0]) for n, v in block.links.signs.items()}),
        incomplete=model.incomplete.probability(numbers),
        incomplete_parts=_parts(model.incomplete, numbers),
        undone=model.undone.probability(numbers),
        undone_parts=_parts(model.undone, numbers),
        candidates=tuple(pairs.explain(block.links, row, column).pair for column in columns),
    )


def _parts(layer: Layer, numbers: dict[str, float], most: int = 6) -> tuple[Part, ...]:
    """The terms that moved a probability most."""
    return layer.parts_of(numbers)[:most] if numbers else ()
