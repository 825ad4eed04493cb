"""Work made up late: dropped in its month, reported done in a later one that did not plan it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from reconcile import pipeline
from reconcile.ledger.judgements import Action
from reconcile.ledger.judging import Decision
from reconcile.ledger.store import Ledger
from reconcile.model.links import Relation
from reconcile.model.reports import Kind, Report
from tests.pairs import item, report

FAIR = "举办全县读书节活动。"


def month(when: str, following: str, done: list[str], planned: list[str]) -> Report:
    completions = [item(text, Kind.COMPLETION, period=when) for text in done]
    return report(when, *completions, *(item(text, Kind.PLAN, period=following) for text in planned))


MONTHS = (
    month("2023-04", "2023-05", ["完成预算编制。"], [FAIR, "完成城北泵站设备安装。"]),
    month("2023-05", "2023-06", ["开展防汛演练2次。", "慰问老同志15人。"], ["做好汛期检查。"]),
    month("2023-06", "2023-07", ["汛期检查全部完成。", "处置舆情3起。"], ["完成年中总结。"]),
    month("2023-07", "2023-08", ["年中总结已完成。", "全县读书节活动于7月20日举办，参与1.2万人次。"], ["做好秋收。"]),
)
MADE_UP = MONTHS[-1].items[1]


def test_a_later_report_closes_what_its_own_month_left_open() -> None:
    pairs, threads, _ = pipeline.reconcile_all(MONTHS)
    assert [[link.target for link in pair.late] for pair in pairs] == [[], [], [MADE_UP.id]]
    assert MADE_UP in pairs[-1].unplanned
    late = {thread.title: thread.late_done for thread in threads}
    assert late == {
        "举办全县读书节活动": True,
        "完成城北泵站设备安装": False,
        "做好汛期检查": False,
        "完成年中总结": False,
    }


def test_the_order_in_which_months_arrive_is_of_no_matter(tmp_path: Path) -> None:
    expected = pipeline.reconcile_all(MONTHS)[1]
    for number, order in enumerate(permutations(MONTHS)):
        with Ledger.open(tmp_path / f"{number}.db", create=True) as ledger:
            for one in order:
                ledger.add(one)
                ledger.bring_up_to_date()
            assert msgspec.json.encode(ledger.threads()) == msgspec.json.encode(expected)
            assert ledger.verify().faults == ()


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    for one in MONTHS:
        ledger.add(one)
    ledger.bring_up_to_date()
    return ledger


@pytest.mark.parametrize("words", ["读书节", "1.2万人次", MONTHS[0].items[1].id])
def test_a_trace_leads_from_either_end_to_the_other(kept: Ledger, words: str) -> None:
    (thread,) = kept.trace(words).threads
    assert thread.late_done
    assert [(step.period, step.relation) for step in thread.steps] == [("2023-05", None), ("2023-07", Relation.FULL)]


def test_the_month_that_makes_up_for_it_shows_the_thread(kept: Ledger) -> None:
    titles = [thread.title for thread in kept.overview(period="2023-07").threads]
    assert titles == ["举办全县读书节活动", "完成年中总结"]


def test_a_person_may_reject_it(kept: Ledger) -> None:
    kept.judge(Decision(Action.REJECT, MONTHS[0].items[1].id, "审计员", MADE_UP.id, reason="另一项活动"))
    (thread,) = kept.trace(FAIR).threads
    assert not thread.late_done
