"""Step 7: the design-new-experience workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import choice, date, flag, integer, line, percent, prose, rating, ref
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step, pause

if TYPE_CHECKING:
    import datetime as dt


@table(
    "hmw",
    "How might we",
    noun="how-might-we",
    codes="H",
    invitation="No questions yet. How might we … for … so that …?",
)
class HowMightWe(Row):
    """A question that ideas can answer."""

    touchpoint: str = ref("Touchpoint", "touchpoints")
    question: str = prose("How might we …", required=True, width=44, hint="How might we … for … so that …?")


@table("ideas", "Ideas", noun="idea", codes="ID", invitation="No ideas yet. What would make this a 5? Type it.")
class Idea(Row):
    """An answer to a how-might-we."""

    hmw: str = ref("How might we", "hmw", width=26)
    idea: str = prose("Idea", required=True, width=36)
    by: str = line("By", width=14)
    feasibility: int | None = rating("Feasible")
    desirability: int | None = rating("Desirable")
    viability: int | None = rating("Viable")


@table("storyboard", "Storyboard", noun="frame", named_by="scene", invitation="No frames yet. Type the first scene.")
class Frame(Row):
    """One frame of a storyboard."""

    idea: str = ref("Idea", "ideas", width=24)
    scene: str = prose("Scene", required=True)
    customer_does: str = prose("Customer does")
    we_do: str = prose("We do")
    emotion: int | None = rating("Emotion")


@table(
    "future",
    "To-be map",
    noun="to-be touchpoint",
    named_by="name",
    invitation="No to-be map yet. Choose a touchpoint to keep, fix or remove, or name a new one.",
)
class Future(Row):
    """A touchpoint of the journey to be."""

    touchpoint: str = ref("As is", "touchpoints", hint="Empty for a new touchpoint.")
    change: str = choice("Change", "keep", "fix", "add", "remove", required=True, width=8)
    stage: str = ref("Stage", "stages", width=18)
    name: str = line("To be", width=26)
    action: str = prose("What the customer does")
    channel: str = line("Channel", width=14)
    target_emotion: int | None = rating("Target")
    idea: str = ref("Idea", "ideas", width=24)


@table(
    "experiments",
    "Experiments",
    noun="experiment",
    codes="E",
    invitation="No experiments yet. What must be true? Type it.",
)
class Experiment(Row):
    """A cheap test of what must be true."""

    hypothesis: str = prose("Hypothesis", required=True, width=34)
    action: str = ref("Action", "actions", width=24)
    kpi: str = ref("KPI", "kpis", width=16)
    metric: str = line("Metric", width=18)
    baseline: float | None = percent("Baseline %", width=10)
    target: float | None = percent("Target %", width=9)
    uncertainty: int | None = rating("Uncertainty", width=11)
    importance: int | None = rating("Importance", width=10)
    owner: str = line("Owner", width=14)
    weeks: int | None = integer("Weeks", 0, width=7)
    stop_rule: str = prose("Stop when")
    result: str = prose("Result")
    status: str = choice("Status", "planned", "running", "won", "lost", "unclear", default="planned", width=9)


@table("reviews", "Reviews", noun="review", invitation="No reviews yet. When do we look again? Type what.")
class Review(Row):
    """When to look again."""

    what: str = line("What", required=True, width=36)
    when: dt.date | None = date("When")
    owner: str = line("Owner", width=16)
    done: bool = flag("Done", width=6)


STEP = Step(
    key="redesign",
    number=7,
    title="Design new experience workshop",
    short="Redesign",
    purpose="Design the journey as it should be, and test it cheaply.",
    row_types=(HowMightWe, Idea, Frame, Future, Experiment, Review),
    prompts=(
        Prompt("How might we … for … so that …?", "hmw"),
        Prompt("What would make this a 5?", "ideas"),
        Prompt("What would we stop doing?", "future"),
        Prompt("What happens next, in one picture?", "storyboard"),
        Prompt("What must be true for this to work?", "experiments"),
        Prompt("What is the cheapest test this month?", "experiments"),
        Prompt("When do we look again?", "reviews"),
    ),
    deliverable="To-be map, storyboards, experiment cards, 90-day plan",
    ready=(
        Condition("moments-answered", "Every chosen moment has a how-might-we and an idea."),
        Condition("future-different", "The to-be map changes something."),
        Condition("changes-carried", "Every change has an action or an experiment."),
        Condition("review-dated", "A review has a date."),
    ),
    agendas={
        "default": (
            Slot(
                "Warm-up and recap",
                20,
                how="Two minutes of drawing to loosen up. Then the moments, the causes, and what must not change.",
                if_behind="Show the moments and begin.",
                if_ahead="Let pairs tell the story of the worst moment as it would be a five.",
            ),
            Slot(
                "Pick 2–3 moments",
                10,
                how="Choose where a change would matter most and can be made. Groups take one each.",
                if_behind="The facilitator picks by the votes there are.",
                if_ahead="Say why the others wait.",
                collects="hmw",
            ),
            Slot(
                "How might we",
                30,
                how="Turn each pain into a question: how might we, for whom, so that what? Write several, keep the one that opens most.",
                if_behind="One question for each moment.",
                if_ahead="Turn the question round: how might we make it worse?",
                minimum=15,
                collects="hmw",
            ),
            Slot(
                "Inspiration",
                20,
                how="Each person brings one thing from another trade that solves something like it. One minute each.",
                if_behind="Three examples that you have ready.",
                if_ahead="Look for one outside of every trade in the room.",
                minimum=10,
            ),
            Slot(
                "Crazy 8s",
                31,
                how="Fold a sheet into eight. A sketch a minute, alone and without talking; then each shows their best.",
                if_behind="One round of eight instead of two.",
                if_ahead="A third round from somebody else's best idea.",
                minimum=16,
                parts=(
                    Slot(
                        "First 8",
                        8,
                        how="Eight sketches in eight minutes. Call out each minute. Bad ideas count.",
                        collects="ideas",
                    ),
                    Slot(
                        "Second 8",
                        8,
                        how="Eight more, now from ideas that they saw or did not dare.",
                        if_behind="Leave this round out.",
                        collects="ideas",
                    ),
                    Slot("Share", 15, collects="ideas"),
                ),
            ),
            Slot(
                "Vote",
                10,
                how="Dots without talking, then the totals. Two or three ideas go on.",
                if_behind="Show of hands.",
                if_ahead="Ask what could be joined of the runners-up.",
                collects="vote_rounds",
            ),
            pause("Break", 15),
            Slot(
                "Storyboard",
                45,
                how="Six to eight frames, from the trigger to the good end. What the customer does above, what we do below.",
                if_behind="Four frames: before, at, after, told.",
                if_ahead="Play one storyboard with two people.",
                minimum=20,
                collects="storyboard",
            ),
            Slot(
                "To-be map",
                45,
                how="Go along the map: keep, fix, add or remove each touchpoint. Give those that change an emotion to aim at.",
                if_behind="The chosen moments only.",
                if_ahead="Ask what we can stop doing.",
                minimum=20,
                collects="future",
            ),
            Slot(
                "Pre-mortem",
                15,
                how="It is a year from now and it has failed. Everybody writes why; take the three that frighten most.",
                if_behind="One reason each, aloud.",
                if_ahead="Say for each what would tell us early.",
                minimum=10,
                collects="risks",
            ),
            Slot(
                "Experiments",
                40,
                how="For each idea: what must be true, the cheapest test this month, the number, when we stop.",
                if_behind="One test for the riskiest belief.",
                if_ahead="Count how many customers a test needs.",
                minimum=20,
                collects="experiments",
            ),
            Slot(
                "Commitments",
                15,
                how="Each person says what they do by when. Put the day on which we look again into the calendar now.",
                if_behind="Owners and the day of the review.",
                if_ahead="Say whom you will ask for help.",
                minimum=10,
                collects="reviews",
            ),
            Slot(
                "Close",
                4,
                how="One thing from today to tell at home. Thank them.",
                if_behind="Thank them and name the next date.",
                if_ahead="Take a picture of the wall together.",
                minimum=4,
            ),
        ),
    },
)
