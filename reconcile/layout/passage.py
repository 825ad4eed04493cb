"""Text with its place: a passage joined from pieces of the document, each character traceable to where it stood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

_LATIN = re.compile(r"[A-Za-z]")
_AROUND = "。；;：:，, \u3000"


class Piece(Struct, frozen=True):
    """A run of characters that stands in the document from `start`, in one block (and cell).

    Words `taken` from elsewhere, and the colon behind them, do not stand there: they are read before what does.
    """

    text: str
    start: int
    paragraph: int
    page: int | None = None
    cell: str | None = None
    taken: bool = False


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
        """Offset in the document where it begins (0 for an empty passage)."""
        return min((piece.start for piece in self.pieces), default=0)

    @property
    def end(self) -> int:
        """Offset in the document where it ends (0 for an empty passage)."""
        return max((piece.start + len(piece.text) for piece in self.pieces if not piece.taken), default=0)

    def cut(self, begin: int, end: int | None = None) -> Passage:
        """The characters from `begin` up to `end` of this passage's text."""
        end = len(self.text) if end is None else min(end, len(self.text))
        if len(self.pieces) == 1 and 0 <= begin < end:  # most passages are one line, and are cut again and again
            line, text = self.pieces[0], self.text[begin:end]
            return Passage((Piece(text, line.start + begin, line.paragraph, line.page, line.cell, line.taken),), text)
        kept: list[Piece] = []
        position = 0
        for piece in self.pieces:
            left, right = max(begin - position, 0), min(end - position, len(piece.text))
            if left < right:
                place = piece.start + (0 if piece.taken else left)
                kept.append(structs.replace(piece, text=piece.text[left:right], start=place))
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


def chained(passages: Sequence[Passage], mark: str) -> Passage:
    """Texts read as one with a mark between them: 奖金发放 and 3月10日发放完毕 with a colon."""
    pieces: list[Piece] = list(passages[0].pieces)
    for passage in passages[1:]:
        before = Passage.of(*pieces).strip(_AROUND).pieces
        pieces = [*before, structs.replace(passage.pieces[0], text=mark, taken=True), *passage.pieces]
    return Passage.of(*pieces)


def under(words: str, said: Passage) -> Passage:
    """A text after words that stand elsewhere, in a heading or in a merged cell above; its place stays its own."""
    label = words.strip(_AROUND) + "："
    return Passage.of(structs.replace(said.pieces[0], text=label, taken=True), *said.pieces)
