"""The one record of a `single` table as a grid: a form."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Literal

from cjworkshop.domain.kinds import Context
from cjworkshop.lazy import dataclass
from cjworkshop.tui.grid_model import Head, Sort

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change


@dataclass(eq=False)
class FormModel:
    """The one record of a `single` table as a grid: a row for each column, its label and its value.

    `new_id` is the id that the record gets when its first cell is filled.
    """

    session: Session
    table: str
    today: dt.date
    new_id: str
    grows: Literal[False] = field(default=False, init=False)
    hints: bool = field(default=True, init=False)
    first: int = field(default=1, init=False)
    kept: tuple[int, ...] = field(default=(0,), init=False)
    naming: int = field(default=1, init=False)
    filter: str = field(default="", init=False)
    sort: Sort | None = field(default=None, init=False)
    pending: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.declared: Table = self.session.catalogue[self.table]
        self.title = self.declared.title
        self.invitation = self.declared.invitation
        self._places = {column.key: place for place, column in enumerate(self.declared.columns)}
        self._shown = list(self._places)
        width = max(len(column.label) for column in self.declared.columns)
        self._heads = (Head("", min(width + 1, 26)), Head("", 24, wraps=True))
        self._take_record()

    def _take_record(self) -> None:
        rows = self.session[self.table]
        self._record: Row = rows[0] if rows else self.declared.new(self.new_id, 0)

    @property
    def heads(self) -> Sequence[Head]:
        """The label and the value."""
        return self._heads

    @property
    def context(self) -> Context:
        """The session's names, and today."""
        return Context(self.session, self.today)

    def context_of(self, row_id: str) -> Context:
        """The same, with the record."""
        del row_id
        return replace(self.context, row=self._record)

    @property
    def total(self) -> int:
        """How many columns the table has."""
        return len(self._places)

    def __len__(self) -> int:
        return len(self._shown)

    def row_id(self, row: int) -> str:
        """The key of the column at this place."""
        return self._shown[row]

    def index(self, row_id: str) -> int | None:
        """The place of a column, or None."""
        return self._shown.index(row_id) if row_id in self._shown else None

    def stamp(self, row_id: str) -> object:
        """The column's value: the rest of the record does not change how its row looks."""
        return self.value(row_id, 1)

    def column(self, row_id: str, index: int) -> Column | None:
        """The table's column; None for its label."""
        return self.declared.columns[self._places[row_id]] if index else None

    def value(self, row_id: str, index: int) -> Any:
        """The record's value, or the column's label."""
        column = self.declared.columns[self._places[row_id]]
        return column.get(self._record) if index else column.label + " *" * column.required

    def mark(self, row_id: str) -> str:
        """What stands behind a row's code: nothing, for lines of a form have none."""
        del row_id
        return ""

    def address(self, row_id: str, index: int) -> tuple[str, str]:
        """The record's id and the column's key."""
        del index
        return self._record.id, row_id

    def cell_of(self, row_id: str, key: str) -> tuple[str, int] | None:
        """Where a cell of the record stands. Any id means a record that is to be: each start makes another one."""
        meant = row_id == self._record.id or not self.session[self.table]
        return (key, 1) if meant and key in self._shown else None

    def preset(self, after: str = "") -> Mapping[str, Any]:
        """Nothing: the record is one."""
        del after
        return {}

    def follow(self, session: Session, change: Change | None = None) -> frozenset[str] | None:
        """Show this session from now on. The rows that look different, or None where everything may."""
        self.session = session
        before = self._record
        self._take_record()
        if change is None or any(edit.table != self.table for edit in change.edits):
            return None
        return frozenset(
            column.key for column in self.declared.columns if column.get(before) != column.get(self._record)
        )

    def set_filter(self, text: str) -> None:
        """Show only columns that have every word of `text` in their label or value."""
        self.filter = text.strip()
        words = self.filter.casefold().split()
        self._shown = [
            column.key
            for column in self.declared.columns
            if all(word in f"{column.label}\n{column.show(self._record, self.session)}".casefold() for word in words)
        ]

    def set_sort(self, sort: Sort | None) -> None:
        """A form has its order."""
