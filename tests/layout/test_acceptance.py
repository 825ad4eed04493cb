"""Labelled reports outside the project, where they are present: every item is found."""

import json
import os
from pathlib import Path

import pytest

from reconcile import intake, layout
from reconcile.config import Config
from tests.layout.reading import f1, keys, letters

SHARED = Path(os.environ.get("RECONCILE_SHARED", Path(__file__).parents[3] / "shared"))
LABELLED = sorted(SHARED.glob("*/*.items.json"))


def report_beside(labels: Path) -> Path:
    stem = labels.name.removesuffix(".items.json")
    return next(path for suffix in (".txt", ".md", ".jsonl") if (path := labels.with_name(stem + suffix)).exists())


@pytest.mark.acceptance
@pytest.mark.skipif(not LABELLED, reason="no labelled reports beside the checkout")
@pytest.mark.parametrize("labels", LABELLED, ids=lambda path: path.name.removesuffix(".items.json"))
def test_every_item_of_a_labelled_report_is_found(labels: Path) -> None:
    gold = json.loads(labels.read_text(encoding="utf-8"))
    expected = [(item["kind"], item["period"], letters(item["office"]), letters(item["text"])) for item in gold]
    report = layout.read_report(intake.read(report_beside(labels)), Config())
    assert f1(expected, keys(report).elements()) >= 0.995
    assert sorted(item.number or 0 for item in report.items) == sorted(item["number"] for item in gold)
