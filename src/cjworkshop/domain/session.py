"""A workshop session: immutable tables of immutable rows, and look-ups over them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast, overload

from cjworkshop.domain.names import RowNames, row_name
from cjworkshop.domain.text import quoted, shorten
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass

__all__ = ["GAP", "Edits", "Rows", "Session", "row_name"]

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
        return dict(zip([row.id for row in self._rows], range(len(self._rows)), strict=True))

    @cached_property
    def codes(self) -> dict[str, str]:
        """Code → row id, for the rows that have a code; in upper case."""
        return {row.code.upper(): row.id for row in reversed(self._rows) if row.code}

    @cached_property
    def names(self) -> RowNames:
        """What these rows are called. Only where there are rows."""
        return RowNames(self._rows[0].__table__, self)

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
            return self._with_codes(Rows(tuple(rows), positions), edits)
        for index in sorted((positions[row_id] for row_id in edits if row_id in positions), reverse=True):
            del rows[index]
        added = sorted((row for row in edits.values() if row is not None), key=_place)
        if len(added) > 32:
            rows = sorted([*rows, *added], key=_place)
        else:
            for row in added:
                rows.insert(bisect_left(rows, _place(row), key=_place), row)
        return self._with_codes(Rows(tuple(rows)), edits)

    def _with_codes(self, after: Rows, edits: Mapping[str, Row | None]) -> Rows:
        """`after` these edits, with its codes where they are known here and no code was changed, freed or doubled.

        Gathering the codes of 10,000 rows takes longer than all else that adding a row does.
        """
        codes = self.__dict__.get("codes")
        if codes is None:
            return after
        fresh: dict[str, str] = {}
        for row_id, row in edits.items():
            before = self.get(row_id)
            code = row.code.upper() if row is not None else ""
            if row is None or (before is not None and before.code != row.code) or code in fresh:
                return after
            if before is None and code:
                if code in codes:
                    return after
                fresh[code] = row_id
        after.codes = {**codes, **fresh} if fresh else codes
        return after

    def orders(self, index: int, count: int) -> tuple[list[int], dict[str, Row | None]]:
        """`count` values of `order` for rows to stand at `index`, and the rows that must move to make room.

        Mostly no row moves, and at the ends never. Where the gap is used up, just as many rows from `index` on are
        spaced afresh as it takes to make a wide one again.
        """
        if index == 0 and self._rows:
            first = self._rows[0].order
            return [first - GAP * step for step in range(count, 0, -1)], {}
        before = self._rows[index - 1].order if index else 0
        crowd = 0
        while index + crowd < len(self._rows):
            room = self._rows[index + crowd].order - before
            if room > (count + crowd) * (8 if crowd else 1):
                spaced = [before + room * step // (count + crowd + 1) for step in range(1, count + crowd + 1)]
                break
            crowd = crowd * 2 or 1
        else:
            crowd = len(self._rows) - index
            spaced = [before + GAP * step for step in range(1, count + crowd + 1)]
        moving = self._rows[index : index + crowd]
        return spaced[:count], {
            row.id: replace(row, order=order) for row, order in zip(moving, spaced[count:], strict=True)
        }


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
        return replace(self, tables={name: rows for name, rows in tables.items() if rows})

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

    def ids(self, tables: tuple[str, ...]) -> frozenset[str]:
        """The ids of all rows of these tables."""
        return frozenset().union(*(self[name].positions for name in self._named(tables)))

    def members(self, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """(id, label) of each row of these tables, in order."""
        for name in self._named(tables):
            for row in self[name]:
                yield row.id, self[name].names.label(row)

    def label(self, row_id: str) -> str:
        """The row's code and name for people; empty if there is no such row."""
        found = self.find(row_id)
        return self[found[0].name].names.label(found[1]) if found else ""

    def short_label(self, row_id: str) -> str:
        """The row's code alone where its table has codes that are shown, else its name."""
        found = self.find(row_id)
        return self[found[0].name].names.short(found[1]) if found else ""

    def called(self, row_id: str, tables: tuple[str, ...], *, short: bool = False) -> str:
        """The label (or the short one) that `identify` reads back as this row of `tables`; empty if there is none.

        Where the label could be that of a row of another of the tables, the table's noun stands first: `idea: Late`.
        """
        tables = self._named(tables)
        found = self.find(row_id, tables)
        if not found:
            return ""
        names = self[found[0].name].names
        text = names.short(found[1]) if short else names.label(found[1])
        return text if self._exactly(tables, text) == row_id else f"{found[0].noun}: {text}"

    def _exactly(self, tables: tuple[str, ...], text: str) -> str:
        """The id of the row of `tables` whose code or label `text` is, in the first table that has it; empty if none."""
        filled = [self[name].names for name in tables if self[name]]
        noun, parted, rest = text.partition(": ")
        if parted and len(tables) > 1:
            for names in filled:
                if names.table.noun == noun and (row_id := names.exactly(rest)):
                    return row_id
        return next(filter(None, (names.exactly(text) for names in filled)), "")

    def identify(self, tables: tuple[str, ...], text: str) -> str:
        """The id of the one row that `text` means: its code, its label, its name, or a part of its name.

        Raises BadValue where no row or more than one fits.
        """
        if not text:
            raise BadValue("No name was given.", "Type a code or part of a name.")
        anywhere, tables = "*" in tables, self._named(tables)
        if exactly := self._exactly(tables, text):
            return exactly
        wanted = text.casefold()
        candidates = [
            (row.id, label.casefold(), row_name(self.catalogue[name], row).casefold())
            for name in tables
            for row, (_, label) in zip(self[name], self.members((name,)), strict=True)
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
                    f"{quoted(text)} could be {some}{' …' if len(fits) > 4 else ''}.",
                    "Type more of it, or a code.",
                )
        what = "row" if anywhere else " or ".join(self.catalogue[name].noun for name in tables)
        raise BadValue(f"There is no {what} {quoted(text)}.", "Type a code or part of a name.")
