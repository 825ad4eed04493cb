"""The two sides of a comparison, read once: words, character pairs, figures, names, lexicon groups of every text.

A side is a list of items; each item has clauses (its tasks, or the clauses of a completion). All texts of a side are
read together, and what is read once here is compared many times in `reconcile.matching.features`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.language.distinct import Marks, marks
from reconcile.language.tokens import content_words_of, fold, idf
from reconcile.matching import terms
from reconcile.matching.lexicon import Found, Groups, codes, lexicon
from reconcile.matching.terms import Documents, Matrix, Places
from reconcile.matching.vectors import Meaning, meaning
from reconcile.model.reports import Item

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"《([^》]{2,})》|[“\"]([^”\"]{2,})[”\"]")
_HAN = (0x4E00, 0x9FFF)
_LATIN = (ord("a"), ord("z"))
_MOST_SAID = 40
"""Words of an item whose order is kept."""

Source = tuple[str, str, tuple[str, ...]]
"""What is read of an item: its office, its text and its clauses."""


class Side(Struct, frozen=True, eq=False):
    """One side of a comparison; clauses `bounds[i]` to `bounds[i + 1]` of the list of all clauses belong to item i.

    `telling` says how rare each word is in Chinese at large, `meaning` what it means; `said` holds the words of each
    item in the order in which it says them. The lexicon finds `same` (phrases of equal
    wording), `groups` (of such phrases), `asked` (groups of evidence asked for) and `shown` (words that are evidence).
    """

    offices: tuple[str, ...]
    bounds: Places
    length: NDArray[np.float32]
    words: Documents
    telling: Matrix
    meaning: Meaning
    said: Documents
    clause_words: Documents
    pairs: Documents
    clause_pairs: Documents
    figures: Documents
    names: tuple[tuple[str, ...], ...]
    same: Documents
    groups: Documents
    asked: Documents
    shown: Documents
    marks: tuple[Marks, ...]

    def __len__(self) -> int:
        return len(self.offices)

    def span(self, place: int) -> slice:
        """The clauses of one item."""
        return slice(int(self.bounds[place]), int(self.bounds[place + 1]))

    def part(self, chosen: Places) -> Side:
        """Some of the items, with terms numbered as before."""
        counts = np.diff(self.bounds)[chosen]
        clauses = terms.spread(self.bounds[chosen], counts)
        listed = chosen.tolist()
        return Side(
            offices=tuple(self.offices[place] for place in listed),
            bounds=np.cumsum(np.append(0, counts)),
            length=self.length[chosen],
            words=self.words.part(chosen),
            telling=self.telling,
            meaning=self.meaning,
            said=self.said.part(chosen),
            clause_words=self.clause_words.part(clauses),
            pairs=self.pairs.part(chosen),
            clause_pairs=self.clause_pairs.part(clauses),
            figures=self.figures.part(chosen),
            names=tuple(self.names[place] for place in listed),
            same=self.same.part(chosen),
            groups=self.groups.part(chosen),
            asked=self.asked.part(chosen),
            shown=self.shown.part(chosen),
            marks=tuple(self.marks[place] for place in listed),
        )


def read(items: Sequence[Item], boilerplate: Sequence[str] = ()) -> Side:
    """Read the items of one side."""
    return _read(tuple((item.office, item.text, clauses_of(item)) for item in items), tuple(boilerplate))


def clauses_of(item: Item) -> tuple[str, ...]:
    """The clauses an item is read by: its tasks."""
    return tuple(task.text for task in item.tasks)


@lru_cache(maxsize=8)
def _read(sources: tuple[Source, ...], boilerplate: tuple[str, ...]) -> Side:
    """A side with everything the features need; what a month plans is read again when it is judged."""
    texts = [text for _, text, _ in sources]
    clauses = [clause for _, _, own in sources for clause in own]
    bounds = np.cumsum([0, *(len(own) for _, _, own in sources)]).astype(np.intp)
    folded = [fold(text) for text in texts]
    spoken = content_words_of(clauses, boilerplate)[: len(clauses)]
    clause_words = terms.collect(spoken)
    words = clause_words.owned(bounds)
    names = [str(word) for word in words.names]
    telling = np.array([idf(word) for word in names], np.float32)
    clause_pairs = _pairs([fold(clause) for clause in clauses])
    known = lexicon()
    same, asked, shown = known.find(folded, known.synonyms, known.asked, known.shown)
    return Side(
        offices=tuple(office for office, _, _ in sources),
        bounds=bounds,
        length=np.array([len(text) for text in texts], np.float32),
        words=words,
        telling=telling,
        meaning=meaning(names, telling),
        said=_said([chain.from_iterable(spoken[start:end]) for start, end in pairwise(bounds)], names),
        clause_words=clause_words,
        pairs=clause_pairs.owned(bounds),
        clause_pairs=clause_pairs,
        figures=terms.collect([[one for one in _FIGURE.findall(text) if len(one) > 1] for text in folded]),
        names=tuple(tuple(sorted({a or b for a, b in _NAME.findall(text)})) for text in folded),
        same=terms.numbered(len(texts), same.texts, same.words),
        groups=_groups(len(texts), same, known.synonyms),
        asked=_groups(len(texts), asked, known.asked),
        shown=terms.numbered(len(texts), shown.texts, shown.words),
        marks=tuple(marks(text) for text in texts),
    )


def _said(items: Iterable[Iterable[str]], names: Sequence[str]) -> Documents:
    """The first words of each item, each once, in the order in which it says them."""
    place = {name: number for number, name in enumerate(names)}
    own = [list(dict.fromkeys(words))[:_MOST_SAID] for words in items]
    counts = [len(words) for words in own]
    said = np.fromiter(map(place.__getitem__, chain.from_iterable(own)), np.intp, sum(counts))
    return Documents(len(own), np.repeat(np.arange(len(own)), counts), said, np.cumsum([0, *counts]), names)


def _pairs(folded: Sequence[str]) -> Documents:
    """The pairs of neighbouring characters within runs of letters: what wording shares below the word."""
    points = codes("\n".join(folded)).astype(np.int64)
    owner = np.repeat(np.arange(len(folded)), [len(text) + 1 for text in folded])[: len(points)]
    letter = ((points >= _HAN[0]) & (points <= _HAN[1])) | ((points >= _LATIN[0]) & (points <= _LATIN[1]))
    first = np.flatnonzero(letter[:-1] & letter[1:])
    met = points[first] << 16 | points[first + 1]
    return terms.numbered(len(folded), owner[first], met)


def _groups(count: int, found: Found, groups: Groups) -> Documents:
    """The groups whose words were found in each text."""
    places, numbers = groups.of(found.words)
    return terms.numbered(count, found.texts[places], numbers)
