"""Names of offices that only the document around them shows: 教务 beside 总务处, 护理： in both parts of the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby, pairwise

from msgspec import structs

from reconcile.layout import headings
from reconcile.layout.lines import LABELLED, Line, Page, closing, generic, line_of
from reconcile.layout.marks import BULLET
from reconcile.layout.passage import Passage
from reconcile.layout.vocabulary import one_of, words

_LONGEST = 12
"""Characters up to which a line counts as a heading beside others."""
_OPENED = re.compile(r"([^:。;]{2,30}+)[:。]\s*(?=\S)")
_GAPPED = re.compile(r"([^\s:。;,]{2,12})\s+(?=\S)")
_FEWEST = 2
"""Offices after a label that show such labels to be headings."""
_SHORTEST = 4
"""Characters of a text behind a name and a gap that shows the name to be one."""
_PLAIN = ("plain", False)
"""The level of lines that have neither mark nor colon."""
_WITHIN = " within"
_AROUND = "。:： \u3000"


def split_office_lists(lines: Sequence[Line]) -> list[Line]:
    """Where every line of a list opens with an office and a colon (1.办公室：…), the office stands over its item."""
    result: list[Line] = []
    for _, group in groupby(lines, key=lambda line: line.mark.style if line.mark else None):
        run = list(group)
        matches = [_opening(line) if line.mark else None for line in run]
        if len(run) > 1 and all(matches):
            for line, match in zip(run, matches, strict=True):
                assert match is not None
                offset = len(line.text) - len(line.body)
                name = line.passage.cut(offset, offset + match.end()).strip(_AROUND)
                mark, rest = line.passage.cut(0, offset), line.passage.cut(offset + match.end())
                head = line_of(name, line.indent, after_blank=True)
                head.named = True
                result.append(head)
                result.append(line_of(Passage.of(*mark.pieces, *rest.pieces), line.indent))
        else:
            result += run
    return result


def split_run_in(lines: Sequence[Line]) -> list[Line]:
    """Cut a line after the name it opens with, where that name stands among headings: 教务：1.…, （三）法规股。受理….

    A name without a mark has a colon behind it and is shown by its level, or a gap, as others have; one with a mark
    stands beside names that have a line of their own.
    """
    styles = _styles_of_names(lines)
    labels = list(_labels(lines))
    shown = _shown(labels)
    shown |= _beside(shown, labels)
    gapped = {match.group(1) for line in lines if line.mark is None and (match := _gapped(line, _SHORTEST))}
    result: list[Line] = []
    for line in lines:
        match = None
        if line.mark is not None and line.mark.style in styles:
            match = _opening(line)
        elif line.mark is None and (labelled := LABELLED.match(line.text)) and labelled.group(1).strip() in shown:
            match = labelled
        elif line.mark is None and len(gapped) > 1:
            match = _gapped(line)
            match = match if match and match.group(1) in gapped else None
        result += _cut(line, len(line.text) - len(line.body) + match.end()) if match else [line]
    return result


def settle_bullets(lines: Sequence[Line]) -> None:
    """Tell the bullets below an office from its own where they are the same sign, further in: * 财务科, * 决算."""
    nested = [
        below.indent
        for line, below in pairwise(lines)
        if _is_bullet(line) and line.is_office and below.mark == line.mark and below.indent > line.indent
    ]
    for line in lines:
        if nested and _is_bullet(line) and line.mark is not None and line.indent >= min(nested):
            line.mark = structs.replace(line.mark, style=line.mark.style + _WITHIN)


def _is_bullet(line: Line) -> bool:
    return line.mark is not None and line.mark.style.startswith(BULLET)


def split_off_sections(lines: Sequence[Line]) -> list[Line]:
    """Cut the office off the first of its two sections where the second does not name it: 教务处4月总结, 5月计划."""
    found = [(line, line.heading) for line in lines if line.heading is not None and not line.heading.is_both]
    firsts = [(line, heading) for line, heading in found if headings.is_office(heading.prefix)]
    turns = [bool(heading.prefix) for _, heading in found]
    if len(firsts) < _FEWEST or turns != [True, False] * len(firsts) or len({one.prefix for _, one in firsts}) == 1:
        return list(lines)
    ends = {id(line): len(line.text) - len(line.body) + len(heading.prefix) for line, heading in firsts}
    result: list[Line] = []
    for line in lines:
        if id(line) in ends:
            office, section = _cut(line, ends[id(line)])
            office.level, section.level = None, line.level
            result += [office, section]
        else:
            result.append(line)
    return result


def _opening(line: Line) -> re.Match[str] | None:
    """The name of an office at the start of a line with text behind it; plainly one where no colon says so."""
    match = _OPENED.match(line.body)
    if match is not None and line.body[match.end(1)] == ":":
        return match if _may_name(match.group(1)) else None
    match = match if match and headings.is_plain_office(match.group(1)) else _GAPPED.match(line.body)
    return (
        match
        if match and headings.is_plain_office(match.group(1)) and not _may_name(line.body[match.end() :])
        else None
    )


def _gapped(line: Line, shortest: int = 1) -> re.Match[str] | None:
    """The name of an office with a gap behind it and then a text at least so long: 征管科　　完成税务登记核查120户。"""
    match = _GAPPED.match(line.text)
    if match is None or not (headings.is_plain_office(match.group(1)) or headings.is_bare_office(match.group(1))):
        return None
    rest = line.text[match.end() :]
    return None if rest[0].isdecimal() or _may_name(rest) or len(rest) < shortest else match


def _cut(line: Line, end: int) -> Iterator[Line]:
    """The heading a line opens with, and the text behind it."""
    head = line_of(line.passage.cut(0, end).strip(_AROUND), line.indent, line.after_blank, line.level)
    head.named = True
    yield head
    yield line_of(line.passage.cut(end).strip(), line.indent)


def _styles_of_names(lines: Sequence[Line]) -> set[str]:
    """The styles of marks whose lines are names of offices, some with a line of their own and some with text behind."""
    kinds: dict[str, set[str]] = {}
    for line in lines:
        if line.mark is not None:
            kind = "alone" if line.is_office else "run in" if _opening(line) else "neither"
            kinds.setdefault(line.mark.style, set()).add(kind)
    return {style for style, found in kinds.items() if found == {"alone", "run in"}}


def settle_names(lines: Sequence[Line], page: Page) -> None:
    """Tell of each heading made of a word that may name an office whether it does, by the headings of its level.

    What the page broke off the line before is no heading.
    """
    levels: dict[tuple[str, object], list[tuple[str, int, Line]]] = {}
    for before, line, part in zip((None, *lines), lines, _parts(lines), strict=False):
        body = line.body.rstrip(": ")
        if _level(line) == _PLAIN and before is not None and not before.is_closed and page.may_break(before):
            continue
        if len(body) <= _LONGEST and headings.is_heading_like(line.body) and line.heading is None:
            levels.setdefault(_level(line), []).append((body, part, line))
    for level, found in levels.items():
        counted = [one for one in found if level != _PLAIN or _may_name(one[0])]
        shown = _shown((name, part) for name, part, _ in counted)
        for name, _, line in found:
            line.named = line.named or name in shown


def settle_labels(lines: list[Line], tables: Collection[int]) -> None:
    """Take a label with an office (科室：医务科) for the name of that office where such labels stand over lists.

    Below an item it says who answers for it. `tables` are the indices of the lines that stand after a table.
    """
    found: dict[int, re.Match[str]] = {}
    for index, line in enumerate(lines):
        match = _label().fullmatch(line.text) if line.mark is None else None
        if match and _may_name(match.group(1)) and _stands_over(lines, index, tables):
            found[index] = match
        elif not found and (index in tables or (line.mark is not None and line.heading is None)):
            return
    if len({match.group(1) for match in found.values()}) < _FEWEST:
        return
    for index, match in found.items():
        line = lines[index]
        lines[index] = line_of(line.passage.cut(*match.span(1)), line.indent, line.after_blank, line.level)
        lines[index].named = True


@cache
def _label() -> re.Pattern[str]:
    """An office after its label, and other fields beside it."""
    return re.compile(rf"{one_of(words('office', 'lead'))}\s*:\s*(\S{{2,30}})(?:\s{{2,}}.*)?")


def _stands_over(lines: Sequence[Line], index: int, tables: Collection[int]) -> bool:
    """Whether a table, a list from 1 or a section begins right below a line."""
    if index + 1 in tables or index + 1 >= len(lines):
        return index + 1 in tables
    below = lines[index + 1]
    return below.heading is not None or below.bracketed or (below.mark is not None and below.mark.number in (1, None))


def _level(line: Line) -> tuple[str, object]:
    """What headings of one level share: their style of marks, their level, or the colon behind them."""
    if line.mark is not None:
        return ("mark", line.mark.style)
    return ("level", line.level) if line.level is not None else ("plain", line.text.endswith(":"))


def _labels(lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """The words before a colon at the start of lines without marks, with the part of the report they stand in."""
    for line, part in zip(lines, _parts(lines), strict=True):
        match = LABELLED.match(line.text)
        name = match.group(1).strip() if match else line.text.rstrip(": ") if line.text.endswith(":") else ""
        is_field = line.mark is not None or line.heading is not None or closing().match(line.text)
        if 0 < len(name) <= _LONGEST and not is_field and not generic().search(name):
            yield name, part


def _beside(shown: Collection[str], labels: Sequence[tuple[str, int]]) -> set[str]:
    """The labels beside those shown to name offices that stand like them: once in each of two parts or more."""
    count = Counter(name for name, _ in labels)
    parts = Counter(name for name, _ in set(labels))
    return {name for name in count if shown and count[name] == parts[name] > 1}


def _parts(lines: Sequence[Line]) -> Iterator[int]:
    """For each line how many sections have begun."""
    return accumulate(bool(line.heading and not line.heading.prefix) for line in lines)


def _shown(level: Iterable[tuple[str, int]]) -> set[str]:
    """The words that a level of headings shows to name offices.

    Most headings of the level must name offices or may do so; two of them show each other, one shows itself by standing
    in two parts of the report.
    """
    parts: dict[str, set[int]] = {}
    for name, part in level:
        parts.setdefault(name, set()).add(part)
    names = {name for name in parts if _may_name(name)}
    if 2 * len(names) <= len(parts):
        return set()
    doubtful = {name for name in names if not headings.is_office(name)}
    return doubtful if len(names) > 1 else {name for name in doubtful if len(parts[name]) > 1}


def _may_name(text: str) -> bool:
    """Whether a text is or may be the name of an office; what leaves a bracket open is cut off an item."""
    return text.count("(") == text.count(")") and headings.may_be_office(text)
