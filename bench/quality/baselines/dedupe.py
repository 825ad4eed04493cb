"""dedupe's RecordLink, its classifier trained on labelled pairs of records as if a person had answered its questions.

Its own blocking stays out: at this size it could only take candidates away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dedupe
import numpy as np
from dedupe import variables

from bench.quality.baselines.segment import words
from bench.quality.dataset import LabelledPair
from bench.quality.matcher import Matcher, Matrix, Scores
from reconcile.model.reports import Item

Record = dict[str, Any]


class Dedupe(Matcher):
    """The probability of a match by dedupe's distances and classifier."""

    probabilistic = True

    def fit(self, pairs: Sequence[LabelledPair]) -> None:
        corpus = [record["words"] for pair in pairs for record in records((*pair.plans, *pair.completions)).values()]
        fields = [
            variables.String("office"),
            variables.String("text"),
            variables.Text("text"),
            variables.Set("words", corpus=corpus),
        ]
        self.linker = dedupe.RecordLink(fields, num_cores=1)
        matches, others = examples(pairs)
        self.linker.classifier.n_jobs = 1
        distances = self.linker.data_model.distances(matches + others)
        self.linker.classifier.fit(distances, np.repeat([1, 0], [len(matches), len(others)]))

    def score(self, pair: LabelledPair) -> Scores:
        return Scores(self._predict(pair.plans, pair.completions), self._predict(pair.plans, pair.next_plans))

    def _predict(self, plans: Sequence[Item], others: Sequence[Item]) -> Matrix:
        left, right = records(plans), records(others)
        pairs = [(a, b) for a in left.values() for b in right.values()]
        return np.asarray(self.linker.classifier.predict_proba(self.linker.data_model.distances(pairs))[:, 1]).reshape(
            len(left), len(right)
        )


def records(items: Sequence[Item]) -> dict[int, Record]:
    """One record an item; an absent office is None, as dedupe wants it."""
    return {
        place: {"office": item.office or None, "text": item.text, "words": tuple(sorted(set(words(item.text))))}
        for place, item in enumerate(items)
    }


def examples(pairs: Sequence[LabelledPair]) -> tuple[list[tuple[Record, Record]], list[tuple[Record, Record]]]:
    """Every true link, and the unlinked candidate most alike in words of every plan item: what dedupe would ask."""
    matches, others = [], []
    for pair in pairs:
        left, right = records(pair.plans), records(pair.completions)
        shared = np.array([[len({*a["words"]} & {*b["words"]}) for b in right.values()] for a in left.values()])
        shared[pair.links] = -1
        matches += [(left[row], right[column]) for row, column in np.argwhere(pair.links).tolist()]
        others += [(left[row], right[int(column)]) for row, column in enumerate(shared.argmax(1))]
    return matches, others
