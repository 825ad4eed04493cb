"""One block: the plan items of a report against everything the next report says and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.config import Config
from reconcile.matching import choose, large, texts
from reconcile.matching.features import Features, features
from reconcile.matching.grid import WHOLE, Grid, Table, row_of
from reconcile.matching.scoring import RIVALS, Model, Scorer
from reconcile.matching.terms import Matrix
from reconcile.matching.texts import Side
from reconcile.model.reports import Item

Scored = tuple[Features, Table, dict[str, Matrix], Matrix, Table]
"""Features, probabilities, what tells whether each plan item is reported at all, how probable that is, and links."""

More = Callable[[Grid], dict[str, Matrix]]
"""Further features of the pairs that are compared."""

FOLLOWS = 0.25
"""A clause less alike than this to every plan item follows the clause before it."""

EXHAUSTIVE = 2_000
"""Up to so many items a side, all are compared with all."""


class Scores(Struct, frozen=True, eq=False):
    """The plan items against one kind of candidates.

    `probability` is plans × candidates, `reported` plans × 1: whether anything speaks of the item at all, by the
    `signs` of `choose.ROW`; `accepted` the links; `features` what the probabilities were made of; `_owners` remembers
    what `owners` found.
    """

    plans: tuple[Item, ...]
    candidates: tuple[Item, ...]
    rows: Side
    columns: Side
    scorer: Scorer
    features: Features
    probability: Table
    signs: dict[str, Matrix]
    reported: Matrix
    accepted: Table
    _owners: dict[int, list[int]] = {}

    def plan_span(self, row: int) -> slice:
        """The clauses of a plan item among all clauses of the plan items: one a task."""
        return self.rows.span(row)

    def candidate_span(self, column: int) -> slice:
        """The clauses of a candidate among all clauses of the candidates: one a task."""
        return self.columns.span(column)

    def linked(self, row: int) -> list[int]:
        """The candidates linked to a plan item, the likeliest first."""
        return self._ranked(row, row_of(self.accepted, row)[1])

    def rejected(self, row: int, most: int = 3) -> list[int]:
        """The best candidates that were not accepted, the likeliest first."""
        open_ = np.where(row_of(self.accepted, row)[1], -1, row_of(self.probability, row)[1])
        least = np.partition(open_, -most)[-most] if len(open_) > most else 0
        return self._ranked(row, open_ >= max(least, 0))[:most]

    def owners(self, column: int) -> list[int]:
        """For each clause of a candidate the plan item it speaks of, of those the candidate is linked to.

        It is the one it is most like; a clause less alike than `FOLLOWS` to all of them goes with the clause before it.
        """
        if column not in self._owners:
            span = self.candidate_span(column)
            rivals = sorted(self.accepted[:, column].nonzero()[0].tolist(), key=lambda row: self.plans[row].id)
            self._owners[column] = (
                self._assigned(rivals, span) if len(rivals) > 1 else rivals * (span.stop - span.start)
            )
        return self._owners[column]

    def _assigned(self, rivals: list[int], clauses: slice) -> list[int]:
        each = [self.features.clauses[self.plan_span(row), clauses].max(axis=0, initial=0) for row in rivals]
        found: list[int] = []
        for best in np.transpose(each).tolist():
            largest = max(best)
            last = len(best) - 1 - best[::-1].index(largest)
            found.append(rivals[last] if largest >= FOLLOWS or not found else found[-1])
        return found

    def values(self) -> Mapping[str, Table]:
        """All that a pair is scored by: its features, and its standing against its rivals."""
        known = self.features.pairs
        return known if known.keys() >= {*RIVALS} else self.scorer.with_rivals(known)

    def any_link(self, row: int) -> float:
        """The probability that any candidate speaks of the plan item; 0 where there is none."""
        return float(self.reported[row, 0])

    def _ranked(self, row: int, wanted: NDArray[np.bool_]) -> list[int]:
        """Those candidates of a plan item that are wanted, the likeliest first."""
        places = wanted.nonzero()[0]
        if not len(places):
            return []
        columns, probability = row_of(self.probability, row)
        listed = zip((-probability[places]).tolist(), columns[places].tolist(), strict=True)
        return [column for _, _, column in sorted((far, self.candidates[column].id, column) for far, column in listed)]


class Block(Struct, frozen=True, eq=False):
    """The plan items of one report against the completions and the plans of the next."""

    links: Scores
    carries: Scores


def match(
    plans: Sequence[Item],
    completions: Sequence[Item],
    next_plans: Sequence[Item],
    config: Config,
    model: Model,
) -> Block:
    """Score all plan items against all completions and all next plans, and choose the links."""
    rows = texts.read(plans, config.boilerplate)
    return Block(
        links=_scores(plans, completions, rows, model.link, config.matching.link, config, semantic=model.semantic),
        carries=_scores(plans, next_plans, rows, model.carry, config.matching.carry, config, semantic=model.semantic),
    )


def _scores(
    plans: Sequence[Item],
    candidates: Sequence[Item],
    rows: Side,
    scorer: Scorer,
    threshold: float | None,
    config: Config,
    *,
    semantic: bool,
) -> Scores:
    columns = texts.read(candidates, config.boilerplate)
    accept = scorer.accept if threshold is None else threshold
    more = _sentences(plans, candidates) if semantic else lambda _: {}
    if not (len(rows) and len(columns)):
        shape = (len(rows), len(columns))
        nothing = np.zeros(shape, np.float32)
        found: Scored = Features({}, nothing), nothing, {}, np.zeros((len(rows), 1), np.float32), np.zeros(shape, bool)
    elif max(len(rows), len(columns)) > EXHAUSTIVE:
        found = large.score(rows, columns, scorer, accept, config.aliases, more=more)
    else:
        found = _exhaustive(rows, columns, scorer, accept, config.aliases, more)
    return Scores(tuple(plans), tuple(candidates), rows, columns, scorer, *found)


def _exhaustive(
    rows: Side, columns: Side, scorer: Scorer, threshold: float, aliases: Mapping[str, Sequence[str]], more: More
) -> Scored:
    found = features(rows, columns, aliases)
    found = Features(found.pairs | more(WHOLE), found.clauses)
    probability = scorer.scores(found.pairs)
    signs, reported = scorer.any_link(found.pairs, probability)
    return found, probability, signs, reported, choose.accept(probability, threshold, reported)


def _sentences(plans: Sequence[Item], candidates: Sequence[Item]) -> More:
    from reconcile.matching import sentences

    return partial(sentences.features, plans, candidates)
