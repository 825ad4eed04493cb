"""Word's paragraph styles: what a style says about lists and headings, with what it inherits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reconcile.intake.xml import attribute, child, local, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element


class Style(NamedTuple):
    """What a paragraph style says about lists and the outline; `level` is the 0-based outline level."""

    list_id: str | None
    list_level: int | None
    level: int | None


NO_STYLE = Style(None, None, None)


def read_styles(root: _Element | None) -> dict[str, Style]:
    """Paragraph styles with what they inherit."""
    own: dict[str, tuple[str | None, Style]] = {}
    for element in root if root is not None else ():
        if local(element) == "style":
            properties = child(element, "pPr")
            listing = child(properties, "numPr")
            style = Style(
                value(listing, "numId"), number(value(listing, "ilvl")), number(value(properties, "outlineLvl"))
            )
            own[attribute(element, "styleId") or ""] = (value(element, "basedOn"), style)

    def resolve(name: str | None, seen: frozenset[str]) -> Style:
        if name is None or name in seen or name not in own:
            return NO_STYLE
        parent, style = own[name]
        inherited = resolve(parent, seen | {name})
        return Style(
            style.list_id or inherited.list_id,
            inherited.list_level if style.list_level is None else style.list_level,
            inherited.level if style.level is None else style.level,
        )

    return {name: resolve(name, frozenset()) for name in own}
