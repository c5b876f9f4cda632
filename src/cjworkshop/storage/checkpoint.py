"""Checkpoints: folding what the journal has into the session's visible file, without ever endangering that file."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from tinydb import TinyDB

from cjworkshop import __version__
from cjworkshop.errors import Busy, InvalidData, NotFound
from cjworkshop.storage import backups
from cjworkshop.storage.documents import content_of
from cjworkshop.storage.journal import CheckpointRecord
from cjworkshop.storage.loading import HISTORY
from cjworkshop.storage.reading import digest_of, read_bytes
from cjworkshop.storage.tinydb_storage import DurableStorage, no_pause

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.domain.session import Session
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import DocumentIds, Meta
    from cjworkshop.storage.journal_writer import JournalWriter
    from cjworkshop.storage.names import Files

SEGMENT_SIZE = 256 * 2**10
"""Bytes after which a segment is left at the next checkpoint."""


class ChangedElsewhere(Busy):
    """The session's file is not the one that was last written: another program has changed it."""


class Checkpoints:
    """Writes the visible file of one open session, whose digest is `digest`.

    `meta` is what the file says of itself, with the `seq` that it stands for. `migrated` says that the file has an
    older version of the format, so that it is worth a backup of its own.
    """

    def __init__(
        self,
        disk: Disk,
        files: Files,
        journal: JournalWriter,
        meta: Meta,
        ids: DocumentIds,
        *,
        digest: str,
        migrated: bool = False,
        pause: Callable[[], None] = no_pause,
    ) -> None:
        self._disk = disk
        self._files = files
        self._journal = journal
        self._ids = ids
        self._known = {digest}  # also what was about to be put there when something failed
        self._reason = backups.MIGRATION if migrated else ""
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
        self._conclude(CheckpointRecord(seq, digest, done=True), now)

    def backup(self, now: dt.datetime, why: str, label: str = "") -> Path:
        """Keep the visible file as it stands among the backups. ChangedElsewhere or OSError where that cannot be."""
        return backups.keep(self._disk, self._files, self._current(), (now, self.meta.seq, why, label))

    def keep_base(self, now: dt.datetime) -> None:
        """Keep the file as it stands, before a journal begins on it. A failure only makes a later rescue poorer."""
        with contextlib.suppress(OSError, ChangedElsewhere):
            data = self._current()
            if data:
                backups.keep_base(self._disk, self._files, data, now, self.meta.seq)

    def set_theirs_aside(self, now: dt.datetime) -> None:
        """Keep what another program has made of the file among the backups: the next checkpoint may replace it."""
        data = self._read()
        backups.keep(self._disk, self._files, data, (now, self.meta.seq, backups.SET_ASIDE, "theirs"))
        self._known.add(digest_of(data))

    def _prepare(self, digest: str, seq: int, now: dt.datetime) -> None:
        """See that the file is still ours, keep it among the backups if one is due, and announce the new one."""
        data = self._current()
        if data and (self._reason or backups.is_due(backups.backups_of(self._disk, self._files), now)):
            backups.keep(self._disk, self._files, data, (now, self.meta.seq, self._reason or backups.AUTO, ""))
            self._reason = ""
        self._journal.append(CheckpointRecord(seq, digest, done=False).line())
        self._known.add(digest)

    def _current(self) -> bytes:
        """The bytes of the visible file if they are ours; empty where it is gone or emptied: nothing can be lost."""
        data = self._read()
        if data and digest_of(data) not in self._known:
            raise _changed(self._files.visible.name)
        return data

    def _read(self) -> bytes:
        try:
            return read_bytes(self._disk, self._files.visible)
        except NotFound:
            return b""
        except InvalidData as problem:
            raise _changed(self._files.visible.name) from problem

    def _conclude(self, record: CheckpointRecord, now: dt.datetime) -> None:
        """Say in the journal that it is done, and tidy up. The session is safe already: failing here does no harm."""
        with contextlib.suppress(OSError):
            self._journal.append(record.line())
            if self._journal.size > SEGMENT_SIZE:
                self._journal.leave()
            backups.rotate(self._disk, self._files, now)
            self._drop_old_segments(record.seq)

    def _drop_old_segments(self, seq: int) -> None:
        """Remove the oldest segments whose changes neither undo nor bringing a backup up to date can need."""
        bases = self._journal.bases
        if len(bases) < 2 or bases[1][1] > seq - HISTORY:
            return
        kept = [backup.seq for backup in backups.backups_of(self._disk, self._files) if backup.why == backups.AUTO]
        needed = min([seq - HISTORY, *kept])
        while len(bases) > 1 and bases[1][1] <= needed:
            self._disk.remove(self._files.journal(bases[0][0]))
            del bases[0]


def _changed(name: str) -> ChangedElsewhere:
    return ChangedElsewhere(
        f"{name} was changed by another program.", "Your edits are safe in the journal; choose with which to go on."
    )
