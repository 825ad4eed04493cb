"""`reconcile explain`: why two items are linked, and why a planned item has its verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import ReconcileError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reconcile.config import Config
    from reconcile.model.reconciliation import Reconciliation


def explain(
    id_: Annotated[
        str, typer.Argument(metavar="LINK|TASK", help="关联、事项或任务的编号 · the id of a link, item or task")
    ],
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="报告；不写则取自台账 · the reports; none: from the ledger", show_default=False),
    ] = None,
    format_: Annotated[str | None, console.formats("table", "json")] = None,
    output: console.OutputOption = None,
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
) -> None:
    """Say why a link was made or a verdict given."""
    from reconcile import pipeline
    from reconcile.outputs import explained, format_of

    settings = opening.config(config)
    form = format_of(format_, output, explained.FORMATS)
    for pair in _pairs(id_, files, store, settings, lang):
        found = pipeline.explain(pair, id_, settings)
        if found is not None:
            language = opening.language(lang, settings, [pair.plan_report])
            console.write(explained.render(found, form, language), output)
            return
    raise ReconcileError("explain.unknown_id", id=id_)


def _pairs(
    id_: str, files: Sequence[Path] | None, store: str | None, settings: Config, lang: str | None
) -> Sequence[Reconciliation]:
    from reconcile import pipeline

    if files:
        return pipeline.reconcile_all(opening.reports(files, settings, lang), settings)[0]
    with opening.ledger(store, settings) as ledger:
        return ledger.reconciliations_about(id_)
