"""Step 6: action planning and service blueprinting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import choice, date, flag, integer, line, number, prose, rating, ref, refs
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step, pause

if TYPE_CHECKING:
    import datetime as dt

LANES = ("evidence", "customer", "frontstage", "backstage", "support")
"""The blueprint's lanes from top to bottom. Between them lie the lines of interaction, visibility and internal
interaction: below `customer`, `frontstage` and `backstage` (Shostack; Nielsen Norman Group)."""


@table(
    "causes",
    "Root causes",
    noun="cause",
    named_by="root_cause",
    invitation="No causes yet. Choose a pain, then ask why.",
)
class Cause(Row):
    """Five whys of a pain."""

    pain: str = ref("Pain", "pains", required=True, width=28)
    why_1: str = prose("Why?", width=22)
    why_2: str = prose("And why?", width=22)
    why_3: str = prose("Why is that?", width=22)
    why_4: str = prose("Why so?", width=22)
    why_5: str = prose("Why at all?", width=22)
    root_cause: str = prose("Root cause")


@table(
    "blueprint_cells",
    "Blueprint",
    noun="blueprint cell",
    named_by="text",
    invitation="No blueprint yet. Choose a touchpoint and a lane, then type what happens there.",
)
class BlueprintCell(Row):
    """What happens at a touchpoint in one lane of the blueprint."""

    touchpoint: str = ref("Touchpoint", "touchpoints", required=True, carries=True)
    lane: str = choice("Lane", *LANES, required=True, width=11)
    text: str = prose("What happens", required=True)
    actor: str = line("Actor", width=14)
    system: str = line("System", width=16)
    minutes: float | None = number("Minutes", 0, width=8)
    standard_minutes: float | None = number("Standard", 0, width=9, hint="Minutes that it should take.")
    fail_point: str = line("Fails", width=16)
    wait_point: str = line("Waits", width=16)
    self_service: bool = flag("Self-service", width=12)
    policy: str = line("Policy", width=16)


@table("actions", "Actions", noun="action", codes="AC", invitation="No actions yet. Type what will be done.")
class Action(Row):
    """Something that will be done, by whom and by when."""

    action: str = prose("Action", required=True, width=32)
    answers: str = ref("Answers", "pains", "opportunities", "touchpoints", "ideas", width=24)
    kind: str = choice("Kind", "fix", "training", "measure", "project", default="fix", width=9)
    hypothesis: str = prose("Hypothesis")
    owner: str = line("Owner", width=16)
    due: dt.date | None = date("Due")
    impact: int | None = rating("Impact")
    effort: int | None = rating("Effort")
    confidence: int | None = rating("Confidence", width=10)
    reach: int | None = integer("Reach", 0, hint="Customers a year.")
    kpi: str = ref("KPI", "kpis", width=16)
    kpi_target: float | None = number("KPI target", width=10)
    status: str = choice("Status", "proposed", "doing", "done", "dropped", default="proposed", width=9)
    depends_on: tuple[str, ...] = refs("Depends on", "actions", width=12)
    risk: str = line("Risk")
    review: dt.date | None = date("Review")


STEP = Step(
    key="blueprint",
    number=6,
    title="Action planning and blueprinting",
    short="Blueprint",
    purpose="Find the causes, see what goes on backstage, and agree who does what by when.",
    row_types=(Cause, BlueprintCell, Action),
    prompts=(
        Prompt("Why? And why is that?", "causes"),
        Prompt("What does the customer see at that moment?", "blueprint_cells"),
        Prompt("Who does that, in which system?", "blueprint_cells"),
        Prompt("Where can it fail, where do they wait, how long should it take?", "blueprint_cells"),
        Prompt("Who owns it, by when, which number moves?", "actions"),
    ),
    deliverable="Blueprints, 30/60/90 roadmap, actions for the team's tracker",
    ready=(
        Condition("pains-explained", "The three highest pains have a root cause."),
        Condition("moments-blueprinted", "Every moment of truth has customer, frontstage and backstage cells."),
        Condition("actions-owned", "Every action has an owner, a date and a KPI."),
        Condition("actions-few", "At most 7 actions are live."),
    ),
    agendas={
        "default": (
            Slot(
                "Recap",
                15,
                how="Show the map with its moments of truth, and the pains in their order. Say which we work on today.",
                if_behind="Name the three pains and begin.",
                if_ahead="Let the owners say what has changed since the report.",
            ),
            Slot(
                "Root cause of the top 3 pains",
                45,
                how="Groups of three or four, a pain each. Ask why until the answer is something we can change; check each why with a fact.",
                if_behind="The largest pain only, all together.",
                if_ahead="Ask what would make the pain come back after we have mended it.",
                minimum=20,
                collects="causes",
            ),
            Slot(
                "Blueprint",
                75,
                how="For each moment: what the customer sees and does, who serves them, what happens behind, which systems carry it. Mark where it fails and where they wait.",
                if_behind="Frontstage and backstage of the first two moments.",
                if_ahead="Put minutes on each cell: now, and as it should be.",
                minimum=40,
                collects="blueprint_cells",
            ),
            pause("Break", 15),
            Slot(
                "Solution ideas",
                30,
                how="Each person writes three ideas alone, then shares. Build on ideas, no verdicts yet.",
                if_behind="One idea each.",
                if_ahead="Ask: what would we do if we had to solve it by Friday?",
                minimum=15,
                collects="actions",
            ),
            Slot(
                "Prioritise",
                30,
                how="Rate impact, effort and confidence aloud, the quiet ones first. Begin with what is large and easy.",
                if_behind="Rate impact and effort only.",
                if_ahead="Look at what ranks differently by the other score, and say why.",
                minimum=15,
                collects="actions",
            ),
            Slot(
                "Owners and dates",
                25,
                how="Each action gets one person, one date, one number. Who owns it says so aloud.",
                if_behind="The first five actions.",
                if_ahead="Say the first step of each action that happens this week.",
                minimum=15,
                collects="actions",
            ),
            Slot(
                "Close",
                5,
                how="Read out actions with names and dates. Say when we meet again.",
                if_behind="Say the next date.",
                if_ahead="Ask each for one word.",
            ),
        ),
    },
)
