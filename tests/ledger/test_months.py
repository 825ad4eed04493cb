"""Three months of a made-up bureau, whose pumping station slips twice: read, judged, stored, traced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from reconcile import pipeline
from reconcile.ledger.store import Ledger
from reconcile.model.links import Relation
from reconcile.model.reports import Kind, Report
from reconcile.model.verdicts import Status

MONTHS = sorted((Path(__file__).parents[2] / "fixtures/months").glob("yunxi-*.txt"))
STATION = "城北泵站"


@pytest.fixture(scope="module")
def months() -> tuple[Report, ...]:
    return tuple(pipeline.read_report(path) for path in MONTHS)


def test_the_station_slips_twice(ledger: Ledger, months: tuple[Report, ...]) -> None:
    for report in months:
        ledger.add(report)
    assert ledger.bring_up_to_date() == 2
    (thread,) = ledger.trace(STATION).threads
    assert (thread.first_promised, thread.slip_count, thread.office) == ("2024-04", 2, "规划建设科")
    replans = [step.period for step in thread.steps if step.relation is Relation.REPLAN]
    assert replans == ["2024-05", "2024-06"]
    assert not thread.late_done


def test_months_in_any_order_give_the_same(store: str, tmp_path: Path, months: tuple[Report, ...]) -> None:
    with Ledger.open(store, create=True) as one, Ledger.open(tmp_path / "other.db", create=True) as other:
        for ledger, order in ((one, months), (other, (months[2], months[0], months[1]))):
            for report in order:
                ledger.add(report)
                ledger.bring_up_to_date()
        assert msgspec.json.encode(one.overview()) == msgspec.json.encode(other.overview())


def test_judging_again_adds_nothing_where_nothing_changed(ledger: Ledger, months: tuple[Report, ...]) -> None:
    for report in months:
        ledger.add(report)
    ledger.bring_up_to_date()
    before = ledger.verify()
    assert ledger.bring_up_to_date() == 0
    assert ledger.bring_up_to_date(again=True) == 2
    assert ledger.verify() == before


def test_a_missing_month_suspends_the_thread_and_accuses_nobody(ledger: Ledger, months: tuple[Report, ...]) -> None:
    """April's report is missing: April's plans are undetermined, and the station's thread goes on to June."""
    ledger.add(months[0])
    ledger.add(months[2])
    assert ledger.bring_up_to_date() == 1
    (pair,) = ledger.reconciliations()
    assert pair.period == "2024-04"
    assert {task.status for plan in pair.plans for task in plan.tasks} == {Status.REPORT_MISSING}
    (thread,) = ledger.trace(STATION).threads
    assert (thread.first_promised, thread.slip_count) == ("2024-04", 1)
    assert [step.period for step in thread.steps if step.relation is Relation.REPLAN] == ["2024-06"]

    ledger.add(months[1])  # it arrives late: judged as if it had come in time
    assert ledger.bring_up_to_date() == 2
    assert ledger.threads() == pipeline.reconcile_all(months)[1]


def test_an_alias_of_an_office_is_used_while_it_was_valid(ledger: Ledger, months: tuple[Report, ...]) -> None:
    for report in months:
        ledger.add(report)
    ledger.add_alias("云溪县水利局", "规划建设科", "建设科", date(2024, 4, 15), None)
    ledger.add_alias("云溪县水利局", "规划建设科", "基建科", None, date(2024, 3, 31))
    (first, second) = [waiting.config.aliases for waiting in ledger.waiting()]
    assert first == second == {"规划建设科": ("建设科",)}


def test_a_report_that_plans_nothing_stops_no_import(ledger: Ledger, months: tuple[Report, ...]) -> None:
    ledger.add(replace(months[0], items=()))
    ledger.add(months[1])
    assert ledger.bring_up_to_date() == 0


def test_a_plan_issued_apart_from_its_report_is_a_report_of_its_own(ledger: Ledger, months: tuple[Report, ...]) -> None:
    """March's report without its plans, April's plan as a file of its own, then April's report."""
    march, april = months[:2]
    plan = replace(march, period="2024-04", items=march.of(Kind.PLAN), file=replace(march.file, sha256="p" * 64))
    for report in (april, plan, replace(march, items=march.of(Kind.COMPLETION))):
        assert ledger.add(report).state == "new"
    assert ledger.bring_up_to_date() == 1
    assert [len(pair.plans) for pair in ledger.reconciliations()] == [len(march.of(Kind.PLAN))]
