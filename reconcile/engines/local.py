"""A batch on one machine: units over a pool of processes, rows out as JSON lines in the order of the units.

The folder of a batch holds ``results.jsonl`` and ``progress.jsonl``. A unit counts as done once its line stands in the
progress file, which is written after its rows: a batch that was killed takes up there, and ends with the same bytes
as one that was not. The rows do not depend on the number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from reconcile import __version__
from reconcile.config import Config
from reconcile.engines import judge, units
from reconcile.engines.units import Unit
from reconcile.errors import ReconcileError
from reconcile.workers import Workers


class Header(Struct, frozen=True):
    """The first line of the progress file: what the results depend on."""

    version: str
    config_sha256: str
    source: str


class Done(Struct, frozen=True):
    """A line of the progress file: `end` is the size of the results with the rows of this unit, in bytes."""

    unit: str
    size: int
    end: int
    counts: judge.Counts


class Totals(Struct):
    """All finished units together; of `size` and `pairs`, those of `resumed` were done before this run."""

    size: int = 0
    pairs: int = 0
    rows: int = 0
    errors: int = 0
    missing: int = 0
    resumed: tuple[int, int] = (0, 0)

    def add(self, done: Done) -> None:
        """Count one more unit."""
        self.size += done.size
        self.pairs += done.counts.pairs
        self.rows += done.counts.rows
        self.errors += done.counts.errors
        self.missing += done.counts.missing


def run(source: Path, out: Path, jobs: int, config: Config, report: Callable[[Totals], None]) -> Totals:
    """Judge everything in a folder or an items table into ``out/results.jsonl``; `report` is called after each unit."""
    results, progress = out / "results.jsonl", out / "progress.jsonl"
    try:
        out.mkdir(parents=True, exist_ok=True)
        results.touch()
    except OSError as error:
        raise ReconcileError("outputs.unwritable", file=out, why=error.strerror or error) from error
    before = _finished(results, progress, Header(__version__, config.sha256(), str(source.resolve())))
    totals = Totals()
    for done in before:
        totals.add(done)
    totals.resumed = (totals.size, totals.pairs)
    keys = {done.unit for done in before}
    work, total = partial(judge.unit, config=config), units.total(source)
    with Workers(jobs) as workers, results.open("r+b") as lines, progress.open("ab") as journal:
        lines.truncate(before[-1].end if before else 0)
        lines.seek(0, 2)
        waiting = (unit for unit in _units(source, workers) if unit.key not in keys)
        for unit, result in workers.spread(work, waiting, total):
            found = _survived(unit, result)
            lines.write(found.lines)
            lines.flush()
            done = Done(unit.key, unit.size, lines.tell(), found.counts)
            journal.write(msgspec.json.encode(done) + b"\n")
            journal.flush()
            totals.add(done)
            report(totals)
    return totals


def _finished(results: Path, progress: Path, header: Header) -> list[Done]:
    """The units that earlier runs of the same batch finished; the progress file is made where it is not there."""
    written = progress.read_bytes().splitlines(keepends=True) if progress.is_file() else []
    whole = [line for line in written if line.endswith(b"\n")]
    if not whole:
        progress.write_bytes(msgspec.json.encode(header) + b"\n")
        return []
    if msgspec.json.decode(whole[0], type=Header) != header:
        raise ReconcileError("batch.other_run", folder=results.parent)
    size = results.stat().st_size
    done = [entry for line in whole[1:] if (entry := msgspec.json.decode(line, type=Done)).end <= size]
    progress.write_bytes(b"".join(whole[: len(done) + 1]))
    return done


def _units(source: Path, workers: Workers) -> Iterator[Unit]:
    """The units of a source; files that lie directly in a folder are read once to tell their organisations."""
    if not source.is_dir():
        yield from units.organisations(source)
        return
    folders = units.folders(source)
    loose = folders.pop(".", ())
    owners: dict[str, list[str]] = {}
    for path, owner in workers.spread(judge.owner, loose, len(loose)):
        owners.setdefault("" if isinstance(owner, Exception) else owner, []).append(path)
    yield from (Unit(f"./{owner}", len(paths), tuple(paths)) for owner, paths in sorted(owners.items()))
    yield from (Unit(name, len(paths), paths) for name, paths in folders.items())


def _survived(unit: Unit, result: judge.Found | Exception) -> judge.Found:
    """What a unit gave, or the row of one that no process survived; any other exception is a defect."""
    if isinstance(result, BrokenProcessPool):
        return judge.worker_died(unit)
    if isinstance(result, Exception):
        raise result
    return result
