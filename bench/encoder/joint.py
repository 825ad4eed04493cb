"""The network that reads a plan item and a candidate together, as a torch module.

It starts from the pieces of both texts as the lower half of the encoder leaves them. Each piece is shown what it meets
in the other text (a soft alignment: Chen and others, "Enhanced LSTM for Natural Language Inference", ACL 2017), and the
upper half of the layers reads both as one text, so that what is said of 医技楼 is not taken for 住院楼.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.encoder.network import FAR, HALF, WIDTH, Encoder, run

_NARROW = 128
"""Dimensions in which pieces look for each other."""


class Meeting(nn.Module):
    """What is added to each piece: what it meets on the other side, and how near that is.

    `mean` is the mean of all pieces, set when the network is taught: pieces look for each other by how they differ.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(WIDTH))
        self.turn = nn.Linear(WIDTH, _NARROW, bias=False)
        nn.init.orthogonal_(self.turn.weight)
        self.sharpness = nn.Parameter(torch.tensor(15.0))
        self.mix = nn.Linear(3 * WIDTH + 1, WIDTH)
        nn.init.normal_(self.mix.weight, std=0.02)
        nn.init.zeros_(self.mix.bias)

    def forward(self, pieces: Tensor, sides: Tensor, present: Tensor) -> Tensor:
        turned = functional.normalize(self.turn(pieces - self.mean), dim=-1)
        plan = sides == 0
        across = (plan[:, :, None] != plan[:, None, :]) & present[:, None, :] & present[:, :, None]
        near = (turned @ turned.transpose(1, 2)).masked_fill(~across, -1.0)
        met = torch.softmax(self.sharpness * near, -1) @ pieces
        nearest = near.amax(-1, keepdim=True)
        mixed: Tensor = self.mix(torch.cat([met, pieces * met, (pieces - met).abs(), nearest], -1))
        return mixed


class Joint(nn.Module):
    """Texts × pieces × `WIDTH`, half read, and the side of each piece (`encoder.SIDES`) → a logit each."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.sides = nn.Parameter(torch.randn(3, WIDTH) * 0.02)
        self.meeting = Meeting()
        self.layers = encoder.layers[HALF:]
        self.weigh = nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.weigh.weight)
        self.dense = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, 1)

    def forward(self, pieces: Tensor, sides: Tensor, present: Tensor | None = None) -> Tensor:
        present = torch.ones_like(sides, dtype=torch.bool) if present is None else present
        hidden = pieces + self.sides[sides] + self.meeting(pieces, sides, present)
        read = run(self.layers, hidden.to(next(self.layers.parameters()).dtype), present).float()
        weights = torch.softmax(self.weigh(read).squeeze(-1).masked_fill(~present, FAR), 1)
        logits: Tensor = self.out(functional.gelu(self.dense((read * weights[..., None]).sum(1))))
        return logits.squeeze(-1)
