"""The bench of speed on the command line.

python -m bench.speed              measure everything, write results.json and docs/performance.md
python -m bench.speed cold growth  measure these parts only, the others stay as they were

On a slow or busy machine `--items` and `--bureaus` bound the largest block and the largest batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import msgspec
import typer

from bench.generate import as_text, organisation
from bench.quality import contenders
from bench.quality.dataset import FOLDER
from bench.speed import machine, page
from bench.speed.measure import CHECKOUT, ROUND, alternate, part, process

WORK = CHECKOUT / "out" / "bench"
RESULTS = Path(__file__).with_name("results.json")
FLOOR = "import typer, rapidfuzz, networkx, rjieba, numpy"
BLOCKS = (100, 300, 1_000, 3_000, 10_000, 20_000)
BUREAUS = (10, 30, 100, 300, 1_000, 3_000, 10_000)
COUNTY_ITEMS = 166
APART = "reconcile semantic"
"""The contender that is not timed beside the others: training it takes a quarter of an hour and an extra."""


def county() -> Sequence[str]:
    """The paths of two reports of a county."""
    WORK.mkdir(parents=True, exist_ok=True)
    paths = []
    for month in organisation(0, 2, COUNTY_ITEMS):
        paths.append(WORK / f"{month.period}.txt")
        paths[-1].write_text(as_text(month), encoding="utf-8")
    return [str(path) for path in paths]


def cold() -> dict[str, Any]:
    """Whole processes, ten rounds in turn: the product on a county's pair beside what it cannot go below."""
    run = ["cli.py", "run", *county(), "--format", "json"]
    imports = alternate({"python -c pass": ["-c", "pass"], FLOOR: ["-c", FLOOR], "reconcile run": run}, 10)
    front = alternate({"import typer": ["-c", "import typer"], "reconcile --help": ["cli.py", "--help"]}, 10)
    return {
        "processes": msgspec.to_builtins(imports),
        "run_to_floor": imports["reconcile run"].ratio / imports[FLOOR].ratio,
        "front": msgspec.to_builtins(front),
    }


def commands() -> dict[str, Any]:
    """Whole processes: two months imported and judged into a new ledger, then the report on them in every format."""
    months = county()
    with TemporaryDirectory() as folder:
        ledgers = [f"{folder}/{name}.db" for name in (ROUND, "kept")]
        imported, kept = (["cli.py", "import", *months, "--store", ledger, "--quiet"] for ledger in ledgers)
        process(kept)
        told = ["cli.py", "report", "--store", ledgers[1], "--quiet"]
        reports = {
            f"reconcile report --format {name}": [*told, "--format", name, *at]
            for name, at in (
                *((name, []) for name in ("table", "json", "csv")),
                *((name, ["-o", f"{folder}/report.{name}"]) for name in ("xlsx", "docx", "html")),
            )
        }
        found = alternate({FLOOR: ["-c", FLOOR], "reconcile import": imported} | reports, 5)
    return {name: msgspec.to_builtins(timing) for name, timing in found.items()}


def warm() -> dict[str, Any]:
    """One pair after everything is loaded; the Xiangshan pair too where it is at hand."""
    found = {"generated": part("warm_pairs")[1], "steps": part("warm_steps")[1]}
    shared = CHECKOUT.parent / "shared"
    files = [shared / "seeds" / "xiangshan-2020-10.txt", shared / "pairs" / "xiangshan-2020-11.txt"]
    if all(path.is_file() for path in files):
        found["Xiangshan 2020"] = part("warm_files", *map(str, files))[1]
    return found


def parse() -> dict[str, Any]:
    """Reading one report of each form among the fixtures, and one report of 200 paragraphs in every format."""
    names = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))
    return {"reports": {name: part("parse", name)[1] for name in names}, "formats": part("formats")[1]}


def others() -> dict[str, Any]:
    """The contenders of the bench of quality on the labelled pairs: time, memory, lines of the user's own code."""
    found = {}
    for name in (name for name in contenders.CONTENDERS if name != APART):
        run, figures = part("contender", name)
        found[name] = figures | {"peak_mb": run.peak_mb, "lines": machine.lines_of_code(contenders.source(name))}
    return found


def growth(most_items: int, most_bureaus: int) -> dict[str, Any]:
    """Time and memory by the size of one block, and by the number of bureaus."""
    blocks, bureaus = [], []
    for items in (size for size in BLOCKS if size <= most_items):
        run, figures = part("block", str(items))
        blocks.append(figures | {"peak_mb": run.peak_mb})
    for count in (size for size in BUREAUS if size <= most_bureaus):
        run, figures = part("bureaus", str(count), "2", "1")
        bureaus.append(figures | {"bureaus": count, "peak_mb": run.peak_mb})
    return {"blocks": blocks, "bureaus": bureaus}


def batch(most_bureaus: int) -> dict[str, Any]:
    """A year of 834 bureaus, 10,008 pairs, by two processes, and of a tenth of them by one."""
    bureaus = min(834, most_bureaus)
    return {
        jobs: part("bureaus", str(count), "13", jobs)[1] for jobs, count in (("1", -(-bureaus // 10)), ("2", bureaus))
    }


PARTS = ("cold", "commands", "warm", "parse", "others", "batch", "growth")


def main(
    parts: Annotated[list[str] | None, typer.Argument(help=" · ".join(PARTS), show_default=False)] = None,
    items: Annotated[int, typer.Option(help="the largest block")] = max(BLOCKS),
    bureaus: Annotated[int, typer.Option(help="the largest batch")] = max(BUREAUS),
) -> None:
    """Measure, write the figures, draw the page."""
    measures: dict[str, Callable[[], dict[str, Any]]] = {
        "cold": cold,
        "commands": commands,
        "warm": warm,
        "parse": parse,
        "others": others,
        "batch": lambda: batch(bureaus),
        "growth": lambda: growth(items, bureaus),
    }
    results = msgspec.json.decode(RESULTS.read_bytes()) if RESULTS.is_file() else {}
    for name in parts or PARTS:
        results[name] = {"on": machine.describe(), "figures": measures[name]()}
        RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
        typer.echo(f"{name}: {msgspec.json.encode(results[name]['figures']).decode()}")
    if results.keys() == set(PARTS):
        page.write(results, CHECKOUT / "docs")


if __name__ == "__main__":
    typer.run(main)
