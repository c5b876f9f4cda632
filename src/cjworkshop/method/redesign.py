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
            Slot("Warm-up and recap", 20),
            Slot("Pick 2–3 moments", 10, collects="hmw"),
            Slot("How might we", 30, minimum=15, collects="hmw"),
            Slot("Inspiration", 20, minimum=10),
            Slot(
                "Crazy 8s",
                31,
                minimum=16,
                parts=(
                    Slot("First 8", 8, collects="ideas"),
                    Slot("Second 8", 8, collects="ideas"),
                    Slot("Share", 15, collects="ideas"),
                ),
            ),
            Slot("Vote", 10, collects="vote_rounds"),
            pause("Break", 15),
            Slot("Storyboard", 45, minimum=20, collects="storyboard"),
            Slot("To-be map", 45, minimum=20, collects="future"),
            Slot("Pre-mortem", 15, minimum=10, collects="risks"),
            Slot("Experiments", 40, minimum=20, collects="experiments"),
            Slot("Commitments", 15, minimum=10, collects="reviews"),
            Slot("Close", 4, minimum=4),
        ),
    },
)
