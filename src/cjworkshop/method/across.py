"""What goes across the steps: the session itself, meetings and agendas, the inbox, the parking lot, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import choice, date, flag, integer, line, number, prose, rating, ref, stamp, tags, time
from cjworkshop.domain.rows import Row, table

if TYPE_CHECKING:
    import datetime as dt

STEP_KEYS = (
    "discovery",
    "employee-workshop",
    "qualitative",
    "quantitative",
    "report",
    "blueprint",
    "redesign",
)


MOST_MINUTES = 1440
"""Minutes that a block can have: a day."""


@table("_meta", "Session", noun="session", single=True)
class About(Row):
    """What the session is called and when it began. Its client and journey stand in the charter."""

    name: str = line("Name", required=True)
    template: str = line("Template", hint="Where its stages came from.")
    date: dt.date | None = date("Date", hint="The day of the workshop.")
    facilitator: str = line("Facilitator")
    created: dt.datetime | None = stamp("Created")
    lanes: tuple[str, ...] = tags("Lanes", hint="Of the map, from top to bottom; empty means the usual ones.")


@table(
    "meetings",
    "Meetings",
    noun="meeting",
    invitation="No meetings yet. Choose a step, then its day, start and end.",
)
class Meeting(Row):
    """When a step's meeting begins and must end."""

    step: str = choice("Step", *STEP_KEYS, required=True, width=18)
    date: dt.date | None = date("Date")
    start: dt.time | None = time("Start")
    end: dt.time | None = time("End", hint="Fixed: a re-fit ends on it.")
    place: str = line("Place")


@table("agenda", "Agenda", noun="block", named_by="block", invitation="No agenda yet. Type the first block.")
class Block(Row):
    """A part of a meeting, or an activity inside one.

    It waits until it has `started`, runs until it has `ended`, and was skipped where it ended without having started.
    """

    step: str = choice("Step", *STEP_KEYS, required=True, carries=True, width=18)
    block: str = line("Block", required=True, width=30)
    minutes: int | None = integer("Minutes", 0, MOST_MINUTES, required=True, width=8)
    kind: str = choice("Kind", "work", "break", default="work", width=7)
    minimum: int | None = integer("Minimum", 0, MOST_MINUTES, default=5, hint="A re-fit never goes below it.", width=8)
    part_of: str = ref("Part of", "agenda", hint="The block that this activity belongs to.")
    collects: str = line("Collects", hint="The table that it fills.", width=14)
    started: dt.datetime | None = stamp("Started")
    ended: dt.datetime | None = stamp("Ended")
    allotted: int | None = integer(
        "Allotted",
        0,
        MOST_MINUTES,
        hint="The minutes that it has now, after a re-fit; empty means as planned.",
        width=8,
    )
    paused: dt.datetime | None = stamp("Paused", hint="Since when it stands still.")
    paused_minutes: float | None = number("Paused for", 0, hint="Minutes that it stood still before.", width=10)
    groups: tuple[str, ...] = tags("Groups", hint="Break-out groups that work side by side on one clock.", width=14)
    script: str = prose("What to do", hint="Empty means the method's words for this block.")
    if_behind: str = prose("If behind", hint="What to leave out.")
    if_ahead: str = prose("If ahead", hint="What to do with the time won.")


@table(
    "prompts",
    "Prompts",
    noun="prompt",
    invitation="No prompts of your own. Type a question to ask in place of the method's.",
)
class OwnPrompt(Row):
    """A question of one's own, asked in place of the method's where its step has any."""

    step: str = choice("Step", *STEP_KEYS, required=True, carries=True, width=18)
    prompt: str = prose("Prompt", required=True, width=40)
    collects: str = line("Collects", hint="The table that the answers go to.", width=14)
    block: str = ref("Block", "agenda", hint="Asked while this block runs; empty means at any time.")


@table("inbox", "Inbox", noun="note", invitation="Nothing captured. What is typed here waits to be sorted.")
class Note(Row):
    """Something said that has no place yet."""

    text: str = prose("Note", required=True, width=36)
    kind: str = choice("Kind", "note", "pain", "idea", "quote", "decision", "action", "parked", default="note", width=9)
    about: str = ref("About", "touchpoints", "stages")
    person: str = line("Said by", width=14)
    emotion: int | None = rating("Emotion")
    level: int | None = rating("Level", hint="Severity or impact.")
    dots: int | None = integer("Dots", 0, width=6)
    due: dt.date | None = date("Due")
    captured: dt.datetime | None = stamp("Captured")
    step: str = choice("Step", *STEP_KEYS, width=18)
    block: str = ref("During", "agenda")
    sorted_into: str = ref("Sorted into", "*")
    typed: str = prose("As typed", hint="The whole line, tokens included.")


@table(
    "parked",
    "Parking lot",
    noun="parked question",
    invitation="Nothing parked. Type a question that is for later.",
)
class Parked(Row):
    """A question that is for later."""

    text: str = prose("Question", required=True, width=40)
    by: str = line("By", width=14)
    resolved: bool = flag("Resolved", width=9)
    answer: str = prose("Answer")


@table("decisions", "Decisions", noun="decision", invitation="No decisions yet. Type what was decided.")
class Decision(Row):
    """What was decided, why and by whom."""

    decision: str = prose("Decision", required=True, width=40)
    why: str = prose("Why")
    by: str = line("By", width=14)
    date: dt.date | None = date("Date")


@table(
    "trap_answers",
    "Traps answered",
    noun="answer",
    invitation="No traps answered. A trap that is meant can be answered here.",
)
class TrapAnswer(Row):
    """Why a trap that the checker found is none here."""

    trap: str = line("Trap", required=True, width=28)
    answer: str = prose("Answer", required=True, width=40)
    by: str = line("By", width=14)
