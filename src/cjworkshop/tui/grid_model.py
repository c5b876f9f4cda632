"""What a grid asks of whatever it shows: rows in view order, columns, values. The grid knows no more than this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.kinds import Context, Names
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a grid as its head shows it. `width` is in screen cells; `wraps` says that it takes spare room."""

    label: str
    width: int
    right: bool = False
    required: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """The column that a view is sorted by."""

    index: int
    descending: bool = False


class ShownModel(Protocol):
    """What a grid asks of any model. Rows go by view row ids, columns by their index in `heads`.

    `table` is the name of the table that cells belong to. `first` is the first column that the cursor may stand in,
    `kept` the columns that stay in view when the others scroll, `naming` the column that names a row. `hints` says that
    empty cells show what belongs there. `total` counts the rows without the filter.
    """

    table: str
    title: str
    invitation: str
    hints: bool
    first: int
    kept: tuple[int, ...]
    naming: int
    filter: str
    sort: Sort | None

    @property
    def pending(self) -> str:
        """The id of the row that is not in the session yet; empty if there is none."""
        ...

    @property
    def heads(self) -> Sequence[Head]:
        """The columns, in order."""
        ...

    @property
    def context(self) -> Context:
        """What parsing a typed text may depend on."""
        ...

    def context_of(self, row_id: str) -> Context:
        """The same, with the row that the text stands in."""
        ...

    @property
    def total(self) -> int:
        """How many rows there are without the filter."""
        ...

    def __len__(self) -> int:
        """How many rows there are in view."""
        ...

    def row_id(self, row: int) -> str:
        """The id of the row at this place of the view."""
        ...

    def index(self, row_id: str) -> int | None:
        """The place of a row in the view, or None where it is not in view."""
        ...

    def stamp(self, row_id: str) -> object:
        """Something that is the same object as long as the row's values are the same."""
        ...

    def column(self, row_id: str, index: int) -> Column | None:
        """The column that this cell belongs to, or None where it is a label or a number of the grid's own."""
        ...

    def value(self, row_id: str, index: int) -> Any:
        """The cell's value; a text where the cell has no column."""
        ...

    def mark(self, row_id: str) -> str:
        """What stands behind the row's code, such as the dots it got in a vote; mostly nothing."""
        ...

    def address(self, row_id: str, index: int) -> tuple[str, str]:
        """(row id, column key) of the cell in its table."""
        ...

    def cell_of(self, row_id: str, key: str) -> tuple[str, int] | None:
        """(view row id, index) of a cell of the table, or None where it is not in view."""
        ...

    def follow(self, session: Session, change: Change | None = None) -> frozenset[str] | None:
        """Show this session from now on. The view rows that look different, or None where everything may."""
        ...

    def set_filter(self, text: str) -> None:
        """Show only rows that have every word of `text` somewhere; all where it is empty."""
        ...

    def set_sort(self, sort: Sort | None) -> None:
        """Sort the view; the stored order stays."""
        ...

    def preset(self, after: str = "") -> Mapping[str, Any]:
        """The values that a new row starts with, by column key; behind the row `after` where that is given."""
        ...


class FixedModel(ShownModel, Protocol):
    """A model whose rows are what they are, such as the fields of a form."""

    grows: Literal[False]


class GrowingModel(ShownModel, Protocol):
    """A model whose rows can be added, moved and removed."""

    grows: Literal[True]

    def stored_before(self, row_id: str) -> str | None:
        """The id of the row that is stored before this one, whatever the view shows; None where it is the first."""
        ...

    def begin_row(self, row_id: str, after: str | None) -> None:
        """Show an empty row behind `after` (None: at the end, "": first) that is not in the session yet."""
        ...

    def fill_row(self, index: int, value: Any) -> None:
        """Fill a cell of the row that is not in the session yet."""
        ...

    def drop_row(self) -> None:
        """Forget the row that is not in the session yet."""
        ...


GridModel: TypeAlias = FixedModel | GrowingModel
"""What a grid shows. Which of the two it is says `grows`."""


def shown(column: Column, value: Any, names: Names) -> str:
    """A value as text that its column reads back: what an editor opens with and what a copy carries."""
    return column.kind.show(value, names) if value != column.kind.empty else ""
