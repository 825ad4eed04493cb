"""How fast the ledger is: three years of a county imported and judged, then asked, cold; and what one more month costs.

    python -m bench.ledger [FOLDER]

Each figure is a whole process started anew, in wall and processor seconds: on a busy machine the second is the one to
compare. `shares` tells apart, in one process, what reading, judging and the ledger itself take. The months are
generated from the labelled fixtures. Prints JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time

from bench.generate import as_text, organisation
from bench.speed.machine import describe
from bench.speed.measure import Run, process
from reconcile import pipeline
from reconcile.ledger.store import Ledger

MONTHS, PLANS, OFFICES = 36, 180, 20
"""Three years of a county: about 13,000 items in all, completions and plans together; the generator has 20 offices."""

Figures = dict[str, float]


def reconcile(*arguments: str) -> Run:
    """One command, in a process of its own."""
    return process(["cli.py", *arguments])


def figures(*found: Run) -> Figures:
    """The medians of some runs."""
    return {
        "wall s": round(median(run.seconds for run in found), 2),
        "processor s": round(median(run.processor_seconds for run in found), 2),
        "peak MB": round(max(run.peak_mb for run in found)),
    }


def shares(files: Sequence[Path], store: Path) -> Figures:
    """Processor seconds of one process for reading the files, judging the pairs, and keeping both."""
    spent: Figures = defaultdict(float)

    @contextmanager
    def clocked(what: str) -> Iterator[None]:
        began = process_time()
        yield
        spent[what] += process_time() - began

    with clocked("ledger s"):
        ledger = Ledger.open(store, create=True)
    for file in files:
        with clocked("reading s"):
            report = pipeline.read_report(file)
        with clocked("ledger s"):
            ledger.add(report)
    with clocked("ledger s"):
        waiting = list(ledger.waiting())
    for each in waiting:
        with clocked("judging s"):
            judged = each.judged()
        with clocked("ledger s"):
            ledger.keep(each, judged)
    ledger.close()
    return {what: round(seconds, 2) for what, seconds in spent.items()}


def main(folder: Path) -> None:
    """Write the months, measure, print."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = list(organisation(0, MONTHS, PLANS, offices=OFFICES))
    files = [folder / f"{report.period}.txt" for report in reports]
    for file, report in zip(files, reports, strict=True):
        file.write_text(as_text(report), encoding="utf-8")
    whole, months = str(folder / "whole.db"), str(folder / "months.db")
    imported = reconcile("import", *map(str, files), "--store", whole, "--quiet")
    first = [reconcile("import", str(file), "--store", months, "--quiet") for file in files[:4]][1:]
    reconcile("import", *map(str, files[4:-3]), "--store", months, "--quiet")
    last_months = [reconcile("import", str(file), "--store", months, "--quiet") for file in files[-3:]]
    last, task = reports[-1].period, reports[MONTHS // 2].plans[0].text
    asked = {
        "trace": ("trace", task),
        "report": ("report", "--period", last, "--format", "json", "--quiet"),
        "report on all months": ("report", "--format", "json", "--quiet"),
        "db verify": ("db", "verify"),
    }
    result = {
        "machine": describe(),
        "items": sum(len(report.completions) + len(report.plans) for report in reports),
        "import and judge 36 months": figures(imported),
        "shares": shares(files, folder / "shares.db"),
        "a month alone: first pair": figures(*first),
        "a month alone: last": figures(*last_months),
        **{name: figures(*(reconcile(*words, "--store", whole) for _ in range(3))) for name, words in asked.items()},
        "ledger MB": round(Path(whole).stat().st_size / 1e6, 1),
    }
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
