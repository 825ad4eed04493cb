"""The bench of speed: its arithmetic, not its figures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.speed import chart, machine
from bench.speed.measure import ROUND, alternate, process


@given(st.floats(0.5, 3), st.floats(0.1, 100))
def test_the_exponent_of_a_power_is_found(power: float, factor: float) -> None:
    points = [(x, factor * x**power) for x in (1.0, 10.0, 50.0, 100.0)]
    assert chart.exponent(points) == pytest.approx(power)


def test_a_chart_is_an_image_with_a_title_and_every_point() -> None:
    picture = chart.svg("Time & memory", "items", "seconds", {"reconcile": [(1, 2), (10, 25), (100, 300)]})
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    assert root.findtext("{*}title") == "Time & memory"
    assert len(root.findall("{*}circle")) == 3


def test_only_lines_that_do_something_are_counted(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Words."""\n\n# a remark\nx = 1\n\n\ndef f():\n    """More\n    words."""\n    return x\n')
    assert machine.lines_of_code(module) == 3


def test_ratios_are_to_the_first_process() -> None:
    timings = alternate({"first": ["-c", "pass"], "second": ["-c", "sum(range(20_000_000))"]}, rounds=2)
    assert timings["first"].ratio == 1
    assert timings["second"].ratio > 1
    assert timings["second"].peak_mb > 1


def test_every_round_can_have_a_file_of_its_own(tmp_path: Path) -> None:
    alternate({"once": ["-c", f"open({f'{tmp_path}/{ROUND}'!r}, 'x')"]}, rounds=2)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        process(["-c", "1 / 0"])
