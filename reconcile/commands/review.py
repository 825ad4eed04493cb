"""`reconcile review`: doubtful verdicts out to Excel or WPS, decisions back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import InputError
from reconcile.messages import text

app = typer.Typer(no_args_is_help=True)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="写出的 xlsx 文件 · the xlsx file to write")],
    period: console.PeriodOption = None,
    organisation: console.OrganisationOption = None,
    everything: Annotated[bool, typer.Option("--all", help="不限于存疑的 · not only what is doubtful")] = False,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """写出存疑的结论和关联，附下拉选项 · Write what is doubtful, with drop-downs to judge it."""
    from reconcile.ledger import review

    settings = opening.config(config)
    words = opening.language(lang, settings)
    month = console.period("--period", period)
    with opening.ledger(store, settings) as ledger:
        pairs = ledger.reconciliations(organisation, month)
    console.write(review.export(pairs, words, everything=everything), file)
    console.note(text("review.exported", words, file=file))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="填好的 xlsx 文件 · the xlsx file, filled in")],
    actor: console.ActorOption = None,
    store: console.StoreOption = None,
    config: console.ConfigOption = None,
    lang: console.LangOption = None,
) -> None:
    """读回填好的表；原文已变的行不采纳 · Take it back; rows whose source has changed are refused."""
    from reconcile.ledger import review

    settings = opening.config(config)
    words = opening.language(lang, settings)
    answers = review.answers(console.read_bytes(file), str(file), console.user(actor))
    with opening.ledger(store, settings) as ledger:
        taken = ledger.review(answers)
        ledger.bring_up_to_date()
    console.note(text("review.taken", words, new=len(taken.entries), known=taken.known))
    for row in taken.refused:
        console.note(text("review.refused", words, row=row))
    if taken.refused:
        raise typer.Exit(InputError.exit_code)
