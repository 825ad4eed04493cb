"""The reports committed under golden/, so that a change of a view is seen in review; RECONCILE_GOLDEN=1 renews them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reconcile.messages import Lang
from reconcile.outputs import charts, render
from reconcile.outputs.rows import view
from tests.outputs.sample import PAIR, PAIRS, THREADS

GOLDEN = Path(__file__).with_name("golden")
ENDINGS = {"table": "txt"}


def check(name: str, content: str) -> None:
    path = GOLDEN / name
    if os.environ.get("RECONCILE_GOLDEN"):
        path.write_bytes(content.encode())
    assert content == path.read_bytes().decode()


CASES: list[tuple[str, Lang, str]] = [
    *(("month", "zh", name) for name in ("table", "json", "jsonl", "csv", "md", "html")),
    *(("month", "en", name) for name in ("table", "csv", "md", "html")),
    *(("months", "zh", name) for name in ("table", "json", "md", "html")),
]


@pytest.mark.parametrize(("span", "lang", "name"), CASES)
def test_a_report_is_the_golden_one(span: str, lang: Lang, name: str) -> None:
    pairs = (PAIR,) if span == "month" else PAIRS
    content = render(pairs, () if span == "month" else THREADS, name, lang, width=110)
    check(f"{span}.{lang}.{ENDINGS.get(name, name)}", str(content))


def test_the_pictures_are_the_golden_ones() -> None:
    check("charts.zh.svg", charts.both(view(PAIRS, THREADS), "zh"))
