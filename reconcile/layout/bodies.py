"""Whose report it is: the name in its title, above it, behind a label or under the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from reconcile.layout import headings, months, spans
from reconcile.layout.lines import Line
from reconcile.layout.vocabulary import one_of, words

_SPACE = re.compile(r"\s+")
_NO_NAME = re.compile(r"关于|〔|\(|《|20\d\d")
_NO_BODY = re.compile(r"[,:。;]|20\d\d|^\d+$")
_NO_NAME_END = re.compile(r"(?:职能)?(?:科室|部门|处室|股室)?月$")
DATE_BEHIND = re.compile(r"\s{2,}20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$")
_BODY_IN_BRACKETS = re.compile(r"\(([^()\d]{4,30})\)$")
_SIGNATURE_LINES = 4
_SHORTEST_NAME, _LONGEST_NAME = 5, 30
_HEAD_LINES = 40


@cache
def _about() -> re.Pattern[str]:
    return re.compile(one_of(words("title", "about")))


@cache
def _named_body() -> re.Pattern[str]:
    return re.compile(rf"[^,。\d]{{2,20}}?{one_of(words('title', 'body'))}")


@cache
def _organisation_label() -> re.Pattern[str]:
    return re.compile(rf"{one_of(words('title', 'organisation'))}\s*:\s*(\S{{3,40}})")


def organisation(prefix: str, lines: Sequence[Line], first: int) -> str:
    """Whose report it is; the title within a sheet or chapter that an office has for itself names that office again."""
    named = {line.text for line in lines if line.level == 1 and line.mark is None and line.is_office}
    sheets = named if len(named) > 1 else ()
    return next((name for name in _bodies(prefix, lines, first) if name not in sheets), "")


def _bodies(prefix: str, lines: Sequence[Line], first: int) -> Iterator[str]:
    """The names that may be that of the organisation, the best first.

    What stands behind the time in a title may be its topic (10月份绿化工作), where it does not end as names do.
    """
    name = _after_spans(prefix).strip(' 《》"“”')
    is_behind = bool(spans.pattern().search(prefix[: prefix.find(name)]))
    ends = [match.start() for match in (_NO_NAME.search(name), spans.pattern().search(name)) if match]
    name = _NO_NAME_END.sub("", name[: min(ends, default=None)].strip())
    if len(name) >= 2 and name not in words("title", "anybody") and _may_be_body(name):
        yield from _dated(lines) if is_behind and not headings.ends_as_body(name) else [name]
    for line in lines[: min(first, _HEAD_LINES)]:
        text = DATE_BEHIND.sub("", line.body).strip()
        if 3 <= len(text) <= _LONGEST_NAME and _is_body(text):
            yield text
    title = lines[first].text if first < len(lines) else ""
    if (match := _BODY_IN_BRACKETS.search(title)) and headings.ends_as_body(match.group(1)):
        yield match.group(1)
    if (match := _named_body().match(_after_spans(title))) and _may_be_body(match.group()):
        yield match.group()
    for line in lines[:_HEAD_LINES]:
        if match := _organisation_label().search(line.text):
            yield match.group(1)
    yield from _signed(lines)


def _may_be_body(name: str) -> bool:
    """Whether a text may be the name of an organisation, and is neither a field of a page nor part of a sentence."""
    return not _NO_BODY.search(name) and not name.startswith(words("title", "no_body"))


def _after_spans(text: str) -> str:
    """A title without the spans of time it opens with, and without what is done with it: 关于报送."""
    place = 0
    while match := _about().match(text, place) or spans.pattern().match(text, place) or _SPACE.match(text, place):
        place = match.end()
    return text[place:]


def _signed(lines: Sequence[Line]) -> Iterator[str]:
    """The names over the date at the end of a report, or between its title and its first mark."""
    start = next((index for index, line in enumerate(lines) if line.mark is not None), 0)
    ends = [*lines[max(0, start - 2) : start], *lines[-_SIGNATURE_LINES:]]
    yield from _dated(lines)
    for line in ends:
        name = line.text.strip() if line.mark is None else ""
        if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and _is_body(name):
            yield name


def _dated(lines: Sequence[Line]) -> Iterator[str]:
    """The names right over a date at the end of a report, without who signs for them: 青禾园林站  王小禾."""
    for line, below in pairwise(lines[-_SIGNATURE_LINES:]):
        names = (line.text.strip(), line.text.split()[0]) if line.mark is None and months.is_dated(below) else ()
        yield from (name for name in names if 2 < len(name) <= _LONGEST_NAME and _is_body(name))


def _is_body(name: str) -> bool:
    return headings.ends_as_body(name) and _may_be_body(name)
