"""Keeping one open session: what is journaled, when it is folded into the file, and what happens when the disk fails.

Nothing here knows of threads: the writer calls it, a test may too.
"""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING

from cjworkshop.storage.checkpoint import ChangedElsewhere
from cjworkshop.storage.journal import change_line, draft_line
from cjworkshop.storage.save_state import Save, SaveState, reason_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.checkpoint import Checkpoints
    from cjworkshop.storage.journal_writer import JournalWriter
    from cjworkshop.storage.pace import Pace

NEVER = math.inf


class Keeper:
    """Takes changes and drafts, and does with them what is due whenever `work` is called.

    `session` is as it stands after change `seq`; `unsaved` are the journal's lines of changes that came to light when
    it was opened: they are written afresh, because nobody knows whether they were ever flushed, and then folded.
    `tick` counts seconds (monotonic), `clock` tells the time. `announce` is called with each new state. `rescue` keeps
    a session elsewhere and says where.
    """

    def __init__(
        self,
        journal: JournalWriter,
        checkpoints: Checkpoints,
        pace: Pace,
        *,
        session: Session,
        unsaved: list[bytes],
        seq: int,
        clock: Callable[[], dt.datetime],
        tick: Callable[[], float],
        rescue: Callable[[Session, int], str],
    ) -> None:
        self._journal = journal
        self._checkpoints = checkpoints
        self._pace = pace
        self._clock = clock
        self._tick = tick
        self.announce: Callable[[SaveState], None] = lambda _: None
        self._rescue = rescue
        self._session = session
        self._pending = unsaved
        self._pending_seq = seq
        self._folded_seq = journal.seq
        self._grown = 0
        self._fold_at = NEVER
        self._fold_by = NEVER
        self._retry_at = -NEVER
        self._draft: Json = None
        self._draft_at = self._draft_by = NEVER
        self._rescued = ""
        self._rescued_seq = -1
        self._failure = ""
        self.accepted = 0
        self.conflict: ChangedElsewhere | None = None
        self.state = SaveState(Save.SAVING if unsaved else Save.SAVED, clock())

    def accept(self, change: Change, session: Session) -> None:
        """Take a change, and the session after it, to be journaled at the next `work`."""
        self._pending.append(change_line(change))
        self._pending_seq, self._session = change.seq, session
        self.accepted += 1
        if not self._failure:
            self._say(Save.SAVING)

    def accept_draft(self, draft: Json, *, at_once: bool) -> None:
        """Take the text that stands in the open editor; None where there is none any more."""
        now = self._tick()
        self._draft = draft
        self._draft_by = min(self._draft_by, now + self._pace.draft_latest)
        self._draft_at = now if at_once else min(now + self._pace.draft_idle, self._draft_by)

    def wait(self) -> float:
        """Seconds until something is due; infinite where nothing is."""
        due = min(self._draft_at, self._fold_at)
        if self._pending:
            due = -NEVER
        return max(0.0, max(due, self._retry_at) - self._tick())

    def work(self) -> None:
        """Do what is due."""
        if self.wait() > 0:
            return
        if self._pending or self._draft_at <= self._tick():
            self.save()
        if self._fold_at <= self._tick() and not self._pending:
            self.fold()

    def save(self) -> None:
        """Journal what waits, now. A failure is announced and tried again later."""
        lines = b"".join(self._pending)
        if self._draft_at < NEVER:
            lines += draft_line(self._draft)
        if not lines:
            return
        try:
            self._journal.append(lines)
        except OSError as problem:
            self._fail(problem)
            return
        if self._pending:
            self._set_fold(len(lines))
        self._pending = []
        self._draft_at = self._draft_by = NEVER
        self._journal.seq = self._pending_seq
        self._recover()

    def _set_fold(self, size: int) -> None:
        """Set the time of the next checkpoint, now that the journal has grown by `size` bytes."""
        now = self._tick()
        self._grown += size
        self._fold_by = min(self._fold_by, now + self._pace.latest)
        self._fold_at = min(now + self._pace.idle, self._fold_by)
        if self._pending_seq - self._folded_seq >= self._pace.changes or self._grown >= self._pace.size:
            self._fold_at = now

    def fold(self) -> None:
        """Bring the visible file up to date, now. A failure never stops edits: they are in the journal."""
        if self.conflict:
            self._fold_at = NEVER
            return
        try:
            self._checkpoints.write(self._session, self._journal.seq, self._clock())
        except ChangedElsewhere as conflict:
            self.conflict = conflict
            self._fold_at = NEVER
            self._say(Save.SAVED, str(conflict))
        except OSError as problem:
            self._fold_at = self._tick() + self._pace.latest
            self._say(Save.SAVED, f"Saved in the journal; the file itself waits, because {reason_of(problem)}.")
        else:
            self._folded_seq = self._journal.seq
            self._grown = 0
            self._fold_at = self._fold_by = NEVER
            self._recover()

    def flush(self) -> SaveState:
        """Journal what is left, whether due or not, and say how it stands."""
        self._retry_at = -NEVER
        self.save()
        return self.state

    def finish(self) -> SaveState:
        """Journal and fold what is left, whether due or not, and say how it stands."""
        self.flush()
        if not self._pending and self._folded_seq != self._journal.seq:
            self.fold()
        return self.state

    def leave(self) -> None:
        """Write nothing more. What could not be saved is kept elsewhere, if that can be."""
        if self._pending:
            self._keep_elsewhere()
        self._journal.leave()

    def _fail(self, problem: OSError) -> None:
        """Say NOT SAVED, and when it goes on failing keep the session elsewhere."""
        self._retry_at = self._tick() + self._pace.retry
        if self._failure and self._pending:
            self._keep_elsewhere()
        self._failure = f"Not saved, because {reason_of(problem)}."
        where = f" A copy is kept in {self._rescued}." if self._rescued else ""
        self._say(Save.NOT_SAVED, self._failure + where)

    def _keep_elsewhere(self) -> None:
        """Keep the session in the rescue folder, as it stands."""
        if self._rescued_seq != self._pending_seq:
            with contextlib.suppress(OSError):
                self._rescued = self._rescue(self._session, self._pending_seq)
                self._rescued_seq = self._pending_seq

    def _recover(self) -> None:
        self._failure = ""
        self._retry_at = -NEVER
        if not self._pending:
            self._say(Save.SAVED)

    def _say(self, kind: Save, message: str = "") -> None:
        if (kind, message) != (self.state.kind, self.state.message):
            self.state = SaveState(kind, self._clock(), message)
            self.announce(self.state)
