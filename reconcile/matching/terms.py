"""Terms of documents as arrays (words, pairs of characters, groups), so that no two documents are compared one by one.

A document is an item or one of its clauses. Most documents share nothing: `meet` lists the few places where a term of
one document stands in another as well, and what two documents have in common is a sum or a maximum over those.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]
"""Numbers in rows and columns; single precision throughout, whatever numpy's stubs make of it."""
Places = NDArray[np.intp]
Names = Sequence[Any] | NDArray[np.int64]
"""Terms of any one kind that can be sorted."""
EPSILON = 1e-6
"""Kept away from zero: what is divided by."""


class Documents(Struct, frozen=True, eq=False):
    """Documents as entries, one for each term a document has: `rows` are the documents and `terms` places in `names`.

    Entries are sorted by document, then by term, and stand once; those of a document lie between two `bounds`. `names`
    is sorted, numbers in an array.
    """

    count: int
    rows: Places
    terms: Places
    bounds: Places
    names: Names

    def frequency(self) -> Places:
        """How many documents have each term."""
        return np.bincount(self.terms, minlength=len(self.names))

    def total(self, weight: Matrix) -> Matrix:
        """The weight of each document's terms together."""
        total: Matrix = np.bincount(self.rows, weight[self.terms], self.count).astype(np.float32)
        return np.maximum(total, EPSILON)

    def length(self, weight: Matrix) -> Matrix:
        """The length of each document as a vector of weights."""
        length: Matrix = np.sqrt(self.total(weight * weight))
        return length

    def matrix(self, weight: Matrix) -> Matrix:
        """Documents × terms: the weight of the term where the document has it."""
        matrix = np.zeros((self.count, len(self.names)), np.float32)
        matrix[self.rows, self.terms] = weight[self.terms]
        return matrix

    def among(self, chosen: Places) -> Documents:
        """The same with terms numbered by their places among the chosen ones, which must be all that occur."""
        return Documents(self.count, self.rows, np.searchsorted(chosen, self.terms), self.bounds, chosen)

    def part(self, chosen: Places) -> Documents:
        """Some of the documents, in that order, with terms numbered as before."""
        starts = self.bounds[chosen]
        counts = self.bounds[chosen + 1] - starts
        return Documents(
            len(chosen),
            np.repeat(np.arange(len(chosen)), counts),
            self.terms[spread(starts, counts)],
            np.append(0, np.cumsum(counts)),
            self.names,
        )

    def alike(self) -> Places:
        """For each document the first that has the same entries in the same order."""
        first: dict[bytes, int] = {}
        spans = enumerate(pairwise(self.bounds.tolist()))
        return np.array(
            [first.setdefault(self.terms[start:end].tobytes(), one) for one, (start, end) in spans], np.intp
        )

    def owned(self, bounds: Places) -> Documents:
        """Larger documents, of which document i is made of the documents from `bounds[i]` to `bounds[i + 1]`."""
        owner = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        return documents(len(bounds) - 1, owner[self.rows], self.terms, self.names)


def documents(count: int, rows: Places, terms: Places, names: Names) -> Documents:
    """Documents from entries in any order, which may recur."""
    width = max(len(names), 1)
    rows, terms = np.divmod(distinct(rows * width + terms), width)
    return Documents(count, rows, terms, np.searchsorted(rows, np.arange(count + 1)), names)


def numbered(count: int, rows: Places, numbers: Places) -> Documents:
    """Documents whose terms are any numbers."""
    names = distinct(numbers)
    return documents(count, rows, np.searchsorted(names, numbers), names)


def distinct(numbers: Places) -> Places:
    """The numbers sorted and each once: as `numpy.unique`, which loads all of numpy.ma."""
    ordered = np.sort(numbers)
    kept = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    return ordered[kept]


def collect(listed: Sequence[Sequence[Any]]) -> Documents:
    """Documents from the terms of each."""
    names = sorted(set(chain.from_iterable(listed)))
    place = {name: number for number, name in enumerate(names)}
    counts = [len(own) for own in listed]
    found = np.fromiter(map(place.__getitem__, chain.from_iterable(listed)), np.intp, sum(counts))
    return documents(len(listed), np.repeat(np.arange(len(listed)), counts), found, names)


def common(left: Documents, right: Documents) -> Places:
    """For each term of `left` its place among the terms of `right`, −1 where it is none of them."""
    if isinstance(left.names, np.ndarray) and isinstance(right.names, np.ndarray):
        at = np.searchsorted(right.names[:-1], left.names)
        return np.where(right.names[at] == left.names, at, -1) if len(right.names) else np.full(len(left.names), -1)
    place = {name: number for number, name in enumerate(right.names)}
    return np.fromiter((place.get(name, -1) for name in left.names), np.intp, len(left.names))


class Index(Struct, frozen=True, eq=False):
    """The entries of documents sorted by term: their places, and their terms in that order."""

    places: Places
    terms: Places


def index(documents: Documents) -> Index:
    """The entries by term."""
    places = np.argsort(documents.terms, kind="stable")
    return Index(places, documents.terms[places])


def meet(left: Documents, right: Index, to_right: Places) -> tuple[Places, Places]:
    """All entries of `left` and entries of `right` with one term; `to_right` is what `common` gave."""
    target = to_right[left.terms]
    known = np.flatnonzero(target >= 0)
    begin = np.searchsorted(right.terms, target[known])
    counts = np.searchsorted(right.terms, target[known], side="right") - begin
    return np.repeat(known, counts), right.places[spread(begin, counts)]


def spread(starts: Places, counts: Places) -> Places:
    """The numbers from each start on, so many each, in one list."""
    numbers: Places = np.arange(counts.sum())
    numbers += np.repeat(starts - np.cumsum(counts) + counts, counts)
    return numbers


class Meeting(Struct, frozen=True, eq=False):
    """What the documents of two sides have in common, of one kind of terms.

    `mine` and `theirs` are the entries that meet, `cells` the pairs of documents they meet in, row by row.
    """

    left: Documents
    right: Documents
    mine: Places
    theirs: Places
    cells: Places

    def sum(self, weights: Matrix | None) -> Matrix:
        """Documents × documents: the weights of everything that meets, added up; without weights, how much meets."""
        shape = self.left.count, self.right.count
        total: Matrix = np.bincount(self.cells, weights, shape[0] * shape[1]).astype(np.float32)
        return total.reshape(shape)


def meeting(left: Documents, right: Documents, to_right: Places) -> Meeting:
    """Where two sides meet."""
    mine, theirs = meet(left, index(right), to_right)
    return Meeting(left, right, mine, theirs, left.rows[mine] * right.count + right.rows[theirs])


def nearest(documents: Documents, near: Matrix) -> Matrix:
    """Documents × other terms: how near the nearest term of the document is; `near` is terms × other terms.

    Documents are taken from the one with most terms down, all their first terms, all their second …
    """
    counts = np.diff(documents.bounds)
    order = np.argsort(-counts, kind="stable")
    starts, counts = documents.bounds[order], counts[order]
    best = np.zeros((documents.count, near.shape[1]), near.dtype)
    for place in range(counts.max(initial=0)):
        having = int(np.searchsorted(-counts, -place))
        rows = near.take(documents.terms[starts[:having] + place], axis=0)
        np.maximum(best[:having], rows, out=best[:having])
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return best.take(back, axis=0)


def unit(matrix: Matrix) -> Matrix:
    """Every row (along the last axis) brought to length 1; a row of zeros stays one."""
    rows: Matrix = matrix / np.maximum(np.linalg.norm(matrix, axis=-1, keepdims=True), EPSILON)
    return rows


def product(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product; for finite numbers some BLAS kernels raise an "invalid value" flag at random, not heard."""
    with np.errstate(invalid="ignore"):
        result: Matrix = left @ right
    return result


def best_clause(matrix: Matrix, bounds: Places) -> Matrix:
    """From clauses × anything to items × anything: the best of each item's clauses."""
    counts = np.diff(bounds)
    best = matrix[bounds[:-1]]
    for place in range(1, counts.max()):
        longer = np.flatnonzero(counts > place)
        best[longer] = np.maximum(best[longer], matrix[bounds[longer] + place])
    return best
