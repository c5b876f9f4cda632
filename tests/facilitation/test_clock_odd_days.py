"""Meetings on several days, days that are gone or far, and more minutes than a day has."""

from __future__ import annotations

import datetime as dt

import pytest
from clock_kit import DAY, STEP, agenda, at, done, item, put, the_day

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Rows, Session
from cjworkshop.errors import NotFound
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.capture import running_block
from cjworkshop.facilitation.clock import due_start, meeting_on, reading
from cjworkshop.facilitation.refit import refit
from cjworkshop.method.across import MOST_MINUTES, Block, Meeting
from cjworkshop.method.steps import CATALOGUE

MEETINGS = (
    Meeting(id="none", step=STEP, order=0, date=DAY),
    Meeting(id="first", step=STEP, order=1, date=DAY - dt.timedelta(days=1), start=dt.time(9), end=dt.time(12)),
    Meeting(id="second", step=STEP, order=2, date=DAY, start=dt.time(13), end=dt.time(17)),
    Meeting(id="other", step="report", order=3, date=DAY, end=dt.time(18)),
)


def with_meetings(*meetings: Meeting) -> Session:
    blocks = Rows(
        (Block(id="a", step=STEP, block="A", minutes=180), Block(id="b", step=STEP, order=1, block="B", minutes=60))
    )
    return Session(CATALOGUE, {"agenda": blocks, "meetings": Rows(meetings)})


def due(session: Session, now: dt.datetime) -> dt.datetime | None:
    return reading(session, STEP, now, dt.UTC).fixed


@pytest.mark.parametrize(
    ("day", "meeting"), [(-9, "first"), (-1, "first"), (0, "second"), (1, "second"), (90, "second")]
)
def test_of_several_meetings_that_of_the_day_counts_or_the_next(day: int, meeting: str) -> None:
    found = meeting_on(with_meetings(*MEETINGS), STEP, DAY + dt.timedelta(days=day))
    assert found is not None
    assert found.id == meeting


def test_the_second_day_ends_when_the_second_meeting_does() -> None:
    session = with_meetings(*MEETINGS)
    assert due(session, at(13)) == at(17)
    session = done(session, moves.start(session, STEP, at(13)))
    assert due(session, at(13, 20)) == at(17)
    assert reading(session, STEP, at(13), dt.UTC).behind == 0


def test_a_meeting_of_the_past_is_taken_to_be_held_today() -> None:
    session = with_meetings(MEETINGS[1])
    assert due(session, at(8)) == at(12)
    assert refit(session, STEP, at(9), dt.UTC).short == 0


def test_saying_when_it_ends_changes_the_meeting_of_that_day() -> None:
    session = with_meetings(*MEETINGS)
    session = done(session, moves.hold(session, STEP, (dt.time(13), dt.time(16)), DAY, "new"))
    assert [(row.id, row.end) for row in session.rows(Meeting)][1:3] == [
        ("first", dt.time(12)),
        ("second", dt.time(16)),
    ]


@pytest.mark.parametrize(("session_day", "day"), [(None, 0), (-3, 0), (0, 0), (1, 1), (30, 30)])
def test_a_new_meeting_is_on_the_day_of_the_session_where_that_is_to_come(session_day: int | None, day: int) -> None:
    date = None if session_day is None else DAY + dt.timedelta(days=session_day)
    session = with_meetings()
    session = done(session, AddRows("_meta", (NewRow("about", {"name": "x", "date": date}),)))
    session = done(session, moves.hold(session, STEP, (dt.time(9), dt.time(16)), DAY, "new"))
    assert [row.date for row in session.rows(Meeting)] == [DAY + dt.timedelta(days=day)]


def test_an_agenda_should_have_begun_only_while_its_meeting_goes_on() -> None:
    session = with_meetings(MEETINGS[2])
    found = [due_start(session, STEP, at(hour), dt.UTC) for hour in (8, 13, 14, 16, 17, 20)]
    assert found == [None, None, at(13), at(13), None, None]
    begun = done(session, moves.start(session, STEP, at(14)))
    assert due_start(begun, STEP, at(14), dt.UTC) is None
    assert due_start(session, "report", at(14), dt.UTC) is None


def test_notes_belong_to_the_step_whose_clock_runs() -> None:
    yesterday = at(15) - dt.timedelta(days=1)
    session = agenda(
        Block(id="old", step=STEP, block="Old", minutes=60, started=yesterday),
        Block(id="part", step=STEP, block="Part", minutes=30, part_of="old", started=yesterday),
        Block(id="new", step="qualitative", block="New", minutes=60, started=at(9)),
    )
    block = running_block(session)
    assert block is not None
    assert block.id == "new"


def test_a_block_has_a_day_at_most() -> None:
    session = the_day()
    session = done(session, moves.start(session, STEP, at(9)))
    while item(session, "Introductions and objectives").allotted < MOST_MINUTES:
        session = done(session, moves.give(session, STEP, 5))
    with pytest.raises(NotFound, match="a day at most"):
        moves.give(session, STEP, 5)
    assert item(session, "Introductions and objectives").allotted == MOST_MINUTES
    session = put(session, "Introductions and objectives", allotted=MOST_MINUTES - 2)
    session = done(session, moves.give(session, STEP, 5))
    assert item(session, "Introductions and objectives").allotted == MOST_MINUTES


def test_a_refit_gives_no_block_more_than_a_day() -> None:
    blocks = Rows(
        tuple(
            Block(id=name, step=STEP, order=place, block=name, minutes=MOST_MINUTES) for place, name in enumerate("ab")
        )
    )
    end = Meeting(id="m", step=STEP, date=DAY + dt.timedelta(days=2), end=dt.time(12))
    session = Session(CATALOGUE, {"agenda": blocks, "meetings": Rows((end,))})
    session = done(session, moves.skip(session, STEP, at(9)))
    with pytest.raises(NotFound, match="more than a day"):
        refit(session, STEP, at(9), dt.UTC).command()
