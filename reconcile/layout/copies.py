"""Copies from document-sharing sites: pages numbered "1、" "2、" in mid-sentence, headings glued into running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise

from reconcile.language.numerals import ordinal
from reconcile.layout import headings
from reconcile.layout.lines import Line, line_of
from reconcile.layout.passage import Passage, joined
from reconcile.layout.vocabulary import fold, one_of, words

_SHORTEST_PAGE = 100
_GLUED = re.compile(r"(?P<han>[一二三四五六七八九十]{1,3}、)|\((?P<paren>[一二三四五六七八九十]{1,3})\)")
_AFTER_HEADING = re.compile(r"[。:\s]*")
_SHORTEST_COPY = 300
_FEWEST_DIGITS = 500
"""A text with its figures has more than one digit in so many characters."""
_SENTENCE_END = '。;.!?”"'
_LONGEST_HEADING = 24


def mend(lines: Sequence[Line]) -> list[Line]:
    """Join the pages of a copy into one text, without their numbers, and cut it at the headings glued into it."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        pages = _pages(lines, index)
        if pages:
            whole = joined([line.content for line in pages])
            result.extend(line_of(passage) for passage in unglued(_without_tail(whole)))
            index += len(pages)
        else:
            line = lines[index]
            index += 1
            if len(line.text) > _SHORTEST_PAGE and len(_section_starts(line.text)) > 1:
                result.extend(line_of(passage) for passage in unglued(line.passage))
            else:
                result.append(line)
    return result


def _pages(lines: Sequence[Line], index: int) -> list[Line]:
    """The lines from `index` that are numbered pages: long, broken off in mid-sentence, with headings inside."""
    pages: list[Line] = []
    while (
        index < len(lines) and (mark := lines[index].mark) and (mark.style, mark.number) == ("arabic", len(pages) + 1)
    ):
        pages.append(lines[index])
        index += 1
    if sum(len(line.text) for line in pages) < _SHORTEST_PAGE * len(pages):
        return []
    broken = sum(not line.is_closed for line in pages[:-1])
    glued = sum(len(_GLUED.findall(line.body)) for line in pages)
    return pages if len(pages) > 1 and broken * 2 >= len(pages) - 1 and glued >= 2 else []


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"{one_of(words('furniture', 'tail'))}[。!\s]*$")


def _without_tail(passage: Passage) -> Passage:
    match = _tail().search(fold(passage.text))
    return passage.cut(0, match.start()).strip() if match else passage


def unglued(passage: Passage) -> Iterator[Passage]:
    """Cut before and after section headings (一、工作总结), and before each (一) (二) that follows in sequence."""
    text = fold(passage.text)
    cuts: list[tuple[int, int]] = [(0, 0)]  # where a part ends, and where the next begins
    reached = 0
    for match in _GLUED.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if match.group("han"):
            if end := _heading_end(text, match.end()):
                gap = _AFTER_HEADING.match(text, end)
                cuts += [(match.start(), match.start()), (end, gap.end() if gap else end)]
                reached = 0
        elif ordinal(match.group("paren")) == reached + 1 and (before in _SENTENCE_END or match.start() == cuts[-1][1]):
            cuts.append((match.start(), match.start()))
            reached += 1
    for (_, begin), (end, _) in pairwise([*cuts, (len(text), len(text))]):
        if (part := passage.cut(begin, end).strip()).text:
            yield part


def _section_starts(text: str) -> list[int]:
    """Where section headings stand in a text: a whole report in one paragraph has several."""
    marks_ = (match for match in _GLUED.finditer(text) if match.group("han"))
    return [match.start() for match in marks_ if _heading_end(text, match.end())]


def _heading_end(text: str, start: int) -> int | None:
    """Where the section heading that begins at `start` ends: the longest run of section words and times."""
    for end in range(min(len(text), start + _LONGEST_HEADING), start + 1, -1):
        heading = headings.read_heading(text[start:end])
        if heading and not heading.prefix and heading.parts:
            return end
    return None


# --- figures taken out ---------------------------------------------------------------------------------------------

_DIGIT = re.compile(r"\d")


@cache
def _gap() -> re.Pattern[str]:
    """A word that is counted where its figure is missing: after 完成, 约 and the like, or at the end of a clause."""
    counted = one_of(words("redaction", "counted"))
    after = one_of(words("redaction", "after"))
    whole = "".join(words("redaction", "not_after"))
    return re.compile(
        rf"{after}(?:余|多)?{counted}(?![一-龥]?(?:别|体|案|性))|(?<=[,、。;]){counted}(?=[一-龥])"
        rf"|(?<=[一-龥])(?<![{whole}])(?:余|多)?{counted}(?=[,。;、]|以[上内下]|$)"
    )


def has_no_figures(passages: Sequence[Passage]) -> bool:
    """Whether a copy has had its figures taken out: hardly a digit in a long text, and gaps where they stood."""
    length = sum(len(passage.text) for passage in passages)
    digits = (digit for passage in passages for digit in _DIGIT.finditer(passage.text))
    if length <= _SHORTEST_COPY or any(True for _ in islice(digits, (length - 1) // _FEWEST_DIGITS, None)):
        return False
    return sum(has_gap(passage.text) for passage in passages) * 3 >= len(passages)


def has_gap(text: str) -> bool:
    """Whether a text counts something without saying how many: 完成家社康中心."""
    return bool(_gap().search(fold(text)))
