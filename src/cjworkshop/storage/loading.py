"""Loading a session: its file, and what the journal beside it knows that the file does not."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.domain.text import counted
from cjworkshop.lazy import dataclass
from cjworkshop.storage.reading import read_documents
from cjworkshop.storage.replay import brought_up_to_date
from cjworkshop.storage.trail import Trail, read_trail

if TYPE_CHECKING:
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import Meta, Tables
    from cjworkshop.storage.journal import ChangeRecord, CheckpointRecord
    from cjworkshop.storage.migrations import Migrations
    from cjworkshop.storage.names import Files

HISTORY = 500
"""Changes at least that can still be undone after closing or a crash."""


@dataclass
class Loaded:
    """A session as file and journal together tell it, its tables brought to this version of the file format.

    `meta` and `digest` are the file's, `quarantined` counts what was in its quarantine. `file_seq` is the number of the last change that the file stands for,
    `last_seq` that of the last there is. `unsaved` are the changes between them. `history` are the changes that can
    be undone. `migrated` says that the file has an older version of the format, `read_only` that it has a newer one.
    `changed` says that another program has changed the file; if there are `unsaved` changes too, that is a
    `conflict`, and the tables are those of the file alone.
    """

    meta: Meta
    tables: Tables
    digest: str
    trail: Trail = field(default_factory=Trail)
    file_seq: int = 0
    last_seq: int = 0
    unsaved: list[ChangeRecord] = field(default_factory=list)
    history: list[ChangeRecord] = field(default_factory=list)
    changed: bool = False
    migrated: bool = False
    read_only: bool = False
    quarantined: int = 0
    notices: list[str] = field(default_factory=list)

    @property
    def conflict(self) -> bool:
        """Whether two versions exist of which neither contains the other."""
        return self.changed and bool(self.unsaved)


def load_session(disk: Disk, files: Files, migrations: Migrations) -> Loaded:
    """What file and journal together hold. NotFound or InvalidData where the file cannot be read."""
    documents, digest = read_documents(disk, files.visible)
    meta, tables = documents.meta, documents.tables
    loaded = Loaded(meta, tables, digest, file_seq=meta.seq, last_seq=meta.seq, quarantined=documents.quarantined)
    if meta.schema <= migrations.schema:
        loaded.trail = read_trail(disk, files, meta.uuid, meta.seq, HISTORY)
    if max(meta.schema, loaded.trail.schema) > migrations.schema:
        loaded.read_only = True
        loaded.notices.append(
            "This session was written by a newer cjworkshop: it can be read, but not changed. Install the newer one."
        )
        return loaded
    _follow(loaded, migrations)
    return loaded


def _follow(loaded: Loaded, migrations: Migrations) -> None:
    """Put the journal's part to what was read from the file."""
    trail, meta = loaded.trail, loaded.meta
    changes = trail.changes
    loaded.file_seq = max(meta.seq, trail.barrier)
    loaded.last_seq = max([loaded.file_seq, *(change.seq for change in changes[-1:])])
    told = trail.checkpoints
    loaded.changed = not is_ours(loaded.digest, told)
    known = loaded.file_seq
    if loaded.changed:  # it may come from another computer, whose changes have the same numbers
        known = max([trail.barrier, *(checkpoint.seq for checkpoint in told if checkpoint.seq <= loaded.file_seq)])
    loaded.unsaved = [change for change in changes if change.seq > known]
    loaded.migrated = meta.schema < migrations.schema
    replayed = [] if loaded.changed else loaded.unsaved
    loaded.tables = brought_up_to_date(loaded.tables, meta.schema, trail.segments, replayed, migrations)
    if not loaded.changed:
        loaded.history = [change for change in _unbroken(changes) if change.seq > trail.migrated_at(migrations.schema)]
    if trail.lost:
        lines = counted(trail.lost, "line")
        loaded.notices.append(f"{lines} of the journal could not be read: look whether the last edits are all there.")
    elif not loaded.changed and loaded.last_seq - known > len(loaded.unsaved):
        edits = counted(loaded.last_seq - known - len(loaded.unsaved), "edit")
        loaded.notices.append(f"The journal lacks {edits}: look whether the last edits are all there.")


def is_ours(digest: str, told: list[CheckpointRecord]) -> bool:
    """Whether the file is the one that was last put there, or one that was about to be."""
    done = [index for index, checkpoint in enumerate(told) if checkpoint.done]
    return not done or digest in {checkpoint.file for checkpoint in told[done[-1] :]}


def _unbroken(changes: list[ChangeRecord]) -> list[ChangeRecord]:
    """The last changes without one missing between them: nothing before a gap can safely be undone."""
    first = len(changes)
    while first > 0 and (first == len(changes) or changes[first - 1].seq + 1 == changes[first].seq):
        first -= 1
    return changes[first:]
