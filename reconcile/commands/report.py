"""`reconcile report`: the tables, circulars, slips and pictures of runs, from reports given or from the ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import NothingToCheck, ReconcileError
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.config import Config
    from reconcile.outputs.bundle import Files, Kind
    from reconcile.outputs.rows import View

HERE = Path()


def report(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="报告文件；不写则取自台账 · the reports; none: from the ledger", show_default=False),
    ] = None,
    format_: console.FormatOption = None,
    output: console.OutputOption = None,
    slips: Annotated[bool, typer.Option("--slips", help="督办提醒单 · reminder slips (docx)")] = False,
    per: Annotated[str, typer.Option("--per", help="每科室或每任务一单 · a slip an office or a task")] = "office",
    chart: Annotated[bool, typer.Option("--chart", help="热力图和顺延分布 · pictures (svg, png)")] = False,
    organisation: console.OrganisationOption = None,
    period: console.PeriodOption = None,
    force: console.ForceOption = False,
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
    quiet: console.QuietOption = False,
) -> None:
    """Draw the tables, the circular, reminder slips and pictures."""
    from reconcile.outputs import bundle

    console.spare(files or (), output)
    settings = opening.config(config)
    language = opening.language(lang, settings)
    kind: Kind = "slips" if slips else "chart" if chart else "report"
    month = console.period("--period", period)
    folder = output is not None and _is_folder(output)
    form = bundle.format_of(kind, format_, output, folder=folder)
    with _progress(language, quiet=quiet) as say:
        say("reading")
        views = (
            _of_files(files, settings, lang, quiet=quiet) if files else _of_ledger(store, settings, organisation, month)
        )
        if len(views) > 1 and not folder:
            raise ReconcileError("outputs.several_organisations", count=len(views))
        language = opening.language(lang, settings, [view.pairs[0].completion_report for view in views])
        say("drawing")
        draw = bundle.folder if folder else bundle.whole
        found = [draw(view, kind, form, language, per, opening.explained(view.pairs, form, settings)) for view in views]
    for each in found:
        _put(each, output, language, folder=folder, force=force, quiet=quiet)


def _put(found: Files, output: Path | None, lang: Lang, *, folder: bool, force: bool, quiet: bool) -> None:
    """To the folder or the file asked for; else to standard output, where only text goes unasked."""
    from reconcile.outputs import files

    for name, content in found.items():
        if str(output) == "-" or (output is None and isinstance(content, str)):
            console.write(content, None)
            continue
        if output and not folder:
            path = output
            console.write(content, path)
        else:
            path = (output or HERE) / name
            files.write(path, content, force=force)
        console.note(text("outputs.written", lang, file=path), quiet=quiet)


def _is_folder(output: Path) -> bool:
    return str(output) != "-" and (output.is_dir() or not output.suffix)


def _of_files(files: list[Path], settings: Config, asked: str | None, *, quiet: bool) -> list[View]:
    """The reports given, in any order, each month against the one before."""
    from reconcile import pipeline
    from reconcile.outputs.rows import view

    reports = opening.reports(files, settings, asked, quiet=quiet)
    lang = opening.language(asked, settings, reports)
    pairs, threads, left_out = pipeline.reconcile_all(reports, settings)
    opening.say_gaps(reports, left_out, lang, quiet=quiet)
    return [view(pairs, threads)]


def _of_ledger(store: str | None, settings: Config, organisation: str | None, period: str | None) -> list[View]:
    """What the ledger holds, a view an organisation; its threads are those over all months."""
    from reconcile.outputs.rows import view

    with opening.ledger(store, settings) as ledger:
        pairs, threads = ledger.overview(organisation, period)
    if not pairs:
        raise NothingToCheck("outputs.nothing_in_ledger")
    names = dict.fromkeys(pair.completion_report.organisation for pair in pairs)
    views = []
    for name in names:
        own = [pair for pair in pairs if pair.completion_report.organisation == name]
        items = {verdict.item.id for pair in own for verdict in pair.plans}
        views.append(view(own, [one for one in threads if any(step.item.id in items for step in one.steps)]))
    return views


@contextmanager
def _progress(lang: Lang, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A spinner on standard error that says what is being done; nothing where that is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda what: status.update(text(f"outputs.{what}", lang))
