"""The pages of docs/ name what the program has, and the pages of both languages agree."""

import re
from functools import cache
from pathlib import Path

import pytest

from reconcile.check.schedule import SYSTEMS
from reconcile.commands import COMMANDS, GROUPS
from reconcile.errors import NothingToCheck, ReconcileError
from reconcile.intake.support import formats
from reconcile.ledger.judgements import Action
from reconcile.ledger.replay import State
from reconcile.messages import Lang, text
from reconcile.model.reports import Genre, Kind
from reconcile.model.verdicts import Outcome, Status
from reconcile.policy import FlagKind

DOCS = Path(__file__).parents[1] / "docs"
PAIRED = sorted(path.name.removesuffix(".zh-CN.md") for path in DOCS.glob("*.zh-CN.md"))
TRANSLATED = [name for name in PAIRED if name != "quality"]  # the Chinese page on quality explains the other's tables
BOTH: list[Lang] = ["en", "zh"]

FILLED_IN = r"\b(NAME|TOKEN|KEY|USER|HOST)\b"
"""Names to fill in, which each page gives in its language."""


@cache
def page(name: str, lang: Lang) -> str:
    return (DOCS / f"{name}{'.zh-CN' if lang == 'zh' else ''}.md").read_text(encoding="utf-8")


def blocks(source: str) -> list[list[str]]:
    """The lines of each block of code, without comments and the language of the program."""
    lines = [block.splitlines() for block in re.findall(r"^```\w*\n(.*?)^```$", source, re.MULTILINE | re.DOTALL)]
    return [[re.sub(r"\s*#( .*|$)|^lang = .*", "", line) for line in block] for block in lines]


def spans(source: str) -> set[str]:
    """What is written as code in the text and can be typed as it stands."""
    return {span for span in re.findall(r"`([^`\n]+)`", source) if not re.search(FILLED_IN, span)}


def figures(source: str) -> list[list[str]]:
    """The figures of each row of a table, in order."""
    rows = re.findall(r"^\|.*\|$", source, re.MULTILINE)
    return [re.findall(r"\d[\d,.]*\d|\d", row) for row in rows]


@pytest.mark.parametrize("name", PAIRED)
def test_each_page_links_the_other_language(name: str) -> None:
    assert f"({name}.zh-CN.md)" in page(name, "en").splitlines()[2]
    assert f"[English]({name}.md)" in page(name, "zh").splitlines()[2]


@pytest.mark.parametrize("name", TRANSLATED)
def test_both_languages_show_the_same_commands_names_and_figures(name: str) -> None:
    english, chinese = page(name, "en"), page(name, "zh")
    assert blocks(english) == blocks(chinese)
    assert figures(english) == figures(chinese)
    missing = {span for span in spans(english) if span not in chinese}
    assert not missing


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_commands_and_pages_that_are_named_exist(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    words = re.findall(r"(?:^|`)reconcile ([a-z]+)\b", source, re.MULTILINE)
    assert set(words) <= {*COMMANDS, *GROUPS, "semantic"}  # the last is a row of the tables on quality
    links = re.findall(r"\]\(([^)#:]+)\)", source)
    assert not [link for link in links if not (DOCS / link).exists()]


@pytest.mark.parametrize("lang", BOTH)
def test_the_contract_names_exit_codes_and_statuses(lang: Lang) -> None:
    source = page("contract", lang)
    for code in (0, 1, ReconcileError.exit_code, 3, NothingToCheck.exit_code, 130):
        assert f"\n| {code} | " in source
    for word in (*Status, *Genre, *Kind):
        assert f"`{word}`" in source
    for outcome in Outcome:
        assert re.search(rf"\b{outcome}\b", source)


def test_the_contract_says_statuses_in_the_words_of_the_program() -> None:
    source = page("contract", "zh")
    words = [text(f"statuses.{status}", "zh") for status in Status]
    words += [text(f"statuses.outcome_{outcome}", "zh") for outcome in Outcome]
    assert not [word for word in words if word not in source]


@pytest.mark.parametrize("lang", BOTH)
def test_every_format_is_on_its_page(lang: Lang) -> None:
    source = page("formats", lang)
    assert not [end for form in formats() for end in form.extensions if f"`.{end.split()[0]}`" not in source]


@pytest.mark.parametrize("lang", BOTH)
def test_every_action_and_state_of_a_judgement_is_on_the_page_of_the_ledger(lang: Lang) -> None:
    source = page("ledger", lang)
    assert not [action for action in Action if f"`{action}`" not in source and f"`judge {action}`" not in source]
    assert not [state for state in State if f"| {state}" not in source]


@pytest.mark.parametrize("lang", BOTH)
def test_every_flag_and_scheduler_is_on_the_page_of_operations(lang: Lang) -> None:
    source = page("operations", lang)
    assert not [flag for flag in FlagKind if f"| `{flag}`" not in source]
    assert not [system for system in SYSTEMS if f"schedule print {system}" not in source]
