"""Work spread over processes: in order, each failure its own, and a death takes nobody along."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from reconcile.errors import InputError
from reconcile.workers import AHEAD, FEW, Workers


def process_id(_: int) -> int:
    return os.getpid()


def last(_: int) -> None:
    print("at work", flush=True)
    time.sleep(60)


def wait_for(path: Path, number: int) -> bool:
    """All jobs but the first wait for a file, a minute at the longest."""
    begun = time.monotonic()
    while number and not path.exists() and time.monotonic() < begun + 60:
        time.sleep(0.02)
    return not number or path.exists()


def double(number: int) -> int:
    if number == 7:
        raise InputError("intake.empty", file="七.txt")
    return 2 * number


def double_or_die(number: int) -> int:
    if number == 7:
        os._exit(1)
    return 2 * number


def spread(work: Callable[[int], int], jobs: Sequence[int], processes: int) -> list[tuple[int, int | Exception]]:
    with Workers(processes) as workers:
        return list(workers.spread(work, jobs, len(jobs)))


def test_few_jobs_are_done_here() -> None:
    assert spread(double, range(3), 2) == [(0, 0), (1, 2), (2, 4)]


def test_an_error_comes_back_as_it_was_raised() -> None:
    jobs = range(FEW + 8)
    for processes in (1, 2):
        results = dict(spread(double, jobs, processes))
        error = results.pop(7)
        assert isinstance(error, InputError)
        assert error.message("zh") == "七.txt：文件是空的。请换一份有内容的报告。"
        assert results == {number: 2 * number for number in jobs if number != 7}


def test_a_job_that_kills_its_process_fails_alone() -> None:
    jobs = range(2 * AHEAD + 4)
    results = dict(spread(double_or_die, jobs, 2))
    assert isinstance(results.pop(7), Exception)
    assert results == {number: 2 * number for number in jobs if number != 7}


def test_results_come_as_soon_as_they_are_there(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    with Workers(2) as workers:
        results = workers.spread(partial(wait_for, seen), range(2 * AHEAD), 2 * AHEAD)
        assert next(results) == (0, True)
        seen.touch()
        assert all(result for _, result in results)


def test_processes_stay_for_the_next_round() -> None:
    jobs = range(FEW + 8)
    with Workers(2) as workers:
        rounds = [{result for _, result in workers.spread(process_id, jobs, len(jobs))} for _ in range(2)]
    assert rounds[0] & rounds[1]
    assert os.getpid() not in rounds[0]


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_processes_end_with_the_one_that_started_them() -> None:
    """Killed at its work, it leaves no orphan: these would hold the pipe open."""
    script = "from tests.test_workers import *\nif __name__ == '__main__': list(Workers(2).spread(last, range(99), 99))"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.kill()
        assert process.communicate(timeout=20)
