"""The table of word vectors: every word is found, and a word that is not in it is spelled by its characters."""

from __future__ import annotations

import numpy as np

from reconcile.matching import lexicon
from reconcile.matching.vectors import keys_of, vectors


def test_the_words_stand_in_the_order_of_their_keys() -> None:
    keys = keys_of(np.load(lexicon.DATA / "words.npy"))
    assert np.all(keys[:-1] < keys[1:])
    assert len(keys) == len(np.load(lexicon.DATA / "vectors.npy"))


def test_near_words_have_near_vectors() -> None:
    school, teacher, drainage = vectors(["学校", "教师", "排水"])
    assert school @ teacher > school @ drainage
    assert np.allclose([school @ school, drainage @ drainage], 1)


def test_an_unknown_word_is_the_mean_of_its_characters() -> None:
    word, first, second, nothing = vectors(["桥厂桥厂桥厂", "桥", "厂", "xyz"])
    assert word @ first > 0.5 < word @ second
    assert not nothing.any()
    assert vectors([]).shape == (0, len(word))
