"""This check against the last one: what is new, what stands, what is gone, which verdicts moved. Pure functions.

A flag is the same as one of the last check where it speaks of the same task, office, report or file in the same period;
it is flagged *again* where the same work was flagged for another period.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from reconcile.check.record import Change, Checked, Flag, Moved, Record
from reconcile.model.verdicts import Status
from reconcile.period import Period
from reconcile.policy import Check, Exemption, FlagKind, fails

LookedAt = Collection[tuple[str, Period]]
"""The pairs looked at in a check: (organisation, period)."""


def compared(found: Iterable[Flag], last: Record | None, policy: Check, today: date) -> tuple[Flag, ...]:
    """The flags of this check, each with what it is to the last one and whether it fails the check."""
    known = {_same(flag): flag for flag in last.flags} if last else {}
    works = {(flag.organisation, flag.thread): flag for flag in last.flags if flag.thread} if last else {}
    before = _statuses(last)
    return tuple(
        _judged(
            _placed(flag, known.get(_same(flag)), works.get((flag.organisation, flag.thread)), before, today),
            policy,
            today,
        )
        for flag in found
    )


def cleared(flags: Iterable[Flag], last: Record | None, looked_at: LookedAt) -> tuple[Flag, ...]:
    """The flags of the last check that hold no longer, among what this check looked at.

    A report that is late now was missing: that is no clearing.
    """
    now = {_same(flag) for flag in flags}
    late = {(flag.organisation, flag.period) for flag in flags if flag.kind is FlagKind.REPORT_LATE}
    return tuple(
        flag
        for flag in (last.flags if last else ())
        if _same(flag) not in now
        and (flag.organisation, flag.period) in looked_at
        and not (flag.kind is FlagKind.REPORT_MISSING and (flag.organisation, flag.period) in late)
    )


def moved(checked: Checked, told: Mapping[str, tuple[Status, str, str]], last: Record | None) -> tuple[Moved, ...]:
    """The tasks of a pair whose verdict is another than at the last check; `told` gives office and words of each."""
    before = next((pair for pair in last.pairs if _pair(pair) == _pair(checked)), None) if last else None
    if before is None or before.record_sha256 == checked.record_sha256:
        return ()
    gone = {flag.unit: flag for flag in last.flags} if last else {}
    changes = []
    for unit in dict.fromkeys([*before.statuses, *checked.statuses]):
        one, other = before.statuses.get(unit), checked.statuses.get(unit)
        if one is not other:
            _, office, text = told.get(unit) or (None, *_words(gone.get(unit)))
            changes.append(Moved(checked.organisation, checked.period, office, unit, text, one, other))
    return tuple(changes)


def exemption(flag: Flag, policy: Check, today: date) -> Exemption | None:
    """The exemption that excuses a flag today."""
    for each in policy.exempt:
        if (
            each.organisation == flag.organisation
            and each.office in (None, flag.office)
            and each.flag in (None, flag.kind)
            and today <= each.until
        ):
            return each
    return None


def _placed(
    flag: Flag, same: Flag | None, work: Flag | None, before: Mapping[tuple[str, str, str], Status], today: date
) -> Flag:
    status = before.get((flag.organisation, flag.period, flag.unit))
    if same:
        return replace(flag, change=Change.STANDING, since=same.since, before=status)
    if work and work.period != flag.period:
        change = Change.NEW if flag.kind is FlagKind.LATE_DONE else Change.AGAIN
        return replace(flag, change=change, since=work.since, before=status)
    return replace(flag, change=Change.NEW, since=today.isoformat(), before=status)


def _judged(flag: Flag, policy: Check, today: date) -> Flag:
    excused = exemption(flag, policy, today)
    if excused:
        return replace(flag, exempt=excused.reason)
    return replace(flag, fails=fails(policy.fail_on, flag.kind, flag.count))


def _same(flag: Flag) -> tuple[str, ...]:
    return flag.kind, flag.organisation, flag.period, flag.office, flag.unit


def _pair(checked: Checked) -> tuple[str, str]:
    return checked.organisation, checked.period


def _statuses(last: Record | None) -> dict[tuple[str, str, str], Status]:
    return {
        (pair.organisation, pair.period, unit): status
        for pair in (last.pairs if last else ())
        for unit, status in pair.statuses.items()
    }


def _words(flag: Flag | None) -> tuple[str, str]:
    return (flag.office, flag.text) if flag else ("", "")
