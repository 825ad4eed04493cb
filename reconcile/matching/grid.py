"""The pairs of a plan item and a candidate that are compared: all of them, or some where a block is too large for that.

Numbers of all pairs are a matrix; numbers of some are a list, and a `Sparse` is read as the matrix it stands for, in
which all other pairs are 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reconcile.matching.terms import Matrix, Places, spread

_CELLS = 1 << 20
"""So many numbers are put into one matrix at a time, rows of like length together."""

Array = NDArray[Any]
Table = Any
"""Numbers of pairs as a matrix, or as a `Sparse`, which is read like one."""


class Whole(Struct, frozen=True):
    """All pairs, as a matrix."""

    def places(self, wanted: NDArray[np.bool_]) -> tuple[Places, Places]:
        """The rows and the columns of some pairs."""
        rows, columns = wanted.nonzero()
        return rows, columns

    def across_rows(self, function: Callable[[Array], Array], values: Array, pad: float) -> Array:
        """What a function of matrices, row by row, gives for a matrix."""
        del pad
        return function(values)

    def across_columns(self, function: Callable[[Array], Array], values: Array, pad: float) -> Array:
        """The same, column by column."""
        del pad
        return function(values.T).T

    def largest_of_rows(self, values: Matrix, least: float = 0) -> Matrix:
        """The largest number of each row, and no less than `least`."""
        largest: Matrix = values.max(axis=1, initial=least)
        return largest


class Pairs(Struct, frozen=True, eq=False):
    """Pairs sorted by row, then by column; those of a row lie between two `bounds`.

    `by_column` are the places of the pairs sorted by column, then by row, and `column_bounds` the bounds of those.
    """

    shape: tuple[int, int]
    rows: Places
    columns: Places
    bounds: Places
    by_column: Places
    column_bounds: Places

    def places(self, wanted: NDArray[np.bool_]) -> tuple[Places, Places]:
        """The rows and the columns of some of the pairs."""
        return self.rows[wanted], self.columns[wanted]

    def across_rows(self, function: Callable[[Array], Array], values: Array, pad: float) -> Array:
        """What a function of matrices, row by row, gives for the numbers of each row, padded to one length."""
        return _across(function, values, pad, np.arange(len(values)), self.bounds)

    def across_columns(self, function: Callable[[Array], Array], values: Array, pad: float) -> Array:
        """The same for the numbers of each column."""
        return _across(function, values, pad, self.by_column, self.column_bounds)

    def largest_of_rows(self, values: Matrix, least: float = 0) -> Matrix:
        """The largest number of each row, and no less than `least`."""
        largest = np.full(self.shape[0], least, values.dtype)
        np.maximum.at(largest, self.rows, values)
        return largest

    def largest_of_columns(self, values: Matrix) -> Matrix:
        """The largest number of each column, 0 where it has none above."""
        largest = np.zeros(self.shape[1], values.dtype)
        np.maximum.at(largest, self.columns, values)
        return largest


def pairs(shape: tuple[int, int], rows: Places, columns: Places) -> Pairs:
    """Pairs that are sorted by row, then by column."""
    by_column = np.argsort(columns, kind="stable")
    return Pairs(
        shape,
        rows,
        columns,
        np.searchsorted(rows, np.arange(shape[0] + 1)),
        by_column,
        np.searchsorted(columns[by_column], np.arange(shape[1] + 1)),
    )


Grid = Whole | Pairs
"""All pairs, or some."""
WHOLE = Whole()


class Sparse(Struct, frozen=True, eq=False):
    """A matrix that is 0 but for some pairs."""

    pairs: Pairs
    values: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.pairs.shape

    def __getitem__(self, at: Any) -> Any:
        """A row, some rows, a column, or one number, as of a matrix."""
        row, column = at if isinstance(at, tuple) else (at, slice(None))
        if isinstance(row, slice) and not isinstance(column, slice):
            return self._column(column, *row.indices(self.shape[0])[:2])
        if isinstance(row, slice):
            return np.stack([self[one, column] for one in range(*row.indices(self.shape[0]))])
        start, end = self.pairs.bounds[row], self.pairs.bounds[row + 1]
        if isinstance(column, slice):
            first, last, _ = column.indices(self.shape[1])
            begin, stop = start + self.pairs.columns[start:end].searchsorted((first, last))
            whole = np.zeros(last - first, self.values.dtype)
            whole[self.pairs.columns[begin:stop] - first] = self.values[begin:stop]
            return whole
        place = start + np.searchsorted(self.pairs.columns[start:end], column)
        known = place < end and self.pairs.columns[place] == column
        return self.values[place] if known else self.values.dtype.type(0)

    def __setitem__(self, at: Any, value: Any) -> None:
        """Set one number, or the numbers of a row; pairs that are not compared stay 0."""
        row, column = at if isinstance(at, tuple) else (at, None)
        own = slice(self.pairs.bounds[row], self.pairs.bounds[row + 1])
        columns = self.pairs.columns[own]
        if column is None:
            self.values[own] = value[columns]
        else:
            self.values[own][columns == column] = value

    def copy(self) -> Sparse:
        """A matrix of its own."""
        return Sparse(self.pairs, self.values.copy())

    def any(self, axis: int, **_: object) -> Array:
        """Whether anything of each column (axis 0) or each row (axis 1) is not 0."""
        having = (self.pairs.columns, self.pairs.rows)[axis][self.values != 0]
        found: Array = np.bincount(having, minlength=self.shape[1 - axis]) > 0
        return found

    def _column(self, column: int, first: int, last: int) -> Array:
        """A column from one row to before another."""
        bounds = self.pairs.column_bounds
        found = self.pairs.by_column[bounds[column] : bounds[column + 1]]
        rows = self.pairs.rows[found]
        start, end = rows.searchsorted((first, last))
        whole = np.zeros(last - first, self.values.dtype)
        whole[rows[start:end] - first] = self.values[found[start:end]]
        return whole


def row_of(table: Table, row: int) -> tuple[Places, Array]:
    """The columns of a row that have numbers, and these."""
    if not isinstance(table, Sparse):
        return np.arange(table.shape[1]), table[row]
    own = slice(table.pairs.bounds[row], table.pairs.bounds[row + 1])
    return table.pairs.columns[own], table.values[own]


def _across(function: Callable[[Array], Array], values: Array, pad: float, order: Places, bounds: Places) -> Array:
    counts = np.diff(bounds)
    by_length = np.argsort(counts, kind="stable")
    by_length = by_length[counts[by_length] > 0]
    ends = np.searchsorted(np.cumsum(counts[by_length]), np.arange(_CELLS, len(values) + _CELLS, _CELLS), side="right")
    found: Array | None = None
    for own in np.split(by_length, np.maximum(ends, 1)):
        if not len(own):
            continue
        places = order[spread(bounds[own], counts[own])]
        rows = np.repeat(np.arange(len(own)), counts[own])
        columns = spread(np.zeros_like(own), counts[own])
        matrix = np.full((len(own), counts[own[-1]]), pad, values.dtype)
        matrix[rows, columns] = values[places]
        result = function(matrix)
        found = np.zeros(len(values), result.dtype) if found is None else found
        found[places] = result[rows, columns]
    return values[:0] if found is None else found
