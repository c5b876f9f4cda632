"""A session that is open for work: its workbook, and the promise that what it says is saved can be found again."""

from __future__ import annotations

import contextlib
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Self, TypeVar

from cjworkshop.errors import StorageFault
from cjworkshop.lazy import dataclass
from cjworkshop.storage.place import Place, read_place
from cjworkshop.storage.save_state import Save, SaveState, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change, Workbook
    from cjworkshop.storage.checkpoint import ChangedElsewhere
    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.keeper import Keeper
    from cjworkshop.storage.lock import Lock
    from cjworkshop.storage.names import Files

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds after which a disk that does not answer is reported."""


@dataclass(frozen=True)
class Draft:
    """The text in an open editor. `after` is the row behind which a row is to be made that does not exist yet."""

    table: str
    row_id: str
    column: str
    text: str
    after: str | None = None


@dataclass(frozen=True)
class KeptLine:
    """A line that was typed on a screen over the tables and not entered; `at` are ids or names of what it is for.

    One that was `refused` is replaced by what is typed next.
    """

    text: str
    at: tuple[str, ...] = ()
    refused: bool = False


NOTE, LINES = "note", "lines"
"""Keys of the note that is being captured and of the kept lines, among the draft's: all are kept in one journal line."""


def draft_of(data: Json) -> Draft | None:
    """The draft that a journal tells of; None where there is none or it cannot be read."""
    try:
        draft = Draft(**{key: value for key, value in dict(data).items() if key not in {NOTE, LINES}})
    except (TypeError, ValueError):
        return None
    texts = (draft.table, draft.row_id, draft.column, draft.text, draft.after or "")
    return draft if all(isinstance(text, str) for text in texts) else None


def note_of(data: Json) -> str:
    """The note that was being captured, as a journal tells of it; empty where there is none."""
    note = data.get(NOTE) if isinstance(data, dict) else ""
    return note if isinstance(note, str) else ""


def lines_of(data: Json) -> dict[str, KeptLine]:
    """Place → the line that was typed there and not entered, as a journal tells of them."""
    told = data.get(LINES) if isinstance(data, dict) else None
    lines = {}
    for place, line in told.items() if isinstance(told, dict) else ():
        text, at = (line.get("text"), line.get("at")) if isinstance(line, dict) else (None, None)
        if isinstance(text, str) and isinstance(at, list):
            at = tuple(part for part in at if isinstance(part, str))
            lines[place] = KeptLine(text, at, refused=line.get("refused") is True)
    return lines


class OpenSession:
    """An open session. Edits go through `workbook`; everything else happens by itself.

    `notices` are sentences to be shown once. `draft` is the text that stood in an open editor when the session was
    left, `note` the line that was being captured, `lines` those that were typed elsewhere and not entered, by their
    place; `place` is the step and cell. Made by `SessionStore.open`. Use it as a context manager, or `close` it.
    """

    def __init__(
        self,
        environment: Environment,
        files: Files,
        workbook: Workbook,
        *,
        keeper: Keeper | None,
        lock: Lock | None,
        state: SaveState,
        notices: Iterable[str],
        draft: Draft | None,
        note: str = "",
        lines: Mapping[str, KeptLine] | None = None,
    ) -> None:
        self.path: Path = files.visible
        self.workbook = workbook
        self.notices = tuple(notices)
        self.draft = draft
        self.note = note
        self.lines = dict(lines or {})
        self._edited = draft
        self.place = read_place(environment.disk, files)
        self._lock = lock
        self._keeper = keeper
        self._state = state
        self._listeners: list[Callable[[SaveState], None]] = []
        self._sent = 0
        self._sent_at = 0.0
        self._tick = environment.tick
        self._closed = False
        self._writer = environment.writer(keeper, self._fault) if keeper else None
        if self._writer and keeper:
            keeper.announce = self._announce
            self._stop = workbook.subscribe(self._journal)
            self._writer.start()

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self.workbook.session

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved, so that nothing should be changed."""
        return self._keeper is None

    @property
    def save_state(self) -> SaveState:
        """How it stands now. Also says when the disk does not answer at all."""
        keeper = self._keeper
        if keeper is None or keeper.journaled == self._sent:
            return self._state  # looked at last: an older one could be from before the last change
        state = self._state
        if state.kind is Save.NOT_SAVED:
            return state
        if self._tick() - max(self._sent_at, keeper.journaled_at) > PATIENCE:
            return replace(state, kind=Save.NOT_SAVED, message="Not saved: the disk does not answer.")
        return replace(state, kind=Save.SAVING, message="")

    def on_state(self, listener: Callable[[SaveState], None]) -> Callable[[], None]:
        """Call `listener` with each new state, on the writer thread; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def keep_draft(self, draft: Draft | None, *, at_once: bool = False) -> None:
        """Say what stands in the open editor, at every key; None when it closed. `at_once` when it loses the focus."""
        self._edited = draft
        self._hand_draft(at_once=at_once)

    def keep_note(self, note: str) -> None:
        """Say what stands in the line for captures, at every key; empty when it became a note."""
        self.note = note
        self._hand_draft(at_once=False)

    def keep_line(self, place: str, line: KeptLine | None) -> None:
        """Say what is typed at a place and not entered, at every key; None when it was entered or erased."""
        if line != self.lines.get(place):
            kept = {**self.lines, place: line}
            self.lines = {name: one for name, one in kept.items() if one is not None}
            self._hand_draft(at_once=False)

    def _hand_draft(self, *, at_once: bool) -> None:
        if self._writer and self._keeper:
            data, keeper = asdict(self._edited) if self._edited else {}, self._keeper
            data |= {NOTE: self.note} if self.note else {}
            lines: dict[str, Json] = {
                place: {"text": line.text, "at": [*line.at]} | ({"refused": True} if line.refused else {})
                for place, line in self.lines.items()
            }
            data |= {LINES: lines} if lines else {}
            self._writer.hand(lambda: keeper.accept_draft(data or None, at_once=at_once))

    def keep_place(self, place: Place) -> None:
        """Say where one is, so that the session opens there again."""
        self.place = place
        if self._writer and self._keeper:
            keeper = self._keeper
            self._writer.hand(lambda: keeper.accept_place(place))

    def flush(self) -> SaveState:
        """Wait until everything so far is journaled, or has failed to be."""
        return self._writer.ask(self._keeper.flush) if self._writer and self._keeper else self._state

    def checkpoint(self) -> SaveState:
        """Wait until the visible file holds everything so far, or has failed to."""
        return self._writer.ask(self._keeper.finish) if self._writer and self._keeper else self._state

    def backup(self, why: str, label: str = "") -> Path:
        """Keep the session as it stands among its backups, and say where.

        `why` is one word (`named` for a restore point of the user's, `import`, `restore`), `label` the user's name
        for it. StorageFault, Busy where that cannot be.
        """
        return self._ask(lambda keeper: keeper.backup(why, label))

    def mark(self, *, archived: bool) -> None:
        """Have the file say whether the session is archived. StorageFault, Busy where that cannot be."""
        self._ask(lambda keeper: keeper.mark(archived=archived))

    @property
    def conflict(self) -> ChangedElsewhere | None:
        """Says that another program has changed the file meanwhile. Edits go on into the journal.

        `keep_mine` ends it; so does closing the session: opening it again then asks which version to go on with.
        """
        return self._keeper.conflict if self._keeper else None

    def keep_mine(self) -> SaveState:
        """End a conflict in favour of this version; the other one is kept among the backups. StorageFault."""
        return self._ask(lambda keeper: keeper.keep_mine())

    def _ask(self, job: Callable[[Keeper], T]) -> T:
        """Have something done on the writer thread, saying in words what the disk refuses."""
        if not (self._writer and self._keeper):
            raise StorageFault(f"{self.path.name} is read-only.", "Duplicate it, or open it where it can be written.")
        keeper = self._keeper
        try:
            return self._writer.ask(lambda: job(keeper))
        except OSError as problem:
            raise StorageFault(f"That cannot be done, because {reason_of(problem)}.", "Look at the disk.") from problem

    def close(self, *, anyway: bool = False) -> None:
        """Save, bring the file up to date, and let others open it.

        StorageFault where something could not be saved: then the session stays open and saving is tried on, unless
        `anyway` says to give up. Closing twice is allowed.
        """
        if self._closed:
            return
        with contextlib.suppress(*[StorageFault] if anyway else []):  # a writer that has stopped saves nothing more
            state = self.checkpoint()
            if state.kind is Save.NOT_SAVED:
                raise StorageFault(state.message, "Make room there; it is tried again every second.")
        self._closed = True
        if self._writer and self._keeper:
            self._stop()
            with contextlib.suppress(StorageFault):
                self._writer.ask(self._keeper.leave)
            self._writer.end()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.close()
        except StorageFault:
            self.close(anyway=True)
            raise

    def _journal(self, change: Change) -> None:
        if self._writer is None or self._keeper is None:
            return
        if self._keeper.journaled == self._sent:
            self._sent_at = self._tick()
        self._sent += 1
        keeper, session = self._keeper, self.workbook.session
        self._writer.hand(lambda: keeper.accept(change, session))

    def _announce(self, state: SaveState) -> None:
        self._state = state
        for listener in tuple(self._listeners):
            listener(state)

    def _fault(self) -> None:
        self._announce(
            replace(self._state, kind=Save.NOT_SAVED, message="Not saved: saving stopped by a fault in the program.")
        )
