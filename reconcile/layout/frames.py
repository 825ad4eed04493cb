"""Headings → frames: what each of them opens, for which period, and which of them stand beside each other."""

from __future__ import annotations

import re

from reconcile.layout import spans
from reconcile.layout.drafts import Frame, Key
from reconcile.layout.lines import Line
from reconcile.layout.signs import Role
from reconcile.layout.spans import When
from reconcile.layout.title import Head
from reconcile.layout.vocabulary import fold
from reconcile.model.reports import Kind
from reconcile.period import Period

_COUNT = re.compile(r"\((?:共计?)?\s*\d{1,3}\s*[项条件个]\)$")


def frame_of(line: Line, role: Role, head: Head, list_id: int, key: Key) -> Frame:
    """What a section, an office or a topic opens in the report with this head; `key` tells its siblings."""
    frame = Frame(key=key, line=line, list_id=list_id)
    if role is Role.OFFICE:
        heading = line.heading
        named = _written(line, heading.prefix) if heading and heading.prefix else None
        frame.office = named or _uncounted(line.content.text.strip(" :："))
    else:
        frame.title = line.passage.text.rstrip(":：")
    if role is Role.SECTION:
        _open_section(frame, line, head)
    return frame


def _uncounted(name: str) -> str:
    """The name of an office without the number of its items: 党建办（2项）."""
    count = _COUNT.search(fold(name))
    return name[: count.start()].strip() if count else name


def _open_section(frame: Frame, line: Line, head: Head) -> None:
    heading = line.heading
    assert heading is not None
    prefix = heading.prefix.strip()
    if office := heading.office(head.organisation):
        frame.office = _written(line, office)
    part = next((part for part in heading.parts if not part.other), heading.parts[-1])
    frame.holds = not part.other
    when = part.when or (next(iter(spans.whens(prefix)), None) if spans.pattern().match(prefix) else None)
    frame.kind = part.kind or (Kind.PLAN if is_later(head, when) else Kind.COMPLETION)
    frame.period = period_of(head, frame.kind, when)
    frame.still = part.still


def key_of(line: Line, role: Role) -> Key:
    """What makes two headings siblings: their style of marks, or their level, or their role where they have neither."""
    if line.mark is not None:
        return ("mark", line.mark.style)
    if line.level is not None:
        return ("level", line.level)
    return ("bracketed" if line.bracketed else "plain", role is Role.SECTION)


def is_title(line: Line, head: Head) -> bool:
    """Whether a section names the organisation, as the title of a second report does: 江北新区2023年5月份工作计划."""
    named = line.heading.prefix.strip(" ()_-") if line.heading else ""
    return bool(named and head.organisation) and (named in head.organisation or head.organisation in named)


def outer_key(line: Line, role: Role) -> Key | None:
    """The key of a line that starts a list anew, if it does: a first mark, or an office without one."""
    starts = line.mark.number == 1 if line.mark is not None else role is Role.OFFICE
    return key_of(line, role) if starts else None


def is_later(head: Head, when: When | None) -> bool:
    """Whether a span of time lies after the period of the report."""
    return when is not None and spans.resolve(when, head.period, later=False) > head.period


def period_of(head: Head, kind: Kind, when: When | None) -> Period:
    """The period of what stands under a heading of this kind that names this span of time, or none."""
    if kind is Kind.PLAN:
        if when is None or when.shift is not None:
            return head.plan
        return spans.resolve(when, head.period, later=True)
    if when is None or when.shift is not None:
        return head.period
    return spans.resolve(when, head.period, later=False)


def _written(line: Line, folded: str) -> str:
    """Words of a line's body as they are written, given as they are folded."""
    place = line.body.find(folded)
    return line.content.text[place : place + len(folded)].strip()
