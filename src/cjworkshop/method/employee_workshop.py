"""Step 2: the employee workshop. What employees draw here is a hypothesis; steps 3 and 4 validate it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import choice, flag, integer, line, money, number, percent, prose, rating, ref, refs
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.ballots import items
from cjworkshop.method.step import Condition, Prompt, Slot, Step, pause

if TYPE_CHECKING:
    from collections.abc import Collection

    from cjworkshop.domain.session import Session


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


def _votable(session: Session, vote_round: VoteRound) -> Collection[str] | None:
    """The ids of the rows that a round may be over; None where it does not say of which table."""
    return session[vote_round.over].positions if vote_round.over in session.catalogue else None


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
    ballot: tuple[str, ...] = refs(
        "Ballot", *VOTABLE, hint="The items to vote on; empty means all rows.", among=_votable
    )


def _on_ballot(session: Session, vote: Vote) -> Collection[str] | None:
    """The ids of the items of a vote's round; None where it has no round yet, or that is over nothing."""
    vote_round = session.get(VoteRound, vote.round)
    return {row.id for row in items(session, vote_round)} if vote_round is not None and vote_round.over else None


@table("votes", "Votes", noun="vote", invitation="No votes yet. Choose the round, the item and its dots.")
class Vote(Row):
    """Dots on an item."""

    round: str = ref("Round", "vote_rounds", required=True, carries=True, width=30)
    item: str = ref("Item", *VOTABLE, required=True, width=34, among=_on_ballot)
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
                how="Let everybody settle in and see why they are here: the goal, whose journey it is, where it begins and ends.",
                if_behind="Say the goal and the scope yourself; one sentence of each person.",
                if_ahead="Ask for a moment in which a customer surprised them.",
                minimum=30,
                parts=(
                    Slot(
                        "Overview",
                        20,
                        how="Show goal, scope and the day's agenda. Say that the map is a guess until customers have spoken.",
                        collects="objectives",
                    ),
                    Slot(
                        "Best practice",
                        15,
                        how="Show one good map and read it from left to right. Ask what they can see there that numbers do not show.",
                        if_behind="Leave this out and show the map in the break.",
                    ),
                    Slot(
                        "Who and what to map",
                        20,
                        how="Read the persona aloud as if you introduced a friend. Agree whose journey it is, and where it starts and ends.",
                        collects="personas",
                    ),
                    Slot(
                        "Goals and triggers",
                        20,
                        how="Ask what makes the customer begin, and what being done looks like. Write the stages in the customer's words.",
                        collects="stages",
                    ),
                ),
            ),
            pause("Break", 15),
            Slot(
                "Let's get mapping",
                90,
                how="Go along the journey step by step, each step through all its rows, before the next. Write what the customer does, not what we do.",
                if_behind="Map the steps that hurt or delight in full; of the others only name and emotion.",
                if_ahead="Walk the map backwards and ask at each step: and before that?",
                minimum=45,
                parts=(
                    Slot(
                        "Quick share",
                        20,
                        how="Pairs tell each other a journey they have seen, two minutes each. Name the stages that keep coming up.",
                        collects="stages",
                    ),
                    Slot(
                        "Customer steps",
                        25,
                        how="One thing the customer does on each card, in order. Ask of every gap: and then?",
                        collects="touchpoints",
                    ),
                    Slot(
                        "Interactions",
                        15,
                        how="Add to each step where it happens and who begins it: desk, phone, letter, portal.",
                        if_behind="Fill in the channel only where two people disagree.",
                        collects="touchpoints",
                    ),
                    Slot(
                        "What I say, what I think",
                        15,
                        how="Read a step aloud. What does the customer say to us, and what do they think?",
                        if_behind="Take the thought only; what is said can wait.",
                        collects="touchpoints",
                    ),
                    Slot(
                        "Emotions and levels",
                        15,
                        how="Everybody shows one to five with the fingers at the count of three. Write the number; where fingers differ by two or more, ask both ends why.",
                        if_behind="One show of fingers for each stage.",
                        if_ahead="Ask who rated it with a real customer in mind, and mark those as heard.",
                        collects="scores",
                    ),
                ),
            ),
            pause("Lunch", 45),
            Slot(
                "Critical moments",
                75,
                how="Find the few moments that decide whether customers stay, and say in a sentence each why they do.",
                if_behind="Vote first, then write pains for the winners only.",
                if_ahead="Ask of each winner: what would have to happen for a five?",
                minimum=30,
                parts=(
                    Slot(
                        "Pain points",
                        15,
                        how="Each person writes what hurts, one thing on a card, in the customer's words. Put it at its step, read it once.",
                        if_behind="Three cards a pair, the worst first.",
                        collects="pains",
                    ),
                    Slot(
                        "Voting",
                        10,
                        how="Everybody places their dots without talking. Show the totals when all are placed; say ties aloud.",
                        if_behind="Show of hands for the five that look strongest.",
                        collects="vote_rounds",
                    ),
                    Slot(
                        "Write critical moments",
                        25,
                        how="For each moment: what the customer wants there, what happens, how it leaves them. Mark it on the map.",
                        if_behind="The three with most dots only.",
                        collects="touchpoints",
                    ),
                    Slot(
                        "Share",
                        25,
                        how="Each group reads its moment in one minute. The others ask, nobody defends.",
                        if_behind="One sentence a group.",
                    ),
                ),
            ),
            pause("Break", 15),
            Slot(
                "Future state and action",
                60,
                how="Turn from what hurts to what would help, and leave with names and dates.",
                if_behind="Skip the empathy maps; go straight to what we do next.",
                if_ahead="Sketch the best moment as the customer should tell it in a year.",
                minimum=30,
                parts=(
                    Slot(
                        "Empathy mapping",
                        30,
                        how="Fill in what the persona says, thinks, does and feels at the worst moment, then what they gain if it is solved.",
                        collects="empathy",
                    ),
                    Slot(
                        "Action planning",
                        30,
                        how="For each moment: one thing we can change, who takes it on, by when. What needs proof from customers goes to step 3.",
                        collects="opportunities",
                    ),
                ),
            ),
            Slot(
                "Wrap-up",
                15,
                how="Read the decisions aloud with their owners. Say what we assume and will ask customers. Thank them by what they did.",
                if_behind="Read out decisions and owners; the rest comes by mail.",
                if_ahead="Each person says what they will tell a colleague tomorrow.",
                minimum=10,
                collects="decisions",
            ),
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
            Slot(
                "Actions and wrap-up",
                15,
                how="For each moment one action with a name and a date. Read out what was decided, and what customers will be asked.",
                if_behind="Names and dates for the top two moments only.",
                if_ahead="Ask what could still stop these actions.",
                minimum=10,
                collects="decisions",
            ),
        ),
    },
)
