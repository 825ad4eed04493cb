"""Everything a person reads exists in both languages, with the same placeholders, and is read somewhere."""

import re
import string
from functools import cache
from pathlib import Path

import pytest

from reconcile import messages

ENTRIES = [(area, name) for area in messages.areas() for name in messages.catalogue(area)]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(("area", "name"), ENTRIES)
def test_a_message_exists_in_both_languages_with_the_same_placeholders(area: str, name: str) -> None:
    entry = messages.catalogue(area)[name]
    assert set(entry) == {"zh", "en"}
    assert placeholders(entry["zh"]) == placeholders(entry["en"])


@cache
def sources() -> str:
    """The program and its rules, without the catalogue."""
    kinds = (".py", ".toml", ".json", ".html")
    package = Path(messages.__file__).parents[1]
    found = (path for path in sorted(package.rglob("*")) if path.suffix in kinds)
    return "\n".join(
        path.read_text("utf-8") for path in found if (path.parent.name, path.suffix) != ("messages", ".toml")
    )


@cache
def said() -> frozenset[str]:
    """Every word in quotes, and every name of a field, an option or a rule."""
    quoted = re.findall(r"[\"']([\w.-]+)[\"']", sources())
    return frozenset((*quoted, *re.findall(r"^\s*\[*([\w-]+)(?:\]|:| =)", sources(), re.MULTILINE)))


@cache
def put_together() -> tuple[re.Pattern[str], ...]:
    """What ``f"slip_{part}_blank"`` and the like may say: one of the names `said` in the place of the braces."""
    found = set(re.findall(r'f"(?:[a-z]+\.)?(\w*)\{[^{}"]*\}(\w*)"', sources()))
    return tuple(re.compile(f"{head}(.+){tail}") for head, tail in sorted(found) if head or tail)


def test_every_message_is_used() -> None:
    def words(area: str, name: str) -> set[str]:
        return {f"{area}.{name}", name, *(match[1] for each in put_together() if (match := each.fullmatch(name)))}

    assert [f"{area}.{name}" for area, name in ENTRIES if words(area, name).isdisjoint(said())] == []


@pytest.mark.parametrize(("count", "said"), [(0, "0 judgements"), (1, "1 judgement"), (12, "12 judgements")])
def test_a_number_brings_its_noun_along(count: int, said: str) -> None:
    assert messages.text("judge.taken_in", "en", count=count).startswith(f"{said} ")
    assert str(count) in messages.text("judge.taken_in", "zh", count=count)
