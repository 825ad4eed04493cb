"""How alike each plan item and each candidate are: a stack of named matrices, plans × candidates.

Every feature is larger the more two items look like the same work, except those whose name says otherwise. Weights of
words and character pairs are their rarity within the two reports at hand (a word every item has tells nothing),
tempered by their rarity in Chinese at large. Nothing here depends on the order of the items.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from reconcile.language.distinct import agreements, conflicts
from reconcile.language.tokens import idf
from reconcile.matching import lexicon, offices, terms
from reconcile.matching.terms import UNSEEN, Terms
from reconcile.matching.texts import Side, Text
from reconcile.matching.vectors import Matrix, vectors

T = TypeVar("T")

_NEAR = 0.3
"""Words less alike than this have nothing to do with each other."""
_CONTENDERS = 6
"""How many candidates of each item are close enough to be worth a look at their distinguishing marks."""

MARKS = (
    "age", "body", "date", "half", "holiday", "inside", "letter", "level", "mode", "month", "numbered", "ordinal",
    "place", "quarter", "road", "schooling", "section", "side", "title", "urban", "whose", "year",
)  # fmt: skip
"""The kinds of distinguishing marks of `reconcile.language.distinct`; each has a feature of its own."""

_WEAK = frozenset({"place", "whose"})
"""Kinds that now and then differ between two reports on the same work; any other conflict is a veto."""


class Features(Struct, frozen=True, eq=False):
    """`pairs` holds the features by name, each plans × candidates.

    `clauses` is how alike each clause of the plan items and each clause of the candidates are (0–1): by it a link is
    told which task it reports on.
    """

    pairs: dict[str, Matrix]
    clauses: Matrix


def features(plans: Side, candidates: Side, aliases: Mapping[str, Sequence[str]] | None = None) -> Features:
    """All features of every pair; both sides must have at least one item, else there are none."""
    if not len(plans) or not len(candidates):
        return Features({}, np.zeros((0, 0), np.float32))
    found, clauses = _words(plans, candidates)
    found |= _pairs(plans, candidates)
    found |= _lexicon(plans, candidates)
    found |= _details(plans, candidates, found["words_shared"] > 0)
    found |= _office(offices.similarities(plans.offices, candidates.offices, aliases or {}))
    likeness: Matrix = np.add.reduce([found[name] * np.float32(weight) for name, weight in _LIKENESS.items()])
    found |= _standing_out(likeness, found["same_office"] > 0)
    found |= _marks(plans, candidates, likeness)
    return Features(found, clauses)


_LIKENESS = {
    "pairs_cosine": 1.0,
    "words_cosine": 1.0,
    "clause_words": 1.0,
    "meaning_plan": 1.0,
    "clause_meaning": 1.0,
    "meaning": 1.0,
    "clause_topic": 1.0,
    "same_thing": 0.15,
    "evidence": 0.05,
}
"""The plain sum of the best features, by which candidates are ranked against each other."""


def _best_clause(matrix: Matrix, plans: Side, candidates: Side) -> Matrix:
    """From clauses × clauses to items × items: the best pair of clauses counts."""
    rows = terms.best_clause(matrix, plans)
    return np.ascontiguousarray(terms.best_clause(np.ascontiguousarray(rows.T), candidates).T)


def _cosine(left: Matrix, right: Matrix) -> Matrix:
    """Cosine of every row of one with every row of the other."""
    return _unit(left) @ _unit(right).T


def _unit(matrix: Matrix) -> Matrix:
    unit: Matrix = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), terms.EPSILON)
    return unit


def _words(plans: Side, candidates: Side) -> tuple[dict[str, Matrix], Matrix]:
    """Words in common, and words of near meaning; and how alike the single clauses are."""
    both = terms.terms(plans, candidates, lambda text: text.clauses)
    known = np.array([idf(word) for word in both.terms], np.float32)
    weight: Matrix = both.rarity * np.clip(known / 10, 0.3, 1.2)
    shared = terms.shared(both.plans, both.candidates, both.of_both, weight)
    clause_shared = terms.shared(both.plan_clauses, both.candidate_clauses, both.of_both, weight)
    clause_cosine = terms.cosine(both.plan_clauses, both.candidate_clauses, both.of_both, weight)

    def best(matrix: Matrix) -> Matrix:
        return _best_clause(matrix, plans, candidates)

    found = {
        "words_cosine": terms.cosine(both.plans, both.candidates, both.of_both, weight),
        "words_plan": shared / both.plans.total(weight)[:, None],
        "words_candidate": shared / both.candidates.total(weight)[None],
        "words_shared": np.log1p(shared),
        "clause_words": best(clause_cosine),
        "clause_words_plan": best(clause_shared / both.plan_clauses.total(weight)[:, None]),
        "clause_words_candidate": best(clause_shared / both.candidate_clauses.total(weight)[None]),
        "rarest_shared": terms.rarest(both.plans, both.candidates, both.of_both, weight),
    }
    meaning, clauses = _meaning(both, weight, plans, candidates)
    return found | meaning, clauses


def _meaning(both: Terms, weight: Matrix, plans: Side, candidates: Side) -> tuple[dict[str, Matrix], Matrix]:
    """How much of each document finds a word of near meaning in each other one: 0–1, weighted by rarity."""
    meaning = vectors(both.terms)
    mine, theirs = meaning[both.of_plans], meaning[both.of_candidates]
    near = mine @ theirs.T
    near *= near >= _NEAR
    near[np.searchsorted(both.of_plans, both.of_both), np.searchsorted(both.of_candidates, both.of_both)] = 1
    to_plans = terms.nearest(both.candidate_clauses.numbered(both.of_candidates), np.ascontiguousarray(near.T))
    to_candidates = terms.nearest(both.plan_clauses.numbered(both.of_plans), near)
    plan_clauses, candidate_clauses = (
        both.plan_clauses.over(both.of_plans, weight),
        both.candidate_clauses.over(both.of_candidates, weight),
    )
    plan, candidate = both.plans.over(both.of_plans, weight), both.candidates.over(both.of_candidates, weight)
    forward = plan_clauses @ to_plans.T / both.plan_clauses.total(weight)[:, None]
    backward = to_candidates @ candidate_clauses.T / both.candidate_clauses.total(weight)[None]
    to_plan, to_candidate = terms.best_clause(to_plans, candidates), terms.best_clause(to_candidates, plans)

    def best(matrix: Matrix) -> Matrix:
        return _best_clause(matrix, plans, candidates)

    clause_meaning: Matrix = np.sqrt(np.maximum(forward * backward, 0))
    return {
        "meaning_plan": plan @ to_plan.T / both.plans.total(weight)[:, None],
        "meaning_candidate": to_candidate @ candidate.T / both.candidates.total(weight)[None],
        "clause_meaning": best(clause_meaning),
        "clause_meaning_plan": best(forward),
        "clause_meaning_candidate": best(backward),
        "meaning": _cosine(plan @ mine, candidate @ theirs),
        "clause_topic": best(_cosine(plan_clauses @ mine, candidate_clauses @ theirs)),
    }, clause_meaning


def _pairs(plans: Side, candidates: Side) -> dict[str, Matrix]:
    """Pairs of neighbouring characters in common: what survives where words are cut differently or abbreviated."""
    both = terms.terms(plans, candidates, lambda text: text.pairs)
    shared = terms.shared(both.plans, both.candidates, both.of_both, both.rarity)
    clauses = terms.cosine(both.plan_clauses, both.candidate_clauses, both.of_both, both.rarity)
    return {
        "pairs_cosine": terms.cosine(both.plans, both.candidates, both.of_both, both.rarity),
        "pairs_plan": shared / both.plans.total(both.rarity)[:, None],
        "pairs_candidate": shared / both.candidates.total(both.rarity)[None],
        "clause_pairs": _best_clause(clauses, plans, candidates),
    }


def _lexicon(plans: Side, candidates: Side) -> dict[str, Matrix]:
    """Equal wording in other words, and words that are evidence of what was planned."""
    count = len(plans) + len(candidates)
    same = Counter(group for side in (plans, candidates) for text in side.texts for group in text.same)
    same_thing = np.zeros((len(plans), len(candidates)), np.float32)
    evidence = np.zeros_like(same_thing)
    rarity = {group: math.log((count + UNSEEN) / (number + 0.5)) for group, number in same.items()}
    having = _having(candidates, lambda text: text.same)
    for row, text in enumerate(plans.texts):
        for group, words in text.same.items():
            for column in having.get(group, ()):
                if words.isdisjoint(candidates.texts[column].same[group]):
                    same_thing[row, column] += rarity[group]
    showing = _having(candidates, lambda text: text.shown)
    for group, asking in _having(plans, lambda text: text.asked).items():
        signs = Counter(chain.from_iterable(showing.get(word, ()) for word in lexicon.evidence().shown_by(group)))
        telling = math.log((count + UNSEEN) / (len(signs) + 0.5))
        place = np.array(asking)[:, None], np.fromiter(signs, np.intp)
        evidence[place] = np.maximum(evidence[place], telling * np.minimum(list(signs.values()), 3))
    return {"same_thing": same_thing, "evidence": evidence}


def _having(side: Side, of: Callable[[Text], Iterable[T]]) -> dict[T, list[int]]:
    """Group or word → the places of the texts that speak of it."""
    having: dict[T, list[int]] = {}
    for place, text in enumerate(side.texts):
        for one in of(text):
            having.setdefault(one, []).append(place)
    return having


def _details(plans: Side, candidates: Side, sharing: NDArray[np.bool_]) -> dict[str, Matrix]:
    """Figures and quoted names in common, wording as a whole, and lengths."""
    shape = (len(plans), len(candidates))
    lengths = np.log([max(text.length, 1) for text in plans.texts]).astype(np.float32)
    others = np.log([max(text.length, 1) for text in candidates.texts]).astype(np.float32)
    clauses = np.log([len(text.clauses) for text in candidates.texts]).astype(np.float32)
    return {
        "figures": _figures(plans, candidates),
        "names": _names(plans, candidates),
        "wording": _wording(plans, candidates, sharing),
        "length_plan": np.broadcast_to(lengths[:, None], shape),
        "length_candidate": np.broadcast_to(others[None], shape),
        "clauses_candidate": np.broadcast_to(clauses[None], shape),
    }


def _figures(plans: Side, candidates: Side) -> Matrix:
    """How many figures two items share; more than two tell nothing more."""
    having = _having(candidates, lambda text: text.figures)
    shared = np.zeros((len(plans), len(candidates)), np.float32)
    for row, text in enumerate(plans.texts):
        for figure in text.figures & having.keys():
            shared[row, having[figure]] += 1
    return np.minimum(shared, 2)


def _wording(plans: Side, candidates: Side, sharing: NDArray[np.bool_]) -> Matrix:
    """`token_set_ratio` of the words; where two items share none, it is the far cheaper `ratio` of the sorted words."""
    mine, theirs = (
        [" ".join(sorted(set(chain(*text.clauses)))) for text in side.texts] for side in (plans, candidates)
    )
    scores: Matrix = process.cdist(mine, theirs, scorer=fuzz.ratio, dtype=np.float32)
    rows, columns = np.nonzero(sharing)
    pairs = ([mine[row] for row in rows], [theirs[column] for column in columns])
    scores[rows, columns] = process.cpdist(*pairs, scorer=fuzz.token_set_ratio, dtype=np.float32)
    return scores / 100


def _names(plans: Side, candidates: Side) -> Matrix:
    """How alike the quoted names of two items are: the best two of them."""
    names = np.zeros((len(plans), len(candidates)), np.float32)
    left, right = ([text.names for text in side.texts] for side in (plans, candidates))
    rows, columns = ([place for place, own in enumerate(side) if own] for side in (left, right))
    if rows and columns:
        mine, theirs = ([name for own in side for name in own] for side in (left, right))
        alike = process.cdist(mine, theirs, scorer=fuzz.partial_ratio, dtype=np.float32) / 100
        starts = [np.cumsum([0, *(len(own) for own in side if own)])[:-1] for side in (left, right)]
        best = np.maximum.reduceat(np.maximum.reduceat(alike, starts[0], axis=0), starts[1], axis=1)
        names[np.ix_(rows, columns)] = best
    return names


def _office(similarity: Matrix) -> dict[str, Matrix]:
    """The same office, another office, or an office that does not appear among the candidates at all."""
    same = (similarity >= offices.SAME).astype(np.float32)
    absent = (similarity.max(axis=1, initial=0) < offices.SAME).astype(np.float32)
    return {"office": similarity, "same_office": same, "office_absent": absent[:, None] * (1 - same)}


def _standing_out(likeness: Matrix, same: NDArray[np.bool_]) -> dict[str, Matrix]:
    """How a pair stands among all candidates of its plan item and all plan items of its candidate."""
    favoured = likeness + np.float32(0.6) * same
    return {
        "rank_for_plan": -np.log1p(_rank(favoured)),
        "rank_for_candidate": -np.log1p(_rank(favoured.T).T),
        "lead_for_plan": _lead(favoured),
        "lead_for_candidate": _lead(favoured.T).T,
    }


def _rank(matrix: Matrix) -> Matrix:
    """How many in the same row are larger: 0 for the best; equals share a rank, so order does not matter."""
    ordered = np.sort(matrix, axis=1)
    ranks = [
        matrix.shape[1] - np.searchsorted(row, values, side="right")
        for row, values in zip(ordered, matrix, strict=True)
    ]
    return np.array(ranks, np.float32).reshape(matrix.shape)


def _lead(matrix: Matrix) -> Matrix:
    """How far each entry is ahead of the best other entry of its row (negative where it is behind)."""
    if matrix.shape[1] < 2:
        return np.maximum(matrix, 0)
    top = np.partition(matrix, -2, axis=1)
    best, second = top[:, -1:], np.maximum(top[:, -2:-1], 0)
    lead: Matrix = np.where(matrix == best, matrix - second, matrix - best)
    return lead


def _marks(plans: Side, candidates: Side, likeness: Matrix) -> dict[str, Matrix]:
    """Marks that tell two items apart although they read alike, looked at where a pair comes into question."""
    shape = likeness.shape
    found = {f"conflict_{kind}": np.zeros(shape, np.float32) for kind in MARKS}
    found |= {name: np.zeros(shape, np.float32) for name in ("conflicts", "agreements", "veto")}
    for row, column in zip(*_contenders(likeness), strict=True):
        left, right = plans.texts[row].marks, candidates.texts[column].marks
        if left and right and not left.keys().isdisjoint(right):
            for conflict in conflicts(left, right):
                found[f"conflict_{conflict.kind}"][row, column] = 1
                found["conflicts"][row, column] += 1
                if conflict.kind not in _WEAK:
                    found["veto"][row, column] = 1
            found["agreements"][row, column] = min(len(agreements(left, right)), 3)
    return found


def _contenders(likeness: Matrix) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs among the best of their row or of their column."""
    close = np.zeros(likeness.shape, bool)
    for axis in (0, 1):
        if likeness.shape[axis] > _CONTENDERS:
            kth = np.partition(likeness, -_CONTENDERS, axis=axis).take([-_CONTENDERS], axis=axis)
            close |= likeness >= kth
        else:
            close[:] = True
    rows, columns = np.nonzero(close)
    return rows, columns
