"""What a table is: plain cells in one language under titled columns, and how one is made of rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from reconcile.messages import Lang
from reconcile.outputs import wording
from reconcile.outputs.rows import View
from reconcile.period import Period

Cell = str | int
R = TypeVar("R")


class Column(Struct, frozen=True):
    """A column: `key` is stable, `width` is in Chinese characters (half as many Latin ones fit twice)."""

    key: str
    title: str
    width: int


class Table(Struct, frozen=True):
    """A titled table: `cells` are rows of as many cells as there are columns."""

    name: str
    title: str
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def index(self, key: str) -> int:
        """The place of a column."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def column(self, key: str) -> tuple[Cell, ...]:
        """All cells of one column."""
        place = self.index(key)
        return tuple(row[place] for row in self.cells)


NUMBERED = frozenset({"slippage", "tasks", "unplanned"})
DATED = frozenset({"slippage", "tasks", "items", "offices", "unplanned", "findings"})

Spec = tuple[str, int, Callable[[R], Cell]]
"""A column in the making: its key, its width, and how a row gives its cell."""


def table_of(name: str, view: View, specs: Sequence[Spec[R]], found: Iterable[tuple[Period, R]], lang: Lang) -> Table:
    """A table with a row number where its order means something, and with the period where there are several."""
    numbered = name in NUMBERED
    dated = len(view.pairs) > 1 and name in DATED
    leading = [column_of("rank", 2, lang)] * numbered + [column_of("period", 4, lang)] * dated
    return Table(
        name=name,
        title=wording.label(f"table_{name}", lang),
        columns=(*leading, *(column_of(key, width, lang) for key, width, _ in specs)),
        cells=tuple(
            ((number,) if numbered else ())
            + ((wording.period(period, lang),) if dated else ())
            + tuple(cell(row) for _, _, cell in specs)
            for number, (period, row) in enumerate(found, 1)
        ),
    )


def column_of(key: str, width: int, lang: Lang) -> Column:
    """A column with its title from the catalogue."""
    return Column(key, wording.label(f"column_{key}", lang), width)
