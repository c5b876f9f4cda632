"""Step 2: the employee workshop. What employees draw here is a hypothesis; steps 3 and 4 validate it."""

from __future__ import annotations

from cjworkshop.domain.columns import choice, flag, integer, line, money, number, percent, prose, rating, ref, refs
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step, pause


@table(
    "stages",
    "Stages",
    noun="stage",
    codes="S",
    digits=1,
    plain_name=True,
    invitation="No stages yet. Type what the customer would call the first part of the journey.",
)
class Stage(Row):
    """A part of the journey."""

    name: str = line("Name", required=True, width=26)
    customer_goal: str = prose("Customer's goal")
    desired_action: str = prose("Desired action", hint="What we want the customer to do.")
    start: str = line("Starts when")
    end: str = line("Ends when")


@table(
    "touchpoints",
    "Touchpoints",
    noun="touchpoint",
    codes="A",
    invitation="No touchpoints yet. Start with the first thing the customer does: type it.",
    named_by="name",
)
class Touchpoint(Row):
    """One contact on the journey: what the customer does, thinks and feels there."""

    stage: str = ref("Stage", "stages", required=True, carries=True, width=18)
    name: str = line("Touchpoint", required=True, width=30)
    action: str = prose("What the customer does")
    channel: str = line("Channel", width=14)
    personas: tuple[str, ...] = refs("Personas", "personas", width=12, hint="Empty means all.")
    ownership: str = choice("Owned by", "owned", "partner", "outside", width=9)
    initiator: str = choice("Begun by", "customer", "company", width=9)
    thought: str = prose("Thinks")
    feeling: str = line("Feels", width=12, hint="One word.")
    emotion: int | None = rating("Emotion", hint="What staff believe: 1 very negative, 3 neutral, 5 very positive.")
    importance: int | None = rating("Importance", width=10, hint="To the customer.")
    importance_to_us: int | None = rating("To us", hint="How important it is to us.")
    moment: str = choice("Moment", "moment-of-truth", "make-or-break", "wow", "exit", width=15)
    department: str = line("Department", width=14)
    basis: str = choice("Basis", "assumed", "heard", default="assumed", width=8, hint="What staff base the emotion on.")
    customer_emotion: float | None = number(
        "Customers", 1, 5, width=9, hint="A mean brought from elsewhere, with its n."
    )
    customer_n: int | None = integer("n", 0, width=6, hint="How many customers that mean rests on.")


@table(
    "pains", "Pain points", noun="pain", codes="PP", named_by="pain", invitation="No pains yet. What hurts? Type it."
)
class Pain(Row):
    """What hurts at a touchpoint."""

    touchpoint: str = ref("Touchpoint", "touchpoints", required=True)
    pain: str = prose("What hurts?", required=True, width=34, hint="In the customer's words.")
    severity: int | None = rating("Severity")
    frequency: float | None = percent("How often", hint="Share of customers, in %.", width=9)
    yearly_volume: int | None = integer("A year", 0, hint="Customers a year at this touchpoint.")
    minutes_lost: float | None = number("Minutes", 0, hint="Minutes lost each time.", width=8)
    hourly_wage: float | None = money("Wage", hint="Per hour, of whoever loses them.", width=8)
    extra_churn: float | None = percent("Churn %", hint="Share of those hit who leave because of it.", width=8)
    margin: float | None = money("Margin", hint="Lost with each who leaves.", width=8)
    evidence: tuple[str, ...] = refs("Evidence", "excerpts", hint="What customers said about it.")


@table(
    "opportunities",
    "Opportunities",
    noun="opportunity",
    nouns="opportunities",
    codes="O",
    invitation="No opportunities yet. What would take a pain away? Type it.",
)
class Opportunity(Row):
    """What could be better."""

    opportunity: str = prose("Opportunity", required=True, width=36)
    pain: str = ref("Answers", "pains")
    touchpoint: str = ref("Touchpoint", "touchpoints")


@table(
    "empathy", "Empathy maps", noun="empathy map", named_by="says", invitation="No empathy maps yet. Choose a persona."
)
class Empathy(Row):
    """What a persona says, thinks, does and feels."""

    persona: str = ref("Persona", "personas", required=True)
    says: str = prose("Says")
    thinks: str = prose("Thinks")
    does: str = prose("Does")
    feels: str = prose("Feels")
    pains: str = prose("Pains")
    gains: str = prose("Gains")


@table("scores", "Scores", noun="score", invitation="No scores yet. Choose a touchpoint, then who rates it, then 1–5.")
class Score(Row):
    """One person's rating of a touchpoint."""

    touchpoint: str = ref("Touchpoint", "touchpoints", required=True, carries=True, width=30)
    who: str = line("Who", required=True, hint="A person or a group.")
    emotion: int | None = rating("Emotion", required=True)


VOTABLE = ("touchpoints", "pains", "opportunities", "hmw", "ideas")
"""The tables whose rows can be voted on."""


@table("vote_rounds", "Vote rounds", noun="vote round", invitation="No votes yet. Type what the round decides.")
class VoteRound(Row):
    """A dot vote and its rules."""

    title: str = line("Title", required=True, width=26)
    over: str = choice("Over", *VOTABLE, required=True, width=13)
    voters: int | None = integer("Voters", 1, required=True, width=7)
    dots_each: int | None = integer("Dots each", 1, required=True, width=10)
    cap: int | None = integer("Cap", 0, default=3, width=5, hint="Per item in a personal ballot; 0 means none.")
    mode: str = choice("Mode", "room", "person", default="room", width=7)
    anonymous: bool = flag("Anonymous", width=10)
    state: str = choice("State", "draft", "collecting", "revealed", "closed", default="draft", width=10)
    breaks_tie_of: str = ref("Breaks tie of", "vote_rounds")
    ballot: tuple[str, ...] = refs("Ballot", *VOTABLE, hint="The items to vote on; empty means all rows.")


@table("votes", "Votes", noun="vote", invitation="No votes yet. Choose the round, the item and its dots.")
class Vote(Row):
    """Dots on an item."""

    round: str = ref("Round", "vote_rounds", required=True, carries=True, width=30)
    item: str = ref("Item", *VOTABLE, required=True, width=34)
    dots: int | None = integer("Dots", 0, required=True, width=6)
    who: str = line("Who", private=True, width=14)


STEP = Step(
    key="employee-workshop",
    number=2,
    title="Employee workshop",
    short="Employee workshop",
    purpose="Draw the journey as employees believe it is: a hypothesis for customers to correct.",
    row_types=(Stage, Touchpoint, Pain, Opportunity, Empathy, Score, VoteRound, Vote),
    prompts=(
        Prompt("Which parts would the customer say this journey has?", "stages"),
        Prompt("What do you do right before this?", "touchpoints"),
        Prompt("What do you hope?", "touchpoints"),
        Prompt("What could go wrong?", "pains"),
        Prompt("What do you say aloud, what do you think?", "empathy"),
        Prompt("1 to 5, how do you feel leaving it?", "scores"),
        Prompt("Which three moments decide whether they stay?", "vote_rounds"),
        Prompt("What would have to be different?", "opportunities"),
        Prompt("What makes us believe that: heard, measured or guessed?", "touchpoints"),
    ),
    deliverable="Hypothesis map, pain list, critical moments, questions for step 3",
    ready=(
        Condition("stages-filled", "Every stage has a touchpoint."),
        Condition("emotions-filled", "Every touchpoint has an emotion."),
        Condition("moments-marked", "At least 3 and at most 7 moments are marked."),
        Condition("assumptions-listed", "Assumptions are listed for step 3."),
    ),
    agendas={
        "default": (
            Slot(
                "Introductions and objectives",
                75,
                minimum=30,
                parts=(
                    Slot("Overview", 20, collects="objectives"),
                    Slot("Best practice", 15),
                    Slot("Who and what to map", 20, collects="personas"),
                    Slot("Goals and triggers", 20, collects="stages"),
                ),
            ),
            pause("Break", 15),
            Slot(
                "Let's get mapping",
                90,
                minimum=45,
                parts=(
                    Slot("Quick share", 20, collects="stages"),
                    Slot("Customer steps", 25, collects="touchpoints"),
                    Slot("Interactions", 15, collects="touchpoints"),
                    Slot("What I say, what I think", 15, collects="touchpoints"),
                    Slot("Emotions and levels", 15, collects="scores"),
                ),
            ),
            pause("Lunch", 45),
            Slot(
                "Critical moments",
                75,
                minimum=30,
                parts=(
                    Slot("Pain points", 15, collects="pains"),
                    Slot("Voting", 10, collects="vote_rounds"),
                    Slot("Write critical moments", 25, collects="touchpoints"),
                    Slot("Share", 25),
                ),
            ),
            pause("Break", 15),
            Slot(
                "Future state and action",
                60,
                minimum=30,
                parts=(
                    Slot("Empathy mapping", 30, collects="empathy"),
                    Slot("Action planning", 30, collects="opportunities"),
                ),
            ),
            Slot("Wrap-up", 15, minimum=10, collects="decisions"),
        ),
        "240 minutes": (
            Slot("Introductions and objectives", 40, minimum=20, collects="stages"),
            Slot("Let's get mapping", 75, minimum=45, collects="touchpoints"),
            pause("Break", 15),
            Slot("Critical moments", 60, minimum=30, collects="pains"),
            Slot("Future state and action", 40, minimum=20, collects="opportunities"),
            Slot("Wrap-up", 10, collects="decisions"),
        ),
        "120 minutes": (
            Slot("Introductions and objectives", 20, minimum=10, collects="stages"),
            Slot("Let's get mapping", 50, minimum=30, collects="touchpoints"),
            pause("Break", 5),
            Slot("Critical moments", 30, minimum=20, collects="pains"),
            Slot("Actions and wrap-up", 15, minimum=10, collects="decisions"),
        ),
    },
)
