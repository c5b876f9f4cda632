"""Reordering what waits while the clock runs: a block with its activities, an activity inside its block."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from clock_kit import STEP, agenda, at, blocks, done, item, the_day
from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.domain.workbook import Workbook
from cjworkshop.errors import NotFound
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.clock import reading
from cjworkshop.facilitation.refit import refit
from cjworkshop.method.across import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cjworkshop.domain.session import Session
    from cjworkshop.facilitation.agenda import Item

EARLIER, LATER = -1, 1


def names(items: Sequence[Item]) -> list[str]:
    return [found.row.block for found in items]


def table(session: Session) -> list[str]:
    """The rows of the agenda's table as they stand there, by name."""
    return [row.block for row in session.rows(Block) if row.step == STEP]


def in_the_morning() -> Session:
    """The day with its first two blocks over and the mapping begun at its second activity."""
    session = the_day()
    for minute in (0, 20, 35, 55, 75, 90, 110):
        session = done(session, moves.onward(session, STEP, at(9) + dt.timedelta(minutes=minute)))
    return session


def shifted(session: Session, name: str, distance: int) -> Session:
    return done(session, moves.shift(session, item(session, name).row.id, distance))


class TestBlocks:
    def test_it_moves_with_its_activities(self) -> None:
        session = in_the_morning()
        after = shifted(session, "Critical moments", LATER)
        assert names(plan(after, STEP).blocks)[3:6] == ["Lunch", "Break", "Critical moments"]
        assert names(item(after, "Critical moments").parts) == names(item(session, "Critical moments").parts)
        here = table(after).index("Critical moments")
        assert table(after)[here - 1 : here + 2] == ["Break", "Critical moments", "Pain points"]
        assert after == shifted(shifted(after, "Critical moments", EARLIER), "Critical moments", LATER)

    def test_it_passes_a_block_with_that_ones_activities(self) -> None:
        session = shifted(in_the_morning(), "Critical moments", EARLIER)
        assert names(plan(session, STEP).blocks)[3:5] == ["Critical moments", "Lunch"]
        here = table(session).index("Lunch")
        assert table(session)[here - 1] == "Share"
        again = shifted(session, "Lunch", EARLIER)
        assert table(again) == table(in_the_morning())

    def test_never_before_what_has_run_or_runs(self) -> None:
        session = in_the_morning()
        with pytest.raises(NotFound, match="Lunch cannot come any earlier"):
            moves.shift(session, item(session, "Lunch").row.id, EARLIER)
        with pytest.raises(NotFound, match="Wrap-up cannot come any later"):
            moves.shift(session, item(session, "Wrap-up").row.id, LATER)

    @pytest.mark.parametrize("name", ["Introductions and objectives", "Let's get mapping", "Customer steps"])
    @pytest.mark.parametrize("distance", [EARLIER, LATER])
    def test_what_does_not_wait_is_not_moved(self, name: str, distance: int) -> None:
        session = in_the_morning()
        with pytest.raises(NotFound, match="does not wait"):
            moves.shift(session, item(session, name).row.id, distance)

    def test_what_was_added_among_the_past_may_leave_it(self) -> None:
        session = agenda(
            Block(id="a", block="A", started=at(9), ended=at(9, 5)), Block(id="n", block="New"),
            Block(id="b", block="B", started=at(9, 5)), Block(id="c", block="C"), Block(id="d", block="D"),
        )  # fmt: skip
        assert names(plan(shifted(session, "New", LATER), STEP).blocks) == ["A", "B", "C", "New", "D"]
        with pytest.raises(NotFound, match="C cannot come any earlier"):
            moves.shift(session, "c", EARLIER)

    def test_rows_of_other_steps_in_between_do_not_matter(self) -> None:
        session = agenda(Block(id="a", block="A"), Block(id="x", block="X", step="report"), Block(id="b", block="B"))
        assert names(plan(shifted(session, "B", EARLIER), STEP).blocks) == ["B", "A"]
        assert names(plan(shifted(session, "A", LATER), STEP).blocks) == ["B", "A"]

    def test_the_label_says_what_and_where(self) -> None:
        session = in_the_morning()
        row_id = item(session, "Critical moments").row.id
        assert moves.shift(session, row_id, LATER).label(session) == "move Critical moments later"
        assert moves.shift(session, row_id, EARLIER).label(session) == "move Critical moments earlier"

    def test_what_is_gone_is_not_there(self) -> None:
        with pytest.raises(NotFound, match="not there any more"):
            moves.shift(the_day(), "nobody", LATER)


class TestActivities:
    def test_inside_its_block(self) -> None:
        session = shifted(the_day(), "Voting", EARLIER)
        assert names(item(session, "Critical moments").parts)[:2] == ["Voting", "Pain points"]
        with pytest.raises(NotFound, match="Voting cannot come any earlier"):
            moves.shift(session, item(session, "Voting").row.id, EARLIER)

    def test_among_those_that_wait(self) -> None:
        session = in_the_morning()
        assert plan(session, STEP).activity == item(session, "Customer steps")
        with pytest.raises(NotFound, match="Interactions cannot come any earlier"):
            moves.shift(session, item(session, "Interactions").row.id, EARLIER)
        session = shifted(session, "Interactions", LATER)
        assert names(item(session, "Let's get mapping").parts)[2:4] == ["What I say, what I think", "Interactions"]
        with pytest.raises(NotFound, match="Emotions and levels cannot come any later"):
            moves.shift(session, item(session, "Emotions and levels").row.id, LATER)

    def test_what_the_table_has_scattered_comes_together(self) -> None:
        session = agenda(
            Block(id="p", block="P", part_of="a"), Block(id="a", block="A"), Block(id="b", block="B"),
            Block(id="q", block="Q", part_of="a"), Block(id="c", block="C"),
        )  # fmt: skip
        assert table(shifted(session, "Q", EARLIER)) == ["A", "Q", "P", "B", "C"]
        assert table(shifted(session, "A", LATER)) == ["B", "A", "P", "Q", "C"]
        assert table(shifted(session, "B", EARLIER)) == ["B", "A", "P", "Q", "C"]


class TestClock:
    @pytest.mark.parametrize(("name", "distance"), [("Critical moments", LATER), ("Interactions", LATER)])
    def test_it_and_the_re_fit_follow(self, name: str, distance: int) -> None:
        session, now = in_the_morning(), at(11, 20)
        before, after = (
            reading(session, STEP, now, dt.UTC),
            reading(shifted(session, name, distance), STEP, now, dt.UTC),
        )
        assert (after.left, after.block_left, after.behind, after.end) == (
            before.left, before.block_left, before.behind, before.end,
        )  # fmt: skip
        found = refit(shifted(session, name, distance), STEP, now, dt.UTC)
        assert found.end == found.fixed
        still = [part for part in after.plan.rows() if part.state in ("waiting", "running")]
        assert [line.item for line in found.lines] == still

    def test_what_comes_next_is_what_was_moved_there(self) -> None:
        session = shifted(in_the_morning(), "What I say, what I think", EARLIER)
        session = done(session, moves.onward(session, STEP, at(11, 30)))
        assert plan(session, STEP).activity == item(session, "What I say, what I think")


def order(items: Sequence[Item], keep: Callable[[Item], bool]) -> list[str]:
    return [found.row.id for found in items if keep(found)]


def swaps(before: list[str], after: list[str]) -> int:
    """How many pairs stand the other way round."""
    place = {row_id: index for index, row_id in enumerate(after)}
    return sum(place[one] > place[other] for index, one in enumerate(before) for other in before[index + 1 :])


def begun(rows: list[Block], wanted: list[str]) -> Session:
    session, now = agenda(*rows), at(9)
    for name in wanted:
        try:
            session = done(session, getattr(moves, name)(session, STEP, now))
        except NotFound:
            break
        now += dt.timedelta(minutes=7)
    return session


BEGUN = st.lists(st.sampled_from(["onward", "onward", "skip"]), max_size=8)


@given(blocks(), BEGUN, st.integers(0, 40), st.sampled_from([EARLIER, LATER]), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_any_agenda_keeps_its_past_and_its_activities(
    rows: list[Block], wanted: list[str], number: int, distance: int, chance: object
) -> None:
    scattered = chance.random() < 0.3  # type: ignore[attr-defined]
    if scattered:
        chance.shuffle(rows)  # type: ignore[attr-defined]
    book = Workbook(begun(rows, wanted), lambda: at(12))
    before = book.session
    row_id = rows[number % len(rows)].id
    was = plan(before, STEP)
    try:
        command = moves.shift(before, row_id, distance)
    except NotFound:
        found = was.item(row_id)
        assert found is not None
        siblings = next((block.parts for block in was.blocks if found in block.parts), was.blocks)
        here = siblings.index(found)
        beside = (
            siblings[here - 1 : here]
            if distance < 0
            else [one for one in siblings[here + 1 :] if one.state == "waiting"]
        )
        assert found.state != "waiting" or all(one.state != "waiting" for one in beside)
        return
    assert book.do(command)
    now = plan(book.session, STEP)
    families = [(was.blocks, now.blocks)]
    for block in was.blocks:
        counterpart = now.item(block.row.id)
        assert counterpart is not None
        families.append((block.parts, counterpart.parts))
    turned = 0
    for old, new in families:
        assert {one.row.id for one in old} == {one.row.id for one in new}
        assert order(old, lambda one: one.state != "waiting") == order(new, lambda one: one.state != "waiting")
        places = {one.row.id: index for index, one in enumerate(new)}
        for past in (one for one in old if one.state != "waiting"):
            for coming in old[old.index(past) + 1 :]:
                assert places[past.row.id] < places[coming.row.id], "nothing comes to stand before what has begun"
        turned += swaps(order(old, lambda one: one.state == "waiting"), order(new, lambda one: one.state == "waiting"))
    assert turned == 1, "one passes one"
    for row in before.rows(Block):
        moved = book.session.get(Block, row.id)
        assert moved is not None
        assert replace(moved, order=row.order) == row
    assert len(book.session["agenda"]) == len(before["agenda"])
    if not scattered:
        expected = [found.row.id for found in now.rows()]
        assert [row.id for row in book.session.rows(Block)] == expected, "each activity right behind its block"
    after = book.session
    book.undo()
    assert book.session == before
    book.redo()
    assert book.session == after


@given(blocks(), BEGUN, st.integers(0, 40), st.sampled_from([EARLIER, LATER]))
def test_there_and_back_is_where_it_was(rows: list[Block], wanted: list[str], number: int, distance: int) -> None:
    session = begun(rows, wanted)
    row_id = rows[number % len(rows)].id
    try:
        there = done(session, moves.shift(session, row_id, distance))
    except NotFound:
        return
    back = done(there, moves.shift(there, row_id, -distance))
    assert [row.id for row in back.rows(Block)] == [row.id for row in session.rows(Block)]
    assert all(one.order < other.order for one, other in pairwise(back.rows(Block)))
