"""A batch on one machine: units over a pool of processes, rows out as JSON lines in the order of the units.

The folder of a batch holds ``results.jsonl`` and ``progress.jsonl``. A unit counts as done once its line stands in the
progress file, which is written after its rows: a batch that was killed takes up there, and ends with the same bytes
as one that was not. The rows do not depend on the number of processes.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec import Struct

from reconcile import __version__
from reconcile.config import Config
from reconcile.engines import judge, units
from reconcile.engines.units import Unit
from reconcile.errors import ReconcileError

AHEAD = 4
"""Units given out for each process: enough to keep it busy, few enough to hold in memory."""


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
    out.mkdir(parents=True, exist_ok=True)
    results, progress = out / "results.jsonl", out / "progress.jsonl"
    before = _finished(results, progress, Header(__version__, config.sha256(), str(source.resolve())))
    totals = Totals()
    for done in before:
        totals.add(done)
    totals.resumed = (totals.size, totals.pairs)
    keys = {done.unit for done in before}
    with _Workers(jobs, config) as workers, results.open("r+b") as lines, progress.open("ab") as journal:
        lines.truncate(before[-1].end if before else 0)
        lines.seek(0, 2)
        for unit, found in workers.judged(unit for unit in _units(source, workers) if unit.key not in keys):
            lines.write(found.lines)
            lines.flush()
            done = Done(unit.key, unit.size, lines.tell(), found.counts)
            journal.write(msgspec.json.encode(done) + b"\n")
            journal.flush()
            totals.add(done)
            report(totals)
    return totals


def _finished(results: Path, progress: Path, header: Header) -> list[Done]:
    """The units that earlier runs of the same batch finished; both files are made where they are not there."""
    results.touch()
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


def _units(source: Path, workers: _Workers) -> Iterator[Unit]:
    """The units of a source; files that lie directly in a folder are read once to tell their organisations."""
    if not source.is_dir():
        yield from units.organisations(source)
        return
    folders = units.folders(source)
    loose = folders.pop(".", ())
    owners: dict[str, list[str]] = {}
    for path, owner in zip(loose, workers.owners(loose), strict=True):
        owners.setdefault(owner, []).append(path)
    yield from (Unit(f"./{owner}", len(paths), tuple(paths)) for owner, paths in sorted(owners.items()))
    yield from (Unit(name, len(paths), paths) for name, paths in folders.items())


class _Workers:
    """The pool of processes; with one job everything runs in this process."""

    def __init__(self, jobs: int, config: Config) -> None:
        self.jobs = jobs
        self.config = config
        self.pool = self._new_pool(jobs) if jobs > 1 else None

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def owners(self, paths: Sequence[str]) -> Iterable[str]:
        """The organisation each file names, "" for one that cannot be read."""
        if self.pool:
            return self.pool.map(judge.owner, paths, chunksize=8)
        return map(judge.owner, paths)

    def judged(self, waiting: Iterable[Unit]) -> Iterator[tuple[Unit, judge.Found]]:
        """Every unit with what it gave, in the order of the units."""
        if not self.pool:
            yield from ((unit, judge.unit(unit, self.config)) for unit in waiting)
            return
        queue: deque[tuple[Unit, Future[judge.Found]]] = deque()
        for unit in waiting:
            queue.append((unit, self.pool.submit(judge.unit, unit, self.config)))
            if len(queue) >= AHEAD * self.jobs:
                yield self._first(queue)
        while queue:
            yield self._first(queue)

    def _first(self, queue: deque[tuple[Unit, Future[judge.Found]]]) -> tuple[Unit, judge.Found]:
        """The oldest unit with its result. A dead worker breaks the pool: then it is retried alone, the rest anew."""
        unit, future = queue.popleft()
        try:
            return unit, future.result()
        except BrokenProcessPool:
            found = self._alone(unit)
            self.pool = self._new_pool(self.jobs)
            for place, (other, _) in enumerate(queue):
                queue[place] = (other, self.pool.submit(judge.unit, other, self.config))
            return unit, found

    def _alone(self, unit: Unit) -> judge.Found:
        with self._new_pool(1) as pool:
            try:
                return pool.submit(judge.unit, unit, self.config).result()
            except BrokenProcessPool:
                return judge.worker_died(unit)

    @staticmethod
    def _new_pool(jobs: int) -> ProcessPoolExecutor:
        """Workers leave an interrupt to the parent, which ends them."""
        return ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
