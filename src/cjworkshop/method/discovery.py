"""Step 1: the discovery meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import (
    choice,
    date,
    flag,
    integer,
    line,
    money,
    number,
    percent,
    prose,
    rating,
    signed,
    tags,
)
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step

if TYPE_CHECKING:
    import datetime as dt


@table("charter", "Charter", noun="charter", single=True)
class Charter(Row):
    """What the work is for: one page that the sponsor signs."""

    client: str = line("Client", required=True)
    journey: str = line("Journey", required=True, hint="In the customer's words, beginning with I …", width=36)
    problem: str = prose("Problem", hint="The business problem that brought us here.")
    start_trigger: str = line("Starts when", hint="The first thing the customer does.")
    end: str = line("Ends when", hint="The last thing the customer does.")
    in_scope: str = prose("In scope")
    out_of_scope: str = prose("Out of scope")
    level: str = choice(
        "Level", "life-cycle", "journey", "episode", default="journey", hint="How much of the customer's life."
    )
    map_type: str = choice(
        "Map type",
        "customer-journey",
        "experience",
        default="customer-journey",
        hint="One product and one type of customer, or the whole experience over all channels.",
        width=18,
    )
    sponsor: str = line("Sponsor", hint="Who asked for it and can say yes.")
    worth_it: str = prose("Worth it if", hint="What would make this worth it in 12 months.")
    feedback_method: str = choice(
        "Feedback by", "interviews", "survey", "both", "other", hint="How we will hear customers."
    )
    customers_per_year: int | None = integer("Customers a year", 0)
    value_per_customer: float | None = money("Value per customer")
    expected_change: float | None = percent("Expected change", low=-100, hint="Of the rate that must move, in points.")
    fee: float | None = money("Fee", hint="What this work costs.")
    weight_value: float | None = number("Weight: value", 0, default=1, hint="For choosing the journey.")
    weight_pain: float | None = number("Weight: pain", 0, default=1)
    weight_ability: float | None = number("Weight: ability", 0, default=1)
    weight_data: float | None = number("Weight: data", 0, default=1)


@table(
    "objectives",
    "Objectives",
    noun="objective",
    invitation="No objectives yet. Which number must move, from what to what, by when? Type the problem.",
)
class Objective(Row):
    """A number that must move."""

    problem: str = prose("Problem", required=True, width=32)
    metric: str = line("Metric", width=18)
    unit: str = line("Unit", width=8)
    baseline: float | None = number("Baseline")
    target: float | None = number("Target")
    due: dt.date | None = date("Due")
    owner: str = line("Owner", width=16)


@table("people", "People", noun="person", nouns="people", codes="W", invitation="Nobody yet. Type the first name.")
class Person(Row):
    """Somebody on the team, in the room, or in the way."""

    name: str = line("Name", required=True)
    role: str = line("Role", width=18)
    department: str = line("Department", width=16)
    decision_right: str = choice("Decision", "decides", "advises", "does", "informed", width=10)
    influence: int | None = rating("Influence", private=True)
    support: int | None = signed("Support", private=True, hint="−2 against … +2 for.")
    contact: str = line("Contact", private=True)
    attends: bool = flag("Attends", default=True, width=8)


@table(
    "personas",
    "Personas",
    noun="persona",
    codes="P",
    digits=1,
    invitation="No personas yet. Who, exactly? Type a name for this kind of customer.",
)
class Persona(Row):
    """One kind of customer."""

    name: str = line("Name", required=True)
    segment: str = line("Segment", width=16)
    share: float | None = percent("Share %", hint="Of all customers.")
    is_target: bool = flag("Target", width=7, hint="Whom this map is for.")
    quote: str = prose("Quote")
    goal: str = prose("Goal")
    trigger: str = line("Trigger")
    needs: str = prose("Needs")
    frustrations: str = prose("Frustrations")
    channels: tuple[str, ...] = tags("Channels")
    constraints: str = prose("Constraints")
    decision_criteria: str = prose("Decides by")


@table(
    "candidates",
    "Journeys to choose from",
    noun="candidate journey",
    invitation="No candidates yet. Type a journey that could be mapped, in the customer's words.",
)
class Candidate(Row):
    """A journey that could be mapped."""

    journey: str = line("Journey", required=True, width=32)
    business_value: int | None = rating("Value")
    customer_pain: int | None = rating("Pain")
    ability_to_act: int | None = rating("Ability")
    data_at_hand: int | None = rating("Data")
    chosen: bool = flag("Chosen", width=7)


@table(
    "sources",
    "Evidence at hand",
    noun="source",
    invitation="No sources yet. What data exists? Type what it is called.",
)
class Source(Row):
    """Something already known, and how far to trust it."""

    source: str = line("Source", required=True, width=26)
    kind: str = choice("Kind", "interviews", "survey", "analytics", "complaints", "operations", "other", width=11)
    date: dt.date | None = date("Date")
    n: int | None = integer("n", 0, hint="How many cases it rests on.", width=7)
    confidence: int | None = rating("Trust")
    link: str = line("Link", width=16)
    gap: str = prose("Gap", hint="What it does not tell.")


@table(
    "risks",
    "Risks and assumptions",
    noun="risk",
    invitation="No risks yet. What could stop this, what do we take for granted? Type it.",
)
class Risk(Row):
    """Something that could go wrong, or that is taken for granted."""

    statement: str = prose("Statement", required=True, width=36)
    kind: str = choice("Kind", "risk", "assumption", width=11)
    tested_by: str = prose("Tested by")
    status: str = choice("Status", "open", "confirmed", "refuted", "accepted", default="open", width=10)


@table("resources", "Resources", noun="resource", invitation="No resources yet. What do we have to act with? Type it.")
class Resource(Row):
    """What there is to act with."""

    resource: str = line("Resource", required=True, width=28)
    kind: str = choice("Kind", "people", "budget", "tool", "data", width=9)
    owner: str = line("Owner", width=16)
    available_from: dt.date | None = date("From")


STEP = Step(
    key="discovery",
    number=1,
    title="Discovery meeting",
    short="Discovery",
    purpose="Agree why, for whom and how far before anything is mapped.",
    row_types=(Charter, Objective, Person, Persona, Candidate, Source, Risk, Resource),
    prompts=(
        Prompt("What would make this worth it in 12 months?", "charter"),
        Prompt("Which number must move, from what to what, by when?", "objectives"),
        Prompt("First thing the customer does? Last? What is out?", "charter"),
        Prompt("Which journey hurts customers most, matters to us, and can we change?", "candidates"),
        Prompt("Who, exactly? Who is it not?", "personas"),
        Prompt("What data exists, how old, do we trust it?", "sources"),
        Prompt("Where do we lose them?", "risks"),
        Prompt("What do they do just before and after us?", "charter"),
        Prompt("What will we not change?", "charter"),
        Prompt("Who could block this?", "people"),
        Prompt("Who does what by when?", "resources"),
    ),
    deliverable="One-page charter",
    ready=(
        Condition("objective-measured", "An objective has a baseline and a target."),
        Condition("scope-bounded", "The scope has a start and an end."),
        Condition("target-persona", "There is a persona, and one is marked as target."),
        Condition("sponsor-named", "A sponsor is named."),
        Condition("feedback-method", "How customers will be heard is chosen."),
    ),
    agendas={
        "default": (
            Slot(
                "Welcome, roles, ground rules",
                10,
                how="Everybody says name and role, and what would make this hour worth it. Agree: one speaks at a time, no titles, questions that lead away are parked.",
                if_behind="Names and roles only; show the ground rules on the wall.",
                if_ahead="Ask each person for one customer they remember, and why.",
                collects="people",
            ),
            Slot(
                "Business problem and goal",
                15,
                how="Ask for the number that must move, where it stands today and by when. Write the sentence as they say it, read it back, change it until the sponsor nods.",
                if_behind="Take the one objective that the sponsor names; the rest comes in writing.",
                if_ahead="Put the goal as a headline a year from now.",
                collects="objectives",
            ),
            Slot(
                "Journey choice and scope",
                20,
                how="List the journeys that come up, rate each on the four questions, take the one on top. Then agree its first and last thing in the customer's words, and what is out.",
                if_behind="Skip the rating: the sponsor picks one journey; agree start and end.",
                if_ahead="Say aloud what the customer does just before the start and just after the end.",
                collects="charter",
            ),
            Slot(
                "Customer and segments",
                15,
                how="Describe one real customer until all see the same person. Ask who it is not. Mark the persona that the map is for.",
                if_behind="One persona with a name and a goal is enough for today.",
                if_ahead="Describe the customer whom nobody has thought of yet.",
                collects="personas",
            ),
            Slot(
                "What we already know",
                15,
                how="Go through surveys, complaints, interviews and numbers: how old, how many, do we trust it? Write down the gap of each.",
                if_behind="Ask each person for the one source that they trust most.",
                if_ahead="Open the best source and read one complaint aloud.",
                collects="sources",
            ),
            Slot(
                "Feedback plan, team, risks",
                10,
                how="Decide how customers will be heard and who makes that happen. Then ask: what could stop us, and who could block it?",
                if_behind="Choose interviews or survey now; collect the risks by message.",
                if_ahead="Put names and dates behind the plan.",
                collects="risks",
            ),
            Slot(
                "Close",
                5,
                how="Read the charter aloud once. Ask each for a yes. Say what comes next, and when.",
                if_behind="Read out goal, journey and next date.",
                if_ahead="Ask what surprised them today.",
            ),
        ),
    },
)
