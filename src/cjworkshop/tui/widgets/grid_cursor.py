"""Where the cursor of a grid stands, and what is selected. Pure: places are indexes of rows and columns."""

from __future__ import annotations

from cjworkshop.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, all four ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: tuple[int, int]) -> bool:
        return self.top <= cell[0] <= self.bottom and self.left <= cell[1] <= self.right

    @property
    def rows(self) -> range:
        """The rows in it."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """The columns in it."""
        return range(self.left, self.right + 1)


@dataclass
class Cursor:
    """A cell, and the other corner of the selection where there is one.

    Column 0 is the number of a row: there the cursor stands for the whole row. `first` and `last` are the columns that
    hold values.
    """

    row: int = 0
    column: int = 1
    anchor: tuple[int, int] | None = None
    first: int = 1
    last: int = 1

    @property
    def on_row(self) -> bool:
        """Whether the cursor stands on a row's number."""
        return self.column < self.first

    @property
    def area(self) -> Area:
        """What is selected: at least the cell, or the row, that the cursor stands on."""
        row, column = self.anchor or (self.row, self.column)
        left, right = min(column, self.column), max(column, self.column)
        if left < self.first:
            left, right = self.first, self.last
        return Area(min(row, self.row), left, max(row, self.row), right)

    @property
    def whole_rows(self) -> bool:
        """Whether the selection is of whole rows."""
        return self.on_row or (self.anchor is not None and (self.area.left, self.area.right) == (self.first, self.last))

    @property
    def selecting(self) -> bool:
        """Whether more than the one cell is selected."""
        return self.anchor is not None or self.on_row

    def go(self, row: int, column: int, *, extend: bool = False) -> None:
        """Stand in a cell; with `extend` what lies between it and where the selection began is selected."""
        if extend:
            self.anchor = self.anchor or (self.row, self.column)
        self.row, self.column = row, column
        if not extend or self.anchor == (row, column):
            self.anchor = None

    def clamp(self, count: int, columns: int) -> None:
        """Stay inside a grid of so many rows and columns."""
        self.last = max(columns - 1, self.first)
        self.row = min(max(self.row, 0), max(count - 1, 0))
        self.column = min(max(self.column, 0), self.last)
        if self.anchor is not None:
            row, column = self.anchor
            self.anchor = (min(row, max(count - 1, 0)), min(column, self.last))
