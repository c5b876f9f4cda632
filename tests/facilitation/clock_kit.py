"""Sessions with an agenda for the tests of the clock: the day of step 2, and made-up agendas."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.domain.session import Rows, Session
from cjworkshop.facilitation.agenda import plan
from cjworkshop.method.across import Block, Meeting
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import Template, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from cjworkshop.domain.commands import Command
    from cjworkshop.facilitation.agenda import Item

STEP = "employee-workshop"
DAY = dt.date(2026, 3, 17)


def at(hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    """That time of the day, in UTC, which is the time on the wall too."""
    return dt.datetime(2026, 3, 17, hour, minute, second, tzinfo=dt.UTC)


def done(session: Session, command: Command) -> Session:
    return session.edited(command.edits(session))


def fresh(prefix: str = "new") -> Callable[[], str]:
    """What gives new ids: `new0`, `new1`."""
    ids = count()
    return lambda: f"{prefix}{next(ids)}"


def the_day() -> Session:
    """A new session with the usual agendas, and a meeting for step 2 from 09:00 to 15:30."""
    session = begin(CATALOGUE, Template("t", "T"), {"name": "Day"}, new_id=fresh("id"))
    return with_meeting(session, dt.time(9), dt.time(15, 30))


def with_meeting(
    session: Session, start: dt.time | None, end: dt.time | None, day: dt.date | None = DAY, step: str = STEP
) -> Session:
    values = {"step": step, "date": day, "start": start, "end": end}
    return done(session, AddRows("meetings", (NewRow("meeting", values),)))


def agenda(*blocks: Block, meeting: tuple[dt.time, dt.time] | None = None) -> Session:
    """A session with these blocks of step 2 (whatever their step says, if it says one)."""
    ordered = tuple(replace(row, step=row.step or STEP, order=place) for place, row in enumerate(blocks))
    tables = {"agenda": Rows(ordered)}
    if meeting:
        tables["meetings"] = Rows((Meeting(id="m", step=STEP, date=DAY, start=meeting[0], end=meeting[1]),))
    return Session(CATALOGUE, tables)


def item(session: Session, name: str) -> Item:
    """The first block or activity of this name."""
    return next(item for item in plan(session, STEP).rows() if item.row.block == name)


def put(session: Session, name: str, **values: object) -> Session:
    """The block of this name with other values."""
    row_id = item(session, name).row.id
    return done(session, SetCells("agenda", tuple((row_id, key, value) for key, value in values.items())))


def blocks() -> SearchStrategy[list[Block]]:
    """Agendas of up to eight blocks with up to three activities each, working and breaks."""
    minutes = st.one_of(st.none(), st.integers(0, 120))
    minimum = st.one_of(st.none(), st.integers(0, 30))
    kind = st.sampled_from(["work", "work", "break"])
    part = st.tuples(minutes, minimum, kind)
    block = st.tuples(minutes, minimum, kind, st.lists(part, max_size=3))

    def rows(drawn: list[tuple[int | None, int | None, str, list[tuple[int | None, int | None, str]]]]) -> list[Block]:
        made = []
        for number, (planned, least, its, parts) in enumerate(drawn):
            made.append(Block(id=f"b{number}", block=f"Block {number}", minutes=planned, minimum=least, kind=its))
            made += [
                Block(
                    id=f"b{number}.{inner}", block=f"Part {number}.{inner}", minutes=of, minimum=small, kind=sort,
                    part_of=f"b{number}",
                )
                for inner, (of, small, sort) in enumerate(parts)
            ]  # fmt: skip
        return made

    return st.lists(block, min_size=1, max_size=8).map(rows)
