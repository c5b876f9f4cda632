"""A table of a session as a grid."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Literal

from cjworkshop.domain.kinds import Context, Rating
from cjworkshop.lazy import dataclass
from cjworkshop.tui.grid_model import Head, Sort
from cjworkshop.tui.row_order import RowOrder, rank
from cjworkshop.tui.text import cells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change


_LONGEST_CODE = 8


@dataclass(eq=False)
class TableModel:
    """A table of a session as a grid.

    `today` is for reading dates. `only` keeps rows of one kind in view, such as the blocks of one step's agenda, and
    `presets` are the values that new rows get so that they belong to them. `marks_of` gives, by row id, what is to
    stand behind a row's code, such as the dots it got in a vote.
    """

    session: Session
    table: str
    today: dt.date
    only: Callable[[Row], bool] | None = None
    presets: Mapping[str, Any] = field(default_factory=dict)
    marks_of: Callable[[Session], Mapping[str, str]] = lambda _: {}
    grows: Literal[True] = field(default=True, init=False)
    hints: bool = field(default=False, init=False)
    first: int = field(default=1, init=False)
    filter: str = field(default="", init=False)
    sort: Sort | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.declared: Table = self.session.catalogue[self.table]
        self.title = self.declared.title
        self.invitation = self.declared.invitation or f"No {self.declared.nouns} yet. Type the first one."
        self._depends = {name for column, kind in self.declared.references for name in kind.tables} - {self.table}
        self._order = RowOrder(self.session[self.table])
        self._new_row: Row | None = None
        self._carried: dict[str, Any] = {}
        self._texts: dict[str, tuple[Row, str]] = {}
        self._take_columns()
        self._choose()

    def _take_columns(self) -> None:
        self._texts.clear()
        self._columns = self.session.columns(self.table)
        longest = max((len(row.code) for row in self.session[self.table]), default=0)
        self._number_width = max(self._digits(), min(longest, _LONGEST_CODE))
        self._marks = self.marks_of(self.session)
        width = self._number_width + max(map(cells, self._marks.values()), default=0)
        number = Head("#", width, right=not self.declared.codes)
        self._heads = (number, *map(_head, self._columns))
        names = [column.key for column in self._columns]
        telling = (index for index, column in enumerate(self._columns) if not column.carries)
        named = self.declared.named_by
        self.naming = (names.index(named) if named in names else next(telling, 0)) + 1
        self.kept: tuple[int, ...] = (0, self.naming)

    def _digits(self) -> int:
        """How many cells the number or code of the last row takes."""
        count = len(str(len(self.session[self.table])))
        return len(self.declared.codes) + max(count, self.declared.digits) if self.declared.codes else max(count, 2)

    @property
    def heads(self) -> Sequence[Head]:
        """The number or code, then the table's columns, `scores` as one column a rated row."""
        return self._heads

    @property
    def context(self) -> Context:
        """The session's names, and today."""
        return Context(self.session, self.today)

    def context_of(self, row_id: str) -> Context:
        """The same, with this row."""
        return replace(self.context, row=self.stamp(row_id))

    @property
    def pending(self) -> str:
        """The id of the row that is not in the session yet; empty if there is none."""
        return self._order.pending

    @property
    def total(self) -> int:
        """How many rows the table has, of those that belong here."""
        rows = self.session[self.table]
        return len(rows) if self.only is None else sum(map(self.only, rows))

    def __len__(self) -> int:
        return len(self._order)

    def row_id(self, row: int) -> str:
        """The id of the row at this place of the view."""
        return self._order.row_id(row)

    def index(self, row_id: str) -> int | None:
        """The place of a row in the view, or None."""
        return self._order.index(row_id)

    def stamp(self, row_id: str) -> Row:
        """The row itself: rows are immutable."""
        row = self.session[self.table].get(row_id)
        if row is None:
            if self._new_row is None or row_id != self.pending:
                raise KeyError(row_id)
            return self._new_row
        return row

    def stored_before(self, row_id: str) -> str | None:
        """The id of the row that is stored before this one; None where it is the first."""
        rows = self.session[self.table]
        place = rows.positions.get(row_id, 0)
        return rows[place - 1].id if place else None

    def column(self, row_id: str, index: int) -> Column | None:
        """The table's column; None for the row's number."""
        del row_id
        return self._columns[index - 1] if index else None

    def value(self, row_id: str, index: int) -> Any:
        """The row's value, or its code, or its number where the table has no codes."""
        row = self.stamp(row_id)
        if index:
            return self._columns[index - 1].get(row)
        if row_id == self.pending:
            return "+"
        return row.code or str(self.session[self.table].positions[row_id] + 1)

    def mark(self, row_id: str) -> str:
        """What stands behind the row's code."""
        return self._marks.get(row_id, "")

    def address(self, row_id: str, index: int) -> tuple[str, str]:
        """The row's id and the column's key."""
        return row_id, self._columns[index - 1].key

    def cell_of(self, row_id: str, key: str) -> tuple[str, int] | None:
        """Where a cell of the table stands."""
        for index, column in enumerate(self._columns, 1):
            if column.key == key and self.index(row_id) is not None:
                return row_id, index
        return None

    def preset(self, after: str = "") -> Mapping[str, Any]:
        """What makes a new row belong here, and what it takes over from the row `after`; empty: from that above the new."""
        carried = self._from_above(after) if after else self._carried if self.pending else {}
        return {**carried, **self.presets}

    def _from_above(self, after: str | None) -> dict[str, Any]:
        above = self._row_above(after)
        return {column.key: column.get(above) for column in self.declared.columns if column.carries} if above else {}

    def follow(self, session: Session, change: Change | None = None) -> frozenset[str] | None:
        """Show this session from now on. The rows that look different, or None where everything may."""
        self.session = session
        touched = frozenset[str]() if change is None else change.touched(self.table)
        self._order.follow(session[self.table], touched, self.only or (lambda _: True))
        if change is None:
            self._take_columns()
            self._choose()
            return None
        elsewhere = "*" in self._depends or not self._depends.isdisjoint(change.tables)
        renumbered = not self.declared.codes and any(
            edit.before is None or edit.after is None or edit.before.order != edit.after.order
            for edit in change.edits
            if edit.table == self.table
        )
        marked = self.marks_of(session) != self._marks
        if elsewhere or renumbered or marked or self._digits() > self._number_width:
            self._take_columns()
            return None
        itself = any(self.table in kind.tables for _, kind in self.declared.references)
        return None if itself and touched else touched

    def set_filter(self, text: str) -> None:
        """Show only rows that have every word of `text` in one of their columns or their code."""
        self.filter = text.strip()
        self._choose()

    def set_sort(self, sort: Sort | None) -> None:
        """Sort the view by a column, empty cells last."""
        self.sort = sort
        self._choose()

    def _choose(self) -> None:
        rows: list[Row] = [row for row in self.session[self.table] if self.only is None or self.only(row)]
        words = self.filter.casefold().split()
        if words:
            rows = [row for row in rows if self._has(row, words)]
        if self.sort is not None:
            rows = self._sorted(rows, self.sort)
        whole = self.only is None and not words and self.sort is None
        self._order.choose(None if whole else [row.id for row in rows])

    def _has(self, row: Row, words: list[str]) -> bool:
        known = self._texts.get(row.id)
        if known is None or known[0] is not row:
            text = "\n".join([row.code, *(column.show(row, self.session) for column in self._columns)]).casefold()
            known = self._texts[row.id] = (row, text)
        return all(word in known[1] for word in words)

    def _sorted(self, rows: list[Row], sort: Sort) -> list[Row]:
        if sort.index == 0:
            return rows[::-1] if sort.descending else rows
        column = self._columns[sort.index - 1]
        filled = [row for row in rows if not column.is_empty(row)]
        empty = [row for row in rows if column.is_empty(row)]
        filled.sort(key=lambda row: rank(column.kind, column.get(row), self.session), reverse=sort.descending)
        return filled + empty

    def begin_row(self, row_id: str, after: str | None) -> None:
        """Show an empty row behind `after` that is not in the session yet."""
        self._order.begin(row_id, after)
        self._carried = self._from_above(after)
        self._new_row = self.declared.new(row_id, 0)
        for key, value in self.preset().items():
            self._new_row = self.declared.column(key).put(self._new_row, value)

    def _row_above(self, after: str | None) -> Row | None:
        rows = self.session[self.table]
        return rows[-1] if after is None and rows else rows.get(after or "")

    def fill_row(self, index: int, value: Any) -> None:
        """Fill a cell of the row that is not in the session yet."""
        if self._new_row is not None:
            self._new_row = self._columns[index - 1].put(self._new_row, value)

    def drop_row(self) -> None:
        """Forget the row that is not in the session yet."""
        self._order.drop()


def _head(column: Column) -> Head:
    kind = column.kind
    wraps = kind.name in {"line", "prose", "tags", "ref", "refs"}
    bar = isinstance(kind, Rating) and kind.one_key
    return Head(column.label, column.cells, kind.numeric and not bar, column.required, wraps)
