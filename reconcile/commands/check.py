"""`reconcile check`: the monthly check over the ledger, for a scheduler and for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import NothingToCheck, StoreError

if TYPE_CHECKING:
    from reconcile.config import Config
    from reconcile.ledger.store import Ledger


def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="报告所在文件夹，默认为配置中的 inbox · the reports, default: the inbox of the configuration"
        ),
    ] = None,
    organisation: Annotated[
        list[str] | None, typer.Option("--organisation", help="只核查这些单位 · only these", show_default=False)
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="从这一期起逐期核查 · every period from this one on", show_default=False),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", help="按这一天核查，如 2026-03-05 · as if it were this day", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="演练：不写入、不通知 · write nothing, tell nobody")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="有问题也以 0 退出 · leave with 0, not 1")] = False,
    wait: Annotated[
        float, typer.Option("--wait", help="等待另一个核查的秒数 · seconds to wait for another check", min=0)
    ] = 0,
    processes: console.ProcessesOption = console.PROCESSES,
    log_format: Annotated[str, typer.Option("--log-format", help="text · json")] = "text",
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
    quiet: console.QuietOption = False,
) -> None:
    """The monthly check: what is newly dropped, slipped, missing or late."""
    from reconcile import config as configuration
    from reconcile.check import run
    from reconcile.check.journal import Journal
    from reconcile.check.lock import alone

    found = config or configuration.find(Path.cwd())
    settings = opening.config(found)
    base = found.resolve().parent if found else Path.cwd()
    journal = Journal(console.language(lang), console.one_of("--log-format", log_format, ("text", "json")), quiet=quiet)
    inbox = folder or (base / settings.check.inbox if settings.check.inbox else None)
    scope = run.Scope(
        base=base,
        today=console.day("--today", today) or date.today(),  # noqa: DTZ011 - due days are local days
        inbox=inbox,
        organisations=tuple(organisation or ()),
        since=console.period("--since", since),
        dry=dry_run,
        exit_zero=exit_zero,
        processes=processes,
    )
    with (
        alone(base / settings.check.folder, wait) as unfinished,
        _ledger(store or settings.store, settings, dry=dry_run) as ledger,
    ):
        if unfinished:
            journal.say("unfinished", "warning", pid=unfinished.pid, host=unfinished.host, since=unfinished.since)
        result = run.check(ledger, settings, scope, journal)
    print(result.summary, flush=True)
    if result.exit_code == NothingToCheck.exit_code:
        raise NothingToCheck("check.nothing")
    raise typer.Exit(result.exit_code)


@contextmanager
def _ledger(store: str | None, settings: Config, *, dry: bool) -> Iterator[Ledger]:
    """The ledger, or for a dry run a copy of it that is thrown away."""
    from tempfile import TemporaryDirectory

    from reconcile.ledger.database import DEFAULT_FILE
    from reconcile.ledger.store import Ledger

    if not dry:
        with Ledger.open(store, settings, create=True) as ledger:
            yield ledger
        return
    if "://" in (store or ""):
        raise StoreError("check.dry_postgresql")
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "ledger.sqlite"
        if Path(store or DEFAULT_FILE).exists():
            with Ledger.open(store) as original:
                original.backup(copy)
        with Ledger.open(copy, settings, create=True) as ledger:
            yield ledger
