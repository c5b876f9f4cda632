"""What the facilitator is told while a block runs."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from clock_kit import STEP, at, done, fresh, item, put, the_day

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.workbook import Workbook
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.script import Script, prompts, script
from cjworkshop.method.across import Block, OwnPrompt
from cjworkshop.method.steps import STEPS

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

MAPPING = "Let's get mapping"


def running(activity: str) -> Session:
    """The day, in the middle of this activity."""
    session = the_day()
    while True:
        session = done(session, moves.onward(session, STEP, at(9)))
        runs = plan(session, STEP).activity
        if runs and runs.row.block == activity:
            return session


def told(session: Session, behind: int = 0) -> Script:
    agenda = plan(session, STEP)
    return script(session, STEP, agenda.running, agenda.activity, behind)


def asked(*rows: tuple[str, str], session: Session) -> Session:
    """With questions of one's own: (question, name of its block)."""
    numbers = count()
    new = [
        NewRow(
            f"own{next(numbers)}", {"step": STEP, "prompt": text, "block": item(session, block).row.id if block else ""}
        )
        for text, block in rows
    ]
    return done(session, AddRows("prompts", tuple(new)))


class TestPrompts:
    def test_those_of_the_step_whose_table_is_filled(self) -> None:
        found = told(running("Customer steps")).prompts
        assert [prompt.table for prompt in found] == ["touchpoints"] * 3
        assert found[0].text == "What do you do right before this?"

    def test_all_of_the_step_where_none_fills_the_table(self) -> None:
        step = next(step for step in STEPS if step.key == STEP)
        assert told(running("Overview")).prompts == step.prompts
        assert prompts(the_day(), STEP) == step.prompts

    def test_ones_own_for_the_activity_then_for_its_block_then_for_the_step(self) -> None:
        session = running("Customer steps")

        def first(*rows: tuple[str, str]) -> str:
            return told(asked(*rows, session=session)).prompts[0].text

        whole, block, activity = (
            ("Of the step?", ""),
            ("Of the block?", MAPPING),
            ("Of the activity?", "Customer steps"),
        )
        assert first(whole, block, activity) == "Of the activity?"
        assert first(whole, block) == "Of the block?"
        assert first(whole, ("Elsewhere?", "Voting")) == "Of the step?"
        assert first(("Elsewhere?", "Voting")) == "Elsewhere?", "in place of the method's, wherever they are"

    def test_ones_own_while_nothing_runs_are_all_of_them(self) -> None:
        session = asked(("Of the step?", ""), ("Of the block?", MAPPING), session=the_day())
        assert [prompt.text for prompt in prompts(session, STEP)] == ["Of the step?", "Of the block?"]


class TestWords:
    def test_of_the_activity_by_its_name(self) -> None:
        assert told(running("Customer steps")).how.startswith("One thing the customer does on each card")

    def test_ones_own_go_before_the_methods(self) -> None:
        session = put(running("Customer steps"), MAPPING, script="Stand up.")
        assert told(session).how == "Stand up."
        assert told(put(session, "Customer steps", script="Sit down.")).how == "Sit down."

    def test_a_block_that_the_method_does_not_know_has_none(self) -> None:
        session = put(put(running("Customer steps"), MAPPING, block="Own"), "Customer steps", block="Thing")
        assert told(session, 20) == Script(told(session).prompts, "", "touchpoints", "")

    def test_a_variant_has_the_words_of_its_blocks(self) -> None:
        session = put(running("Customer steps"), "Customer steps", block="Actions and wrap-up")
        assert told(session).how.startswith("For each moment one action")


class TestFallback:
    def test_behind_ahead_and_neither(self) -> None:
        session = running("Customer steps")
        assert told(session, 2).fallback == told(session, -2).fallback == ""
        assert told(session, 3).fallback.startswith("Map the steps that hurt")
        assert told(session, -3).fallback.startswith("Walk the map backwards")

    def test_of_the_activity_where_it_has_its_own(self) -> None:
        session = running("Interactions")
        assert told(session, 10).fallback.startswith("Fill in the channel only")
        session = put(session, MAPPING, if_behind="Ours.")
        assert told(session, 10).fallback == "Ours."


def test_it_tells_which_table_is_filled() -> None:
    assert told(running("Emotions and levels")).collects == "scores"
    assert told(put(running("Best practice"), "Introductions and objectives", collects="stages")).collects == "stages"


class TestSplit:
    """Both halves of a block that was split have the same words, fallback and questions."""

    @pytest.mark.parametrize("name", ["Voting", "Critical moments", "Customer steps", "Wrap-up"])
    @pytest.mark.parametrize("behind", [0, 10, -10])
    def test_the_methods_words_go_with_both(self, name: str, behind: int) -> None:
        session, first, second = halves(the_day(), name)
        assert alone(session, second, behind) == alone(session, first, behind) == alone(the_day(), first, behind)
        assert alone(session, second).how

    def test_ones_own_words_go_with_both(self) -> None:
        session = put(the_day(), "Voting", script="Stand up.", if_behind="Three dots.", if_ahead="Ten.", groups=("A",))
        session, first, second = halves(session, "Voting")
        assert [alone(session, second, behind).fallback for behind in (5, -5)] == ["Three dots.", "Ten."]
        assert alone(session, second) == alone(session, first)
        assert alone(session, second).how == "Stand up."
        assert second.groups == ("A",)

    def test_ones_own_questions_go_with_both_in_one_change(self) -> None:
        rows = (("First?", "Voting"), ("Elsewhere?", "Wrap-up"), ("Second?", "Voting"), ("Whole?", ""))
        session = asked(*rows, session=the_day())
        book = Workbook(session, lambda: at(12))
        book.do(moves.split(session, item(session, "Voting").row.id, at(9), fresh()))
        first, second = item(book.session, "Voting").row, item(book.session, "Voting (2)").row
        for row in (first, second):
            assert [prompt.text for prompt in alone(book.session, row).prompts] == ["First?", "Second?"]
        assert len(book.session.rows(OwnPrompt)) == 6
        book.undo()
        assert book.session == session

    def test_a_half_of_a_half_has_them_too(self) -> None:
        session, first, second = halves(asked(("First?", "Critical moments"), session=the_day()), "Critical moments")
        session, _, third = halves(session, second.block)
        assert third.block == "Critical moments (3)"
        assert alone(session, third, 10) == alone(session, first, 10)
        assert alone(session, third).prompts[0].text == "First?"

    def test_nothing_of_the_clock_goes_with_the_second(self) -> None:
        session = put(running("Voting"), "Voting", paused=at(9, 30), paused_minutes=3.0)
        _, first, second = halves(session, "Voting")
        assert first.started
        assert (second.started, second.ended, second.paused, second.paused_minutes) == (None,) * 4

    def test_a_block_that_was_only_called_like_a_half_keeps_its_own_words(self) -> None:
        session = put(the_day(), "Voting", block="Thing (2)")
        assert not script(session, STEP, item(session, "Thing (2)"), None, 0).how


def halves(session: Session, name: str) -> tuple[Session, Block, Block]:
    """The session with this block split, and its two halves."""
    row_id = item(session, name).row.id
    session = done(session, moves.split(session, row_id, at(9), fresh(f"{name}-")))
    first, second = (session.get(Block, found) for found in (row_id, f"{name}-0"))
    assert first is not None
    assert second is not None
    return session, first, second


def alone(session: Session, row: Block, behind: int = 0) -> Script:
    """The script of this row as if it ran by itself."""
    found = plan(session, STEP).item(row.id)
    return script(session, STEP, found, None, behind)
