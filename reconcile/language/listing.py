"""The members of a list inside a plan (列举): of 语文、数学、英语三科 two may be done without the third.

A list shares one head and one tail: 开展餐饮、住宿、洗浴三类场所检查. Where its first member begins and its last one
ends is told by the members between them, by a common ending (柳河村、石桥村), or by the words. The vocabulary is
listing.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from reconcile.language import data, numerals, punctuation
from reconcile.language.tokens import fold, pairs, words
from reconcile.language.word_list import WordList


class Listing(Struct, frozen=True):
    """The members of one list in order; `complete` unless more would belong to it (等)."""

    members: tuple[str, ...]
    complete: bool = True


class Unnamed(Struct, frozen=True):
    """A list of which a report names some members, `clear` ones beyond doubt, and says nothing of those `left`.

    `whole` where all clear ones are named word for word.
    """

    listing: Listing
    clear: tuple[str, ...]
    left: tuple[str, ...]
    whole: bool = False

    @property
    def certain(self) -> bool:
        """Whether a member left out was not done: the list is closed, and named for the most.

        Of two members, one must be named word for word, and the other say much by which it could be known.
        """
        members = self.listing.members
        if not self.listing.complete or len(self.clear) + len(self.left) < len(members):
            return False
        if len(members) == 2:
            return self.whole and all(len(_own(member, members)) >= _MUCH for member in self.left)
        return len(self.clear) >= max(len(self.left), 2)


_RULES: dict[str, str] = data.rules("listing")


def _words_of(*keys: str) -> list[str]:
    return [word for key in keys for word in data.rules("tasks")[key].split()]


_ACTS = WordList(_words_of("independent", "soft_verbs", "pushing"))
_VERBS = WordList(_words_of("independent", "soft_verbs", "pushing", "other_verbs", "transparent"))
_OPENINGS = tuple(_RULES["openings"].split())
_CARES = re.compile(data.either(_RULES["cares"].split()))
_OPEN = tuple(_RULES["open"].split())
_CLOSED = tuple(_RULES["closed"].split())
_JOINT = re.compile(data.either(_RULES["joints"].split()))
_INSIDE = WordList(_RULES["inside"].split())
_CLAUSE = re.compile(r"[^,;。:!?\n]+")
_ORDINAL = re.compile(rf"第{numerals.INTEGER}|{numerals.INTEGER}[{_RULES['numbered']}]")
_NUMBER = re.compile(rf"(?<=第){numerals.INTEGER}|{numerals.INTEGER}(?=[{_RULES['numbered']}])")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"[“”‘’\"《》「」()·\s]")
_LONGEST = 14
_SHORT = 6
_MOST = 8
_MUCH = 3
"""How many pairs of its own the second of two members has at least that is missed where it is not named."""
_ENOUGH = 0.5
"""The share of a member's own character pairs that names it."""


@lru_cache(maxsize=4096)
def listings(text: str) -> tuple[Listing, ...]:
    """The lists of a plan whose members are promised one by one, in order."""
    return tuple(_listings(punctuation.plain(text)))


def unnamed(plan: str, reported: str) -> tuple[Unnamed, ...]:
    """The lists of a plan of which a report names some members and leaves others out."""
    said = _normal(reported)
    found = []
    for listing in listings(plan):
        shares = {member: _share_named(member, listing.members, said) for member in listing.members}
        left = tuple(member for member, share in shares.items() if not share)
        clear = tuple(member for member, share in shares.items() if share >= _ENOUGH)
        if left and clear:
            found.append(Unnamed(listing, clear, left, all(shares[member] == 1 for member in clear)))
    return tuple(found)


def names(text: str, member: str) -> bool:
    """Whether a text names a member of a list."""
    return _share_named(member, (member,), _normal(text)) >= _ENOUGH


def _listings(text: str) -> Iterator[Listing]:
    for clause in _CLAUSE.finditer(text):
        pieces = _pieces(clause[0])
        if not 2 <= len(pieces) <= _MOST or _CARES.search(pieces[0]) or any(_ACTS.at(one, 0) for one in pieces[1:]):
            continue
        inner = pieces[1:-1]
        first, last = _first(pieces[0], inner, pieces[-1]), _last(pieces[-1], inner, pieces[0])
        members = [_QUOTED.sub("", member) for member in (first, *inner, last)]
        if _parallel(members):
            yield Listing(tuple(members), not pieces[-1][len(last) :].startswith(_OPEN))


def _parallel(members: list[str]) -> bool:
    """Whether the pieces between joints are members of one list: numbered, of one ending, or short and as long."""
    lengths = [len(member) for member in members]
    if min(lengths) < 2 or max(lengths) > _LONGEST or len(set(members)) < len(members):
        return False
    if all(_ORDINAL.fullmatch(member) for member in members):
        return True
    if any(_DIGIT.search(member) or _ACTS.at(member, 0) for member in members):
        return False
    alike = len(members) > 2 and max(lengths) <= _SHORT and max(lengths) - min(lengths) <= 2
    return alike or len({member[-1] for member in members}) == 1


def _pieces(clause: str) -> list[str]:
    """A clause cut at 、 and at the joint before its last member."""
    pieces = re.sub("”“|》《", "、", clause).split("、")
    if joint := _joint(pieces[-1]):
        pieces[-1:] = [pieces[-1][: joint[0]], pieces[-1][joint[1] :]]
    return [piece for piece in pieces if piece]


def _joint(piece: str) -> tuple[int, int] | None:
    held = [(place, place + len(word)) for place, word in _INSIDE.every(piece)]
    for found in _JOINT.finditer(piece, 1):
        if found.end() < len(piece) and not any(start <= found.start() < end for start, end in held):
            return found.span()
    return None


def _first(piece: str, inner: list[str], last: str) -> str:
    """The first member: behind the verb, as long as its siblings, from its last words back."""
    place = max((at + len(word) for at, word in _VERBS.every(piece) if len(word) > 1), default=0)
    if piece.startswith(_OPENINGS, place):
        place += 1
    rest = piece[place:]
    if ordinal := re.search(rf"{_ORDINAL.pattern}$", rest):
        return ordinal[0]
    wanted = min((len(member) for member in inner), default=len(_common(rest, last)) or len(rest))
    return _trailing(rest, wanted)


def _last(piece: str, inner: list[str], first: str) -> str:
    """The last member: to 等, to the ending its siblings share, to the number of the list, or as long as they are."""
    if ordinal := _ORDINAL.match(piece):
        return ordinal[0]
    longest = max((len(member) for member in inner), default=len(first))
    opened = [place for word in _OPEN if (place := piece.find(word, 2, longest + 4)) > 0]
    if opened:
        return piece[: min(opened)]
    place = piece.find((inner or [first])[-1][-1], 1, longest + 3)
    if place > 0:
        return piece[: place + 1]
    found = ""
    wanted = min((len(member) for member in inner), default=2)
    for word in _cut(piece):
        if found and (len(found) >= wanted or word.startswith((*_OPEN, *_CLOSED))):
            break
        found += word
    return found


def _common(first: str, last: str) -> str:
    """What a first piece and a last one share as an ending: 门诊[楼], 医技[楼]盘点."""
    return first if first and first[-1] in last[1 : len(first) + 2] else ""


def _trailing(text: str, wanted: int) -> str:
    found = ""
    for word in reversed(_cut(text)):
        if len(found) >= wanted:
            break
        found = word + found
    return found


def _cut(text: str) -> list[str]:
    """The words of a text with nothing lost between them."""
    cut, place = [], 0
    for word in words(text):
        at = text.find(word, place)
        if at < 0:
            continue
        cut.append(text[place : at + len(word)])
        place = at + len(word)
    if place < len(text):
        cut.append(text[place:])
    return cut


def _share_named(member: str, siblings: tuple[str, ...], said: str) -> float:
    """How far a report names a member by what tells it from its siblings, 0–1; its middle alone names nothing."""
    member = _normal(member)
    if member in said:
        return 1.0
    every, own = pairs(member), _own(member, siblings) if len(member) > 2 else []
    share = sum(pair in said for pair in own) / max(len(own), 1)
    ends = any(pair in own and pair in said for pair in (every[0], every[-1]))
    return share if ends or share >= _ENOUGH else 0.0


def _own(member: str, siblings: tuple[str, ...]) -> list[str]:
    """The character pairs of a member that none of its siblings has."""
    member = _normal(member)
    others = {pair for one in siblings for pair in pairs(_normal(one)) if _normal(one) != member}
    return [pair for pair in pairs(member) if pair not in others]


def _normal(text: str) -> str:
    """A text folded, without quotes and brackets, with its ordinals in digits: 三号 and 3号 are one."""
    plain = _QUOTED.sub("", fold(text))
    return _NUMBER.sub(lambda found: str(numerals.ordinal(found[0]) or found[0]), plain)
