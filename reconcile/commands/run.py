"""`reconcile run`: the verdict on every planned item of one month by the report of the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import ReconcileError
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.model import Reconciliation, Report

FLAGGED = 1
"""The exit code where ``--fail-on`` finds something."""


def run(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="两份或多份月报，或其文件夹、压缩包 · two or more monthly reports, or a folder or archive of them",
            show_default=False,
        ),
    ],
    format_: console.FormatOption = None,
    output: console.OutputOption = None,
    lang: console.LangOption = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", help="有这些状态即以 1 退出，如 dropped,slipped · leave with 1 on these", show_default=False
        ),
    ] = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", help="运行记录，供 reconcile verify 复算 · the run's working paper, run.json"),
    ] = None,
    quiet: console.QuietOption = False,
) -> None:
    """两份报告对账，或逐月连续对账 · Judge one report by the next, or a run of months."""
    from reconcile import outputs, pipeline

    settings = opening.config(config)
    wanted = _wanted(fail_on)
    reports = opening.reports(files, settings, opening.language(lang, settings), quiet=quiet)
    language = opening.language(lang, settings, reports)
    if len(reports) == len(files):
        _say_order(reports, pipeline.in_order(reports), language, quiet=quiet)
    pairs, threads, left_out = pipeline.reconcile_all(reports, settings)
    for error in left_out:
        console.note(text("pipeline.left_out", language, why=error.message(language)), quiet=quiet)
    if store is not None:
        with opening.ledger(store, settings, create=True) as ledger:
            for pair in pairs:
                ledger.record(pair)
    form = format_ or _format_of(output)
    explained = opening.explained(pairs, form, settings)
    console.write(outputs.render(pairs, threads, form, language, explained=explained), output)
    if manifest is not None:
        from reconcile.ledger import manifest as papers

        drawn = [] if output is None or str(output) == "-" else [papers.output(manifest.parent, output, form, language)]
        paper = papers.manifest(manifest.parent, files, settings, (tuple(pairs), threads), drawn)
        console.write(papers.encode(paper), manifest)
    if _flagged(pairs, wanted):
        raise typer.Exit(FLAGGED)


def _format_of(output: Path | None) -> str:
    """The format a file's name asks for, else the table."""
    from reconcile.outputs import FORMATS

    ending = output.suffix.lstrip(".").lower() if output else ""
    return ending if ending in FORMATS else "table"


def _wanted(fail_on: str | None) -> frozenset[str]:
    """The outcomes and statuses named by ``--fail-on``."""
    from reconcile.model import Outcome, Status

    names = frozenset(name.strip() for name in (fail_on or "").split(",") if name.strip())
    known = [*(one.value for one in Outcome), *(one.value for one in Status)]
    for name in sorted(names.difference(known)):
        raise ReconcileError("pipeline.unknown_flag", name=name, known=" · ".join(dict.fromkeys(known)))
    return names


def _flagged(pairs: Sequence[Reconciliation], wanted: frozenset[str]) -> bool:
    return any({plan.outcome.value, plan.status.value} & wanted for pair in pairs for plan in pair.plans)


def _say_order(given: Sequence[Report], sorted_: Sequence[Report], lang: Lang, *, quiet: bool) -> None:
    """Reports given in another order than their months are put right, and the person is told."""
    if list(given) != list(sorted_):
        order = " → ".join(f"{report.file.name} ({report.period})" for report in sorted_)
        console.note(text("pipeline.swapped", lang, order=order), quiet=quiet)
