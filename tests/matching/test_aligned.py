"""Items read word against word: what only one of them names counts; padding, order and company change nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reconcile.matching import aligned, likeness, texts
from reconcile.matching.features import features
from reconcile.matching.ranking import OF_CANDIDATE, OF_PLAN, UNREAD
from reconcile.matching.terms import Matrix
from reconcile.matching.texts import Side
from tests.pairs import done, plan

PLANS = texts.read([plan("组织校园足球联赛。"), plan("完成河道清障。"), plan("核查低保对象家庭收入。")])
COMPLETIONS = texts.read(
    [
        done("打捞水葫芦120吨,拆除阻水渔具43处。"),
        done("县二小女队4比1夺冠,32支队伍参赛。"),
        done("困难家庭经济状况入户比对310户。"),
    ]
)
ROWS, COLUMNS = (places.ravel() for places in np.indices((3, 3)))


def read(plans: Side, candidates: Side) -> tuple[aligned.Text, aligned.Text]:
    weight = likeness.weigh(plans, candidates).words
    return (
        aligned.read(aligned.legible(plans, weight.plans, 0), 0),
        aligned.read(aligned.legible(candidates, weight.candidates, 1), 1),
    )


def logits(plan_text: str, *reports: str) -> Matrix:
    plans, candidates = texts.read([plan(plan_text)]), texts.read([done(text) for text in reports])
    columns = np.arange(len(reports))
    return aligned.logits(*read(plans, candidates), np.zeros_like(columns), columns)


@pytest.mark.parametrize(
    ("planned", "better", "worse"),
    [
        ("完成第一小学校舍加固工程验收。", "第一小学校舍加固工程通过验收。", "食堂改造工程通过验收。"),
        ("开展安全生产大检查。", "检查企业32家,发现隐患56处。", "召开党员大会1次。"),
        ("完成道路硬化3公里。", "道路硬化已完成3公里。", "完成植树3公里。"),
    ],
)
def test_the_report_on_the_same_work_reads_likelier(planned: str, better: str, worse: str) -> None:
    likelier, less = logits(planned, better, worse)
    assert likelier > less


def test_a_pair_reads_the_same_in_any_company() -> None:
    """Pairs are read many at a time, one after another in long arrays: none of them sees its neighbours."""
    sides = read(PLANS, COMPLETIONS)
    every = aligned.logits(*sides, ROWS, COLUMNS)
    alone = [
        aligned.logits(*sides, np.array([row]), np.array([column])) for row, column in zip(ROWS, COLUMNS, strict=True)
    ]
    assert np.allclose(every, np.concatenate(alone), atol=1e-4)


def test_pairs_beyond_one_helping_are_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    sides = read(PLANS, COMPLETIONS)
    every = aligned.logits(*sides, ROWS, COLUMNS)
    monkeypatch.setattr(aligned, "_AT_ONCE", 2)
    assert np.allclose(every, aligned.logits(*sides, ROWS, COLUMNS), atol=1e-4)


def test_a_word_is_read_among_its_neighbours_of_the_same_item() -> None:
    """The first word of an item has nothing before it, whatever item stands there."""
    words = aligned.legible(PLANS, likeness.weigh(PLANS, COMPLETIONS).words.plans, 0)
    together = aligned.read(words, 0)
    for start, end in pairwise(words.bounds.tolist()):
        values = (values[start:end] for values in (words.untaught, words.taught, words.signs))
        own = aligned.Words(np.array([0, end - start]), *values)
        assert np.allclose(aligned.read(own, 0).read, together.read[start:end], atol=1e-5)


def test_only_what_ranks_first_is_read() -> None:
    plans = texts.read([plan(f"完成第{number}批农房改造。") for number in "一二三四五六七八"])
    found = features(plans, texts.read([done(f"第{number}批农房改造完工。") for number in "一二三四五六七八"])).pairs
    is_read = found["aligned"] > UNREAD
    assert is_read.any(axis=1).all()
    assert is_read.sum() < is_read.size
    ranks = np.round(np.expm1(-found["rank_for_plan"])), np.round(np.expm1(-found["rank_for_candidate"]))
    assert ((ranks[0] < OF_PLAN) | (ranks[1] < OF_CANDIDATE))[is_read].all()


def test_what_has_no_known_word_is_not_read() -> None:
    assert logits("完成河道清障。", "XJ-2000。")[0] == UNREAD


def test_items_of_the_same_words_read_the_same() -> None:
    """They are read once; figures are no words, and so make no difference here."""
    plans = texts.read([plan("完成河道清障。"), plan("组织校园足球联赛。"), plan("完成河道清障。")])
    reports = texts.read([done("完成河道清障3公里。"), done("举办校园足球联赛。"), done("完成河道清障5公里。")])
    assert plans.said.alike().tolist() == reports.said.alike().tolist() == [0, 1, 0]
    found = features(plans, reports).pairs["aligned"]
    assert found[0, 0] == found[0, 2] == found[2, 0] == found[2, 2] > found[0, 1]
