"""Why two items are linked, or are not (解释): the parts of the score and their sum, the words that match and conflict,
and the rival that lost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reconcile.language.distinct import Span, agreements, conflicts, marks
from reconcile.language.tokens import content_words, fold
from reconcile.matching.block import Scores
from reconcile.matching.lexicon import lexicon
from reconcile.matching.terms import Matrix
from reconcile.model.links import Link, Part
from reconcile.model.reports import Item


class Match(Struct, frozen=True):
    """Words for or against a link, in both texts: `kind` is "word", "same_thing", or a distinguishing mark."""

    kind: str
    plan: tuple[Span, ...]
    target: tuple[Span, ...]


class Explanation(Struct, frozen=True):
    """One pair explained: `parts` with the bias sum to `logit`, and `score` is the probability of that logit."""

    plan: Item
    target: Item
    score: float
    accepted: bool
    logit: float
    parts: tuple[Part, ...]
    matched: tuple[Match, ...]
    conflicting: tuple[Match, ...]


class Case(Struct, frozen=True):
    """A pair and its best rival: another candidate for the same plan item."""

    pair: Explanation
    rival: Explanation | None
    lost_by: tuple[Part, ...]


def explain(scores: Scores, row: int, column: int) -> Case:
    """Explain one pair of a block, beside the best other candidate of its plan item."""
    values = scores.values()
    pair = _explain(scores, values, row, column)
    others = [other for other in range(len(scores.candidates)) if other != column]
    if not others:
        return Case(pair, None, ())
    rival = max(others, key=lambda other: (scores.probability[row, other], scores.candidates[other].id))
    lost = _explain(scores, values, row, rival)
    return Case(pair, lost, _difference(pair.parts, lost.parts))


def explain_links(scores: Scores, links: Iterable[Link]) -> dict[str, Explanation]:
    """Explain links of a block, by link id; a link between items the block does not hold is left out."""
    values = scores.values() if scores.plans and scores.candidates else {}
    places = {link.id: find(scores, link.plan, link.target) for link in links}
    return {id_: _explain(scores, values, *place) for id_, place in places.items() if place}


def find(scores: Scores, plan_id: str, target_id: str) -> tuple[int, int] | None:
    """The row and column of two items in a block; None where they are not in it."""
    rows = [place for place, item in enumerate(scores.plans) if item.id == plan_id]
    columns = [place for place, item in enumerate(scores.candidates) if item.id == target_id]
    return (rows[0], columns[0]) if rows and columns else None


def _explain(scores: Scores, values: Mapping[str, Matrix], row: int, column: int) -> Explanation:
    plan, target = scores.plans[row], scores.candidates[column]
    parts = scores.scorer.second.parts(values, row, column)
    logit = math.fsum(part.contribution for part in parts)
    left, right = marks(plan.text), marks(target.text)
    return Explanation(
        plan=plan,
        target=target,
        score=float(scores.probability[row, column]),
        accepted=bool(scores.accepted[row, column]),
        logit=logit,
        parts=parts,
        matched=(
            *matched(plan.text, target.text),
            *(Match(one.kind, (one.left,), (one.right,)) for one in agreements(left, right)),
        ),
        conflicting=tuple(Match(one.kind, (one.left,), (one.right,)) for one in conflicts(left, right)),
    )


def matched(plan: str, target: str) -> tuple[Match, ...]:
    """The telling words two texts share, and those the lexicon knows as the same thing."""
    left, right = fold(plan), fold(target)
    shared = sorted(set(content_words(plan)) & set(content_words(target)))
    found = [Match("word", _places(left, word), _places(right, word)) for word in shared]
    known = lexicon()
    ours, theirs = (known.wording(text, known.synonyms) for text in (left, right))
    for group in sorted(ours.keys() & theirs.keys()):
        if ours[group].isdisjoint(theirs[group]):
            mine = [span for word in sorted(ours[group]) for span in _places(left, word)]
            other = [span for word in sorted(theirs[group]) for span in _places(right, word)]
            found.append(Match("same_thing", tuple(mine), tuple(other)))
    return tuple(found)


def _places(text: str, word: str) -> tuple[Span, ...]:
    """Every place where a word stands in a folded text."""
    found, start = [], text.find(word)
    while start >= 0:
        found.append((start, start + len(word)))
        start = text.find(word, start + len(word))
    return tuple(found)


def _difference(winner: Sequence[Part], loser: Sequence[Part], most: int = 5) -> tuple[Part, ...]:
    """What tells two pairs apart most: the parts by which their logits differ, largest first."""
    other = {part.name: part for part in loser}
    parts = [
        Part(
            part.name,
            part.value - other[part.name].value,
            part.weight,
            part.contribution - other[part.name].contribution,
        )
        for part in winner
    ]
    return tuple(sorted(parts, key=lambda part: (-abs(part.contribution), part.name))[:most])
