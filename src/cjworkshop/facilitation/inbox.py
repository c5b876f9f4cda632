"""The inbox: captured notes become rows of the tables that they belong to. None leaves before it is somewhere.

A note stays in the inbox for good and says what it became; what its new row has no room for can be looked up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, NewRow, SetCells, Together
from cjworkshop.domain.text import counted, shorten
from cjworkshop.errors import BadValue, NotFound
from cjworkshop.facilitation.known import by_code
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import Note
from cjworkshop.method.qualitative import Interview

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cjworkshop.domain.session import Session

INBOX = Note.__table__.name
BY_KIND = {
    "pain": "pains",
    "idea": "opportunities",
    "quote": "excerpts",
    "decision": "decisions",
    "action": "actions",
    "parked": "parked",
}
"""The table that a note of a kind becomes a row of. A plain note belongs to none: somebody must say."""
_NAME_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Question:
    """What must be said before a note can become a row: a row of one of `tables` for the column of the new row.

    `near` is the id of a stage where the answer is likely one of its touchpoints, else empty.
    """

    column: str
    tables: tuple[str, ...]
    words: str
    near: str = ""


def _touchpoint(note: Note, session: Session) -> str:
    return note.about if session.exists(("touchpoints",), note.about) else ""


def _interview(note: Note, session: Session) -> str:
    """The interview that the note's person is the code or the name of; empty where that is not one."""
    if row_id := by_code(session["interviews"], note.person):
        return row_id
    named = [
        interview.id
        for interview in session.rows(Interview)
        if note.person and interview.name.casefold() == note.person.casefold()
    ]
    return named[0] if len(named) == 1 else ""


def _day(note: Note, _: Session) -> dt.date | None:
    """The day on which the note was captured, where the workshop is."""
    return note.captured.astimezone().date() if note.captured else None


def _field(name: str) -> Callable[[Note, Session], Any]:
    return lambda note, _: getattr(note, name)


@dataclass(frozen=True)
class Destination:
    """How a note becomes a row of a table: each of its columns, by what the note says. `asks` is what must be known."""

    table: str
    columns: Mapping[str, Callable[[Note, Session], Any]]
    asks: Question | None = None


_WHERE = Question("touchpoint", ("touchpoints",), "Where does it hurt?")
_WHO = Question("interview", ("interviews",), "Which interview is it from?")
DESTINATIONS = {
    destination.table: destination
    for destination in (
        Destination("pains", {"pain": _field("text"), "touchpoint": _touchpoint, "severity": _field("level")}, _WHERE),
        Destination("opportunities", {"opportunity": _field("text"), "touchpoint": _touchpoint}),
        Destination(
            "excerpts",
            {
                "quote": _field("text"),
                "interview": _interview,
                "touchpoint": _touchpoint,
                "emotion": _field("emotion"),
            },
            _WHO,
        ),
        Destination("decisions", {"decision": _field("text"), "by": _field("person"), "date": _day}),
        Destination(
            "actions",
            {
                "action": _field("text"),
                "answers": _touchpoint,
                "owner": _field("person"),
                "due": _field("due"),
                "impact": _field("level"),
            },
        ),
        Destination("parked", {"text": _field("text"), "by": _field("person")}),
    )
}
"""Where notes can go, by the name of the table."""


def unsorted(session: Session) -> tuple[Note, ...]:
    """The notes that are nowhere yet."""
    return tuple(note for note in session.rows(Note) if not note.sorted_into)


def question(note: Note, into: str, session: Session) -> Question | None:
    """What must be asked before this note can go there; None where all is known. It is never guessed."""
    destination = DESTINATIONS[into]
    asks = destination.asks
    if asks is None or destination.columns[asks.column](note, session):
        return None
    near = note.about if session.exists(("stages",), note.about) else ""
    return Question(asks.column, asks.tables, asks.words, near)


def sorting(
    wanted: Sequence[tuple[str, str]],
    session: Session,
    new_id: Callable[[], str],
    answers: Mapping[str, str] | None = None,
) -> Together:
    """The command that makes each note a row of its table, all as one change. `wanted` are (note id, table name).

    `answers` say by note id what `question` asked. NotFound for a note that is gone; BadValue for one that is sorted
    already, or for which something is missing.
    """
    notes = [(_unsorted(note_id, session), into) for note_id, into in wanted]
    rows: dict[str, list[NewRow]] = {}
    cells = []
    for note, into in notes:
        row = NewRow(new_id(), _values(note, into, session, (answers or {}).get(note.id, "")))
        rows.setdefault(into, []).append(row)
        cells.append((note.id, "sorted_into", row.id))
    adding = [AddRows(table, tuple(new)) for table, new in rows.items()]
    return Together((*adding, SetCells(INBOX, tuple(cells))), _label(notes, session))


def _unsorted(note_id: str, session: Session) -> Note:
    note = session.get(Note, note_id)
    if note is None:
        raise NotFound("That note is gone.", "Ctrl+Z brings it back.")
    if note.sorted_into:
        raise BadValue(
            f"“{shorten(note.text, _NAME_LENGTH)}” is sorted already: it is {session.label(note.sorted_into)}.",
            "Go there, or undo the sorting.",
        )
    return note


def _values(note: Note, into: str, session: Session, answer: str) -> dict[str, Any]:
    values = {column: value(note, session) for column, value in DESTINATIONS[into].columns.items()}
    asked = question(note, into, session)
    if asked is not None:
        if not session.exists(asked.tables, answer):
            noun = session.catalogue[asked.tables[0]].noun
            raise BadValue(
                f"“{shorten(note.text, _NAME_LENGTH)}” needs one {noun} to go with.", f"Say which {noun} it is."
            )
        values[asked.column] = answer
    return values


def _label(notes: Sequence[tuple[Note, str]], session: Session) -> str:
    titles = ", ".join(dict.fromkeys(session.catalogue[into].title for _, into in notes))
    what = f"“{shorten(notes[0][0].text, _NAME_LENGTH)}”" if len(notes) == 1 else counted(len(notes), "note")
    return f"sort {what} into {titles}"


def by_kind(notes: Iterable[Note]) -> tuple[list[tuple[str, str]], list[Note]]:
    """(note id, table name) for each note whose kind says where it belongs, and those whose kind does not."""
    notes = tuple(notes)
    known = [(note.id, BY_KIND[note.kind]) for note in notes if note.kind in BY_KIND]
    return known, [note for note in notes if note.kind not in BY_KIND]


def age(then: dt.datetime, now: dt.datetime) -> str:
    """How long ago that was, in its largest unit: `now`, `5 min`, `2 h`, `3 d`."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 24 else f"{hours // 24} d"
