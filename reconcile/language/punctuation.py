"""What stands inside brackets, quotes and title marks, taken out of the way without moving a character."""

from __future__ import annotations

import re
from collections.abc import Callable

from reconcile.language.tokens import fold

SENTENCE = re.compile(r"[^。;!?\n]+")
"""What stands between full stops and semicolons of a folded text."""

_CLOSED = re.compile(
    r"\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)|《[^《》]*+(?:《[^《》]*+》[^《》]*+)*+》|“[^“”]*+(?:“[^“”]*+”[^“”]*+)*+”"
    r"|「[^「」]*+」|『[^『』]*+』|\[[^\[\]]*+\]|【[^【】]*+】|‘[^‘’]*+’|〈[^〈〉]*+〉|〔[^〔〕]*+〕"
)
_OPENINGS = frozenset("(《“「『[【‘〈〔")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))(?<=\d,)")
_STOPS = str.maketrans(",;。:!?\n", "·······")


def plain(text: str) -> str:
    """The text folded, with the punctuation hidden that ends no clause: inside brackets, quotes, titles, numbers."""
    return _enclosed(text, lambda closed: closed[0].translate(_STOPS))


def bare(text: str) -> str:
    """The text folded, with everything inside brackets, quotes and titles blotted out."""
    return _enclosed(text, lambda closed: "·" * len(closed[0]))


def _enclosed(text: str, hidden: Callable[[re.Match[str]], str]) -> str:
    """The text folded, with what is enclosed as `hidden` gives it."""
    folded = _THOUSANDS.sub("·", fold(text))
    return folded if _OPENINGS.isdisjoint(folded) else _CLOSED.sub(hidden, folded)
