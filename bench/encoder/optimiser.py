"""How layers are kept in 16 bits and optimised in 32."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

RATE = 1e-4


class Optimiser:
    """AdamW on 32-bit copies of 16-bit layers, and on a head as it is; the rate rises, then falls to nothing."""

    def __init__(
        self, layers: nn.Module, head: Iterable[nn.Parameter], *, head_rate: float, warm_up: int, steps: int
    ) -> None:
        self._narrow = list(layers.parameters())
        self._wide = [one.data.float().requires_grad_() for one in self._narrow]
        self._head = list(head)
        groups = [{"params": self._wide, "lr": RATE}, {"params": self._head, "lr": head_rate}]
        self._adam = torch.optim.AdamW(groups, weight_decay=0.01)
        self._rate = torch.optim.lr_scheduler.LambdaLR(
            self._adam, lambda step: min((step + 1) / warm_up, max(1 - step / steps, 0.02))
        )

    def step(self) -> None:
        """Take one step by the gradients there are."""
        for narrow, wide in zip(self._narrow, self._wide, strict=True):
            wide.grad, narrow.grad = (None if narrow.grad is None else narrow.grad.float()), None
        nn.utils.clip_grad_norm_([*self._wide, *self._head], 1.0)
        self._adam.step()
        self._rate.step()
        self._adam.zero_grad()
        for narrow, wide in zip(self._narrow, self._wide, strict=True):
            narrow.data.copy_(wide.data)
