"""Which items speak of the same work: links from plan items to completions and to the next plan.

`match` compares the plan items of one report with the completions and the plan items of the next, all with all, and
gives the scores; what is accepted is chosen over the whole block at once in `reconcile.matching.choose`.
"""

from __future__ import annotations

from reconcile.matching.block import Block, match

__all__ = ["Block", "match"]
