"""The plan of an agenda and what its clock says, at moments that are given."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from clock_kit import STEP, agenda, at, done, item, put, the_day, with_meeting
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan, running_step
from cjworkshop.facilitation.clock import SteadyNow, level, reading
from cjworkshop.method.across import Block

UTC = dt.UTC


def names(session: object, step: str = STEP) -> list[tuple[str, list[str]]]:
    return [(block.row.block, [part.row.block for part in block.parts]) for block in plan(session, step).blocks]  # type: ignore[arg-type]


class TestPlan:
    def test_activities_stand_in_their_block_wherever_their_rows_are(self) -> None:
        session = agenda(
            Block(id="p", block="Part", part_of="b"),
            Block(id="a", block="First"),
            Block(id="b", block="Second"),
            Block(id="q", block="Deeper", part_of="p"),
        )
        assert names(session) == [("First", []), ("Second", ["Part", "Deeper"])]

    def test_a_block_of_nothing_that_exists_stands_by_itself(self) -> None:
        session = agenda(
            Block(id="a", block="Gone", part_of="nobody"),
            Block(id="b", block="Elsewhere", step="report"),
            Block(id="c", block="Of another step", part_of="b"),
            Block(id="d", block="Own", part_of="d"),
        )
        assert names(session) == [("Gone", []), ("Of another step", []), ("Own", [])]

    def test_a_ring_stands_by_itself_and_what_hangs_on_it_inside(self) -> None:
        session = agenda(
            Block(id="a", block="A", part_of="b"), Block(id="b", block="B", part_of="a"), Block(id="c", block="C", part_of="b")
        )  # fmt: skip
        assert names(session) == [("A", []), ("B", ["C"])]

    @given(st.lists(st.sampled_from(["", "r0", "r1", "r2", "r3", "r4", "x"]), max_size=5))
    def test_every_row_has_one_place(self, above: list[str]) -> None:
        rows = [Block(id=f"r{number}", block=str(number), part_of=of) for number, of in enumerate(above)]
        placed = [found.row.id for found in plan(agenda(*rows), STEP).rows()]
        assert sorted(placed) == sorted(row.id for row in rows)

    def test_minutes_that_are_missing_are_those_of_the_activities(self) -> None:
        session = agenda(
            Block(id="a", block="A"), Block(id="b", block="B", minutes=7, part_of="a"), Block(id="c", block="C", part_of="a")
        )  # fmt: skip
        assert [(found.planned, found.allotted) for found in plan(session, STEP).rows()] == [(7, 7), (7, 7), (0, 0)]

    def test_states_are_told_by_stamps(self) -> None:
        session = agenda(
            Block(id="a", block="Done", minutes=10, started=at(9), ended=at(9, 12)),
            Block(id="b", block="Skipped", ended=at(9, 12)),
            Block(id="c", block="Runs", started=at(9, 12)),
            Block(id="d", block="Waits"),
        )
        agenda_plan = plan(session, STEP)
        assert [found.state for found in agenda_plan.blocks] == ["done", "skipped", "running", "waiting"]
        assert [found.actual for found in agenda_plan.blocks] == [12, None, None, None]
        assert running_step(session) == STEP

    def test_of_two_clocks_the_one_whose_block_began_last_is_shown(self) -> None:
        session = agenda(Block(id="a", started=at(9)), Block(id="b", step="report", started=at(10)))
        assert running_step(session) == "report"
        assert running_step(agenda()) == ""


class TestTaken:
    def test_it_stands_still_while_paused(self) -> None:
        paused = Block(id="a", minutes=20, started=at(9), paused=at(9, 5), paused_minutes=2)
        (found,) = plan(agenda(paused), STEP).blocks
        assert found.taken(at(11)) == 3 * 60
        assert found.left(at(11)) == 17 * 60
        assert found.stood(at(11)) == 117 * 60

    def test_what_ended_while_paused_took_the_time_until_the_pause(self) -> None:
        ended = Block(id="a", minutes=20, started=at(9), paused=at(9, 5), ended=at(9, 30))
        (found,) = plan(agenda(ended), STEP).blocks
        assert found.actual == 5

    @given(*[st.integers(-5000, 5000)] * 4, st.one_of(st.none(), st.floats(0, 100)))
    def test_it_is_never_negative(self, now: int, ended: int, paused: int, begun: int, stood: float | None) -> None:
        def moment(seconds: int) -> dt.datetime:
            return at(12) + dt.timedelta(seconds=seconds)

        row = Block(
            id="a", started=moment(begun), ended=moment(ended), paused=moment(paused), paused_minutes=stood
        )  # fmt: skip
        (found,) = plan(agenda(row), STEP).blocks
        assert found.taken(moment(now)) >= 0
        assert found.stood(moment(now)) >= 0
        assert found.actual is not None
        assert found.actual >= 0


class TestLevel:
    @pytest.mark.parametrize(
        ("left", "expected"),
        [(121, "normal"), (120, "low"), (31, "low"), (30, "last"), (1, "last"), (0, "over"), (-5, "over")],
    )
    def test_at_a_fifth_at_a_twentieth_and_at_the_end(self, left: int, expected: str) -> None:
        assert level(left, 10) == expected

    def test_what_has_no_minutes_is_over_at_once(self) -> None:
        assert level(0, 0) == "over"


class TestReading:
    def test_before_the_start_it_looks_ahead(self) -> None:
        read = reading(the_day(), STEP, at(8, 30), UTC)
        assert (read.block, read.left, read.behind) == (None, 0, 0)
        assert (read.end, read.fixed) == (at(15, 30), at(15, 30))
        assert read.coming is not None
        assert read.coming.row.block == "Introductions and objectives"

    def test_late_before_the_start_is_behind_already(self) -> None:
        assert reading(the_day(), STEP, at(9, 10), UTC).behind == 10

    def test_what_runs_and_what_comes(self) -> None:
        session = done(the_day(), moves.start(the_day(), STEP, at(9)))
        read = reading(session, STEP, at(9, 16, 30), UTC)
        assert read.block is not None
        assert read.activity is not None
        assert read.coming is not None
        assert [read.block.row.block, read.activity.row.block, read.coming.row.block] == [
            "Introductions and objectives", "Overview", "Best practice",
        ]  # fmt: skip
        assert (read.left, read.block_left, read.level, read.behind) == (210, 58 * 60 + 30, "low", 0)

    def test_over_time_is_counted_and_pushes_the_end(self) -> None:
        session = agenda(
            Block(id="a", block="A", minutes=10, started=at(9)), Block(id="b", minutes=20), meeting=(dt.time(9), dt.time(9, 30))
        )  # fmt: skip
        read = reading(session, STEP, at(9, 14, 5), UTC)
        assert (read.left, read.level, read.behind, read.end) == (-245, "over", 4, at(9, 34, 5))

    def test_ahead_is_negative_and_seconds_count_for_neither(self) -> None:
        session = agenda(
            Block(id="a", minutes=10, started=at(9), ended=at(9, 6, 30)), Block(id="b", minutes=20),
            meeting=(dt.time(9), dt.time(9, 30)),
        )  # fmt: skip
        assert reading(session, STEP, at(9, 6, 30), UTC).behind == -3
        assert reading(session, STEP, at(9, 9, 30), UTC).behind == 0
        assert reading(session, STEP, at(9, 10, 30), UTC).behind == 0

    def test_without_a_meeting_it_must_end_after_the_planned_minutes(self) -> None:
        session = agenda(Block(id="a", minutes=10, allotted=25, started=at(9)), Block(id="b", minutes=20))
        read = reading(session, STEP, at(9, 5), UTC)
        assert (read.fixed, read.end, read.behind) == (at(9, 30), at(9, 45), 15)

    def test_when_all_is_over_it_says_how_it_ended(self) -> None:
        session = agenda(
            Block(id="a", minutes=10, started=at(9), ended=at(9, 34)), Block(id="b", ended=at(9, 34)),
            meeting=(dt.time(9), dt.time(9, 30)),
        )  # fmt: skip
        read = reading(session, STEP, at(20), UTC)
        assert (read.plan.over, read.end, read.behind, read.running) == (True, at(9, 34), 4, None)

    def test_an_empty_agenda_says_nothing(self) -> None:
        read = reading(agenda(), STEP, at(9), UTC)
        assert (read.end, read.fixed, read.behind, read.coming) == (None, None, 0, None)

    def test_forty_minutes_of_sleep_in_a_block_are_forty_minutes(self) -> None:
        session = agenda(Block(id="a", minutes=30, started=at(9)))
        assert reading(session, STEP, at(9, 50), UTC).left == -20 * 60

    def test_a_clock_that_was_set_back_before_the_start_counts_nothing(self) -> None:
        session = agenda(Block(id="a", minutes=30, started=at(9)), meeting=(dt.time(9), dt.time(9, 30)))
        read = reading(session, STEP, at(8, 20), UTC)
        assert (read.left, read.level) == (30 * 60, "normal")

    @given(st.integers(-86400 * 3, 86400 * 3))
    def test_it_reads_at_any_time(self, seconds: int) -> None:
        session = done(the_day(), moves.start(the_day(), STEP, at(9)))
        read = reading(session, STEP, at(9) + dt.timedelta(seconds=seconds), UTC)
        assert read.fixed == at(15, 30)
        assert read.end is not None
        assert read.block_left <= 75 * 60


class TestMeeting:
    def test_times_are_those_of_the_wall(self) -> None:
        zone = ZoneInfo("America/New_York")
        session = put(the_day(), "Introductions and objectives", started=at(13))
        read = reading(session, STEP, at(13, 5), zone)
        assert read.fixed == at(19, 30)
        assert read.behind == 0

    def test_the_last_sunday_of_march_moves_the_wall(self) -> None:
        zone = ZoneInfo("Europe/Berlin")
        session = with_meeting(agenda(Block(id="a", minutes=240)), dt.time(0, 30), dt.time(5, 30), dt.date(2026, 3, 29))
        read = reading(session, STEP, dt.datetime(2026, 3, 28, 20, tzinfo=UTC), zone)
        assert read.fixed == dt.datetime(2026, 3, 29, 3, 30, tzinfo=UTC)

    def test_over_midnight(self) -> None:
        session = agenda(Block(id="a", minutes=120, started=at(23)), meeting=(dt.time(22), dt.time(1)))
        after = dt.datetime(2026, 3, 18, 0, 20, tzinfo=UTC)
        read = reading(session, STEP, after, UTC)
        assert read.fixed == dt.datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
        assert (read.left, read.behind) == (40 * 60, 0)

    def test_begun_after_midnight_it_is_still_that_evening(self) -> None:
        begun = dt.datetime(2026, 3, 18, 0, 10, tzinfo=UTC)
        session = with_meeting(agenda(Block(id="a", minutes=30, started=begun)), dt.time(22), dt.time(1), None)
        assert reading(session, STEP, begun, UTC).fixed == dt.datetime(2026, 3, 18, 1, 0, tzinfo=UTC)

    def test_held_on_another_day_than_its_date_it_keeps_its_times(self) -> None:
        session = agenda(Block(id="a", minutes=30, started=at(9)), meeting=None)
        session = with_meeting(session, dt.time(9), dt.time(10), dt.date(2026, 2, 1))
        assert reading(session, STEP, at(9, 5), UTC).fixed == at(10)

    def test_held_at_another_time_of_day_it_keeps_its_length(self) -> None:
        session = agenda(Block(id="a", minutes=30, started=at(17)), meeting=(dt.time(9), dt.time(10)))
        assert reading(session, STEP, at(17, 5), UTC).fixed == at(18)

    def test_an_end_without_a_start_will_do(self) -> None:
        session = with_meeting(agenda(Block(id="a", minutes=30, started=at(9))), None, dt.time(9, 20))
        assert reading(session, STEP, at(9), UTC).behind == 10

    def test_without_an_end_it_fixes_nothing(self) -> None:
        session = with_meeting(agenda(Block(id="a", minutes=30, started=at(9))), dt.time(8), None)
        assert reading(session, STEP, at(9), UTC).fixed == at(9, 30)

    def test_the_zone_of_the_computer_is_taken_where_none_is_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import time

        monkeypatch.setenv("TZ", "America/New_York")
        time.tzset()
        try:
            session = put(the_day(), "Introductions and objectives", started=at(13))
            assert reading(session, STEP, at(13, 5)).fixed == at(19, 30)
        finally:
            monkeypatch.undo()
            time.tzset()


class Times:
    """A wall and a monotonic clock that are put where a test wants them."""

    def __init__(self) -> None:
        self.wall, self.tick = at(9), 0.0

    def pass_(self, seconds: float, *, wall: float | None = None) -> None:
        self.tick += seconds
        self.wall += dt.timedelta(seconds=seconds if wall is None else wall)


class TestSteadyNow:
    @pytest.fixture
    def times(self) -> Times:
        return Times()

    @pytest.fixture
    def now(self, times: Times) -> SteadyNow:
        return SteadyNow(lambda: times.wall, lambda: times.tick)

    def test_it_follows_the_wall(self, times: Times, now: SteadyNow) -> None:
        times.pass_(90)
        assert now() == at(9, 1, 30)
        assert now.take_news() == ""

    def test_set_back_it_goes_on_and_says_so_once(self, times: Times, now: SteadyNow) -> None:
        times.pass_(10, wall=-3590)
        assert now() == at(9, 0, 10)
        assert "set back" in now.take_news()
        assert now.take_news() == ""
        times.pass_(20)
        assert now() == at(9, 0, 30)
        assert now.take_news() == ""

    def test_put_right_again_it_goes_on(self, times: Times, now: SteadyNow) -> None:
        times.pass_(10, wall=-3590)
        now()
        now.take_news()
        times.pass_(10, wall=3610)
        assert now() == at(9, 0, 20)
        assert now.take_news() == ""

    def test_asleep_it_goes_with_the_wall_and_says_so_once(self, times: Times, now: SteadyNow) -> None:
        times.pass_(2, wall=2402)
        assert now() == at(9, 40, 2)
        assert now.take_news() == "40 min passed while the computer slept."
        assert now.take_news() == ""

    def test_a_night_of_sleep_is_said_in_hours(self, times: Times, now: SteadyNow) -> None:
        times.pass_(1, wall=8 * 3600 + 1)
        now()
        assert now.take_news() == "8 h 00 min passed while the computer slept."

    def test_a_little_back_is_no_news(self, times: Times, now: SteadyNow) -> None:
        times.pass_(5, wall=-20)
        assert now() == at(9, 0, 5)
        assert now.take_news() == ""

    @given(st.lists(st.tuples(st.floats(0, 5000), st.floats(-9000, 9000)), max_size=12))
    def test_it_never_goes_back_nor_slower_than_time_passes(self, steps: list[tuple[float, float]]) -> None:
        times = Times()
        now = SteadyNow(lambda: times.wall, lambda: times.tick)
        last = now()
        for seconds, wall in steps:
            times.pass_(seconds, wall=wall)
            moment = now()
            assert (moment - last).total_seconds() >= seconds - 1.001
            assert moment >= last
            last = moment


def test_items_are_found_by_id() -> None:
    agenda_plan = plan(the_day(), STEP)
    part = item(the_day(), "Voting")
    assert agenda_plan.item(part.row.id) == part
    assert agenda_plan.item("nobody") is None
