"""Whether sentences are weighed: the configuration says, else the environment, else what is installed."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from reconcile import pipeline
from reconcile.commands import opening
from reconcile.errors import ReconcileError


@pytest.mark.parametrize(
    ("file", "environment", "missing", "weighed"),
    [
        ("", "", "", True),
        ("", "", "onnxruntime", False),
        ("", "", "sentencepiece", False),
        ("", "0", "", False),
        ("", "false", "", False),
        ("", "1", "onnxruntime", True),
        ("", "TRUE", "onnxruntime", True),
        ("semantic = false", "1", "", False),
        ("semantic = true", "0", "onnxruntime", True),
    ],
)
def test_sentences_are_weighed_where_asked_or_where_the_extra_is_installed(
    file: str, environment: str, missing: str, weighed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reconcile.toml"
    path.write_text(f"[matching]\n{file}\n", encoding="utf-8")
    monkeypatch.setenv(opening.SEMANTIC, environment)
    monkeypatch.setattr(opening, "find_spec", lambda name: None if name == missing else find_spec("json"))
    assert opening.config(path).matching.semantic is weighed


def test_the_time_told_counts_what_is_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured: 10 s of one processor for these two reports, of which reading each item alone takes 2."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    folder = Path(__file__).parents[2] / "fixtures" / "pairs"
    reports = [pipeline.read_report(folder / f"shuili-2023-{month}.txt") for month in (10, 11)]
    assert 8 <= opening.reading_time(reports) <= 12


def test_a_switch_that_is_neither_on_nor_off_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reconcile.toml").touch()
    monkeypatch.setenv(opening.SEMANTIC, "maybe")
    with pytest.raises(ReconcileError, match="RECONCILE_SEMANTIC=maybe"):
        opening.config(tmp_path / "reconcile.toml")
