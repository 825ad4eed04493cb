"""`reconcile trace`: one piece of work month by month, with its quotes and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reconcile.commands import console, opening
from reconcile.errors import ReconcileError
from reconcile.messages import Lang, text

if TYPE_CHECKING:
    from reconcile.ledger.views import Trace
    from reconcile.model.threads import Step, Thread

FORMATS = ("table", "json", "node-link", "graphml", "dot", "mermaid", "svg")


def trace(
    task: Annotated[
        str | None,
        typer.Argument(help="任务编号，或其中的文字；不写则列出全部 · an id, or words of the task; none: all"),
    ] = None,
    format_: Annotated[str | None, console.formats(*FORMATS)] = None,
    output: console.OutputOption = None,
    lang: console.LangOption = None,
    config: console.ConfigOption = None,
    store: console.StoreOption = None,
) -> None:
    """One piece of work over the months, with quotes and sources."""
    from reconcile.outputs import format_of

    settings = opening.config(config)
    form = format_of(format_, output, FORMATS)
    words = opening.language(lang, settings)
    with opening.ledger(store, settings) as ledger:
        found = ledger.trace(task and task.encode(errors="replace").decode())
    if not found.threads:
        raise ReconcileError("trace.nothing", words=task or "")
    console.write(_written(found, form, words), output)


def _written(found: Trace, form: str, lang: Lang) -> str:
    match form:
        case "table" if len(found.threads) == 1:
            return _story(found.threads[0], lang)
        case "table":
            return _list(found.threads, lang)
        case "json":
            import msgspec

            return msgspec.json.format(msgspec.json.encode(found.threads), indent=1).decode() + "\n"
        case "svg":
            from reconcile.carryover.timeline import timeline

            if len(found.threads) > 1:
                raise ReconcileError("trace.several", count=len(found.threads))
            return timeline(found.threads[0], lang)
        case _:
            from reconcile.carryover.export import export

            return export(found.net, form)


def _list(threads: tuple[Thread, ...], lang: Lang) -> str:
    """One line a thread, those that slipped most first."""
    from tabulate import tabulate

    rows = [
        (
            thread.id,
            thread.office,
            thread.first_promised,
            thread.slip_count,
            text(f"statuses.{thread.status}", lang),
            thread.title,
        )
        for thread in sorted(threads, key=lambda thread: -thread.slip_count)
    ]
    columns = ("id", "office", "first", "slips", "status", "title")
    return tabulate(rows, [text(f"trace.column_{name}", lang) for name in columns], disable_numparse=True) + "\n"


def _story(thread: Thread, lang: Lang) -> str:
    from reconcile.carryover.thread import age

    head = text(
        "trace.head",
        lang,
        title=thread.title,
        office=thread.office or text("carryover.no_office", lang),
        first=thread.first_promised,
        due=thread.due or "-",
        slips=thread.slip_count,
        status=text(f"statuses.{thread.status}", lang),
        age=age(thread),
    )
    late = [text("trace.late_done", lang)] if thread.late_done else []
    lines = [line for step in thread.steps for line in _step(step, lang)]
    return "\n".join([head, *late, "", *lines, "", text("outputs.notice", lang)]) + "\n"


def _step(step: Step, lang: Lang) -> tuple[str, str]:
    """What was said, then where it stands."""
    anchor = step.item.anchor
    words = step.task.head + step.task.text if step.task and len(step.item.tasks) > 1 else step.item.text
    marks = [text(f"statuses.relation_{step.relation}", lang)] if step.relation else []
    marks += [text("trace.verdict", lang, status=text(f"statuses.{step.status}", lang))] if step.status else []
    said = text(f"trace.{step.item.kind}", lang, period=step.period, office=step.item.office, words=words)
    source = text(
        "trace.source", lang, file=anchor.file, paragraph=anchor.paragraph or "-", start=anchor.start, end=anchor.end
    )
    return "  ".join([said, *(f"[{mark}]" for mark in marks)]), f"    {source}"
