"""The inbox: captured notes become rows of the tables that they belong to. None leaves before it is somewhere.

A note stays in the inbox for good and says what it became; what its new row has no room for can be looked up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, NewRow, SetCells, Together
from cjworkshop.domain.text import counted, shorten
from cjworkshop.errors import BadValue, NotFound
from cjworkshop.facilitation.capture import LEVELS
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


@dataclass(frozen=True)
class Part:
    """What a column of the new row takes from a field of the note; `read` gives the column's empty where it cannot."""

    field: str
    read: Callable[[Note, Session], Any]


def _field(name: str) -> Part:
    return Part(name, lambda note, _: getattr(note, name))


_TOUCHPOINT = Part("about", _touchpoint)


@dataclass(frozen=True)
class Destination:
    """How a note becomes a row of a table: each of its columns, by what the note says. `asks` is what must be known."""

    table: str
    columns: Mapping[str, Part]
    asks: Question | None = None


_WHERE = Question("touchpoint", ("touchpoints",), "Where does it hurt?")
_WHO = Question("interview", ("interviews",), "Which interview is it from?")
DESTINATIONS = {
    destination.table: destination
    for destination in (
        Destination("pains", {"pain": _field("text"), "touchpoint": _TOUCHPOINT, "severity": _field("level")}, _WHERE),
        Destination("opportunities", {"opportunity": _field("text"), "touchpoint": _TOUCHPOINT}),
        Destination(
            "excerpts",
            {
                "quote": _field("text"),
                "interview": Part("person", _interview),
                "touchpoint": _TOUCHPOINT,
                "emotion": _field("emotion"),
            },
            _WHO,
        ),
        Destination("decisions", {"decision": _field("text"), "by": _field("person"), "date": Part("captured", _day)}),
        Destination(
            "actions",
            {
                "action": _field("text"),
                "answers": _TOUCHPOINT,
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
    if asks is None or destination.columns[asks.column].read(note, session):
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
    values = {column: part.read(note, session) for column, part in DESTINATIONS[into].columns.items()}
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


def kept_only(wanted: Sequence[tuple[Note, str]], session: Session) -> tuple[str, ...]:
    """What these notes say and the rows that they become in these tables do not: `emotion 2`, `7 dots`.

    Of several notes only what it is: `emotion`, `dots`.
    """
    said: dict[str, None] = {}
    for note, into in wanted:
        parts = DESTINATIONS[into].columns.values()
        taken = {part.field for part in parts if part.read(note, session) not in {None, ""}}
        asked = question(note, into, session)
        if (
            asked is not None and asked.near and "touchpoints" in asked.tables
        ):  # one of the stage's touchpoints says the stage too
            taken.add("about")
        for field, name, words in _further(note, session):
            if field not in taken:
                said[words if len(wanted) == 1 else name] = None
    return tuple(said)


def _further(note: Note, session: Session) -> list[tuple[str, str, str]]:
    """(field, what it is, in words) of what a note says beside its text."""
    further = (
        ("about", "place", session.label(note.about)),
        ("person", "who said it", f"said by {note.person}"),
        ("emotion", "emotion", f"emotion {note.emotion}"),
        ("level", "level", f"{LEVELS.get(note.kind, 'level')} {note.level}"),
        ("dots", "dots", f"{note.dots} dots"),
        ("due", "day", f"due {note.due}"),
    )
    return [part for part in further if getattr(note, part[0]) not in {None, ""}]


def said_beside(table: str, session: Session) -> dict[str, tuple[str, ...]]:
    """What sorted notes still say beside the rows of this table that they became: in words, by the row's id.

    Rows whose notes say no more than they do are not among them.
    """
    beside: dict[str, tuple[str, ...]] = {}
    if table in DESTINATIONS:
        for note in session.rows(Note):
            if session.exists((table,), note.sorted_into) and (said := kept_only([(note, table)], session)):
                beside[note.sorted_into] = beside.get(note.sorted_into, ()) + said
    return beside


def ready(note: Note, session: Session) -> tuple[str, ...]:
    """The tables that this note can go to as things stand: all that must be asked has something to answer with."""
    asked = {into: question(note, into, session) for into in DESTINATIONS}
    return tuple(into for into, ask in asked.items() if ask is None or any(session[name] for name in ask.tables))


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
