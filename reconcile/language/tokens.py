"""Words and character pairs of a short Chinese text (分词), how telling each is, and the boilerplate (套话) left out.

Segmentation is jieba's: by rjieba, the same dictionary and algorithm in Rust, where that comes built for the machine,
else by jieba itself. A test holds the two equal.
Numbers and Latin words are taken out first, since the two cut them differently, and come back in their places.

Texts are folded before anything is compared: full-width letters, digits and punctuation become half-width, letters
lower case. Folding keeps every character in its place, so offsets into a folded text are offsets into the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from operator import add

from reconcile.language import data


class _Fold(dict[int, int]):
    """A `str.translate` table that works out each character when it is first met."""

    def __missing__(self, code: int) -> int:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


_FOLD = _Fold({ord(dash): ord("-") for dash in "—–―−‐‑"} | {ord(wave): ord("~") for wave in "～〜∼"})
_PLACE = "\ue000"
"""Stands for a number or Latin word while the text is cut; private, so no report holds it."""
_END = "\ue001"
"""Stands between texts that are cut together."""
_APART = re.compile(
    r"(?=[a-z0-9])(?:"
    r"[a-z]+(?:[-&][a-z]+)*(?:[-.]?\d+)*"  # g528, hpv, s218
    r"|(?:\d+年)?\d+月(?:\d+[日号])?|\d+年|\d+日"  # 11月6日
    r"|\d+[#号]"  # 7号, 7#: a building, a well, a berth
    r"|\d+(?:[.,:/~×*-]\d+)*%?)"  # 1-9, 93%
)
_NUMBER = re.compile(r"[\d.,:/~×*%年月日-]+|\d+月\d+号")
_REMEMBERED = 200_000
_DEFAULT_IDF = 11.0
"""For words the table leaves out: they are rarer than any in it."""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text with full-width forms made half-width and letters lower case; every character keeps its place."""
    return text.translate(_FOLD)


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters of a text in order: what wording shares below the word."""
    return list(map(add, text, text[1:]))


def words(text: str) -> list[str]:
    """The words of a text in order, folded, without punctuation; numbers ("1-9", "93%") and codes (g528) are whole."""
    folded = fold(text).replace(_PLACE, " ")
    apart = iter(_APART.findall(folded))
    cut = _cutter()(_APART.sub(_PLACE, folded))
    return [
        next(apart).replace("#", "号") if word == _PLACE else word for word in cut if word == _PLACE or word.isalnum()
    ]


def content_words(text: str, boilerplate: Iterable[str] = ()) -> list[str]:
    """The words that tell what a text is about: without boilerplate (`boilerplate` adds to it), grammar and numbers."""
    return content_words_of([text], boilerplate)[0]


def content_words_of(texts: Sequence[str], boilerplate: Iterable[str] = ()) -> list[list[str]]:
    """The content words of each of many texts, cut all at once."""
    folded = fold.__wrapped__(_END.join(text.replace(_END, " ") for text in texts)).replace(_PLACE, " ")
    apart = iter(_APART.findall(folded))
    telling = _telling(tuple(boilerplate))
    found: list[list[str]] = [[]]
    for word in _cutter()(_APART.sub(_PLACE, folded)):
        if word == _END:
            found.append([])
        elif telling[known := next(apart).replace("#", "号") if word == _PLACE else word]:
            found[-1].append(known)
    return found


class _Telling(dict[str, bool]):
    """Whether a word tells what a text is about; worked out when it is first met, and not remembered without end."""

    def __init__(self, boilerplate: Iterable[str]) -> None:
        self._dull = boilerplate_words().union(boilerplate)

    def __missing__(self, word: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = telling = word.isalnum() and word not in self._dull and not _NUMBER.fullmatch(word)
        return telling


@lru_cache(maxsize=4)
def _telling(boilerplate: tuple[str, ...]) -> _Telling:
    return _Telling(boilerplate)


@cache
def boilerplate_words() -> frozenset[str]:
    """The boilerplate of boilerplate.toml."""
    return data.words("boilerplate")


def idf(word: str) -> float:
    """How telling a word is in Chinese at large: about 4 for 工作, 7 for 疫苗, 11 for words seldom or never met."""
    return _idf_table().get(word, _DEFAULT_IDF)


def telling(text: str, least: float) -> frozenset[str]:
    """The content words of several characters that tell at least so much (`idf`)."""
    return frozenset(word for word in content_words(text) if len(word) > 1 and idf(word) >= least)


@cache
def _idf_table() -> dict[str, float]:
    table: dict[str, float] = {}
    for line in (data.HERE / "idf.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            value, _, listed = line.partition("\t")
            table.update(dict.fromkeys(listed.split(" "), float(value)))
    return table


@cache
def _cutter() -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError:
        return jieba_cutter()
    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


def jieba_cutter() -> Callable[[str], list[str]]:
    """jieba itself, its dictionary read anew in each process: it keeps its own copy where anybody may change it."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and pkg_resources, of no concern to a reader
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    cut: Callable[[str], list[str]] = tokenizer.lcut
    return cut
