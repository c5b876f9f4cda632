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
            Slot("Read aloud", 20, collects="excerpts"),
            Slot("Code", 40, minimum=20, collects="codes"),
            Slot("Compare two coders", 15, collects="excerpts"),
            Slot("Mark the map", 15, collects="validations"),
        ),
        "interview, 60 minutes": (
            Slot("Consent and warm-up", 5, collects="interviews"),
            Slot("The story from the start", 15, collects="excerpts"),
            Slot("Walk the timeline: did, used, thought, felt 1–5", 25, collects="excerpts"),
            Slot("Best and worst moment", 7, collects="excerpts"),
            Slot("Magic wand", 5, collects="excerpts"),
            Slot("Close", 3, minimum=3),
        ),
    },
)
