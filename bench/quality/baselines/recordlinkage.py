"""The Python Record Linkage Toolkit: its string comparisons on office and text, its supervised classifier."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import pandas as pd
import recordlinkage
from recordlinkage import Compare, LogisticRegressionClassifier

from bench.quality.baselines.segment import segmented
from bench.quality.dataset import LabelledPair
from bench.quality.matcher import Matcher, Matrix, Scores
from reconcile.model.reports import Item

logging.getLogger("recordlinkage").setLevel(logging.ERROR)


class RecordLinkage(Matcher):
    """The probability of a match by logistic regression over every pair of records inside a pair of reports."""

    probabilistic = True

    def fit(self, pairs: Sequence[LabelledPair]) -> None:
        features = pd.concat([compare(pair.plans, pair.completions) for pair in pairs], keys=range(len(pairs)))
        truth = np.concatenate([pair.links.ravel() for pair in pairs])
        self.classifier = LogisticRegressionClassifier()
        self.classifier.fit(features, features.index[truth])

    def score(self, pair: LabelledPair) -> Scores:
        return Scores(self._predict(pair.plans, pair.completions), self._predict(pair.plans, pair.next_plans))

    def _predict(self, plans: Sequence[Item], others: Sequence[Item]) -> Matrix:
        probabilities = self.classifier.prob(compare(plans, others))
        return np.asarray(probabilities, np.float64).reshape(len(plans), len(others))


def compare(plans: Sequence[Item], others: Sequence[Item]) -> pd.DataFrame:
    """One row a pair of records, plan by plan; one column a comparison."""
    left, right = frame(plans), frame(others)
    candidates = recordlinkage.Index().full().index(left, right).sort_values()
    comparison = Compare()
    comparison.exact("office", "office", label="office")
    comparison.string("office", "office", method="jarowinkler", label="office_jarowinkler")
    comparison.string("text", "text", method="jarowinkler", label="jarowinkler")
    comparison.string("text", "text", method="qgram", label="qgram")
    comparison.string("words", "words", method="cosine", label="cosine")
    return comparison.compute(candidates, left, right)


def frame(items: Sequence[Item]) -> pd.DataFrame:
    """One row an item; segmented words beside the text, for comparisons by words."""
    return pd.DataFrame(
        {"office": [i.office for i in items], "text": [i.text for i in items], "words": segmented(items)}
    )
