"""The bench of quality on the command line.

python -m bench.quality evaluate [NAME …]   measure, write results.json and the table in docs/quality.md
python -m bench.quality diff [NAME …]       measure and compare with results.json; 1 where a figure differs
python -m bench.quality train [--semantic]  train on all labelled pairs and write reconcile/matching/model*.json
python -m bench.quality choices             ways to choose links from the same probabilities, side by side
python -m bench.quality aside [--semantic] [--no-offices]
                                            a shipped model on bodies it was not trained on (fixtures/aside, terse)
python -m bench.quality continued FOLDER [--semantic]
                                            a shipped model on reports whose plan was linked to their own completions
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bench.quality import contenders, dataset, frozen, practice, verdicts
from bench.quality.dataset import load
from bench.quality.evaluate import Result, judge, leave_one_out, measure
from bench.quality.metrics import Rates

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
def train(semantic: bool = False) -> None:
    """Train a shipped model on all labelled pairs; it carries the frozen leave-one-organisation-out figures.

    The hash of its data covers what taught words and encoder, too: train again after ``python -m bench.words`` or
    ``bench.encoder``.
    """
    from bench.quality import training

    read = dataset.digest(), practice.digest(practice.TEACHING), practice.digest()
    data = hashlib.sha256("".join(read).encode()).hexdigest()
    model = training.train(load(), practice.load(), data, semantic=semantic)
    frozen_result = frozen.read().get("reconcile semantic" if semantic else "reconcile")
    figures = {name: round(figure.value, 4) for name, figure in frozen_result.headline.items()} if frozen_result else {}
    training.write(msgspec.structs.replace(model, figures=figures))


def _show(name: str, rates: Rates) -> None:
    typer.echo(f"{name:34s} links F1 {rates.f1:.3f}  P {rates.precision:.3f}  R {rates.recall:.3f}")


@app.command()
def choices() -> None:
    """Compare ways to choose links, leave-one-organisation-out."""
    from bench.quality import choices

    for name, rates in choices.measure(load(), practice.load()).items():
        _show(name, rates)


@app.command()
def aside(semantic: bool = False, offices: bool = True) -> None:
    """Test a shipped model on labelled pairs of bodies that it was not trained on, with their offices or without."""
    from bench.quality.product import Reconcile
    from reconcile.matching.scoring import shipped

    matcher = Reconcile(shipped(semantic=semantic))
    for folder in (practice.ASIDE, practice.TERSE):
        pairs = practice.load(folder) if offices else tuple(map(dataset.without_offices, practice.load(folder)))
        judged = judge(matcher, pairs, matcher.tune(pairs, ()))
        typer.echo(frozen.line(folder.name, measure(judged, probabilistic=True)))


@app.command()
def continued(folder: Path, semantic: bool = False) -> None:
    """Test a shipped model on reports of `folder` that have a ``.continues.json``."""
    from bench.quality import continued
    from reconcile.matching.scoring import shipped

    for name, rates in continued.measure(folder, shipped(semantic=semantic)):
        _show(name, rates)


if __name__ == "__main__":
    app()
