"""The two sides of a comparison, read once: words, character pairs, figures, names, lexicon groups of every text.

A side is a list of items; each item has clauses (its tasks, or the clauses of a completion). What is read once here is
compared many times in `reconcile.matching.features`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.language.distinct import Marks, marks
from reconcile.language.tokens import content_words, fold
from reconcile.matching import lexicon
from reconcile.matching.lexicon import Found
from reconcile.model import Item

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"《([^》]{2,})》|[“\"]([^”\"]{2,})[”\"]")
_RUN = re.compile(r"[一-鿿a-z]+")


class Text(Struct, frozen=True):
    """A text as the matcher sees it; `clauses` holds the words and `pairs` the character pairs clause by clause."""

    length: int
    clauses: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[str, ...], ...]
    figures: frozenset[str]
    names: tuple[str, ...]
    same: Found
    asked: Found
    shown: frozenset[str]
    marks: Marks


class Side(Struct, frozen=True):
    """One side of a comparison; clauses `bounds[i]` to `bounds[i + 1]` of the list of all clauses belong to item i."""

    texts: tuple[Text, ...]
    offices: tuple[str, ...]
    bounds: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def starts(self) -> NDArray[np.intp]:
        """The place of each item's first clause."""
        return self.bounds[:-1]

    def span(self, place: int) -> slice:
        """The clauses of one item."""
        return slice(int(self.bounds[place]), int(self.bounds[place + 1]))


def read(items: Sequence[Item], boilerplate: Sequence[str] = ()) -> Side:
    """Read the items of one side."""
    texts = tuple(text_of(item.text, _clauses(item), tuple(boilerplate)) for item in items)
    bounds = np.cumsum([0, *(len(text.clauses) for text in texts)]).astype(np.intp)
    return Side(texts, tuple(item.office for item in items), bounds)


def _clauses(item: Item) -> tuple[str, ...]:
    return tuple(task.text for task in item.tasks) or (item.text,)


@lru_cache(maxsize=2048)
def text_of(text: str, clauses: tuple[str, ...], boilerplate: tuple[str, ...]) -> Text:
    """A text with everything the features need; what a month plans is read again when it is judged."""
    folded = fold(text)
    evidence = lexicon.evidence()
    return Text(
        length=len(folded),
        clauses=tuple(tuple(sorted(set(content_words(clause, boilerplate)))) for clause in clauses),
        pairs=tuple(_pairs(fold(clause)) for clause in clauses),
        figures=frozenset(figure for figure in _FIGURE.findall(folded) if len(figure) > 1),
        names=tuple(sorted({a or b for a, b in _NAME.findall(folded)})),
        same=lexicon.synonyms().find(folded),
        asked=evidence.asked.find(folded),
        shown=frozenset(phrase for _, _, phrase in evidence.shown.spans(folded)),
        marks=marks(text),
    )


def _pairs(folded: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters within runs of letters: what wording shares below the word."""
    runs = _RUN.findall(folded)
    return tuple(sorted(set(chain.from_iterable((a + b for a, b in pairwise(run)) for run in runs))))
