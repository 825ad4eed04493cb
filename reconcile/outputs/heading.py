"""What stands above the tables: the title, the counts in one line, the inputs, and the notice."""

from __future__ import annotations

from reconcile.messages import Lang
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Report
from reconcile.outputs import rows, tables, wording
from reconcile.outputs.rows import View


def title(view: View, lang: Lang) -> str:
    """Whose plans, of which period or periods."""
    first, last = view.pairs[0], view.pairs[-1]
    organisation = last.completion_report.organisation
    if first is last:
        return wording.label("title", lang, organisation=organisation, period=wording.period(last.period, lang))
    spans = {"first": wording.period(first.period, lang), "last": wording.period(last.period, lang)}
    return wording.label("title_several", lang, organisation=organisation, **spans)


def summary(pair: Reconciliation, lang: Lang) -> str:
    """How many tasks in all and of each status, in one line."""
    counts = [
        wording.label("summary_count", lang, name=name, count=count) for name, count in tables.counts(pair, lang).cells
    ]
    return wording.label(
        "summary_line",
        lang,
        period=wording.period(pair.period, lang),
        tasks=pair.summary.tasks,
        items=pair.summary.items,
        counts=wording.label("separator", lang).join(counts),
        unplanned=len(pair.unplanned),
        day=wording.day(rows.cutoff(pair), lang),
    )


def inputs(view: View, lang: Lang) -> str:
    """The files read, each with the beginning of its hash, and the model that judged."""
    files = [
        wording.label("input", lang, name=report.file.name, sha256=report.file.sha256[:12]) for report in reports(view)
    ]
    return wording.label(
        "inputs_line", lang, files=wording.label("separator", lang).join(files), model=view.pairs[-1].model
    )


def reports(view: View) -> tuple[Report, ...]:
    """Every report of the run once, in order."""
    found = {r.file.sha256: r for pair in view.pairs for r in (pair.plan_report, pair.completion_report)}
    return tuple(found.values())


def lines(view: View, lang: Lang) -> tuple[str, ...]:
    """All that stands above the tables, below the title."""
    return (
        *(summary(pair, lang) for pair in view.pairs),
        wording.label("rules", lang),
        inputs(view, lang),
        wording.label("notice", lang),
    )
