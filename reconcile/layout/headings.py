"""What a heading says: whether it opens a section (完成情况, 工作计划), for which time, or names an office."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct

from reconcile.layout import spans
from reconcile.layout.spans import When
from reconcile.layout.vocabulary import fold, one_of, words
from reconcile.model.reports import Kind

LONGEST = 45
"""Characters beyond which a line is no heading."""
_LONGEST_NAME = 12
"""Characters the name of one office has at most."""
_LONGEST_JOINED = 8
"""Characters it has at most where a comma joins it to another."""

_AND_NEXT = r"、(?![^()]*\))"
"""What stands between two names; between brackets it belongs to one: 办公室（人事、财务）."""
_JOINT = re.compile(r"[、/与和及&]")
_NOTE = re.compile(r"\((?![一二三四五六七八九十\d]+\))([^()]{2,20})\)$")
_HEADS = ("completion", "plan", "open", "other")
_SENTENCE = re.compile(r"[。;!?！？]|[,:](?=.)")


class Part(Struct, frozen=True):
    """One half of a heading: 3月份工作小结. `kind` is None where only the time decides, or nothing does.

    `still` is the word that says of what stands below that it is not done (未完成), empty where there is none.
    """

    kind: Kind | None
    when: When | None
    other: bool = False
    still: str = ""


class Heading(Struct, frozen=True):
    """A heading made of section words. `prefix` is what stands before them: an organisation, an office, a topic."""

    parts: tuple[Part, ...]
    prefix: str

    def office(self, organisation: str) -> str:
        """The office it names: 本月法规科工作情况; neither the organisation nor a word for anybody (本月我局)."""
        name = spans.behind(self.prefix.strip(" ()_-"))
        whose = "".join(organisation.split())
        is_whole = name in words("title", "anybody") or "".join(name.split()) in whose
        return name if name and is_office(name) and not is_whole else ""

    @property
    def is_both(self) -> bool:
        """Whether it speaks of completions and of plans, as titles and captions do."""
        kinds = {part.kind for part in self.parts}
        return {Kind.COMPLETION, Kind.PLAN} <= kinds


@cache
def _token() -> re.Pattern[str]:
    groups = {
        name: one_of(words("section", name)) for name in ("completion", "plan", "open", "other", "filler", "joiner")
    }
    vocabulary = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    return re.compile(rf"{vocabulary}|(?P<blank>[\s()《》“”\"'_—-]+)")


@cache
def _ending() -> re.Pattern[str]:
    """A quick look at a line's end: most lines that are no section heading fail here."""
    heads = [word for name in ("completion", "plan", "open", "other") for word in words("section", name)]
    time = [word for name in ("now", "next", "before") for word in words("section", name)]
    filler = one_of(words("section", "filler"))
    return re.compile(rf"(?:{one_of(heads)}|{one_of(time)}|月份?|季度|半年度?)(?:的?{filler})*[\s):_—\"”》-]*$")


@cache
def _introduction() -> tuple[str, ...]:
    return tuple(map(fold, words("section", "introduction")))


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading | None:
    """The section words a folded line ends in, or None where it ends in none or is no heading at all."""
    text = text.rstrip(" :_—-")
    if text.endswith(")") and (noted := _read_noted(text)):
        return noted
    if len(text) > LONGEST * 2 or "。" in text or not _ending().search(text) or text.startswith(_introduction()):
        return None
    for start in range(len(text)):
        tokens = _tokens(text, start)
        if tokens is not None:
            parts = _parts(tokens)
            return Heading(parts, text[:start].strip()) if parts else None
    return None


def _read_noted(text: str) -> Heading | None:
    """A heading of section words alone with a note in brackets behind it: 工作亮点（东区食堂）."""
    note = _NOTE.search(text)
    heading = read_heading(text[: note.start()]) if note and not may_be_office(note.group(1)) else None
    return heading if heading and not heading.prefix else None


def _tokens(text: str, start: int) -> list[re.Match[str]] | None:
    """The words from `start` to the end, where the vocabulary covers all of it."""
    tokens: list[re.Match[str]] = []
    while start < len(text):
        match = spans.pattern().match(text, start) or _token().match(text, start)
        if match is None:
            return None
        tokens.append(match)
        start = match.end()
    return tokens


def _parts(tokens: list[re.Match[str]]) -> tuple[Part, ...]:
    """The halves between joiners. A half without section words or time of its own belongs to its neighbour."""
    halves: list[list[re.Match[str]]] = [[]]
    for place, token in enumerate(tokens):
        if token.lastgroup == "joiner":
            halves.append([])
        elif (
            token.re is spans.pattern()
            and _last_head(halves[-1]) == "completion"
            and _last_head(tokens[place:]) == "plan"
        ):
            halves.append([token])  # 8月工作总结9月工作计划
        else:
            halves[-1].append(token)
    parts = [part for half in _merged(halves) if (part := _part(half))]
    if any(part.kind or part.other for part in parts):
        parts = [part for part in parts if part.kind or part.other or part.when]
    return tuple(parts)


def _merged(halves: list[list[re.Match[str]]]) -> list[list[re.Match[str]]]:
    """The halves, where a time alone goes with the completions behind it: 2023年12月份与2024年1月份工作总结."""
    kept = [
        half
        for half, after in pairwise(halves)
        if not (_is_month(half) and _is_month(after[:1]) and _last_head(after) == "completion")
    ]
    return [*kept, halves[-1]]


def _is_month(tokens: list[re.Match[str]]) -> bool:
    """Whether words are but the name of months, quarters or years."""
    times = [when for token in tokens for when in spans.whens(token.group())]
    return bool(times) and all(token.re is spans.pattern() for token in tokens) and all(w.shift is None for w in times)


def _last_head(tokens: list[re.Match[str]]) -> str | None:
    return next((token.lastgroup for token in reversed(tokens) if token.lastgroup in _HEADS), None)


def _time(token: re.Match[str]) -> str:
    """A span of time with the 月 that it shares with the word behind it: 06 in 2024-06月报."""
    return token.group() + ("月" if token.string.startswith("月", token.end()) else "")


def _part(half: list[re.Match[str]]) -> Part | None:
    heads = [token.lastgroup for token in half if token.lastgroup in _HEADS]
    times = spans.whens("".join(_time(token) for token in half if token.re is spans.pattern()))
    when = times[-1] if times else None
    still = next((token.group() for token in half if token.lastgroup == "open"), "")
    if still and half[-1].lastgroup == "open" and any(token.lastgroup == "filler" for token in half):
        return None  # it states a fault, and opens no list: 目标任务未完成
    if still and heads[-1] != "other" and not (when and when.shift == 1):
        return Part(Kind.COMPLETION, when, still=still)
    if heads:
        kind = {"completion": Kind.COMPLETION, "plan": Kind.PLAN}.get(heads[-1] or "")
        if kind is Kind.COMPLETION and heads[-1] == "completion" and when and when.shift == 1:
            kind = Kind.PLAN  # 下月工作情况
        return Part(kind, when, other=heads[-1] == "other")
    if when is None:
        return None
    if when.shift is not None and when.month is None:
        return Part(Kind.PLAN if when.shift == 1 else Kind.COMPLETION, when)
    return Part((None, Kind.COMPLETION, Kind.PLAN)[when.half or 0], when)


@cache
def _office_name() -> re.Pattern[str]:
    suffix = one_of(words("office", "suffix"))
    opening = one_of(words("office", "not_opening"))
    seldom, plain = one_of(words("office", "seldom_opening")), one_of(words("office", "alone"))
    bracket = r"(?:\([^()]{1,20}\))?"
    return re.compile(
        rf"(?!{opening})(?!{seldom}(?!.{{0,8}}{plain}{bracket}$))[^,。;:!?！？\d《]{{0,24}}?{suffix}{bracket}"
    )


@lru_cache(maxsize=4096)
def is_office(text: str) -> bool:
    """Whether a folded text reads like the name of an office, or several joined by 、.

    Where a comma joins them they must be plainly names: it may also part the clauses of a sentence.
    """
    if "," in text:
        names = [name.strip() for name in text.split(",")]
        return all(len(name) <= _LONGEST_JOINED and is_plain_office(name) for name in names)
    return 2 <= len(text) <= 40 and all(_is_one_office(name.strip()) for name in re.split(_AND_NEXT, text) if name)


def _is_one_office(name: str) -> bool:
    """Whether a text is the name of one office, 和 or 及 within it, or of several joined by them."""
    pattern = _office_name()
    return bool(pattern.fullmatch(name)) or all(
        pattern.fullmatch(part.strip()) for part in re.split("[和及]", name) if part
    )


@lru_cache(maxsize=4096)
def is_bare_office(text: str) -> bool:
    """Whether a folded text may name an office without saying so (教务), or several: the document must show it."""
    if is_office(text):
        return False
    names = [name.strip() for name in _JOINT.split(text)]
    return any(name in _bare() for name in names) and all(name in _bare() or is_office(name) for name in names)


def ends_as_body(name: str) -> bool:
    """Whether a folded name ends as those of whole bodies do: 各镇政府, 青禾小学."""
    return name.endswith(words("title", "body_end"))


def may_be_office(text: str) -> bool:
    """Whether a folded text says that it names an office, or may name one without saying so."""
    return is_office(text) or is_bare_office(text)


@cache
def _bare() -> frozenset[str]:
    return frozenset(map(fold, words("office", "bare")))


@cache
def _plain_ending() -> re.Pattern[str]:
    return re.compile(rf"{one_of(words('office', 'alone'))}(?:\([^()]{{1,20}}\))?$")


def is_plain_office(text: str) -> bool:
    """Whether a folded text is so plainly the name of an office that it needs no mark and no colon to be one."""
    return is_office(text) and len(text) <= _LONGEST_NAME and _plain_ending().search(text) is not None


def is_heading_like(text: str) -> bool:
    """Whether a folded text is short and no sentence, as headings are."""
    return 0 < len(text) <= LONGEST and (not _SENTENCE.search(text) or ("," in text and is_office(text.rstrip(": "))))
