"""Training of the shipped model: from labelled pairs to one readable file.

Both layers are regularised logistic regressions. The second is fitted on first-layer scores of organisations the first
did not see, and every threshold is chosen on scores of organisations neither saw, so that nothing is judged by what it
learned by heart. The same data gives the same file.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from msgspec import Struct

from bench.quality import outcomes
from bench.quality.dataset import LabelledPair
from bench.quality.fitting import Array, fit, folds, shortened
from bench.quality.outcomes import Seen
from reconcile.matching import choose, offices, sentences, texts
from reconcile.matching.block import Block, Scores
from reconcile.matching.features import Features, features
from reconcile.matching.scoring import FILES, RIVALS, Layer, Model, Scorer, sigmoid

VERSION = "1"
STRENGTH = 0.1
"""Inverse strength of the regularisation of the pair layers (scikit-learn's C), chosen leave-one-organisation-out."""
NEAREST = 8
"""How many candidates of each item the layers are fitted on."""
PRACTICE = 0.15
"""How much a cell or a plan item of a practice pair counts beside one of the labelled set, chosen
leave-one-organisation-out; above it links of small reports become too many."""
KEPT = 0.6
"""The share of the second report that is kept in a variant of a pair."""
FEW_OFFICES = 4
"""How many offices the smaller variant of a pair has."""


class Case(Struct, frozen=True, eq=False):
    """One labelled pair seen by one scorer: its features and the truth, plans × candidates.

    `weight` is how much each of its cells counts when layers are fitted.
    """

    organisation: str
    found: Features
    truth: Array
    weight: float = 1.0


def train(
    pairs: Sequence[LabelledPair], practice: Sequence[LabelledPair], data: str, *, semantic: bool = False
) -> Model:
    """The model of some labelled pairs; practice pairs help to fit the layers for pairs, and `data` names them all."""
    link, link_scores = scorer(pairs, practice, carry=False, semantic=semantic)
    carry, carry_scores = scorer(pairs, practice, carry=True, semantic=semantic)
    every = [*((pair, 1.0) for pair in pairs), *((pair, PRACTICE) for pair in practice)]
    seen = [
        Seen(pair, _block(pair, (link, carry), (link_score, carry_score), semantic=semantic), weight)
        for (pair, weight), link_score, carry_score in zip(every, link_scores, carry_scores, strict=True)
    ]
    version = f"{VERSION}s" if semantic else VERSION
    model = Model(version, data, link, carry, *outcomes.layers(seen), {}, 0, semantic)
    model = msgspec.structs.replace(model, sure=outcomes.sureness(seen, model))
    return msgspec.structs.replace(model, claim=outcomes.claim(seen, model))


def write(model: Model) -> None:
    """Write the shipped file: readable, the same for the same data."""
    FILES[model.semantic].write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")


_CASES: dict[tuple[str, bool, bool], Case] = {}
"""Features do not depend on the model, so they are computed once a pair."""


def case_of(pair: LabelledPair, *, carry: bool, semantic: bool = False) -> Case:
    """The features and the truth of one labelled pair."""
    key = (pair.name, carry, semantic)
    if key not in _CASES:
        _CASES[key] = _case(pair, carry=carry, semantic=semantic)
    return _CASES[key]


def _case(pair: LabelledPair, *, carry: bool, semantic: bool) -> Case:
    candidates = pair.next_plans if carry else pair.completions
    found = features(texts.read(pair.plans), texts.read(candidates))
    if semantic:
        found = Features({**found.pairs, **sentences.features(pair.plans, candidates)}, found.clauses)
    return Case(pair.organisation, found, pair.carried if carry else pair.links)


def variants(pair: LabelledPair) -> list[LabelledPair]:
    """The pair with part of the second report left out, and the same for a few offices alone.

    Silence is what matters most and what the labelled set has least of: a plan item whose true completion is gone must
    not be content with the next best. Small blocks teach that to be the best of few means little.
    """
    random = np.random.default_rng(list(pair.name.encode()))
    every = sorted({item.office for item in pair.plans})
    few = [every[place] for place in random.permutation(len(every))[:FEW_OFFICES]]
    return [
        _part(pair, random, set(every), f"{pair.name} thinned"),
        _part(pair, random, set(few), f"{pair.name} few offices"),
        *(_part(pair, random, {name}, f"{pair.name} {name}") for name in few),
    ]


def _part(pair: LabelledPair, random: np.random.Generator, names: set[str], name: str) -> LabelledPair:
    """The plan items of some offices, and a random part of what the next report says in offices of such names."""
    rows = [place for place, item in enumerate(pair.plans) if item.office in names]
    sides = []
    for side in (pair.completions, pair.next_plans):
        near = offices.similarities([item.office for item in side], sorted(names), {}).max(axis=1) >= offices.SAME
        kept = [place for place in range(len(side)) if near[place] and random.random() < KEPT]
        sides.append(kept or [0])
    completions, later = sides
    return msgspec.structs.replace(
        pair,
        name=name,
        plans=tuple(pair.plans[row] for row in rows),
        completions=tuple(pair.completions[column] for column in completions),
        next_plans=tuple(pair.next_plans[column] for column in later),
        links=pair.links[np.ix_(rows, completions)],
        carried=pair.carried[np.ix_(rows, later)],
        outcomes=tuple(pair.outcomes[row] for row in rows),
    )


def scorer(
    pairs: Sequence[LabelledPair], practice: Sequence[LabelledPair], *, carry: bool, semantic: bool = False
) -> tuple[Scorer, list[Array]]:
    """A scorer for these pairs, and what it gives each when its organisation is held out, practice pairs last."""
    whole = [*_cases(pairs, 1, carry, semantic), *_cases(practice, PRACTICE, carry, semantic)]
    parts = [
        *_cases([part for pair in pairs for part in variants(pair)], 1, carry, semantic),
        *_cases([part for pair in practice for part in variants(pair)], PRACTICE, carry, semantic),
    ]
    everything = [*whole, *parts]
    first = _layer(everything)
    usual = _usual(whole, first)
    second = _layer(_with_rivals(everything, usual))
    held_out: list[Array] = [np.zeros(0)] * len(whole)
    for fold in folds(whole):
        training = [case for case in everything if case.organisation not in fold]
        known = _layer(training)
        blind = Scorer(known, _layer(_with_rivals(training, usual)), known, 0, usual)
        for place, case in enumerate(whole):
            if case.organisation in fold:
                held_out[place] = blind.scores(case.found.pairs)
    reported, signs = _reported(whole, held_out, usual)
    gated = [
        np.where(sigmoid(reported.logits(row)) >= 0.5, scores, 0) for row, scores in zip(signs, held_out, strict=True)
    ]
    threshold = _best_threshold(gated, whole)
    return Scorer(first, second, reported, threshold, usual), held_out


def _cases(pairs: Sequence[LabelledPair], weight: float, carry: bool, semantic: bool) -> list[Case]:
    seen = (case_of(pair, carry=carry, semantic=semantic) for pair in pairs)
    return [msgspec.structs.replace(case, weight=weight) for case in seen]


def _usual(cases: Sequence[Case], first: Layer) -> float:
    """The best logit of a plan item whose office reports anything, by the first layer, on average over all cases."""
    heard = [(case.found.pairs["office_absent"] < 1).any(axis=1) for case in cases]
    best = [first.logits(case.found.pairs).max(axis=1)[one] for case, one in zip(cases, heard, strict=True)]
    weight = np.concatenate([np.full(len(one), case.weight) for one, case in zip(best, cases, strict=True)])
    return shortened(float(np.average(np.concatenate(best), weights=weight)))


def _reported(cases: Sequence[Case], held_out: Sequence[Array], usual: float) -> tuple[Layer, list[dict[str, Array]]]:
    """What weighs whether anything reports on a plan item, and the figures of the plan items of each case."""
    rows = [
        choose.rows(scores, case.found.pairs["same_office"], case.found.pairs["length_plan"], usual)
        for case, scores in zip(cases, held_out, strict=True)
    ]
    columns = {name: np.concatenate([row[name] for row in rows]) for name in choose.ROW}
    truth = np.concatenate([case.truth.any(axis=1) for case in cases])
    weight = np.concatenate([np.full(len(case.truth), case.weight) for case in cases])
    return fit(columns, truth, outcomes.STRENGTH, weight), rows


def _with_rivals(cases: Sequence[Case], usual: float) -> list[Case]:
    """Features with the standing among rivals, by a first layer that did not see the case's organisation."""
    found = []
    for fold in folds(cases):
        first = _layer([case for case in cases if case.organisation not in fold])
        blind = Scorer(first, first, first, 0, usual)
        found += [
            msgspec.structs.replace(case, found=Features(blind.with_rivals(case.found.pairs), case.found.clauses))
            for case in cases
            if case.organisation in fold
        ]
    return found


def _layer(cases: Sequence[Case]) -> Layer:
    """A layer fitted on the pairs that come into question; the many others are far from any threshold.

    A conflict can only speak against a link: one that seems to speak for it, as rare ones by chance may, has no weight.
    """
    near = [
        case.truth
        | (case.found.pairs["rank_for_plan"] > -np.log1p(NEAREST))
        | (case.found.pairs["rank_for_candidate"] > -np.log1p(NEAREST))
        for case in cases
    ]
    columns = {
        name: np.concatenate([case.found.pairs[name][mask] for case, mask in zip(cases, near, strict=True)])
        for name in cases[0].found.pairs
    }
    truth = np.concatenate([case.truth[mask] for case, mask in zip(cases, near, strict=True)])
    weight = np.concatenate([np.full(mask.sum(), case.weight) for case, mask in zip(cases, near, strict=True)])
    return fit(columns, truth, STRENGTH, weight, {name: sign(name) for name in columns})


_OPEN = {"length_plan", "length_candidate", "clauses_candidate", *RIVALS}
_AGAINST = ("conflict", "veto", "office_absent")


def sign(name: str) -> int:
    """Which way a feature can speak: a likeness for a link, a conflict against it."""
    return 0 if name in _OPEN else -1 if name.startswith(_AGAINST) else 1


def _best_threshold(scores: Sequence[Array], cases: Sequence[Case]) -> float:
    """The threshold with the best pooled F1 on held-out scores, in the middle of the plateau around it.

    Practice counts as it does elsewhere: by the labelled set alone many thresholds are as good as each other.
    """
    flat = np.concatenate([one.ravel() for one in scores])
    truth = np.concatenate([case.truth.ravel() for case in cases])
    weight = np.concatenate([np.full(case.truth.size, case.weight) for case in cases])
    grid = np.linspace(0.1, 0.9, 81)
    quality = np.array([_weighted_f1(truth, flat >= threshold, weight) for threshold in grid])
    return shortened(float(grid[quality >= quality.max() - 0.003].mean()))


def _weighted_f1(truth: Array, given: Array, weight: Array) -> float:
    """F1 of what is given, where each cell counts by its weight."""
    found, every = weight[truth & given].sum(), weight[truth].sum() + weight[given].sum()
    return float(2 * found / max(every, 1))


def _block(pair: LabelledPair, scorers: tuple[Scorer, Scorer], scores: tuple[Array, Array], *, semantic: bool) -> Block:
    """The block of a pair with its held-out scores in place."""
    rows = texts.read(pair.plans)
    cases = [case_of(pair, carry=carry, semantic=semantic) for carry in (False, True)]
    both = []
    for case, one, probability, candidates in zip(
        cases, scorers, scores, (pair.completions, pair.next_plans), strict=True
    ):
        signs, reported = one.any_link(case.found.pairs, probability)
        accepted = choose.accept(probability, one.accept, reported)
        columns = texts.read(candidates)
        both.append(
            Scores(pair.plans, candidates, rows, columns, one, case.found, probability, signs, reported, accepted)
        )
    return Block(*both)
