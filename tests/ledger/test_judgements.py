"""What people decide: kept for good, replayed on what the ledger holds, above what the engine says."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from reconcile.errors import InputError, StoreError
from reconcile.layout.ids import digest
from reconcile.ledger import judgements
from reconcile.ledger.judgements import Action
from reconcile.ledger.judging import Decision
from reconcile.ledger.replay import State
from reconcile.ledger.store import Ledger
from reconcile.model.links import Relation
from reconcile.model.reconciliation import Reconciliation
from reconcile.model.reports import Kind, Report
from reconcile.model.verdicts import ItemVerdict, Outcome, Review, Status
from tests.records import judged, link, reconciliation, report

JAN = report("2021-01", planned=["完成泵房改造", "召开防汛会议；印发预案"])
FEB = report("2021-02", done=["泵房改造完工", "防汛会议召开"], planned=["印发防汛预案"])
PUMP, FLOOD = JAN.of(Kind.PLAN)
PUMP_TASK = PUMP.tasks[0].id
MEETING, SCHEME = (task.id for task in FLOOD.tasks)
PUMP_DONE, MET = (item.tasks[0].id for item in FEB.of(Kind.COMPLETION))
SCHEME_AGAIN = FEB.of(Kind.PLAN)[0].tasks[0].id


def judged_pair(plan: Report = JAN, completion: Report = FEB) -> Reconciliation:
    pump, flood = plan.of(Kind.PLAN)[:2]
    ends = [item.tasks[0].id for item in completion.of(Kind.COMPLETION)]
    again = completion.of(Kind.PLAN)[0].tasks[0].id
    meeting, scheme = (task.id for task in flood.tasks)
    return reconciliation(
        plan,
        completion,
        [
            judged(pump, [Status.COMPLETED], [link(pump.tasks[0].id, ends[0], Relation.FULL)]),
            judged(
                flood,
                [Status.COMPLETED, Status.CARRIED_OVER],
                [link(meeting, ends[1], Relation.FULL), link(scheme, again, Relation.REPLAN)],
            ),
        ],
    )


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """A ledger with one judged month."""
    ledger.record(judged_pair())
    return ledger


def verdicts(ledger: Ledger) -> tuple[ItemVerdict, ...]:
    (pair,) = ledger.reconciliations()
    return pair.plans


def decide(ledger: Ledger, action: Action, plan: str, **facts: object) -> str:
    (entry,) = ledger.judge(Decision(action, plan, "审计员", **facts))  # type: ignore[arg-type]
    return entry.id


def test_a_confirmed_verdict_stays_and_says_so(kept: Ledger) -> None:
    decide(kept, Action.CONFIRM, PUMP.id)
    pump, flood = verdicts(kept)
    assert (pump.status, pump.review) == (Status.COMPLETED, Review.CONFIRMED)
    assert flood.review is Review.AUTO


def test_an_overridden_verdict_is_the_persons(kept: Ledger) -> None:
    decide(kept, Action.OVERRIDE, PUMP_TASK, status=Status.PARTIAL, reason="现场未通水")
    pump, _ = verdicts(kept)
    assert (pump.status, pump.outcome, pump.review) == (Status.PARTIAL, Outcome.PARTIAL, Review.OVERRIDDEN)
    assert pump.tasks[0].status is Status.PARTIAL


def test_a_rejected_link_leaves_the_verdict_open_and_accuses_nobody(kept: Ledger) -> None:
    decide(kept, Action.REJECT, MEETING, target=MET)
    _, flood = verdicts(kept)
    assert flood.tasks[0].links == ()
    assert [task.status for task in flood.tasks] == [Status.UNVERIFIABLE, Status.CARRIED_OVER]
    assert (flood.tasks[0].code, flood.review) == ("link_rejected", Review.DISPUTED)


def test_a_link_may_be_rejected_by_its_own_id(kept: Ledger) -> None:
    decide(kept, Action.REJECT, digest("link", MEETING, MET))
    _, flood = verdicts(kept)
    assert flood.tasks[0].links == ()


def test_a_link_of_items_may_be_rejected_by_their_tasks(ledger: Ledger) -> None:
    whole = link(PUMP.id, FEB.of(Kind.COMPLETION)[0].id, Relation.FULL)
    ledger.record(reconciliation(JAN, FEB, [replace(judged(PUMP, [Status.COMPLETED]), links=(whole,))]))
    decide(ledger, Action.REJECT, PUMP_TASK, target=PUMP_DONE)
    (pump,) = verdicts(ledger)
    assert pump.links == ()


def test_an_added_link_gives_the_verdict_it_means(kept: Ledger) -> None:
    decide(kept, Action.REJECT, SCHEME, target=SCHEME_AGAIN)
    decide(kept, Action.ADD, SCHEME, target=MET, relation=Relation.PARTIAL)
    _, flood = verdicts(kept)
    assert [task.status for task in flood.tasks] == [Status.COMPLETED, Status.PARTIAL]
    assert flood.tasks[1].links[0].target == MET
    assert flood.review is Review.OVERRIDDEN


def test_a_link_between_months_that_a_person_adds_makes_one_thread(kept: Ledger) -> None:
    decide(kept, Action.ADD, PUMP_TASK, target=SCHEME_AGAIN, relation=Relation.REPLAN)
    (thread,) = kept.trace("泵房改造").threads
    assert [step.item for step in thread.steps if step.item.period == "2021-03"] == [FEB.of(Kind.PLAN)[0]]


def test_counts_follow_the_judgements(kept: Ledger) -> None:
    decide(kept, Action.OVERRIDE, PUMP.id, status=Status.DELAYED)
    (pair,) = kept.reconciliations()
    assert pair.summary.by_status == {"completed": 1, "carried_over": 1, "delayed": 1}
    assert sum(pair.summary.by_outcome.values()) == pair.summary.items


def test_undoing_is_a_new_entry_and_can_itself_be_undone(kept: Ledger) -> None:
    override = decide(kept, Action.OVERRIDE, PUMP.id, status=Status.DROPPED)
    undoing = kept.undo("1", "审计员")
    assert verdicts(kept)[0].status is Status.COMPLETED
    kept.undo(undoing.id[:10], "审计员")
    assert verdicts(kept)[0].status is Status.DROPPED
    assert [entry.judgement.undoes for entry in kept.judgements()] == [None, override, undoing.id]


def test_what_was_shown_is_kept(kept: Ledger) -> None:
    decide(kept, Action.CONFIRM, PUMP_TASK, target=PUMP_DONE)
    shown = kept.judgements()[0].judgement.shown
    assert shown is not None
    assert (shown.score, shown.status, shown.model) == (0.9, Status.COMPLETED, "m")
    assert shown.plan_sha256 != shown.target_sha256


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (Decision(Action.CONFIRM, "nowhere", "x"), "No task or item"),
        (Decision(Action.CONFIRM, PUMP_TASK, "x", target=MET), "no link"),
        (Decision(Action.REJECT, PUMP_TASK, "x"), "other end"),
        (Decision(Action.ADD, PUMP_TASK, "x", target=MET), "--relation"),
        (Decision(Action.OVERRIDE, PUMP_TASK, "x"), "--status"),
        (Decision(Action.NOTE, PUMP_TASK, "x"), "--reason"),
    ],
)
def test_a_decision_that_means_nothing_is_refused(kept: Ledger, decision: Decision, why: str) -> None:
    with pytest.raises(StoreError, match=re.escape(why)):
        kept.judge(decision)
    assert kept.judgements() == ()


def test_of_several_decisions_none_is_kept_where_one_is_refused(kept: Ledger) -> None:
    with pytest.raises(StoreError):
        kept.judge(Decision(Action.CONFIRM, PUMP.id, "x"), Decision(Action.CONFIRM, "nowhere", "x"))
    assert kept.judgements() == ()


# --- replay -----------------------------------------------------------------------------------------------------------


def test_a_judgement_outlives_a_new_model(kept: Ledger) -> None:
    decide(kept, Action.OVERRIDE, PUMP.id, status=Status.PARTIAL)
    pair = judged_pair()
    kept.record(replace(pair, model="newer", plans=(replace(pair.plans[0], confidence=0.5), *pair.plans[1:])))
    assert kept.replay().counts[State.APPLIED] == 1
    assert verdicts(kept)[0].status is Status.PARTIAL


def corrected(*planned: str) -> Reconciliation:
    plan = report("2021-01", planned=planned)
    return reconciliation(plan, FEB, [judged(item, [Status.DROPPED] * len(item.tasks)) for item in plan.of(Kind.PLAN)])


@pytest.mark.parametrize(
    ("planned", "state"),
    [
        (["召开防汛会议；印发预案", "完成泵房改造"], State.APPLIED),  # moved: the words are the same
        (["完成泵房改造工程", "召开防汛会议；印发预案"], State.STALE),
        (["另一事项", "完成泵房改造", "完成泵房改造"], State.AMBIGUOUS),
        (["举办节水宣传", "召开防汛会议；印发预案"], State.UNANCHORABLE),
    ],
)
def test_a_correction_of_the_report_is_told_from_the_words_judged(
    kept: Ledger, planned: list[str], state: State
) -> None:
    decide(kept, Action.OVERRIDE, PUMP.id, status=Status.PARTIAL)
    kept.record(corrected(*planned))
    assert [each.state for each in kept.replay().entries] == [state]
    applied = [each.status for each in verdicts(kept) if each.review is Review.OVERRIDDEN]
    assert applied == ([Status.PARTIAL] if state is State.APPLIED else [])


# --- the chain --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE judgements SET actor = 'x'",
        "DELETE FROM judgements",
        "INSERT OR REPLACE INTO judgements SELECT * FROM judgements",
        "UPDATE verdicts SET status = 'completed'",
        "DELETE FROM reports",
        "TRUNCATE judgements",
    ],
)
def test_the_database_refuses_to_change_what_is_kept(kept: Ledger, forgery: str) -> None:
    decide(kept, Action.CONFIRM, PUMP.id)
    before = kept.judgements()
    with pytest.raises(StoreError), kept.database.write() as connection:
        connection.execute(text(forgery))
    assert kept.judgements() == before
    assert kept.verify().faults == ()


def test_a_chain_survives_the_way_through_a_file(kept: Ledger) -> None:
    decide(kept, Action.CONFIRM, PUMP.id)
    decide(kept, Action.OVERRIDE, FLOOD.id, status=Status.DELAYED)
    lines = judgements.to_lines(kept.judgements())
    assert judgements.of_lines(lines, "a.jsonl") == kept.judgements()
    assert kept.take_judgements(judgements.of_lines(lines, "a.jsonl")) == 0


@pytest.mark.parametrize("harm", ["drop", "swap", "edit"])
def test_a_chain_that_was_tampered_with_is_refused(kept: Ledger, harm: str) -> None:
    decide(kept, Action.CONFIRM, PUMP.id)
    decide(kept, Action.CONFIRM, FLOOD.id)
    one, two = judgements.to_lines(kept.judgements()).splitlines()
    text = {"drop": two, "swap": f"{two}\n{one}", "edit": f"{one.replace('审计员', '他人')}\n{two}"}[harm]
    with pytest.raises(InputError, match="judgement 1 do not hold"):
        judgements.of_lines(text, "a.jsonl")
    assert judgements.broken(kept.judgements()) is None
