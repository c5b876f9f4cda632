"""The seven steps: their order, prompts, agendas, conditions, and how a session begins."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.records import session_of, tables_of
from cjworkshop.method.across import STEP_KEYS, About, Block
from cjworkshop.method.blueprint import LANES
from cjworkshop.method.discovery import Charter
from cjworkshop.method.employee_workshop import Stage
from cjworkshop.method.steps import ACROSS, CATALOGUE, STEPS
from cjworkshop.method.template import Template, agenda_rows, begin

if TYPE_CHECKING:
    from cjworkshop.method.step import Slot, Step

EVERY_STEP = [pytest.param(step, id=step.key) for step in STEPS]

AGENDAS = {
    ("discovery", "default"): (90, 0, "10 15 20 15 15 10 5"),
    ("employee-workshop", "default"): (315, 75, "75 15 90 45 75 15 60 15"),
    ("employee-workshop", "240 minutes"): (225, 15, "40 75 15 60 40 10"),
    ("employee-workshop", "120 minutes"): (115, 5, "20 50 5 30 15"),
    ("qualitative", "default"): (90, 0, "20 40 15 15"),
    ("qualitative", "interview, 60 minutes"): (60, 0, "5 15 25 7 5 3"),
    ("quantitative", "default"): (60, 0, "10 10 15 10 15"),
    ("quantitative", "survey design, 60 minutes"): (60, 0, "10 20 10 10 10"),
    ("report", "default"): (90, 0, "15 20 20 10 15 10"),
    ("blueprint", "default"): (225, 15, "15 45 75 15 30 30 25 5"),
    ("redesign", "default"): (285, 15, "20 10 30 20 31 10 15 45 45 15 40 15 4"),
}
"""Minutes of work and of breaks, and of each block, as the method has them."""

PARTS = {
    "Introductions and objectives": "20 15 20 20",
    "Let's get mapping": "20 25 15 15 15",
    "Critical moments": "15 10 25 25",
    "Future state and action": "30 30",
    "Crazy 8s": "8 8 15",
}

CONDITIONS = {
    "discovery": "objective-measured scope-bounded target-persona sponsor-named feedback-method",
    "employee-workshop": "stages-filled emotions-filled moments-marked assumptions-listed",
    "qualitative": "interviews-enough moments-heard excerpts-coded moments-judged",
    "quantitative": "wave-enough moments-counted",
    "report": "findings-written limits-stated quality-gate",
    "blueprint": "pains-explained moments-blueprinted actions-owned actions-few",
    "redesign": "moments-answered future-different changes-carried review-dated",
}

PROMPTS = {
    "discovery": """What would make this worth it in 12 months?
        Which number must move, from what to what, by when?
        First thing the customer does? Last? What is out?
        Who, exactly? Who is it not?
        What data exists, how old, do we trust it?
        Where do we lose them?
        What do they do just before and after us?
        What will we not change?
        Who could block this?
        Who does what by when?""",
    "employee-workshop": """What do you do right before this?
        What do you hope?
        What could go wrong?
        What do you say aloud, what do you think?
        1 to 5, how do you feel leaving it?
        Which three moments decide whether they stay?
        What makes us believe that: heard, measured or guessed?""",
    "qualitative": """Tell me the story from the start.
        Tell me about the last time.
        What happened next?
        What did you expect?
        How did that leave you, 1 to 5?
        The best moment? The worst?
        With a magic wand?""",
    "quantitative": """What decision hangs on this number?
        Whom did we not reach?
        Which moment mattered most?
        Is the difference larger than its interval?
        What would change our mind?""",
    "report": """Which three things must they remember?
        What do we ask them to decide today?
        Where were we wrong about our customers?
        What do these data not say?""",
    "blueprint": """Why? And why is that?
        What does the customer see at that moment?
        Who does that, in which system?
        Where can it fail, where do they wait, how long should it take?
        Who owns it, by when, which number moves?""",
    "redesign": """How might we … for … so that …?
        What would make this a 5?
        What would we stop doing?
        What must be true for this to work?
        What is the cheapest test this month?
        When do we look again?""",
}


def slots(agenda: tuple[Slot, ...]) -> list[Slot]:
    return [slot for block in agenda for slot in (block, *block.parts)]


def test_steps_come_in_order() -> None:
    assert tuple(step.key for step in STEPS) == STEP_KEYS
    assert [step.number for step in STEPS] == [1, 2, 3, 4, 5, 6, 7]
    assert ACROSS.number == 0


@pytest.mark.parametrize("step", [*EVERY_STEP, pytest.param(ACROSS, id="across")])
class TestEachStep:
    def test_it_says_what_it_is_for(self, step: Step) -> None:
        assert step.title
        assert step.purpose.endswith(".")
        assert step.deliverable
        assert 0 < len(step.short) <= 17

    def test_prompts_ask_for_what_its_tables_hold(self, step: Step) -> None:
        assert step.prompts
        assert {prompt.table for prompt in step.prompts} <= set(step.tables)
        assert all(prompt.text.endswith(("?", ".")) for prompt in step.prompts)

    def test_agendas_fill_tables_that_there_are(self, step: Step) -> None:
        for agenda in step.agendas.values():
            assert {slot.collects for slot in slots(agenda)} <= {"", *CATALOGUE}


@pytest.mark.parametrize("step", EVERY_STEP)
def test_every_prompt_of_the_method_is_asked(step: Step) -> None:
    asked = [prompt.text for prompt in step.prompts]
    wanted = [line.strip() for line in PROMPTS[step.key].splitlines()]
    assert [text for text in asked if text in wanted] == wanted


@pytest.mark.parametrize("step", EVERY_STEP)
def test_conditions_are_those_of_the_method(step: Step) -> None:
    assert [condition.key for condition in step.ready] == CONDITIONS[step.key].split()
    assert all(condition.sentence.endswith(".") for condition in step.ready)


@pytest.mark.parametrize("step", EVERY_STEP)
def test_agendas_take_the_minutes_of_the_method(step: Step) -> None:
    assert {(step.key, name) for name in step.agendas} == {key for key in AGENDAS if key[0] == step.key}
    for name, agenda in step.agendas.items():
        work, breaks, blocks = AGENDAS[step.key, name]
        assert " ".join(str(slot.minutes) for slot in agenda) == blocks
        assert sum(slot.minutes for slot in agenda if slot.kind == "work") == work
        assert sum(slot.minutes for slot in agenda if slot.kind == "break") == breaks


@pytest.mark.parametrize("step", EVERY_STEP)
def test_blocks_hold_their_activities_and_their_minimum(step: Step) -> None:
    for agenda in step.agendas.values():
        for block in agenda:
            assert sum(part.minutes for part in block.parts) in {0, block.minutes}
            if block.parts:
                assert " ".join(str(part.minutes) for part in block.parts) == PARTS[block.block]
        for slot in slots(agenda):
            assert 0 < slot.minimum <= slot.minutes
            assert slot.kind in {"work", "break"}
            if slot.kind == "break":
                assert slot.minimum == slot.minutes
                assert not slot.parts


def test_lanes_from_top_to_bottom() -> None:
    assert LANES == ("evidence", "customer", "frontstage", "backstage", "support")


class TestBeginning:
    TEMPLATE = Template(
        name="two",
        title="Two stages",
        stages=({"name": "Before", "customer_goal": "Know"}, {"name": "After"}),
        agendas={"employee-workshop": "120 minutes", "report": "none of these"},
    )

    def test_a_session_begins_with_stages_agendas_and_its_name(self) -> None:
        numbers = count(1)
        session = begin(
            CATALOGUE,
            self.TEMPLATE,
            {"name": "Clinic", "date": dt.date(2026, 3, 31)},
            client="VA",
            journey="I see a doctor",
            new_id=lambda: f"id{next(numbers)}",
        )
        about = session.record(About)
        assert (about.name, about.template, about.date) == ("Clinic", "two", dt.date(2026, 3, 31))
        charter = session.record(Charter)
        assert (charter.client, charter.journey, charter.level) == ("VA", "I see a doctor", "journey")
        assert [(stage.code, stage.name, stage.customer_goal) for stage in session.rows(Stage)] == [
            ("S1", "Before", "Know"),
            ("S2", "After", ""),
        ]
        ids = [row.id for rows in session.tables.values() for row in rows]
        assert len(set(ids)) == len(ids)
        assert set(session.tables) == {"_meta", "charter", "stages", "agenda"}
        records = {
            name: [(str(n), record) for n, record in enumerate(found)] for name, found in tables_of(session).items()
        }
        assert session_of(CATALOGUE, records) == session

    def test_agendas_are_rows_with_their_activities_behind_them(self) -> None:
        numbers = count(1)
        session = begin(CATALOGUE, Template("blank", "Blank"), {}, new_id=lambda: f"id{next(numbers)}")
        blocks = session.rows(Block)
        assert list(dict.fromkeys(block.step for block in blocks)) == list(STEP_KEYS)
        for step in STEPS:
            work, breaks, _ = AGENDAS[step.key, "default"]
            top = [block for block in blocks if block.step == step.key and not block.part_of]
            assert sum(block.minutes or 0 for block in top) == work + breaks
        mapping = next(index for index, block in enumerate(blocks) if block.block == "Let's get mapping")
        parts = blocks[mapping + 1 : mapping + 6]
        assert {part.part_of for part in parts} == {blocks[mapping].id}
        assert [part.minutes for part in parts] == [20, 25, 15, 15, 15]
        lunch = next(block for block in blocks if block.block == "Lunch")
        assert (lunch.kind, lunch.minutes, lunch.minimum) == ("break", 45, 45)

    def test_a_template_chooses_agendas(self) -> None:
        numbers = count(1)
        rows = list(agenda_rows(self.TEMPLATE, lambda: str(next(numbers))))
        chosen = [row.values["block"] for row in rows if row.values["step"] == "employee-workshop"]
        assert chosen == [
            "Introductions and objectives",
            "Let's get mapping",
            "Break",
            "Critical moments",
            "Actions and wrap-up",
        ]
        assert not [row for row in rows if row.values["step"] == "report"]
