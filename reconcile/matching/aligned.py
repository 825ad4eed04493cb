"""A plan item and a candidate read word against word (逐词对读), by a small network.

Each word of one text is set beside what it meets in the other (soft alignment: Parikh and others, "A Decomposable
Attention Model for Natural Language Inference", EMNLP 2016), and what the pairs of words say together is one number.
So a school or a stage that only one of them names counts differently from a verb that only one of them uses. Only the
nearest pairs are read like this. The network was taught by pairs of reports (``python -m bench.words``) and is
evaluated with numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.matching import ranking, terms
from reconcile.matching.grid import Grid
from reconcile.matching.lexicon import DATA
from reconcile.matching.likeness import Weights
from reconcile.matching.terms import Matrix, Places, product, unit
from reconcile.matching.texts import Side
from reconcile.matching.vectors import rareness

FILE = DATA / "aligned.npz"
_SIGNS, _WEIGHT_SCALE = 3, 5
_AT_ONCE = 64
"""Pairs of items read at once, those of like length together."""
_WORDS_AT_ONCE = 3 << 10
"""Words set among their neighbours at once: a multiple of the rows that BLAS kernels take, so that no sum changes."""
_FAR = np.float32(-1e4)
"""The logit of what is not there."""


class Network(Struct, frozen=True, eq=False):
    """The weights, each (out × in) with its bias; those of both sides stand first for plans, then for candidates.

    `enter` reads a word from its untaught vector and three signs (how rare it is in Chinese at large, how much it tells
    among the items at hand, and by what was taught), `neighbours` adds the words before and after it. `turn` gives the
    direction in which words look for each other, `sharp` how much untaught vectors, taught ones and these directions
    count. `compare` reads a word beside what it
    meets, `gate` says how much that counts in the whole, `judge` and `out` read the whole.
    """

    enter: Matrix
    enter_bias: Matrix
    neighbours: Matrix
    neighbours_bias: Matrix
    turn: Matrix
    sharp: Matrix
    compare: Matrix
    compare_bias: Matrix
    again: Matrix
    again_bias: Matrix
    gate: Matrix
    judge: Matrix
    judge_bias: Matrix
    out: Matrix
    out_bias: Matrix

    def comparing(self) -> tuple[Matrix, Matrix, Matrix]:
        """What `compare` makes of a word by itself, of what it meets and how near that is, and of its signs."""
        width, inputs = self.enter.shape[0], self.compare.shape[1]
        own, met, signs = np.split(self.compare, [width, inputs - _SIGNS], axis=1)
        return own, met, signs


class Words(Struct, frozen=True, eq=False):
    """The known words of one side, one after another; those of item i lie between `bounds[i]` and `bounds[i + 1]`.

    `untaught` is where the encoder puts each word, `taught` where it lies in the space of its side, `signs` how rare it
    is and how much it tells.
    """

    bounds: Places
    untaught: Matrix
    taught: Matrix
    signs: Matrix

    def counts(self, items: Places) -> Places:
        """How many words each of some items has."""
        return self.bounds[items + 1] - self.bounds[items]


class Text(Words, frozen=True, eq=False):
    """The words of one side as the network reads them among their neighbours, and the directions they look in.

    `alone` is what each says to `compare` before it meets another.
    """

    read: Matrix
    turned: Matrix
    alone: Matrix


def features(
    plans: Side, candidates: Side, weight: Weights, found: Mapping[str, Matrix], grid: Grid
) -> dict[str, Matrix]:
    """`aligned` is the logit that both items speak of the same work; and how far each pair is ahead of the others.

    `weight` is how much each word tells, and `found` must hold the ranks.
    """
    first = come_first(found)
    rows, columns = grid.places(first)
    cells = plans.said.alike()[rows] * len(candidates) + candidates.said.alike()[columns]
    once = terms.distinct(cells)  # items of the same words are read once
    mine, theirs = legible(plans, weight.plans, 0), legible(candidates, weight.candidates, 1)
    read_once = logits(read(mine, 0), read(theirs, 1), *np.divmod(once, len(candidates)))
    return ranking.of_read("aligned", first, read_once[np.searchsorted(once, cells)], grid)


def come_first(found: Mapping[str, Matrix]) -> NDArray[np.bool_]:
    """Which pairs are read word against word."""
    return ranking.come_first(*(np.rint(np.expm1(-found[f"rank_for_{side}"])) for side in ("plan", "candidate")))


def legible(side: Side, weight: Matrix, place: int) -> Words:
    """The words of one side that have a place; `weight` is how much each word tells among the items at hand.

    As its `place` says, a side is read as plans (0) or as candidates (1).
    """
    placed: NDArray[np.bool_] = np.any(side.meaning.untaught, axis=1)
    known = placed[side.said.terms]
    words, rows = side.said.terms[known], side.said.rows[known]
    tells = weight[words], side.meaning.weights[words, place]
    signs = np.stack([rareness(side.telling)[words], *(one / _WEIGHT_SCALE for one in tells)], axis=1)
    bounds = np.searchsorted(rows, np.arange(len(side) + 1))
    untaught = side.meaning.untaught.take(words, axis=0)
    return Words(bounds, untaught, side.meaning.points[words, place], signs.astype(np.float32))


def read(words: Words, place: int) -> Text:
    """The words of one side among their neighbours."""
    net = network()
    entered = product(np.concatenate([words.untaught, words.signs], axis=1), net.enter.T) + net.enter_bias[place]
    found = entered + np.maximum(_among_neighbours(entered, words.bounds), 0)
    own, _, signs = net.comparing()
    alone = product(found, own.T) + product(words.signs, signs.T) + net.compare_bias[place]
    return Text(words.bounds, words.untaught, words.taught, words.signs, found, unit(product(found, net.turn.T)), alone)


def _among_neighbours(entered: Matrix, bounds: Places) -> Matrix:
    """What the words before and after each word of an item add to it, some words at a time to save memory."""
    net = network()
    nothing = len(entered)
    padded = np.pad(entered, ((0, 1), (0, 0)))
    before, after = np.arange(nothing) - 1, np.arange(nothing) + 1
    inner = bounds[bounds < nothing]
    before[inner], after[inner - 1] = nothing, nothing
    found = np.empty_like(entered)
    for first in range(0, nothing, _WORDS_AT_ONCE):
        own = slice(first, first + _WORDS_AT_ONCE)
        beside = [padded.take(before[own], axis=0), entered[own], padded.take(after[own], axis=0)]
        found[own] = product(np.concatenate(beside, axis=1), net.neighbours.T) + net.neighbours_bias
    return found


def logits(plans: Text, candidates: Text, rows: Places, columns: Places) -> Matrix:
    """The logit of each pair of a row and a column; `ranking.UNREAD` where either item has no known word."""
    found = np.full(len(rows), ranking.UNREAD, np.float32)
    counts = plans.counts(rows), candidates.counts(columns)
    by_length = np.lexsort(counts)
    by_length = by_length[np.minimum(*counts)[by_length] > 0]
    for start in range(0, len(by_length), _AT_ONCE):
        own = by_length[start : start + _AT_ONCE]
        found[own] = _logits(_Padded(plans, rows[own]), _Padded(candidates, columns[own]))
    return found


class _Padded:
    """The words of some items, as many places for each as the longest has words; `kept` says where a word stands."""

    def __init__(self, text: Text, items: Places) -> None:
        counts = text.counts(items)
        place = np.arange(counts.max())
        self.kept = place < counts[:, None]
        self.cells = np.flatnonzero(self.kept)
        self.words = np.where(self.kept, text.bounds[items][:, None] + place, 0)
        self.text = text

    def only(self, values: Matrix) -> Matrix:
        """The values of those places where a word stands, one after another."""
        listed: Matrix = values.reshape(-1, *values.shape[2:]).take(self.cells, axis=0)
        return listed


def _logits(plans: _Padded, candidates: _Padded) -> Matrix:
    both = plans.kept[:, :, None] & candidates.kept[:, None]
    near = [
        np.where(both, product(mine.take(plans.words, axis=0), theirs.take(candidates.words, axis=0).swapaxes(1, 2)), 0)
        for mine, theirs in (
            (plans.text.untaught, candidates.text.untaught),
            (plans.text.taught, candidates.text.taught),
            (plans.text.turned, candidates.text.turned),
        )
    ]
    net = network()
    pull = np.where(both, sum(sharp * one for sharp, one in zip(net.sharp, near, strict=True)), _FAR)
    mine = _beside(plans, candidates, near, pull)
    theirs = _beside(candidates, plans, [one.swapaxes(1, 2) for one in near], pull.swapaxes(1, 2))
    whole = np.maximum(product(np.concatenate([mine, theirs], axis=1), net.judge.T) + net.judge_bias, 0)
    found: Matrix = (product(whole, net.out.T) + net.out_bias)[:, 0]
    return found


def _beside(texts: _Padded, others: _Padded, near: Sequence[Matrix], pull: Matrix) -> Matrix:
    """What the words of each item say beside those of its partner: items × twice the width, their mean and largest."""
    net = network()
    met = texts.only(product(_softmax(pull), others.text.read.take(others.words, axis=0)))
    words = texts.words.take(texts.cells)
    word = texts.text.read.take(words, axis=0)
    nearest = np.stack([np.maximum(texts.only(_largest(one)), 0) for one in near], axis=1)
    seen = np.concatenate([met, word * met, np.abs(word - met), nearest], axis=1)
    compared = np.maximum(product(seen, net.comparing()[1].T) + texts.text.alone.take(words, axis=0), 0)
    compared = np.maximum(product(compared, net.again.T) + net.again_bias, 0)
    kept = texts.kept
    padded = np.zeros((*kept.shape, compared.shape[1]), np.float32)
    padded[kept] = compared
    gate = np.full(kept.shape, _FAR, np.float32)
    gate[kept] = product(compared, net.gate.T)[:, 0]
    mean = product(_softmax(gate)[:, None], padded)[:, 0]
    return np.concatenate([mean, padded.max(axis=1)], axis=1)


def _largest(values: Matrix) -> Matrix:
    """The largest along the last axis, which numpy finds several times as fast along the first."""
    largest: Matrix = np.ascontiguousarray(np.moveaxis(values, -1, 0)).max(axis=0)
    return largest


def _softmax(values: Matrix) -> Matrix:
    """The softmax along the last axis."""
    raised = np.exp(values - _largest(values)[..., None])
    shares: Matrix = raised / raised.sum(axis=-1, keepdims=True)
    return shares


@cache
def network() -> Network:
    """The network of the package, in single precision."""
    with np.load(FILE, allow_pickle=False) as stored:
        return Network(**{name: stored[name].astype(np.float32) for name in Network.__struct_fields__})
