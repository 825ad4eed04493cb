"""A warning carries a code and facts: the catalogue has a sentence for each that uses just these facts."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from reconcile import intake
from reconcile.messages import catalogue


def raised() -> Iterator[tuple[str, set[str]]]:
    """Each warning the formats give, with the names of its facts."""
    for path in sorted(Path(intake.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "warn":
                yield ast.literal_eval(node.args[0]), {str(keyword.arg) for keyword in node.keywords}


@pytest.mark.parametrize(("code", "facts"), [*raised()])
def test_a_warning_has_a_sentence_of_its_facts(code: str, facts: set[str]) -> None:
    template = catalogue("warnings")[code]["zh"]
    assert {name for _, name, _, _ in string.Formatter().parse(template) if name} == facts
