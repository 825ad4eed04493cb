"""Work spread over processes, so that a file that kills its reader harms no other.

Few jobs are done in this process: starting others would take longer than the work. The processes that were started stay
for the next round of work.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

FEW = 12
"""Up to so many jobs are not spread."""

BATCH = 8
"""Jobs handed out at a time, a process. The next ones are at work while the results of these are used: this bounds what
is in memory, and what must be repeated after a death."""


class Workers:
    """At most so many `processes`; with one, all is done in this process."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def spread(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], total: int
    ) -> Iterator[tuple[Job, Result | Exception]]:
        """Each job with its result or with the exception it ended in, in the order of the jobs."""
        if self._processes < 2 or total <= FEW:
            yield from ((job, _tried(work, job)) for job in jobs)
            return
        left = iter(jobs)
        ahead: list[tuple[Job, Future[Result | Exception]]] = []
        while True:
            self._pool = self._pool or _pool(self._processes)
            batch = [(job, _submitted(self._pool, work, job)) for job in islice(left, self._processes * BATCH)]
            results = [(job, _result(future)) for job, future in ahead]
            lost = [job for job, result in results if isinstance(result, BrokenProcessPool)]
            if lost:
                self._pool.shutdown()
                self._pool = None
            with closing(_one_by_one(work, lost)) as again:
                for job, result in results:
                    yield job, next(again) if isinstance(result, BrokenProcessPool) else result
            if not batch:
                return
            ahead = batch


def _submitted(pool: ProcessPoolExecutor, work: Callable[[Job], Result], job: Job) -> Future[Result | Exception]:
    """A job handed out; to a pool that is broken already, as one that failed with it."""
    try:
        return pool.submit(_tried, work, job)
    except BrokenProcessPool as error:
        broken: Future[Result | Exception] = Future()
        broken.set_exception(error)
        return broken


def _one_by_one(work: Callable[[Job], Result], jobs: Iterable[Job]) -> Generator[Result | Exception, None, None]:
    """Jobs that were lost with a process, each alone in one: so it is seen which of them killed it."""
    pool = _pool(1)
    try:
        for job in jobs:
            result = _result(_submitted(pool, work, job))
            if isinstance(result, BrokenProcessPool):
                pool.shutdown()
                pool = _pool(1)
            yield result
    finally:
        pool.shutdown()


def _pool(processes: int) -> ProcessPoolExecutor:
    """Fresh processes, not copies of this one: open databases must not be shared."""
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """In a new process: leave an interruption to the one that started it, end with it, let numpy use one thread.

    Garbage is looked for seldom: jobs make much and drop little.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(50_000)
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, killed perhaps, and leave no orphan behind."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _tried(work: Callable[[Job], Result], job: Job) -> Result | Exception:
    try:
        return work(job)
    except Exception as error:
        return error


def _result(future: Future[Result | Exception]) -> Result | Exception:
    try:
        return future.result()
    except Exception as error:
        return error
