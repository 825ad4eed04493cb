"""Teaching the network that reads two texts together: each teaching pair of reports is one step.

It sees what it will be asked: the candidates that lie nearest a plan item, as the encoder reads them, and the plan
items nearest a candidate; true ones among them, and look-alikes beside silence.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from bench.encoder.joint import Joint
from bench.encoder.optimiser import Optimiser
from bench.encoder.train import gathered
from bench.quality.dataset import LabelledPair
from reconcile.matching import encoder as reading
from reconcile.matching import sentences
from reconcile.matching.encoder import SIDES, Sentence
from reconcile.model.reports import Kind

STEPS = 1500
_HEAD_RATE, _WARM_UP = 5e-4, 60
_MOST = {Kind.COMPLETION: 60, Kind.PLAN: 30}
"""So many pairs of items of a pair of reports are read in one step."""
_BATCH = 32


class Two(NamedTuple):
    """A plan item and a candidate, half read: pieces × 384 each; the kind of the candidate, and whether it is true."""

    plan: Tensor
    candidate: Tensor
    kind: Kind
    true: bool


def train(joint: Joint, pairs: Sequence[LabelledPair], steps: int = STEPS) -> Iterator[str]:
    """Train the network on some pairs; yields lines that tell how far it is and how it does."""
    twos = [_twos(pair) for pair in pairs]
    joint.meeting.mean = torch.cat([one.plan for some in twos for one in some[::20]]).float().mean(0)
    joint.layers.bfloat16()
    head = [one for name, one in joint.named_parameters() if not name.startswith("layers.")]
    optimiser = Optimiser(joint.layers, head, head_rate=_HEAD_RATE, warm_up=_WARM_UP, steps=steps)
    order, started, losses = random.Random(1), time.monotonic(), []
    waiting: list[int] = []
    for step in range(steps):
        waiting = waiting or order.sample(range(len(twos)), len(twos))
        losses.append(_teach(joint, _some(twos[waiting.pop()], order)))
        optimiser.step()
        if (step + 1) % 50 == 0:
            yield f"step {step + 1}: loss {np.mean(losses[-50:]):.3f}, {time.monotonic() - started:.0f} s"
    joint.layers.float()


def _twos(pair: LabelledPair) -> list[Two]:
    """What is read together of a pair of reports: the nearest, and all that are true."""
    found = []
    plans = reading.read([item.text for item in pair.plans])
    for side, truth in ((pair.completions, pair.links), (pair.next_plans, pair.carried)):
        if side:
            candidates = reading.read([item.text for item in side])
            wanted = sentences.nearest(sentences.nearness(sentences.likenesses(plans, candidates)))
            found += [
                Two(_half(plans[row]), _half(candidates[column]), side[0].kind, bool(truth[row, column]))
                for row, column in zip(*(wanted | truth).nonzero(), strict=True)
            ]
    return found


def _half(sentence: Sentence) -> Tensor:
    return torch.from_numpy(sentence.halfway)


def _some(twos: Sequence[Two], chance: random.Random) -> list[Two]:
    chosen = []
    for kind, most in _MOST.items():
        own = [one for one in twos if one.kind is kind]
        chosen += chance.sample(own, min(len(own), most))
    return chosen


def _teach(joint: Joint, twos: Sequence[Two]) -> float:
    """Gather the gradients of some texts, those of like length read at once; gives the loss."""
    ordered = sorted(twos, key=lambda two: len(two.plan) + len(two.candidate))
    return gathered(lambda some: _score(joint, some), ordered, _BATCH)


def _score(joint: Joint, twos: Sequence[Two]) -> Tensor:
    pieces = nn.utils.rnn.pad_sequence([torch.cat([two.plan, two.candidate]).float() for two in twos], True)
    sides = nn.utils.rnn.pad_sequence(
        [torch.tensor([0] * len(two.plan) + [SIDES[two.kind]] * len(two.candidate)) for two in twos], True
    )
    lengths = torch.tensor([len(two.plan) + len(two.candidate) for two in twos])
    logits: Tensor = joint(pieces, sides, torch.arange(pieces.shape[1]) < lengths[:, None])
    return logits
