"""An entry split into its tasks (任务): the clauses that can be done, and be missing, on their own.

Sentences end a task; a comma does so only between two acts that stand by themselves. A clause that gives the ground,
the means, the aim or a detail of another belongs to it, and nothing inside brackets, quotes or 《》 is ever cut. In
doubt the text stays whole: a task too many accuses somebody of having left it out.

Invariant: clauses are in order, do not overlap, and leave out nothing but spaces and punctuation between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reconcile.language import punctuation, segments
from reconcile.language.tokens import pairs

_EDGES = r"\s,;。.、:!?"
_SENTENCE = re.compile(rf"[^{_EDGES}](?:[^。;!?\n]*[^{_EDGES}])?")
_SEGMENT = re.compile(rf"[^{_EDGES}](?:[^,]*[^{_EDGES}])?")
_MARK = re.compile(  # 一是, 1., (1), ① after a stop; what is rare comes first, so that most of a text is passed over
    r"(?:[一二三四五六七八九十]是(?!否)|[1-9][.、](?!\d))(?<![^。;:,\s]..)|\([1-9]\)(?<![^。;:,\s]...)|[①-⑳](?<![^。;:,\s].)"
)
_TITLE_LENGTH = 16
_SUBJECT_LENGTH = 3
_CAUSE = re.compile("[因受经]")
_COLON = re.compile(r"[^:,]{2,24}+(?=:(?!\d))")


class Clause(Struct, frozen=True):
    """A task of an entry: its words, where they stand in the entry, and what it shares with those before it."""

    text: str
    start: int
    end: int
    head: str = ""


class _Part(Struct):
    """Segments gathered into one clause; `acts` once one of them has a predicate of its own."""

    start: int
    end: int
    acts: bool
    head: str = ""


def split(text: str) -> tuple[Clause, ...]:
    """The tasks of an entry, in order; a text without any word gives none."""
    plain = punctuation.plain(text)
    parts: list[_Part] = []
    topic = ""  # shared by the whole entry: its title, or what stands before its first colon
    for start, end in _sentences(plain):
        if parts and segments.depends(plain[start:end]):
            parts[-1].end = end
            continue
        found = _gather(plain, start, end)
        if len(parts) == 1 and _is_title(plain, parts[0], start, end):
            title = parts.pop()
            topic, found[0].start = text[title.start : title.end], title.start
        colon = _COLON.match(plain, start, end)
        if colon and not parts:
            topic = topic or text[start : colon.end()]
        if later := found if parts and topic else found[1:]:
            shared = topic or text[start : colon.end() if colon else _subject_end(plain, start, end)]
            for part in later:
                if topic or colon or segments.verb_first(plain[part.start : part.end]):
                    part.head = shared
        parts += found
    return tuple(Clause(text[part.start : part.end], part.start, part.end, part.head) for part in parts)


def _gather(text: str, start: int, end: int) -> list[_Part]:
    """The clauses of one sentence: its segments between commas, joined unless both sides stand by themselves."""
    spans = [found.span() for found in _SEGMENT.finditer(text, start, end)]
    if len(spans) == 1:
        return [_Part(*spans[0], acts=True)]
    parts: list[_Part] = []
    for left, right in spans:
        piece = text[left:right]
        acts = segments.acts(piece)
        last = parts[-1] if parts else None
        apart = last and last.acts and acts and segments.stands(piece)
        if last and (not apart or segments.names(text[last.start : last.end], piece)):
            last.end = right
            last.acts |= acts
        else:
            parts.append(_Part(left, right, acts))
    return parts


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans between full stops and semicolons, and between the marks of a list run into the text."""
    marks = [found.start() for found in _MARK.finditer(text)]
    edge = 0
    for cut in [*marks, len(text)] if len(marks) > 1 else [len(text)]:
        yield from (found.span() for found in _SENTENCE.finditer(text, edge, cut))
        edge = cut


def _is_title(text: str, first: _Part, start: int, end: int) -> bool:
    """Whether the first sentence only names what the rest of the entry, one sentence, tells: 建好后备力量库。每村…"""
    title = text[first.start : first.end]
    if (
        text.startswith(";", first.end)
        or len(title) > _TITLE_LENGTH
        or re.search(r"[\d,、《]", title)
        or re.search(r"[。;]\s*\w", text[end:])
    ):
        return False
    body = text[start:end]
    repeats = any(pair in body for pair in pairs(title[2:]))
    return len(body) >= (1.7 if repeats else 3) * len(title)


def _subject_end(text: str, start: int, end: int) -> int:
    """Where the subject ends of which a sentence's first predicate, and so perhaps the later ones, are said."""
    sentence = text[start:end]
    found = None if segments.verb_first(sentence) or segments.leads(sentence) else segments.subject(sentence)
    if not found or found[1] - found[0] < _SUBJECT_LENGTH or _CAUSE.search(sentence, *found):
        return start
    return start + found[1]
