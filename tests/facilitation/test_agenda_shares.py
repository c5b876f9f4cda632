"""What the activities of a block have when those before them ended early or late."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from clock_kit import STEP, agenda, at, blocks, done, fresh, item, the_day
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import reading
from cjworkshop.facilitation.refit import refit
from cjworkshop.facilitation.shares import share
from cjworkshop.method.across import Block

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

UTC = dt.UTC
MEETING = (dt.time(9), dt.time(10))


def a_block(minutes: int | None = 40) -> Session:
    """A block of 40 minutes with activities of 20, 10 and 10, begun at nine, and one of 20 behind it."""
    session = agenda(
        Block(id="b", block="Block", minutes=minutes),
        Block(id="p", block="P", minutes=20, part_of="b"),
        Block(id="q", block="Q", minutes=10, part_of="b"),
        Block(id="r", block="R", minutes=10, part_of="b"),
        Block(id="c", block="Last", minutes=20),
        meeting=MEETING,
    )
    return done(session, moves.start(session, STEP, at(9)))


def parts(session: Session) -> list[int]:
    return [part.allotted for part in plan(session, STEP).blocks[0].parts]


def onward(session: Session, *moment: int) -> Session:
    return done(session, moves.onward(session, STEP, at(9, *moment)))


@pytest.mark.parametrize(
    ("ended", "has"),
    [((0, 5), [20, 20, 20]), ((10, 0), [20, 15, 15]), ((20, 20), [20, 10, 10]), ((24, 0), [20, 8, 8]), ((45, 0), [20, 0, 0])],
)  # fmt: skip
def test_what_is_left_of_a_block_is_for_its_remaining_activities(ended: tuple[int, int], has: list[int]) -> None:
    session = onward(a_block(), *ended)
    assert parts(session) == has
    assert reading(session, STEP, at(9, *ended), UTC).left == has[1] * 60


def test_while_an_activity_runs_over_nothing_changes_and_the_day_follows_the_block() -> None:
    session = onward(a_block(), 10, 0)
    read = reading(session, STEP, at(9, 27), UTC)
    assert (read.left, read.block_left, read.behind, parts(session)) == (-120, 13 * 60, 0, [20, 15, 15])
    last = onward(onward(session, 27, 0), 30, 0)
    assert reading(last, STEP, at(9, 30), UTC).behind == -10


def test_minutes_for_what_runs_are_its_own_and_the_blocks() -> None:
    for ended in ((0, 0), (24, 0)):
        session = onward(a_block(), *ended)
        before = parts(session)
        given_more = done(session, moves.give(session, STEP, 5))
        assert parts(given_more) == [before[0], before[1] + 5, before[2]]
        assert item(given_more, "Block").allotted == 45


def test_fewer_minutes_than_its_own_come_from_what_it_got_of_others() -> None:
    session = onward(a_block(), 0, 5)
    for left in range(19, -1, -1):
        session = done(session, moves.give(session, STEP, -1))
        assert parts(session) == [20, left, 20]
    assert item(session, "Block").allotted == 20


def test_standing_still_takes_nothing_from_those_that_wait() -> None:
    session = a_block()
    session = done(session, moves.pause(session, STEP, at(9, 5)))
    session = done(session, moves.resume(session, STEP, at(9, 35)))
    session = onward(session, 40, 0)
    assert parts(session) == [20, 15, 15]
    session = done(session, moves.pause(session, STEP, at(9, 45)))
    session = done(session, moves.resume(session, STEP, at(9, 50)))
    assert parts(session) == [20, 15, 15]


def test_an_activity_that_is_passed_over_leaves_its_minutes_to_the_others() -> None:
    session = a_block()
    session = done(session, moves.skip(session, STEP, at(9, 4)))
    assert parts(session) == [27, 10, 13]


def test_back_gives_each_its_own_again() -> None:
    session = onward(a_block(), 3, 0)
    assert parts(done(session, moves.back(session, STEP))) == [20, 10, 10]


def test_what_a_block_has_beyond_its_activities_is_used_up_first() -> None:
    assert parts(onward(a_block(50), 30, 0)) == [20, 10, 10]
    assert parts(onward(a_block(50), 10, 0)) == [20, 15, 15]
    assert parts(onward(a_block(50), 34, 0)) == [20, 8, 8]
    assert parts(onward(a_block(None), 10, 0)) == [20, 15, 15]


def test_a_break_inside_keeps_its_minutes() -> None:
    session = agenda(
        Block(id="b", block="Block", minutes=40),
        Block(id="p", block="P", minutes=20, part_of="b"),
        Block(id="q", block="Pause", minutes=10, part_of="b", kind="break"),
        Block(id="r", block="R", minutes=10, part_of="b"),
        meeting=MEETING,
    )
    session = done(session, moves.start(session, STEP, at(9)))
    assert parts(onward(session, 26, 0)) == [20, 10, 4]


def test_a_re_fit_gives_the_activities_what_it_said() -> None:
    for ended in ((8, 0), (31, 0)):
        session = onward(a_block(), *ended)
        session = done(session, moves.give(session, STEP, 7))
        found = refit(session, STEP, at(9, *ended), UTC)
        taken = done(session, found.command())
        assert [line.after for line in found.lines] == [
            plan(taken, STEP).item(line.item.row.id).allotted for line in found.lines  # type: ignore[union-attr]
        ]  # fmt: skip


def test_the_second_half_of_a_split_has_what_its_activities_had() -> None:
    session = onward(a_block(), 10, 0)
    session = done(session, moves.split(session, "b", at(9, 12), fresh()))
    first, second = plan(session, STEP).blocks[:2]
    assert (first.allotted, [part.allotted for part in first.parts]) == (25, [20, 15])
    assert (second.allotted, [part.allotted for part in second.parts]) == (15, [15])


def test_the_usual_day_on_time_has_its_minutes() -> None:
    session = done(the_day(), moves.start(the_day(), STEP, at(9)))
    for moment in (at(9, 20, 10), at(9, 35, 20)):
        session = done(session, moves.onward(session, STEP, moment))
        assert all(found.allotted == found.planned for found in plan(session, STEP).rows())


@given(blocks(), st.lists(st.integers(0, 3000), min_size=1, max_size=8))
def test_what_the_activities_have_fits_into_the_block_wherever_it_can(rows: list[Block], gaps: list[int]) -> None:
    session = agenda(*rows, meeting=MEETING)
    moment = at(9)
    for gap in gaps:
        moment += dt.timedelta(seconds=gap)
        if plan(session, STEP).over:
            return
        session = done(session, moves.onward(session, STEP, moment))
        block = plan(session, STEP).running
        remaining = [part for part in block.parts if part.row.ended is None] if block else []
        if block is None or len(remaining) == len(block.parts):
            continue
        assert all(part.allotted >= 0 for part in remaining)
        left = max(60 * block.allotted - block.taken(moment), 0)
        breaks = sum(part.allotted for part in remaining if part.is_break)
        working = sum(part.allotted for part in remaining if not part.is_break)
        assert working == 0 or (working + breaks) * 60 <= left + 30


def test_more_or_less_is_shared_and_what_each_has_is_kept() -> None:
    assert share(43, [10, 10], [0, 0], [15, 10]) == [24, 19]
    assert share(14, [20, 10], [0, 0], [9, 10]) == [6, 8]
    assert share(5, [20, 10], [0, 0], [4, 10]) == [0, 5]
