"""The head of a report: whose it is, what it is called, and which periods its sections are for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec import Struct, structs

from reconcile import period
from reconcile.layout import bodies, headings, months, spans
from reconcile.layout.headings import Heading, Part
from reconcile.layout.lines import Line
from reconcile.layout.spans import When
from reconcile.layout.vocabulary import fold, one_of, words
from reconcile.model.reports import Genre, Kind
from reconcile.period import Period

_YEAR_ALONE = re.compile(r"\(20\d\d\)$")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|-|\.|_|\D|0[1-9]|1[0-2])")
_ISSUE = re.compile(
    r"\(?(?:20\d\d年?\s?)?(?:总?第\s?)?\d{1,4}\s?[期号]\)?|\S{0,8}[〔\[(]20\d\d[〕\])]\s?第?\d{1,4}\s?号"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_EXTENSION = re.compile(r"\.(?:docx?|pdf|wps|txt|xlsx?|ppt)$")
_FILE_SUFFIX = re.compile(r"(?:材料|范文|汇编)?\s*(?:\.\w{2,5})?$|表$")
_HEAD_LINES = 40
_MOST_LINES = 3
_LONGEST_TITLE = 60


@cache
def _title_word() -> re.Pattern[str]:
    return re.compile(one_of(words("title", "word")))


class Head(Struct, frozen=True):
    """What the head of a report says. `plan` is the period of its plans, `kind` what it holds before any section;
    `lines` counts the lines up to the end of the title."""

    organisation: str
    title: str
    genre: Genre
    period: Period
    plan: Period
    kind: Kind
    has_period: bool
    lines: int


def read_head(lines: Sequence[Line], file: str, columns: Sequence[When] = ()) -> Head:
    """Read the title among the first lines, and the organisation from it, from above it or from a labelled line.

    The year may stand only in the name of the file, the month only in the headings of `columns`.
    """
    head = lines[:_HEAD_LINES]
    first, last = _title_lines(head)
    written = "".join(line.passage.text for line in head[first:last])
    text = _within_notice(fold(written))
    heading = _title_heading(_FILE_SUFFIX.sub("", _IN_BRACKETS.sub("", text)))
    parts = heading.parts if heading else ()
    organisation = bodies.organisation(heading.prefix if heading else "", lines, first)
    named = [when for when in spans.whens(text) if when.shift is None]
    done = next((part.when for part in parts if part.kind is not Kind.PLAN and part.when in named), None)
    done = _month_behind(text, done) or done
    planned = next((part.when for part in parts if part.kind is Kind.PLAN and part.when), None)
    only_plan = bool(parts) and all(part.kind is Kind.PLAN for part in parts)
    exact = next((when for when in named if when.month or when.quarter), None)
    when = (
        done
        or exact
        or months.below(lines)
        or months.stated(lines)
        or next(iter(columns), None)
        or (planned if only_plan and planned in named else None)
        or months.of_file(file, {one.year for one in named if one.year})
        or months.dated(lines)
        or next(iter(named), None)
    )
    year = months.year(text, lines, when) or next((int(found) for found in _FILE_YEAR.findall(file)), None)
    base = _period(when, year)
    if done is None and planned in named and not only_plan and len(named) == 1:
        base = period.preceding(base)  # 本月工作总结及2023年6月工作计划
    after = When(half=2) if when and when.half == 1 else When(shift=1)
    plan = base if only_plan else spans.resolve(planned or after, base, later=True)
    if months.looks_back(lines[last:], base):
        base, plan = period.preceding(base), base
    return Head(
        organisation=organisation,
        title=_EXTENSION.sub("", written),
        genre=_genre(base),
        period=base,
        plan=plan,
        kind=Kind.PLAN if only_plan else Kind.COMPLETION,
        has_period=year is not None,
        lines=last,
    )


def _month_behind(title: str, done: When | None) -> When | None:
    """The month in brackets behind a title that names its year alone: 2024年度重点工作推进情况(5月)."""
    if done is None or done.month or done.quarter or not (match := _IN_BRACKETS.search(title)):
        return None
    behind = next((when for when in spans.whens(match.group()) if when.month), None)
    if behind is None or (done.year and behind.year and behind.year != done.year):
        return None  # the month it was written in: 2023年工作总结（2024年1月）
    return structs.replace(behind, year=behind.year or done.year)


def _title_lines(head: Sequence[Line]) -> tuple[int, int]:
    """The line that speaks of a period and of completions or plans; a title may run over three lines."""
    best, last, best_score = 0, 1, 0
    count = Counter(line.text for line in head)
    for index, line in enumerate(head):
        text = ""
        for end in range(index, min(index + _MOST_LINES, len(head))):
            if line.mark is not None or line.bracketed or _is_issue(head[end].text):
                break
            if count[head[end].text] > 1 and _is_section(head[end]):
                break
            if end > index and (head[end].mark is not None or head[end].level is not None):
                break
            text += head[end].text
            score = _title_score(text)
            if score > best_score or (score == best_score and best_score and best < index < last and end == index):
                best, last, best_score = index, end + 1, score
        if best_score and (index - best > 8 or line.mark is not None):
            break
    if best_score == 0:
        named = bool(head) and head[0].mark is None and len(head[0].text) <= _LONGEST_TITLE
        return (0, 1) if named and _title_word().search(head[0].text) else (0, 0)
    return best, last


def _is_section(line: Line) -> bool:
    """Whether a line is a section heading and nothing else: where it comes again, it is no part of a title."""
    heading = line.heading
    return heading is not None and not heading.prefix and not heading.is_both


def _is_issue(text: str) -> bool:
    """Whether a line of a printed head is the number of an issue, or its issuer and date: 督查室    2024年7月5日."""
    return bool(_ISSUE.fullmatch(text) or bodies.DATE_BEHIND.search(text))


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(rf"《([^《》]+)》的?{one_of(words('title', 'notice'))}$")


def _within_notice(text: str) -> str:
    """The title of a report within that of the notice it is sent with: 关于印发《…工作计划》的通知."""
    match = _notice().search(text)
    return match.group(1) if match else text


def _title_score(text: str) -> int:
    """How much a line looks like a title: both kinds, a year, an organisation before the words."""
    if len(text) > _LONGEST_TITLE or "。" in text or ":" in text:
        return 0
    text = _within_notice(text)
    heading = _title_heading(_FILE_SUFFIX.sub("", _YEAR_ALONE.sub("", text)))
    if heading is None:
        return 0
    whens = spans.whens(text)
    has_year = bool(months.YEAR.search(text)) or any(when.year for when in whens)
    if not (heading.prefix or heading.is_both or has_year):
        return 0
    return 1 + 2 * heading.is_both + has_year + bool(heading.prefix) + bool(whens)


def _title_heading(text: str) -> Heading | None:
    """What a title says; either half may name its topic: 7月经营工作总结及8月经营工作计划."""
    whole = headings.read_heading(text)
    if whole is None or whole.is_both:
        return whole
    for joiner in _joiner().finditer(text):
        halves = [headings.read_heading(half) for half in (text[: joiner.start()], text[joiner.end() :])]
        done, planned = halves
        if done and planned and _kinds(done) == {Kind.COMPLETION} and _kinds(planned) == {Kind.PLAN}:
            return Heading((_timed(done), _timed(planned)), done.prefix)
    return whole


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile(one_of(words("section", "joiner")))


def _kinds(heading: Heading) -> set[Kind | None]:
    return {part.kind for part in heading.parts}


def _timed(heading: Heading) -> Part:
    """The last half of a heading, with the time named before its topic where it names none itself."""
    part = heading.parts[-1]
    before = spans.whens(heading.prefix)
    return part if part.when or not before else structs.replace(part, when=before[-1])


def _period(when: When | None, year: int | None) -> Period:
    year = (when.year if when else None) or year or 2000
    if when and when.month:
        return period.month(year, when.month)
    if when and when.quarter:
        return period.quarter(year, when.quarter)
    return f"{year:04d}"


def _genre(base: Period) -> Genre:
    return {4: Genre.ANNUAL, 7: Genre.QUARTERLY if "Q" in base else Genre.MONTHLY}[len(base)]
