"""Reading a text the way the program does, and comparing items the way people do."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from reconcile import intake, layout
from reconcile.config import Config
from reconcile.model.reports import Report

Key = tuple[str, str, str, str]


def read(text: str, name: str = "report.txt") -> Report:
    """The report a text makes."""
    return layout.read_report(intake.read_bytes(text.encode("utf-8", "surrogatepass"), name), Config())


def letters(text: str) -> str:
    """Letters and digits alone, full width folded: spaces and punctuation do not tell items apart."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def keys(report: Report) -> Counter[Key]:
    """The items of a report, each by kind, period, office and text."""
    return Counter((item.kind.value, item.period, letters(item.office), letters(item.text)) for item in report.items)


def f1(expected: Iterable[Key], found: Iterable[Key]) -> float:
    """How well the items found agree with those expected: 1 for exactly the same."""
    gold, pred = Counter(expected), Counter(found)
    return 2 * (gold & pred).total() / max(1, gold.total() + pred.total())
