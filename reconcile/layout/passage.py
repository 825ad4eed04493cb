"""Text with its place: a passage joined from pieces of the document, each character traceable to where it stood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_LATIN = re.compile(r"[A-Za-z]")


class Piece(Struct, frozen=True):
    """A run of characters that stands in the document from `start`, in one block (and cell)."""

    text: str
    start: int
    paragraph: int
    page: int | None = None
    cell: str | None = None


class Passage(Struct, frozen=True):
    """Pieces read as one text. Slicing, stripping and joining keep the places."""

    pieces: tuple[Piece, ...]
    text: str

    @classmethod
    def of(cls, *pieces: Piece) -> Passage:
        """The passage of some pieces, one after the other; pieces without text are left out."""
        full = tuple(piece for piece in pieces if piece.text)
        return cls(full, "".join(piece.text for piece in full))

    @property
    def start(self) -> int:
        """Offset in the document of the first character (0 for an empty passage)."""
        return self.pieces[0].start if self.pieces else 0

    @property
    def end(self) -> int:
        """Offset in the document after the last character (0 for an empty passage)."""
        return self.pieces[-1].start + len(self.pieces[-1].text) if self.pieces else 0

    def cut(self, begin: int, end: int | None = None) -> Passage:
        """The characters from `begin` up to `end` of this passage's text."""
        end = len(self.text) if end is None else min(end, len(self.text))
        if len(self.pieces) == 1 and 0 <= begin < end:  # most passages are one line, and are cut again and again
            line, text = self.pieces[0], self.text[begin:end]
            return Passage((Piece(text, line.start + begin, line.paragraph, line.page, line.cell),), text)
        kept: list[Piece] = []
        position = 0
        for piece in self.pieces:
            left, right = max(begin - position, 0), min(end - position, len(piece.text))
            if left < right:
                kept.append(Piece(piece.text[left:right], piece.start + left, piece.paragraph, piece.page, piece.cell))
            position += len(piece.text)
        return Passage.of(*kept)

    def strip(self, characters: str | None = None) -> Passage:
        """Without white space (or other characters) at both ends."""
        stripped = self.text.strip(characters)
        if len(stripped) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(left, left + len(stripped))


def joined(passages: Sequence[Passage]) -> Passage:
    """Lines of one paragraph healed into one text: nothing stands between them, except a space between Latin words."""
    pieces: list[Piece] = []
    for passage in passages:
        stripped = passage.strip()
        if not stripped.pieces:
            continue
        if pieces and _LATIN.match(pieces[-1].text[-1]) and _LATIN.match(stripped.text[0]):
            last = pieces[-1]
            pieces.append(Piece(" ", last.start + len(last.text), last.paragraph, last.page, last.cell))
        pieces.extend(stripped.pieces)
    return Passage.of(*pieces)
