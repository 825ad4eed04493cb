"""Everything a person reads exists in both languages, with the same placeholders."""

import string

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


@pytest.mark.parametrize(("count", "said"), [(0, "0 judgements"), (1, "1 judgement"), (12, "12 judgements")])
def test_a_number_brings_its_noun_along(count: int, said: str) -> None:
    assert messages.text("judge.taken_in", "en", count=count).startswith(f"{said} ")
    assert str(count) in messages.text("judge.taken_in", "zh", count=count)
