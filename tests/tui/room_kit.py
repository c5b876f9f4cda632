"""A session whose clock runs, a vote that is held, and words planted in every column, for the tests of the presenter."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

from cjworkshop.domain import kinds
from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.mapping.lanes import LANES
from cjworkshop.method.across import Block
from cjworkshop.method.steps import CATALOGUE
from strategies import filled

if TYPE_CHECKING:
    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session

NOON = dt.datetime(2026, 3, 17, 12, 0, tzinfo=dt.UTC)
STEP = "employee-workshop"


def done(session: Session, *commands: Command) -> Session:
    for command in commands:
        session = session.edited(command.edits(session))
    return session


def begun(session: Session, *, minutes: float = 20, groups: tuple[str, ...] = (), now: dt.datetime = NOON) -> Session:
    """The sample on the day of step 2: “Let's get mapping” runs since so many minutes, what was before it is done."""
    blocks = [row for row in session.rows(Block) if row.step == STEP]
    here = next(place for place, row in enumerate(blocks) if "mapping" in row.block)
    start = now - dt.timedelta(minutes=minutes)
    stamps = ("started", "ended", "paused", "paused_minutes", "allotted")
    cells: list[tuple[str, str, object]] = [(row.id, name, None) for row in session.rows(Block) for name in stamps]
    for row in blocks[:here]:
        cells += [(row.id, "started", start - dt.timedelta(minutes=60)), (row.id, "ended", start)]
    cells += [(blocks[here].id, "started", start), (blocks[here].id, "groups", groups)]
    return done(session, SetCells("agenda", tuple(cells)))


def voting(session: Session, state: str = "collecting", mode: str = "room") -> Session:
    """A round over all touchpoints: 12 × 6 dots, 5 + 3 + 1 of them given, by Ann, Ben and nobody."""
    touchpoints = [row.id for row in session["touchpoints"]]
    given = tuple(
        NewRow(f"room{place}", {"round": "room", "item": touchpoints[place], "dots": dots, "who": who})
        for place, dots, who in ((3, 5, "Ann Planted"), (0, 3, "Ben Planted"), (9, 1, ""))
    )
    rules = {"title": "What first?", "over": "touchpoints", "voters": 12, "dots_each": 6, "state": state, "mode": mode}
    return done(session, AddRows("vote_rounds", (NewRow("room", rules),)), AddRows("votes", given))


def planted() -> tuple[Session, dict[str, str]]:
    """A session with another word in every column that holds words; word → `table.column`."""
    session = filled()
    words: dict[str, str] = {}
    numbers = itertools.count(100)
    commands: list[Command] = []
    for table in CATALOGUE.values():
        cells: list[tuple[str, str, object]] = []
        for column in table.columns:
            if not isinstance(column.kind, kinds.Line | kinds.Prose | kinds.Tags) or column.key in {
                "lanes",
                "collects",
            }:
                continue
            word = f"Q{next(numbers)}"
            words[word] = f"{table.name}.{column.key}"
            value: object = (word,) if isinstance(column.kind, kinds.Tags) else word
            cells += [(row.id, column.key, value) for row in session[table.name]]
        if cells:
            commands.append(SetCells(table.name, tuple(cells)))
    session = done(session, *commands)
    about = session["_meta"][0]
    session = done(session, SetCells("_meta", ((about.id, "lanes", tuple(lane.key for lane in LANES)),)))
    return session, words
