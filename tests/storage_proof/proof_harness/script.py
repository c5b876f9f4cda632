"""The words of a script: a small catalogue, commands with hostile text, steps, and what is known of a session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from cjworkshop.domain.columns import line, prose, rating, ref
from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.records import record_of
from cjworkshop.domain.rows import Catalogue, Row, table
from cjworkshop.domain.session import Session
from cjworkshop.domain.workbook import Workbook

if TYPE_CHECKING:
    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.workbook import Change

SLUG = "proof"
Content = dict[str, dict[str, dict[str, Any]]]
"""Table → row id → record; tables without rows are left out."""


@table("_meta", "Session", noun="session", single=True)
class About(Row):
    """What the session is called."""

    name: str = line("Name", required=True)


@table("stages", "Stages", noun="stage", codes="S")
class Stage(Row):
    """A stage of the journey."""

    name: str = line("Name", required=True)


@table("notes", "Notes", noun="note", codes="N")
class Note(Row):
    """What somebody said."""

    text: str = prose("Note", required=True)
    stage: str = ref("Stage", "stages")
    weight: int | None = rating("Weight")


CATALOGUE = Catalogue([About, Stage, Note])
HOSTILE = 'two\nlines, "quotes" \\ back [/x] 日本 👩‍👩‍👧'
"""Text that a careless journal would stumble over."""


def new_session() -> Session:
    """The session that every script begins with."""
    return Session(CATALOGUE).edited({"_meta": {"about": About(id="about", order=1024, name=SLUG)}})


def content_of(session: Session) -> Content:
    """The session's records."""
    return {name: {row.id: record_of(row) for row in session[name]} for name in CATALOGUE if session[name]}


def add(*row_ids: str, text: str = HOSTILE) -> AddRows:
    """Add notes, all in one change."""
    return AddRows("notes", tuple(NewRow(row_id, {"text": f"{row_id}: {text}"}) for row_id in row_ids))


def write(row_id: str, text: str) -> SetCells:
    """Change what a note says."""
    return SetCells("notes", ((row_id, "text", text),))


def remove(*row_ids: str) -> RemoveRows:
    """Remove notes, all in one change."""
    return RemoveRows("notes", row_ids)


class Clock:
    """A clock that goes on by a second each time it is read, and can be set."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 31, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now

    def turn(self, seconds: float) -> None:
        """Set it forward or back."""
        self.now += dt.timedelta(seconds=seconds)


Verb = Literal["create", "open", "do", "undo", "redo", "draft", "flush", "wait", "clock", "fold", "close", "kill"]


@dataclass(frozen=True)
class Step:
    """One thing that somebody does.

    `do` a command; a `draft` of this text (None: the editor closes); `wait` seconds pass; the `clock` jumps by seconds.
    `fold` is a checkpoint, `kill` the end of the process at a moment when the disk is not busy.
    """

    verb: Verb
    command: Command | None = None
    text: str | None = None
    seconds: float = 0.0


def script(*parts: Step | Command | Verb) -> tuple[Step, ...]:
    """Steps from steps, commands to be done, and plain verbs."""
    return tuple(
        part if isinstance(part, Step) else Step(part) if isinstance(part, str) else Step("do", command=part)
        for part in parts
    )


def draft(text: str | None) -> Step:
    """Text stands in the editor."""
    return Step("draft", text=text)


def wait(seconds: float) -> Step:
    """Time passes."""
    return Step("wait", seconds=seconds)


def clock(seconds: float) -> Step:
    """The clock is set."""
    return Step("clock", seconds=seconds)


class Record:
    """What really happened to a session: `sessions[n]` is what it was after change n, `changes[n - 1]` that change.

    `drafts` are the texts that stood in the open editor, in order; at first there is none. Nothing up to change `fresh`
    can be undone: one of several states was chosen there.
    """

    def __init__(self) -> None:
        self.sessions = [new_session()]
        self.changes: list[Change] = []
        self.drafts: list[str | None] = [None]
        self.fresh = 0

    def note(self, change: Change) -> None:
        """A change was made."""
        self.changes.append(change)
        self.sessions.append(change.applied(self.sessions[-1]))

    def until(self, seq: int, draft: int) -> Record:
        """The record of one to whom what came after change `seq` and draft `draft` never happened."""
        record = Record()
        record.sessions = self.sessions[: seq + 1]
        record.changes = self.changes[:seq]
        record.drafts = self.drafts[: draft + 1]
        record.fresh = self.fresh
        return record

    def content(self, seq: int) -> Content:
        """The records after change `seq`."""
        return content_of(self.sessions[seq])

    def undone(self, seq: int) -> Content | None:
        """The records after an undo on top of change `seq`; None where there is nothing to undo."""
        book = Workbook(self.sessions[seq], Clock(), seq=seq, history=self.changes[self.fresh : seq])
        return content_of(book.session) if book.undo() else None
