"""What two items have in common: words, words of near meaning, character pairs, lexicon groups, figures, names.

Weights of words and character pairs are their rarity within the two reports at hand (a word every item has tells
nothing), tempered by their rarity in Chinese at large.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from reconcile.matching import terms
from reconcile.matching.lexicon import lexicon
from reconcile.matching.terms import Documents, Matrix, Meeting, Places, meeting
from reconcile.matching.texts import Side
from reconcile.matching.vectors import rareness

UNSEEN = 100
"""Items of other reports that are taken to have none of a term: in a short report, too, a term that recurs is rarer
than one that all reports share, and one word in common is no proof.
"""
_MOST_SIGNS = 3
_MOST_FIGURES = 2


class Weights(Struct, frozen=True, eq=False):
    """The terms of two sides: for each term of the plans its place among those of the candidates, and its weight."""

    to_candidates: Places
    plans: Matrix
    candidates: Matrix

    def turned(self) -> Weights:
        """The same from the other side."""
        known = np.flatnonzero(self.to_candidates >= 0)
        to_plans = np.full(len(self.candidates), -1)
        to_plans[self.to_candidates[known]] = known
        return Weights(to_plans, self.candidates, self.plans)


def weights(plans: Documents, candidates: Documents) -> Weights:
    """How rare each term is among all items of both sides."""
    to_candidates = terms.common(plans, candidates)
    known = np.flatnonzero(to_candidates >= 0)
    mine, theirs = plans.frequency(), candidates.frequency()
    ours, others = mine.copy(), theirs.copy()
    ours[known] += theirs[to_candidates[known]]
    others[to_candidates[known]] += mine[known]
    count = plans.count + candidates.count + UNSEEN
    return Weights(
        to_candidates,
        np.log(count / (ours + 0.5)).astype(np.float32),
        np.log(count / (others + 0.5)).astype(np.float32),
    )


class Weighing(Struct, frozen=True, eq=False):
    """The terms of two whole sides, of each kind: parts of the sides are compared by the weights of the whole.

    `signs` are the words that show each group of evidence the plans ask for, and `telling` how much they tell.
    """

    words: Weights
    pairs: Weights
    groups: Weights
    phrases: Places
    figures: Places
    signs: Documents
    shown: Places
    telling: Matrix


def weigh(plans: Side, candidates: Side) -> Weighing:
    """The terms of two sides."""
    rarity = weights(plans.words, candidates.words)
    mine, theirs = (rareness(side.telling) for side in (plans, candidates))
    shows = lexicon().shown.documents.part(np.asarray(plans.asked.names))
    signs = terms.numbered(shows.count, shows.rows, shows.terms)
    shown = terms.common(signs, candidates.shown)
    signed = meeting(signs, candidates.shown, shown)
    showing = np.bincount(terms.distinct(signed.cells) // max(len(candidates), 1), minlength=signs.count)
    return Weighing(
        words=Weights(rarity.to_candidates, rarity.plans * mine, rarity.candidates * theirs),
        pairs=weights(plans.pairs, candidates.pairs),
        groups=weights(plans.groups, candidates.groups),
        phrases=terms.common(plans.same, candidates.same),
        figures=terms.common(plans.figures, candidates.figures),
        signs=signs,
        shown=shown,
        telling=np.log((len(plans) + len(candidates) + UNSEEN) / (showing + 0.5)).astype(np.float32),
    )


def words(plans: Side, candidates: Side, weight: Weights) -> tuple[dict[str, Matrix], Matrix]:
    """Words in common, and words of near meaning; and how alike the single clauses are."""
    items = meeting(plans.words, candidates.words, weight.to_candidates)
    clauses = meeting(plans.clause_words, candidates.clause_words, weight.to_candidates)
    met, clause_met = (weight.plans[meet.left.terms[meet.mine]] for meet in (items, clauses))
    found = {
        "words_cosine": _cosine(items, met, weight),
        "words_shared": np.log1p(items.sum(met)),
        "clause_words": _best_clause(_cosine(clauses, clause_met, weight), plans, candidates),
    }
    meaning, alike = _meaning(plans, candidates)
    return found | meaning, alike


def _cosine(both: Meeting, met: Matrix, weight: Weights) -> Matrix:
    """The cosine of every two documents as vectors of weights."""
    lengths = both.left.length(weight.plans), both.right.length(weight.candidates)
    return both.sum(met * met) / lengths[0][:, None] / lengths[1][None]


def _best_clause(matrix: Matrix, plans: Side, candidates: Side) -> Matrix:
    """From clauses × clauses to items × items: the best pair of clauses counts."""
    rows = terms.best_clause(matrix, plans.bounds)
    return np.ascontiguousarray(terms.best_clause(np.ascontiguousarray(rows.T), candidates.bounds).T)


class _Meant(Struct, frozen=True, eq=False):
    """The items or the clauses of a side by what their words mean.

    `weights` are documents × words, `totals` the sum of each document, `topics` the direction its words have together.
    """

    weights: Matrix
    totals: Matrix
    topics: Matrix


def _meant(documents: Documents, weight: Matrix, points: Matrix) -> _Meant:
    """Documents by their words, of which each has a weight and a point."""
    weights = documents.matrix(weight)
    return _Meant(weights, documents.total(weight), terms.unit(terms.product(weights, points)))


def _meaning(plans: Side, candidates: Side) -> tuple[dict[str, Matrix], Matrix]:
    """How much of each document finds a word of near meaning in each other one: at most 1, by what each word tells."""
    mine, theirs = terms.distinct(plans.words.terms), terms.distinct(candidates.words.terms)
    points = plans.meaning.points[mine, 0], candidates.meaning.points[theirs, 1]
    weight = plans.meaning.weights[mine, 0], candidates.meaning.weights[theirs, 1]
    plan_words, candidate_words = plans.clause_words.among(mine), candidates.clause_words.among(theirs)
    plan = _meant(plans.words.among(mine), weight[0], points[0])
    candidate = _meant(candidates.words.among(theirs), weight[1], points[1])
    plan_clause = _meant(plan_words, weight[0], points[0])
    candidate_clause = _meant(candidate_words, weight[1], points[1])

    near = terms.product(points[0], points[1].T)
    to_plan_words = terms.nearest(candidate_words, np.ascontiguousarray(near.T))
    to_candidate_words = terms.nearest(plan_words, near)
    clause_of_plan = _found_of_plan(plan_clause, to_plan_words)
    clause_of_candidate = _found_of_candidate(candidate_clause, to_candidate_words)
    clause_meaning: Matrix = np.sqrt(np.maximum(clause_of_plan, 0) * np.maximum(clause_of_candidate, 0))

    def best(matrix: Matrix) -> Matrix:
        return _best_clause(matrix, plans, candidates)

    return {
        "meaning_plan": _found_of_plan(plan, terms.best_clause(to_plan_words, candidates.bounds)),
        "meaning_candidate": _found_of_candidate(candidate, terms.best_clause(to_candidate_words, plans.bounds)),
        "clause_meaning": best(clause_meaning),
        "clause_meaning_candidate": best(clause_of_candidate),
        "meaning": terms.product(plan.topics, candidate.topics.T),
        "clause_topic": best(terms.product(plan_clause.topics, candidate_clause.topics.T)),
    }, clause_meaning


def _found_of_plan(plan: _Meant, near: Matrix) -> Matrix:
    """Plan × candidate: the share of a plan's words found; `near` is how near each candidate comes to each word."""
    return terms.product(plan.weights, near.T) / plan.totals[:, None]


def _found_of_candidate(candidate: _Meant, near: Matrix) -> Matrix:
    """Plan × candidate: the share of a candidate's words found; `near` is how near each plan comes to each word."""
    return terms.product(near, candidate.weights.T) / candidate.totals[None]


def pairs(plans: Side, candidates: Side, weight: Weights) -> dict[str, Matrix]:
    """Pairs of neighbouring characters in common: what survives where words are cut differently or abbreviated."""
    items = meeting(plans.pairs, candidates.pairs, weight.to_candidates)
    clauses = meeting(plans.clause_pairs, candidates.clause_pairs, weight.to_candidates)
    met, clause_met = (weight.plans[meet.left.terms[meet.mine]] for meet in (items, clauses))
    return {
        "pairs_cosine": _cosine(items, met, weight),
        "clause_pairs": _best_clause(_cosine(clauses, clause_met, weight), plans, candidates),
    }


def same_thing(plans: Side, candidates: Side, weighing: Weighing) -> Matrix:
    """Equal wording in other words: groups of synonyms both speak of, but in no common phrase."""
    left, right = plans.groups, candidates.groups
    weight = weighing.groups
    groups = meeting(left, right, weight.to_candidates)
    phrases = meeting(plans.same, candidates.same, weighing.phrases)
    width = max(len(left.names), 1)
    _, lines = lexicon().synonyms.of(np.asarray(plans.same.names))
    group_of = np.searchsorted(left.names, lines)
    said_alike = terms.distinct(phrases.cells * width + group_of[phrases.left.terms[phrases.mine]])
    group = left.terms[groups.mine]
    both = groups.cells * width + group
    place = np.searchsorted(said_alike, both)
    return groups.sum(weight.plans[group] * (np.append(said_alike, -1)[place] != both))


def evidence(plans: Side, candidates: Side, weighing: Weighing) -> Matrix:
    """Words that are evidence of what was planned: the rarer the act among the candidates, the more they tell."""
    found = np.zeros((len(plans), len(candidates)), np.float32)
    shown = meeting(weighing.signs, candidates.shown, weighing.shown).sum(None)
    strength = weighing.telling[:, None] * np.minimum(shown, _MOST_SIGNS)
    for row, group in zip(plans.asked.rows.tolist(), plans.asked.terms.tolist(), strict=True):
        np.maximum(found[row], strength[group], out=found[row])
    return found


def figures(plans: Side, candidates: Side, weighing: Weighing) -> Matrix:
    """How many figures two items share; more than two tell nothing more."""
    return np.minimum(meeting(plans.figures, candidates.figures, weighing.figures).sum(None), _MOST_FIGURES)


def names(plans: Side, candidates: Side) -> Matrix:
    """How alike the quoted names of two items are: the best two of them."""
    found = np.zeros((len(plans), len(candidates)), np.float32)
    left, right = plans.names, candidates.names
    rows, columns = ([place for place, own in enumerate(side) if own] for side in (left, right))
    if rows and columns:
        mine, theirs = ([name for own in side for name in own] for side in (left, right))
        alike = process.cdist(mine, theirs, scorer=fuzz.partial_ratio, dtype=np.float32) / 100
        starts = [_starts(side) for side in (left, right)]
        best = np.maximum.reduceat(np.maximum.reduceat(alike, starts[0], axis=0), starts[1], axis=1)
        found[np.ix_(rows, columns)] = best
    return found


def _starts(listed: Sequence[Sequence[str]]) -> NDArray[np.intp]:
    """Where the names of each text that has any begin in the list of all."""
    return np.cumsum([0, *(len(own) for own in listed if own)])[:-1]
