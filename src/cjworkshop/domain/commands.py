"""Commands: the only ways in which a session changes. Each is a value that knows what it would do.

A command does not touch a session: `edits` says which rows stand differently afterwards, and `label` names the
change for undo. New ids come with the command, so that it is the same however often it is asked.
"""

from __future__ import annotations

from dataclasses import field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from cjworkshop.domain.names import clean_code, free_codes
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.references import Reference
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Edits, Rows, Session


class Command(Protocol):
    """What every command can say."""

    def label(self, session: Session) -> str:
        """What it does, in a few words that fit behind "Undid:"."""
        ...

    def edits(self, session: Session) -> Edits:
        """The rows that it changes, as they stand afterwards."""
        ...


@dataclass(frozen=True)
class SetCells:
    """Fill cells of one table with values. `cells` are (row id, column key, value).

    A row id that is not there yet in a `single` table makes its record. `verb` stands first in the label.
    """

    table: str
    cells: tuple[tuple[str, str, Any], ...]
    verb: str = "change"

    def label(self, session: Session) -> str:
        """`change Emotion`, `clear 6 cells`."""
        if len(self.cells) == 1:
            return f"{self.verb} {session.catalogue[self.table].column(self.cells[0][1]).label}"
        return f"{self.verb} {len(self.cells)} cells"

    def edits(self, session: Session) -> Edits:
        """The rows with the new values; rows that are gone meanwhile are passed over."""
        table, rows = session.catalogue[self.table], session[self.table]
        edited: dict[str, Row | None] = {}
        for row_id, key, value in self.cells:
            row = edited.get(row_id) or rows.get(row_id)
            if row is None and table.single and not rows:
                (row,) = _made(table, rows, (NewRow(row_id),), 0)[0]
            if row is not None:
                edited[row_id] = table.column(key).put(row, value)
        return {self.table: {row_id: row for row_id, row in edited.items() if row != rows.get(row_id)}}


@dataclass(frozen=True)
class NewRow:
    """A row to be: its id, the values of its columns by key, and a code if it is to have a certain one."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class AddRows:
    """Put new rows into a table: behind the row `after`, or at its end where `after` is None, or first where ""."""

    table: str
    rows: tuple[NewRow, ...]
    after: str | None = None
    verb: str = "add"

    def label(self, session: Session) -> str:
        """`add 1 touchpoint`."""
        return f"{self.verb} {session.catalogue[self.table].counted(len(self.rows))}"

    def edits(self, session: Session) -> Edits:
        """The new rows with their codes, and any that moved up to make room."""
        table, rows = session.catalogue[self.table], session[self.table]
        index = len(rows) if self.after is None else rows.positions.get(self.after, -1) + 1
        if self.after and self.after not in rows.positions:
            index = len(rows)
        made, moved = _made(table, rows, self.rows, index)
        return {self.table: moved | {row.id: row for row in made}}


def _made(table: Table, rows: Rows, wanted: tuple[NewRow, ...], index: int) -> tuple[list[Row], dict[str, Row | None]]:
    """The new rows with order and code, to stand at `index` of `rows`, and the rows that move to make room."""
    orders, moved = rows.orders(index, len(wanted))
    made = []
    codes = free_codes(table, rows.codes, [row.code for row in wanted])
    for new, order, code in zip(wanted, orders, codes, strict=True):
        row = table.new(new.id, order, code)
        for key, value in new.values.items():
            row = table.column(key).put(row, value)
        made.append(row)
    return made, moved


@dataclass(frozen=True)
class SetCode:
    """Give a row another code."""

    table: str
    row_id: str
    code: str

    def label(self, session: Session) -> str:
        """`change code to A07`."""
        del session
        return f"change code to {clean_code(self.code)}"

    def edits(self, session: Session) -> Edits:
        """The row with its new code; nothing where the code is taken, the same or empty, or rows have none."""
        rows, code = session[self.table], clean_code(self.code)
        row = rows.get(self.row_id)
        taken = rows.codes.get(code.upper(), self.row_id) != self.row_id
        if row is None or taken or not code or row.code == code or not session.catalogue[self.table].codes:
            return {}
        return {self.table: {row.id: replace(row, code=code)}}


@dataclass(frozen=True)
class RemoveRows:
    """Take rows out of a table, and with them what cannot stand without them.

    A row whose required reference points at one of them goes too; any other reference to them is let go.
    """

    table: str
    row_ids: tuple[str, ...]

    def label(self, session: Session) -> str:
        """`remove 3 touchpoints with 2 pains`."""
        edits = self.edits(session)
        removed = {
            name: sum(row is None for row in edits[name].values()) for name in session.catalogue if name in edits
        }
        first = session.catalogue[self.table].counted(removed.pop(self.table, 0))
        others = [session.catalogue[name].counted(number) for name, number in removed.items() if number]
        return f"remove {first}" + (f" with {_listed(others)}" if others else "")

    def consequences(self, session: Session) -> str:
        """What goes with the rows and what loses its reference to them, as one sentence; empty if nothing does."""
        gone, loose = [], []
        edits = self.edits(session)
        for name, table in session.catalogue.items():
            rows = edits.get(name, {})
            removed = sum(
                row is None and not (name == self.table and row_id in self.row_ids) for row_id, row in rows.items()
            )
            kept = sum(row is not None for row in rows.values())
            gone += [table.counted(removed)] if removed else []
            loose += [table.counted(kept)] if kept else []
        parts = [f"{_listed(gone)} went with {'it' if len(self.row_ids) == 1 else 'them'}"] if gone else []
        parts += [f"{_listed(loose)} lost a reference"] if loose else []
        return "; ".join(parts)

    def edits(self, session: Session) -> Edits:
        """The removed rows as None, and the rows that lose a reference."""
        gone = {row_id: self.table for row_id in self.row_ids if row_id in session[self.table].positions}
        edits: dict[str, dict[str, Row | None]] = {self.table: dict.fromkeys(gone)} if gone else {}
        fresh = set(gone)
        while fresh:
            dragged = set()
            for name, row, column, kind in _pointing_at(session, gone, fresh):
                current = edits.get(name, {}).get(row.id, row)
                if current is None:
                    continue
                rest = kind.without(column.get(current), gone.__contains__)
                keeps = not column.required or rest != kind.empty
                edits.setdefault(name, {})[row.id] = column.put(current, rest) if keeps else None
                if not keeps:
                    dragged.add((name, row.id))
            gone |= {row_id: name for name, row_id in dragged}
            fresh = {row_id for _, row_id in dragged}
        return edits


def _pointing_at(
    session: Session, gone: Mapping[str, str], fresh: set[str]
) -> Iterable[tuple[str, Row, Column, Reference[Any]]]:
    """Every row that points at one of the `fresh` rows, with the column that does. `gone` is row id → table."""
    tables = {gone[row_id] for row_id in fresh}
    for name, rows in session.tables.items():
        for column, kind in session.catalogue[name].references:
            if any(kind.may_point_into(table) for table in tables):
                value = attrgetter(column.attribute)
                for row in [row for row in rows if not fresh.isdisjoint(kind.targets(value(row)))]:
                    yield name, row, column, kind


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


@dataclass(frozen=True)
class MoveRows:
    """Move rows, together and in their order, behind the row `after` (None: to the front)."""

    table: str
    row_ids: tuple[str, ...]
    after: str | None

    def label(self, session: Session) -> str:
        """`move 2 stages`."""
        return f"move {session.catalogue[self.table].counted(len(self.row_ids))}"

    def edits(self, session: Session) -> Edits:
        """The moved rows with their new order; nothing where they stand there already, or `after` is not there."""
        rows, wanted = session[self.table], set(self.row_ids)
        moving = [row for row in rows if row.id in wanted]
        rest = rows.edited(dict.fromkeys(row.id for row in moving))
        if self.after is not None and self.after not in rest.positions:
            return {}
        index = 0 if self.after is None else rest.positions[self.after] + 1
        if rows[:] == (*rest[:index], *moving, *rest[index:]):
            return {}
        orders, spread = rest.orders(index, len(moving))
        moved: dict[str, Row | None] = {
            row.id: replace(row, order=order) for row, order in zip(moving, orders, strict=True)
        }
        return {self.table: spread | moved}


@dataclass(frozen=True)
class DuplicateRows:
    """Copy rows to just behind the last of them. `copies` are (id of the original, id of the copy)."""

    table: str
    copies: tuple[tuple[str, str], ...]

    def label(self, session: Session) -> str:
        """`duplicate 1 pain`."""
        return f"duplicate {session.catalogue[self.table].counted(len(self.copies))}"

    def edits(self, session: Session) -> Edits:
        """The copies in the order of the table, with codes of their own; originals that are gone are passed over."""
        rows, columns = session[self.table], session.catalogue[self.table].columns
        copy_of = dict(self.copies)
        originals = [row for row in rows if row.id in copy_of]
        new = (NewRow(copy_of[row.id], {column.name: column.get(row) for column in columns}) for row in originals)
        return AddRows(self.table, tuple(new), after=originals[-1].id).edits(session) if originals else {}


@dataclass(frozen=True)
class Together:
    """Several commands as one change, each seeing what those before it did."""

    commands: tuple[Command, ...]
    name: str

    def label(self, session: Session) -> str:
        """As given."""
        del session
        return self.name

    def edits(self, session: Session) -> Edits:
        """All edits, the later over the earlier."""
        merged: dict[str, dict[str, Row | None]] = {}
        for command in self.commands:
            edits = command.edits(session)
            session = session.edited(edits)
            for name, rows in edits.items():
                merged.setdefault(name, {}).update(rows)
        return merged


@dataclass(frozen=True)
class ReplaceTables:
    """Make tables hold exactly these rows: a restore, an import, a template."""

    tables: Mapping[str, Iterable[Row]]
    name: str

    def label(self, session: Session) -> str:
        """As given."""
        del session
        return self.name

    def edits(self, session: Session) -> Edits:
        """The rows that differ from what stands there."""
        edits: dict[str, dict[str, Row | None]] = {}
        for name, wanted in self.tables.items():
            rows = session[name]
            after: dict[str, Row | None] = {row.id: row for row in wanted}
            changed = {row_id: row for row_id, row in after.items() if rows.get(row_id) != row}
            edits[name] = dict.fromkeys(row.id for row in rows if row.id not in after) | changed
        return edits
