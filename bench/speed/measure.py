"""Times and memory, measured so that the machine's moods cancel out: runs alternate and are compared round by round."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from reconcile.commands.opening import SEMANTIC

CHECKOUT = Path(__file__).parents[2]
WORDS_ALONE = {SEMANTIC: "0"}
"""What is timed is the default installation, whatever else is installed."""
BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""What is compiled once is kept, as where the package is installed: else each process compiles all modules anew."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
"""The variables that hold numeric libraries to one thread."""
ROUND = "{round}"
"""Stands in an argument of a process that must not find what the one before it left."""


class Run(Struct, frozen=True):
    """One whole process: wall time, processor time, peak resident memory, and what it printed."""

    seconds: float
    processor_seconds: float
    peak_mb: float
    printed: bytes


class Timing(Struct, frozen=True):
    """Many runs of one thing, by the medians of processor time; `ratio` is to the first thing measured beside it."""

    seconds: float
    ratio: float
    peak_mb: float


def process(arguments: Sequence[str]) -> Run:
    """Run a Python process to its end with one thread for the numeric libraries; `RuntimeError` where it fails."""
    command = [sys.executable, *arguments]
    environment = os.environ | dict.fromkeys(THREADS, "1") | WORDS_ALONE | BYTECODE
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complaint:
        child = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=printed, stderr=complaint)
        peak = _Peak(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        complaint.seek(0)
        if child.returncode:
            raise RuntimeError(f"{' '.join(command)}: {child.returncode}\n{complaint.read().decode(errors='replace')}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, peak.megabytes(), printed.read())


class _Peak:
    """Watches the peak resident memory of a process: what the system reports at its end includes its parent's."""

    def __init__(self, pid: int) -> None:
        self.status = Path(f"/proc/{pid}/status")
        self.peak = 0
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def megabytes(self) -> float:
        """The peak, once the process has ended."""
        self.thread.join()
        return self.peak / 1024

    def _watch(self) -> None:
        try:
            while found := re.search(r"VmHWM:\s+(\d+)", self.status.read_text()):
                self.peak = int(found[1])
                time.sleep(0.01)
        except OSError:
            return


def part(*arguments: str) -> tuple[Run, Any]:
    """Run a part of the bench in a process of its own; what it printed is JSON."""
    run = process(["-m", "bench.speed.parts", *arguments])
    return run, msgspec.json.decode(run.printed)


def alternate(things: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Timing]:
    """Run every process in turn, `rounds` times after a first unmeasured one; ratios are medians over the rounds.

    `ROUND` in an argument becomes the number of the round.
    """
    runs: dict[str, list[Run]] = {name: [] for name in things}
    for turn in range(rounds + 1):
        for name, arguments in things.items():
            runs[name].append(process([one.replace(ROUND, str(turn)) for one in arguments]))
    runs = {name: own[1:] for name, own in runs.items()}
    first = runs[next(iter(things))]
    return {
        name: Timing(
            seconds=statistics.median(run.processor_seconds for run in own),
            ratio=statistics.median(
                run.processor_seconds / base.processor_seconds for run, base in zip(own, first, strict=True)
            ),
            peak_mb=statistics.median(run.peak_mb for run in own),
        )
        for name, own in runs.items()
    }


def warm(call: Callable[[], object], rounds: int) -> float:
    """Median processor seconds of a call that was made before."""
    call()
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        call()
        times.append(time.process_time() - begin)
    return statistics.median(times)
