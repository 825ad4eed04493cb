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

from reconcile.language import data, punctuation

_RULES = data.rules("tasks")


def _any(*keys: str) -> str:
    return data.either(word for key in keys for word in _RULES[key].split())


_TIME = (
    r"(?:(?:(?:\d{4}年|今年|明年|本)?(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|底|末|初)?|\d{1,2}日|[月季年]内|[月季年]底|[上下]半年"
    r"|第?[一二三四]季度|[节会]|国庆|春节|元旦|五一|中秋)(?:之?前|以前|后|起|内|期间)?|本月|当月|近期|日前|目前|节前|年前)[,、]?)"
)
_BEFORE = rf"(?:{_TIME}|{_any('transparent')}|(?:会同|联合|配合|协同)[^,]{{2,14}}?(?={_any('independent')}))*+"
_OPENS = re.compile(rf"{_BEFORE}{_any('independent')}")
_DEPENDS = re.compile(
    rf"{_BEFORE}完成(?:{_any('targets')}[^,;。]{{0,4}}?\d|(?:全年|年度)\d|\d+(?:\.\d+)?%)"
    rf"|(?:{_TIME})?(?:并|同时|进一步)?(?:{_any('dependent')})"
    rf"|(?:{_TIME})?[^,;。]{{0,10}}?{_any('measures')}(?:{_any('measured')}|\d)"
)
_GROUNDS = tuple(_RULES["grounds"].split())
_ATTENDS = tuple(_RULES["attending"].split())
_LEADS = re.compile(_any("leading"))
_PREPARES = re.compile(rf"(?:做好|抓好|开展|加强)[^,;。]{{0,12}}{_any('preparing')}(?=[,;。]|$)")
_PUSHES = re.compile(_any("pushing"))
_ARRANGES = re.compile(_any("arranging"))
_ACHIEVES = re.compile(rf"{_BEFORE}{_any('achieving')}")
_VERB_FIRST = re.compile(rf"{_BEFORE}{_any('independent', 'pushing', 'soft_verbs', 'other_verbs')}")
_SUBJECT = re.compile(
    rf"{_BEFORE}(?P<subject>[^,:]{{2,24}}?)(?:{_any('transparent')}|{_TIME})*(?:{_any('after_subject')})"
)
_MEASURE = re.compile(rf"(?:.*{_any('measures')}|{_any('vague')}|\d+[^\d]{{0,3}})$")
_PREDICATE = re.compile(_any("independent", "after_subject", "soft_verbs"))
_EDGES = r"\s,;。.、:!?"
_SENTENCE = re.compile(rf"[^{_EDGES}](?:[^。;!?\n]*[^{_EDGES}])?")
_SEGMENT = re.compile(rf"[^{_EDGES}](?:[^,]*[^{_EDGES}])?")
_MARK = re.compile(  # 一是, (1), 1., ①
    r"(?:(?<=[。;:,\s])|^)(?:[一二三四五六七八九十]是(?!否)|\([1-9]\)|[1-9][.、](?!\d)|[①-⑳])"
)
_TITLE_LENGTH = 16
_SUBJECT_LENGTH = 3
_COLON = re.compile(r"[^:,]{2,24}(?=:(?!\d))")


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
        if parts and _depends(plain, start, end):
            parts[-1].end = end
            continue
        found = _gather(plain, start, end)
        if len(parts) == 1 and _is_title(plain, parts[0], start, end):
            title = parts.pop()
            topic, found[0].start = text[title.start : title.end], title.start
        colon = _COLON.match(plain, start, end)
        if colon and not parts:
            topic = topic or text[start : colon.end()]
        shared = topic or text[start : colon.end() if colon else _subject_end(plain, start, end)]
        for part in found if parts and topic else found[1:]:
            if topic or colon or _VERB_FIRST.match(plain, part.start, part.end):
                part.head = shared
        parts += found
    return tuple(Clause(text[part.start : part.end], part.start, part.end, part.head) for part in parts)


def _gather(text: str, start: int, end: int) -> list[_Part]:
    """The clauses of one sentence: its segments between commas, joined unless both sides stand by themselves."""
    parts: list[_Part] = []
    for segment in _SEGMENT.finditer(text, start, end):
        left, right = segment.span()
        acts = not _leads(text, left, right) and bool(_PREDICATE.search(text, left, right))
        last = parts[-1] if parts else None
        if last and (not (last.acts and acts and _stands(text, left, right)) or _names(text, last, left, right)):
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


def _leads(text: str, start: int, end: int) -> bool:
    """Whether a segment is only the ground, means or preparation of the one after it."""
    if text.endswith(_GROUNDS, start, end):
        return True
    return bool(_LEADS.match(text, start, end) or _PREPARES.match(text, start, end))


def _depends(text: str, start: int, end: int) -> bool:
    """Whether a segment is only the aim, measure, target or detail of the one before it."""
    return bool(_DEPENDS.match(text, start, end)) or text.endswith(_ATTENDS, start, end)


def _stands(text: str, start: int, end: int) -> bool:
    """Whether a segment is a task by itself: it opens with an act, or a subject with its predicate."""
    if _depends(text, start, end):
        return False
    if _OPENS.match(text, start, end):
        return True
    found = None if _VERB_FIRST.match(text, start, end) else _SUBJECT.match(text, start, end)
    return found is not None and not _MEASURE.match(found["subject"])


def _names(text: str, part: _Part, start: int, end: int) -> bool:
    """Whether a clause only names the work whose end state the segment after it sets: 推进迁建工程,年底前主体封顶."""
    named = _PUSHES.match(text, part.start, part.end) and "," not in text[part.start : part.end]
    if _ARRANGES.match(text, part.start, part.end) and text.startswith("做好", start):
        return True
    return bool(named) and (not _VERB_FIRST.match(text, start, end) or bool(_ACHIEVES.match(text, start, end)))


def _is_title(text: str, first: _Part, start: int, end: int) -> bool:
    """Whether the first sentence only names what the rest of the entry, one sentence, tells: 建好后备力量库。每村…"""
    title = text[first.start : first.end]
    if len(title) > _TITLE_LENGTH or re.search(r"[\d,、《]", title) or re.search(r"[。;]\s*\w", text[end:]):
        return False
    body = text[start:end]
    repeats = any(title[place : place + 2] in body for place in range(2, len(title) - 1))
    return len(body) >= (1.7 if repeats else 3) * len(title)


def _subject_end(text: str, start: int, end: int) -> int:
    """Where the subject ends of which a sentence's first predicate, and so perhaps the later ones, are said."""
    found = _SUBJECT.match(text, start, end)
    if not found or len(found["subject"]) < _SUBJECT_LENGTH or _VERB_FIRST.match(text, start, end):
        return start
    return start if _leads(text, start, end) or re.search("[因受经]", found["subject"]) else found.end("subject")
