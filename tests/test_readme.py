"""The READMEs show what the program prints: RECONCILE_GOLDEN=1 writes it anew."""

import os
from pathlib import Path

import pytest

from reconcile import outputs, pipeline
from reconcile.messages import Lang

ROOT = Path(__file__).parents[1]
PAIR = [ROOT / "fixtures" / "pairs" / f"shuili-2023-{month}.txt" for month in ("10", "11")]
BEGIN, END = "<!-- example: begin -->\n", "<!-- example: end -->\n"
LINES = 36


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_readme_shows_what_is_printed(name: str, lang: Lang) -> None:
    pairs, threads, _ = pipeline.reconcile_all([pipeline.read_report(path) for path in PAIR])
    printed = outputs.render(pairs, threads, "table", lang, width=110)
    assert isinstance(printed, str)
    example = "```\n" + "\n".join(line.rstrip() for line in printed.splitlines()[:LINES]) + "\n…\n```\n"
    readme = (ROOT / name).read_text(encoding="utf-8")
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    if os.environ.get("RECONCILE_GOLDEN"):
        (ROOT / name).write_text(before + BEGIN + example + END + after, encoding="utf-8")
    else:
        assert before + BEGIN + example + END + after == readme
