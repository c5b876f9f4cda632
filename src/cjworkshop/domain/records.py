"""Session ↔ plain dicts, by the columns. What storage, JSON export and import all use.

A record is a dict with `id`, `order`, `code` where the table has codes, and one key a column. A column whose value
and default are both empty is left out. Reading is lenient: what does not fit is set aside with its reason, never
dropped.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.names import clean_code, free_codes
from cjworkshop.domain.session import GAP, Rows, Session
from cjworkshop.domain.text import clean_line
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue, Row, Table

Record = dict[str, Any]

FORMAT = "cjworkshop/session"
"""What a session file and an export of one call themselves."""

SCHEMA = 1
"""The version of that format that this program writes."""

META = "_meta"
"""The table whose one record says what the session is called."""

LARGEST_ORDER = 2**53
"""Farthest from zero that the order of a row may be: beyond it, other programs round."""

QUARANTINE = "_quarantine"
"""The table that keeps what could not be read as it should be."""


def record_of(row: Row) -> Record:
    """The row as a plain dict of JSON values."""
    table = row.__table__
    record: Record = {"id": row.id, "order": row.order}
    if table.codes:
        record["code"] = row.code
    for column in table.columns:
        value = column.get(row)
        if value != column.kind.empty or column.default != column.kind.empty:
            record[column.name] = column.kind.dump(value)
    return record | dict(row.extra)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A record, or one value of it, that could not be read as it should be."""

    table: str
    document: Json
    reason: str

    def as_record(self) -> Record:
        """As it is kept in the quarantine table."""
        return {"table": self.table, "document": self.document, "reason": self.reason}


def row_of(
    table: Table, record: Json, *, fallback_id: str = "", fallback_order: int = 0
) -> tuple[Row | None, list[Misfit]]:
    """The row that a record describes, and what of it did not fit.

    A value that its column refuses leaves that cell empty and the row stands; a record that is no dict or has
    neither id nor `fallback_id` gives no row. Missing fields get their defaults, unknown ones are kept in `extra`.
    Whether the id and the code are those of this row alone is for `session_of` to see.
    """
    if not isinstance(record, dict):
        return None, [Misfit(table.name, record, "It is not a record.")]
    row_id = record.get("id", fallback_id)
    if not isinstance(row_id, str) or not (row_id := clean_line(row_id)):
        return None, [Misfit(table.name, record, "It has no id.")]
    values: Record = {}
    misfits = []
    for column in table.columns:
        if column.name not in record:
            continue
        try:
            values[column.attribute] = column.kind.load(record[column.name])
        except BadValue as problem:
            values[column.attribute] = column.kind.empty
            misfits.append(Misfit(table.name, record, f"{column.label}: {problem.message}"))
    order, code = record.get("order", fallback_order), record.get("code", "")
    if type(order) is not int or not -LARGEST_ORDER <= order <= LARGEST_ORDER:
        order = fallback_order
    if table.codes:
        values["code"] = clean_code(code) if isinstance(code, str) else ""
    if not table.fields.issuperset(record):
        values["extra"] = {key: value for key, value in record.items() if key not in table.fields}
    return table.row_type(id=row_id, order=order, **values), misfits


def tables_of(session: Session, names: Iterable[str] | None = None) -> dict[str, list[Record]]:
    """Every table that has rows (or those named) as lists of records."""
    wanted = session.catalogue if names is None else names
    return {name: [record_of(row) for row in session[name]] for name in wanted if session[name] or names is not None}


def session_of(catalogue: Catalogue, tables: Mapping[str, Iterable[tuple[str, Json]]]) -> Session:
    """A session from (key, record) pairs for each table; the key names a record that has no id of its own.

    Tables that the catalogue does not know are kept as they are in `unknown`; misfits, rows whose id is taken, and
    references to rows that do not exist go to `quarantine`. A row whose code is missing or taken gets the next free
    one.
    """
    misfits: list[Misfit] = []
    rows: dict[str, Rows] = {}
    taken: set[str] = set()
    unknown: dict[str, Json] = {}
    quarantine: list[Record] = []
    for name, records in tables.items():
        if name == QUARANTINE:
            quarantine += [
                record if isinstance(record, dict) else Misfit(name, record, "It is not a record.").as_record()
                for _, record in records
            ]
        elif name in catalogue:
            read = _read_table(catalogue[name], records, taken, misfits)
            rows |= {name: read} if read else {}
        else:
            unknown[name] = dict(records)
    session = _without_dangling(Session(catalogue, rows, unknown), misfits)
    known = quarantine + [fresh for misfit in misfits if (fresh := misfit.as_record()) not in quarantine]
    return Session(catalogue, session.tables, unknown, tuple(known))


def _read_table(table: Table, records: Iterable[tuple[str, Json]], taken: set[str], misfits: list[Misfit]) -> Rows:
    read: list[Row] = []
    last = 0
    for key, record in records:
        row, problems = row_of(table, record, fallback_id=f"{table.name}-{key}", fallback_order=last + GAP)
        misfits += problems
        if row is None:
            continue
        if row.id in taken:
            misfits.append(Misfit(table.name, record, f"Another row has the id {row.id}."))
            continue
        taken.add(row.id)
        last = max(last, row.order)
        read.append(row)
    read.sort(key=lambda row: (row.order, row.id))
    return Rows(_with_codes(table, read, misfits))


def _with_codes(table: Table, rows: list[Row], misfits: list[Misfit]) -> tuple[Row, ...]:
    """The rows, each with a code of its own; a code that an earlier row has is noted."""
    codes = free_codes(table, (), [row.code for row in rows])
    if table.codes:
        misfits += [
            Misfit(table.name, record_of(row), f"Another row has the code {row.code}.")
            for row, code in zip(rows, codes, strict=True)
            if row.code and row.code != code
        ]
    return tuple(row if row.code == code else replace(row, code=code) for row, code in zip(rows, codes, strict=True))


def _without_dangling(session: Session, misfits: list[Misfit]) -> Session:
    """`session` with each reference to a row that does not exist taken out and noted."""
    edits: dict[str, dict[str, Row | None]] = {}
    for name, rows in session.tables.items():
        for column, kind in session.catalogue[name].references:
            ids = session.ids(kind.tables)
            for row, value in zip(rows, map(attrgetter(column.attribute), rows), strict=True):
                if not value or ids.issuperset(kind.targets(value)):
                    continue
                current = edits.get(name, {}).get(row.id) or row
                misfits.append(Misfit(name, record_of(current), f"{column.label} points at a row that does not exist."))
                gone = set(kind.targets(value)) - ids
                edits.setdefault(name, {})[row.id] = column.put(current, kind.without(value, gone.__contains__))
    return session.edited(edits) if edits else session
