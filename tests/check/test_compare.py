"""This check against the last one: new, again, standing, cleared, moved, excused."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from reconcile.check.compare import cleared, compared, moved
from reconcile.check.record import Change, Checked, Flag, Record
from reconcile.model.verdicts import Status
from reconcile.policy import Check, Exemption, FlagKind

DAY = date(2023, 3, 8)
DROPPED = Flag(FlagKind.DROPPED, "甲局", "2023-02", "办公室", "t1", "w1", "清淤", status=Status.DROPPED)
SLIPPED = Flag(FlagKind.SLIPPED, "甲局", "2023-02", "办公室", "t2", "w2", "绿化", 1, status=Status.CARRIED_OVER)


def last(*flags: Flag, statuses: dict[str, Status] | None = None) -> Record:
    pair = Checked("甲局", "2023-02", ("a", "b"), "before", 2, {}, statuses or {})
    return Record("0", "", "2023-02-08", "", 0, 0, "", {}, (pair,), flags)


def test_without_a_last_check_everything_is_new() -> None:
    (flag,) = compared([DROPPED], None, Check(), DAY)
    assert (flag.change, flag.since, flag.fails) == (Change.NEW, "2023-03-08", True)


def test_the_same_flag_stands_and_keeps_its_day() -> None:
    before = last(replace(DROPPED, since="2023-02-08"))
    (flag,) = compared([DROPPED], before, Check(), DAY)
    assert (flag.change, flag.since, flag.fails) == (Change.STANDING, "2023-02-08", True)


def test_the_same_work_in_the_next_month_is_flagged_again() -> None:
    before = last(replace(SLIPPED, since="2023-02-08"))
    (flag,) = compared([replace(SLIPPED, period="2023-03", unit="t3", count=2)], before, Check(), DAY)
    assert (flag.change, flag.since, flag.fails) == (Change.AGAIN, "2023-02-08", True)


def test_a_first_slip_does_not_fail_the_check() -> None:
    (flag,) = compared([SLIPPED], None, Check(), DAY)
    assert not flag.fails


def test_a_corrected_report_shows_what_the_verdict_was_before() -> None:
    before = last(statuses={"t1": Status.COMPLETED})
    (flag,) = compared([DROPPED], before, Check(), DAY)
    assert (flag.change, flag.before) == (Change.NEW, Status.COMPLETED)


def test_a_flag_that_no_longer_holds_is_cleared_if_it_was_looked_at() -> None:
    before = last(DROPPED, SLIPPED)
    assert cleared([SLIPPED], before, {("甲局", "2023-02")}) == (DROPPED,)
    assert cleared([SLIPPED], before, {("甲局", "2023-03")}) == ()


def test_a_missing_report_that_came_late_is_not_cleared() -> None:
    missing = Flag(FlagKind.REPORT_MISSING, "甲局", "2023-02")
    late = replace(missing, kind=FlagKind.REPORT_LATE)
    assert cleared([late], last(missing), {("甲局", "2023-02")}) == ()
    assert cleared([], last(missing), {("甲局", "2023-02")}) == (missing,)


def test_moved_are_the_verdicts_that_are_others_now() -> None:
    before = last(DROPPED, statuses={"t1": Status.DROPPED, "t2": Status.COMPLETED})
    statuses = {"t1": Status.COMPLETED, "t2": Status.COMPLETED}
    now = Checked("甲局", "2023-02", ("a", "c"), "after", 2, {}, statuses)
    told = {unit: (status, "办公室", "清淤") for unit, status in statuses.items()}
    (change,) = moved(now, told, before)
    assert (change.unit, change.text, change.before, change.after) == ("t1", "清淤", Status.DROPPED, Status.COMPLETED)


def test_an_exemption_excuses_until_its_day() -> None:
    excused = Exemption("甲局", date(2023, 3, 8), "机构改革", office="办公室")
    policy = Check(exempt=(excused,))
    (today,) = compared([DROPPED], None, policy, DAY)
    (tomorrow,) = compared([DROPPED], None, policy, date(2023, 3, 9))
    (other,) = compared([replace(DROPPED, office="人事科")], None, policy, DAY)
    assert (today.exempt, today.fails) == ("机构改革", False)
    assert (tomorrow.exempt, tomorrow.fails) == (None, True)
    assert other.fails
