"""How alike each plan item and each candidate are: a stack of named matrices, plans × candidates.

Every feature is larger the more two items look like the same work, except those whose name says otherwise. Weights of
words and character pairs are their rarity within the two reports at hand (a word every item has tells nothing),
tempered by their rarity in Chinese at large. Nothing here depends on the order of the items.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from reconcile.language.distinct import agreements, conflicts
from reconcile.language.tokens import idf
from reconcile.matching import offices
from reconcile.matching.texts import Side, Text
from reconcile.matching.vectors import Matrix, vectors

_NEAR = 0.3
"""Words less alike than this have nothing to do with each other."""
_EPSILON = 1e-6
_CONTENDERS = 6
"""How many candidates of each item are close enough to be worth a look at their distinguishing marks."""

MARKS = (
    "age", "body", "date", "half", "holiday", "inside", "letter", "level", "mode", "month", "numbered", "ordinal",
    "place", "quarter", "road", "schooling", "section", "side", "title", "urban", "whose", "year",
)  # fmt: skip
"""The kinds of distinguishing marks of `reconcile.language.distinct`; each has a feature of its own."""


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
    found |= _details(plans, candidates)
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


class _Vocabulary:
    """The terms of both sides with their rarity, and incidence matrices over them."""

    def __init__(self, plans: Iterable[set[str]], candidates: Iterable[set[str]]) -> None:
        documents = [*plans, *candidates]
        self.frequency = Counter(term for document in documents for term in document)
        self.terms = sorted(self.frequency)
        self.place = {term: place for place, term in enumerate(self.terms)}
        counts = np.array([self.frequency[term] for term in self.terms], np.float32)
        self.rarity: Matrix = np.log((len(documents) + 1) / (counts + 0.5)).astype(np.float32)

    def incidence(self, documents: Sequence[Iterable[str]]) -> Matrix:
        """Documents × terms: 1 where the document has the term."""
        matrix = np.zeros((len(documents), len(self.terms)), np.float32)
        for row, document in enumerate(documents):
            matrix[row, [self.place[term] for term in document]] = 1
        return matrix


def _best_clause(matrix: Matrix, plans: Side, candidates: Side) -> Matrix:
    """From clauses × clauses to items × items: the best pair of clauses counts."""
    rows = np.maximum.reduceat(matrix, plans.starts, axis=0)
    best: Matrix = np.maximum.reduceat(rows, candidates.starts, axis=1)
    return best


def _cosine(left: Matrix, right: Matrix) -> Matrix:
    """Cosine of every row of one with every row of the other."""
    return _unit(left) @ _unit(right).T


def _unit(matrix: Matrix) -> Matrix:
    unit: Matrix = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), _EPSILON)
    return unit


def _clauses(side: Side, of: Callable[[Text], tuple[tuple[str, ...], ...]]) -> list[tuple[str, ...]]:
    return [clause for text in side.texts for clause in of(text)]


def _whole(side: Side, of: Callable[[Text], tuple[tuple[str, ...], ...]]) -> list[set[str]]:
    return [set().union(*of(text)) for text in side.texts]


def _words(plans: Side, candidates: Side) -> tuple[dict[str, Matrix], Matrix]:
    """Words in common, and words of near meaning; and how alike the single clauses are."""
    p, c = _whole(plans, lambda text: text.clauses), _whole(candidates, lambda text: text.clauses)
    vocabulary = _Vocabulary(p, c)
    known = np.array([idf(term) for term in vocabulary.terms], np.float32)
    weight: Matrix = vocabulary.rarity * np.clip(known / 10, 0.3, 1.2)
    plan, candidate = vocabulary.incidence(p), vocabulary.incidence(c)
    plan_clauses = vocabulary.incidence(_clauses(plans, lambda text: text.clauses))
    candidate_clauses = vocabulary.incidence(_clauses(candidates, lambda text: text.clauses))
    shared: Matrix = (plan * weight) @ candidate.T
    clause_shared: Matrix = (plan_clauses * weight) @ candidate_clauses.T

    def best(matrix: Matrix) -> Matrix:
        return _best_clause(matrix, plans, candidates)

    found = {
        "words_cosine": _cosine(plan * weight, candidate * weight),
        "words_plan": shared / _total(plan, weight)[:, None],
        "words_candidate": shared / _total(candidate, weight)[None],
        "words_shared": np.log1p(shared),
        "clause_words": best(_cosine(plan_clauses * weight, candidate_clauses * weight)),
        "clause_words_plan": best(clause_shared / _total(plan_clauses, weight)[:, None]),
        "clause_words_candidate": best(clause_shared / _total(candidate_clauses, weight)[None]),
        "rarest_shared": _rarest(plan, candidate, weight),
    }
    meaning = vectors(vocabulary.terms)
    near = meaning @ meaning.T
    near[near < _NEAR] = 0
    np.fill_diagonal(near, 1)
    forward = _covered(plan_clauses, candidate_clauses, near, weight)
    backward = _covered(candidate_clauses, plan_clauses, near, weight).T
    topic, candidate_topic = (plan * weight) @ meaning, (candidate * weight) @ meaning
    clause_topic, candidate_clause_topic = (plan_clauses * weight) @ meaning, (candidate_clauses * weight) @ meaning
    clause_meaning: Matrix = np.sqrt(np.maximum(forward * backward, 0))
    found |= {
        "meaning_plan": _covered(plan, candidate, near, weight),
        "meaning_candidate": _covered(candidate, plan, near, weight).T,
        "clause_meaning": best(clause_meaning),
        "clause_meaning_plan": best(forward),
        "clause_meaning_candidate": best(backward),
        "meaning": _cosine(topic, candidate_topic),
        "clause_topic": best(_cosine(clause_topic, candidate_clause_topic)),
    }
    return found, clause_meaning


def _total(incidence: Matrix, weight: Matrix) -> Matrix:
    total: Matrix = np.maximum(incidence @ weight, _EPSILON)
    return total


def _rarest(plan: Matrix, candidate: Matrix, weight: Matrix) -> Matrix:
    """The weight of the most telling word two items share."""
    rarest = np.zeros((len(plan), len(candidate)), np.float32)
    weighted = candidate * weight
    for row, terms in enumerate(plan):
        if len(places := np.flatnonzero(terms)):
            rarest[row] = weighted[:, places].max(axis=1)
    return rarest


def _covered(left: Matrix, right: Matrix, near: Matrix, weight: Matrix) -> Matrix:
    """How much of each left document finds a word of near meaning in each right one: 0–1, weighted by rarity."""
    rows, terms = np.nonzero(right)
    counts = np.bincount(rows, minlength=len(right))
    best = np.zeros((len(near), len(right)), np.float32)
    filled = np.flatnonzero(counts)
    if len(filled):
        starts = (np.cumsum(counts) - counts)[filled]
        used = np.flatnonzero(left.any(axis=0))
        best[np.ix_(used, filled)] = np.maximum.reduceat(near[np.ix_(used, terms)], starts, axis=1)
    covered: Matrix = (left * weight) @ best / _total(left, weight)[:, None]
    return covered


def _pairs(plans: Side, candidates: Side) -> dict[str, Matrix]:
    """Pairs of neighbouring characters in common: what survives where words are cut differently or abbreviated."""
    p, c = _whole(plans, lambda text: text.pairs), _whole(candidates, lambda text: text.pairs)
    vocabulary = _Vocabulary(p, c)
    weight = vocabulary.rarity
    plan, candidate = vocabulary.incidence(p), vocabulary.incidence(c)
    plan_clauses = vocabulary.incidence(_clauses(plans, lambda text: text.pairs))
    candidate_clauses = vocabulary.incidence(_clauses(candidates, lambda text: text.pairs))
    shared: Matrix = (plan * weight) @ candidate.T
    clause_cosine = _cosine(plan_clauses * weight, candidate_clauses * weight)
    return {
        "pairs_cosine": _cosine(plan * weight, candidate * weight),
        "pairs_plan": shared / _total(plan, weight)[:, None],
        "pairs_candidate": shared / _total(candidate, weight)[None],
        "clause_pairs": _best_clause(clause_cosine, plans, candidates),
    }


def _lexicon(plans: Side, candidates: Side) -> dict[str, Matrix]:
    """Equal wording in other words, and words that are evidence of what was planned."""
    count = len(plans) + len(candidates)
    same = Counter(group for side in (plans, candidates) for text in side.texts for group in text.same)
    shown = Counter(group for text in candidates.texts for group in text.shown)
    same_thing = np.zeros((len(plans), len(candidates)), np.float32)
    evidence = np.zeros_like(same_thing)
    rarity = {group: math.log((count + 1) / (number + 0.5)) for group, number in same.items()}
    telling = {group: math.log((count + 1) / (number + 0.5)) for group, number in shown.items()}
    having = _having(candidates, lambda text: text.same)
    showing = _having(candidates, lambda text: text.shown)
    for row, text in enumerate(plans.texts):
        for group, words in text.same.items():
            for column in having.get(group, ()):
                if words.isdisjoint(candidates.texts[column].same[group]):
                    same_thing[row, column] += rarity[group]
        for group in text.asked:
            for column in showing.get(group, ()):
                weight = telling[group] * min(len(candidates.texts[column].shown[group]), 3)
                evidence[row, column] = max(evidence[row, column], weight)
    return {"same_thing": same_thing, "evidence": evidence}


def _having(side: Side, of: Callable[[Text], Mapping[int, set[str]]]) -> dict[int, list[int]]:
    """Group → the places of the texts that speak of it."""
    having: dict[int, list[int]] = {}
    for place, text in enumerate(side.texts):
        for group in of(text):
            having.setdefault(group, []).append(place)
    return having


def _details(plans: Side, candidates: Side) -> dict[str, Matrix]:
    """Figures and quoted names in common, wording as a whole, and lengths."""
    shape = (len(plans), len(candidates))
    figures, names = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for row, plan in enumerate(plans.texts):
        for column, candidate in enumerate(candidates.texts):
            if plan.figures and candidate.figures:
                figures[row, column] = min(len(plan.figures & candidate.figures), 2)
            if plan.names and candidate.names:
                scores = [fuzz.partial_ratio(a, b) for a in plan.names for b in candidate.names]
                names[row, column] = max(scores) / 100
    spoken, other = [text.spoken for text in plans.texts], [text.spoken for text in candidates.texts]
    lengths = np.log([max(text.length, 1) for text in plans.texts]).astype(np.float32)
    others = np.log([max(text.length, 1) for text in candidates.texts]).astype(np.float32)
    clauses = np.log([len(text.clauses) for text in candidates.texts]).astype(np.float32)
    return {
        "figures": figures,
        "names": names,
        "wording": process.cdist(spoken, other, scorer=fuzz.token_set_ratio, dtype=np.float32) / 100,
        "length_plan": np.broadcast_to(lengths[:, None], shape),
        "length_candidate": np.broadcast_to(others[None], shape),
        "clauses_candidate": np.broadcast_to(clauses[None], shape),
    }


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
    found |= {"conflicts": np.zeros(shape, np.float32), "agreements": np.zeros(shape, np.float32)}
    for row, column in zip(*_contenders(likeness), strict=True):
        left, right = plans.texts[row].marks, candidates.texts[column].marks
        if left and right and not left.keys().isdisjoint(right):
            for conflict in conflicts(left, right):
                found[f"conflict_{conflict.kind}"][row, column] = 1
                found["conflicts"][row, column] += 1
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
