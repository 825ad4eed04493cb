"""The round trip through a real xlsx file."""

from __future__ import annotations

import io

import openpyxl
import pytest
from msgspec.structs import replace

from reconcile.errors import InputError
from reconcile.ledger import review
from reconcile.ledger.judgements import Action
from reconcile.ledger.store import Ledger
from reconcile.model.verdicts import Review, Status
from tests.ledger.test_judgements import FEB, FLOOD, PUMP, judged_pair
from tests.records import judged, reconciliation, report


def filled(sheet: bytes, decisions: dict[str, dict[str, str]]) -> bytes:
    """The sheet as a person leaves it: words chosen in the rows whose plan reads so."""
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    page = book.worksheets[0]
    keys = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=3):
        chosen = decisions.get(str(row[keys.index("plan")].value), {})
        for key, word in chosen.items():
            row[keys.index(key)].value = word
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    ledger.record(judged_pair())
    return ledger


def taken(ledger: Ledger, sheet: bytes) -> review.Taken:
    return ledger.review(review.answers(sheet, "a.xlsx", "审计员"))


def test_what_is_chosen_in_the_sheet_becomes_judgements(kept: Ledger) -> None:
    sheet = review.export(kept.reconciliations(), "zh", everything=True)
    back = filled(
        sheet,
        {
            "完成泵房改造": {"verdict": "部分完成", "reason": "未通水"},
            "召开防汛会议": {"link": "不成立"},
            "印发预案": {"reason": "请办公室说明"},
        },
    )
    entries = taken(kept, back).entries
    assert [entry.judgement.action for entry in entries] == [Action.OVERRIDE, Action.REJECT, Action.NOTE]
    pump, flood = kept.reconciliations()[0].plans
    assert (pump.status, pump.review) == (Status.PARTIAL, Review.OVERRIDDEN)
    assert flood.tasks[0].status is Status.UNVERIFIABLE


def test_the_same_sheet_taken_twice_adds_nothing(kept: Ledger) -> None:
    back = filled(
        review.export(kept.reconciliations(), "en", everything=True), {"完成泵房改造": {"verdict": "completed"}}
    )
    assert [entry.judgement.action for entry in taken(kept, back).entries] == [Action.CONFIRM]
    again = taken(kept, back)
    assert (again.entries, again.known) == ((), 1)


def test_a_row_whose_source_changed_is_refused_and_the_others_are_taken(kept: Ledger) -> None:
    chosen = {"完成泵房改造": {"verdict": "部分完成"}, "印发预案": {"verdict": "顺延"}}
    back = filled(review.export(kept.reconciliations(), "zh", everything=True), chosen)
    plan = report("2021-01", planned=["完成泵房改造和验收", FLOOD.text])
    kept.record(reconciliation(plan, FEB, [judged(i, [Status.DROPPED] * len(i.tasks)) for i in plan.items]))
    result = taken(kept, back)
    assert len(result.refused) == 1
    assert [entry.judgement.plan.text for entry in result.entries] == ["印发预案"]


def test_only_what_is_doubtful_and_not_yet_looked_at_is_written() -> None:
    pair = judged_pair()
    unsure = replace(pair.plans[0], tasks=(replace(pair.plans[0].tasks[0], confidence=0.4),))
    for verdict, expected in ((unsure, {PUMP.text}), (replace(unsure, review=Review.CONFIRMED), set())):
        book = openpyxl.load_workbook(io.BytesIO(review.export([replace(pair, plans=(verdict, pair.plans[1]))], "zh")))
        assert {row[2] for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)} == expected


def test_the_sheet_offers_the_verdicts_hides_what_it_needs_and_holds_no_formula(kept: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(review.export(kept.reconciliations(), "zh", everything=True)))
    page = book.worksheets[0]
    lists = [each.formula1 for each in page.data_validations.dataValidation]
    assert any("掉项" in each for each in lists)
    hidden = {page[f"{letter}1"].value for letter, size in page.column_dimensions.items() if size.hidden}
    assert "plan_id" in hidden
    assert page.row_dimensions[1].hidden
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("data", [b"", b"not a workbook"])
def test_what_is_no_workbook_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.xlsx: not an xlsx"):
        review.answers(data, "a.xlsx", "x")


def test_another_workbook_is_named() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    with pytest.raises(InputError, match="hidden columns"):
        review.answers(out.getvalue(), "a.xlsx", "x")
