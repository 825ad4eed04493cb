"""A block of links does not depend on the order of its items, and every score can be taken apart."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reconcile.config import Config
from reconcile.matching import choose
from reconcile.matching.block import match
from reconcile.matching.explain import explain
from reconcile.matching.scoring import shipped
from reconcile.model.reports import Kind
from reconcile.pipeline import read_report
from tests.pairs import done, plan

PAIRS = Path(__file__).parents[2] / "fixtures" / "pairs"
FIRST, SECOND = (read_report(PAIRS / f"jiedao-2023-{month}.txt") for month in ("07", "08"))
PLANS, COMPLETIONS = FIRST.of(Kind.PLAN), SECOND.of(Kind.COMPLETION)


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_items_changes_no_score(random: object) -> None:
    plans, completions = list(PLANS[:20]), list(COMPLETIONS[:25])
    before = match(plans, completions, [], Config(), shipped()).links
    mixed, other = random.sample(plans, len(plans)), random.sample(completions, len(completions))  # type: ignore[attr-defined]
    after = match(mixed, other, [], Config(), shipped()).links
    back = np.ix_([mixed.index(one) for one in plans], [other.index(one) for one in completions])
    np.testing.assert_allclose(after.probability[back], before.probability, atol=1e-4)


@settings(max_examples=30)
@given(*[st.lists(st.text("完成开展A年1月3、，。；《》%  ", min_size=1, max_size=12), max_size=3) for _ in range(2)])
def test_every_feature_of_every_pair_is_a_finite_number(plans: list[str], completions: list[str]) -> None:
    links = match([plan(text) for text in plans], [done(text) for text in completions], [], Config(), shipped()).links
    assert all(np.isfinite(values).all() for values in links.features.pairs.values())
    assert np.isfinite(links.probability).all()


def test_reports_that_name_no_offices_are_linked_as_those_that_do() -> None:
    plans, completions = ([replace(item, office="") for item in items] for items in (PLANS, COMPLETIONS))
    named = match(PLANS, COMPLETIONS, [], Config(), shipped()).links.accepted
    unnamed = match(plans, completions, [], Config(), shipped()).links.accepted
    assert (named & unnamed).sum() >= 0.9 * max(named.sum(), unnamed.sum())


def test_few_plan_items_say_little_of_how_near_two_reports_are() -> None:
    assert choose.usually(np.full(1, -4.0), 1.0) > 0
    assert choose.usually(np.full(1000, -4.0), 1.0) == pytest.approx(-4, abs=0.1)


def test_offices_that_report_nothing_say_nothing_of_how_near_two_reports_are() -> None:
    silent = [plan("排查校车安全隐患", office="校车科"), plan("采购食堂冷链设备", office="膳食科")]
    found = [match(plans, COMPLETIONS, [], Config(), shipped()).links for plans in (PLANS, [*PLANS, *silent])]
    usual, beside_silent = (links.scorer.with_rivals(links.features.pairs)["usual_best"][0, 0] for links in found)
    assert beside_silent == pytest.approx(usual, abs=0.05)


def test_the_parts_of_a_score_add_up_to_it() -> None:
    links = match(PLANS, COMPLETIONS, [], Config(), shipped()).links
    for row in range(0, len(PLANS), 7):
        pair = explain(links, row, int(links.probability[row].argmax())).pair
        assert math.fsum(part.contribution for part in pair.parts) == pytest.approx(pair.logit)
        assert 1 / (1 + math.exp(-pair.logit)) == pytest.approx(pair.score, abs=1e-3)


def test_an_explanation_names_the_runner_up_and_what_it_lost_by() -> None:
    links = match(
        [plan("举办第二期培训班。")], [done("第一期培训班结业。"), done("第二期培训班结业。")], [], Config(), shipped()
    ).links
    case = explain(links, 0, 1)
    assert case.rival is not None
    assert case.rival.target.text == "第一期培训班结业。"
    assert [match.kind for match in case.rival.conflicting] == ["ordinal"]
    assert case.lost_by


@pytest.mark.parametrize(("plans", "completions"), [([], []), ([plan("做好值班。")], []), ([], [done("做好值班。")])])
def test_an_empty_side_links_nothing(plans: list[object], completions: list[object]) -> None:
    block = match(plans, completions, [], Config(), shipped())  # type: ignore[arg-type]
    assert not block.links.accepted.any()
