"""What the outputs mark of a link: the parts of its score that weigh most, and the words both sides share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from reconcile.language.distinct import Span
from reconcile.language.tokens import pairs
from reconcile.model.links import Part


class Marking(Struct, frozen=True):
    """What is shown of one link: `plan` and `target` are spans of the words matched in either text.

    Where nothing explains a link, the words both texts `shared` are marked.
    """

    parts: tuple[Part, ...] = ()
    plan: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()


def pieces(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The text cut at the spans, each piece with whether it was matched; spans may overlap and overrun."""
    at = 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if at < start:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def shared(text: str, other: str) -> tuple[Span, ...]:
    """Where the text has runs of two or more letters or figures that also stand in the other one."""
    known = set(pairs(other))
    found: list[Span] = []
    for at, pair in enumerate(pairs(text)):
        if pair not in known or not pair.isalnum():
            continue
        if found and found[-1][1] >= at:
            found[-1] = (found[-1][0], at + 2)
        else:
            found.append((at, at + 2))
    return tuple(found)
