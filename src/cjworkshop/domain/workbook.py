"""The open session: do, undo, redo, and the news of each change to whoever listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session

Act = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One row before and after a change; None where it did not or does not exist."""

    table: str
    row_id: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one action of the user did: the undo step, the journal's record and the news for the views, all in one."""

    seq: int
    time: dt.datetime
    act: Act
    label: str
    edits: tuple[RowEdit, ...]

    def touched(self, table: str) -> frozenset[str]:
        """The ids of this table's rows that differ."""
        return frozenset(edit.row_id for edit in self.edits if edit.table == table)

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables that differ."""
        return frozenset(edit.table for edit in self.edits)

    def applied(self, session: Session) -> Session:
        """The session after it. Applying it twice is the same as once."""
        edits: dict[str, dict[str, Row | None]] = {}
        for edit in self.edits:
            edits.setdefault(edit.table, {})[edit.row_id] = edit.after
        return session.edited(edits)

    def turned(self, seq: int, time: dt.datetime, act: Act) -> Change:
        """The change that takes this one back."""
        back = tuple(RowEdit(edit.table, edit.row_id, edit.after, edit.before) for edit in self.edits)
        return Change(seq, time, act, self.label, back)


class Workbook:
    """A session that is being worked on. Nothing else may change a session.

    `history` are the changes made so far, oldest first, undos and redos among them, as the journal keeps them:
    undo goes on where it stopped. `clock` gives the time of a change.
    """

    def __init__(
        self,
        session: Session,
        clock: Callable[[], dt.datetime],
        *,
        seq: int = 0,
        history: Iterable[Change] = (),
    ) -> None:
        self.session = session
        self.seq = seq
        self._clock = clock
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._listeners: list[Callable[[Change], None]] = []
        for change in history:
            self._remember(change)

    @property
    def undo_label(self) -> str:
        """What undo would take back; empty if nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again; empty if nothing."""
        return self._undone[-1].label if self._undone else ""

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` after each change, in the order of subscription; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, command: Command) -> Change | None:
        """Carry out a command. Returns its change, or None where nothing was different afterwards."""
        edits = tuple(
            RowEdit(name, row_id, before, after)
            for name, rows in command.edits(self.session).items()
            for row_id, after in rows.items()
            if (before := self.session[name].get(row_id)) != after
        )
        if not edits:
            return None
        return self._carry_out(Change(self.seq + 1, self._clock(), "do", command.label(self.session), edits))

    def undo(self) -> Change | None:
        """Take the last change back; None where there is none."""
        return self._carry_out(self._done[-1].turned(self.seq + 1, self._clock(), "undo")) if self._done else None

    def redo(self) -> Change | None:
        """Do again what was last undone; None where there is nothing."""
        return self._carry_out(self._undone[-1].turned(self.seq + 1, self._clock(), "redo")) if self._undone else None

    def forget(self) -> None:
        """Drop the undo history: the rows under it were changed by another program."""
        self._done.clear()
        self._undone.clear()

    def _carry_out(self, change: Change) -> Change:
        self.session = change.applied(self.session)
        self.seq = change.seq
        self._remember(change)
        for listener in tuple(self._listeners):
            listener(change)
        return change

    def _remember(self, change: Change) -> None:
        """Keep the undo and redo stacks. A history that begins in the middle may undo what it never saw done."""
        if change.act == "undo":
            if self._done:
                self._done.pop()
            self._undone.append(change)
            return
        if change.act == "do":
            self._undone.clear()
        elif self._undone:
            self._undone.pop()
        self._done.append(change)
