"""How fast the ledger is: three years of a county imported and judged, then asked, cold; and what one more month costs.

    python -m bench.ledger [FOLDER]

Each figure is a whole process started anew (import, trace, report), or one month imported alone; the months are
generated from the labelled fixtures. Prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import as_text, organisation
from bench.speed.machine import describe

MONTHS, PLANS, OFFICES = 36, 180, 20
"""Three years of a county: about 13,000 items in all, completions and plans together."""

CLI = Path(__file__).parent.parent / "cli.py"


def reconcile(*arguments: str) -> tuple[float, str]:
    """Seconds a whole process takes, and what it printed."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, str(CLI), *arguments], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, done.stdout


def main(folder: Path) -> None:
    reports = list(organisation(0, MONTHS, PLANS, offices=OFFICES))
    files = [folder / f"{report.period}.txt" for report in reports]
    for file, report in zip(files, reports, strict=True):
        file.write_text(as_text(report), encoding="utf-8")
    whole, months = str(folder / "whole.db"), str(folder / "months.db")
    imported, _ = reconcile("import", *map(str, files), "--store", whole, "--quiet")
    single = [reconcile("import", str(file), "--store", months, "--quiet")[0] for file in files]
    task = reports[0].plans[0].text
    asked = {
        name: min(reconcile(*arguments, "--store", whole)[0] for _ in range(3))
        for name, arguments in {
            "trace": ("trace", task),
            "report": ("report", "--period", reports[-1].period, "--format", "json"),
        }.items()
    }
    print(
        json.dumps(
            {
                "machine": describe(),
                "items": sum(len(report.completions) + len(report.plans) for report in reports),
                "import and reconcile, s": round(imported, 2),
                "month by month, s": [round(each, 2) for each in single],
                "cold, s": {name: round(seconds, 2) for name, seconds in asked.items()},
                "bytes": Path(whole).stat().st_size,
            },
            indent=1,
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
