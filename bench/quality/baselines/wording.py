"""rapidfuzz on whole items: the first thing anyone tries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from bench.quality.baselines.segment import segmented
from bench.quality.dataset import LabelledPair
from bench.quality.matcher import Matcher, Matrix, Scores
from reconcile.model.reports import Item


class Wording(Matcher):
    """One rapidfuzz scorer over one form of the texts."""

    def __init__(self, scorer: Callable[..., float], texts: Callable[[Sequence[Item]], list[str]]) -> None:
        self.scorer = scorer
        self.texts = texts

    def score(self, pair: LabelledPair) -> Scores:
        return Scores(self._alike(pair.plans, pair.completions), self._alike(pair.plans, pair.next_plans))

    def _alike(self, plans: Sequence[Item], others: Sequence[Item]) -> Matrix:
        scores = process.cdist(self.texts(plans), self.texts(others), scorer=self.scorer, dtype=np.float64)
        return np.asarray(scores / 100, np.float64)


def raw(items: Sequence[Item]) -> list[str]:
    """The texts of items as they are."""
    return [item.text for item in items]


class Ratio(Wording):
    """`fuzz.ratio`: edits by character."""

    def __init__(self) -> None:
        super().__init__(fuzz.ratio, raw)


class TokenSetRatio(Wording):
    """`fuzz.token_set_ratio` on the text as it is."""

    def __init__(self) -> None:
        super().__init__(fuzz.token_set_ratio, raw)


class SegmentedTokenSetRatio(Wording):
    """`fuzz.token_set_ratio` on segmented text."""

    def __init__(self) -> None:
        super().__init__(fuzz.token_set_ratio, segmented)
