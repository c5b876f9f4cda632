"""A session ↔ the documents of its TinyDB file: the `_meta` record, the rows, and TinyDB's own ids of them."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeAlias

from cjworkshop import __version__
from cjworkshop.domain.records import FORMAT, META, QUARANTINE, SCHEMA, record_of
from cjworkshop.domain.text import clean_line
from cjworkshop.errors import InvalidData
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session

CHARTER = "charter"

Tables = dict[str, dict[str, Any]]
"""The content of a TinyDB file as it was read: table name → TinyDB's id as a string → document."""

Content: TypeAlias = "Iterator[tuple[str, Iterable[tuple[str, Json]]]]"
"""The content of a TinyDB file to be written: (table name, (TinyDB's id, document) pairs) pairs."""

LARGEST_SEQ = 2**53
"""The number of a change above which it is none: a program that counts would not get there."""
MOST_NESTED = 100
"""Levels in one document above which a file is not taken for a session: writing it again could fail."""

_NUMBER = re.compile("[1-9][0-9]{0,17}")
_CONTAINERS = frozenset({dict, list})
_SYSTEM_FIELDS = (
    *("format", "schema", "app", "uuid", "seq", "saved_at", "writer", "client", "journey"),
    *("archived", "rescued_from"),
)


@dataclass(frozen=True)
class Meta:
    """What the `_meta` document says about the file itself.

    `seq` is the number of the last change that the file contains. `rescued_from` is the path of the session that a
    file in the rescue folder stands for.
    """

    uuid: str
    seq: int = 0
    schema: int = SCHEMA
    app: str = __version__
    saved_at: str = ""
    writer: str = ""
    archived: bool = False
    rescued_from: str = ""

    def fields(self) -> dict[str, Json]:
        """As it is written."""
        written = {
            "format": FORMAT,
            "schema": self.schema,
            "app": self.app,
            "uuid": self.uuid,
            "seq": self.seq,
            "saved_at": self.saved_at,
            "writer": self.writer,
        }
        if self.archived:
            written["archived"] = True
        if self.rescued_from:
            written["rescued_from"] = self.rescued_from
        return written


@dataclass(frozen=True)
class Documents:
    """A session file as it was read: what it says about itself, and its tables, `_meta` without the system fields.

    `tables` belongs to whoever holds it and may be changed in place. `quarantined` counts what was in quarantine.
    """

    meta: Meta
    tables: Tables
    quarantined: int = 0

    def rows(self) -> int:
        """How many documents there are, quarantine and `_meta` aside."""
        return sum(len(documents) for name, documents in self.tables.items() if name not in {META, QUARANTINE})


def documents_of(data: Json) -> Documents:
    """The documents of a parsed file. InvalidData where it is not a session; `data` is taken over and changed."""
    if not isinstance(data, dict):
        raise InvalidData("It holds no tables.", "")
    about = data.get(META)
    about = about if isinstance(about, dict) else {}
    key, first = next(iter(about.items()), ("", None))
    if not isinstance(first, dict) or first.get("format") != FORMAT:
        raise InvalidData("It is JSON, but not a session of this program.", "")
    if _is_nested_deeper(data, MOST_NESTED + 2):
        raise InvalidData("It is nested too deeply.", "")
    system = {name: first.pop(name, None) for name in _SYSTEM_FIELDS}
    if not first:
        del about[key]
    tables, misfits = _sound(data)
    kept = tables.get(QUARANTINE, {})
    if misfits:
        fresh = {f"tables-{number}": misfit for number, misfit in enumerate(misfits, 1)}
        tables[QUARANTINE] = {**kept, **fresh}
    return Documents(_meta_of(system), tables, len(kept))


def _is_nested_deeper(value: dict[str, Any], levels: int) -> bool:
    parts: list[Any] = [value]
    for _ in range(levels + 1):
        insides = [part.values() if isinstance(part, dict) else part for part in parts]
        parts = [
            part
            for inside in insides
            if not _CONTAINERS.isdisjoint(map(type, inside))  # mostly there is none, and this way it is soon seen
            for part in inside
            if type(part) in _CONTAINERS
        ]
    return bool(parts)


def _sound(data: dict[str, Any]) -> tuple[Tables, list[Json]]:
    """The tables that are tables, and as misfits those that are not."""
    tables = {name: table for name, table in data.items() if isinstance(table, dict)}
    misfits = [
        {"table": name, "document": table, "reason": "It is not a table."}
        for name, table in data.items()
        if name not in tables
    ]
    return tables, misfits


def _meta_of(system: Mapping[str, Json]) -> Meta:
    def whole(name: str) -> int | None:
        value = system[name]
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

    def text(name: str) -> str:
        value = system[name]
        return value if isinstance(value, str) else ""

    schema = whole("schema")
    if not schema:
        raise InvalidData("It does not say which version of the file format it has.", "")
    return Meta(
        uuid=text("uuid"),
        seq=seq if (seq := whole("seq")) and seq <= LARGEST_SEQ else 0,
        schema=schema,
        app=text("app"),
        saved_at=text("saved_at"),
        writer=text("writer"),
        archived=system["archived"] is True,
        rescued_from=text("rescued_from"),
    )


@dataclass
class DocumentIds:
    """TinyDB's integer id of each row, the same for as long as the row lives and never another's."""

    _ids: dict[str, dict[str, int]] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read_from(cls, tables: Tables) -> DocumentIds:
        """The ids that a file has."""
        ids = cls()
        for name, documents in tables.items():
            numbers = {key: number for key in documents if (number := number_of(key))}
            ids._last[name] = max(numbers.values(), default=0)
            ids._ids[name] = {
                row_id_of(name, key, document): numbers[key]
                for key, document in reversed(documents.items())
                if key in numbers
            }
        return ids

    def of(self, table: str, row_id: str) -> int:
        """The id of this row; a new one where it has none yet."""
        ids = self._ids.setdefault(table, {})
        if row_id not in ids:
            self._last[table] = ids[row_id] = self._last.get(table, 0) + 1
        return ids[row_id]


def number_of(key: str) -> int:
    """TinyDB's id that a key of a table is, as TinyDB writes it; 0 for any other key, such as `01` or `x`."""
    return int(key) if _NUMBER.fullmatch(key) else 0


def row_id_of(table: str, key: str, document: Json) -> str:
    """The id of the row that a document describes: its own, or one made of its table and TinyDB's id."""
    row_id = document.get("id") if isinstance(document, dict) else None
    return (clean_line(row_id) if isinstance(row_id, str) else "") or f"{table}-{key}"


def about_row(session: Session) -> Row | None:
    """The row of the `_meta` table; None where there is none yet."""
    return next(iter(session[META]), None) if META in session.catalogue else None


def name_of(session: Session) -> str:
    """What the session is called; empty where it has no name yet."""
    return str(getattr(about_row(session), "name", ""))


def renamed(session: Session, name: str) -> Session:
    """The session with another name; the same where it has no `_meta` row."""
    row = about_row(session)
    if row is None:
        return session
    return session.edited({META: {row.id: session.catalogue[META].column("name").put(row, name)}})


def meta_document(session: Session, meta: Meta) -> dict[str, Json]:
    """The `_meta` document: the file's own fields, client and journey from the charter, and the session's record."""
    charter = next(iter(session[CHARTER]), None) if CHARTER in session.catalogue else None
    copied = {name: str(getattr(charter, name, "")) for name in ("client", "journey")}
    row = about_row(session)
    return {**meta.fields(), **copied, **(record_of(row) if row else {})}


def content_of_documents(documents: Documents) -> Content:
    """The same of documents that never were a session: what is in them is written as it is."""
    tables = documents.tables
    charter = next(iter(tables.get(CHARTER, {}).values()), None)
    copied = {name: charter.get(name, "") if isinstance(charter, dict) else "" for name in ("client", "journey")}
    about = tables.get(META) or {"1": {}}
    key, first = next(iter(about.items()))
    yield META, ({**about, key: {**documents.meta.fields(), **copied, **first}}).items()
    for name, table in tables.items():
        if name != META:
            yield name, table.items()


def _meta_table(session: Session, meta: Meta, ids: DocumentIds) -> Iterator[tuple[str, Json]]:
    row = about_row(session)
    yield str(ids.of(META, row.id) if row else 1), meta_document(session, meta)
    for other in session[META][1:] if row else ():
        yield str(ids.of(META, other.id)), record_of(other)


def content_of(session: Session, meta: Meta, ids: DocumentIds) -> Content:
    """Table by table what a file of this session holds, made as it is read."""
    yield META, _meta_table(session, meta, ids)
    for name in session.catalogue:
        if name != META and session[name]:
            yield name, ((str(ids.of(name, row.id)), record_of(row)) for row in session[name])
    for name, documents in session.unknown.items():
        yield name, documents.items()
    if session.quarantine:
        yield QUARANTINE, ((str(number), misfit) for number, misfit in enumerate(session.quarantine, 1))
