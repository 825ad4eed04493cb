"""Work spread over processes, so that a file that kills its reader harms no other.

Few jobs are done in this process: starting others would take longer than the work.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

FEW = 12
"""Up to so many jobs are not spread."""

BATCH = 16
"""Jobs handed out at a time, a process: they bound what is in memory, and what must be repeated after a death."""


def spread(
    work: Callable[[Job], Result], jobs: Iterable[Job], total: int, processes: int
) -> Iterator[tuple[Job, Result | Exception]]:
    """Each job with its result or with the exception it ended in, in the order of the jobs."""
    if processes < 2 or total <= FEW:
        yield from ((job, _tried(work, job)) for job in jobs)
        return
    left = iter(jobs)
    pool = _pool(processes)
    try:
        while batch := list(islice(left, processes * BATCH)):
            futures = [pool.submit(_tried, work, job) for job in batch]
            results = [_result(future) for future in futures]
            if any(isinstance(result, BrokenProcessPool) for result in results):
                pool.shutdown()
                pool = _pool(processes)
                results = [
                    _alone(work, job) if isinstance(result, BrokenProcessPool) else result
                    for job, result in zip(batch, results, strict=True)
                ]
            yield from zip(batch, results, strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(work: Callable[[Job], Result], job: Job) -> Result | Exception:
    """One job in a process of its own: whether it was this one that killed the others."""
    with _pool(1) as pool:
        return _result(pool.submit(_tried, work, job))


def _pool(processes: int) -> ProcessPoolExecutor:
    """Fresh processes, not copies of this one: open databases must not be shared."""
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """In a new process: leave an interruption to the one that started it, and let numpy use one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"


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
