"""Offices that tell of both months in one paragraph: 法规科：办结案件9件。8月份计划：开展普法；…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reconcile.layout import spans
from reconcile.layout.headings import Heading, Part
from reconcile.layout.lines import Line, line_of
from reconcile.layout.vocabulary import one_of, words
from reconcile.model.reports import Kind

_FEWEST = 2
_MOST = 0.6
"""The share of the offices with a paragraph that must tell of both months in it."""


@cache
def _opening() -> re.Pattern[str]:
    """What opens a clause on what is planned: 8月份计划, 下月重点工作：, 下一步，."""
    filler, plan = one_of(words("section", "filler")), one_of([*words("section", "plan"), *words("section", "ahead")])
    intent, later = one_of(words("section", "intent")), one_of(words("section", "next"))
    named = rf"(?:{spans.pattern().pattern}){filler}*(?:{intent}[,:]?|{plan}[,:])"
    return re.compile(rf"(?<=[。;])\s*(?P<head>{named}|{later}{filler}*(?:{plan})?[,:])\s*(?=\S)")


def split_months(lines: Sequence[Line]) -> list[Line]:
    """Cut the paragraphs of offices before what they plan, where most of them say it so and no section holds plans.

    All of them must plan for the same time.
    """
    paragraphs = [index for index in range(1, len(lines)) if lines[index - 1].is_office and not lines[index].is_office]
    cuts = {index: match for index in paragraphs if (match := _opening().search(lines[index].text))}
    times = {spans.whens(match["head"]) for match in cuts.values()}
    if len(cuts) < max(_FEWEST, _MOST * len(paragraphs)) or len(times) > 1 or any(map(_opens_plans, lines)):
        return list(lines)
    result: list[Line] = []
    for index, line in enumerate(lines):
        result += _cut(line, cuts[index]) if index in cuts else [line]
    return result


def _opens_plans(line: Line) -> bool:
    heading = line.heading
    return heading is not None and not heading.is_both and heading.parts[-1].kind is Kind.PLAN


def _cut(line: Line, match: re.Match[str]) -> list[Line]:
    """What is done, the heading of what is planned, and the plans."""
    done, head, plans = line.passage.cut(0, match.start()), _section(line, match), line.passage.cut(match.end())
    return [line_of(done.strip(), line.indent, line.after_blank, line.level), head, line_of(plans.strip(), line.indent)]


def _section(line: Line, match: re.Match[str]) -> Line:
    head = line.passage.cut(*match.span("head")).strip(" ,，:：")
    section = line_of(head, line.indent, after_blank=True)
    section.sense = Heading((Part(Kind.PLAN, spans.whens(match["head"])[-1]),), "")
    return section
