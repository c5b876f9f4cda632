"""Putting the journal's changes into a session's documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.storage.documents import number_of, row_id_of
from cjworkshop.storage.journal import changes_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.domain.kinds import Json
    from cjworkshop.storage.documents import Tables
    from cjworkshop.storage.journal import ChangeRecord, Segment
    from cjworkshop.storage.migrations import Migrations


class Replay:
    """Brings tables up to date, in place, change by change."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._keys: dict[str, dict[str, str]] = {}
        self._last: dict[str, int] = {}

    def apply(self, changes: Iterable[ChangeRecord]) -> None:
        """Put each change's documents in place. Applying a change twice is the same as once."""
        for change in changes:
            for edit in change.edits():
                table = self._tables.setdefault(edit.table, {})
                if edit.table not in self._keys:
                    self._learn(edit.table, table)
                keys = self._keys[edit.table]
                if edit.after is None:
                    table.pop(keys.pop(edit.row_id, ""), None)
                else:
                    table[keys.get(edit.row_id) or self._new_key(edit.table, edit.row_id)] = edit.after

    def _learn(self, name: str, table: dict[str, Json]) -> None:
        self._keys[name] = {row_id_of(name, key, document): key for key, document in reversed(table.items())}
        self._last[name] = max(map(number_of, table), default=0)

    def _new_key(self, name: str, row_id: str) -> str:
        self._last[name] += 1
        key = self._keys[name][row_id] = str(self._last[name])
        return key


def brought_up_to_date(
    tables: Tables, schema: int, segments: Iterable[Segment], changes: Iterable[ChangeRecord], migrations: Migrations
) -> Tables:
    """`tables` of a file of version `schema` after those of the segments' changes that are among `changes`.

    Where the journal passes from one version of the file format to the next, so do the tables; in the end they have
    this program's. `tables` may be changed in place.
    """
    wanted = {change.seq for change in changes}
    replay = Replay(tables)
    for segment in segments:
        if segment.header and segment.header.schema > schema:
            tables = migrations.apply(tables, schema, segment.header.schema)
            schema = segment.header.schema
            replay = Replay(tables)
        fresh = [change for change in changes_in([segment]) if change.seq in wanted]
        wanted -= {change.seq for change in fresh}  # a recovery that was cut off has written the first of them again
        replay.apply(fresh)
    return migrations.apply(tables, schema)
