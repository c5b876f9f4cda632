"""Loading a session: its file, and what the journal beside it knows that the file does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cjworkshop.domain.text import counted
from cjworkshop.storage.documents import row_id_of
from cjworkshop.storage.journal import (
    CheckpointRecord,
    DraftRecord,
    Segment,
    changes_in,
    read_header,
    read_segment,
    segment_numbers,
)
from cjworkshop.storage.reading import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.domain.kinds import Json
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import Meta, Tables
    from cjworkshop.storage.journal import ChangeRecord, Header
    from cjworkshop.storage.migrations import Migrations
    from cjworkshop.storage.names import Files

HISTORY = 500
"""Changes at least that can still be undone after closing or a crash."""


@dataclass
class Trail:
    """The segments of a session's journal that lead to its present state, and what is known of the others.

    `bases` are (number, base) of every segment of this session, oldest first; `last_number` is the highest number in
    use, by whichever session.
    """

    segments: list[Segment] = field(default_factory=list)
    bases: list[tuple[int, int]] = field(default_factory=list)
    last_number: int = 0
    too_new: bool = False

    @property
    def changes(self) -> list[ChangeRecord]:
        """Their changes, in order."""
        return list(changes_in(self.segments))

    @property
    def lost(self) -> int:
        """Lines that could not be read though there are later ones."""
        return sum(segment.lost for segment in self.segments)

    @property
    def checkpoints(self) -> list[CheckpointRecord]:
        """What is told of the session's file, in order; a segment's header tells it too."""
        told = []
        for segment in self.segments:
            if segment.header and segment.header.file:
                told.append(CheckpointRecord(segment.header.base, segment.header.file, done=True))
            told += [entry for entry in segment.entries if isinstance(entry, CheckpointRecord)]
        return told

    @property
    def draft(self) -> Json:
        """The text that stood in an open editor at the end, if any."""
        drafts = [entry for segment in self.segments for entry in segment.entries if isinstance(entry, DraftRecord)]
        return drafts[-1].draft if drafts else None


@dataclass
class Loaded:
    """A session as file and journal together tell it, brought to this version of the file format.

    `meta` is the file's. `last_seq` is the number of the last change. `unsaved` are the changes that the file does
    not contain yet. `history` are the changes that can be undone. `digest` is the file's. `changed` says that another
    program has changed the file. `migrated` says that the file has an older version of the format.
    """

    meta: Meta
    tables: Tables
    digest: str
    trail: Trail
    unsaved: list[ChangeRecord] = field(default_factory=list)
    history: list[ChangeRecord] = field(default_factory=list)
    last_seq: int = 0
    changed: bool = False
    migrated: bool = False
    read_only: bool = False
    notices: list[str] = field(default_factory=list)


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
        self._last[name] = max((int(key) for key in table if key.isdecimal()), default=0)

    def _new_key(self, name: str, row_id: str) -> str:
        self._last[name] += 1
        key = self._keys[name][row_id] = str(self._last[name])
        return key


def read_trail(disk: Disk, files: Files, uuid: str, seq: int, schema: int) -> Trail:
    """The journal of the session `uuid` as far back as needed to bring a file at `seq` up to date, with its history."""
    numbers = segment_numbers(disk, files)
    headers: dict[int, Header | None] = {number: read_header(disk, files, number) for number in numbers}
    ours = [number for number in numbers if (header := headers[number]) is None or header.uuid == uuid]
    trail = Trail(last_number=max(numbers, default=0))
    trail.bases = [(number, header.base) for number in ours if (header := headers[number])]
    trail.too_new = any(header.schema > schema for number in ours if (header := headers[number]))
    newest = 0
    for number in reversed(ours):
        segment = read_segment(disk, files, number)
        trail.segments.insert(0, segment)
        newest = newest or max((change.seq for change in changes_in([segment])), default=0)
        header = segment.header
        if header and (header.fresh or header.base <= min(seq, newest - HISTORY)):
            break
    return trail


def load_session(disk: Disk, files: Files, migrations: Migrations) -> Loaded:
    """What file and journal together hold. NotFound or InvalidData where the file cannot be read."""
    documents, digest = read_documents(disk, files.visible)
    meta, tables = documents.meta, documents.tables
    if meta.schema > migrations.schema:
        return _newer(meta, tables, digest)
    trail = read_trail(disk, files, meta.uuid, meta.seq, migrations.schema)
    if trail.too_new:
        return _newer(meta, tables, digest)
    changes = trail.changes
    loaded = Loaded(meta, tables, digest, trail, last_seq=max([meta.seq, *(change.seq for change in changes[-1:])]))
    loaded.unsaved = [change for change in changes if change.seq > meta.seq]
    loaded.changed = not _is_ours(digest, trail.checkpoints)
    loaded.migrated = meta.schema < migrations.schema
    loaded.history = [] if loaded.changed else _unbroken(changes)
    _bring_up_to_date(loaded, migrations)
    return loaded


def _newer(meta: Meta, tables: Tables, digest: str) -> Loaded:
    loaded = Loaded(meta, tables, digest, Trail(), last_seq=meta.seq, read_only=True)
    loaded.notices.append(
        "This session was written by a newer cjworkshop: it can be read, but not changed. Install the newer version."
    )
    return loaded


def _is_ours(digest: str, told: list[CheckpointRecord]) -> bool:
    """Whether the file is the one that was last put there, or one that was about to be."""
    done = [index for index, checkpoint in enumerate(told) if checkpoint.done]
    return not done or digest in {checkpoint.file for checkpoint in told[done[-1] :]}


def _bring_up_to_date(loaded: Loaded, migrations: Migrations) -> None:
    """Replay what the file lacks, migrating where the journal passes from one version of the format to the next."""
    schema = loaded.meta.schema
    unsaved = {change.seq for change in loaded.unsaved}
    replay = Replay(loaded.tables)
    for segment in loaded.trail.segments:
        if segment.header and segment.header.schema > schema:
            loaded.tables = migrations.apply(loaded.tables, schema, segment.header.schema)
            loaded.history = [change for change in loaded.history if change.seq > segment.header.base]
            schema = segment.header.schema
            replay = Replay(loaded.tables)
        replay.apply(change for change in changes_in([segment]) if change.seq in unsaved)
    if schema < migrations.schema:
        loaded.tables = migrations.apply(loaded.tables, schema)
        loaded.history = []
    if loaded.trail.lost:
        lines = counted(loaded.trail.lost, "line")
        loaded.notices.append(f"{lines} of the journal could not be read. Look whether the last edits are all there.")


def _unbroken(changes: list[ChangeRecord]) -> list[ChangeRecord]:
    """The last changes without one missing between them: nothing before a gap can safely be undone."""
    first = len(changes)
    while first > 0 and (first == len(changes) or changes[first - 1].seq + 1 == changes[first].seq):
        first -= 1
    return changes[first:]
