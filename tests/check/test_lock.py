"""One check at a time, and a check that died is recognised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reconcile.check.lock import alone
from reconcile.errors import StoreError

HOLD = """
import sys, time
from pathlib import Path
from reconcile.check.lock import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_check_leaves_and_names_the_first_which_leaves_a_trace_when_it_dies(tmp_path: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE)
    assert first.stdout is not None
    assert first.stdout.readline() == b"held\n"
    try:
        with pytest.raises(StoreError) as caught, alone(tmp_path, wait=0.1):
            raise AssertionError("the lock was taken twice")
        assert str(first.pid) in caught.value.message("en")
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
    with alone(tmp_path, wait=5) as unfinished:
        assert unfinished is not None
        assert unfinished.pid == first.pid


def test_a_check_that_finished_leaves_no_trace(tmp_path: Path) -> None:
    with alone(tmp_path) as unfinished:
        assert unfinished is None
    with alone(tmp_path) as unfinished:
        assert unfinished is None
