"""Teaching the small network that reads a plan item and a candidate word against word (`reconcile.matching.aligned`).

It sees what it will be asked: the candidates that rank first for a plan item, the plan items that rank first for a
candidate, and all that are true. Its words are where the encoder puts them, not where the spaces of
`bench.words.spaces` do: those know these pairs by heart.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bench.encoder.train import gathered
from bench.quality.dataset import LabelledPair
from reconcile.matching import aligned, likeness, texts
from reconcile.matching.features import compared
from reconcile.matching.grid import WHOLE
from reconcile.matching.standing import standing
from reconcile.matching.vectors import UNTAUGHT

ROUNDS, PASSES = 2, 6
"""In each round the rate rises and falls again."""
_WIDTH, _NARROW = 96, 48
_SIGNS = 2
_RATE, _WARM_UP, _BATCH = 1.2e-3, 200, 128
_DROPPED, _WORDS_DROPPED = 0.3, 0.1
_LOUDER = 4.0
"""The vectors of words have length one; so many times that they are read."""
_FAR = -1e4


class Words(NamedTuple):
    """The known words of an item: words × `UNTAUGHT`, and words × 2 signs; or those of many items, padded."""

    untaught: Tensor
    signs: Tensor


class Two(NamedTuple):
    """A plan item and a candidate, and whether they speak of the same work."""

    plan: Words
    candidate: Words
    true: bool


class Aligned(nn.Module):
    """The network as `reconcile.matching.aligned` evaluates it: texts × words → a logit each."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(UNTAUGHT + _SIGNS, _WIDTH)
        self.neighbours = nn.Linear(3 * _WIDTH, _WIDTH)
        self.turn = nn.Linear(_WIDTH, _NARROW, bias=False)
        self.sharp = nn.Parameter(torch.tensor([10.0, 5.0]))
        self.compare = nn.Linear(4 * _WIDTH + 2 * _SIGNS, _WIDTH)
        self.again = nn.Linear(_WIDTH, _WIDTH)
        self.gate = nn.Linear(_WIDTH, 1, bias=False)
        self.judge = nn.Linear(4 * _WIDTH, _WIDTH)
        self.out = nn.Linear(_WIDTH, 1)
        self.sides = nn.ParameterDict({name: nn.Parameter(torch.zeros(2, _WIDTH)) for name in ("enter", "compare")})

    def forward(self, plans: Words, candidates: Words, legible: tuple[Tensor, Tensor]) -> Tensor:
        sides = tuple(self._kept(one) for one in legible)
        words = (plans, candidates)
        read = [self._read(one, kept, side) for side, (one, kept) in enumerate(zip(words, sides, strict=True))]
        turned = [functional.normalize(self.turn(one), dim=-1) for one in read]
        both = sides[0][:, :, None] & sides[1][:, None, :]
        near = torch.stack([words[0].untaught @ words[1].untaught.mT, turned[0] @ turned[1].mT], -1)
        near = near.masked_fill(~both[..., None], 0)
        mine = self._beside(0, read, near, both, plans.signs, sides[0])
        theirs = self._beside(1, read[::-1], near.transpose(1, 2), both.mT, candidates.signs, sides[1])
        whole = functional.relu(self.judge(torch.cat([*mine, *theirs], 1)))
        logits: Tensor = self.out(self._dropped(whole))
        return logits.squeeze(-1)

    def _kept(self, legible: Tensor) -> Tensor:
        """The words that are read: while teaching not all of them, but always the first."""
        if not self.training:
            return legible
        kept = torch.rand(legible.shape) >= _WORDS_DROPPED
        kept[:, 0] = True
        return legible & kept

    def _read(self, words: Words, kept: Tensor, side: int) -> Tensor:
        loud = torch.cat([_LOUDER * self._dropped(words.untaught), words.signs], -1)
        entered = (self.enter(loud) + self.sides["enter"][side]) * kept[..., None]
        around = functional.pad(entered, (0, 0, 1, 1))
        beside = self.neighbours(torch.cat([around[:, :-2], entered, around[:, 2:]], -1))
        return self._dropped(entered + functional.relu(beside)) * kept[..., None]

    def _beside(
        self, side: int, read: Sequence[Tensor], near: Tensor, both: Tensor, signs: Tensor, kept: Tensor
    ) -> tuple[Tensor, Tensor]:
        words, others = read
        shares = torch.softmax((near @ self.sharp).masked_fill(~both, _FAR), -1)
        met = shares @ others
        seen = torch.cat([words, met, words * met, (words - met).abs(), functional.relu(near.amax(2)), signs], -1)
        compared = self._dropped(functional.relu(self.compare(seen) + self.sides["compare"][side]))
        compared = functional.relu(self.again(compared))
        gate = torch.softmax(self.gate(compared).squeeze(-1).masked_fill(~kept, _FAR), 1)
        return (compared * gate[..., None]).sum(1), compared.masked_fill(~kept[..., None], 0).amax(1)

    def _dropped(self, values: Tensor) -> Tensor:
        return functional.dropout(values, _DROPPED, self.training)


def twos(pair: LabelledPair) -> list[Two]:
    """What is read word against word of a pair of reports, and all that is true in it."""
    found = []
    for candidates, truth in ((pair.completions, pair.links), (pair.next_plans, pair.carried)):
        if not candidates:
            continue
        sides = texts.read(pair.plans), texts.read(candidates)
        weighing = likeness.weigh(*sides)
        weights = weighing.words.plans, weighing.words.candidates
        plans, others = (_words(side, own) for side, own in zip(sides, weights, strict=True))
        alike, _ = compared(*sides, weighing, {})
        wanted = aligned.come_first(standing(alike, WHOLE)) | truth
        found += [
            Two(plans[row], others[column], bool(truth[row, column]))
            for row, column in zip(*wanted.nonzero(), strict=True)
        ]
    return [two for two in found if len(two.plan.signs) and len(two.candidate.signs)]


def _words(side: texts.Side, weight: NDArray[Any]) -> list[Words]:
    legible = aligned.legible(side, weight)
    untaught, signs = torch.from_numpy(legible.untaught), torch.from_numpy(legible.signs)
    return [Words(untaught[start:end], signs[start:end]) for start, end in pairwise(legible.bounds.tolist())]


def train(network: Aligned, pairs: Sequence[LabelledPair], passes: int = PASSES, seed: int = 0) -> Iterator[str]:
    """Train the network one round on some pairs of reports; yields lines that tell how far it is and how it does."""
    listed = [two for pair in pairs for two in twos(pair)]
    steps = passes * (len(listed) // _BATCH)
    adam = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: min((step + 1) / _WARM_UP, max(1 - step / steps, 0.01)))
    order, started, losses = random.Random(seed), time.monotonic(), []
    network.train()
    for turn in range(passes):
        order.shuffle(listed)
        for start in range(0, len(listed) - _BATCH, _BATCH):
            losses.append(_teach(network, listed[start : start + _BATCH]))
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            rate.step()
            adam.zero_grad()
        yield f"pass {turn + 1}: loss {np.mean(losses[-500:]):.3f}, {time.monotonic() - started:.0f} s"
    network.eval()


def _teach(network: Aligned, batch: Sequence[Two]) -> float:
    """Gather the gradients of some texts, those of like length read at once; gives the loss."""
    ordered = sorted(batch, key=lambda two: len(two.plan.signs) + len(two.candidate.signs))
    return gathered(lambda some: score(network, some), ordered, _BATCH // 2)


def score(network: Aligned, some: Sequence[Two]) -> Tensor:
    """The logits of some plan items and candidates."""
    plans, candidates = [two.plan for two in some], [two.candidate for two in some]
    logits: Tensor = network(_padded(plans), _padded(candidates), (_legible(plans), _legible(candidates)))
    return logits


def _padded(items: Sequence[Words]) -> Words:
    untaught, signs = zip(*items, strict=True)
    return Words(nn.utils.rnn.pad_sequence(untaught, True), nn.utils.rnn.pad_sequence(signs, True))


def _legible(items: Sequence[Words]) -> Tensor:
    lengths = torch.tensor([len(item.signs) for item in items])
    return torch.arange(int(lengths.max())) < lengths[:, None]


def weights(network: Aligned) -> dict[str, NDArray[np.float16]]:
    """The weights as `reconcile.matching.aligned` reads them."""
    state = {name: value.detach().clone() for name, value in network.state_dict().items()}
    state["enter.weight"][:, :UNTAUGHT] *= _LOUDER
    for name, sides in network.sides.items():
        state[f"{name}.bias"] = state[f"{name}.bias"] + sides.detach()
    named = {name.removesuffix(".weight").replace(".", "_"): value for name, value in state.items()}
    return {name: named[name].numpy().astype(np.float16) for name in aligned.Network.__struct_fields__}
