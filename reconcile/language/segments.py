"""What a piece between two commas is to its neighbours: an act of its own, or ground, aim or detail of another.

The vocabulary is tasks.toml; tasks.py puts the pieces together.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile.language import data
from reconcile.language.word_list import WordList

_RULES: dict[str, str] = data.rules("tasks")


def _listed(*keys: str) -> list[str]:
    return [word for key in keys for word in _RULES[key].split()]


_INDEPENDENT = WordList(_listed("independent"))
_TRANSPARENT = WordList(_listed("transparent"))
_COMPANY = WordList(_listed("company"))
_DEPENDENT = WordList(_listed("dependent"))
_LEADING = WordList(_listed("leading"))
_TARGETS = WordList(_listed("targets"))
_MEASURES = WordList(_listed("measures"))
_MEASURED = WordList([*_listed("measured"), *"0123456789"])
_PUSHING = WordList(_listed("pushing"))
_ARRANGING = WordList(_listed("arranging"))
_ACHIEVING = WordList(_listed("achieving"))
_VERBS = WordList(_listed("independent", "pushing", "soft_verbs", "other_verbs"))
_PREDICATES = WordList(_listed("independent", "after_subject", "soft_verbs"))
_AFTER_SUBJECT = WordList(_listed("after_subject"))
_ADVERBS = frozenset([*_listed("transparent"), "当月", "本月"])
_ADVERB_LENGTHS = sorted({len(word) for word in _ADVERBS}, reverse=True)
_CUTS = frozenset(",:")
_VAGUE = frozenset(_listed("vague"))
_MEASURE_ENDS = tuple(_listed("measures"))
_GROUNDS = tuple(_listed("grounds"))
_ATTENDING = tuple(_listed("attending"))
_PREPARING = tuple(_listed("preparing"))
_PREPARES = ("做好", "抓好", "开展", "加强")
_LINKS = ("", "并", "同时", "进一步")

_TIME = re.compile(
    r"(?:(?:(?:\d{4}年|今年|明年|本)?(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬|底|末|初)?|\d{1,2}日|[月季年]内|[月季年]底|[上下]半年"
    r"|第?[一二三四]季度|[节会]|国庆|春节|元旦|五一|中秋)(?:之?前|以前|后|起|内|期间)?|本月|当月|近期|日前|目前|节前|年前)[,、]?)"
)
_SHARE = re.compile(r"(?:全年|年度)\d|\d+(?:\.\d+)?%")
_SOON_A_FIGURE = re.compile(r"[^,;。]{0,4}?\d")
_BARE_FIGURE = re.compile(r"\d+\D{0,3}")
_COMPANY_REACH = range(2, 15)
_MEASURE_REACH = 10
_PREPARES_LENGTH = 16
_SUBJECT_LENGTH = range(2, 25)


def acts(segment: str) -> bool:
    """Whether a segment has a predicate of its own."""
    return not leads(segment) and _PREDICATES.within(segment)


def leads(segment: str) -> bool:
    """Whether a segment is only the ground, means or preparation of the one after it: 根据…, 通过…, 做好…准备."""
    if segment.endswith(_GROUNDS) or _LEADING.at(segment, 0):
        return True
    return len(segment) <= _PREPARES_LENGTH and segment.startswith(_PREPARES) and segment.endswith(_PREPARING)


def depends(segment: str) -> bool:
    """Whether a segment is only the aim, measure, target or detail of the one before it: 确保…, 合格率98%, 各校参加."""
    if segment.endswith(_ATTENDING) or _sets_target(segment):
        return True
    time = _TIME.match(segment)
    for place in (0, time.end()) if time else (0,):
        if any(segment.startswith(link, place) and _DEPENDENT.at(segment, place + len(link)) for link in _LINKS):
            return True
        if _gives_measure(segment, place):
            return True
    return False


def stands(segment: str) -> bool:
    """Whether a segment is a task by itself: it opens with an act, or has a subject with its predicate."""
    if depends(segment):
        return False
    place = _verb_place(segment)
    if _INDEPENDENT.at(segment, place):
        return True
    found = None if _VERBS.at(segment, place) else subject(segment)
    return found is not None and not _is_measure(segment[slice(*found)])


def names(segment: str, following: str) -> bool:
    """Whether a clause only names the work whose end state the segment after it sets: 推进迁建工程,年底前主体封顶."""
    if _ARRANGING.at(segment, 0) and following.startswith("做好"):
        return True
    if not _PUSHING.at(segment, 0) or "," in segment:
        return False
    place = _verb_place(following)
    return not _VERBS.at(following, place) or bool(_ACHIEVING.at(following, place))


def verb_first(segment: str) -> bool:
    """Whether a segment opens with a verb, and so has its subject from elsewhere."""
    return bool(_VERBS.at(segment, _verb_place(segment)))


def subject(segment: str) -> tuple[int, int] | None:
    """Where the subject of a segment's first predicate stands: 二标段|完工; None where there is none."""
    start = _verb_place(segment)
    predicate = next((place for place, _ in _AFTER_SUBJECT.every(segment, start + _SUBJECT_LENGTH.start)), None)
    if predicate is None:
        return None
    end = predicate
    while tail := next((n for n in _ADVERB_LENGTHS if segment[max(end - n, start) : end] in _ADVERBS), 0):
        end -= tail
    fits = end - start in _SUBJECT_LENGTH and _CUTS.isdisjoint(segment[start:end])
    return (start, end) if fits else None


@lru_cache(maxsize=4096)
def _verb_place(segment: str) -> int:
    """Where the first verb may stand: behind times, adverbs and company (会同财政局)."""
    place = 0
    while step := _step(segment, place) or _company(segment, place):
        place += step
    return place


def _step(segment: str, place: int) -> int:
    """The length of the time or adverb at a place, 0 where there is none."""
    if word := _TRANSPARENT.at(segment, place):
        return len(word)
    time = _TIME.match(segment, place)
    return time.end() - place if time else 0


def _company(segment: str, place: int) -> int:
    """The length of "会同…" before a verb at a place."""
    word = _COMPANY.at(segment, place)
    for length in _COMPANY_REACH if word else ():
        if _INDEPENDENT.at(segment, place + len(word) + length):
            return len(word) + length
    return 0


def _sets_target(segment: str) -> bool:
    """当月完成投资3000万元, 累计完成65%."""
    place = _verb_place(segment)
    if not segment.startswith("完成", place):
        return False
    place += len("完成")
    target = _TARGETS.at(segment, place)
    return bool(_SHARE.match(segment, place) or (target and _SOON_A_FIGURE.match(segment, place + len(target))))


def _gives_measure(segment: str, place: int) -> bool:
    """8月底清查进度达到30%."""
    for found, word in _MEASURES.every(segment[: place + _MEASURE_REACH + 4], place):
        if found - place <= _MEASURE_REACH and _MEASURED.at(segment, found + len(word)):
            return True
    return False


def _is_measure(subject: str) -> bool:
    return subject.endswith(_MEASURE_ENDS) or subject in _VAGUE or bool(_BARE_FIGURE.fullmatch(subject))
