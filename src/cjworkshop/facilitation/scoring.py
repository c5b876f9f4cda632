"""Several people's scores of a touchpoint, taken down in turn: a digit a person."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells, Together
from cjworkshop.domain.text import counted, quoted
from cjworkshop.errors import BadValue
from cjworkshop.method.discovery import Person
from cjworkshop.method.employee_workshop import Score, Touchpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change

BETWEEN = " ,;\t"
NOBODY = "-.·_0"
"""What is typed for somebody who gives no score."""
MOST_RATERS = 99
"""Places in turn that are kept for people without a name."""
_NUMBERED = re.compile(r"Person [0-9]+")


class Replaced(NamedTuple):
    """How many scores that were there a line gave `another` value, and how many it `removed`."""

    another: int
    removed: int


def raters(session: Session, number: int = 0) -> tuple[str, ...]:
    """Who scores, in turn; then the unnamed by their number, at least `number` in all.

    These are the people listed who attend or scored, in the order of their list; but where others scored, such as
    groups, whoever did. A number is a place in that turn, so that somebody who is passed over at first still comes
    where he sits.
    """
    scored, people = _scored(session), session.rows(Person)
    listed = {person.name for person in people}
    grouped = any(who not in listed for who in scored)
    whoever = scored if grouped else [person.name for person in people if person.attends or person.name in scored]
    everybody = dict.fromkeys(name for name in whoever if name)
    names = [name for name in everybody if not is_numbered(name)]
    numbers = [int(name.removeprefix("Person ")) for name in everybody if is_numbered(name)]
    places = range(len(names) + 1, max([number, *(place for place in numbers if place <= MOST_RATERS)]) + 1)
    names += [f"Person {place}" for place in places]
    return tuple(dict.fromkeys((*names, *everybody)))


def _scored(session: Session) -> tuple[str, ...]:
    """Who scored so far, in turn: as at the touchpoint that most have scored, then whoever scored others."""
    by_touchpoint: dict[str, dict[str, None]] = {}
    for score in session.rows(Score):
        if score.who:
            by_touchpoint.setdefault(score.touchpoint, {})[score.who] = None
    fullest_first = sorted(by_touchpoint.values(), key=len, reverse=True)
    return tuple(dict.fromkeys(chain.from_iterable(fullest_first)))


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


def replaced(change: Change | None) -> Replaced:
    """What a change of scores did to those that were there."""
    another = removed = 0
    for edit in change.edits if change else ():
        if isinstance(edit.before, Score) and edit.before.emotion is not None:
            removed += edit.after is None
            another += isinstance(edit.after, Score) and edit.after.emotion != edit.before.emotion
    return Replaced(another, removed)


def is_numbered(who: str) -> bool:
    """Whether this is nobody's name, but the number of somebody who was not named."""
    return _NUMBERED.fullmatch(who) is not None


def read(text: str) -> tuple[int | None, ...]:
    """`4 5 3 2 4` or `45324`: a score for each person in turn; None, written `-`, of somebody who gives none."""
    scores: list[int | None] = []
    for character in text:
        if character in NOBODY:
            scores.append(None)
        elif character in "12345":
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
    """Have these be the scores of a touchpoint, of people in turn: whoever gives none, or comes later, has none there.

    New rows stand where their people come in turn, so that the rows still tell it.
    """
    there = [score for score in session.rows(Score) if score.touchpoint == touchpoint]
    rows = {score.who: score for score in there}
    behind = _row_before(session, there[0]) if there else None
    cells: list[tuple[str, str, int]] = []
    new: dict[str | None, list[NewRow]] = {}
    for who, score in zip(raters(session, len(scores)), scores, strict=False):
        row = rows.get(who)
        behind = row.id if row else behind
        if score is not None and row is not None:
            cells.append((row.id, "emotion", score))
        elif score is not None:
            values = {"touchpoint": touchpoint, "who": who, "emotion": score}
            new.setdefault(behind, []).append(NewRow(new_id(), values))
    stay = {row_id for row_id, _, _ in cells}
    gone = tuple(score.id for score in there if score.emotion is not None and score.id not in stay)
    commands: list[Command] = [SetCells("scores", tuple(cells))] if cells else []
    commands += [AddRows("scores", tuple(added), place) for place, added in new.items()]
    commands += [RemoveRows("scores", gone)] if gone else []
    return Together(tuple(commands), f"scores of {session.short_label(touchpoint)}")


def _row_before(session: Session, score: Score) -> str:
    """The id of the row that stands before this one; empty where it is the first."""
    place = session["scores"].positions[score.id]
    return session["scores"][place - 1].id if place else ""


def take_over(emotions: Mapping[str, int]) -> Command:
    """Have these be the emotions of touchpoints, by their ids: what staff believe, now that they were asked."""
    cells = tuple((touchpoint, "emotion", emotion) for touchpoint, emotion in emotions.items())
    name = f"{counted(len(cells), 'emotion')} from scores"
    return Together((SetCells(Touchpoint.__table__.name, cells),), name)
