"""A link that a person rejects: the engine judges the month again without it."""

from __future__ import annotations

import pytest

from reconcile.ledger.judgements import Action
from reconcile.ledger.judging import Decision
from reconcile.ledger.store import Ledger
from reconcile.model.verdicts import ItemVerdict, Review, Status
from tests.ledger.test_late import month

APRIL = month("2023-04", "2023-05", ["完成预算编制。"], ["举办全县读书节活动。", "完成城北泵站设备安装。"])
MAY = month(
    "2023-05",
    "2023-06",
    ["全县读书节活动于5月6日举办，参与1.2万人次。", "城北泵站设备安装已全部完成。", "慰问老同志15人。"],
    ["继续举办全县读书节活动。"],
)
FAIR, STATION = APRIL.items[1:]


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    for report in (APRIL, MAY):
        ledger.add(report)
    ledger.bring_up_to_date()
    return ledger


def verdicts(ledger: Ledger) -> dict[str, ItemVerdict]:
    (pair,) = ledger.reconciliations()
    return {verdict.item.id: verdict for verdict in pair.plans}


def reject(ledger: Ledger, actor: str = "审计员") -> None:
    ledger.judge(Decision(Action.REJECT, FAIR.id, actor, MAY.items[0].id, reason="另一届"))
    ledger.bring_up_to_date()


def test_the_verdict_is_the_engines_on_what_is_left(kept: Ledger) -> None:
    before = verdicts(kept)
    assert before[FAIR.id].status is Status.COMPLETED
    reject(kept)
    after = verdicts(kept)
    fair = after[FAIR.id]
    assert fair.status is not Status.COMPLETED
    assert (fair.links, fair.rule == "judgement", fair.review) == ((), False, Review.DISPUTED)
    assert after[STATION.id] == before[STATION.id]
    assert MAY.items[0] in kept.reconciliations()[0].unplanned
    assert kept.bring_up_to_date() == 0


def test_undone_it_is_as_before(kept: Ledger) -> None:
    before = kept.reconciliations()
    reject(kept)
    kept.undo("1", "审计员")
    assert kept.bring_up_to_date() == 1
    assert kept.reconciliations() == before
    assert kept.verify().faults == ()


def test_a_second_person_may_judge_the_same_link(kept: Ledger) -> None:
    reject(kept)
    reject(kept, "复核人")
    kept.judge(Decision(Action.CONFIRM, FAIR.id, "科长", MAY.items[0].id))
    assert [link.target for link in verdicts(kept)[FAIR.id].links] == [MAY.items[0].id]
