"""A test on real reports that nothing was trained or tuned on: which work of a month its own plan goes on with.

A file ``NAME.continues.json`` says of each plan item of a report which completion items of the *same* report it
continues. Links whose ``strength`` is ``related`` are open to dispute and are left out, found or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from bench.quality.dataset import LabelledItem, Mask, key
from bench.quality.metrics import Rates, compare
from reconcile import pipeline
from reconcile.config import Config
from reconcile.matching.block import match
from reconcile.matching.scoring import Model
from reconcile.model.reports import Kind


class Continued(LabelledItem, frozen=True):
    """A completion item that a plan item continues."""

    strength: str = "same"


class LabelledPlan(Struct, frozen=True):
    """A plan item and what it continues."""

    plan: LabelledItem
    links: tuple[Continued, ...]


def measure(folder: Path, model: Model) -> Iterator[tuple[str, Rates]]:
    """Name and figures of every labelled report of a folder whose text is there or in ``../seeds`` beside it."""
    for path in sorted(folder.glob("*.continues.json")):
        name = path.name.removesuffix(".continues.json")
        texts = [place / f"{name}.txt" for place in (folder, folder.parent / "seeds")]
        yield name, _rates(path, next(text for text in texts if text.is_file()), model)


def _rates(labels: Path, text: Path, model: Model) -> Rates:
    report = pipeline.read_report(text)
    plans, completions = report.of(Kind.PLAN), report.of(Kind.COMPLETION)
    found = match(plans, completions, (), Config(), model).links.accepted
    rows = {key(item.office, item.text): row for row, item in enumerate(plans)}
    columns = {key(item.office, item.text): column for column, item in enumerate(completions)}
    truth: Mask = np.zeros(found.shape, bool)
    disputed: Mask = np.zeros(found.shape, bool)
    for label in msgspec.json.decode(labels.read_bytes(), type=list[LabelledPlan]):
        for link in label.links:
            mask = truth if link.strength == "same" else disputed
            mask[rows[key(label.plan.office, label.plan.text)], columns[key(link.office, link.text)]] = True
    return compare([(found & ~disputed, truth & ~disputed)])
