"""The re-fit: the check of the method, and what holds for every agenda."""

from __future__ import annotations

import datetime as dt

import pytest
from clock_kit import STEP, agenda, at, blocks, done, put, the_day, with_meeting
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from cjworkshop.errors import NotFound
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import reading
from cjworkshop.facilitation.refit import Refit, refit
from cjworkshop.facilitation.shares import share
from cjworkshop.method.across import Block

UTC = dt.UTC


def overrun_day() -> tuple[object, Refit]:
    """Step 2 in which introductions took 90 minutes and mapping 100, at the start of the critical moments."""
    session = the_day()
    moments = [at(9), at(9, 24), at(9, 42), at(10, 6), at(10, 30), at(10, 45)]
    moments += [at(11, 7), at(11, 35), at(11, 52), at(12, 8), at(12, 25), at(13, 10)]
    for moment in moments:
        session = done(session, moves.onward(session, STEP, moment))
    return session, refit(session, STEP, at(13, 10), UTC)


def after(found: Refit) -> dict[str, int]:
    return {line.item.row.block: line.after for line in found.lines}


class TestTheDayOfTheMethod:
    def test_it_is_25_behind_at_ten_past_one(self) -> None:
        session, _ = overrun_day()
        read = reading(session, STEP, at(13, 10), UTC)  # type: ignore[arg-type]
        assert read.block is not None
        assert (read.block.row.block, read.behind, read.end) == ("Critical moments", 25, at(15, 55))

    def test_a_re_fit_gives_63_50_and_12_and_ends_at_half_past_three(self) -> None:
        session, found = overrun_day()
        got = after(found)
        assert [got[name] for name in ("Critical moments", "Future state and action", "Wrap-up")] == [63, 50, 12]
        assert (found.short, found.end, got["Break"]) == (0, at(15, 30), 15)
        assert [got[name] for name in ("Pain points", "Voting", "Write critical moments", "Share")] == [13, 8, 21, 21]
        assert [got[name] for name in ("Empathy mapping", "Action planning")] == [25, 25]
        taken = done(session, found.command())  # type: ignore[arg-type]
        assert reading(taken, STEP, at(13, 10), UTC).behind == 0
        assert found.command().label(taken) == "re-fit the agenda"

    def test_taken_it_is_kept_to_and_a_second_one_changes_nothing(self) -> None:
        session, found = overrun_day()
        taken = done(session, found.command())  # type: ignore[arg-type]
        with pytest.raises(NotFound, match="It fits as it is"):
            refit(taken, STEP, at(13, 10), UTC).command()


def test_minutes_that_were_won_are_shared_too() -> None:
    session = agenda(
        Block(id="a", block="A", minutes=30, started=at(9), ended=at(9, 10)), Block(id="b", block="B", minutes=20),
        Block(id="c", block="C", minutes=10), meeting=(dt.time(9), dt.time(10)),
    )  # fmt: skip
    found = refit(session, STEP, at(9, 10), UTC)
    assert (after(found), found.end) == ({"B": 33, "C": 17}, at(10))


def test_a_block_under_its_minimum_gets_it_and_the_rest_is_shared_again() -> None:
    session = agenda(
        Block(id="a", block="A", minutes=60), Block(id="b", block="B", minutes=60), Block(id="c", block="C", minutes=30, minimum=25),
        meeting=(dt.time(9), dt.time(10, 15)),
    )  # fmt: skip
    assert after(refit(session, STEP, at(9), UTC)) == {"A": 25, "B": 25, "C": 25}


def test_where_the_least_does_not_fit_it_says_by_how_much_and_changes_nothing() -> None:
    session = agenda(
        Block(id="a", block="A", minutes=60, minimum=40), Block(id="p", block="Pause", minutes=15, kind="break"),
        Block(id="b", block="B", minutes=60, minimum=30), meeting=(dt.time(9), dt.time(10, 15)),
    )  # fmt: skip
    found = refit(session, STEP, at(9), UTC)
    assert found.short == 10
    with pytest.raises(NotFound, match="does not fit by 10 min"):
        found.command()


def test_a_minimum_is_never_more_than_the_minutes_that_are_planned() -> None:
    session = agenda(
        Block(id="a", block="A", minutes=4, minimum=30), Block(id="b", block="B", minutes=2, minimum=15),
        Block(id="c", block="C", minutes=40, minimum=5), meeting=(dt.time(9), dt.time(9, 30)),
    )  # fmt: skip
    found = refit(session, STEP, at(9), UTC)
    assert (after(found), found.short) == ({"A": 4, "B": 2, "C": 24}, 0)


def test_where_it_does_not_fit_it_says_whose_minimum_is_largest() -> None:
    session = agenda(
        Block(id="o", block="Over", minutes=60, minimum=20, started=at(8), kind="work"),
        Block(id="a", block="A", minutes=60, minimum=10), Block(id="b", block="B", minutes=60, minimum=40),
        Block(id="p", block="Pause", minutes=50, kind="break"), Block(id="n", block="None", minutes=60, minimum=0),
        Block(id="i", block="Inside", minutes=60, minimum=35, part_of="n"),
        Block(id="c", block="C", minutes=60, minimum=15), meeting=(dt.time(8), dt.time(9, 45)),
    )  # fmt: skip
    found = refit(session, STEP, at(9, 30), UTC)
    assert [(line.item.row.block, line.after) for line in found.in_the_way] == [("B", 40), ("None", 35), ("C", 15)]
    assert after(found)["Over"] == 90
    assert not refit(agenda(Block(id="a", block="A", minutes=60)), STEP, at(9), UTC).in_the_way


def test_what_runs_counts_from_its_start_and_keeps_what_it_has_taken() -> None:
    session = agenda(
        Block(id="a", block="A", minutes=20, started=at(9)), Block(id="b", block="B", minutes=20), Block(id="c", block="C", minutes=20),
        meeting=(dt.time(9), dt.time(10)),
    )  # fmt: skip
    found = refit(session, STEP, at(9, 29, 30), UTC)
    assert (after(found), found.end) == ({"A": 30, "B": 15, "C": 15}, at(10))


def test_a_pause_that_lasts_is_time_gone() -> None:
    session = agenda(
        Block(id="a", block="A", minutes=30, started=at(9), paused=at(9, 10)), Block(id="b", block="B", minutes=30),
        meeting=(dt.time(9), dt.time(10)),
    )  # fmt: skip
    found = refit(session, STEP, at(9, 20), UTC)
    assert (after(found), found.end) == ({"A": 25, "B": 25}, at(10))
    taken = done(session, found.command())
    assert reading(taken, STEP, at(9, 20), UTC).behind == 0


def test_a_running_break_keeps_its_minutes_or_what_it_has_taken() -> None:
    def found(minutes: int) -> dict[str, int]:
        session = agenda(
            Block(id="p", block="Pause", minutes=15, kind="break", started=at(9)), Block(id="b", block="B", minutes=60),
            meeting=(dt.time(9), dt.time(9, 45)),
        )  # fmt: skip
        return after(refit(session, STEP, at(9, minutes), UTC))

    assert found(5) == {"Pause": 15, "B": 30}
    assert found(20) == {"Pause": 20, "B": 25}


def test_the_activities_that_are_left_share_what_is_left_of_their_block() -> None:
    session = the_day()
    for moment in (at(9), at(9, 40)):
        session = done(session, moves.onward(session, STEP, moment))
    session = with_meeting(put(session, "Break", kind="work"), dt.time(9), dt.time(15, 30))
    found = refit(session, STEP, at(9, 45), UTC)
    got = after(found)
    assert "Overview" not in got
    rest = got["Best practice"] + got["Who and what to map"] + got["Goals and triggers"]
    assert rest == got["Introductions and objectives"] - 40


def test_before_the_start_the_whole_plan_is_fitted_into_the_meeting() -> None:
    session = with_meeting(the_day(), dt.time(9), dt.time(14, 30))
    session = done(session, moves.hold(session, STEP, (dt.time(9), dt.time(14, 30)), dt.date(2026, 3, 17), "x"))
    found = refit(session, STEP, at(7), UTC)
    assert found.end == at(14, 30)
    assert sum(line.after for line in found.lines if not line.inside) == 330


def test_where_only_breaks_are_left_there_is_nothing_to_share() -> None:
    with pytest.raises(NotFound, match="No working block is left"):
        refit(agenda(Block(id="p", minutes=15, kind="break")), STEP, at(9), UTC)
    with pytest.raises(NotFound, match="No working block is left"):
        refit(agenda(), STEP, at(9), UTC)


class TestShare:
    def test_largest_remainder_and_a_tie_to_the_earlier(self) -> None:
        assert share(125, [75, 60, 15], [0, 0, 0]) == [63, 50, 12]
        assert share(10, [1, 1, 1], [0, 0, 0]) == [4, 3, 3]
        assert share(5, [0, 0], [0, 0]) == [3, 2]

    @given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), min_size=1, max_size=12), st.integers(0, 900))
    def test_it_shares_all_and_gives_nobody_less_than_the_least(self, parts: list[tuple[int, int]], more: int) -> None:
        weights, floors = [part[0] for part in parts], [part[1] for part in parts]
        total = sum(floors) + more
        shares = share(total, weights, floors)
        assert sum(shares) == total
        assert all(got >= least for got, least in zip(shares, floors, strict=True))
        above = [(got, weight) for got, weight, least in zip(shares, weights, floors, strict=True) if got > least]
        whole = sum(weight for _, weight in above)
        given_out = sum(got for got, _ in above)
        if whole:
            assert all(abs(got - given_out * weight / whole) < len(parts) for got, weight in above)


@given(
    blocks(),
    st.lists(st.tuples(st.sampled_from(["onward", "skip", "toggle"]), st.integers(0, 5400)), max_size=8),
    st.integers(0, 600),
    st.integers(0, 3600),
)
@settings(max_examples=300, deadline=None)
def test_it_ends_on_the_fixed_end_or_says_by_how_much_it_cannot(
    rows: list[Block], wanted: list[tuple[str, int]], length: int, wait: int
) -> None:
    """It never shortens a break, gives no block less than its minimum, and activities sum up to their block."""
    end = (at(9) + dt.timedelta(minutes=length)).time()
    session = agenda(*rows, meeting=(dt.time(9), end) if length else None)
    now = at(9)
    for name, seconds in wanted:
        try:
            session = done(session, getattr(moves, name)(session, STEP, now))
        except NotFound:
            continue
        now += dt.timedelta(seconds=seconds)
    now += dt.timedelta(seconds=wait)
    try:
        found = refit(session, STEP, now, UTC)
    except NotFound:
        reject()
    for line in found.lines:
        if line.item.is_break:
            assert line.after >= line.before
        else:
            assert line.after >= min(line.item.row.minimum or 0, line.item.planned)
        assert line.after * 60 >= line.item.taken(now)
    if found.short:
        assert found.short > 0
        with pytest.raises(NotFound):
            found.command()
        return
    assert dt.timedelta() <= found.end - found.fixed < dt.timedelta(minutes=1)
    try:
        session = done(session, found.command())
    except NotFound:
        assert all(line.before == line.after for line in found.lines)
    read = reading(session, STEP, now, UTC)
    assert read.end is not None
    assert read.fixed == found.fixed
    assert abs((read.end - found.fixed).total_seconds()) < 60
    for block in plan(session, STEP).blocks:
        left = [part for part in block.parts if part.state in {"waiting", "running"}]
        if block.state == "waiting" and any(not part.is_break for part in left) and not block.is_break:
            assert sum(part.allotted for part in left) == block.allotted
