"""Teaching words: what each means in a plan, what it means in a report, and how much it tells.

Two items are compared word by word, as the encoder compares them piece by piece (`bench.encoder.train`): each word of
one looks for the nearest of the other. A word starts from the vector an encoder gives it by itself; two maps, learned
for all words, turn it into a point of the space of plans and a point of the space of reports, and each word is then
moved by itself. So 招标 in a plan comes to lie near 中标 in a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bench.encoder.train import Compared, Comparison, taught
from bench.quality.dataset import LabelledPair
from bench.words.vocabulary import COMMONEST, spelled
from reconcile.language.tokens import content_words_of, idf
from reconcile.matching import texts
from reconcile.matching.vectors import DIMENSIONS, rareness

PASSES = 4
RATE, COMPARING_RATE = 2e-3, 2e-2
_START = -14.0
"""The bias of the comparison to begin with, at which few pairs seem linked."""

Words = dict[str, list[str]]
"""An item's text → its words."""


class Spaces(nn.Module):
    """The points of all words in both spaces, and how much each pulls; `base` has a row a word."""

    def __init__(self, base: Tensor) -> None:
        super().__init__()
        self.base = base
        axes = torch.linalg.svd(base[:COMMONEST], full_matrices=False)[2][:DIMENSIONS]
        self.maps = nn.Parameter(axes.repeat(2, 1, 1))
        self.telling = nn.Parameter(torch.zeros(2, base.shape[1]))
        self.level = nn.Parameter(torch.full((2,), 4.0))
        self.moved = nn.Parameter(torch.zeros(len(base), DIMENSIONS))
        self.pulled = nn.Parameter(torch.zeros(len(base), 2))

    def points(self, rows: Tensor, side: int) -> Tensor:
        """Where some words lie in the space of plans (0) or of reports (1): unit vectors."""
        return functional.normalize(self.base[rows] @ self.maps[side].T + self.moved[rows], dim=-1)

    def pulls(self, rows: Tensor, side: int) -> Tensor:
        """How much some words tell, before their rarity is added."""
        return 4 * self.base[rows] @ self.telling[side] + self.level[side] + self.pulled[rows, side]


class Trainer:
    """The spaces in training, and how each word is spelled: by its own row, or by those of its characters."""

    def __init__(self, spaces: Spaces, known: Sequence[str], words: Words) -> None:
        self.spaces, self.comparison = spaces, Comparison()
        self.comparison.bias.data += _START
        place = {word: row for row, word in enumerate(known)}
        every = sorted({word for own in words.values() for word in own})
        self._spelled = {word: rows for word in every if (rows := spelled(word, place))}
        self._words = {text: [word for word in own if word in self._spelled] for text, own in words.items()}
        self._rarity = {word: float(rareness(np.array([idf(word)]))[0]) for word in self._spelled}

    def compare(self, pair: LabelledPair) -> Iterator[tuple[Tensor, Tensor]]:
        """The logits of each plan item with each completion, then with each next plan; and the truth."""
        plans = self._read([item.text for item in pair.plans], 0)
        for kind, (side, truth) in enumerate(((pair.completions, pair.links), (pair.next_plans, pair.carried))):
            if truth.shape[1]:
                others = self._read([item.text for item in side], 1)
                yield self.comparison(plans, others, kind), torch.from_numpy(truth)

    def _read(self, read: Sequence[str], side: int) -> Compared:
        tokens = [self._words[text] for text in read]
        distinct = sorted({word for own in tokens for word in own})
        place = {word: row for row, word in enumerate(distinct)}
        points, weights = self._meaning(distinct, side)
        lengths = torch.tensor([max(len(own), 1) for own in tokens])
        chosen = torch.tensor([place[word] for own in tokens for word in own or distinct[:1]])
        owner = torch.repeat_interleave(torch.arange(len(tokens)), lengths)
        own_weights = weights[chosen]
        total = torch.zeros(len(tokens)).index_add(0, owner, own_weights)
        shares = own_weights / total[owner]
        mixed = torch.zeros(len(tokens), DIMENSIONS).index_add(0, owner, points[chosen] * shares[:, None])
        return Compared(points[chosen], shares, lengths, functional.normalize(mixed, dim=1))

    def _meaning(self, words: Sequence[str], side: int) -> tuple[Tensor, Tensor]:
        rows = torch.tensor([row for word in words for row in self._spelled[word]])
        counts = torch.tensor([len(self._spelled[word]) for word in words])
        owner = torch.repeat_interleave(torch.arange(len(words)), counts)
        points = torch.zeros(len(words), DIMENSIONS).index_add(0, owner, self.spaces.points(rows, side))
        pulls = torch.zeros(len(words)).index_add(0, owner, self.spaces.pulls(rows, side)) / counts
        rare = torch.tensor([self._rarity[word] for word in words])
        return functional.normalize(points, dim=1), functional.softplus(pulls + rare)


def words_of(pairs: Sequence[LabelledPair]) -> Words:
    """The words of every item, as the product reads them."""
    clauses = {item.text: texts.clauses_of(item) for pair in pairs for item in pair.items}
    words = iter(content_words_of([clause for own in clauses.values() for clause in own]))
    return {text: sorted({word for _ in own for word in next(words)}) for text, own in clauses.items()}


def train(trainer: Trainer, pairs: Sequence[LabelledPair], passes: int = PASSES) -> Iterator[str]:
    """Train on some pairs, one a step; yields lines that tell how it does."""
    groups = [
        {"params": trainer.spaces.parameters(), "lr": RATE},
        {"params": trainer.comparison.parameters(), "lr": COMPARING_RATE},
    ]
    adam = torch.optim.AdamW(groups, weight_decay=1e-3)
    steps = passes * len(pairs)
    rate = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: max(1 - step / steps, 0.02))

    def step() -> None:
        adam.step()
        rate.step()
        adam.zero_grad()

    yield from taught(trainer.compare, step, pairs, passes)


def table(spaces: Spaces) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """The points of all words as bytes (words × spaces × dimensions), and how much they pull (words × spaces)."""
    every = torch.arange(len(spaces.base))
    with torch.no_grad():
        points = torch.stack([spaces.points(every, side) for side in (0, 1)], 1).numpy()
        pulls = torch.stack([spaces.pulls(every, side) for side in (0, 1)], 1).numpy()
    return in_bytes(points), pulls.astype(np.float16)


def in_bytes(points: NDArray[np.float32]) -> NDArray[np.int8]:
    """Points as bytes, the largest number of all 127."""
    stored: NDArray[np.int8] = np.round(points * (127 / np.abs(points).max())).astype(np.int8)
    return stored
