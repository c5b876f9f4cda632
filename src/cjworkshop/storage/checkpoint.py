"""Checkpoints: folding what the journal has into the session's visible file, without ever endangering that file."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from tinydb import TinyDB

from cjworkshop import __version__
from cjworkshop.errors import Busy, NotFound
from cjworkshop.storage import backups
from cjworkshop.storage.documents import content_of
from cjworkshop.storage.journal import CheckpointRecord
from cjworkshop.storage.reading import digest_of, read_bytes
from cjworkshop.storage.tinydb_storage import DurableStorage, no_pause

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.session import Session
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import DocumentIds, Meta
    from cjworkshop.storage.journal_writer import JournalWriter
    from cjworkshop.storage.names import Files

SEGMENT_SIZE = 256 * 2**10
"""Bytes after which a segment is left at the next checkpoint."""
HISTORY = 500
"""Changes that the remaining segments must hold before older ones may go."""


class ChangedElsewhere(Busy):
    """The session's file is not the one that was last written: another program has changed it."""


class Checkpoints:
    """Writes the visible file of one open session.

    `known` are the digests that the file may have: the one last written or loaded, and those that were about to be
    put in its place when something failed.
    """

    def __init__(
        self,
        disk: Disk,
        files: Files,
        journal: JournalWriter,
        meta: Meta,
        ids: DocumentIds,
        *,
        known: Iterable[str],
        pause: Callable[[], None] = no_pause,
    ) -> None:
        self._disk = disk
        self._files = files
        self._journal = journal
        self._ids = ids
        self._known = set(known)
        self._pause = pause
        self.meta = meta

    def write(self, session: Session, seq: int, now: dt.datetime) -> None:
        """Make the visible file hold `session`, which the journal has up to change `seq`.

        ChangedElsewhere and OSError leave the file as it was.
        """
        meta = replace(self.meta, seq=seq, saved_at=now.isoformat(timespec="seconds"), app=__version__)
        database = TinyDB(
            self._files.visible,
            storage=DurableStorage,
            disk=self._disk,
            before_replace=lambda digest: self._prepare(digest, seq, now),
            pause=self._pause,
        )
        digest = cast("DurableStorage", database.storage).write_content(content_of(session, meta, self._ids))
        self.meta = meta
        self._known = {digest}
        self._journal.file = digest
        self._conclude(CheckpointRecord(seq, digest, done=True))

    def _prepare(self, digest: str, seq: int, now: dt.datetime) -> None:
        """See that the file is still ours, keep it among the backups if one is due, and announce the new one."""
        try:
            data = read_bytes(self._disk, self._files.visible)
        except NotFound:
            data = b""
        if data and digest_of(data) not in self._known:
            raise ChangedElsewhere(
                f"{self._files.visible.name} was changed by another program.",
                "Your edits are safe in the journal; choose which version to go on with.",
            )
        if data and backups.is_due(backups.backups_of(self._disk, self._files), now):
            name = backups.backup_name(now, self.meta.seq, backups.AUTO)
            backups.keep(self._disk, self._files, data, name)
        self._journal.append(CheckpointRecord(seq, digest, done=False).line())
        self._known.add(digest)

    def _conclude(self, record: CheckpointRecord) -> None:
        """Say in the journal that it is done, and tidy up. The session is safe already: failing here does no harm."""
        with contextlib.suppress(OSError):
            self._journal.append(record.line())
            if self._journal.size > SEGMENT_SIZE:
                self._journal.leave()
            self._drop_old_segments(record.seq)

    def _drop_old_segments(self, seq: int) -> None:
        """Remove the oldest segments whose changes neither undo nor bringing a backup up to date can need."""
        kept = [backup.seq for backup in backups.backups_of(self._disk, self._files)]
        needed = min([seq - HISTORY, *kept])
        bases = self._journal.bases
        while len(bases) > 1 and bases[1][1] <= needed:
            self._disk.remove(self._files.journal(bases[0][0]))
            del bases[0]
