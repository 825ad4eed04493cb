"""A mistake in reconcile.toml is explained by key and line, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile import config
from reconcile.errors import ConfigError
from reconcile.policy import Check, FlagKind, fails

MISTAKES = [
    ('[check]\nfail_on = ["droped"]', 2, "check.fail_on[1]", "dropped · slipped"),
    ('lang = "zh"\n\n[check]\ndue_day = "5"', 4, "check.due_day", "int"),
    ("check.due_day = 40", 1, "check.due_day", "<= 20"),
    ("[check]\ndue_dya = 3", 2, "check.due_dya", "due_day"),
    ('[[check.exempt]]\norganisation = "甲局"\nreason = "x"', 1, "check.exempt[1]", "until"),
    (
        '[[check.outputs]]\nformat = "xlsx"\nfolder = "x"\n\n[[check.outputs]]\nformat = "pdf"\nfolder = "x"',
        6,
        "check.outputs[2].format",
        "xlsx",
    ),
    (
        '[[check.exempt]]\norganisation = "甲局"\nuntil = "2026-13-01"\nreason = "x"',
        3,
        "check.exempt[1].until",
        "2026-12-31",
    ),
    ('[[check.tell]]\nto = "boss@example.cn"', 2, "check.tell[1].to", "mailto://"),
    ('[check]\nfolder = ""', 2, "check.folder", "empty"),
    ('"matching".link = "high"', 1, "matching.link", "str"),
    ('[aliases]\n"办公室" = 1', 1, "aliases", "array"),
]


@pytest.mark.parametrize(("source", "line", "key", "hint"), MISTAKES)
def test_a_mistake_is_explained_by_key_and_line(tmp_path: Path, source: str, line: int, key: str, hint: str) -> None:
    path = tmp_path / "reconcile.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    english = caught.value.message("en")
    assert f"line {line}, {key}:" in english
    assert hint in english
    assert f"第 {line} 行，{key}：" in caught.value.message("zh")


def test_the_policy_does_not_change_what_verdicts_depend_on() -> None:
    indecisive = config.Config(lang="en", store="postgresql://me:secret@host/ledger", check=Check(due_day=3))
    assert config.Config().sha256() == indecisive.sha256()
    assert config.Config().sha256() != config.Config(boilerplate=("进一步",)).sha256()


def test_a_rule_names_a_kind_of_flag_and_how_often_the_work_slipped() -> None:
    rules = ("dropped", "slipped:2")
    assert fails(rules, FlagKind.DROPPED, 0)
    assert not fails(rules, FlagKind.SLIPPED, 1)
    assert fails(rules, FlagKind.SLIPPED, 2)
    assert not fails(rules, FlagKind.REPORT_LATE, 0)
    assert fails(("slipped",), FlagKind.SLIPPED, 1)
