"""The tables people read, as plain cells in one language: every format draws these and nothing else.

Columns and their order are those of the ledgers that inspection offices (督查室) keep by hand. A run over several pairs
has the period checked as an additional first column.
"""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.messages import Lang
from reconcile.model.documents import SourceWarning
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Report
from reconcile.model.threads import Step
from reconcile.model.verdicts import Finding, Status
from reconcile.outputs import rows, wording
from reconcile.outputs.plain_table import Spec, Table, column_of, table_of
from reconcile.outputs.rows import ItemRow, JudgedTask, TaskRow, View
from reconcile.period import Period


def all_tables(view: View, lang: Lang) -> tuple[Table, ...]:
    """Every table of a run, in the order people read them."""
    return (
        slippage(view, lang),
        offices(view, lang),
        items(view, lang),
        unplanned(view, lang),
        findings(view, lang),
        *((threads(view, lang),) if view.threads else ()),
        inputs(view, lang),
    )


def slippage(view: View, lang: Lang) -> Table:
    """The slippage table (问题清单): one row a task not done, most urgent first."""
    return _task_table("slippage", view, view.slippage, lang)


def tasks(view: View, lang: Lang) -> Table:
    """All tasks (全部任务) with the columns of the slippage table, its rows first."""
    return _task_table("tasks", view, view.tasks, lang)


def _task_table(name: str, view: View, chosen: Sequence[TaskRow], lang: Lang) -> Table:
    columns: list[Spec[TaskRow]] = [
        ("office", 4, lambda row: row.item.verdict.item.office),
        ("co_offices", 4, lambda row: _names(row.item.verdict.item.co_offices, lang)),
        ("plan", 16, lambda row: row.task.text),
        ("first_period", 4, lambda row: wording.period(row.task.first_period, lang)),
        ("due", 4, lambda row: wording.day(row.item.verdict.due, lang)),
        ("reported", 16, lambda row: _reported(row.item, row.task, lang)),
        ("target", 3, lambda row: wording.quantity(row.task.verdict.target)),
        ("actual", 3, lambda row: wording.quantity(row.task.verdict.actual)),
        ("status", 4, lambda row: wording.status(row.task.verdict.status, lang)),
        ("light", 2, lambda row: wording.light(row.item.verdict.light, lang)),
        ("slip_count", 2, lambda row: row.item.verdict.slip_count),
        ("reason", 7, lambda row: row.task.verdict.reason or row.item.verdict.reason or ""),
        ("next_plan", 4, lambda row: _next_plan(row.task, lang)),
        ("hint", 8, lambda row: _hint(row.item, row.task, lang)),
        ("source", 6, lambda row: _source(row.item, row.task, lang)),
        ("review", 5, lambda row: wording.review(row.item.verdict.review, lang)),
    ]
    return table_of(name, view, columns, [(row.item.pair.period, row) for row in chosen], lang)


def items(view: View, lang: Lang) -> Table:
    """All planned items (全部事项), in the order of the reports."""
    columns: list[Spec[ItemRow]] = [
        ("office", 5, lambda row: row.verdict.item.office),
        ("number", 3, lambda row: row.verdict.item.number if row.verdict.item.number is not None else ""),
        ("plan", 20, lambda row: row.verdict.item.text),
        ("tasks", 3, lambda row: len(row.tasks)),
        ("status", 4, lambda row: wording.status(row.verdict.status, lang)),
        ("outcome", 4, lambda row: wording.outcome(row.verdict.outcome, lang)),
        ("light", 2, lambda row: wording.light(row.verdict.light, lang)),
        ("confidence", 4, lambda row: f"{row.verdict.confidence:.2f}"),
        ("rule", 7, lambda row: wording.why(row.verdict.rule, lang)),
        ("reported", 20, lambda row: wording.quotes(row.linked, lang, office=row.verdict.item.office)),
        ("next_items", 12, lambda row: wording.quotes(row.carried, lang, office=row.verdict.item.office)),
        ("due", 5, lambda row: wording.day(row.verdict.due, lang)),
        ("target", 4, lambda row: wording.quantity(row.verdict.target)),
        ("actual", 4, lambda row: wording.quantity(row.verdict.actual)),
        ("slip_count", 3, lambda row: row.verdict.slip_count),
        ("standing", 3, lambda row: wording.label("yes", lang) if row.verdict.standing else ""),
        ("reason", 8, lambda row: row.verdict.reason or ""),
        ("hint", 9, lambda row: wording.notes(row.verdict.findings, row.verdict.code, lang)),
        ("source", 7, lambda row: wording.source(row.verdict.item.anchor, lang)),
        ("review", 5, lambda row: wording.review(row.verdict.review, lang)),
    ]
    return table_of("items", view, columns, [(row.pair.period, row) for row in view.items], lang)


def offices(view: View, lang: Lang) -> Table:
    """The office table (科室统计): counts and rates of each office, and of all together."""
    columns: list[Spec[rows.Ranked]] = [
        ("office", 9, lambda row: row.count.office or wording.label("no_office", lang)),
        ("plans", 4, lambda row: row.count.plans),
        ("judged", 4, lambda row: row.count.judged),
        ("done", 4, lambda row: row.count.done),
        ("rate", 9, lambda row: wording.share(row.count.done, row.count.judged, lang)),
        ("on_time_rate", 9, lambda row: wording.share(row.count.done_on_time, row.count.judged, lang)),
        ("partial", 4, lambda row: row.count.partial),
        ("slipped", 5, lambda row: row.count.slipped),
        ("dropped", 4, lambda row: row.count.dropped),
        ("slipped_twice", 5, lambda row: row.count.slipped_twice),
        ("missing", 4, lambda row: wording.label("yes", lang) if row.count.missing else ""),
        ("unplanned", 4, lambda row: row.count.unplanned),
        ("rank_of_office", 4, lambda row: row.rank if row.rank is not None else wording.label("no_rate", lang)),
    ]
    found = []
    for pair in view.pairs:
        ranked = rows.office_rows(pair)
        everything = rows.total((row.count for row in ranked), wording.label("total", lang))
        found += [(pair.period, row) for row in (*ranked, rows.Ranked(everything, rank=None))]
    return table_of("offices", view, columns, found, lang)


def unplanned(view: View, lang: Lang) -> Table:
    """Completions no plan accounts for (计划外)."""
    found = [(pair.period, item) for pair in view.pairs for item in pair.unplanned]
    return table_of(
        "unplanned",
        view,
        [
            ("office", 9, lambda item: item.office),
            ("number", 3, lambda item: item.number if item.number is not None else ""),
            ("completion", 50, lambda item: item.text),
            ("source", 12, lambda item: wording.source(item.anchor, lang)),
        ],
        found,
        lang,
    )


def findings(view: View, lang: Lang) -> Table:
    """What an auditor wants to see beside the verdicts (提示): of the pair, of its items, and of the sources."""
    found: list[tuple[Period, tuple[Finding | SourceWarning, str]]] = []
    for pair in view.pairs:
        noted: list[tuple[Finding | SourceWarning, str]] = [(finding, "") for finding in pair.findings]
        noted += [(finding, verdict.item.office) for verdict in pair.plans for finding in verdict.findings]
        noted += [(note, "") for report in (pair.plan_report, pair.completion_report) for note in report.warnings]
        found += [(pair.period, one) for one in noted]
    return table_of(
        "findings",
        view,
        [
            ("office", 9, lambda row: row[1]),
            ("finding", 32, lambda row: wording.finding(row[0], lang)),
            ("quotes", 40, lambda row: _quoted(row[0], lang)),
            ("source", 14, lambda row: _noted_at(row[0], lang)),
            ("code", 9, lambda row: row[0].code),
        ],
        found,
        lang,
    )


def threads(view: View, lang: Lang) -> Table:
    """The pieces of work over the months (来龙去脉): each with its steps and what became of it."""
    return table_of(
        "threads",
        view,
        [
            ("office", 9, lambda row: row.office),
            ("thread", 30, lambda row: row.title),
            ("first_period", 6, lambda row: wording.period(row.first_promised, lang)),
            ("due", 6, lambda row: wording.day(row.due, lang)),
            ("slip_count", 4, lambda row: row.slip_count),
            ("status", 6, lambda row: wording.status(row.status, lang)),
            ("late_done", 5, lambda row: wording.label("yes", lang) if row.late_done else ""),
            ("steps", 40, lambda row: "\n".join(_step(step, lang) for step in row.steps)),
        ],
        [("", thread) for thread in view.threads],
        lang,
    )


def inputs(view: View, lang: Lang) -> Table:
    """What the run stands on (依据): the files with their hashes, the configuration, the model, the version."""
    read: dict[str, Report] = {}
    for pair in view.pairs:
        read.update({report.file.sha256: report for report in (pair.plan_report, pair.completion_report)})
    latest = view.pairs[-1]
    facts = [
        *(("file", _with_period(r, lang), r.file.sha256) for r in read.values()),
        ("config", "", latest.config_sha256),
        ("model", "", latest.model),
        ("version", "", latest.version),
        ("rules", "", wording.label("rules", lang)),
        ("notice_name", "", wording.label("notice", lang)),
    ]
    columns: list[Spec[tuple[str, str, str]]] = [
        ("basis", 8, lambda row: wording.label(f"basis_{row[0]}", lang)),
        ("name", 24, lambda row: row[1]),
        ("value", 60, lambda row: row[2]),
    ]
    return table_of("inputs", view, columns, [("", row) for row in facts], lang)


def counts(pair: Reconciliation, lang: Lang) -> Table:
    """How many tasks have each status (汇总), in the order of `Status`; those that do not occur are left out."""
    found = [(status, pair.summary.by_status.get(status, 0)) for status in Status]
    return Table(
        name="counts",
        title=wording.label("table_counts", lang),
        columns=(column_of("status", 8, lang), column_of("count", 6, lang)),
        cells=(*((wording.status(status, lang), count) for status, count in found if count),),
    )


def _with_period(report: Report, lang: Lang) -> str:
    return f"{report.file.name}{wording.label('in_brackets', lang, text=wording.period(report.period, lang))}".rstrip()


def _names(names: Sequence[str], lang: Lang) -> str:
    return wording.label("separator", lang).join(names)


def _reported(row: ItemRow, task: JudgedTask, lang: Lang) -> str:
    return wording.quotes(task.linked, lang, office=row.verdict.item.office) or wording.label("not_reported", lang)


def _next_plan(task: JudgedTask, lang: Lang) -> str:
    if not task.carried:
        return wording.label("no", lang)
    numbers = [one.place.item.number for one in task.carried]
    known = wording.label("separator", lang).join(str(number) for number in numbers if number is not None)
    return wording.label("next_as", lang, numbers=known) if known else wording.label("yes", lang)


def _hint(row: ItemRow, task: JudgedTask, lang: Lang) -> str:
    """What to check: why a flagged task has its status, the findings on its item, and whether it is standing work."""
    verdict = task.verdict
    why = verdict.code or (verdict.rule if verdict.status in rows.FLAGGED else None)
    standing = wording.label("standing_hint", lang) if row.verdict.standing else ""
    return "\n".join(part for part in (wording.notes(row.verdict.findings, why, lang), standing) if part)


def _source(row: ItemRow, task: JudgedTask, lang: Lang) -> str:
    where = wording.source(row.verdict.item.anchor, lang)
    if len(row.tasks) == 1:
        return where
    place = next(number for number, other in enumerate(row.tasks, 1) if other is task)
    return f"{where} {wording.label('source_task', lang, value=place)}"


def _quoted(noted: Finding | SourceWarning, lang: Lang) -> str:
    if isinstance(noted, SourceWarning):
        return ""
    return "\n".join(wording.label("quoted", lang, office=quote.office, text=quote.text) for quote in noted.quotes)


def _noted_at(noted: Finding | SourceWarning, lang: Lang) -> str:
    if isinstance(noted, SourceWarning):
        return wording.source(noted.anchor, lang) if noted.anchor else ""
    return "\n".join(wording.source(quote.anchor, lang) for quote in noted.quotes)


def _step(step: Step, lang: Lang) -> str:
    how = wording.label("in_brackets", lang, text=wording.relation(step.relation, lang)) if step.relation else ""
    what = wording.label("in_brackets", lang, text=wording.status(step.status, lang)) if step.status else ""
    return f"{wording.period(step.period, lang)} {how}{wording.step(step)}{what}"
