"""What can be done with the clock: each move one change, `back` takes the last one back, nothing runs beside another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from clock_kit import STEP, agenda, at, blocks, done, fresh, item, put, the_day
from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.domain.workbook import Workbook
from cjworkshop.errors import NotFound
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import reading
from cjworkshop.method.across import Block, Meeting

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session


def onward(session: Session, *moments: dt.datetime) -> Session:
    for moment in moments:
        session = done(session, moves.onward(session, STEP, moment))
    return session


def running(session: Session) -> list[str]:
    return [found.row.block for found in plan(session, STEP).rows() if found.state == "running"]


def states(session: Session) -> dict[str, str]:
    return {found.row.block: found.state for found in plan(session, STEP).rows()}


class TestOnward:
    def test_a_block_starts_with_its_first_activity(self) -> None:
        command = moves.start(the_day(), STEP, at(9))
        assert running(done(the_day(), command)) == ["Introductions and objectives", "Overview"]
        assert command.label(the_day()) == "start Introductions and objectives"

    def test_the_next_activity_then_the_next_block(self) -> None:
        session = onward(the_day(), at(9), at(9, 20))
        assert running(session) == ["Introductions and objectives", "Best practice"]
        session = onward(session, at(9, 35), at(9, 55), at(10, 15))
        assert running(session) == ["Break"]
        session = onward(session, at(10, 30))
        assert running(session) == ["Let's get mapping", "Quick share"]
        assert item(session, "Introductions and objectives").actual == 75

    def test_after_the_last_block_all_is_over(self) -> None:
        session = agenda(Block(id="a", block="A", minutes=5), Block(id="b", block="B", minutes=5))
        session = onward(session, at(9), at(9, 5), at(9, 10))
        assert plan(session, STEP).over
        with pytest.raises(NotFound, match="Nothing is left to come"):
            moves.onward(session, STEP, at(9, 11))
        with pytest.raises(NotFound, match="This agenda is over"):
            moves.give(session, STEP, 1)

    def test_a_step_that_begins_ends_nothing_in_another(self) -> None:
        session = onward(the_day(), at(9))
        session = done(session, moves.start(session, "report", at(10)))
        assert running(session) == ["Introductions and objectives", "Overview"]
        assert [found.row.block for found in plan(session, "report").rows() if found.state == "running"] == [
            "One persona's story"
        ]

    def test_several_blocks_that_run_at_once_end_together(self) -> None:
        session = agenda(
            Block(id="a", block="A", started=at(9)), Block(id="b", block="B", started=at(9, 5)), Block(id="c", block="C")
        )  # fmt: skip
        assert running(onward(session, at(9, 10))) == ["C"]

    def test_activities_of_a_block_that_runs_by_itself_come_in_turn(self) -> None:
        session = agenda(
            Block(id="a", block="A", started=at(9)), Block(id="p", block="P", part_of="a"), Block(id="b", block="B")
        )
        assert running(onward(session, at(9, 1))) == ["A", "P"]
        assert running(onward(session, at(9, 1), at(9, 2))) == ["B"]

    def test_from_a_pause_the_block_goes_on(self) -> None:
        session = onward(the_day(), at(9))
        session = done(session, moves.pause(session, STEP, at(9, 10)))
        session = onward(session, at(9, 25))
        read = reading(session, STEP, at(9, 30), dt.UTC)
        assert not read.paused
        assert read.block is not None
        assert read.block.taken(at(9, 30)) == 15 * 60
        assert item(session, "Overview").actual == 10


class TestPause:
    def test_block_and_activity_stand_still_together(self) -> None:
        session = onward(the_day(), at(9))
        session = done(session, moves.toggle(session, STEP, at(9, 5)))
        read = reading(session, STEP, at(9, 30), dt.UTC)
        assert (read.paused, read.left, read.block_left, read.behind) == (True, 15 * 60, 70 * 60, 25)
        session = done(session, moves.toggle(session, STEP, at(9, 30)))
        read = reading(session, STEP, at(9, 31), dt.UTC)
        assert (read.paused, read.left, read.behind) == (False, 14 * 60, 25)

    def test_twice_is_refused(self) -> None:
        session = onward(the_day(), at(9))
        with pytest.raises(NotFound, match="runs already"):
            moves.resume(session, STEP, at(9, 1))
        session = done(session, moves.pause(session, STEP, at(9, 5)))
        with pytest.raises(NotFound, match="stands still already"):
            moves.pause(session, STEP, at(9, 6))
        with pytest.raises(NotFound, match="Nothing runs"):
            moves.pause(the_day(), STEP, at(9))


class TestGive:
    def test_activity_and_block_get_them(self) -> None:
        session = onward(the_day(), at(9))
        command = moves.give(session, STEP, 5)
        session = done(session, command)
        assert command.label(session) == "+5 min for Overview"
        assert item(session, "Overview").allotted == 25
        assert item(session, "Introductions and objectives").allotted == 80
        assert item(session, "Overview").planned == 20

    def test_never_fewer_than_none(self) -> None:
        session = put(onward(the_day(), at(9)), "Overview", allotted=3)
        command = moves.give(session, STEP, -5)
        assert command.label(session) == "−3 min for Overview"
        session = done(session, command)
        assert (item(session, "Overview").allotted, item(session, "Introductions and objectives").allotted) == (0, 72)
        with pytest.raises(NotFound, match="no minutes left"):
            moves.give(session, STEP, -1)


class TestSkip:
    def test_an_activity_is_passed_over(self) -> None:
        session = onward(the_day(), at(9))
        session = done(session, moves.skip(session, STEP, at(9, 5)))
        assert states(session)["Best practice"] == "skipped"
        assert running(onward(session, at(9, 20))) == ["Introductions and objectives", "Who and what to map"]

    def test_what_waits_can_be_passed_over_ahead_and_is_had_back(self) -> None:
        session = onward(the_day(), at(9))
        lunch = item(session, "Lunch").row.id
        skipped = done(session, moves.skip(session, STEP, at(9, 5), lunch))
        assert [name for name, state in states(skipped).items() if state == "skipped"] == ["Lunch"]
        assert running(skipped) == running(session)
        assert done(skipped, moves.back(skipped, STEP)) == session
        with pytest.raises(NotFound, match="Lunch does not wait any more"):
            moves.skip(skipped, STEP, at(9, 6), lunch)

    def test_what_runs_is_not_passed_over_but_what_comes_next(self) -> None:
        session = onward(the_day(), at(9))
        for name in ("Introductions and objectives", "Overview"):
            skipped = done(session, moves.skip(session, STEP, at(9, 5), item(session, name).row.id))
            assert [name for name, state in states(skipped).items() if state == "skipped"] == ["Best practice"]

    def test_a_block_is_passed_over_with_its_activities(self) -> None:
        session = agenda(
            Block(id="a", block="A", started=at(9)), Block(id="b", block="B"), Block(id="p", block="P", part_of="b")
        )
        session = done(session, moves.skip(session, STEP, at(9, 5)))
        assert (states(session)["B"], states(session)["P"]) == ("skipped", "skipped")
        with pytest.raises(NotFound, match="Nothing is left to come"):
            moves.skip(session, STEP, at(9, 6))


class TestBack:
    def test_what_was_started_waits_and_what_was_ended_runs(self) -> None:
        one = onward(the_day(), at(9))
        two = onward(one, at(9, 20))
        assert done(two, moves.back(two, STEP)) == one
        assert done(one, moves.back(one, STEP)) == the_day()
        with pytest.raises(NotFound, match="has not been started"):
            moves.back(the_day(), STEP)

    def test_two_moves_in_one_second_are_two(self) -> None:
        one = onward(the_day(), at(9), at(9, 20))
        two = onward(one, at(9, 20))
        assert done(two, moves.back(two, STEP)) == one

    def test_what_was_skipped_waits_again(self) -> None:
        session = onward(the_day(), at(9))
        skipped = done(session, moves.skip(session, STEP, at(9, 1)))
        assert done(skipped, moves.back(skipped, STEP)) == session

    @given(blocks(), st.lists(st.sampled_from(["onward", "skip"]), max_size=12), st.integers(0, 3))
    @settings(max_examples=150)
    def test_it_takes_any_move_back(self, rows: list[Block], wanted: list[str], apart: int) -> None:
        session, now = agenda(*rows), at(9)
        for name in wanted:
            try:
                command = getattr(moves, name)(session, STEP, now)
            except NotFound:
                break
            after = done(session, command)
            assert done(after, moves.back(after, STEP)) == session
            session, now = after, now + dt.timedelta(seconds=apart)


class TestSplit:
    def test_what_waits_is_halved(self) -> None:
        session = agenda(Block(id="a", block="A", minutes=25, minimum=20, collects="pains"), Block(id="b", block="B"))
        session = done(session, moves.split(session, "a", at(9), fresh()))
        first, second, _ = plan(session, STEP).blocks
        assert [first.row.minutes, first.row.minimum, first.row.block] == [13, 13, "A"]
        assert [second.row.minutes, second.row.minimum, second.row.block] == [12, 12, "A (2)"]
        assert second.row.collects == "pains"

    def test_what_runs_is_parted_at_the_minute_it_has_reached(self) -> None:
        session = agenda(Block(id="a", block="A", minutes=40, allotted=30, started=at(9)))
        session = done(session, moves.split(session, "a", at(9, 9, 30), fresh()))
        first, second = plan(session, STEP).blocks
        assert (first.allotted, second.allotted) == (10, 20)
        assert first.planned + second.planned == 40

    def test_the_later_activities_go_with_the_second(self) -> None:
        session = the_day()
        session = done(session, moves.split(session, item(session, "Critical moments").row.id, at(9), fresh()))
        second = item(session, "Critical moments (2)")
        assert [part.row.block for part in second.parts] == ["Write critical moments", "Share"]
        assert (second.planned, item(session, "Critical moments").planned) == (50, 25)
        names = [block.row.block for block in plan(session, STEP).blocks]
        assert names.index("Critical moments (2)") == names.index("Critical moments") + 1

    def test_what_was_split_is_split_again_under_a_number_of_its_own(self) -> None:
        session = agenda(Block(id="a", block="A", minutes=40), Block(id="y", block="Review (2026)", minutes=20))
        session = done(session, moves.split(session, "a", at(9), fresh("n")))
        session = done(session, moves.split(session, "n0", at(9), fresh("o")))
        session = done(session, moves.split(session, "a", at(9), fresh("p")))
        session = done(session, moves.split(session, "y", at(9), fresh("q")))
        assert [block.row.block for block in plan(session, STEP).blocks] == [
            "A", "A (4)", "A (2)", "A (3)", "Review (2026)", "Review (2026) (2)",
        ]  # fmt: skip

    @pytest.mark.parametrize("row", [Block(id="a", minutes=1), Block(id="a", minutes=9, ended=at(9)), Block(id="a")])
    def test_what_is_over_or_too_short_is_not(self, row: Block) -> None:
        with pytest.raises(NotFound, match="cannot be split"):
            moves.split(agenda(row), "a", at(10), fresh())

    @given(blocks(), st.integers(0, 30))
    def test_the_minutes_stay_the_same_in_all(self, rows: list[Block], number: int) -> None:
        session = agenda(*rows)
        row_id = rows[number % len(rows)].id
        before = plan(session, STEP)
        try:
            command = moves.split(session, row_id, at(9), fresh())
        except NotFound:
            return
        after = plan(done(session, command), STEP)
        assert sum(block.allotted for block in after.blocks) == sum(block.allotted for block in before.blocks)
        assert len(list(after.rows())) == len(list(before.rows())) + 1


class TestAdd:
    def test_behind_a_block_and_all_that_is_in_it(self) -> None:
        session = the_day()
        session = done(session, moves.add(session, item(session, "Critical moments").row.id, "Stretch", 10, "n"))
        names = [block.row.block for block in plan(session, STEP).blocks]
        assert names[names.index("Stretch") - 1] == "Critical moments"
        assert (item(session, "Stretch").planned, item(session, "Stretch").parts) == (10, ())

    def test_behind_an_activity_in_the_same_block(self) -> None:
        session = the_day()
        session = done(session, moves.add(session, item(session, "Voting").row.id, "Second vote", 5, "n"))
        assert [part.row.block for part in item(session, "Critical moments").parts][1:3] == ["Voting", "Second vote"]

    def test_what_is_gone_is_not_there(self) -> None:
        with pytest.raises(NotFound, match="not there any more"):
            moves.add(the_day(), "nobody", "x", 5, "n")


def test_reset_leaves_the_plan_and_nothing_else() -> None:
    session = onward(the_day(), at(9), at(9, 20))
    session = done(session, moves.give(session, STEP, 5))
    session = done(session, moves.pause(session, STEP, at(9, 21)))
    session = done(session, moves.skip(session, STEP, at(9, 22)))
    assert done(session, moves.reset(session, STEP)) == the_day()


def test_a_meeting_is_made_or_changed() -> None:
    session = agenda(Block(id="a"))
    times = (dt.time(9), dt.time(15, 30))
    session = done(session, moves.hold(session, STEP, times, dt.date(2026, 3, 17), "new"))
    (meeting,) = session.rows(Meeting)
    assert (meeting.id, meeting.start, meeting.end, meeting.date) == ("new", *times, dt.date(2026, 3, 17))
    later = (dt.time(10), dt.time(16))
    session = done(session, moves.hold(session, STEP, later, dt.date(2030, 1, 1), "other"))
    (meeting,) = session.rows(Meeting)
    assert (meeting.id, meeting.start, meeting.end, meeting.date) == ("new", *later, dt.date(2026, 3, 17))


NAMES = ["onward", "toggle", "skip", "back", "give", "reset"]


@given(blocks(), st.lists(st.tuples(st.sampled_from(NAMES), st.integers(-30, 3000)), max_size=15))
@settings(max_examples=150)
def test_whatever_is_done_one_block_runs_at_most_and_undo_takes_it_back(
    rows: list[Block], wanted: list[tuple[str, int]]
) -> None:
    now = at(9)
    book = Workbook(agenda(*rows), lambda: at(12))
    for name, seconds in wanted:
        now += dt.timedelta(seconds=seconds)
        before = book.session
        try:
            if name == "give":
                command = moves.give(before, STEP, seconds // 600 - 2)
            elif name in {"back", "reset"}:
                command = getattr(moves, name)(before, STEP)
            else:
                command = getattr(moves, name)(before, STEP, now)
        except NotFound:
            continue
        if book.do(command):
            after = book.session
            book.undo()
            assert book.session == before
            book.redo()
            assert book.session == after
        tops = [found for found in plan(book.session, STEP).blocks if found.state == "running"]
        assert len(tops) <= 1
        assert sum(part.state == "running" for block in tops for part in block.parts) <= 1
        for found in plan(book.session, STEP).rows():
            assert not (found.row.started and found.row.ended) or found.row.started <= found.row.ended
            assert found.allotted >= 0
