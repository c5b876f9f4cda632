"""A workshop session: immutable tables of immutable rows, and look-ups over them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast, overload

from cjworkshop.domain.text import shorten
from cjworkshop.errors import BadValue

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue, Row, Table

GAP = 1024
"""Distance between the `order` of neighbouring rows when a table is written afresh."""

Edits: TypeAlias = "Mapping[str, Mapping[str, Row | None]]"
"""What a change leaves behind: for each table and row id, the row afterwards, or None where it is gone."""

RowType = TypeVar("RowType", bound="Row")


def _place(row: Row) -> tuple[int, str]:
    return row.order, row.id


class Rows(Sequence["Row"]):
    """The rows of one table in their order, with look-up by id. Immutable."""

    def __init__(self, rows: tuple[Row, ...] = (), positions: dict[str, int] | None = None) -> None:
        self._rows = rows
        if positions is not None:
            self.positions = positions

    @cached_property
    def positions(self) -> dict[str, int]:
        """Row id → index."""
        return {row.id: index for index, row in enumerate(self._rows)}

    @cached_property
    def codes(self) -> dict[str, str]:
        """Code → row id, for the rows that have a code; in upper case."""
        return {row.code.upper(): row.id for row in reversed(self._rows) if row.code}

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]  # rows may hold unknown fields, which are not hashable

    def get(self, row_id: str) -> Row | None:
        """The row with this id, or None."""
        index = self.positions.get(row_id)
        return None if index is None else self._rows[index]

    def edited(self, edits: Mapping[str, Row | None]) -> Rows:
        """These rows with some of them replaced, added or taken away."""
        positions = self.positions
        in_place = all(
            row is not None and row_id in positions and self._rows[positions[row_id]].order == row.order
            for row_id, row in edits.items()
        )
        rows = list(self._rows)
        if in_place:
            for row_id, row in edits.items():
                rows[positions[row_id]] = cast("Row", row)
            return Rows(tuple(rows), positions)
        for index in sorted((positions[row_id] for row_id in edits if row_id in positions), reverse=True):
            del rows[index]
        added = sorted((row for row in edits.values() if row is not None), key=_place)
        if len(added) > 32:
            rows = sorted([*rows, *added], key=_place)
        else:
            for row in added:
                rows.insert(bisect_left(rows, _place(row), key=_place), row)
        return Rows(tuple(rows))

    def orders(self, index: int, count: int) -> tuple[list[int], dict[str, Row | None]]:
        """`count` values of `order` for rows to stand at `index`, and the rows that must move to make room.

        Mostly no row moves. Where the gap is used up, the rows from `index` on are spaced afresh.
        """
        before = self._rows[index - 1].order if index else 0
        if index == len(self._rows):
            return [before + GAP * step for step in range(1, count + 1)], {}
        room = self._rows[index].order - before
        if room > count:
            return [before + room * step // (count + 1) for step in range(1, count + 1)], {}
        start = before + GAP * (count + 1)
        moved = {row.id: replace(row, order=start + GAP * step) for step, row in enumerate(self._rows[index:])}
        return [before + GAP * step for step in range(1, count + 1)], dict(moved)


_NO_ROWS = Rows()


@dataclass(frozen=True)
class Session:
    """All that a workshop session holds. Immutable: `edited` gives the next one and shares what did not change.

    `unknown` keeps whole tables that this version does not know, as they were read. `quarantine` keeps what could
    not be read as it should be: dicts with `table`, `document`, `reason`.
    """

    catalogue: Catalogue
    tables: Mapping[str, Rows] = field(default_factory=dict)
    unknown: Mapping[str, Json] = field(default_factory=dict)
    quarantine: tuple[Mapping[str, Json], ...] = ()

    def __getitem__(self, name: str) -> Rows:
        """The rows of the table with this name; KeyError if the catalogue has no such table."""
        return self.tables.get(name) or (_NO_ROWS if name in self.catalogue else self.tables[name])

    def rows(self, row_type: type[RowType]) -> tuple[RowType, ...]:
        """The rows of this type, in order."""
        return cast("tuple[RowType, ...]", self[row_type.__table__.name][:])

    def record(self, row_type: type[RowType]) -> RowType:
        """The one record of a `single` table; an empty one with id "" where nothing is filled in yet."""
        rows = self.rows(row_type)
        return rows[0] if rows else cast("RowType", row_type.__table__.new("", 0))

    def find(self, row_id: str, tables: Iterable[str] | None = None) -> tuple[Table, Row] | None:
        """The row with this id and its table, in any of `tables` (default: all), or None."""
        for name in self.tables if tables is None else tables:
            row = self[name].get(row_id)
            if row is not None:
                return self.catalogue[name], row
        return None

    def get(self, row_type: type[RowType], row_id: str) -> RowType | None:
        """The row of this type with this id, or None."""
        return cast("RowType | None", self[row_type.__table__.name].get(row_id))

    def edited(self, edits: Edits) -> Session:
        """This session with some rows replaced, added or taken away."""
        tables = dict(self.tables)
        for name, rows in edits.items():
            tables[name] = self[name].edited(rows)
        return replace(self, tables=tables)

    def columns(self, table_name: str) -> tuple[Column, ...]:
        """The columns of a table as a grid or a sheet shows them: `scores` become one column a rated row."""
        return tuple(part for column in self.catalogue[table_name].columns for part in column.expand(self))

    def _named(self, tables: tuple[str, ...]) -> tuple[str, ...]:
        """`tables`, or every table with rows where one of them is `*`."""
        return tuple(self.tables) if "*" in tables else tables

    # What kinds of column ask: the protocol `kinds.Names`.

    def exists(self, tables: tuple[str, ...], row_id: str) -> bool:
        """Whether one of these tables has that row."""
        return any(row_id in self[name].positions for name in self._named(tables))

    def members(self, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """(id, label) of each row of these tables, in order."""
        for name in self._named(tables):
            for row in self[name]:
                yield row.id, self._label(self.catalogue[name], row)

    def label(self, row_id: str) -> str:
        """The row's code and name for people; empty if there is no such row."""
        found = self.find(row_id)
        return self._label(*found) if found else ""

    def short_label(self, row_id: str) -> str:
        """The row's code alone where its table has codes that are shown, else its name."""
        found = self.find(row_id)
        if found and found[0].codes and not found[0].plain_name:
            return found[1].code
        return self._label(*found) if found else ""

    def _label(self, table: Table, row: Row) -> str:
        name = row_name(table, row)
        if not table.codes:
            return name or f"({table.noun} without a name)"
        if table.plain_name and name and self._once(table, name):
            return name
        return f"{row.code} {name}".strip()

    def _once(self, table: Table, name: str) -> bool:
        return sum(row_name(table, row) == name for row in self[table.name]) == 1

    def identify(self, tables: tuple[str, ...], text: str) -> str:
        """The id of the one row that `text` means: its code, its label, its name, or a part of its name.

        Raises BadValue where no row or more than one fits.
        """
        if not text:
            raise BadValue("No name was given.", "Type a code or part of a name.")
        tables = self._named(tables)
        for name in tables:
            codes = self[name].codes
            for typed in (text, text.split(maxsplit=1)[0]):
                if typed.upper() in codes and (typed == text or self.label(codes[typed.upper()]) == text):
                    return codes[typed.upper()]
        wanted = text.casefold()
        candidates = [
            (row.id, label.casefold(), row_name(self.catalogue[name], row).casefold())
            for name in tables
            for row, label in zip(self[name], (label for _, label in self.members((name,))), strict=True)
        ]
        for fits in (
            [row_id for row_id, label, name in candidates if wanted in (label, name)],
            [row_id for row_id, label, name in candidates if label.startswith(wanted) or name.startswith(wanted)],
            [row_id for row_id, label, _ in candidates if wanted in label],
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                some = ", ".join(shorten(self.label(row_id), 30) for row_id in fits[:4])
                raise BadValue(
                    f"{shorten(text, 40)!r} could be {some}{' …' if len(fits) > 4 else ''}.",
                    "Type more of it, or a code.",
                )
        titles = " or ".join(self.catalogue[name].noun for name in tables)
        raise BadValue(f"There is no {titles} {shorten(text, 40)!r}.", "Type a code or part of a name.")


def row_name(table: Table, row: Row) -> str:
    """What a row is called: the first line of its naming column, shortened."""
    return shorten(str(table.column(table.named_by).get(row)), 60) if table.named_by else ""
