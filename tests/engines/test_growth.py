"""The work of a batch grows with the number of bureaus, not faster: counted in calls, never in seconds."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from bench.generate import as_text, organisation
from bench.speed.chart import exponent
from reconcile.config import Config
from reconcile.engines import local

SIZES = (2, 4, 8)


def calls(source: Path, out: Path) -> int:
    """How many functions a batch calls, Python's and C's."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        local.run(source, out, 1, Config(), lambda _: None)
    finally:
        sys.setprofile(None)
    return count


def bureaus(folder: Path, first: int, count: int) -> Path:
    """A folder of so many bureaus that no other folder has: texts already read would cost nothing again."""
    for number in range(first, first + count):
        (folder / str(number)).mkdir(parents=True)
        for month in organisation(number, 2, 10):
            (folder / str(number) / f"{month.period}.txt").write_text(as_text(month), encoding="utf-8")
    return folder


def test_work_grows_with_the_number_of_bureaus(tmp_path: Path) -> None:
    warm = bureaus(tmp_path / "warm", 1_000, 2)
    calls(warm, tmp_path / "out-warm")
    folders = {size: bureaus(tmp_path / str(size), 100 * size, size) for size in SIZES}
    points = [(size, calls(folder, tmp_path / f"out-{size}")) for size, folder in folders.items()]
    assert exponent(points) <= 1.15
