"""A vocabulary looked up in a text by first character: quick to build, and as quick to search as a compiled pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Lexicon:
    """A set of words that can be found in a text, the longest first where several begin in one place."""

    def __init__(self, words: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            by_first.setdefault(word[0], []).append(word)
        self._by_first = {first: tuple(listed) for first, listed in by_first.items()}

    def at(self, text: str, place: int) -> str:
        """The longest word that begins at a place, empty where none does."""
        for word in self._by_first.get(text[place : place + 1], ()):
            if text.startswith(word, place):
                return word
        return ""

    def every(self, text: str, start: int = 0) -> Iterator[tuple[int, str]]:
        """The words of a text with their places, from left to right, none overlapping."""
        by_first = self._by_first
        place, length = start, len(text)
        while place < length:
            if text[place] in by_first and (word := self.at(text, place)):
                yield place, word
                place += len(word)
            else:
                place += 1

    def within(self, text: str) -> bool:
        """Whether a text holds any of the words."""
        return next(self.every(text), None) is not None
