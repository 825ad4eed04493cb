"""Characters → blocks: one a line that has anything on it; the rows of pipe and tab tables get cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reconcile.intake.broken_rows import rows_of, unquoted
from reconcile.model.documents import Block, Cell

_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*", re.MULTILINE)
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")

# Slow to compile, and needed by tables alone.
_PIPE_RULE = r"\s*[|+]?\s*:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*[|+]?\s*"
_BARE_MARK = r"[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．,]|[◆●■○□•·\-*]"


def blocks_of(text: str) -> Iterator[Block]:
    """The lines of a text in order; the tables of a text are numbered from 1."""
    found = [match.span() for match in _LINE.finditer(text)]
    rows = rows_of([text[start:end] for start, end in found])
    lines = [(text[found[row.first][0] : found[row.end - 1][1]], found[row.first][0], row.first) for row in rows]
    table = 0
    separator: re.Pattern[str] | None = None
    for place, (line, start, index) in enumerate(lines):
        following = lines[place + 1][0] if place + 1 < len(lines) else ""
        if separator is not None and not separator.search(line):
            separator = None
        if separator is None and (separator := _opens_table(line, following)):
            table += 1
        if separator is _PIPE and re.fullmatch(_PIPE_RULE, line):
            continue
        yield Block(
            text=line,
            start=start,
            end=start + len(line),
            paragraph=index + 1,
            table=table if separator else None,
            cells=tuple(_cells(line, start, separator)) if separator else (),
        )


def _opens_table(line: str, following: str) -> re.Pattern[str] | None:
    """Pipes over a rule, or over as many pipes; tabs between words over a line of about as many tabs."""
    pipes = line.count("|")
    if (
        pipes
        and "|" in following
        and (re.fullmatch(_PIPE_RULE, following) or (pipes > 1 and following.count("|") == pipes))
    ):
        return _PIPE
    words = [word for word in line.split("\t") if word.strip()]
    if len(words) < 2 or "\t" not in following or (len(words) == 2 and re.fullmatch(_BARE_MARK, words[0].strip())):
        return None
    return _TAB if abs(line.rstrip("\t").count("\t") - following.rstrip("\t").count("\t")) <= 1 else None


def _cells(line: str, start: int, separator: re.Pattern[str]) -> Iterator[Cell]:
    bounds = [match.start() for match in separator.finditer(line)]
    if separator is _TAB or not line.lstrip().startswith("|"):
        bounds.insert(0, -1)
    if separator is _TAB or not line.rstrip().endswith("|") or line.rstrip().endswith("\\|"):
        bounds.append(len(line))
    for column, (left, right) in enumerate(pairwise(bounds)):
        raw = line[left + 1 : right]
        inner = unquoted(raw)
        text = (raw if inner is None else inner).strip()
        offset = start + left + 1 + (raw.index(text) if text else 0)
        yield Cell(text=text, start=offset, end=offset + len(text), column=column)
