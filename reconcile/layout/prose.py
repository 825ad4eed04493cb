"""Reports in plain paragraphs, without headings, marks or tables: what was done, and behind 下一步 what is planned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from reconcile.layout import headings, spans
from reconcile.layout.headings import Heading, Part
from reconcile.layout.lines import Line, line_of
from reconcile.layout.title import Head
from reconcile.layout.vocabulary import fold, one_of, words
from reconcile.model.reports import Kind

_SIGNATURE_LINES = 3


def is_prose(lines: Sequence[Line], head: Head) -> bool:
    """Whether a report on what was done is, below its title, nothing but paragraphs, up to its plans if it has any."""
    if not (head.lines and head.has_period and head.kind is Kind.COMPLETION):
        return False
    below = lines[head.lines :]
    has_title = headings.read_heading(fold(head.title)) is not None
    above = list(takewhile(lambda line: line.mark is not None or not _holds(line, Kind.PLAN), below))
    signed = above[-_SIGNATURE_LINES:] if len(above) == len(below) else []
    stands_out = any(_stands_out(line) and not (line.is_office and line in signed) for line in above)
    return has_title and not stands_out and not any(_holds(line, Kind.COMPLETION) for line in below)


def _stands_out(line: Line) -> bool:
    return line.mark is not None or line.level is not None or line.bracketed or line.is_office


def _holds(line: Line, kind: Kind) -> bool:
    """Whether a line opens a section of this kind, and is no title."""
    heading = line.heading
    return heading is not None and not heading.is_both and not heading.prefix and heading.parts[-1].kind in (kind, None)


def opened(lines: Sequence[Line], head: Head) -> list[Line]:
    """The lines, cut where a clause turns to what is planned: 下一步，将重点抓好以下工作：一是…."""
    result = list(lines[: head.lines])
    for line in lines[head.lines :]:
        match = _turn().search(line.text)
        result += _cut(line, match) if match else [line]
    return result


@cache
def _turn() -> re.Pattern[str]:
    """What opens a clause on what is planned, with what it announces where a list follows."""
    later = one_of(words("section", "next"))
    return re.compile(rf"(?:^|(?<=。))\s*(?P<time>{later})[,:]\s*(?:[^。:;]{{0,30}}:\s*(?=一是|1[.、]|\(1\)|①))?(?=\S)")


def _cut(line: Line, match: re.Match[str]) -> list[Line]:
    before, place = line.passage.cut(0, match.start()).strip(), match.span("time")
    head = line_of(line.passage.cut(*place), line.indent, after_blank=True)
    head.sense = Heading((Part(Kind.PLAN, spans.whens(head.text)[-1]),), "")
    rest = line_of(line.passage.cut(match.end()).strip(), line.indent)
    return [*([line_of(before, line.indent, line.after_blank)] if before.text else []), head, rest]
