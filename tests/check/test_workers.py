"""Work spread over processes: in order, each failure its own, and a death takes nobody along."""

from __future__ import annotations

import os

from reconcile.check.workers import BATCH, FEW, spread
from reconcile.errors import InputError


def double(number: int) -> int:
    if number == 7:
        raise InputError("intake.empty", file="七.txt")
    return 2 * number


def double_or_die(number: int) -> int:
    if number == 7:
        os._exit(1)
    return 2 * number


def test_few_jobs_are_done_here() -> None:
    assert list(spread(double, range(3), 3, 2)) == [(0, 0), (1, 2), (2, 4)]


def test_an_error_comes_back_as_it_was_raised() -> None:
    jobs = range(FEW + 8)
    for processes in (1, 2):
        results = dict(spread(double, jobs, len(jobs), processes))
        error = results.pop(7)
        assert isinstance(error, InputError)
        assert error.message("zh") == "七.txt：文件是空的。请换一份有内容的报告。"
        assert results == {number: 2 * number for number in jobs if number != 7}


def test_a_job_that_kills_its_process_fails_alone() -> None:
    jobs = range(2 * BATCH + 4)
    results = dict(spread(double_or_die, jobs, len(jobs), 2))
    assert isinstance(results.pop(7), Exception)
    assert results == {number: 2 * number for number in jobs if number != 7}
