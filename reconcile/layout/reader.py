"""Lines with their roles → drafts of items: a walk that keeps the headings it stands under and the item left open."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.layout import forms, frames, offices, outline, running, tables
from reconcile.layout.drafts import Draft, Frame, Key, Reading, with_bare_offices
from reconcile.layout.lines import Line, Page
from reconcile.layout.marks import OUTER, Mark
from reconcile.layout.passage import Passage, joined, under
from reconcile.layout.signs import Role
from reconcile.layout.tables import Table
from reconcile.layout.title import Head
from reconcile.layout.vocabulary import fold, says_nothing, tells_nothing
from reconcile.model.reports import Kind

_LONG = 18
"""Characters from which an unmarked line without a full stop may have been broken by the page."""


class Reader:
    """The walk. Feed it lines with their roles in order (and tables with `add`), then take `reading`."""

    def __init__(self, head: Head, page: Page, *, in_prose: bool = False) -> None:
        self._head, self._page, self._in_prose = head, page, in_prose
        self._root = Frame(key=("root", 0), line=None, list_id=0)
        self._stack: list[Frame] = [self._root]
        self._open: list[Line] = []
        self._sub: Mark | None = None
        self._lists = 0
        self._sectioned = False
        self._closed: Role | None = None
        self._drafts: list[Draft] = []
        self._empty: list[Frame] = []
        self._loose: list[Passage] = []

    def read(self, lines: Sequence[Line], roles: Sequence[Role], found: dict[int, list[Table]]) -> Reading:
        """Walk over all lines; the tables found are keyed by the index of the line after them."""
        items_ahead = outline.items_ahead(lines, roles)
        for index, (line, role) in enumerate(zip(lines, roles, strict=True)):
            self._tables(found.get(index, ()))
            match role:
                case Role.SECTION | Role.OFFICE | Role.TOPIC:
                    self._flush()
                    below = frames.outer_key(lines[index + 1], roles[index + 1]) if index + 1 < len(lines) else None
                    self._enter(line, role, below)
                case Role.ITEM:
                    self._item(line)
                case Role.TEXT:
                    ahead = items_ahead[index]
                    self._text(line, items_ahead=ahead is not None and not self._stands_under(("mark", ahead)))
                case Role.CLOSING | Role.SIGNATURE:
                    self._flush()
                    is_note = role is Role.CLOSING and items_ahead[index] and not self._stack[-1].count
                    self._closed = role if self._drafts and not is_note else None
                case Role.CAPTION | Role.FURNITURE:
                    self._flush()
        self._tables(found.get(len(lines), ()))
        self._flush()
        while len(self._stack) > 1:
            self._leave()
        return Reading(tuple(with_bare_offices(self._drafts)), tuple(self._empty), tuple(self._loose))

    # --- headings ---

    def _enter(self, line: Line, role: Role, below: Key | None) -> None:
        """Stand under a heading: beside its sibling, else below the heading before it.

        A section under which an outer list starts anew (first an office list without a section, now 下月计划 and the
        offices again) stands over that list. Only of the first section does an office without a mark
        `below` say so: below another it may be the next office.
        """
        key = self._key(line, role)
        self._closed = None
        self._leave_to(key)
        if role is Role.SECTION and frames.is_title(line, self._head) and len(self._stack) > 1:
            self._leave_to(self._stack[1].key)
        if role is Role.SECTION:
            if below is not None and (below[0] == "mark" or not self._sectioned):
                self._leave_to(below)
            self._sectioned = True
        self._lists += 1
        self._stack.append(frames.frame_of(line, role, self._head, self._lists, key))

    def _key(self, line: Line, role: Role) -> Key:
        """The key of a heading; one of its own where it counts anew right below a section marked as it is."""
        key = frames.key_of(line, role)
        if role is Role.SECTION or line.mark is None:
            return key
        above, inner = self._stack[-1], ("within", key)
        starts = line.mark.number == 1 and above.key == key and above.kind is not None and not above.count
        return inner if starts or self._stands_under(inner) else key

    def _stands_under(self, key: Key) -> bool:
        """Whether the walk stands under a heading with this key."""
        return any(frame.key == key for frame in self._stack)

    def _leave_to(self, key: Key) -> None:
        """Leave the heading with this key, and all below it, where the walk stands under one."""
        if self._stands_under(key):
            while self._stack[-1].key != key:
                self._leave()
            self._leave()

    def _leave(self) -> None:
        frame = self._stack.pop()
        if frame.count == 0 and not self._is_item(frame):
            self._empty.append(frame)
        self._stack[-1].count += frame.count

    def _is_item(self, frame: Frame) -> bool:
        """Read a heading with nothing below it as the item it is: a topic, or what counts on with the items above."""
        above, line = self._stack[-1], frame.line
        if line is None or line.mark is None or frame.kind or not (frame.is_topic or above.style == line.mark.style):
            return False
        count = above.count
        self._add(running.Entry(line.content, line.mark.number, line.mark.style), above)
        return above.count > count

    # --- items ---

    def _item(self, line: Line) -> None:
        assert line.mark is not None
        mark = line.mark
        if self._stands_under(("mark", mark.style)):
            self._flush()
            self._leave_to(("mark", mark.style))
        self._leave_for_list_of(mark)
        frame = self._stack[-1]
        resumes = self._closed is Role.SIGNATURE and frame.style == mark.style and mark.number == (frame.last or 0) + 1
        if self._closed and not resumes:
            self._loose.append(line.passage)
            return
        self._closed = None
        if self._open and frame.style not in (None, mark.style) and self._is_sub_point(line, frame):
            self._sub = mark
            self._open.append(line)
            return
        self._flush(mark.number if self._open_style() == mark.style else None)
        if frame.style is None:
            frame.style = mark.style
        frame.last = mark.number
        self._open = [line]

    def _open_style(self) -> str | None:
        """The style of the mark of the open item."""
        mark = self._open[0].mark if self._open else None
        return mark.style if mark else None

    def _leave_for_list_of(self, mark: Mark) -> None:
        """Leave a section within a list of the outline where that list counts on: 二、 below 滞后项目：一是…."""
        if mark.style not in OUTER or (self._stack[-1].style or self._open_style()) in (None, mark.style):
            return
        for place, frame in enumerate(self._stack[:-1]):
            if frame.style == mark.style and mark.number is not None and frame.last == mark.number - 1:
                self._flush()
                while len(self._stack) > place + 1:
                    self._leave()
                return

    def _is_sub_point(self, line: Line, frame: Frame) -> bool:
        """Whether a mark of another style lists parts of the open item; it may also be a slip that goes on counting."""
        mark = line.mark
        assert mark is not None
        if self._sub is not None and mark.style == self._sub.style and mark.number == (self._sub.number or 0) + 1:
            return True
        return frame.last is None or mark.number is None or mark.number == 1 or mark.number != frame.last + 1

    def _text(self, line: Line, *, items_ahead: bool) -> None:
        frame = self._stack[-1]
        if offices.starts_with_label(line.text):
            if self._open:
                self._open.append(line)
            return
        if self._open and self._continues(line, items_ahead=items_ahead):
            self._open.append(line)
        elif (items_ahead and frame.style is None) or (self._open and frame.style is not None and not self._labelled()):
            self._flush()
            self._loose.append(line.passage)
        elif self._is_body(line) and not self._closed:
            self._flush()
            self._open = [line]

    def _is_body(self, line: Line) -> bool:
        """Whether a plain paragraph is an item: past the head of the report; of prose, all that announces nothing."""
        return len(self._stack) > 1 or (self._in_prose and line.is_closed and not line.text.endswith(":"))

    def _continues(self, line: Line, *, items_ahead: bool) -> bool:
        """Whether a line goes on from the open item; `_open` is not empty."""
        last = self._open[-1]
        if line.is_rest or offices.label_breaks_off(last.text, line.text):
            return True
        if self._labelled():
            return False
        if self._page.is_full(last):
            return True
        if self._open[0].mark is not None:
            return not (line.after_blank and last.is_closed and not items_ahead)
        if last.is_closed or (line.indent > 1 and self._open[0].indent > 1):
            return False
        return not line.after_blank and len(last.text) >= _LONG

    def _labelled(self) -> bool:
        """Whether the open item has named its office, which ends it."""
        return offices.ends_with_label(self._open[-1].text)

    def _flush(self, next_number: int | None = None) -> None:
        if not self._open:
            return
        passage, mark = joined([line.passage for line in self._open]), self._open[0].mark
        self._open, self._sub = [], None
        frame = self._stack[-1]
        for entry in running.split(passage, mark, next_number):
            self._add(entry, frame)

    def _tables(self, standing: Sequence[Table]) -> None:
        for table in standing:
            self._flush()
            self._lists += 1
            entries = forms.entries_of(table) if table.is_form else tables.entries_of(table, self._head.period)
            for entry in entries:
                self._add_row(entry)

    def _add_row(self, entry: tables.CellEntry) -> None:
        """An item of a table: what its row leaves open, the headings over the table say."""
        section = self._section_frame()
        if section is not None and not section.holds:
            return
        later = frames.is_later(self._head, entry.when)
        timed = Kind.PLAN if later or self._head.kind is Kind.PLAN else Kind.COMPLETION
        kind = entry.kind or (timed if entry.when else section.kind if section else None) or self._head.kind
        period = frames.period_of(self._head, kind, entry.when)
        if entry.when is None and section is not None and section.kind is kind and section.period:
            period = section.period
        answer = offices.answering(entry.passage)
        if not answer.passage.text or says_nothing(fold(answer.passage.text)):
            return
        still = entry.still or (section.still if section else "")
        path = tuple(f.office for f in self._stack if f.office)
        path += tuple(name for name in (entry.office, answer.office) if name)
        self._stack[-1].count += 1
        self._drafts.append(
            Draft(
                kind=kind,
                period=period,
                passage=_still(answer.passage, still),
                number=entry.number,
                office=path[-1] if path else "",
                office_path=path,
                partners=entry.partners + answer.partners,
                persons=entry.persons + answer.persons,
                section=self._title(),
                project=entry.project,
                target=entry.target,
                deadline=entry.deadline or answer.deadline,
                list_id=self._lists,
            )
        )

    def _section_frame(self) -> Frame | None:
        return next((frame for frame in reversed(self._stack) if frame.kind is not None or not frame.holds), None)

    def _title(self) -> str:
        return next((frame.title for frame in reversed(self._stack) if frame.title), "")

    def _add(self, entry: running.Entry, frame: Frame) -> None:
        section = self._section_frame()
        if section is not None and not section.holds:
            return
        answer = offices.answering(entry.passage)
        if not answer.passage.text or tells_nothing(fold(answer.passage.text)):
            return
        path = tuple(f.office for f in self._stack if f.office)
        kind = section.kind if section and section.kind else self._head.kind
        default = self._head.plan if kind is Kind.PLAN else self._head.period
        frame.count += 1
        self._drafts.append(
            Draft(
                kind=kind,
                period=section.period if section and section.period else default,
                passage=_still(answer.passage, section.still if section else ""),
                number=entry.number if entry.number is not None else frame.count,
                office=answer.office if answer.office is not None else (path[-1] if path else ""),
                office_path=path if answer.office is None else (*path, answer.office),
                partners=answer.partners,
                persons=answer.persons,
                deadline=answer.deadline,
                section=self._title(),
                list_id=frame.list_id,
                numbered=entry.number is not None,
            )
        )


def _still(passage: Passage, word: str) -> Passage:
    """An item after the word that says of all items of its section that they are not done, unless it says so itself."""
    return under(word, passage) if word and word not in passage.text else passage
