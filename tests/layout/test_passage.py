"""A passage knows where each of its characters stood."""

from hypothesis import given
from hypothesis import strategies as st

from reconcile.layout.passage import Passage, Piece, joined

WORDS = st.text(alphabet="完成检查AB 1，。\u3000", min_size=1, max_size=12)


def passage_of(parts: list[str]) -> tuple[str, Passage]:
    """A document of some lines, and the passage of all of them."""
    document, pieces = "", []
    for number, part in enumerate(parts, 1):
        pieces.append(Piece(part, len(document), number))
        document += part + "\n"
    return document, Passage.of(*pieces)


@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(0, 40), st.integers(0, 40))
def test_a_cut_keeps_words_and_places(parts: list[str], begin: int, length: int) -> None:
    document, passage = passage_of(parts)
    cut = passage.cut(begin, begin + length)
    assert cut.text == passage.text[begin : begin + length]
    assert all(document[piece.start : piece.start + len(piece.text)] == piece.text for piece in cut.pieces)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_joining_leaves_nothing_out_but_spaces(parts: list[str]) -> None:
    _, passage = passage_of(parts)
    whole = joined([Passage.of(piece) for piece in passage.pieces])
    assert "".join(whole.text.split()) == "".join(passage.text.split())


def test_lines_of_chinese_join_without_a_space_and_latin_words_with_one() -> None:
    _, passage = passage_of(["完成检", "查 WPS", "Office升级"])
    assert joined([Passage.of(piece) for piece in passage.pieces]).text == "完成检查 WPS Office升级"
