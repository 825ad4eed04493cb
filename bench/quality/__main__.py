"""The bench of quality on the command line.

python -m bench.quality evaluate [NAME …]   measure, write results.json and the table in docs/quality.md
python -m bench.quality diff [NAME …]       measure and compare with results.json; 1 where a figure differs
python -m bench.quality train               train on all labelled pairs and write reconcile/matching/model.json
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bench.quality import contenders, dataset, frozen, verdicts
from bench.quality.dataset import load
from bench.quality.evaluate import Result, leave_one_out, measure

Names = Annotated[list[str] | None, typer.Argument(help=" · ".join(contenders.CONTENDERS), show_default=False)]

app = typer.Typer(add_completion=False, help=__doc__, rich_markup_mode=None)


def results(names: list[str] | None) -> dict[str, Result]:
    """Measure the named contenders, or all."""
    pairs = load()
    measured = {}
    for name in names or contenders.CONTENDERS:
        judged = leave_one_out(lambda name=name: contenders.make(name), pairs)  # type: ignore[misc]
        measured[name] = measure(judged, probabilistic=contenders.make(name).probabilistic)
        typer.echo(frozen.line(name, measured[name]))
        if found := measured[name].verdicts:
            typer.echo("\n".join(verdicts.lines(measured[name].confusion, found)))
    return measured


@app.command()
def evaluate(names: Names = None) -> None:
    """Measure leave-one-organisation-out and freeze the figures."""
    frozen.save(results(names))
    frozen.write_table(Path("docs/quality.md"))


@app.command()
def diff(names: Names = None) -> None:
    """Measure again and show every figure that differs from the frozen ones."""
    changes = frozen.differences(results(names))
    for change in changes:
        typer.echo(change)
    raise typer.Exit(1 if changes else 0)


@app.command()
def train() -> None:
    """Train the shipped model on all labelled pairs; it carries the frozen leave-one-organisation-out figures."""
    from bench.quality import training

    frozen_result = frozen.read().get("reconcile")
    model = training.train(load(), dataset.digest())
    figures = {name: round(figure.value, 4) for name, figure in frozen_result.headline.items()} if frozen_result else {}
    training.write(msgspec.structs.replace(model, figures=figures))


if __name__ == "__main__":
    app()
