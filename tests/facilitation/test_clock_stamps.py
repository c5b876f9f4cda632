"""A computer whose clock stands before what the agenda's clock has stamped: it is said, and what to do."""

from __future__ import annotations

import datetime as dt

import pytest
from clock_kit import STEP, agenda, at, done, the_day
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import before_its_stamps, reading
from cjworkshop.method.across import Block


def test_a_clock_half_an_hour_before_the_last_stamp_is_said_with_what_to_do() -> None:
    session = done(the_day(), moves.start(the_day(), STEP, at(9)))
    assert reading(session, STEP, at(8, 30), dt.UTC).behind == -30, "which is not true, and so it must be said"
    assert before_its_stamps(session, STEP, at(8, 30)) == (
        "The computer's clock stands 30 min before the agenda's last stamp: set it right, or reset the agenda's clock."
    )


def test_any_stamp_counts_the_pause_too() -> None:
    session = agenda(Block(id="a", block="A", started=at(9), paused=at(9, 40)), Block(id="b", block="B"))
    assert "10 min" in before_its_stamps(session, STEP, at(9, 30))
    session = agenda(Block(id="a", block="A", ended=at(9, 40)), Block(id="b", block="B", started=at(9)))
    assert "10 min" in before_its_stamps(session, STEP, at(9, 30))


def test_the_days_of_a_wrong_calendar_are_said_as_days() -> None:
    session = agenda(Block(id="a", block="A", started=at(9)))
    assert "stands 4 days before" in before_its_stamps(session, STEP, at(9) - dt.timedelta(days=4, hours=3))
    assert "stands 5 h 00 min before" in before_its_stamps(session, STEP, at(4))


@pytest.mark.parametrize("session", [agenda(), the_day()], ids=["empty", "waiting"])
def test_without_a_stamp_there_is_nothing_to_say(session: object) -> None:
    assert not before_its_stamps(session, STEP, at(0))  # type: ignore[arg-type]


def test_of_another_step_or_of_what_is_over_nothing_is_said() -> None:
    session = agenda(Block(id="a", block="A", started=at(9), ended=at(9, 30)))
    assert plan(session, STEP).over
    assert not before_its_stamps(session, STEP, at(8))
    session = agenda(Block(id="a", block="A", started=at(9)))
    assert before_its_stamps(session, STEP, at(8))
    assert not before_its_stamps(session, "report", at(8))


@given(st.integers(0, 4), st.integers(0, 7200))
def test_moves_in_one_second_are_no_clock_set_back(moves_made: int, later: int) -> None:
    session = the_day()
    for _ in range(moves_made):
        session = done(session, moves.onward(session, STEP, at(9)))
    assert not before_its_stamps(session, STEP, at(9) + dt.timedelta(seconds=later))
