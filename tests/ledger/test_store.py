"""What the ledger keeps, and gives back to the byte."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from reconcile import carryover
from reconcile.errors import StoreError
from reconcile.ledger.store import Ledger
from reconcile.model.links import Relation
from reconcile.model.reports import Kind
from reconcile.model.verdicts import Status
from tests.carryover.test_threads import FEB, JAN, MONTHS, SHED
from tests.records import BUREAU, judged, link, reconciliation, report


def test_a_report_is_stored_once_however_often_it_is_imported(ledger: Ledger) -> None:
    assert ledger.add(JAN).state == "new"
    assert ledger.add(JAN).state == "unchanged"
    assert len(ledger.reports()) == 1


def test_a_report_comes_back_to_the_byte(ledger: Ledger) -> None:
    stored = ledger.add(JAN)
    assert msgspec.json.encode(ledger.report(stored.report_id)) == msgspec.json.encode(JAN)


def test_a_corrected_report_supersedes_and_the_old_one_is_kept(ledger: Ledger) -> None:
    first = ledger.add(JAN)
    corrected = ledger.add(report("2021-01", planned=[SHED, "补充一项"]))
    assert (corrected.state, corrected.version) == ("corrected", 2)
    assert [each.id for each in ledger.reports()] == [corrected.report_id]
    assert ledger.report(first.report_id) == JAN
    assert ledger.add(JAN).state == "unchanged"


def test_a_longer_form_of_the_name_is_the_same_organisation_while_only_one_answers(ledger: Ledger) -> None:
    ledger.add(JAN)
    assert ledger.add(report("2021-02", organisation=f"临江市{BUREAU}")).organisation == BUREAU
    ledger.add(report("2021-02", organisation="白石县水务局"))
    assert {each.organisation for each in ledger.reports()} == {BUREAU, "白石县水务局"}


def test_a_report_of_nobody_is_refused(ledger: Ledger) -> None:
    nobody = replace(JAN, organisation="")
    with pytest.raises(StoreError, match="--organisation"):
        ledger.add(nobody)
    assert ledger.add(nobody, BUREAU).organisation == BUREAU


def test_a_run_comes_back_to_the_byte(ledger: Ledger) -> None:
    for pair in MONTHS:
        ledger.record(pair)
    assert ledger.reconciliations() == MONTHS
    assert ledger.reconciliations(BUREAU, "2021-03") == MONTHS[1:2]
    assert msgspec.json.encode(ledger.reconciliations()) == msgspec.json.encode(MONTHS)


def test_recording_a_run_again_adds_nothing_and_a_new_model_adds_a_run(ledger: Ledger) -> None:
    first = ledger.record(MONTHS[0])
    assert ledger.record(MONTHS[0]) == first
    other = replace(MONTHS[0], model="another")
    assert ledger.record(other) != first
    assert ledger.reconciliations() == (other,)
    assert ledger.verify().runs == 2


def test_threads_over_the_ledger_are_those_over_its_records(ledger: Ledger) -> None:
    for pair in reversed(MONTHS):
        ledger.record(pair)
    assert ledger.threads() == carryover.threads(MONTHS)


@pytest.mark.parametrize("words", [SHED, "抓紧", "已完工", JAN.items[0].id, JAN.items[0].tasks[0].id])
def test_a_piece_of_work_is_found_by_any_of_its_words_or_ids(ledger: Ledger, words: str) -> None:
    for pair in MONTHS:
        ledger.record(pair)
    assert ledger.trace(words).threads == carryover.threads(MONTHS)


def test_a_trace_finds_what_was_asked_for_and_nothing_else(ledger: Ledger) -> None:
    before = report("2021-01", planned=["印发100%方案", "召开会议；启动招标"])
    after = report("2021-02", done=["方案已印发"], planned=["启动招标"])
    scheme, meeting = before.of(Kind.PLAN)
    verdicts = [
        judged(scheme, [Status.COMPLETED], [link(scheme.tasks[0].id, after.items[0].tasks[0].id, Relation.FULL)]),
        judged(
            meeting,
            [Status.DROPPED, Status.CARRIED_OVER],
            [link(meeting.tasks[1].id, after.items[1].tasks[0].id, Relation.REPLAN)],
        ),
    ]
    ledger.record(reconciliation(before, after, verdicts))
    assert [thread.title for thread in ledger.trace("招标").threads] == ["启动招标"]
    assert [thread.title for thread in ledger.trace("100%").threads] == ["印发100%方案"]
    assert ledger.trace("50%").threads == ()


def test_only_consecutive_current_reports_count(ledger: Ledger) -> None:
    """Once the month between arrives, the run that bridged its absence no longer speaks."""
    bridging = reconciliation(JAN, MONTHS[2].plan_report, [])
    ledger.record(bridging)
    assert ledger.reconciliations() == (bridging,)
    ledger.record(reconciliation(JAN, FEB, []))
    assert [pair.period for pair in ledger.reconciliations()] == ["2021-02"]


def test_the_runs_about_an_id_are_those_that_judge_it(ledger: Ledger) -> None:
    for pair in MONTHS:
        ledger.record(pair)
    verdict = MONTHS[1].plans[0]
    for unit in (verdict.item.id, verdict.tasks[0].task.id):
        assert ledger.reconciliations_about(unit) == (MONTHS[1],)
    assert ledger.reconciliations_about("of a link") == MONTHS


def test_a_store_that_is_absent_is_named_and_not_made(store: str) -> None:
    with pytest.raises(StoreError, match="there is no ledger"):
        Ledger.open(store)


@pytest.mark.parametrize("period", [None, "2021-02", "2021-03", "2021-04"])
def test_an_overview_counts_slips_over_all_months(ledger: Ledger, period: str | None) -> None:
    for pair in MONTHS:
        ledger.record(pair)
    pairs, threads = ledger.overview(BUREAU, period)
    assert threads == carryover.threads(MONTHS)
    slips = {pair.period: pair.plans[0].slip_count for pair in pairs}
    assert slips == {
        when: count for when, count in {"2021-02": 1, "2021-03": 2, "2021-04": 2}.items() if period in (None, when)
    }
    assert [pair.plans[0].status for pair in pairs] == [
        pair.plans[0].status for pair in MONTHS if period in (None, pair.period)
    ]
