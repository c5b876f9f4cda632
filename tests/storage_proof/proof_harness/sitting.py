"""Acts out a script on a disk that fails, and writes down what it was told is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.errors import NotFound, StorageFault, WorkshopError
from cjworkshop.storage.open_session import Draft
from cjworkshop.storage.save_state import Save
from proof_harness.contract import Moment, must, open_or_choose, reopened
from proof_harness.disks import Killed
from proof_harness.saving import InlineWriter, Tick, store_on
from proof_harness.script import Clock, new_session

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.open_session import OpenSession
    from proof_harness.disks import ProofDisk
    from proof_harness.saving import WriterType
    from proof_harness.script import Step


class Sitting:
    """One script on one disk. `moments` say what was promised when; `complaints` are errors that were announced.

    A person sits there: what fails with a StorageFault at creating or opening is tried once more; when closing fails,
    it is given up with the warning. What no person should see comes out of `run`.
    """

    def __init__(
        self, disk: ProofDisk, root: Path, moment: Moment | None = None, *, writer: WriterType = InlineWriter
    ) -> None:
        self.disk = disk
        self.moments = [moment or Moment()]
        self.complaints: list[str] = []
        self._clock = Clock()
        self._tick = Tick()
        self._store = store_on(disk, root, self._clock, self._tick, writer)
        self._opened: OpenSession | None = None

    @property
    def now(self) -> Moment:
        """What is promised now."""
        return self.moments[-1]

    def run(self, script: tuple[Step, ...]) -> Sitting:
        """From the first step to the last, or to the kill."""
        try:
            for step in script:
                self._take(step)
        except Killed:
            pass
        finally:
            self.disk.bury()
        return self

    def _note(self, **changes: Any) -> None:
        self.moments.append(replace(self.now, count=self.disk.count, **changes))

    def _take(self, step: Step) -> None:
        try:
            if step.verb == "create":
                self._create()
            elif step.verb == "open":
                self._open()
            elif self._opened is not None:
                self._go_on(self._opened, step)
        except WorkshopError as problem:
            self.complaints.append(f"{step.verb}: {problem}")
            must(problem.message.endswith("."), f"no sentence: {problem.message!r}")

    def _create(self) -> None:
        try:
            path = self._store.create(new_session())
        except StorageFault as problem:
            self.complaints.append(f"create: {problem}")
            path = self._store.create(new_session())
        self._note(path=path)

    def _open(self) -> None:
        admitted = self._admit() or self._admit()
        if admitted is None:
            return
        opened, chosen = admitted
        seq, text = reopened(opened, self.now)
        drafts = self.now.record.drafts
        draft = max(number for number in range(self.now.draft_handed + 1) if drafts[number] == text)
        record = self.now.record.until(seq, draft)
        record.fresh = seq if chosen else record.fresh
        opened.workbook.subscribe(record.note)
        self._opened = opened
        self._note(record=record, handed=seq, draft_handed=draft, closed=False)

    def _admit(self) -> tuple[OpenSession, bool] | None:
        """The session, and whether it was chosen; None, with a complaint, where it cannot be worked on just now."""
        if self.now.path is None:
            return None
        try:
            opened, chosen = open_or_choose(self._store, self.now.path)
        except (StorageFault, NotFound) as problem:
            self.complaints.append(f"open: {problem}")
            return None
        if chosen:
            self.complaints.append("open: there was a choice")
        if opened.read_only:
            self.complaints.append(f"open: {opened.save_state.message}")
            opened.close()
            return None
        return opened, chosen

    def _go_on(self, opened: OpenSession, step: Step) -> None:
        book = opened.workbook
        match step.verb:
            case "do" if step.command:
                book.do(step.command)
            case "undo":
                book.undo()
            case "redo":
                book.redo()
            case "draft":
                opened.keep_draft(None if step.text is None else Draft("notes", "n1", "text", step.text))
                self.now.record.drafts.append(step.text)
                self._note(draft_handed=self.now.draft_handed + 1)
            case "flush":
                self._flush(opened)
            case "wait":
                self._tick.now += step.seconds
                self._flush(opened)
            case "clock":
                self._clock.turn(step.seconds)
            case "fold":
                self._fold(opened)
            case "close":
                self._close(opened)
            case "kill":
                self.disk.bury()
                self._opened = None
        if book.seq != self.now.handed:
            self._note(handed=book.seq)

    def _saved(self) -> dict[str, int]:
        return {"saved": self.now.handed, "draft_saved": self.now.draft_handed}

    def _flush(self, opened: OpenSession) -> None:
        state = opened.flush()
        if state.kind is Save.SAVED:
            self._note(**self._saved())
        else:
            self.complaints.append(f"flush: {state.message}")

    def _fold(self, opened: OpenSession) -> None:
        state = opened.checkpoint()
        if state.kind is Save.SAVED:
            self._note(**self._saved(), **({} if state.message else {"folded": self.now.handed}))
        if state.message:
            self.complaints.append(f"fold: {state.message}")

    def _close(self, opened: OpenSession) -> None:
        self._opened = None
        for anyway in (False, False, True):
            try:
                opened.close(anyway=anyway)
            except StorageFault as problem:
                self.complaints.append(f"close: {problem}")
            else:
                break
        state = opened.save_state
        if state.kind is Save.SAVED:
            folded = {} if state.message else {"folded": self.now.handed}
            self._note(**self._saved(), **folded, closed=not state.message)
