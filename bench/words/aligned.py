"""Teaching the small network that reads a plan item and a candidate word against word (`reconcile.matching.aligned`).

It sees what it will be asked: the candidates that rank first for a plan item, the plan items that rank first for a
candidate, and all that are true; and short items made of these. It reads words from where the encoder puts them. How
near two words lie by what was taught (`bench.words.spaces`) it is told too, by spaces that were taught with other
pairs: those taught with the same ones know them by heart, and it would learn to trust them blindly.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
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
from reconcile.matching.ranking import ranking
from reconcile.matching.vectors import UNTAUGHT, Table, meaning
from reconcile.model.reports import Item

ROUNDS, PASSES = 2, 6
"""In each round the rate rises and falls again."""
_WIDTH, _NARROW = 96, 48
_SIGNS, _NEAR = 3, 3
_RATE, _WARM_UP, _BATCH = 1.2e-3, 200, 128
_DROPPED, _WORDS_DROPPED = 0.3, 0.1
_LOUDER = 4.0
"""The vectors of words have length one; so many times that they are read."""
_FAR = -1e4
_RESTATED = 8
"""So many plan items of a pair of reports are said again in short words."""
_SHORT, _SHORTER = 6, 4
_TURNED, _AMONG_OTHERS = 0.6, 0.4


class Words(NamedTuple):
    """The known words of an item: × `UNTAUGHT`, × `DIMENSIONS`, × 3 signs; or those of many items, padded."""

    untaught: Tensor
    taught: Tensor
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
        self.sharp = nn.Parameter(torch.tensor([7.0, 5.0, 5.0]))
        self.compare = nn.Linear(4 * _WIDTH + _NEAR + _SIGNS, _WIDTH)
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
        meet = [(plans.untaught, candidates.untaught), (plans.taught, candidates.taught), turned]
        near = torch.stack([mine @ theirs.mT for mine, theirs in meet], -1)
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


def twos(pair: LabelledPair, table: Table) -> list[Two]:
    """What is read word against word of a pair of reports, and all that is true in it.

    The table says what words mean; it must not have been taught by this pair.
    """
    found = []
    for candidates, truth in ((pair.completions, pair.links), (pair.next_plans, pair.carried)):
        if not candidates:
            continue
        sides = _side(pair.plans, table), _side(candidates, table)
        weighing = likeness.weigh(*sides)
        weights = weighing.words.plans, weighing.words.candidates
        plans, others = (_words(side, own, place) for place, (side, own) in enumerate(zip(sides, weights, strict=True)))
        alike, _ = compared(*sides, weighing, {})
        wanted = aligned.come_first(ranking(alike, WHOLE)) | truth
        found += [
            Two(plans[row], others[column], bool(truth[row, column]))
            for row, column in zip(*wanted.nonzero(), strict=True)
        ]
    return [two for two in found if len(two.plan.signs) and len(two.candidate.signs)]


def restated(pair: LabelledPair, table: Table, choice: random.Random) -> list[Two]:
    """Short items, as terse reports have them, which the pairs of reports have few of.

    Some words of a plan item are said again, now and then turned round or among other words (编制预算, 完成预算编制);
    beside them stand words of another item, and such of which a single one is the same.
    """
    side = _side(pair.plans, table)
    weight = likeness.weigh(side, side).words.plans
    plans, again = (_words(side, weight, place) for place in (0, 1))
    legible = [place for place, words in enumerate(plans) if len(words.signs) > 1]
    found = []
    for place in choice.sample(legible, min(_RESTATED, len(legible))):
        own = _run(choice, len(plans[place].signs), _SHORT)
        others = choice.choice([other for other in legible if other != place] or [place])
        other = _some(again[others], _run(choice, len(again[others].signs), _SHORTER))
        start = choice.randrange(len(own)) if choice.random() < _TURNED else 0
        told = _some(again[place], own[start:] + own[:start])
        if choice.random() < _AMONG_OTHERS:
            told = _joined(told, other)
        plan = _some(plans[place], own)
        alike = _joined(_some(again[place], [choice.choice(own)]), other)
        found += [Two(plan, told, True), Two(plan, other, False)]
        if len(own) > 1 and len(other.signs) > 1:
            found.append(Two(plan, alike, False))
    return found


def _run(choice: random.Random, length: int, most: int) -> list[int]:
    """Some words that follow each other."""
    count = choice.randint(1, min(most, length))
    start = choice.randrange(length - count + 1)
    return list(range(start, start + count))


def _some(words: Words, places: Sequence[int]) -> Words:
    return Words(*(values[list(places)] for values in words))


def _joined(words: Words, others: Words) -> Words:
    return Words(*(torch.cat(both) for both in zip(words, others, strict=True)))


def _side(items: Sequence[Item], table: Table) -> texts.Side:
    side = texts.read(items)
    return msgspec.structs.replace(side, meaning=meaning([str(name) for name in side.words.names], side.telling, table))


def _words(side: texts.Side, weight: NDArray[Any], place: int) -> list[Words]:
    legible = aligned.legible(side, weight, place)
    every = [torch.from_numpy(values) for values in (legible.untaught, legible.taught, legible.signs)]
    return [Words(*(values[start:end] for values in every)) for start, end in pairwise(legible.bounds.tolist())]


def train(network: Aligned, twos: Sequence[Two], passes: int = PASSES, seed: int = 0) -> Iterator[str]:
    """Train the network one round; yields lines that tell how far it is and how it does."""
    listed = list(twos)
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
    return Words(*(nn.utils.rnn.pad_sequence(values, True) for values in zip(*items, strict=True)))


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
