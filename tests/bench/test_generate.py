"""Generated volumes: the same for the same seed, and true to their own labels."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.generate import as_rows, as_text, bureau_name, organisation
from reconcile.model.reports import Kind
from reconcile.model.verdicts import Outcome


def test_the_same_seed_gives_the_same_reports() -> None:
    assert list(organisation(7, 3, 30)) == list(organisation(7, 3, 30))
    assert list(organisation(7, 3, 30)) != list(organisation(7, 3, 30, seed=1))
    assert list(organisation(7, 3, 30)) != list(organisation(8, 3, 30))


def test_every_bureau_of_a_year_of_all_counties_has_its_own_name() -> None:
    assert len({bureau_name(number) for number in range(2_800 * 30)}) == 2_800 * 30


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 20))
def test_labels_name_every_plan_item_once_and_only_items_that_are_there(number: int, offices: int) -> None:
    first, second = organisation(number, 2, 25, offices=offices)
    assert second.gold is not None
    assert sorted((plan.office, plan.text) for plan in second.gold.plans) == sorted(
        (item.office, item.text) for item in first.plans
    )
    assert all(item in second.completions for plan in second.gold.plans for item in plan.completions)
    assert all(item in second.plans for plan in second.gold.plans for item in plan.carried)
    assert len({item.text for item in second.plans}) == len(second.plans)


def test_an_outcome_agrees_with_its_links() -> None:
    for report in organisation(3, 4, 60):
        for plan in report.gold.plans if report.gold else ():
            assert plan.completions or plan.status not in (Outcome.DONE, Outcome.PARTIAL)
            assert not plan.completions or plan.status is not Outcome.DROPPED


def test_one_office_makes_one_block() -> None:
    report = next(organisation(0, 1, 100, offices=1))
    assert {item.office for item in report.plans} == {"办公室"}
    assert len(report.plans) >= 100


def test_text_and_rows_hold_every_item() -> None:
    report = next(organisation(5, 1, 40))
    text, rows = as_text(report), as_rows(report)
    assert len(rows) == len(report.completions) + len(report.plans)
    assert all(f"{row['number']}.{row['text']}" in text for row in rows)
    assert {row["kind"] for row in rows} == {Kind.PLAN, Kind.COMPLETION}
    assert msgspec.json.encode(rows)
