"""Step 4: quantitative validation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import choice, date, integer, line, number, prose, rating, ref, scores
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step

if TYPE_CHECKING:
    import datetime as dt

    from cjworkshop.domain.references import Ratings


@table("waves", "Waves", noun="wave", invitation="No survey waves yet. Type what the first one is called.")
class Wave(Row):
    """One fielding of the survey."""

    name: str = line("Name", required=True)
    from_: dt.date | None = date("From")
    to: dt.date | None = date("To")
    population: int | None = integer("Population", 0, width=10, hint="How many could have been asked.")
    invited: int | None = integer("Invited", 0)
    method: str = line("Method")


@table(
    "responses",
    "Responses",
    noun="response",
    codes="R",
    digits=3,
    invitation="No responses yet. Choose the wave of the first answer, or import a file.",
)
class Response(Row):
    """One respondent's answers."""

    wave: str = ref("Wave", "waves", carries=True, width=14)
    persona: str = ref("Persona", "personas", width=14)
    nps: int | None = rating("NPS", 0, 10, width=5, hint="Would recommend, 0–10.")
    csat: int | None = rating("CSAT", 1, 5, hint="Satisfied over all, 1–5.")
    ces: int | None = rating("CES", 1, 7, width=11, hint="How easy it was, 7 = very easy.")
    satisfaction: Ratings = scores("Satisfied", "stages", "touchpoints")
    importance: Ratings = scores("Important", "stages", "touchpoints")
    decisive: str = ref("Decisive", "stages", "touchpoints", hint="The moment that mattered most.")
    verbatim: str = prose("Verbatim", private=True)
    weight: float | None = number("Weight", 0, default=1, width=7)


@table("kpis", "KPIs", noun="KPI", codes="K", invitation="No KPIs yet. Choose a stage, then type the number to watch.")
class Kpi(Row):
    """A number to watch at a stage."""

    stage: str = ref("Stage", "stages", width=18)
    kpi: str = line("KPI", required=True, width=24)
    unit: str = line("Unit", width=8)
    source: str = line("Source", width=14)
    baseline: float | None = number("Baseline")
    target: float | None = number("Target")
    current: float | None = number("Current")
    owner: str = line("Owner", width=14)
    refresh: str = choice("Refresh", "daily", "weekly", "monthly", "quarterly", "yearly", width=10)
    direction: str = choice("Better is", "up", "down", default="up", width=10)


STEP = Step(
    key="quantitative",
    number=4,
    title="Quantitative validation",
    short="Quantitative",
    purpose="Measure how many, how much and how sure.",
    row_types=(Wave, Response, Kpi),
    prompts=(
        Prompt("What decision hangs on this number?", "kpis"),
        Prompt("Whom did we not reach?", "waves"),
        Prompt("Which moment mattered most?", "responses"),
        Prompt("Is the difference larger than its interval?", "responses"),
        Prompt("What would change our mind?", "kpis"),
    ),
    deliverable="Measured map, driver grid, moments of truth confirmed by data, segment differences with intervals",
    ready=(
        Condition("wave-enough", "A wave has at least 30 answers, and satisfaction for every stage."),
        Condition("moments-counted", "Every stage that holds a moment has a KPI with a baseline."),
    ),
    agendas={
        "default": (
            Slot(
                "Quality",
                10,
                how="Who answered, who did not, which answers are too quick or all the same? Decide what stays in before looking at results.",
                if_behind="Say n, response rate and who is missing.",
                if_ahead="Compare early and late answers.",
                collects="waves",
            ),
            Slot(
                "Headline numbers",
                10,
                how="Read each number with its n and its interval. Let them guess first, then show.",
                if_behind="The one number that the objective names.",
                if_ahead="Ask which number will surprise the board.",
                collects="responses",
            ),
            Slot(
                "Drivers",
                15,
                how="Look which stages move satisfaction most, and how good they are now. Say that moving together is no cause.",
                if_behind="Only the corner where it matters and is weak.",
                if_ahead="Look for a driver that nobody believed in.",
                collects="responses",
            ),
            Slot(
                "Segments",
                10,
                how="Compare only groups that are large enough. Is the difference larger than its interval?",
                if_behind="Leave it out where no group reaches a hundred.",
                if_ahead="Read two verbatims of the group that differs most.",
                collects="responses",
            ),
            Slot(
                "Map",
                15,
                how="Put the measured values on the map, next to what staff believed. Where does it change what we do?",
                if_behind="The moments of truth only.",
                if_ahead="Choose the number by which we will see the change, and who owns it.",
                collects="kpis",
            ),
        ),
        "survey design, 60 minutes": (
            Slot(
                "What must it decide",
                10,
                how="Name the decisions that hang on the survey. What is not needed for one is not asked.",
                if_behind="One decision, one number.",
                if_ahead="Say for each decision at which value it would go the other way.",
                collects="kpis",
            ),
            Slot(
                "Questions",
                20,
                how="Write the questions in the customer's words, one thing each. Read them aloud as if on the phone.",
                if_behind="Take the standard questions and one of your own.",
                if_ahead="Let a colleague answer them and think aloud.",
                collects="kpis",
            ),
            Slot(
                "Sample",
                10,
                how="Whom do we ask, how many, how do we reach those who never answer?",
                if_behind="Agree on the number and one channel.",
                if_ahead="Plan what we do if too few answer.",
                collects="waves",
            ),
            Slot(
                "Pilot",
                10,
                how="Five people answer it now and say where they stumbled. Change those questions.",
                if_behind="Two people, five minutes.",
                if_ahead="Pilot it on a phone.",
                collects="waves",
            ),
            Slot(
                "Fielding",
                10,
                how="Fix the day it goes out, the reminder, the day it ends, and who watches it.",
                if_behind="Start and end day only.",
                if_ahead="Draft the invitation together.",
                collects="waves",
            ),
        ),
    },
)
