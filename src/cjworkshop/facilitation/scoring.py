"""Several people's scores of a touchpoint, taken down in turn: a digit a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells, Together
from cjworkshop.domain.text import counted, quoted
from cjworkshop.errors import BadValue
from cjworkshop.method.discovery import Person
from cjworkshop.method.employee_workshop import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change

BETWEEN = " ,;\t"
SKIPPED = "-.·_"
MOST_RATERS = 99
"""Places in turn that are kept for people without a name."""
NONE = 0
"""Takes a person's score away."""
_NUMBERED = re.compile(r"Person [0-9]+")


def raters(session: Session, number: int = 0) -> tuple[str, ...]:
    """Who scores, in turn: who did so far, then who attends; then the unnamed by their number, at least `number` in all.

    A number is a place in that turn, so that somebody who is passed over at first still comes where he sits.
    """
    scored = [score.who for score in session.rows(Score)]
    everybody = dict.fromkeys(name for name in (*scored, *_attending(session)) if name)
    names = [name for name in everybody if not is_numbered(name)]
    numbers = [int(name.removeprefix("Person ")) for name in everybody if is_numbered(name)]
    places = range(len(names) + 1, max([number, *(place for place in numbers if place <= MOST_RATERS)]) + 1)
    names += [f"Person {place}" for place in places]
    return tuple(dict.fromkeys((*names, *everybody)))


def places(session: Session) -> int:
    """How many can score: as many as there are names. 0 where nobody is named, and any number can."""
    people = raters(session)
    return 0 if all(is_numbered(who) for who in people) else len(people)


def check_places(session: Session, scores: Sequence[int | None]) -> None:
    """See that a line has no more scores than there are people to give them; BadValue says how many too many."""
    most = places(session)
    if most and len(scores) > most:
        named = {person.name for person in session.rows(Person)}
        grouped = any(who not in named for who in raters(session))
        who = f"{most} in turn" if grouped else counted(most, "person", "people")
        hint = "Erase some." if grouped else "Erase some, or add people."
        raise BadValue(f"{counted(len(scores), 'score')} for {who}: {len(scores) - most} too many.", hint)


def replaced(change: Change | None) -> int:
    """How many scores that were there a change of scores gave another value."""
    edits = change.edits if change else ()
    return sum(
        isinstance(edit.before, Score) and edit.before.emotion is not None and edit.after is not None for edit in edits
    )


def is_numbered(who: str) -> bool:
    """Whether this is nobody's name, but the number of somebody who was not named."""
    return _NUMBERED.fullmatch(who) is not None


def _attending(session: Session) -> list[str]:
    """Those who attend; none of them where groups score, as nobody then scores alone."""
    people = session.rows(Person)
    named = {person.name for person in people}
    groups = [score for score in session.rows(Score) if score.who and score.who not in named]
    return [] if groups else [person.name for person in people if person.attends]


def read(text: str) -> tuple[int | None, ...]:
    """`4 5 3 2 4` or `45324`: a score for each person in turn. `-` passes over somebody (None), `0` takes back (`NONE`)."""
    scores: list[int | None] = []
    for character in text:
        if character in SKIPPED:
            scores.append(None)
        elif character in "012345":
            scores.append(int(character))
        elif character not in BETWEEN:
            raise BadValue(f"{quoted(character)} is not a score.", "Type 1 to 5 for each person, - for nobody.")
    return tuple(scores)


def given(session: Session, touchpoint: str) -> dict[str, int]:
    """Who gave what to a touchpoint; the last score of each."""
    return {
        score.who: score.emotion
        for score in session.rows(Score)
        if score.touchpoint == touchpoint and score.emotion is not None
    }


def enter(session: Session, touchpoint: str, scores: Sequence[int | None], new_id: Callable[[], str]) -> Command:
    """Write the scores of people in turn for a touchpoint; those passed over keep theirs."""
    rows = {score.who: score for score in session.rows(Score) if score.touchpoint == touchpoint}
    cells, new, gone = [], [], []
    for who, score in zip(raters(session, len(scores)), scores, strict=False):
        if score is None:
            continue
        row = rows.get(who)
        if score == NONE:
            gone += [row.id] if row else []
        elif row:
            cells.append((row.id, "emotion", score))
        else:
            new.append(NewRow(new_id(), {"touchpoint": touchpoint, "who": who, "emotion": score}))
    commands: list[Command] = [SetCells("scores", tuple(cells))] if cells else []
    commands += [AddRows("scores", tuple(new))] if new else []
    commands += [RemoveRows("scores", tuple(gone))] if gone else []
    return Together(tuple(commands), f"scores of {session.short_label(touchpoint)}")
