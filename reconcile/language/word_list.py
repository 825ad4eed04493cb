"""A list of words looked up in a text by first character: quick to build, as quick to search as a compiled pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class WordList:
    """A set of words that can be found in a text, the longest first where several begin in one place."""

    def __init__(self, words: Iterable[str]) -> None:
        by_start: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            by_start.setdefault(word[:2], []).append(word)
        self._single = frozenset(word for word in by_start if len(word) == 1)
        self._by_start = {start: tuple(listed) for start, listed in by_start.items()}
        self._first = frozenset(start[0] for start in by_start)

    def at(self, text: str, place: int) -> str:
        """The longest word that begins at a place, empty where none does."""
        for word in self._by_start.get(text[place : place + 2], ()):
            if text.startswith(word, place):
                return word
        first = text[place : place + 1]
        return first if first in self._single else ""

    def every(self, text: str, start: int = 0) -> Iterator[tuple[int, str]]:
        """The words of a text with their places, from left to right, none overlapping."""
        first = self._first
        for place in [place for place, char in enumerate(text) if char in first]:
            if place >= start and (word := self.at(text, place)):
                yield place, word
                start = place + len(word)

    def within(self, text: str) -> bool:
        """Whether a text holds any of the words."""
        first = self._first
        return any(char in first and self.at(text, place) for place, char in enumerate(text))
