"""Teaching the encoder: each practice pair of reports is one step.

Every plan item chooses among all completions of its pair, or none of them; every completion among all plan items, or
none; likewise for the next plan. What is chosen wrongly is pushed away, so that look-alikes in the same report are what
the encoder learns from. In each step some of the second report is left out, to teach silence.

The lower half of the layers stays as it is and reads every text once. The upper half is kept in 16 bits, with 32-bit
copies that are what is optimised.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import torch
from msgspec.structs import replace
from torch import Tensor, nn
from torch.nn import functional

from bench.encoder.network import HALF, Encoder, run
from bench.encoder.optimiser import Optimiser
from bench.encoder.pieces import SPECIAL
from bench.quality.dataset import LabelledPair

PASSES = 5
_HEAD_RATE = 2e-3
_WARM_UP = 40
_LEFT_OUT = 0.12
_BATCH = 48

Read = Callable[[str], list[int]]
"""A text → the numbers of its pieces."""
Compare = Callable[[LabelledPair], Iterator[tuple[Tensor, Tensor]]]
"""A pair → logits and truth, for completions, then for next plans."""


class _True(Protocol):
    @property
    def true(self) -> bool: ...


Labelled = TypeVar("Labelled", bound=_True)
"""A case that is true or not."""


class Compared(NamedTuple):
    """Some texts as they are compared: all pieces and their weights one after another, how many are whose; wholes."""

    pieces: Tensor
    weights: Tensor
    lengths: Tensor
    wholes: Tensor


class Comparison(nn.Module):
    """How likely two texts speak of the same work, as a logit: three likenesses and a bias, apart for the next plan."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.full((3,), 10.0))
        self.bias = nn.Parameter(torch.zeros(2))

    def forward(self, plans: Compared, candidates: Compared, kind: int) -> Tensor:
        logits: Tensor = likenesses(plans, candidates) @ self.weights + self.bias[kind]
        return logits


def likenesses(plans: Compared, candidates: Compared) -> Tensor:
    """Plans × candidates × 3: pieces of the plan found, pieces of the candidate found, the whole."""
    near = plans.pieces @ candidates.pieces.T
    return torch.stack(
        [_found(near, plans, candidates), _found(near.T, candidates, plans).T, plans.wholes @ candidates.wholes.T], -1
    )


def _found(near: Tensor, texts: Compared, others: Compared) -> Tensor:
    """Texts × others: how near the nearest piece of the other is to each piece, by weight."""
    nearest = torch.segment_reduce(near.T.contiguous(), "max", lengths=others.lengths).T
    owner = torch.repeat_interleave(torch.arange(len(texts.lengths)), texts.lengths)
    weighed = nearest * texts.weights[:, None]
    return torch.zeros(len(texts.lengths), len(others.lengths)).index_add(0, owner, weighed)


def loss(logits: Tensor, truth: Tensor) -> Tensor:
    """How badly each row, then each column, chooses among its true partners, the others and none (logit 0)."""
    total = torch.zeros(())
    for scores, true in ((logits, truth), (logits.T, truth.T)):
        others = torch.cat([torch.zeros(len(scores), 1), scores.masked_fill(true, -1e4)], 1).logsumexp(1)
        row, column = true.nonzero(as_tuple=True)
        silent = ~true.any(1)
        if len(row):
            total = total + (torch.logaddexp(others[row], scores[row, column]) - scores[row, column]).mean()
        if silent.any():
            total = total + others[silent].mean()
    return total


class Trainer:
    """An encoder in training: its lower layers' view of each text, and the upper layers that change."""

    def __init__(self, encoder: Encoder, read: Read) -> None:
        self.encoder, self._read = encoder, read
        self.lower, self.upper = encoder.layers[:HALF], encoder.layers[HALF:].bfloat16()
        self.comparison = Comparison()
        self._halfway: dict[str, Tensor] = {}

    def compare(self, pair: LabelledPair) -> Iterator[tuple[Tensor, Tensor]]:
        """The logits of each plan item with each completion, then with each next plan; and the truth."""
        sides = (pair.plans, pair.completions, pair.next_plans)
        every = self.encode([item.text for item in pair.items])
        plans, *others = (
            _part(every, start, end) for start, end in pairwise(np.cumsum([0, *map(len, sides)]).tolist())
        )
        for kind, (side, truth) in enumerate(zip(others, (pair.links, pair.carried), strict=True)):
            if truth.shape[1]:
                yield self.comparison(plans, side, kind), torch.from_numpy(truth)

    def encode(self, texts: Sequence[str]) -> Compared:
        """What is compared of some texts, texts of like length read together."""
        self.read_halfway(texts)
        halfway = [self._halfway[text] for text in texts]
        order = sorted(range(len(texts)), key=lambda place: len(halfway[place]))
        found: list[tuple[Tensor, Tensor, Tensor]] = [()] * len(texts)  # type: ignore[list-item]
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            hidden = nn.utils.rnn.pad_sequence([halfway[place] for place in batch], batch_first=True)
            lengths = [len(halfway[place]) for place in batch]
            present = torch.arange(hidden.shape[1]) < torch.tensor(lengths)[:, None]
            compared = self.encoder.head(run(self.upper, hidden, present), present)
            for place, length, pieces, weights, whole in zip(batch, lengths, *compared, strict=True):
                found[place] = pieces[:length], weights[:length], whole
        pieces, weights, wholes = zip(*found, strict=True)
        lengths = torch.tensor([len(one) for one in weights])
        return Compared(torch.cat(pieces), torch.cat(weights), lengths, torch.stack(wholes))

    def read_halfway(self, texts: Sequence[str]) -> None:
        """Have the lower layers read the texts that they have not read yet."""
        new = sorted({text for text in texts if text not in self._halfway}, key=lambda text: (len(text), text))
        for start in range(0, len(new), _BATCH):
            batch = [torch.tensor(self._read(text)) for text in new[start : start + _BATCH]]
            numbers = nn.utils.rnn.pad_sequence(batch, batch_first=True, padding_value=SPECIAL["pad"])
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                hidden = run(self.lower, self.encoder.embedding(numbers), numbers != SPECIAL["pad"]).bfloat16()
            for text, own, one in zip(new[start:], hidden, batch, strict=False):
                self._halfway[text] = own[: len(one)].clone()

    def settle(self, pairs: Sequence[LabelledPair]) -> None:
        """Set the bias so that few pairs seem linked to begin with."""
        with torch.no_grad():
            high = [float(np.quantile(logits, 0.98)) for pair in pairs for logits, _ in self.compare(pair)]
        self.comparison.bias.data -= float(np.mean(high))


def _part(texts: Compared, start: int, end: int) -> Compared:
    """Some texts of many."""
    first, last = int(texts.lengths[:start].sum()), int(texts.lengths[:end].sum())
    return Compared(
        texts.pieces[first:last], texts.weights[first:last], texts.lengths[start:end], texts.wholes[start:end]
    )


def train(encoder: Encoder, read: Read, pairs: Sequence[LabelledPair], passes: int = PASSES) -> Iterator[str]:
    """Train the encoder on some pairs; yields lines that tell how far it is and how it does."""
    trainer = Trainer(encoder, read)
    trainer.settle(pairs[:4])
    head = [*encoder.head.parameters(), *trainer.comparison.parameters()]
    optimiser = Optimiser(trainer.upper, head, head_rate=_HEAD_RATE, warm_up=_WARM_UP, steps=passes * len(pairs))
    yield from taught(trainer.compare, optimiser.step, pairs, passes)
    trainer.upper.float()


def taught(compare: Compare, step: Callable[[], None], pairs: Sequence[LabelledPair], passes: int) -> Iterator[str]:
    """Take each pair once a pass, in another order each time, and `step` by what its loss says; yields how it goes."""
    order, chance = random.Random(0), np.random.default_rng(0)
    started, losses = time.monotonic(), []
    for turn in range(passes):
        for pair in order.sample(pairs, len(pairs)):
            total = sum((loss(*one) for one in compare(thinned(pair, chance))), torch.zeros(()))
            total.backward()
            step()
            losses.append(total.item())
            if len(losses) % 25 == 0:
                recent = np.mean(losses[-25:])
                yield f"pass {turn + 1}, step {len(losses)}: loss {recent:.2f}, {time.monotonic() - started:.0f} s"


def gathered(score: Callable[[Sequence[Labelled]], Tensor], ordered: Sequence[Labelled], batch: int) -> float:
    """Gather the gradients of some cases, so many neighbours read at once; gives the loss. `score` gives logits."""
    total = 0.0
    for start in range(0, len(ordered), batch):
        some = ordered[start : start + batch]
        true = torch.tensor([float(one.true) for one in some])
        loss = functional.binary_cross_entropy_with_logits(score(some), true, reduction="sum") / len(ordered)
        loss.backward()
        total += loss.item()
    return total


def thinned(pair: LabelledPair, chance: np.random.Generator) -> LabelledPair:
    """The pair with some items of the second report left out."""
    completions, next_plans = (
        np.flatnonzero(chance.random(len(side)) >= _LEFT_OUT) for side in (pair.completions, pair.next_plans)
    )
    return replace(
        pair,
        completions=tuple(pair.completions[place] for place in completions),
        next_plans=tuple(pair.next_plans[place] for place in next_plans),
        links=pair.links[:, completions],
        carried=pair.carried[:, next_plans],
    )
