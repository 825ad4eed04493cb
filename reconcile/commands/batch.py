"""`reconcile batch`: a whole county, province or year at once."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import InputError, NothingToCheck
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.config import Config
    from reconcile.engines.local import Totals


def batch(
    source: Annotated[
        str, typer.Argument(help="每个单位一个文件夹，或一张事项表 · a folder a bureau in it, or an items table")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="结果文件夹或表 · the folder or table of the results")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="进程数 · processes", min=1)] = os.cpu_count() or 1,
    form: Annotated[str, typer.Option("--format", "-f", help="jsonl · parquet (beside the JSON lines)")] = "jsonl",
    engine: Annotated[str, typer.Option(help="local · spark (Parquet or Hive tables)")] = "local",
    master: Annotated[str | None, typer.Option(help="Spark 主节点 · the Spark master", show_default=False)] = None,
    config_file: console.ConfigOption = None,
    lang: console.LangOption = None,
    quiet: console.QuietOption = False,
) -> None:
    """Judge many organisations and months at once."""
    console.one_of("--format", form, ("jsonl", "parquet"))
    console.one_of("--engine", engine, ("local", "spark"))
    settings = opening.config(config_file)
    if engine == "spark":
        from reconcile.engines import spark

        spark.run(source, output, master, settings)
    else:
        _locally(Path(source), Path(output), jobs, form, settings, console.language(lang), quiet=quiet)


def _locally(source: Path, out: Path, jobs: int, form: str, settings: Config, lang: Lang, *, quiet: bool) -> None:
    from reconcile.engines import local, table, units

    if not source.exists():
        raise InputError("batch.no_source", source=source)
    if form == "parquet":
        table.require()
    total = units.total(source)
    if not total:
        raise NothingToCheck("batch.nothing", source=source)
    meter = _Meter(total, lang, quiet=quiet)
    totals = local.run(source, out, jobs, settings, meter.show)
    results = out / "results.jsonl"
    if form == "parquet":
        table.write(results, out / "results.parquet")
    counts = {"pairs": totals.pairs, "rows": totals.rows, "errors": totals.errors, "missing": totals.missing}
    console.note(text("batch.done", lang, file=results, **counts), quiet=quiet)


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
