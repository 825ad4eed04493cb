"""The contract's JSON: ``reconcile.run/1``, every link spelled out with what it leads to, and one record a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from reconcile.messages import Lang, text
from reconcile.model.documents import Anchor, SourceWarning
from reconcile.model.links import Link
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Item, Report
from reconcile.model.threads import Step, Thread
from reconcile.model.verdicts import Finding, ItemVerdict, TaskVerdict
from reconcile.outputs import wording
from reconcile.outputs.rows import Place, View, places

SCHEMA = "reconcile.run/1"
NOTICE = text("outputs.notice", "zh")

Record = dict[str, Any]


def render(view: View, lang: Lang) -> str:
    """The whole run as one object: the pair itself where there is one, else `pairs`; with `threads` where there are."""
    threads = {"threads": [_thread(one) for one in view.threads]} if view.threads else {}
    body = _pair(view.pairs[0], lang) if len(view.pairs) == 1 else {"pairs": [_pair(one, lang) for one in view.pairs]}
    whole = _headed(view.pairs[-1], {**body, **threads})
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"


def render_lines(view: View, lang: Lang) -> str:
    """One record a line: plans and unplanned completions with their period, then a summary a pair, then threads."""
    return "".join(msgspec.json.encode(record).decode() + "\n" for record in _records(view, lang))


def _records(view: View, lang: Lang) -> Iterator[Record]:
    for pair in view.pairs:
        whole = _pair(pair, lang)
        yield from ({"record": "plan", **plan} for plan in whole["plans"])
        yield from ({"record": "unplanned", "period": pair.period, **item} for item in whole["unplanned"])
    for pair in view.pairs:
        whole = _pair(pair, lang)
        yield {
            "record": "summary",
            **_headed(pair, {k: whole[k] for k in ("reports", "period", "summary", "findings")}),
        }
    yield from ({"record": "thread", **_thread(thread)} for thread in view.threads)


def _headed(pair: Reconciliation, body: Record) -> Record:
    head = {"schema": SCHEMA, "version": pair.version, "config_sha256": pair.config_sha256, "model": pair.model}
    return {**head, **body, "notice": NOTICE}


def _pair(pair: Reconciliation, lang: Lang) -> Record:
    where = places(pair)
    return {
        "reports": [_report(report, lang) for report in (pair.plan_report, pair.completion_report)],
        "period": pair.period,
        "plans": [_plan(verdict, where, lang) for verdict in pair.plans],
        "unplanned": [_unplanned(item, pair) for item in pair.unplanned],
        "summary": msgspec.to_builtins(pair.summary),
        "findings": _findings(pair.findings, lang),
    }


def _unplanned(item: Item, pair: Reconciliation) -> Record:
    late_for = [link.plan for link in pair.late if link.target == item.id]
    return {**_item(item), "late_for": late_for, "anchor": _anchor(item.anchor)}


def _report(report: Report, lang: Lang) -> Record:
    return {
        "name": report.file.name,
        "sha256": report.file.sha256,
        "organisation": report.organisation,
        "period": report.period,
        "cutoff": report.cutoff,
        "warnings": [
            {**_noted(warning, lang), "anchor": _anchor(warning.anchor) if warning.anchor else None}
            for warning in report.warnings
        ],
    }


def _item(item: Item) -> Record:
    return {"id": item.id, "office": item.office, "number": item.number, "text": item.text}


def _plan(verdict: ItemVerdict, where: dict[str, Place], lang: Lang) -> Record:
    return {
        **_item(verdict.item),
        "co_offices": list(verdict.item.co_offices),
        "period": verdict.item.period,
        "status": verdict.status,
        "outcome": verdict.outcome,
        "confidence": _rounded(verdict.confidence),
        "rule": verdict.rule,
        "code": verdict.code,
        "standing": verdict.standing,
        "slip_count": verdict.slip_count,
        "due": verdict.due,
        "reason": verdict.reason,
        "target": msgspec.to_builtins(verdict.target),
        "actual": msgspec.to_builtins(verdict.actual),
        "light": verdict.light,
        "review": verdict.review,
        "findings": _findings(verdict.findings, lang),
        "links": _links(verdict.links, where),
        "carried_to": _links(verdict.carried_to, where),
        "rejected": [_candidate(link, where[link.target]) for link in verdict.rejected],
        "tasks": [_task(task, where) for task in verdict.tasks],
        "anchor": _anchor(verdict.item.anchor),
    }


def _task(verdict: TaskVerdict, where: dict[str, Place]) -> Record:
    return {
        "id": verdict.task.id,
        "text": verdict.task.text,
        "status": verdict.status,
        "outcome": verdict.outcome,
        "confidence": _rounded(verdict.confidence),
        "rule": verdict.rule,
        "code": verdict.code,
        "reason": verdict.reason,
        "target": msgspec.to_builtins(verdict.target),
        "actual": msgspec.to_builtins(verdict.actual),
        "links": _links(verdict.links, where),
        "carried_to": _links(verdict.carried_to, where),
    }


def _links(links: Iterable[Link], where: dict[str, Place]) -> list[Record]:
    return [_link(link, where[link.target]) for link in links]


def _link(link: Link, place: Place) -> Record:
    return {
        "id": link.id,
        "item": place.item.id,
        "office": place.item.office,
        "number": place.item.number,
        "text": place.text,
        "score": _rounded(link.score),
        "relation": link.relation,
        "anchor": _anchor(place.item.anchor),
    }


def _candidate(link: Link, place: Place) -> Record:
    """A link that was not accepted: it says nothing of the plan, so it has no relation."""
    return {name: value for name, value in _link(link, place).items() if name != "relation"}


def _findings(findings: Iterable[Finding], lang: Lang) -> list[Record]:
    return [
        {
            **_noted(finding, lang),
            "quotes": [
                {"text": quote.text, "office": quote.office, "anchor": _anchor(quote.anchor)}
                for quote in finding.quotes
            ],
        }
        for finding in findings
    ]


def _noted(one: Finding | SourceWarning, lang: Lang) -> Record:
    """The code and the facts for programs, and the sentence made of them for people."""
    return {"code": one.code, "message": wording.finding(one, lang), "facts": one.facts}


def _anchor(anchor: Anchor) -> Record:
    found: Record = msgspec.to_builtins(anchor)
    if found["cell"] is None:
        del found["cell"]
    return found


def _thread(thread: Thread) -> Record:
    return {
        "id": thread.id,
        "office": thread.office,
        "title": thread.title,
        "first_promised": thread.first_promised,
        "due": thread.due,
        "slip_count": thread.slip_count,
        "status": thread.status,
        "late_done": thread.late_done,
        "steps": [_step(step) for step in thread.steps],
    }


def _step(step: Step) -> Record:
    return {
        **_item(step.item),
        "task": {"id": step.task.id, "text": step.task.text} if step.task else None,
        "kind": step.item.kind,
        "period": step.period,
        "relation": step.relation,
        "status": step.status,
        "anchor": _anchor(step.item.anchor),
    }


def _rounded(value: float) -> float:
    """Four digits: what a probability can mean, and the same on every machine."""
    return round(value, 4)
