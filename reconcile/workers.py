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
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

FEW = 12
"""Up to so many jobs are not spread."""

AHEAD = 8
"""Jobs handed out for each process: enough to keep it busy while results are used, few enough to hold in memory."""


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
        self._close()

    def spread(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], total: int
    ) -> Iterator[tuple[Job, Result | Exception]]:
        """Each job with its result or with the exception it ended in, in the order of the jobs."""
        if self._processes < 2 or total <= FEW:
            yield from ((job, _tried(work, job)) for job in jobs)
            return
        left = iter(jobs)
        ahead: deque[tuple[Job, Future[Result | Exception]]] = deque()
        while True:
            ahead += ((job, self._handed_out(work, job)) for job in islice(left, self._processes * AHEAD - len(ahead)))
            if not ahead:
                return
            job, future = ahead.popleft()
            result = _result(future)
            if isinstance(result, BrokenProcessPool):
                self._close()
                result = _alone(work, job)
                for place, (other, future) in enumerate(ahead):
                    outcome = _result(future)
                    if isinstance(outcome, BrokenProcessPool):
                        ahead[place] = (other, self._handed_out(work, other))
            yield job, result

    def _handed_out(self, work: Callable[[Job], Result], job: Job) -> Future[Result | Exception]:
        """A job given to the pool; to one that is broken already, as one that failed with it."""
        self._pool = self._pool or _pool(self._processes)
        try:
            return self._pool.submit(_tried, work, job)
        except BrokenProcessPool as error:
            broken: Future[Result | Exception] = Future()
            broken.set_exception(error)
            return broken

    def _close(self) -> None:
        """Wait for the processes to end, so that each job handed out has a result or is known to be lost."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _alone(work: Callable[[Job], Result], job: Job) -> Result | Exception:
    """A job that was lost with a process, in one of its own: so it is seen whether it was the one that killed it."""
    with _pool(1) as pool:
        return _result(pool.submit(_tried, work, job))


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
