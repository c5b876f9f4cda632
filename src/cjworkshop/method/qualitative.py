"""Step 3: qualitative validation. Customers tell the journey; the hypothesis is not shown to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.columns import choice, date, flag, line, prose, rating, ref, refs
from cjworkshop.domain.rows import Row, table
from cjworkshop.method.step import Condition, Prompt, Slot, Step

if TYPE_CHECKING:
    import datetime as dt


@table(
    "interviews",
    "Interviews",
    noun="interview",
    codes="I",
    named_by="segment",
    invitation="No interviews yet. Choose a persona, or type the segment.",
)
class Interview(Row):
    """A conversation with one customer."""

    persona: str = ref("Persona", "personas", width=16)
    name: str = line("Name", private=True, width=16)
    segment: str = line("Segment", width=16)
    date: dt.date | None = date("Date")
    recency: str = line("Recency", hint="How long ago their last journey was.", width=14)
    consent: bool = flag("Consent", width=8)
    interviewer: str = line("Interviewer", width=14)
    notes: str = prose("Notes", width=36)


@table("codes", "Codebook", noun="code", invitation="No codes yet. Type a short name for something that customers say.")
class Code(Row):
    """A name for something that customers say."""

    name: str = line("Code", required=True)
    definition: str = prose("Definition")
    include: str = prose("Use it for")
    exclude: str = prose("Not for")
    parent: str = ref("Under", "codes", width=16)


@table(
    "excerpts",
    "Excerpts",
    noun="excerpt",
    named_by="quote",
    invitation="No excerpts yet. Choose an interview, then type what the customer said.",
)
class Excerpt(Row):
    """What a customer said, and what it is about."""

    interview: str = ref("Interview", "interviews", required=True, carries=True, width=14)
    touchpoint: str = ref("Touchpoint", "touchpoints")
    new_touchpoint: str = line("Not on the map", hint="Named by the customer, missing on our map.", width=16)
    quote: str = prose("Quote", width=40)
    codes: tuple[str, ...] = refs("Codes", "codes")
    second_codes: tuple[str, ...] = refs("Second coder", "codes")
    emotion: int | None = rating("Emotion")


@table(
    "validations",
    "Validations",
    noun="validation",
    invitation="No verdicts yet. Type what we believed and customers were to confirm.",
)
class Validation(Row):
    """What customers made of something that we believed."""

    statement: str = prose("Statement", required=True, width=36)
    touchpoint: str = ref("Touchpoint", "touchpoints")
    verdict: str = choice("Verdict", "confirms", "contradicts", "new", width=11)
    status: str = choice("Status", "open", "agreed", "disputed", default="open", width=9)


STEP = Step(
    key="qualitative",
    number=3,
    title="Qualitative validation",
    short="Qualitative",
    purpose="Hear the journey from customers, openly, and compare afterwards.",
    row_types=(Interview, Code, Excerpt, Validation),
    prompts=(
        Prompt("Tell me the story from the start.", "interviews"),
        Prompt("Tell me about the last time.", "interviews"),
        Prompt("What happened next?", "excerpts"),
        Prompt("What did you expect?", "excerpts"),
        Prompt("How did that leave you, 1 to 5?", "excerpts"),
        Prompt("The best moment? The worst?", "excerpts"),
        Prompt("With a magic wand?", "excerpts"),
        Prompt("Which code does this belong to, or is it a new one?", "codes"),
        Prompt("Does that confirm what we believed, contradict it, or is it new?", "validations"),
    ),
    deliverable="Validated map, quote bank, codebook, list of changes, survey items",
    ready=(
        Condition("interviews-enough", "A target persona has 6 interviews, or saturation is reached."),
        Condition("moments-heard", "Every marked moment has an excerpt."),
        Condition("excerpts-coded", "Every excerpt has a code."),
        Condition("moments-judged", "Every marked moment has a verdict."),
    ),
    agendas={
        "default": (
            Slot(
                "Read aloud",
                20,
                how="Read the excerpts aloud in the order of the journey; everybody only listens and writes down words that strike them.",
                if_behind="Read the excerpts of the marked moments only.",
                if_ahead="Read one interview from its start to its end.",
                collects="excerpts",
            ),
            Slot(
                "Code",
                40,
                how="Each excerpt gets one or more codes. A new code gets a sentence that says what belongs in it and what does not.",
                if_behind="Code the marked moments; the rest is for tomorrow.",
                if_ahead="Merge codes that nobody can tell apart.",
                minimum=20,
                collects="codes",
            ),
            Slot(
                "Compare two coders",
                15,
                how="Two people have coded the same excerpts: look where they differ, agree what the code means, write that down.",
                if_behind="Compare ten excerpts, those with the strongest emotions.",
                if_ahead="Code five more side by side and compare again.",
                collects="excerpts",
            ),
            Slot(
                "Mark the map",
                15,
                how="For each moment of the map: did customers confirm it, contradict it, or say something new? Write the statement and its verdict.",
                if_behind="Moments of truth first.",
                if_ahead="Look for touchpoints that no customer named.",
                collects="validations",
            ),
        ),
        "interview, 60 minutes": (
            Slot(
                "Consent and warm-up",
                5,
                how="Thank them, say what it is for and how long it takes, ask whether you may write and quote. Ask something easy.",
                if_behind="Consent only; go straight to the story.",
                if_ahead="Ask what a usual day looks like.",
                collects="interviews",
            ),
            Slot(
                "The story from the start",
                15,
                how="Ask for the last time, from the very beginning. Do not interrupt; say only: and then?",
                if_behind="Ask for the day itself and leave the time before it.",
                if_ahead="Ask what they did the week before.",
                collects="excerpts",
            ),
            Slot(
                "Walk the timeline: did, used, thought, felt 1–5",
                25,
                how="Go back over the story step by step: what did you do, with what, what went through your mind, one to five?",
                if_behind="Ask only where their voice changed.",
                if_ahead="Ask who else was there, and what they made of it.",
                collects="excerpts",
            ),
            Slot(
                "Best and worst moment",
                7,
                how="Let them choose both and say why. Ask what would have turned the worst one.",
                if_behind="The worst one only.",
                if_ahead="Ask whom they told about it.",
                collects="excerpts",
            ),
            Slot(
                "Magic wand",
                5,
                how="If you could change one thing overnight? Then: why that one?",
                if_behind="One wish, one why.",
                if_ahead="Ask what must stay exactly as it is.",
                collects="excerpts",
            ),
            Slot("Close", 3, minimum=3),
        ),
    },
)
