"""What a grid shows: rows in view order and columns, taken from a session. The grid knows no more than `GridModel`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from cjworkshop.domain.kinds import Choice, Context, Kind, Names
from cjworkshop.domain.references import Reference

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Rows, Session
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


class GridModel(Protocol):
    """What a grid asks of its model. Rows go by view row ids, columns by their index in `heads`.

    `table` is the name of the table that cells belong to. `first` is the first column that the cursor may stand in,
    `frozen` the number of columns that stay when the others scroll, `naming` the column that names a row. `grows`
    says that rows can be added, moved and removed. `total` counts the rows without the filter.
    """

    table: str
    title: str
    invitation: str
    grows: bool
    first: int
    frozen: int
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

    def begin_row(self, row_id: str, after: str | None) -> None:
        """Show an empty row behind `after` (None: at the end, "": first) that is not in the session yet."""
        ...

    def fill_row(self, index: int, value: Any) -> None:
        """Fill a cell of the row that is not in the session yet."""
        ...

    def drop_row(self) -> None:
        """Forget the row that is not in the session yet."""
        ...

    def preset(self) -> Mapping[str, Any]:
        """The values that a new row starts with, by column key."""
        ...


class View:
    """The order of a table's rows on screen: all of them as stored, or some of them sorted; and one row to be."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.pending = ""
        self._pending_at = 0
        self._chosen: list[str] | None = None
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return self._count() + bool(self.pending)

    def _count(self) -> int:
        return len(self.rows) if self._chosen is None else len(self._chosen)

    def row_id(self, place: int) -> str:
        """The id at this place."""
        if self.pending:
            if place == self._pending_at:
                return self.pending
            place -= place > self._pending_at
        return self.rows[place].id if self._chosen is None else self._chosen[place]

    def index(self, row_id: str) -> int | None:
        """The place of this id."""
        if self.pending and row_id == self.pending:
            return self._pending_at
        place = (self.rows.positions if self._chosen is None else self._places).get(row_id)
        return place if place is None or not self.pending or place < self._pending_at else place + 1

    def begin(self, row_id: str, after: str | None) -> None:
        """Put a row to be behind the row `after`; at the end where that is None, first where it is empty."""
        self.drop()
        place = self.index(after) if after else None
        self._pending_at = place + 1 if place is not None else 0 if after == "" else self._count()
        self.pending = row_id

    def drop(self) -> None:
        """Forget the row to be."""
        self.pending = ""

    def choose(self, chosen: list[str] | None) -> None:
        """Show these rows in this order; all as stored where it is None."""
        self._chosen = chosen
        self._places = {row_id: place for place, row_id in enumerate(chosen or ())}

    def follow(self, rows: Rows, touched: Iterable[str], wanted: Callable[[Row], bool]) -> None:
        """Show these rows from now on. Rows keep their places; a new one stands behind its neighbour."""
        self.rows = rows
        at = self._pending_at
        if self.pending in rows.positions:
            self.drop()
        if self._chosen is None:
            return
        chosen = [row_id for row_id in self._chosen if row_id in rows.positions]
        places = set(chosen)
        fresh = [row_id for row_id in touched if row_id in rows.positions and row_id not in places]
        for row_id in sorted(fresh, key=rows.positions.__getitem__):
            place = rows.positions[row_id]
            if wanted(rows[place]):
                before = rows[place - 1].id if place else ""
                chosen.insert(chosen.index(before) + 1 if before in places else min(at, len(chosen)), row_id)
                places.add(row_id)
        self.choose(chosen)


@dataclass(eq=False)
class TableModel:
    """A table of a session as a grid.

    `today` is for reading dates. `only` keeps rows of one kind in view, such as the blocks of one step's agenda, and
    `presets` are the values that new rows get so that they belong to them.
    """

    session: Session
    table: str
    today: dt.date
    only: Callable[[Row], bool] | None = None
    presets: Mapping[str, Any] = field(default_factory=dict)
    grows: bool = field(default=True, init=False)
    first: int = field(default=1, init=False)
    filter: str = field(default="", init=False)
    sort: Sort | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.declared: Table = self.session.catalogue[self.table]
        self.title = self.declared.title
        self.invitation = self.declared.invitation or f"No {self.declared.nouns} yet. Type the first one."
        self._depends = {name for column, kind in self.declared.references for name in kind.tables} - {self.table}
        self._view = View(self.session[self.table])
        self._new_row: Row | None = None
        self._take_columns()
        self._choose()

    def _take_columns(self) -> None:
        self._columns = self.session.columns(self.table)
        digits = len(str(max(len(self.session[self.table]), 99)))
        number = Head("#", max(digits, len(self.declared.codes) + self.declared.digits), right=not self.declared.codes)
        self._heads = (number, *map(_head, self._columns))
        names = [column.key for column in self._columns]
        self.naming = names.index(self.declared.named_by) + 1 if self.declared.named_by in names else 1
        self.frozen = self.naming + 1 if self.naming <= 2 else 2

    @property
    def heads(self) -> Sequence[Head]:
        """The number or code, then the table's columns, `scores` as one column a rated row."""
        return self._heads

    @property
    def context(self) -> Context:
        """The session's names, and today."""
        return Context(self.session, self.today)

    @property
    def pending(self) -> str:
        """The id of the row that is not in the session yet; empty if there is none."""
        return self._view.pending

    @property
    def total(self) -> int:
        """How many rows the table has, of those that belong here."""
        rows = self.session[self.table]
        return len(rows) if self.only is None else sum(map(self.only, rows))

    def __len__(self) -> int:
        return len(self._view)

    def row_id(self, row: int) -> str:
        """The id of the row at this place of the view."""
        return self._view.row_id(row)

    def index(self, row_id: str) -> int | None:
        """The place of a row in the view, or None."""
        return self._view.index(row_id)

    def stamp(self, row_id: str) -> Row:
        """The row itself: rows are immutable."""
        row = self.session[self.table].get(row_id)
        if row is None:
            if self._new_row is None or row_id != self.pending:
                raise KeyError(row_id)
            return self._new_row
        return row

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

    def address(self, row_id: str, index: int) -> tuple[str, str]:
        """The row's id and the column's key."""
        return row_id, self._columns[index - 1].key

    def cell_of(self, row_id: str, key: str) -> tuple[str, int] | None:
        """Where a cell of the table stands."""
        for index, column in enumerate(self._columns, 1):
            if column.key == key and self.index(row_id) is not None:
                return row_id, index
        return None

    def preset(self) -> Mapping[str, Any]:
        """What makes a new row belong here."""
        return self.presets

    def follow(self, session: Session, change: Change | None = None) -> frozenset[str] | None:
        """Show this session from now on. The rows that look different, or None where everything may."""
        self.session = session
        touched = frozenset(row.id for row in session[self.table]) if change is None else change.touched(self.table)
        self._view.follow(session[self.table], touched, self.only or (lambda _: True))
        elsewhere = change is None or "*" in self._depends or not self._depends.isdisjoint(change.tables)
        itself = any(self.table in kind.tables for _, kind in self.declared.references)
        if elsewhere:
            self._take_columns()
        return None if elsewhere or (itself and touched) else touched

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
        self._view.choose(None if whole else [row.id for row in rows])

    def _has(self, row: Row, words: list[str]) -> bool:
        text = "\n".join([row.code, *(column.show(row, self.session) for column in self._columns)]).casefold()
        return all(word in text for word in words)

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
        new = self.declared.new(row_id, 0)
        for key, value in self.presets.items():
            new = self.declared.column(key).put(new, value)
        self._new_row = new
        self._view.begin(row_id, after)

    def fill_row(self, index: int, value: Any) -> None:
        """Fill a cell of the row that is not in the session yet."""
        if self._new_row is not None:
            self._new_row = self._columns[index - 1].put(self._new_row, value)

    def drop_row(self) -> None:
        """Forget the row that is not in the session yet."""
        self._view.drop()


def _head(column: Column) -> Head:
    kind = column.kind
    wraps = kind.name in {"line", "prose", "tags", "ref", "refs"}
    return Head(column.label, column.cells, kind.numeric, column.required, wraps)


def rank(kind: Kind[Any], value: Any, session: Session) -> Any:
    """What a filled value is sorted by: references as their rows stand, choices as they are listed, texts by letter."""
    if isinstance(kind, Reference):
        found = [session.find(row_id) for row_id in kind.targets(value)]
        names = list(session.catalogue)
        return [(names.index(table.name), row.order, row.id) for table, row in filter(None, found)]
    if isinstance(kind, Choice):
        return kind.choices.index(value)
    return value.casefold() if isinstance(value, str) else value


@dataclass(eq=False)
class FormModel:
    """The one record of a `single` table as a grid: a row for each column, its label and its value.

    `new_id` is the id that the record gets when its first cell is filled.
    """

    session: Session
    table: str
    today: dt.date
    new_id: str
    grows: bool = field(default=False, init=False)
    first: int = field(default=1, init=False)
    frozen: int = field(default=1, init=False)
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
        self._heads = (Head("", min(width + 1, 26)), Head("", 60, wraps=True))
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

    def address(self, row_id: str, index: int) -> tuple[str, str]:
        """The record's id and the column's key."""
        del index
        return self._record.id, row_id

    def cell_of(self, row_id: str, key: str) -> tuple[str, int] | None:
        """Where a cell of the record stands."""
        return (key, 1) if row_id == self._record.id and key in self._shown else None

    def preset(self) -> Mapping[str, Any]:
        """Nothing: the record is one."""
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

    def begin_row(self, row_id: str, after: str | None) -> None:
        """A form has no new rows."""
        raise NotImplementedError

    def fill_row(self, index: int, value: Any) -> None:
        """A form has no new rows."""
        raise NotImplementedError

    def drop_row(self) -> None:
        """A form has no new rows."""


def shown(column: Column, value: Any, names: Names) -> str:
    """A value as text that its column reads back: what an editor opens with and what a copy carries."""
    return column.kind.show(value, names) if value != column.kind.empty else ""
