"""A check in words: flags, counts, the summary line. One way for the terminal, the record and the notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from reconcile.check.record import Change, Flag, Moved
from reconcile.messages import Lang, text
from reconcile.model.verdicts import Status
from reconcile.outputs import wording
from reconcile.policy import FlagKind


def flag(found: Flag, lang: Lang) -> str:
    """One flag with what it is to the last check: since when, and what changed."""
    change = [text(f"check.change_{found.change}", lang, since=found.since)]
    if found.before and found.before is not found.status:
        change.append(text("check.change_before", lang, status=wording.status(found.before, lang)))
    if found.exempt:
        change.append(text("check.change_exempt", lang, reason=found.exempt))
    return text("check.flag_line", lang, flag=subject(found, lang), change=text("check.join", lang).join(change))


def subject(found: Flag, lang: Lang) -> str:
    """What a flag points at."""
    return text(
        f"check.flag_{found.kind}",
        lang,
        organisation=found.organisation,
        office=found.office,
        text=found.text.rstrip("。."),
        period=wording.period(found.period, lang) if found.period else "",
        first=wording.period(found.first_period, lang) if found.first_period else "",
        status=wording.status(found.status, lang) if found.status else "",
        count=found.count,
    )


def moved(change: Moved, lang: Lang) -> str:
    """One verdict that is another than at the last check."""
    return text(
        "check.moved_line",
        lang,
        organisation=change.organisation,
        office=change.office,
        text=change.text,
        period=wording.period(change.period, lang),
        before=_status(change.before, lang),
        after=_status(change.after, lang),
    )


def counts(flags: Iterable[Flag], lang: Lang) -> str:
    """How many of each kind: 掉项 2、再次顺延 1."""
    found = Counter(name(each) for each in flags)
    order = [*FlagKind, "slipped_again"]
    return text("check.comma", lang).join(
        text("check.count", lang, name=text(f"check.kind_{kind}", lang), count=found[kind])
        for kind in sorted(found, key=order.index)
    )


def name(found: Flag) -> str:
    """The kind a flag is counted under: work that has slipped before is counted apart."""
    return "slipped_again" if found.kind is FlagKind.SLIPPED and found.count > 1 else found.kind


def summary(day: str, numbers: Mapping[str, int], flags: Iterable[Flag], lang: Lang, *, dry: bool) -> str:
    """The one line of a check, for standard output."""
    new = [each for each in flags if each.change is not Change.STANDING and not each.exempt]
    found = text("check.something_new", lang, counts=counts(new, lang)) if new else text("check.nothing_new", lang)
    for key in ("standing", "cleared", "verdicts_moved", "failing", "unsent"):
        if numbers[key]:
            found += text(f"check.{key}", lang, count=numbers[key])
    line = text("check.summary", lang, day=wording.day(day, lang), found=found, **numbers)
    return line + text("check.full_stop", lang) + (text("check.dry", lang) if dry else "")


def _status(status: Status | None, lang: Lang) -> str:
    return wording.status(status, lang) if status else text("check.no_status", lang)
