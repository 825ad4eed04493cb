"""scikit-learn's TF-IDF over words, alone and with scipy's best assignment (the Hungarian method)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.quality.baselines.segment import words
from bench.quality.dataset import LabelledPair, Mask
from bench.quality.matcher import Matcher, Matrix, Scores
from reconcile.model.reports import Item


class Tfidf(Matcher):
    """Cosine of TF-IDF vectors; weights come from the pair itself, as there is no label in them."""

    def score(self, pair: LabelledPair) -> Scores:
        vectorizer = TfidfVectorizer(analyzer=words, sublinear_tf=True)
        vectorizer.fit([item.text for item in (*pair.plans, *pair.completions, *pair.next_plans)])

        def cosine(others: Sequence[Item]) -> Matrix:
            left, right = (vectorizer.transform([item.text for item in items]) for items in (pair.plans, others))
            return np.asarray((left @ right.T).toarray(), np.float64)

        return Scores(cosine(pair.completions), cosine(pair.next_plans))


class TfidfHungarian(Tfidf):
    """One completion at most for each plan item, chosen to the greatest sum."""

    def choose(self, scores: Matrix, threshold: float) -> Mask:
        chosen = np.zeros(scores.shape, bool)
        rows, columns = linear_sum_assignment(scores, maximize=True)
        chosen[rows, columns] = True
        return chosen & (scores >= threshold)
