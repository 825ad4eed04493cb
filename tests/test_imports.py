"""What starting costs: heavy libraries stay out of a run on text files, and out of the help altogether."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]

HEAVY = {
    *("pandas", "scipy", "sklearn", "pyarrow", "pyspark"),
    *("sqlalchemy", "alembic", "starlette", "jinja2", "apprise"),
    *(
        "docx",
        "lxml",
        "pdfplumber",
        "pdfminer",
        "pypdfium2",
        "python_calamine",
        "xlsxwriter",
        "openpyxl",
        "trafilatura",
    ),
    *("jieba", "sentencepiece", "onnxruntime", "PIL", "pydantic", "rich", "email"),
}
"""Never loaded by a run on text files."""

NUMERIC = {"numpy", "rapidfuzz", "networkx", "rjieba"}
"""Never loaded by `reconcile --help` either."""


def loaded(*arguments: str) -> set[str]:
    """The top-level modules in memory after a command has run."""
    script = (
        "import sys, runpy, atexit;"
        "atexit.register(lambda: print(*{m.split('.')[0] for m in sys.modules}, file=sys.stderr));"
        "sys.argv = ['reconcile', *sys.argv[1:]];"
        "runpy.run_path('cli.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=CHECKOUT, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("form", ["json", "table"])
def test_a_run_on_text_files_loads_no_heavy_library(form: str) -> None:
    folder = CHECKOUT / "fixtures" / "pairs"
    reports = (str(folder / "jiedao-2023-07.txt"), str(folder / "jiedao-2023-08.txt"))
    assert not HEAVY & loaded("run", *reports, "--format", form)


def test_the_help_loads_no_numeric_library() -> None:
    assert not (HEAVY | NUMERIC) & loaded("--help")
