"""Everyone who takes part: name → where the matcher lives. Modules are imported when their matcher runs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from bench.quality.matcher import Matcher

CONTENDERS = {
    "ratio": "bench.quality.baselines.wording:Ratio",
    "token_set_ratio": "bench.quality.baselines.wording:TokenSetRatio",
    "token_set_ratio segmented": "bench.quality.baselines.wording:SegmentedTokenSetRatio",
    "TF-IDF": "bench.quality.baselines.tfidf:Tfidf",
    "TF-IDF + Hungarian": "bench.quality.baselines.tfidf:TfidfHungarian",
    "Splink": "bench.quality.baselines.splink:Splink",
    "recordlinkage": "bench.quality.baselines.recordlinkage:RecordLinkage",
    "dedupe": "bench.quality.baselines.dedupe:Dedupe",
    "reconcile": "bench.quality.product:Reconcile",
    "reconcile semantic": "bench.quality.product:ReconcileSemantic",
}


def make(name: str) -> Matcher:
    """A fresh matcher; `KeyError` for a name that does not take part, `ImportError` without its library."""
    module, cls = CONTENDERS[name].split(":")
    matcher: Matcher = getattr(import_module(module), cls)()
    return matcher


def source(name: str) -> Path:
    """The file a matcher is written in."""
    module = import_module(CONTENDERS[name].split(":")[0])
    return Path(str(module.__file__))
