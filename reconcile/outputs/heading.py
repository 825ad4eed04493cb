"""What stands above the tables: the title, the counts in one line, the inputs, and the notice."""

from __future__ import annotations

from reconcile.messages import Lang
from reconcile.model import Reconciliation, Report
from reconcile.outputs import rows, tables, words
from reconcile.outputs.rows import View


def title(view: View, lang: Lang) -> str:
    """Whose plans, of which period or periods."""
    first, last = view.pairs[0], view.pairs[-1]
    organisation = last.completion_report.organisation
    if first is last:
        return words.label("title", lang, organisation=organisation, period=words.period(last.period, lang))
    spans = {"first": words.period(first.period, lang), "last": words.period(last.period, lang)}
    return words.label("title_several", lang, organisation=organisation, **spans)


def summary(pair: Reconciliation, lang: Lang) -> str:
    """How many tasks in all and of each status, in one line."""
    counts = [
        words.label("summary_count", lang, name=name, count=count) for name, count in tables.counts(pair, lang).cells
    ]
    return words.label(
        "summary_line",
        lang,
        period=words.period(pair.period, lang),
        tasks=pair.summary.tasks,
        items=pair.summary.items,
        counts=words.label("separator", lang).join(counts),
        unplanned=len(pair.unplanned),
        day=words.day(rows.cutoff(pair), lang),
    )


def inputs(view: View, lang: Lang) -> str:
    """The files read, each with the beginning of its hash."""
    files = [
        words.label("input", lang, name=report.file.name, sha256=report.file.sha256[:12]) for report in reports(view)
    ]
    return words.label("inputs_line", lang, files=words.label("separator", lang).join(files))


def reports(view: View) -> tuple[Report, ...]:
    """Every report of the run once, in order."""
    found = {r.file.sha256: r for pair in view.pairs for r in (pair.plan_report, pair.completion_report)}
    return tuple(found.values())


def lines(view: View, lang: Lang) -> tuple[str, ...]:
    """All that stands above the tables, below the title."""
    return (
        *(summary(pair, lang) for pair in view.pairs),
        words.label("rules", lang),
        inputs(view, lang),
        words.label("notice", lang),
    )
