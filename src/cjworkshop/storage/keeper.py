"""Keeping one open session: what is journaled, when it is folded into the file, and what happens when the disk fails.

Nothing here knows of threads: the writer calls it, a test may too.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.storage.checkpoint import ChangedElsewhere
from cjworkshop.storage.journal import change_line, draft_line
from cjworkshop.storage.place import Showing, write_place
from cjworkshop.storage.save_state import Save, SaveState, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.checkpoint import Checkpoints
    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.journal_writer import JournalWriter
    from cjworkshop.storage.names import Files
    from cjworkshop.storage.place import Place
    from cjworkshop.storage.rescue import Rescue

NEVER = math.inf


class Keeper:
    """Takes changes, drafts and places, and does with them what is due whenever `work` is called.

    `session` is as it stands after change `seq`. `unsaved` are the journal's lines of changes that came to light when
    it was opened: they are written afresh, because nobody knows whether they were ever flushed. `fold_now` asks for a
    checkpoint at once. `announce` is called with each new state. `journaled` counts the changes that were taken and are
    saved by now, `journaled_at` is the tick at which the last of them was.
    """

    def __init__(
        self,
        environment: Environment,
        files: Files,
        journal: JournalWriter,
        checkpoints: Checkpoints,
        rescue: Rescue,
        *,
        session: Session,
        seq: int,
        unsaved: list[bytes],
        fold_now: bool,
    ) -> None:
        self._disk = environment.disk
        self._clock = environment.clock
        self._tick = environment.tick
        self._pace = environment.pace_in(files.folder)
        self._files = files
        self._journal = journal
        self._checkpoints = checkpoints
        self._rescue = rescue
        self._session = session
        self._pending = unsaved
        self._pending_seq = seq
        self._folded_seq = checkpoints.meta.seq
        self._grown = 0
        self._fold_at = self._tick() if fold_now else NEVER
        self._fold_by = NEVER
        self._retry_at = -NEVER
        self._failure = ""
        self._draft: Json = None
        self._draft_at = self._draft_by = NEVER
        self._place: Place | None = None
        self._place_at = self._show_by = NEVER
        self._shown = Showing()
        self._rescued: Path | None = None
        self._rescued_seq = -1
        self._accepted = 0
        self.journaled_at, self.journaled = self._tick(), 0
        self.conflict: ChangedElsewhere | None = None
        self.announce: Callable[[SaveState], None] = lambda _: None
        self.state = SaveState(Save.SAVING if unsaved or fold_now else Save.SAVED, self._clock())

    def accept(self, change: Change, session: Session) -> None:
        """Take a change, and the session after it, to be journaled at the next `work`."""
        self._pending.append(change_line(change))
        self._pending_seq, self._session = change.seq, session
        self._accepted += 1
        if not self._failure:
            self._say(Save.SAVING)

    def accept_draft(self, draft: Json, *, at_once: bool) -> None:
        """Take the text that stands in the open editor; None where there is none any more."""
        now = self._tick()
        self._draft = draft
        self._draft_by = min(self._draft_by, now + self._pace.draft_latest)
        self._draft_at = now if at_once else min(now + self._pace.draft_idle, self._draft_by)

    def accept_place(self, place: Place) -> None:
        """Take where one is, to be written when nothing else has been for a while; what the room is shown, soon."""
        now = self._tick()
        if place.showing != self._shown:
            self._shown = place.showing
            self._show_by = min(self._show_by, now + self._pace.showing)
        self._place, self._place_at = place, min(now + self._pace.place, self._show_by)

    def wait(self) -> float:
        """Seconds until something is due; infinite where nothing is."""
        first = -NEVER if self._pending else min(self._draft_at, self._fold_at)
        return max(0.0, min(max(first, self._retry_at), self._place_at) - self._tick())

    def work(self) -> None:
        """Do what is due."""
        now = self._tick()
        if now >= self._retry_at:
            if self._pending or self._draft_at <= now:
                self._save()
            if self._fold_at <= now and not self._pending:
                self._fold()
        if self._place_at <= now:
            self._write_place()

    def flush(self) -> SaveState:
        """Journal what is left, whether due or not, and say how it stands."""
        self._save()
        return self.state

    def finish(self) -> SaveState:
        """Journal and fold what is left, whether due or not, and say how it stands."""
        self._save()
        for _ in range(2):  # a fault that passes must not leave the file behind its journal
            if not self._pending and self._folded_seq != self._journal.seq:
                self._fold()
        self._write_place()
        return self.state

    def leave(self) -> None:
        """Write nothing more. What the file could not take is kept elsewhere, if that can be."""
        if self._pending or self.conflict:  # the journal alone does not rebuild a file that another program changed
            self._keep_elsewhere()
        self._journal.leave()

    def backup(self, why: str, label: str) -> Path:
        """Bring the file up to date and keep it among the backups. OSError or ChangedElsewhere where that cannot be."""
        self._write_file()
        return self._checkpoints.backup(self._clock(), why, label)

    def mark(self, *, archived: bool) -> None:
        """Have the file say whether the session is archived. OSError or ChangedElsewhere where that cannot be."""
        self._checkpoints.meta = replace(self._checkpoints.meta, archived=archived)
        self._write_file()

    def _write_file(self) -> None:
        """Have the visible file hold everything, whether it was behind or not."""
        self._save()
        self._checkpoints.write(self._session, self._journal.seq, self._clock())
        self._folded_seq = self._journal.seq

    def keep_mine(self) -> SaveState:
        """Go on with this version of the file; the other program's is kept among the backups."""
        self._checkpoints.set_theirs_aside(self._clock())
        self.conflict = None
        self._save()
        self._fold()
        return self.state

    def _save(self) -> None:
        """Journal what waits. A failure is announced, and tried again later."""
        lines = b"".join(self._pending)
        if self._draft_at < NEVER:
            lines += draft_line(self._draft)
        if not lines:
            return
        if self._journal.begins:
            self._checkpoints.keep_base(self._clock())
        try:
            self._journal.append(lines)
        except OSError as problem:
            self._fail(problem)
            return
        if self._pending:
            self._pending = []
            self._journal.seq = self._pending_seq
            self.journaled_at, self.journaled = self._tick(), self._accepted
            self._set_fold(len(lines))
        self._draft_at = self._draft_by = NEVER
        self._succeed()

    def _set_fold(self, size: int) -> None:
        """Set the time of the next checkpoint, now that the journal has grown by `size` bytes."""
        now = self._tick()
        self._grown += size
        self._fold_by = min(self._fold_by, now + self._pace.latest)
        much = self._grown >= self._pace.size or self._journal.seq - self._folded_seq >= self._pace.changes
        # amid edits, right behind one of them: at any other time the next one would have to wait for it
        due = self._fold_by - now < min(self._pace.idle, self._pace.latest / 2)
        self._fold_at = now if much or due else min(now + self._pace.idle, self._fold_by)

    def _fold(self) -> None:
        """Bring the visible file up to date. A failure never stops edits: they are in the journal."""
        self._fold_at = self._fold_by = NEVER
        if self.conflict:
            return
        try:
            self._checkpoints.write(self._session, self._journal.seq, self._clock())
        except ChangedElsewhere as conflict:
            self.conflict = conflict
            self._say(Save.SAVED, str(conflict))
        except OSError as problem:
            self._fold_at = self._tick() + self._pace.latest
            self._say(Save.SAVED, f"Saved in the journal; the file itself waits, because {reason_of(problem)}.")
        else:
            self._folded_seq = self._journal.seq
            self._grown = 0
            self._succeed()
            if self._rescued:
                self._rescued = None
                with contextlib.suppress(OSError):
                    self._rescue.drop()

    def _fail(self, problem: OSError) -> None:
        """Say NOT SAVED, and when it goes on failing keep the session elsewhere."""
        self._retry_at = self._tick() + self._pace.retry
        if self._failure and self._pending:
            self._keep_elsewhere()
        self._failure = f"Not saved, because {reason_of(problem)}."
        where = f" A copy is kept in {self._rescued}." if self._rescued else ""
        self._say(Save.NOT_SAVED, self._failure + where)

    def _keep_elsewhere(self) -> None:
        """Keep the session as it stands in the rescue folder."""
        if self._rescued_seq != self._pending_seq:
            with contextlib.suppress(OSError):
                self._rescued = self._rescue.keep(self._files, self._checkpoints.meta, self._session, self._pending_seq)
                self._rescued_seq = self._pending_seq

    def _succeed(self) -> None:
        self._failure = ""
        self._retry_at = -NEVER
        if not self._pending:
            self._say(Save.SAVED, str(self.conflict or ""))

    def _write_place(self) -> None:
        self._place_at = self._show_by = NEVER
        if self._place:
            with contextlib.suppress(OSError):  # where one was is a convenience
                write_place(self._disk, self._files, self._place)
            self._place = None

    def _say(self, kind: Save, message: str = "") -> None:
        if (kind, message) != (self.state.kind, self.state.message):
            self.state = SaveState(kind, self._clock(), message)
            self.announce(self.state)
