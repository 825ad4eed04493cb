"""Document → lines: one a paragraph line, with its mark, cut in two where a heading and its text share a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from reconcile.layout import headings, marks
from reconcile.layout.contacts import is_contact
from reconcile.layout.headings import Heading
from reconcile.layout.marks import Mark
from reconcile.layout.passage import Passage, Piece
from reconcile.layout.vocabulary import fold, one_of, words
from reconcile.model.documents import Block

_HASHES = re.compile(r"(#{1,6})\s+|(?:>\s*)+")
_EMPHASIS = re.compile(r"(\*\*|__|\*)(?=[^\s*])(.+?)(?<=[^\s*])\1")
_LIST = re.compile(r"1[.、)](?!\d)|\(1\)|\(一\)|①|一是")
LABELLED = re.compile(r"([^:。;]{2,30}+):\s*(?=\S)")
"""Words before a colon that may be a heading, and text behind it."""
_SECTION_LABEL = r"(?:^|(?<=[\s。;:]))([^\s。;:,]{2,15}):"
_FEWEST_SECTIONS = 2
_FEWEST_FULL = 4
_LONG, _RAGGED = 36, 4
"""Columns a line has that the page may have broken, and by which the lines of a page without a sharp edge differ."""
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.、\s]\s*(?=\S)|(?![月万亿元个])(?=[一-龥]))")
_FEWEST_DECIMALS = 3
_TAB = 8
_WORD = re.compile(r"\S+")
_SPREAD, _MOST = 3, 0.8
"""Blanks that may spread the letters of a line, and the share of its words that are then single letters."""
_WIDE = re.compile(r"[^\0-\u10ff\uffe0-\U0010ffff]+")
_NOT_FIRST = "。,;:、)]}】》〉」』”’!?%.…"
_CLOSING = ("。", "!", "?", ";", "…", ":", ")", "]", "】")
_CLOSED = re.compile(r"[。!?;…](?:[\"”’)]|\(\S{0,30}\))*$")

# Slow to compile, and seldom needed.
_BRACKETED = r"[【\[〔〖]([^】\]〕〗:]{1,30})[】\]〕〗]\s*:?\s*"
_OVER_LIST = rf"([^:。;,]{{2,30}})[。:]?\s*(?={_LIST.pattern})"


class Line(Struct):
    """One line of a report. `text` is folded; `body` is `text` without the mark; `start` is where the body begins.

    `indent` counts the white space before it, `after_blank` whether an empty line stands before it; `level` is the
    outline level of a styled heading; `bracketed` says that the line is a name in 【】; `printed` is the line with its
    indent, as it stands on the page. What the line's own words leave open, the document around it may show: that it is
    the name of an office (`named`), or what it says as a heading (`sense`).
    """

    passage: Passage
    text: str
    mark: Mark | None
    body: str
    indent: int = 0
    after_blank: bool = False
    level: int | None = None
    bracketed: bool = False
    printed: str = ""
    named: bool = False
    sense: Heading | None = None

    @property
    def content(self) -> Passage:
        """The passage without its mark."""
        return self.passage.cut(len(self.text) - len(self.body)) if len(self.body) < len(self.text) else self.passage

    @property
    def heading(self) -> Heading | None:
        """What the line says as a heading of a section."""
        return self.sense or headings.read_heading(self.body)

    @property
    def is_office(self) -> bool:
        """Whether the line is the name of an office and nothing else."""
        return self.named or headings.is_office(self.body.rstrip(": "))

    @property
    def is_closed(self) -> bool:
        """Whether the line ends as sentences and headings do, so that the next line need not continue it."""
        return self.text.endswith(_CLOSING) or bool(_CLOSED.search(self.text))

    @property
    def is_rest(self) -> bool:
        """Whether the line opens with what no paragraph opens with, so that it goes on from the line before it."""
        return self.text[0] in _NOT_FIRST

    def unmarked(self) -> None:
        """Take the mark for text: it was a figure at the start of a wrapped line."""
        self.mark, self.body = None, self.text


def lines_of(blocks: Iterable[Block], *, paragraphs: bool) -> list[Line]:
    """All lines of some blocks, in order. `paragraphs` says that each block is a paragraph of its own, as in Word."""
    lines: list[Line] = []
    for block in blocks:
        lines.extend(_lines(block, lines[-1] if lines else None, paragraphs=paragraphs))
    return lines


def _lines(block: Block, before: Line | None, *, paragraphs: bool) -> Iterator[Line]:
    start = block.start
    for index, raw in enumerate(block.text.split("\n")):
        piece = Piece(raw, start, block.paragraph, block.page)
        start += len(raw) + 1
        passage = _closed_up(Passage.of(piece).strip())
        if passage.text:
            gap = index == 0 and before is not None and (paragraphs or block.start - before.passage.end > 1)
            indent = len(raw) - len(raw.lstrip())
            for line in _split(passage, indent, gap, block.heading):
                line.printed = raw.rstrip()
                yield line


def _closed_up(passage: Passage) -> Passage:
    """A line without the blanks that spread its letters: 一 、 四 月 工 作 完 成 情 况."""
    if passage.text.count(" ") < _SPREAD or not _WIDE.search(passage.text):
        return passage
    bounds = [match.span() for match in _WORD.finditer(passage.text)]
    if sum(end == begin + 1 for begin, end in bounds) < _MOST * len(bounds):
        return passage
    return Passage.of(*(piece for begin, end in bounds for piece in passage.cut(begin, end).pieces))


class Page:
    """The width of the page, where its edge shows: so many characters, or so many columns (Chinese take two)."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._measure: Callable[[str], int] = len
        self._edge: int | None = None
        self._longest = max((width(line.printed) for line in lines), default=0)
        for measure, slack in ((len, 0), (width, 1)):
            if edge := _edge([measure(line.printed) for line in lines], slack):
                self._measure, self._edge = measure, edge
                break

    def is_full(self, line: Line) -> bool:
        """Whether a line ends at the edge of the page, so that its paragraph may go on in the next."""
        return self._edge is not None and self._measure(line.printed) >= self._edge

    def may_break(self, line: Line) -> bool:
        """Whether a line may have been broken by the page: full where the edge shows, else among the longest."""
        if self._edge is not None:
            return self.is_full(line)
        return width(line.printed) >= max(_LONG, self._longest - _RAGGED)


def _edge(sizes: Sequence[int], slack: int) -> int | None:
    edge = max(sizes, default=0) - slack
    full = sum(size >= edge for size in sizes)
    return edge if full >= max(_FEWEST_FULL, len(sizes) // 12) else None


def width(text: str) -> int:
    """The columns of the page a text takes: two for a Chinese character, for a tab up to the next stop."""
    columns = -1
    for part in text.split("\t"):
        columns = (columns // _TAB + 1) * _TAB + len(part) + sum(map(len, _WIDE.findall(part)))
    return columns


def line_of(passage: Passage, indent: int = 0, after_blank: bool = False, level: int | None = None) -> Line:
    """The line of a passage: Markdown hashes and emphasis taken off, the mark read."""
    if passage.text[0] in "#>" and (hashes := _HASHES.match(passage.text)):
        level = len(hashes.group(1)) if hashes.group(1) else level
        passage = passage.cut(hashes.end()).strip()
    if passage.text.count("*") > 1 or "__" in passage.text:
        passage = _without_emphasis(passage)
    text = fold(passage.text)
    mark = marks.mark_of(text)
    body = text[mark.length :].lstrip() if mark else text
    if mark and not body:
        mark, body = None, text
    return Line(passage, text, mark, body, indent, after_blank, level)


def _without_emphasis(passage: Passage) -> Passage:
    while match := _EMPHASIS.search(passage.text):
        parts = (passage.cut(0, match.start()), passage.cut(match.start(2), match.end(2)), passage.cut(match.end()))
        passage = Passage.of(*(piece for part in parts for piece in part.pieces))
    return passage


def _split(passage: Passage, indent: int, gap: bool, level: int | None) -> Iterator[Line]:
    """A line, or the heading it opens with and the text after it: 本月工作：一是…, 【办公室】完成…."""
    line = _without_person(line_of(passage, indent, gap, level))
    match = re.match(_BRACKETED, line.body) if line.body[:1] in "【[〔〖" else None
    if match and (line.mark is None or match.end() == len(line.body)):
        name = match.group(1).strip()
        if (match.end() >= len(line.body) and len(name) > 1) or headings.is_office(name) or _is_section(name):
            offset = len(line.text) - len(line.body)
            head = line.passage.cut(offset + match.start(1), offset + match.end(1)).strip()
            yield Line(head, fold(head.text), line.mark, fold(head.text), indent, gap, level, bracketed=True)
            if match.end() < len(line.body):
                yield from _split(line.passage.cut(offset + match.end()).strip(), indent, False, None)
            return
    if bounds := _section_bounds(line):
        parts = (line.passage.cut(begin, end).strip() for begin, end in pairwise((*bounds, len(line.text))))
        for place, part in enumerate(part for part in parts if part.text):
            yield line_of(part, indent, gap and place == 0)
        return
    match = re.match(_OVER_LIST, line.body) if _LIST.search(line.body) else None
    if match is None or not (headings.is_office(match.group(1)) or _is_section(match.group(1), timed=True)):
        match = LABELLED.match(line.body)
        match = match if match and _stands_over(match.group(1), line) else None
    if match and not closing().match(line.text) and not is_contact(line.text):
        offset = len(line.text) - len(line.body)
        yield line_of(line.passage.cut(0, offset + match.end()).strip("。 \u3000"), indent, gap, level)
        yield line_of(line.passage.cut(offset + match.end()).strip(), indent)
        return
    yield line


def _without_person(line: Line) -> Line:
    """The name of an office without who leads it: 教务处（负责人：李明）, 教务处处长李明：."""
    match = _person().search(line.text) if line.text.endswith(")") and ":" in line.text else None
    match = _leader().search(line.text) if line.mark is None and line.text.endswith(":") else match
    if match is None or not headings.is_plain_office(line.body[: match.start() - len(line.text)].strip()):
        return line
    return line_of(line.passage.cut(0, match.start()).strip(), line.indent, line.after_blank, line.level)


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"\s*\(\s*{one_of(words('office', 'person'))}\s*:[^()]*\)$")


@cache
def _leader() -> re.Pattern[str]:
    """Who leads an office, right behind its name: 科长王小禾, 王小禾科长."""
    rank, last = f"副?{one_of(words('office', 'rank'))}", "".join(word[-1] for word in words("office", "alone"))
    return re.compile(rf"(?<=[{last}])(?:{rank}\s?[一-龥]{{2,3}}|[一-龥]{{2,3}}\s?{rank}):$")


def _section_bounds(line: Line) -> list[int]:
    """Where to cut a paragraph of several sections, after an office or not: 办公室 本月：…。下月：…."""
    if line.text.count(":") < _FEWEST_SECTIONS:
        return []
    labels = [match for match in re.finditer(_SECTION_LABEL, line.text) if _is_section(match.group(1))]
    offset = len(line.text) - len(line.body)
    if len(labels) < _FEWEST_SECTIONS:
        return []
    before = line.text[offset : labels[0].start(1)].strip(" :,")
    if before and not headings.is_office(before):
        return []
    edges = [edge for match in labels for edge in (match.start(1), match.end())]
    return [0, *(edges if before else edges[1:])]


def _stands_over(name: str, line: Line) -> bool:
    """Whether the words before a colon are a heading: of a section, or of an office where the line has no mark."""
    return _is_section(name) or (line.mark is None and headings.is_office(name) and not generic().search(name))


@cache
def generic() -> re.Pattern[str]:
    """Words that stand for any office: before a colon they are the label of a field."""
    return re.compile(rf"{one_of(words('office', 'generic'))}(?:\([^()]*\))?$")


def number_outline(lines: Sequence[Line]) -> None:
    """Read 1.1 and 1.1.1 as marks where they count on from line to line; elsewhere they are figures."""
    found = [(line, match) for line in lines if (match := _DECIMAL.match(line.text))]
    paths = [[int(number) for number in match.group(1).split(".")] for _, match in found]
    steps = sum(
        after[-1] == 1 or (after[:-1] == before[: len(after) - 1] and after[-1] == before[len(after) - 1] + 1)
        for before, after in pairwise(paths)
        if len(before) >= len(after) or after[-1] == 1
    )
    if len(found) < _FEWEST_DECIMALS or steps < 0.8 * (len(found) - 1):
        return
    for (line, match), path in zip(found, paths, strict=True):
        line.mark = Mark(f"decimal {len(path)}", path[-1], match.end(1), doubtful=False)
        line.body = line.text[match.end() :]


@cache
def closing() -> re.Pattern[str]:
    """The words that open a line after the items: notes, annexes, distribution lists."""
    return re.compile(one_of(words("furniture", "closing")))


def _is_section(text: str, *, timed: bool = False) -> bool:
    """Whether a text is made of section words alone; `timed` asks for a span of time among them."""
    heading = headings.read_heading(text)
    if heading is None or heading.prefix or heading.is_both:
        return False
    return any(part.when for part in heading.parts) if timed else bool(heading.parts)
