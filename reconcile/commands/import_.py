"""`reconcile import`: reports into the ledger, then the months judged that can be."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.config import Config
from reconcile.errors import InputError
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.ledger.replay import Replay
    from reconcile.ledger.reports import Stored
    from reconcile.ledger.store import Ledger
    from reconcile.model.reports import Report


def import_(
    paths: Annotated[
        list[str], typer.Argument(help="报告文件或文件夹，- 为标准输入 · reports or folders, - is standard input")
    ],
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="报告所属单位 · whose reports these are", show_default=False)
    ] = None,
    format_: console.TableOrJsonOption = "table",
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
    processes: console.ProcessesOption = console.PROCESSES,
    quiet: console.QuietOption = False,
) -> None:
    """Store reports in the ledger and judge the months they complete."""
    import msgspec

    from reconcile.workers import Workers

    settings = opening.config(config)
    words, form = opening.language(lang, settings), console.table_or_json(format_)
    stored: list[Stored] = []
    failed: list[InputError] = []
    files = list(_files(paths))
    with Workers(processes) as workers, opening.ledger(store, settings, create=True) as ledger:
        for (path, _), read in workers.spread(partial(_read, settings), _sources(files), len(files)):
            for name, report in [(path, read)] if isinstance(read, Exception) else read:
                try:
                    stored.append(_add(ledger, report, organisation))
                except InputError as error:
                    failed.append(error)
                    console.fail(error)
                    continue
                if form == "table":
                    print(_line(name, stored[-1], words), flush=True)  # what is printed is on the disk
        judged = ledger.bring_up_to_date(workers=workers)
        replayed = ledger.replay()
    if form == "json":
        result = {"stored": stored, "judged": judged, "judgements": replayed.counts}
        print(msgspec.json.format(msgspec.json.encode(result), indent=1).decode())
    console.note(text("import.judged", words, count=judged), quiet=quiet)
    _note_replay(replayed, words, quiet)
    if failed:
        raise typer.Exit(2)


def _files(paths: list[str]) -> Iterator[str]:
    """The paths given, folders opened: the reports in them by name."""
    from reconcile.intake.archive import reports_in

    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from (str(each) for each in reports_in(Path(path)))
        else:
            yield path


def _sources(paths: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
    """Each file by its path; standard input, which no other process can read, with its content."""
    for path in paths:
        yield path, sys.stdin.buffer.read() if path == "-" else None


def _read(settings: Config, source: tuple[str, bytes | None]) -> list[tuple[str, Report | Exception]]:
    """The reports of one file, several of an archive, or what is wrong with each; by the path, or the name inside."""
    from reconcile import intake, layout

    path, data = source
    documents = intake.read_all(Path(path)) if data is None else [intake.read_bytes(data, "stdin")]
    found = list(layout.read_reports(documents, settings))
    return [(path if isinstance(one, Exception) or len(found) == 1 else one.file.name, one) for one in found]


def _add(ledger: Ledger, report: Report | Exception, organisation: str | None) -> Stored:
    if isinstance(report, Exception):
        raise report
    if not report.items:
        raise InputError("import.no_items", file=report.file.name)
    return ledger.add(report, organisation)


def _line(path: str, stored: Stored, lang: Lang) -> str:
    return text(
        f"import.{stored.state}",
        lang,
        file=path,
        organisation=stored.organisation,
        period=stored.period,
        items=stored.items,
        version=stored.version,
    )


def _note_replay(replayed: Replay, lang: Lang, quiet: bool) -> None:
    if replayed.entries:
        console.note(text("import.replayed", lang, **replayed.counts), quiet=quiet)
