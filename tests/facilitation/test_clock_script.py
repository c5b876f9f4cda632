"""What the facilitator is told while a block runs."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from clock_kit import STEP, at, done, item, put, the_day

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.facilitation import moves
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.script import Script, prompts, script
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
