"""Which pairs are accepted as links, over the whole block at once.

A pair is a link where its probability reaches the threshold of the model. Many-to-many is normal: one completion may
total what three plans promised, one plan may be reported by three completions. What keeps the choice joint is the
second layer of the model, which has weighed every pair against its rivals; the alternatives (greedy one-to-one,
mutual best) are measured beside it in the bench.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reconcile.matching.vectors import Matrix


def accept(scores: Matrix, threshold: float) -> NDArray[np.bool_]:
    """The accepted pairs."""
    accepted: NDArray[np.bool_] = scores >= threshold
    return accepted
