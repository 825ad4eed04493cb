"""The table of words: every word is found, near words of plans and reports meet, an unknown word is spelled."""

from __future__ import annotations

import numpy as np
import pytest

from reconcile.language.tokens import idf
from reconcile.matching import lexicon
from reconcile.matching.vectors import DIMENSIONS, FILES, Meaning, keys_of, meaning


def _of(*words: str) -> Meaning:
    return meaning(words, np.array([idf(word) for word in words], np.float32))


def test_the_words_stand_in_the_order_of_their_keys() -> None:
    words, *tables = (np.load(lexicon.DATA / name) for name in FILES)
    keys = keys_of(words)
    assert np.all(keys[:-1] < keys[1:])
    assert all(len(table) == len(keys) for table in tables)


@pytest.mark.parametrize(
    ("plan", "better", "worse"), [("学校", "教师", "排水"), ("考试", "笔试", "绿化"), ("竣工", "完工", "座谈")]
)
def test_words_of_one_work_are_near_across_the_two_spaces(plan: str, better: str, worse: str) -> None:
    points = _of(plan, better, worse).points
    assert points[0, 0] @ points[1, 1] > points[0, 0] @ points[2, 1]
    assert np.allclose(np.linalg.norm(points, axis=2), 1, atol=0.05)


def test_what_every_report_says_tells_less_than_what_one_is_about() -> None:
    weights = _of("工作", "水葫芦").weights
    assert np.all(weights[0] < weights[1])


def test_an_unknown_word_is_the_mean_of_its_characters() -> None:
    found = _of("桥厂桥厂桥厂", "桥", "厂", "xyz")
    word, first, second, nothing = found.points[:, 0]
    assert word @ first > 0.5 < word @ second
    assert not nothing.any()
    assert found.weights[3].max() < 1e-6 < found.weights[0].min()
    assert _of().points.shape == (0, 2, DIMENSIONS)
