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
    from reconcile.model.reconciliation import Reconciliation
    from reconcile.model.reports import Report

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
        typer.Option(
            "--manifest",
            help="运行记录，供 reconcile verify 复算，默认写在输出文件或台账旁 · the run's working paper, "
            "default: beside the output or the ledger",
            show_default=False,
        ),
    ] = None,
    quiet: console.QuietOption = False,
) -> None:
    """Judge one report by the next, or a run of months."""
    from reconcile import outputs, pairing, pipeline
    from reconcile.ledger import manifest as papers

    console.spare(files, output, manifest)
    settings = opening.config(config)
    form, wanted = outputs.format_of(format_, output), _wanted(fail_on)
    paper = manifest or _beside(output, store)
    inputs = papers.inputs(files, paper.parent) if paper else ()
    reports = opening.reports(files, settings, lang, quiet=quiet)
    language = opening.language(lang, settings, reports)
    if len(reports) == len(files):
        _say_order(reports, pairing.in_order(reports), language, quiet=quiet)
    pairs, threads, left_out = pipeline.reconcile_all(reports, settings)
    opening.say_gaps(reports, left_out, language, quiet=quiet)
    if store is not None:
        with opening.ledger(store, settings, create=True) as ledger:
            for pair in pairs:
                ledger.record(pair)
            ledger.bring_up_to_date()
    explained = opening.explained(pairs, form, settings)
    width = outputs.FILE_WIDTH if _is_file(output) else None
    console.write(outputs.render(pairs, threads, form, language, width=width, explained=explained), output)
    if paper:
        drawn = [papers.output(paper.parent, output, form, language)] if output and _is_file(output) else []
        console.write(papers.encode(papers.manifest(inputs, settings, (tuple(pairs), threads), drawn)), paper)
        console.note(text("manifest.written", language, file=paper), quiet=quiet)
    if _flagged(pairs, wanted):
        raise typer.Exit(FLAGGED)


def _beside(output: Path | None, store: str | None) -> Path | None:
    """Where a run's working paper goes: beside the file it writes, else beside the ledger it is stored in."""
    if output and _is_file(output):
        return output.with_name(f"{output.name}.run.json")
    return Path(f"{store}.run.json") if store and "://" not in store else None


def _is_file(output: Path | None) -> bool:
    """Whether the output goes to a file of its own, not to standard output, a device or a pipe."""
    return output is not None and str(output) != "-" and (output.is_file() or not output.exists())


def _wanted(fail_on: str | None) -> frozenset[str]:
    """The outcomes and statuses named by ``--fail-on``."""
    from reconcile.model.verdicts import Outcome, Status

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
