"""Step 5: the final report and map."""

from __future__ import annotations

from cjworkshop.domain.columns import choice, line, prose
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step


@table("summary", "Summary", noun="summary", single=True)
class Summary(Row):
    """What the report says on its first page."""

    finding_1: str = prose("Finding 1", hint="The three things that they must remember.")
    finding_2: str = prose("Finding 2")
    finding_3: str = prose("Finding 3")
    ask_1: str = prose("Ask 1", hint="What we ask them to decide today.")
    ask_2: str = prose("Ask 2")
    ask_3: str = prose("Ask 3")
    limits: str = prose("Limits", hint="What these data do not say.")
    audience: str = choice("Audience", "board", "team", "frontline", default="team")
    language: str = line("Language", default="en", hint="Of the report, such as en or de.")


STEP = Step(
    key="report",
    number=5,
    title="Final report and map",
    short="Report",
    purpose="Say what was found, how sure it is, and what is asked for.",
    row_types=(Summary,),
    prompts=(
        Prompt("Which three things must they remember?", "summary"),
        Prompt("What do we ask them to decide today?", "summary"),
        Prompt("Where were we wrong about our customers?", "summary"),
        Prompt("What do these data not say?", "summary"),
    ),
    deliverable="Report and validated map",
    ready=(
        Condition("findings-written", "Three findings and three asks are written."),
        Condition("limits-stated", "The limits are stated."),
        Condition("quality-gate", "The quality gate is clear, or each open point is answered."),
    ),
    agendas={
        "default": (
            Slot("One persona's story", 15),
            Slot("Walk the map", 20),
            Slot("Moments of truth", 20),
            Slot("Differences", 10),
            Slot("Votes on priorities", 15, collects="vote_rounds"),
            Slot("Actions", 10, collects="actions"),
        ),
    },
)
