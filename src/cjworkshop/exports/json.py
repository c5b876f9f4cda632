"""JSON of a session: its records table by table, as they stand in the session file. It can be imported again.

    {"format": "cjworkshop/session", "schema": 1, "app": …, "left_out": {table: [column, …]},
     "session": {the record of `_meta`}, "tables": {table: [record, …]}}

With names it is the whole session, also what this version of the program does not know (`unknown`, `quarantine`).
Without them private columns stay out, and with them everything of which nobody knows whether it is private.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import orjson

from cjworkshop import __version__
from cjworkshop.domain.records import FORMAT, META, SCHEMA, record_of, tables_of

if TYPE_CHECKING:
    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Session
    from cjworkshop.exports.request import Request


def render(session: Session, request: Request) -> bytes:
    """The whole session, or one table of it, as UTF-8 JSON with two spaces of indent."""
    names = [request.table] if request.table else [name for name in session.catalogue if session[name]]
    exported: dict[str, Json] = {"format": FORMAT, "schema": SCHEMA, "app": __version__}
    if request.names:
        tables = tables_of(session, names)
        unknown, quarantine = dict(session.unknown), [dict(misfit) for misfit in session.quarantine]
    else:
        tables = {name: [_public(session.catalogue[name], row) for row in session[name]] for name in names}
        exported["left_out"] = _private(session, names)
        unknown, quarantine = {}, []
    about = tables.pop(META, None)
    exported |= {"session": about[0]} if about else {}
    exported["tables"] = tables
    if not request.table:
        exported |= {"unknown": unknown} if unknown else {}
        exported |= {"quarantine": quarantine} if quarantine else {}
    return as_json(exported)


def _private(session: Session, names: list[str]) -> dict[str, list[str]]:
    """The private columns of these tables, by table."""
    columns = {name: [column.name for column in session.catalogue[name].columns if column.private] for name in names}
    return {name: private for name, private in columns.items() if private}


def _public(table: Table, row: Row) -> dict[str, Json]:
    """The record without private columns and without fields that nobody here knows."""
    known = {"id", "order", "code", *(column.name for column in table.columns if not column.private)}
    return {name: value for name, value in record_of(row).items() if name in known}


def as_json(value: Json) -> bytes:
    """`value` as indented JSON that every reader takes: no NaN, no lone surrogates but as escapes."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # what only the standard library writes: lone surrogates, integers beyond 64 bits, deep nesting
        return json.dumps(_finite(value), indent=2, allow_nan=False).encode("ascii") + b"\n"


def _finite(value: Any) -> Json:
    """`value` with null for what JSON has no number for."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(name): _finite(part) for name, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, list | tuple) else value
