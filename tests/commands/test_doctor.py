"""`reconcile doctor` says what can be read here, and how to add what cannot."""

import json

import pytest

from reconcile.commands.doctor import doctor
from reconcile.errors import ReconcileError
from reconcile.intake import support


def test_every_format_has_a_reader_or_a_way_to_add_it(capsys: pytest.CaptureFixture[str]) -> None:
    doctor(format_="json", lang="en")
    facts = json.loads(capsys.readouterr().out)
    assert facts["schema"] == "reconcile.doctor/1"
    assert all(one["reader"] or one["add"] for one in facts["formats"])
    assert {"docx", "pdf", "xlsx", "html", "ofd", "zip"} <= {
        name for one in facts["formats"] for name in one["extensions"]
    }


@pytest.mark.parametrize(("lang", "words"), [("zh", "安装 LibreOffice"), ("en", "install LibreOffice")])
def test_what_is_missing_is_named_in_both_languages(
    lang: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("libreoffice", "antiword"):
        monkeypatch.setattr(support, name, lambda: None)
    doctor(format_="table", lang=lang)
    assert words in capsys.readouterr().out


def test_antiword_stands_in_for_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "libreoffice", lambda: None)
    monkeypatch.setattr(support, "antiword", lambda: "/usr/bin/antiword")
    old_word = next(one for one in support.formats() if "doc" in one.extensions)
    assert (old_word.reader, old_word.add) == ("antiword", "doctor.better_office")


def test_another_format_is_a_mistake_in_usage() -> None:
    with pytest.raises(ReconcileError, match="it takes table, json"):
        doctor(format_="yaml", lang="en")
