"""An import into a session that is there: what would change, and the one command that does it.

Rows are the same where their ids are. A merge adds and changes rows and removes none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.commands import ReplaceTables
from cjworkshop.domain.names import free_codes
from cjworkshop.domain.records import META, Record, session_of, tables_of
from cjworkshop.domain.text import clean_line
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Table
    from cjworkshop.domain.session import Session
    from cjworkshop.imports.json import Incoming

_NOTHING: tuple[Json, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class TableChange:
    """What a merge does to one table: how many rows are new, changed, and the same as before."""

    table: Table
    new: int
    changed: int
    same: int

    def __str__(self) -> str:
        parts = {"new": self.new, "changed": self.changed, "as before": self.same}
        told = ", ".join(f"{number} {what}" for what, number in parts.items() if number)
        return f"{self.table.title}: {told or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Merge:
    """What would change, the one command that does it, and what of the file cannot be taken in, with the reason."""

    changes: tuple[TableChange, ...]
    command: ReplaceTables
    refused: tuple[str, ...]

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to do."""
        return any(change.new or change.changed for change in self.changes)


def merge(session: Session, incoming: Incoming, name: str, new_id: Callable[[], str]) -> Merge:
    """How `session` would take in what the file `name` brings; nothing is changed yet.

    A row whose id is there changes that row, any other is new; records without an id get one. Of a table with a single
    record, the filled cells go into the record that is there, but `_meta` only into the very same record.
    """
    unknown = [name for name in (*incoming.tables, *incoming.unknown) if name not in session.catalogue]
    refused = [f"{table}: this version knows no such table." for table in unknown]
    records = {table: {record["id"]: record for record in rows} for table, rows in tables_of(session).items()}
    touched = [table for table in incoming.tables if table in session.catalogue]
    for table in touched:
        fresh = list(_identified(session, table, incoming.tables[table], refused, new_id))
        there = records.setdefault(table, {})
        if session.catalogue[table].single:
            fresh = _of_single(table, there, fresh)
        _put(session.catalogue[table], there, fresh, incoming.left_out.get(table, frozenset()))
    merged = session_of(session.catalogue, {table: list(rows.items()) for table, rows in records.items()})
    refused += [f"{misfit['table']}: {misfit['reason']}" for misfit in merged.quarantine]
    command = ReplaceTables({table: merged[table] for table in touched}, f"import {name}")
    return Merge(tuple(_change(session, merged, table) for table in touched), command, tuple(refused))


def _identified(
    session: Session, table: str, records: Iterable[Json], refused: list[str], new_id: Callable[[], str]
) -> Iterable[Record]:
    """The records that can be rows of this table, each with an id; the others are noted in `refused`."""
    others = [name for name in session.catalogue if name != table]
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            refused.append(f"{table}: entry {number} is not a record.")
        elif not record.get("id"):
            yield {**record, "id": new_id()}
        elif not isinstance(record["id"], str) or not clean_line(record["id"]):
            refused.append(f"{table}: entry {number} has no text as its id.")
        elif session.exists(tuple(others), clean_line(record["id"])):
            refused.append(f"{table}: entry {number} has the id of a row in another table.")
        else:
            yield {**record, "id": clean_line(record["id"])}


def _of_single(table: str, there: dict[str, Record], fresh: list[Record]) -> list[Record]:
    """The record of a single table as it is to be: what stands there, with the filled cells of what comes."""
    if not there or not fresh or fresh[0]["id"] in there:
        return fresh[:1]
    if table == META:
        return []
    (before,) = list(there.values())[:1]
    filled = {field: value for field, value in fresh[0].items() if value not in _NOTHING}
    return [{**before, **filled, "id": before["id"], "order": before["order"]}]


def _put(table: Table, there: dict[str, Record], fresh: list[Record], left_out: frozenset[str]) -> None:
    """Put records among those that are there. What the file says nothing about stays as it is.

    Where none of them was there before they come from elsewhere and go behind what is there, in their own order.
    """
    known = {"id", "order", "code", *(column.name for column in table.columns)} - left_out
    akin = any(record["id"] in there for record in fresh)
    last = max((record["order"] for record in there.values()), default=0)
    for number, record in enumerate(fresh, 1):
        before = there.get(record["id"], {})
        kept = {field: value for field, value in before.items() if field not in known}
        said = {field: value for field, value in record.items() if field not in left_out}
        order = record.get("order", before.get("order", last + number))
        if isinstance(order, int) and not akin:
            order += last
        code = {"code": record.get("code") or before.get("code")} if table.codes else {}
        there[record["id"]] = {**kept, **said, **code, "order": order}
    _give_codes(table, there, {record["id"] for record in fresh})


def _give_codes(table: Table, there: dict[str, Record], fresh: set[str]) -> None:
    """See that no fresh record has the code of another row."""
    if not table.codes:
        return
    taken = [record["code"].upper() for row_id, record in there.items() if row_id not in fresh]
    records = [record for row_id, record in there.items() if row_id in fresh]
    wanted = [record["code"] if isinstance(record.get("code"), str) else "" for record in records]
    for record, code in zip(records, free_codes(table, taken, wanted), strict=True):
        record["code"] = code


def _change(session: Session, merged: Session, table: str) -> TableChange:
    before = session[table]
    new = sum(row.id not in before.positions for row in merged[table])
    same = sum(before.get(row.id) == row for row in merged[table])
    return TableChange(session.catalogue[table], new, len(merged[table]) - new - same, same)
