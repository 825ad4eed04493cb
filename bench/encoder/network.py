"""The encoder as a torch module: BERT layers, and what compares two texts word by word (late interaction).

Late interaction: Khattab and Zaharia, "ColBERT", SIGIR 2020. Each piece of one text looks for the nearest piece of the
other; how much a piece counts is learned, so that 开展 counts little and 水葫芦 much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.encoder.pieces import SPECIAL
from bench.encoder.source import Array, Source

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 12
HALF = LAYERS // 2
"""The layers of the lower half: they stay as the source has them."""
WORD_WIDTH = 128
"""Dimensions of the vector of a piece."""
FAR = -1e4
"""Added to what is not to be looked at."""

_Filled = TypeVar("_Filled", nn.Linear, nn.LayerNorm)


class Layer(nn.Module):
    """One layer of the encoder: attention, then two dense maps, each added to what came in."""

    def __init__(self, tensors: Mapping[str, Array], number: int) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out, self.up, self.down = (
            _dense(tensors, f"l{number}.{name}", *shape)
            for name, shape in (
                *((name, (WIDTH, WIDTH)) for name in ("q", "k", "v", "ao")),
                ("fi", (WIDTH, INNER)),
                ("fo", (INNER, WIDTH)),
            )
        )
        self.attended, self.mapped = (_norm(tensors, f"l{number}.{name}") for name in ("aln", "oln"))

    def forward(self, hidden: Tensor, hide: Tensor) -> Tensor:
        batch, length, _ = hidden.shape
        query, key, value = (
            one(hidden).view(batch, length, HEADS, -1).transpose(1, 2) for one in (self.query, self.key, self.value)
        )
        attention = torch.softmax(query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + hide, -1)
        mixed = (attention @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.attended(hidden + self.out(mixed))
        mapped: Tensor = self.mapped(hidden + self.down(functional.gelu(self.up(hidden))))
        return mapped


class Embedding(nn.Module):
    """What the layers start from: the vector of each piece and of its place."""

    def __init__(self, source: Source, kept: Sequence[int]) -> None:
        super().__init__()
        words = source.tensors["emb.word"].reshape(-1, WIDTH)[list(kept)]
        self.words = nn.Embedding.from_pretrained(torch.tensor(words))
        places = source.tensors["emb.pos"].reshape(-1, WIDTH) + source.tensors["emb.type"][:WIDTH]
        self.places = nn.Parameter(torch.tensor(places), requires_grad=False)
        self.norm = _norm(source.tensors, "emb.ln")

    def forward(self, numbers: Tensor) -> Tensor:
        embedded: Tensor = self.norm(self.words(numbers) + self.places[: numbers.shape[1]])
        return embedded


class Head(nn.Module):
    """From the last layer to what is compared: a vector and a weight of each piece, and one vector of the whole."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = nn.Linear(WIDTH, WORD_WIDTH, bias=False)
        nn.init.orthogonal_(self.turn.weight)
        self.weigh = nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.weigh.weight)
        nn.init.zeros_(self.weigh.bias)

    def forward(self, hidden: Tensor, present: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hidden = hidden.float()
        there = present.float()
        whole = (hidden * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        weights = functional.softplus(self.weigh(hidden)).squeeze(-1) * there
        words = functional.normalize(self.turn(hidden), dim=-1)
        return words, weights / weights.sum(1, keepdim=True), functional.normalize(whole, dim=1)


class Encoder(nn.Module):
    """All of it, from the numbers of pieces to what is compared: what is shipped."""

    def __init__(self, embedding: Embedding, layers: Sequence[Layer], head: Head) -> None:
        super().__init__()
        self.embedding, self.layers, self.head = embedding, nn.ModuleList(layers), head

    def forward(self, numbers: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        present = numbers != SPECIAL["pad"]
        halfway = run(self.layers[:HALF], self.embedding(numbers), present)
        return *self.head(run(self.layers[HALF:], halfway, present), present), halfway


def run(layers: nn.ModuleList, hidden: Tensor, present: Tensor) -> Tensor:
    """Texts × pieces × `WIDTH` through some layers; pieces that are not `present` are not looked at."""
    hide = (~present).to(hidden.dtype)[:, None, None, :] * FAR
    for layer in layers:
        hidden = layer(hidden, hide)
    return hidden


def build(source: Source, kept: Sequence[int]) -> Encoder:
    """The encoder as the source has it, with a new head."""
    layers = [Layer(source.tensors, number) for number in range(LAYERS)]
    return Encoder(Embedding(source, kept), layers, Head())


def _dense(tensors: Mapping[str, Array], name: str, inner: int, outer: int) -> nn.Linear:
    dense = nn.Linear(inner, outer)
    return _filled(dense, tensors[f"{name}.w"].reshape(outer, inner), tensors[f"{name}.b"])


def _norm(tensors: Mapping[str, Array], name: str) -> nn.LayerNorm:
    return _filled(nn.LayerNorm(WIDTH, eps=1e-12), tensors[f"{name}.w"], tensors[f"{name}.b"])


def _filled(module: _Filled, weight: Array, bias: Array) -> _Filled:
    module.weight.data, module.bias.data = (torch.from_numpy(np.array(values)) for values in (weight, bias))
    return module
