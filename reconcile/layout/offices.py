"""Who answers for an item, as the item itself says: 负责科室：X；配合科室：Y, in brackets, at its end or before it."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from reconcile.layout import headings
from reconcile.layout.passage import Passage
from reconcile.layout.vocabulary import fold, one_of, words
from reconcile.model.reports import Person

_SPREAD = 2
"""Characters of a name that may be spread out by blanks: 财务 科."""
_TAIL = 160
"""Characters at the end of an item among which its office is sought."""


# Slow to compile, and seldom needed.
_PREFIX = r"[【\[(〔]([^】\])〕]{2,30})[】\])〕]\s*:?\s*(?=\S)"
_NAMES = r"(?:[、,，/;；\s]|<br>)+|(?<=[科室处办部局])和"
_WITHIN = r"(?:[^()\[\]【】,;]|\([^()]{1,20}\))"
"""A character of a name in brackets, or brackets within it: （办公室（法规股）牵头）."""
_BARE = r"[(\[【]((?:[^()\[\]【】]|\([^()]{1,20}\)){2,30})[)\]】]\s*[。.;]?\s*$"
_TOPIC = r"[^:。;,()\[\]【】]{2,20}[(\[【]([^()\[\]【】:]{2,30})[)\]】]\s*(?=:\s*\S)"
_SPACED_NAME = r"(?<![一-龥])([一-龥])[ \u3000]+([一-龥])(?![一-龥])"


class Answering(Struct, frozen=True):
    """The item without its labels, and what the labels said; `office` is None where there was none."""

    passage: Passage
    office: str | None = None
    partners: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    deadline: str | None = None


@cache
def _label() -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{name}>{one_of(words('office', name))})" for name in ("person", "partner", "deadline", "lead")
    )
    return re.compile(rf"(?:{groups})\s*:\s*")


@cache
def _suffix() -> re.Pattern[str]:
    """Labels with their values up to the end of the text, in brackets or not."""
    names = ("person", "partner", "deadline", "lead")
    label = one_of([word for name in names for word in words("office", name)])
    segment = rf"{label}\s*:\s*[^:。;(\[]*?(?:\([^:()]*\)[^:。;(\[]*?)*?"
    return re.compile(rf"[(\[〔【—\s]*{segment}(?:[;,。\s]*{segment})*[)\]〕】\s]*[。.;]?\s*")


@cache
def _spoken() -> re.Pattern[str]:
    """（办公室牵头，财务科配合）"""
    lead, partner = (one_of(words("office", f"spoken_{role}")) for role in ("lead", "partner"))
    return re.compile(rf"[(\[]({_WITHIN}{{2,30}}?){lead}(?:[,;、]([^()\[\]]{{2,40}}?){partner})?[)\]]\s*[。.;]?\s*$")


def starts_with_label(text: str) -> bool:
    """Whether a folded line is a label of its own: 责任科室：办公室."""
    return bool(_suffix().fullmatch(text))


def ends_with_label(text: str) -> bool:
    """Whether a folded line ends in a complete label: ……。（责任科室：办公室）"""
    begin = _label_start(text)
    return begin is not None and text.count("(", begin) <= text.count(")", begin)


def label_breaks_off(text: str, following: str) -> bool:
    """Whether a label at the end of one line goes on in the next: 责任科室：办 / 公室, [牵头 / 部门：办公室]."""
    whole = text + following
    begin = _label_start(whole)
    if begin is None or begin >= len(text):
        return False
    if not ends_with_label(text):
        return True
    return not _last_name_is_office(text) and _last_name_is_office(whole)


def _last_name_is_office(text: str) -> bool:
    value = text[max(text.rfind(":"), text.rfind("、"), text.rfind(",")) + 1 :].strip(" )]。.;")
    return headings.is_office(value)


def _label_start(text: str) -> int | None:
    """Where the labels at the end of a folded text begin, with the brackets before them; None where there are none."""
    tail = max(0, len(text) - _TAIL)
    if text.find(":", tail) < 0:
        return None
    for match in _label().finditer(text, tail):
        begin = match.start()
        while begin > 0 and text[begin - 1] in "([〔【—- ":
            begin -= 1
        if _suffix().fullmatch(text, begin):
            return begin
    return None


def answering(passage: Passage) -> Answering:
    """Take the labels off the end of an item."""
    text = fold(passage.text)
    begin = _label_start(text)
    if begin is not None:
        return _labelled(passage.cut(0, begin).strip(), text[begin:], passage.cut(begin).text)
    match = re.match(_PREFIX, text) if text[:1] in ("【", "[", "(", "〔") else None
    if match and headings.is_office(match.group(1)):
        return Answering(passage.cut(match.end()).strip(), passage.text[match.start(1) : match.end(1)])
    match = _spoken().search(text, max(0, len(text) - _TAIL))
    if match and headings.is_office(match.group(1)):
        rest = passage.cut(0, match.start()).strip()
        return Answering(rest, passage.text[match.start(1) : match.end(1)], names(match.group(2) or ""))
    return Answering(passage)


def bare(passage: Passage) -> Answering:
    """An office in brackets without any label, at the end of an item or behind its topic: 招商（投促局）：……。"""
    text = fold(passage.text)
    match = re.match(_TOPIC, text)
    if match and headings.is_office(match.group(1)):
        around = (passage.cut(0, match.start(1) - 1), passage.cut(match.end(1) + 1))
        rest = Passage.of(*(piece for part in around for piece in part.pieces))
        return Answering(rest, passage.text[match.start(1) : match.end(1)])
    match = re.search(_BARE, text)
    if match is None or not headings.is_office(match.group(1)):
        return Answering(passage)
    names_, rest = passage.text[match.start(1) : match.end(1)], passage.cut(0, match.start()).strip()
    return Answering(rest, names_) if rest.text else Answering(passage)


def _labelled(rest: Passage, folded: str, written: str) -> Answering:
    """Read labels and their values; names are given as written, not as folded."""
    office: str | None = None
    partners: tuple[str, ...] = ()
    persons: list[Person] = []
    deadline: str | None = None
    found = list(_label().finditer(folded))
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(folded)
        value = _value(written[match.end() : end])
        if not value:
            continue
        match match.lastgroup:
            case "lead" if office is None:
                office = value
            case "partner":
                partners += names(value)
            case "person":
                persons += [Person(match.group(match.lastgroup), name) for name in names(value)]
            case "deadline":
                deadline = value
    return Answering(rest, office, partners, tuple(persons), deadline)


def _value(text: str) -> str:
    """A label's value without the brackets and stops around it; a bracket opened within stays closed."""
    text = text.strip().rstrip("；;。.,，([（〔【 \u3000")
    while (
        text
        and text[-1] in ")）]】〕"
        and text.count("(") + text.count("（") < text.count(")") + text.count("）") + (text[-1] in "]】〕")
    ):
        text = text[:-1].rstrip("；;。.,， ")
    return text


def beside(text: str) -> list[str]:
    """The offices that a cell names with blanks between them, the one that leads first: 市园林局 市城管局."""
    found = text.split()
    several = len(found) > 1 and all(
        len(name) > _SPREAD and (headings.is_office(fold(name)) or headings.ends_as_body(fold(name))) for name in found
    )
    return found if several else [text]


def names(text: str) -> tuple[str, ...]:
    """The names of a list: 办公室、财务科; a name of two characters may be spread out: 王  强."""
    whole = re.sub(_SPACED_NAME, r"\1\2", text)
    return tuple(name.strip() for name in re.split(_NAMES, whole) if name.strip())
