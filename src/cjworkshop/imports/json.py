"""JSON exports read back. A file is never obeyed, only read; how it goes into a session that is there says `merge`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.records import FORMAT, META, QUARANTINE, SCHEMA, session_of
from cjworkshop.domain.text import LONG_TEXT, clean_text
from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.domain.session import Session

DEEPEST = 50
"""Lists and objects inside one another above which a file is refused: what we write has six."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file brings, before it is fitted into a session.

    `left_out` are the columns of each table that the file says nothing about, such as private ones.
    """

    tables: Mapping[str, tuple[Json, ...]]
    left_out: Mapping[str, frozenset[str]]
    unknown: Mapping[str, Json]
    quarantine: tuple[Json, ...]

    @property
    def name(self) -> str:
        """What the exported session was called; empty where that is not said."""
        about: Json = next(iter(self.tables.get(META, ())), None)
        name = about.get("name") if isinstance(about, dict) else None
        return clean_text(name).strip() if isinstance(name, str) else ""

    def only(self, table: str) -> Incoming:
        """One table of it. NotFound where it is not there."""
        if table not in self.tables:
            raise NotFound(f"The file has no table {table!r}.", f"It has: {', '.join(self.tables) or 'none'}.")
        return Incoming({table: self.tables[table]}, self.left_out, {}, ())

    def long_texts(self) -> tuple[str, ...]:
        """Where a text stands that is so long that one should ask before keeping it: `pains: pain`."""
        return tuple(f"{table}: {field}" for table, field, text in self._texts() if len(text) > LONG_TEXT)

    def shortened(self) -> Incoming:
        """The same with only the first `LONG_TEXT` characters of each text."""
        tables = {name: tuple(_cut(record) for record in records) for name, records in self.tables.items()}
        return replace(self, tables=tables)

    def _texts(self) -> Iterator[tuple[str, str, str]]:
        for table, records in self.tables.items():
            for record in records:
                for field, value in record.items() if isinstance(record, dict) else ():
                    for text in value if isinstance(value, list) else (value,):
                        if isinstance(text, str):
                            yield table, field, text


def _cut(value: Any) -> Json:
    if isinstance(value, str):
        return value[:LONG_TEXT]
    if isinstance(value, dict):
        return {field: _cut(part) for field, part in value.items()}
    return [_cut(part) for part in value] if isinstance(value, list) else value


def read(data: bytes, name: str) -> Incoming:
    """What an export holds. InvalidData, one sentence with `name` in it, for anything that is none."""
    exported = _parsed(data, name)
    if not isinstance(exported, dict) or exported.get("format") != FORMAT:
        raise _foreign(exported, name)
    schema = exported.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise InvalidData(
            f"{name} was written by a newer cjworkshop (format {schema}, this one reads {SCHEMA}).",
            "Update cjworkshop.",
        )
    about, tables = exported.get("session", {}), exported.get("tables", {})
    left_out, unknown = exported.get("left_out", {}), exported.get("unknown", {})
    quarantine = exported.get("quarantine", [])
    sound = (
        schema == SCHEMA
        and isinstance(about, dict)
        and _is_table_of_lists(tables)
        and _is_table_of_lists(left_out)
        and isinstance(unknown, dict)
        and all(isinstance(documents, dict) for documents in unknown.values())
        and isinstance(quarantine, list)
        and not {META, QUARANTINE}.intersection((*tables, *unknown))
    )
    if not sound:
        raise InvalidData(f"{name} is an export of this program, but a damaged one.", "Export it again.")
    return Incoming(
        {**({META: (about,)} if about else {}), **{table: tuple(records) for table, records in tables.items()}},
        {
            table: frozenset(filter(lambda column: isinstance(column, str), columns))
            for table, columns in left_out.items()
        },
        unknown,
        tuple(quarantine),
    )


def _parsed(data: bytes, name: str) -> Json:
    if not data.strip(b"\0 \t\r\n"):
        raise InvalidData(f"{name} is empty.", "Export the session again.")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidData(f"{name} is not JSON, or only a part of it.", "Import what `export -f json` wrote.") from None
    if _depth(value) > DEEPEST:
        raise InvalidData(f"{name} is nested too deeply to be an export.", "Import what `export -f json` wrote.")
    return value


def _depth(value: Json) -> int:
    """How many lists and objects stand inside one another, counted no further than just above `DEEPEST`."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        containers = [part for part in level if isinstance(part, dict | list)]
        level = [part for inner in containers for part in (inner.values() if isinstance(inner, dict) else inner)]
        depth += bool(containers)
    return depth


def _foreign(value: Json, name: str) -> InvalidData:
    about = value.get(META) if isinstance(value, dict) else None
    documents = about.values() if isinstance(about, dict) else ()
    if any(isinstance(document, dict) and document.get("format") == FORMAT for document in documents):
        return InvalidData(f"{name} is a session's own file, not an export.", "Open it: cjworkshop open, and its path.")
    return InvalidData(f"{name} is JSON, but not an export of this program.", "Import what `export -f json` wrote.")


def _is_table_of_lists(value: Json) -> bool:
    return isinstance(value, dict) and all(isinstance(part, list) for part in value.values())


def session_from(incoming: Incoming, catalogue: Catalogue) -> Session:
    """A session with exactly what the file brings. What does not fit is in its quarantine."""
    tables: dict[str, list[tuple[str, Json]]] = {
        name: [(str(number), record) for number, record in enumerate(records, 1)]
        for name, records in incoming.tables.items()
    }
    tables |= {name: list(documents.items()) for name, documents in incoming.unknown.items()}
    tables[QUARANTINE] = [(str(number), misfit) for number, misfit in enumerate(incoming.quarantine, 1)]
    return session_of(catalogue, tables)
