"""What a line is by signs of its own: a section word, a name in 【】, a date, the furniture of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

from reconcile.layout import headings, spans
from reconcile.layout.contacts import is_contact
from reconcile.layout.headings import Heading
from reconcile.layout.lines import Line, Page, closing
from reconcile.layout.marks import OUTER
from reconcile.layout.sequences import ends_something
from reconcile.layout.title import Head
from reconcile.layout.vocabulary import one_of, words
from reconcile.model.reports import Kind

_DATE = re.compile(
    r"\(?\s*(?:(?:20\d\d|二[〇零○]\S{2})\s?年\s?\S{1,3}\s?月\s?(?:\S{1,3}\s?日)?"
    r"|20\d\d(?P<dot>[./-])\d{1,2}(?P=dot)\d{1,2})\s*\)?"
)
_DAY = re.compile(
    r"\(?\s*(?:\d{1,2}|十?[一二三四五六七八九十])\s?月\s?(?:\d{1,2}|[二三]?十?[一二三四五六七八九十])\s?日\s*\)?"
)
_PAGE = re.compile(r"-?\s*第?\s*\d{1,3}\s*页?(?:\s*[/,共]\s*\d+\s*页?)?\s*-?|—\s*\d+\s*—")


class Role(Enum):
    """What a line is in its report."""

    SECTION = "section"
    CAPTION = "caption"
    OFFICE = "office"
    TOPIC = "topic"
    ITEM = "item"
    TEXT = "text"
    CLOSING = "closing"
    SIGNATURE = "signature"
    FURNITURE = "furniture"
    PAGE = "page"


def plain_role(lines: list[Line], index: int, head: Head, page: Page) -> Role | None:
    """The role of a line that shows it by itself, or None where what stands around it must tell."""
    line = lines[index]
    if _PAGE.fullmatch(line.text) or (head.lines and line.passage.text == head.title):
        return Role.PAGE
    if line.mark is None and is_furniture(line):
        return Role.FURNITURE
    if line.mark is None and closing().match(line.text):
        return Role.CLOSING
    if line.mark is None and _turns(line):
        return Role.CAPTION if _announces_work(line) else Role.CLOSING
    if line.mark is None and _is_reservation(line):
        return Role.CLOSING
    if line.mark is None and is_date(lines, index):
        return Role.SIGNATURE
    heading = line.heading
    if heading and (role := _section_role(lines, index, heading, head.organisation, page)):
        return role
    if line.bracketed:
        return Role.OFFICE
    return None


def _section_role(lines: list[Line], index: int, heading: Heading, organisation: str, page: Page) -> Role | None:
    line = lines[index]
    prefix = heading.prefix.strip(" ()_-")
    styled = line.level is not None or line.bracketed or line.mark is not None or line.text.endswith(":")
    if heading.is_both:
        repeats = index > 0 and lines[index - 1].level is not None and lines[index - 1].body == prefix
        if not prefix or not headings.is_office(prefix) or prefix in organisation or repeats:
            return Role.CAPTION if not line.mark or not prefix else None
        return Role.OFFICE if styled else None
    if not styled and (
        not headings.is_heading_like(line.text)
        or (
            index
            and not (ends_something(lines[index - 1]) or _times(heading))
            and (page.may_break(lines[index - 1]) or not _begins_list(lines, index))
        )
    ):
        return None
    if _is_listed(lines, index):
        return None
    timed_only = all(part.kind is None and not part.other for part in heading.parts)
    if (
        timed_only
        and not styled
        and not (_begins_list(lines, index) and (index == 0 or ends_something(lines[index - 1])))
    ):
        return None
    if not prefix or prefix in organisation or organisation in prefix or headings.is_office(prefix):
        return Role.SECTION
    strong = line.level is not None or (line.mark is not None and line.mark.style in OUTER)
    stands_over = strong or line.mark is None or _opens_points(lines, index)
    if heading.parts[-1].other and prefix.startswith(words("section", "asking")) and stands_over:
        return Role.SECTION
    named = strong or (styled and line.mark is None)
    is_timed = (strong and _times(heading)) or (named and _opens_topic(lines, index, prefix))
    return Role.SECTION if is_timed and headings.is_heading_like(line.body) else None


def _opens_topic(lines: list[Line], index: int, prefix: str) -> bool:
    """Whether a topic after its month (8月经营工作计划) stands over what is below, and is not one item of a list."""
    if index + 1 >= len(lines) or not spans.pattern().match(prefix):
        return False
    mark, below = lines[index].mark, lines[index + 1].mark
    return below is None or mark is None or below.style != mark.style


def _opens_points(lines: list[Line], index: int) -> bool:
    """Whether a list in marks of another kind begins below a line, and no part of the outline."""
    mark, below = lines[index].mark, lines[index + 1].mark if index + 1 < len(lines) else None
    if mark is None or below is None or below.style == mark.style or below.style in OUTER:
        return False
    return below.number in (1, None)


def _begins_list(lines: list[Line], index: int) -> bool:
    """Whether a list starts right below a line, or another heading."""
    if index + 1 >= len(lines):
        return False
    after = lines[index + 1]
    return (after.mark is not None and after.mark.number in (1, None)) or after.bracketed or after.level is not None


def _times(heading: Heading) -> bool:
    return any(part.when for part in heading.parts)


def _is_listed(lines: list[Line], index: int) -> bool:
    """Whether the line is one of an unbroken list of plain numbers, as items are and sections are not."""
    mark = lines[index].mark
    after = lines[index + 1].mark if index + 1 < len(lines) else None
    before = lines[index - 1].mark if index else None
    if mark is None or mark.number is None or mark.style not in ("arabic", "arabic_paren", "arabic_close", "circled"):
        return False
    return any(
        other is not None and other.style == mark.style and other.number == mark.number + step
        for other, step in ((after, 1), (before, -1))
    )


def is_furniture(line: Line) -> bool:
    """Whether a line is what a web page or a sharing site puts around a report, or an address; a sentence is not."""
    if line.text in _words_alone() or _column_number().fullmatch(line.text) or is_contact(line.text):
        return True
    return not line.text.endswith(("。", ";")) and bool(_furniture().search(line.text))


def _is_reservation(line: Line) -> bool:
    """Whether a line says how far the plans above it are settled."""
    return line.is_closed and any(word in line.text for word in words("furniture", "reservation"))


def _turns(line: Line) -> bool:
    """Whether a line announces a list of what comes besides what stands above: 另外，…以下内容：."""
    return line.after_blank and line.text.endswith(":") and line.text.startswith(words("furniture", "besides"))


def _announces_work(line: Line) -> bool:
    """Whether a line speaks of work done or planned: 另外，还完成了以下工作：."""
    return any(word in line.text for kind in Kind for word in words("section", kind.value))


def is_closing(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a date or opens with words that close a report."""
    return bool(closing().match(lines[index].text)) or is_date(lines, index)


def is_date(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a date and nothing else; a day without its year dates a report only in its last line."""
    text = lines[index].text
    return bool(_DATE.fullmatch(text)) or (index + 1 == len(lines) and bool(_DAY.fullmatch(text)))


@cache
def _furniture() -> re.Pattern[str]:
    label = rf"(?:^|\s){one_of(words('furniture', 'label'))}\s*(?::|\d*$)"
    return re.compile(rf"{one_of(words('furniture', 'anywhere'))}|{label}", re.IGNORECASE)


@cache
def _column_number() -> re.Pattern[str]:
    """The number of a row that is written out line by line: 序号：2."""
    return re.compile(rf"{one_of(words('column', 'number'))}\s*:\s*\d{{1,3}}")


@cache
def _words_alone() -> frozenset[str]:
    return frozenset(words("furniture", "whole"))
