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
            Slot(
                "One persona's story",
                15,
                how="Tell the journey of one persona as a story, in the present tense, without a slide full of text.",
                if_behind="Tell only its worst and its best moment.",
                if_ahead="Let somebody in the room go on with the story.",
            ),
            Slot(
                "Walk the map",
                20,
                how="Walk along the map from left to right; stop at the sharp falls. Say what is measured and what is heard.",
                if_behind="Stop at three places only.",
                if_ahead="Ask each to point at the place they know best.",
            ),
            Slot(
                "Moments of truth",
                20,
                how="A page for each moment: what happens, a quote, the number, the cause, who owns it.",
                if_behind="The two with the widest gap.",
                if_ahead="Ask what we did well at the best moment, and where else it would help.",
            ),
            Slot(
                "Differences",
                10,
                how="Show where staff and customers see it differently. Ask how that came about; nobody is to blame.",
                if_behind="Name the largest one.",
                if_ahead="Ask who could have known.",
            ),
            Slot(
                "Votes on priorities",
                15,
                how="Everybody places dots on what to do first. Show the totals together, talk about the top three.",
                if_behind="Show of hands on the first three.",
                if_ahead="Ask those who voted otherwise what they see.",
                collects="vote_rounds",
            ),
            Slot(
                "Actions",
                10,
                how="Each of the top three gets a name and a date before anybody leaves.",
                if_behind="Names now, dates by mail.",
                if_ahead="Agree when we look again, and at which number.",
                collects="actions",
            ),
        ),
    },
)
