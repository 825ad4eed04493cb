"""Why a link was made, for the outputs that show it: the parts of its score and the words both sides share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from reconcile.model import Part

Span = tuple[int, int]


class Explanation(Struct, frozen=True):
    """What explains one link: `plan` and `target` are spans of the words matched in either text."""

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
