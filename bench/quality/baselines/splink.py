"""Splink on DuckDB: Fellegi–Sunter over the office, the share of words in common and a string distance.

Set up as the documentation advises where labels are at hand: u from random pairs, m from pairwise labels, the prior
from the share of true links; records are compared inside their pair of reports only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel, NullLevel

from bench.quality.baselines.segment import words
from bench.quality.dataset import LabelledPair
from bench.quality.matcher import Matcher, Matrix, Scores
from reconcile.model.reports import Item

logging.getLogger("splink").setLevel(logging.ERROR)


SHARE = "len(list_intersect(words_l, words_r)) / len(list_distinct(list_concat(words_l, words_r)))"
LEVELS = [CustomLevel(f"{SHARE} >= {least}", str(least)) for least in (0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05)]
"""The share of words in common: this told more than their number, a Jaccard of characters or term frequencies."""


class Splink(Matcher):
    """The probability of a match, as Splink gives it."""

    probabilistic = True

    def fit(self, pairs: Sequence[LabelledPair]) -> None:
        cells = sum(pair.links.size for pair in pairs)
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[
                cl.ExactMatch("office"),
                cl.CustomComparison([NullLevel("words"), *LEVELS, ElseLevel()], "words"),
                cl.JaroWinklerAtThresholds("text", [0.8, 0.7, 0.6]),
            ],
            blocking_rules_to_generate_predictions=[block_on("pair")],
            probability_two_random_records_match=sum(int(pair.links.sum()) for pair in pairs) / cells,
        )
        database = DuckDBAPI()
        linker = Linker(
            [
                database.register(records((pair.name, pair.plans) for pair in pairs), dataset_display_name="plans"),
                database.register(
                    records((pair.name, pair.completions) for pair in pairs), dataset_display_name="done"
                ),
            ],
            settings,
            log_level=logging.ERROR,
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        labels = linker.table_management.register_table(labelled(pairs), "labels")
        linker.training.estimate_m_from_pairwise_labels(labels)
        self.model: dict[str, Any] = linker.misc.save_model_to_json()

    def score(self, pair: LabelledPair) -> Scores:
        return self.score_all([pair])[0]

    def score_all(self, pairs: Sequence[LabelledPair]) -> list[Scores]:
        links = self._predict([(pair.name, pair.plans, pair.completions) for pair in pairs])
        carry = self._predict([(pair.name, pair.plans, pair.next_plans) for pair in pairs])
        return [Scores(links[pair.name], carry[pair.name]) for pair in pairs]

    def _predict(self, cases: Sequence[tuple[str, Sequence[Item], Sequence[Item]]]) -> dict[str, Matrix]:
        database = DuckDBAPI()
        tables = [
            database.register(records(sides), dataset_display_name=name)
            for name, sides in (
                ("plans", [(pair, plans) for pair, plans, _ in cases]),
                ("others", [(pair, others) for pair, _, others in cases]),
            )
        ]
        linker = Linker(tables, self.model, log_level=logging.ERROR)
        found = linker.inference.predict().as_pandas_dataframe()
        scores = {pair: np.zeros((len(plans), len(others))) for pair, plans, others in cases}
        columns = ("source_dataset_l", "unique_id_l", "unique_id_r", "match_probability")
        for first, left, right, probability in zip(*(found[name] for name in columns), strict=True):
            plan, other = (left, right) if first == "plans" else (right, left)
            pair, row = plan.rsplit("#", 1)
            scores[pair][int(row), int(other.rsplit("#", 1)[1])] = probability
        return scores


def records(reports: Iterable[tuple[str, Sequence[Item]]]) -> pd.DataFrame:
    """One row an item; its id is its place in its pair."""
    return pd.DataFrame(
        [
            {"unique_id": f"{pair}#{place}", "pair": pair, "office": item.office, "text": item.text}
            | {"words": sorted(set(words(item.text)))}
            for pair, items in reports
            for place, item in enumerate(items)
        ]
    )


def labelled(pairs: Sequence[LabelledPair]) -> pd.DataFrame:
    """The true links, in the form Splink asks for."""
    return pd.DataFrame(
        [
            {"source_dataset_l": "plans", "unique_id_l": f"{pair.name}#{plan}"}
            | {"source_dataset_r": "done", "unique_id_r": f"{pair.name}#{completion}"}
            for pair in pairs
            for plan, completion in np.argwhere(pair.links)
        ]
    )
