"""docs/performance.md and its curves, drawn from the figures into the template beside this module."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.speed import chart

TEMPLATE = Path(__file__).with_name("performance.md")
YEAR_PAIRS = 2_800 * 30 * 12
"""Bureau-month pairs of a year: 2,800 counties, 30 bureaus each."""


def write(results: dict[str, Any], docs: Path) -> None:
    """Write the page and its pictures from a full set of figures."""
    figures = {name: part["figures"] for name, part in results.items()}
    machines = {f"{name}_machine": _machine(part["on"]) for name, part in results.items()}
    facts = _cold(figures["cold"]) | _batch(figures["batch"]) | _growth(figures["growth"]) | machines
    facts |= {
        "warm_table": _warm(figures["warm"]),
        "steps_table": _steps(figures["warm"]["steps"]),
        "commands_table": _processes(figures["commands"]),
        "parse_table": _parse(figures["parse"]["reports"], "items", "median"),
        "formats_table": _parse(figures["parse"]["formats"], "blocks", "best of five"),
        "others_table": _others(figures["others"]),
    }
    docs.mkdir(exist_ok=True)
    text = TEMPLATE.read_text(encoding="utf-8").format(**facts)
    (docs / "performance.md").write_text(text, encoding="utf-8")
    _pictures(figures["growth"], docs / "performance")


def _cold(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "run_to_floor": figures["run_to_floor"],
        "cold_table": _processes(figures["processes"] | figures["front"]),
    }


def _processes(figures: dict[str, Any]) -> str:
    rows = [
        [f"`{name}`", _milliseconds(one["seconds"]), f"{one['ratio']:.2f}", f"{one['peak_mb']:.0f} MB"]
        for name, one in figures.items()
    ]
    return _table(["process", "median", "ratio", "peak memory"], rows)


def _warm(figures: dict[str, Any]) -> str:
    rows = [
        [name, f"{one['plans']} × {one['completions']} × {one['next_plans']}", _milliseconds(one["seconds"])]
        for name, one in figures.items()
        if name != "steps"
    ]
    return _table(["pair", "plans × completions × next plans", "median"], rows)


def _steps(figures: dict[str, float]) -> str:
    return _table(["step", "median"], [[name, _milliseconds(seconds)] for name, seconds in figures.items()])


def _parse(figures: dict[str, Any], parts: str, measure: str) -> str:
    rows = [[name, str(one[parts]), _milliseconds(one["seconds"])] for name, one in figures.items()]
    return _table(["report", parts, measure], rows)


def _others(figures: dict[str, Any]) -> str:
    rows = [
        [
            name,
            _milliseconds(one["fit_seconds"]),
            _milliseconds(one["score_seconds"]),
            f"{one['peak_mb']:.0f} MB",
            str(one["lines"]),
        ]
        for name, one in figures.items()
    ]
    return _table(["", "fit", "score a pair", "peak memory", "lines"], rows)


def _batch(figures: dict[str, Any]) -> dict[str, Any]:
    one, two = figures["1"], figures["2"]
    rates = [figure["pairs"] / figure["seconds"] for figure in (one, two)]
    each = [figure["processor_seconds"] / figure["pairs"] for figure in (one, two)]
    return {
        "batch_pairs": two["pairs"],
        "rate_one": rates[0],
        "rate_two": rates[1],
        "gain": rates[1] / rates[0],
        "share": each[1] / each[0],
        "year_pairs": YEAR_PAIRS,
        "year_measured": two["pairs"],
        "core_hours": each[1] * YEAR_PAIRS / 3600,
    }


def _growth(figures: dict[str, Any]) -> dict[str, Any]:
    blocks = [
        [f"{one['plans']:,}", f"{one['completions']:,}", f"{one['seconds']:.2f}", f"{one['peak_mb']:.0f} MB"]
        for one in figures["blocks"]
    ]
    bureaus = [
        [f"{one['bureaus']:,}", f"{one['pairs']:,}", f"{one['processor_seconds']:.1f}", f"{one['peak_mb']:.0f} MB"]
        for one in figures["bureaus"]
    ]
    return {
        "blocks_table": _table(["plan items", "completions", "seconds", "peak memory"], blocks),
        "bureaus_table": _table(["bureaus", "pairs", "seconds", "peak memory"], bureaus),
    }


def _pictures(figures: dict[str, Any], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for part, what, count in (("blocks", "one office", "plans"), ("bureaus", "a batch", "bureaus")):
        for unit, measure, figure in (
            ("time", "seconds", "seconds" if part == "blocks" else "processor_seconds"),
            ("memory", "MB", "peak_mb"),
        ):
            points = [(one[count], one[figure]) for one in figures[part]]
            x = "plan items" if part == "blocks" else "bureaus"
            picture = chart.svg(f"{unit.capitalize()} of {what}", x, measure, {"reconcile": points})
            (folder / f"{part}-{unit}.svg").write_text(picture, encoding="utf-8")


def _machine(on: dict[str, str]) -> str:
    return "{date}: {processor}, {cores} cores, {system}, Python {python}; {libraries}".format(**on)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
