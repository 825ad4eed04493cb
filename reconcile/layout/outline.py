"""Lines → their roles, learned from the document itself: its sequences of marks, its section words, what stands below.

A mark counts where it continues its sequence; a marked line is a heading where others of its style open lists, and an
item where they do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from reconcile.layout import contacts, headings, offices
from reconcile.layout.lines import Line, Page, closing
from reconcile.layout.sequences import ends_something, settle_marks
from reconcile.layout.signs import Role, is_closing, is_furniture, plain_role
from reconcile.layout.title import Head
from reconcile.layout.vocabulary import words

_OF_THE_BODY = (Role.SECTION, Role.OFFICE, Role.TOPIC, Role.ITEM, Role.TEXT)
_MOST_MOTTOS = 8
"""Mottos that stand below each other."""
_INTRODUCTION = 3
"""Lines an introduction may take between a heading and what it opens."""


def roles(lines: list[Line], head: Head, tables: Collection[int], page: Page) -> list[Role]:
    """The role of every line, in three looks: marks that are none, then plain signs, then headings by majority.

    `tables` are the indices of the lines that stand after a table.
    """
    settle_marks(lines)
    found = [
        _head_role(lines, i, head) if i < head.lines else plain_role(lines, i, head, page) for i in range(len(lines))
    ]
    opening = [i + 1 in tables or _opens(lines, found, i) for i in range(len(lines))]
    share = _heading_share(lines, found, opening)
    for index, line in enumerate(lines):
        if found[index] is None:
            found[index] = _heading_role(line, opening[index], share) if line.mark else Role.TEXT
    _settle_topics(lines, found)
    first = next((i for i, role in enumerate(found) if role in (Role.SECTION, Role.ITEM)), len(lines))
    for index in range(len(lines)):
        if found[index] is Role.TEXT and head.organisation and lines[index].text.startswith(head.organisation):
            found[index] = Role.SIGNATURE if _is_signature(lines, index) else Role.TEXT
        elif found[index] is Role.TEXT and _names_office(lines, found, index, first, page):
            signs = index + 1 not in tables and _is_signature(lines, index)
            found[index] = Role.SIGNATURE if signs else Role.OFFICE
    _settle_levels(lines, found)
    _settle_end(lines, found)
    return [role or Role.TEXT for role in found]


def _head_role(lines: list[Line], index: int, head: Head) -> Role:
    """A caption, or the office that the first of several sheets is named after."""
    line = lines[index]
    names = {other.text for other in lines if other.level == line.level and other.is_office}
    is_sheet = line.level is not None and line.is_office and line.body not in head.organisation and len(names) > 1
    return Role.OFFICE if is_sheet and index + 1 < head.lines else Role.CAPTION


def _opens(lines: list[Line], found: list[Role | None], index: int) -> bool:
    """Whether the next line begins something below this one: a section, a name in 【】, a list from 1."""
    line = lines[index]
    if _stands_over_text(lines, found, index):
        return True
    below = _below(lines, found, index)
    if below is None:
        return False
    after = lines[below]
    if after.mark is None:
        return _stands_over_heading(lines, found, index, below)
    if found[below] in (Role.SECTION, Role.OFFICE):
        if line.mark is not None and line.mark.number is None and index and lines[index - 1].mark == line.mark:
            return False  # one of a list
        return line.mark is None or (after.mark.style != line.mark.style and not _counts_on(lines, below, index))
    if line.mark is not None and after.mark.style == line.mark.style:
        return after.mark.number == 1 and line.mark.number == 1
    return after.mark.number in (1, None) or (line.mark is not None and after.mark.style == "arabic")


def _stands_over_heading(lines: list[Line], found: list[Role | None], index: int, below: int) -> bool:
    """Whether an unmarked heading stands below a line, and not beside the heading that the line is an item of.

    It stands beside it where what it opens is marked as the line is.
    """
    line, after = lines[index], lines[below]
    if found[below] is Role.SECTION and after.level is None and not after.bracketed:
        return line.mark is not None and line.is_office
    if found[below] not in (Role.SECTION, Role.OFFICE) and not _is_name(after):
        return line.level is not None and after.level is not None and line.level < after.level
    listed = next((other.mark for other in lines[below + 1 : below + 1 + _INTRODUCTION] if other.mark), None)
    return line.mark is None or listed is None or listed.style != line.mark.style or line.is_office


def _counts_on(lines: list[Line], index: int, since: int) -> bool:
    """Whether a heading goes on with those above the line `since`, so that it does not stand below that line.

    Its number says so; a bullet does where it was there before the marks of that line.
    """
    mark = lines[index].mark
    if mark is None:
        return False
    if mark.number is None:
        first = next((line for line in lines if line.mark in (mark, lines[since].mark)), None)
        return first is not None and first.mark == mark
    before = next((line.mark for line in reversed(lines[:since]) if line.mark and line.mark.style == mark.style), None)
    return before is not None and before.number == mark.number - 1


def _stands_over_text(lines: list[Line], found: list[Role | None], index: int) -> bool:
    """Whether an office stands over a plain paragraph: 生产部：, and below it what it did."""
    if index + 1 >= len(lines) or lines[index + 1].mark is not None or found[index + 1] is not None:
        return False
    return lines[index].is_office and (
        lines[index].text.endswith(":") or not headings.is_heading_like(lines[index + 1].text)
    )


def _below(lines: list[Line], found: list[Role | None], index: int) -> int | None:
    """The next line that can show what a heading opens: a plain paragraph between is its introduction."""
    after = range(index + 1, min(index + 1 + _INTRODUCTION, len(lines)))
    headed = (Role.SECTION, Role.OFFICE)
    shown = (
        i for i in after if lines[i].mark or lines[i].level is not None or found[i] in headed or _is_name(lines[i])
    )
    return next(shown, next(iter(after), None))


def _heading_share(lines: list[Line], found: list[Role | None], opening: list[bool]) -> dict[str, float]:
    """For each style of marks, the share of its lines that look like headings and open something."""
    count: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for line, role, opens in zip(lines, found, opening, strict=True):
        if line.mark and role is None:
            count[line.mark.style] += 1
            heads[line.mark.style] += opens and headings.is_heading_like(line.body)
    return {style: heads[style] / count[style] for style in count}


def _heading_role(line: Line, opens: bool, share: dict[str, float]) -> Role:
    assert line.mark is not None
    if not headings.is_heading_like(line.body):
        return Role.ITEM
    usual = share[line.mark.style] >= 0.5
    if line.is_office and (opens or usual):
        return Role.OFFICE
    if (opens and line.level is not None) or (usual and (opens or line.mark.style in ("han", "part"))):
        return Role.TOPIC
    return Role.ITEM


def _settle_topics(lines: list[Line], found: list[Role | None]) -> None:
    """Headings of one style are all offices or all topics: the majority knows better than a name's last character."""
    count: dict[str, Counter[Role]] = {}
    for line, role in zip(lines, found, strict=True):
        if line.mark and role in (Role.OFFICE, Role.TOPIC):
            count.setdefault(line.mark.style, Counter())[role] += 1
    for index, line in enumerate(lines):
        if line.mark and found[index] in (Role.OFFICE, Role.TOPIC):
            votes = count[line.mark.style]
            found[index] = Role.OFFICE if votes[Role.OFFICE] >= votes[Role.TOPIC] else Role.TOPIC


def _settle_levels(lines: list[Line], found: list[Role | None]) -> None:
    """Headings of one level without marks that stand over something: offices where most of them are, else topics."""
    votes: dict[int, Counter[Role | None]] = {}
    for line, role in zip(lines, found, strict=True):
        if line.mark is None and line.level is not None:
            votes.setdefault(line.level, Counter())[role] += 1
    for index, line in enumerate(lines[:-1]):
        if line.mark is not None or line.level is None or not headings.is_heading_like(line.text):
            continue
        below = lines[index + 1].level
        opens = (below is None or below > line.level) and found[index + 1] in (Role.ITEM, Role.TEXT, Role.SECTION)
        if found[index] is Role.TEXT and opens:
            beside = votes[line.level]
            found[index] = Role.OFFICE if beside[Role.OFFICE] >= beside[Role.TEXT] + beside[Role.TOPIC] else Role.TOPIC


def _settle_end(lines: list[Line], found: list[Role | None]) -> None:
    """Addresses, mottos and notes in brackets below the last item close the report: no work stands beneath them."""
    for index in reversed(range(len(lines))):
        line, is_text = lines[index], found[index] is Role.TEXT
        is_contact = (line.mark is None or line.mark.number is None) and contacts.is_contact(line.text)
        if is_contact or (is_text and (_is_note(line) or _cheers(lines, found, index))):
            found[index] = Role.CLOSING
        elif found[index] in _OF_THE_BODY and not (is_text and headings.is_heading_like(line.text)):
            return


def _is_note(line: Line) -> bool:
    return line.text.startswith("(") and bool(closing().match(line.text, 1))


def _cheers(lines: list[Line], found: list[Role | None], index: int) -> bool:
    """Whether a paragraph is a motto that stands apart from the items above it, or below another or a note.

    Among items in plain paragraphs, right below a heading or as the end of a broken line it is work.
    """
    for place in range(index, max(index - _MOST_MOTTOS, 0), -1):
        line, above, role = lines[place], lines[place - 1], found[place - 1]
        if role in (Role.SECTION, Role.OFFICE, Role.TOPIC) or not contacts.is_motto(line.text):
            return False
        if role is not Role.TEXT:
            return role is not Role.ITEM or line.after_blank or above.is_closed
        if (line.after_blank and not above.after_blank) or _is_note(above):
            return True
    return False


def _names_office(lines: list[Line], found: list[Role | None], index: int, first: int, page: Page) -> bool:
    """Whether an unmarked line is the name of an office that stands over what follows, or signs the report.

    Before the `first` section or item a name with a colon is whom the report is addressed to.
    """
    line = lines[index]
    if not _is_name(line) or (index and offices.label_breaks_off(lines[index - 1].text, line.text)):
        return False
    after = found[index + 1] if index + 1 < len(lines) else None
    if (
        index
        and not ends_something(lines[index - 1])
        and found[index - 1] in (Role.ITEM, Role.TEXT)
        and not line.after_blank
    ):
        return after in (Role.SECTION, None) or _begins_anew(lines, found, index, page)
    if not line.text.endswith(":") or index >= first or _shares_line(lines, index):
        return True
    return after is not Role.TEXT and not (after is Role.SECTION and _is_addressed(lines, index))


def _is_addressed(lines: list[Line], index: int) -> bool:
    """Whether a name over the first section is whom the report is sent to (各科室, 市水利局), and none stands like it.

    An office of the body itself (财务科) reports under its name, though it be the only one.
    """
    alone = sum(_is_name(line) and line.text.endswith(":") for line in lines) == 1
    name = lines[index].text.rstrip(": ")
    is_another = name.endswith(words("title", "addressed_end"))
    return alone and (is_another or any(word in name for word in words("title", "addressed")))


def _shares_line(lines: list[Line], index: int) -> bool:
    """Whether a line was cut off before the text it opens: 办公室：完成….

    An address stands on a line of its own.
    """
    place, after = lines[index].passage, lines[index + 1].passage
    return place.pieces[-1].paragraph == after.pieces[0].paragraph and "\n" not in (after.text + place.text)


def _begins_anew(lines: list[Line], found: list[Role | None], index: int, page: Page) -> bool:
    """Whether the name of an office below a line left open is a heading, and not what the page broke off that line.

    A list that starts again at 1 below it says so; else that an office is named in the same way above it.
    """
    line, before, after = lines[index], lines[index - 1], lines[index + 1]
    if after.mark is not None and after.mark.number == 1 and found[index + 1] is Role.ITEM:
        return True
    labels = line.text.endswith(":")
    stands_alone = labels or after.mark is not None or line.named or headings.is_plain_office(line.text)
    return (
        stands_alone
        and not (page.is_full(before) if labels else page.may_break(before))
        and any(
            role is Role.OFFICE and other.mark is None and (other.named or other.text.endswith(":") == labels)
            for other, role in zip(lines[:index], found[:index], strict=True)
        )
    )


def _is_name(line: Line) -> bool:
    """Whether a line without a mark is the name of an office and nothing else."""
    return line.mark is None and headings.is_heading_like(line.text) and line.is_office


def _is_signature(lines: list[Line], index: int) -> bool:
    """A name over a date, or at the very end, signs the report."""
    below = index + 1
    return below >= len(lines) or is_closing(lines, below) or is_furniture(lines[below])


def items_ahead(lines: Sequence[Line], roles: Sequence[Role]) -> list[str | None]:
    """For each line the style of the marked item that follows before the next heading, if one does."""
    result: list[str | None] = [None] * len(lines)
    ahead: str | None = None
    for index in range(len(lines) - 1, -1, -1):
        result[index] = ahead
        if roles[index] is Role.ITEM:
            mark = lines[index].mark
            ahead = mark.style if mark else None
        elif roles[index] in (Role.SECTION, Role.OFFICE, Role.TOPIC):
            ahead = None
    return result
