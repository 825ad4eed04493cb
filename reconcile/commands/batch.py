"""`reconcile batch`: a whole county, province or year at once."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console
from reconcile.errors import InputError, ReconcileError
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.engines.local import Totals

FORMATS = ("jsonl", "parquet")


def batch(
    source: Annotated[
        str, typer.Argument(help="每个单位一个文件夹，或一张事项表 · a folder a bureau in it, or an items table")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="结果文件夹 · the folder of the results")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="进程数 · processes", min=1)] = os.cpu_count() or 1,
    form: Annotated[str, typer.Option("--format", "-f", help="jsonl · parquet (beside the JSON lines)")] = "jsonl",
    config_file: console.ConfigOption = None,
    lang: console.LangOption = None,
    quiet: console.QuietOption = False,
) -> None:
    """批量对账，可中断后续跑 · Judge many organisations and months; killed and started again, it goes on."""
    from reconcile import config
    from reconcile.engines import local, table, units

    language = console.language(lang)
    if form not in FORMATS:
        raise ReconcileError("batch.unknown_format", format=form)
    if form == "parquet":
        table.require()
    path = Path(source)
    if not path.exists():
        raise InputError("batch.no_reports", folder=source)
    settings = config.load(config_file or config.find(Path.cwd()))
    meter = _Meter(units.total(path), language, quiet=quiet)
    totals = local.run(path, output, jobs, settings, meter.show)
    results = output / "results.jsonl"
    if form == "parquet":
        table.write(results, output / "results.parquet")
    counts = {"pairs": totals.pairs, "rows": totals.rows, "errors": totals.errors, "missing": totals.missing}
    console.note(text("batch.done", language, file=results, **counts), quiet=quiet)


class _Meter:
    """How far a batch is, once a second, on a terminal."""

    def __init__(self, total: int, lang: Lang, *, quiet: bool) -> None:
        self.total = total
        self.lang = lang
        self.shown = not quiet and sys.stderr.isatty()
        self.begin = self.last = time.monotonic()

    def show(self, totals: Totals) -> None:
        """Draw over the last line, with the rate of this run and the time the rest will take at it."""
        now = time.monotonic()
        if not self.shown or (now - self.last < 1 and totals.size < self.total):
            return
        self.last = now
        size, pairs = totals.size - totals.resumed[0], totals.pairs - totals.resumed[1]
        left = (now - self.begin) / size * (self.total - totals.size)
        line = text(
            "batch.progress",
            self.lang,
            percent=100 * totals.size // self.total,
            pairs=f"{totals.pairs:,}",
            rate=pairs / (now - self.begin),
            left=_span(left),
        )
        end = "\n" if totals.size == self.total else ""
        print(f"\r\x1b[K{line}", end=end, file=sys.stderr, flush=True)


def _span(seconds: float) -> str:
    """Hours, minutes and seconds: ``1:02:03``."""
    return str(timedelta(seconds=round(seconds)))
