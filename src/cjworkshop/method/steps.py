"""The seven steps in order, what goes across them, and the catalogue of all tables."""

from __future__ import annotations

from cjworkshop.domain.rows import Catalogue
from cjworkshop.method import blueprint, discovery, employee_workshop, qualitative, quantitative, redesign, report
from cjworkshop.method.across import About, Block, Decision, Meeting, Note, OwnPrompt, Parked, TrapAnswer
from cjworkshop.method.step import Prompt, Step

STEPS: tuple[Step, ...] = (
    discovery.STEP,
    employee_workshop.STEP,
    qualitative.STEP,
    quantitative.STEP,
    report.STEP,
    blueprint.STEP,
    redesign.STEP,
)
"""The method, in order."""

ACROSS = Step(
    key="across",
    number=0,
    title="Across the steps",
    short="Across",
    purpose="What belongs to no single step: agenda and meetings, notes to sort, parked questions, decisions.",
    row_types=(Block, Meeting, OwnPrompt, Note, Parked, Decision, TrapAnswer, About),
    prompts=(
        Prompt("What did we just decide, and why?", "decisions"),
        Prompt("Is that for now, or do we park it?", "parked"),
    ),
    deliverable="Minutes: decisions, parking lot, what is still open",
)
"""The tables of no single step, in the same shape as a step so that one screen shows both. It is never "ready"."""

_ROW_TYPES = (row_type for step in (*STEPS, ACROSS) for row_type in step.row_types)
CATALOGUE = Catalogue(sorted(_ROW_TYPES, key=lambda row_type: row_type is not About))
"""Every table of a session; what the session is called comes first."""


def step_of(table: str) -> Step:
    """The step (or `ACROSS`) that a table belongs to. KeyError if none."""
    for step in (*STEPS, ACROSS):
        if table in step.tables:
            return step
    raise KeyError(table)
