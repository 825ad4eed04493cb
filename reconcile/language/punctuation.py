"""What stands inside brackets, quotes and title marks, taken out of the way without moving a character."""

from __future__ import annotations

import re

from reconcile.language.tokens import fold

SENTENCE = re.compile(r"[^。;!?\n]+")
"""What stands between full stops and semicolons of a folded text."""

_CLOSED = re.compile(
    r"\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)|《[^《》]*+(?:《[^《》]*+》[^《》]*+)*+》|“[^“”]*+(?:“[^“”]*+”[^“”]*+)*+”"
    r"|「[^「」]*+」|『[^『』]*+』|\[[^\[\]]*+\]|【[^【】]*+】|‘[^‘’]*+’|〈[^〈〉]*+〉|〔[^〔〕]*+〕"
)
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_STOPS = str.maketrans(",;。:!?\n", "·······")


def plain(text: str) -> str:
    """The text folded, with the punctuation hidden that ends no clause: inside brackets, quotes, titles, numbers."""
    return _CLOSED.sub(lambda closed: closed[0].translate(_STOPS), _THOUSANDS.sub("·", fold(text)))


def bare(text: str) -> str:
    """The text folded, with everything inside brackets, quotes and titles blotted out."""
    return _CLOSED.sub(lambda closed: "·" * len(closed[0]), _THOUSANDS.sub("·", fold(text)))
