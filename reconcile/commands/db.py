"""`reconcile db`: upkeep of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconcile.commands import console, opening
from reconcile.messages import text

app = typer.Typer(no_args_is_help=True)


@app.command()
def upgrade(
    store: console.StoreOption = None, config: console.ConfigOption = None, lang: console.LangOption = None
) -> None:
    """把台账升级到本程序的结构（请先备份） · Bring the ledger to this version's schema (back it up first)."""
    from reconcile.ledger.database import DEFAULT_FILE, Database

    database = Database(store or opening.config(config).store or DEFAULT_FILE)
    try:
        database.require()
        console.note(text("db.upgraded", console.language(lang), store=database.name, schema=database.upgrade()))
    finally:
        database.engine.dispose()


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份文件 · where to write the copy")],
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """备份 SQLite 台账（使用中也可以） · Copy a SQLite ledger, even while it is in use."""
    with opening.ledger(store, opening.config(config)) as ledger:
        ledger.backup(file)
    console.note(text("db.backed_up", console.language(lang), file=file))


@app.command()
def verify(
    store: console.StoreOption = None, config: console.ConfigOption = None, lang: console.LangOption = None
) -> None:
    """重新计算全部哈希 · Re-hash every report, run and judgement."""
    settings = opening.config(config)
    words = opening.language(lang, settings)
    with opening.ledger(store, settings) as ledger:
        found = ledger.verify()
    for fault in found.faults:
        print(text(f"db.{fault.code}", words, subject=fault.subject))
    key = "db.unsound" if found.faults else "db.sound"
    facts = {"reports": found.reports, "runs": found.runs, "judgements": found.judgements, "faults": len(found.faults)}
    console.note(text(key, words, **facts))
    if found.faults:
        raise typer.Exit(2)


@app.command()
def rerun(
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
    processes: console.ProcessesOption = console.PROCESSES,
) -> None:
    """用现有模型和配置重新对账，旧结果保留 · Judge every month again with the present model and configuration."""
    from reconcile.workers import Workers

    settings = opening.config(config)
    words = opening.language(lang, settings)
    with Workers(processes) as workers, opening.ledger(store, settings) as ledger:
        console.note(text("import.judged", words, count=ledger.bring_up_to_date(again=True, workers=workers)))
        if (replayed := ledger.replay()).entries:
            console.note(text("import.replayed", words, **replayed.counts))


@app.command()
def alias(
    organisation: Annotated[str, typer.Argument(help="单位 · the organisation")],
    office: Annotated[str, typer.Argument(help="科室现名 · the office's present name")],
    other: Annotated[str, typer.Argument(help="别名 · what it was also called")],
    first: Annotated[str | None, typer.Option("--from", help="起始日期 · valid from (2021-01-01)")] = None,
    last: Annotated[str | None, typer.Option("--to", help="截止日期 · valid to (2021-12-31)")] = None,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """登记科室别名及有效期 · Record another name of an office and when it was valid."""
    with opening.ledger(store, opening.config(config)) as ledger:
        days = (console.day("--from", first), console.day("--to", last))
        ledger.add_alias(organisation, office, other, *days)
    console.note(text("db.aliased", console.language(lang), office=office, alias=other))
