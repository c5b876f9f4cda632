"""The facilitator's script: what to ask while a block runs, what to do, and what else when time runs short or long.

A session's own words go before the method's. Of an activity's words those that are missing are its block's. A block
that was split has the method's words in each of its halves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.facilitation.agenda import whole_name
from cjworkshop.method.across import OwnPrompt
from cjworkshop.method.step import Prompt
from cjworkshop.method.steps import ACROSS, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session
    from cjworkshop.facilitation.agenda import Item
    from cjworkshop.method.step import Slot, Step

SLACK = 3
"""Minutes of being behind or ahead from which another way of going on is offered."""


class Script(NamedTuple):
    """What the facilitator is to do now: questions to ask, what to do, the table that it fills, the way out."""

    prompts: tuple[Prompt, ...]
    how: str
    collects: str
    fallback: str


def script(session: Session, step_key: str, block: Item | None, activity: Item | None, behind: int) -> Script:
    """The script of what runs in this step, for a room that is so many minutes behind (negative: ahead)."""
    step = _step(step_key)
    running = [item for item in (activity, block) if item]
    slots = [slot for item in running for slot in _slots(step, item.row.block)[:1]]
    collects = next((item.row.collects for item in running if item.row.collects), "")
    how = _first([item.row.script for item in running], [slot.how for slot in slots])
    fallback = ""
    if behind >= SLACK:
        fallback = _first([item.row.if_behind for item in running], [slot.if_behind for slot in slots])
    elif behind <= -SLACK:
        fallback = _first([item.row.if_ahead for item in running], [slot.if_ahead for slot in slots])
    return Script(prompts(session, step_key, block, activity), how, collects, fallback)


def _first(own: list[str], method: list[str]) -> str:
    return next(filter(None, (*own, *method)), "")


def prompts(
    session: Session, step_key: str, block: Item | None = None, activity: Item | None = None
) -> tuple[Prompt, ...]:
    """What to ask: one's own questions for what runs, or for the step; else the method's that fill its table, or all."""
    step = _step(step_key)
    running = [item for item in (activity, block) if item]
    own = [row for row in session.rows(OwnPrompt) if row.step == step_key and row.prompt]
    if own:
        ids = [item.row.id for item in running]
        choices = [[row for row in own if row.block == row_id] for row_id in ids]
        choices.append([row for row in own if not row.block] if running else own)
        chosen = next(filter(None, choices), own)
        return tuple(Prompt(row.prompt, row.collects) for row in chosen)
    table = next((item.row.collects for item in running if item.row.collects), "")
    fitting = tuple(prompt for prompt in step.prompts if table and prompt.table == table)
    return fitting or step.prompts


def _step(key: str) -> Step:
    return next(step for step in (*STEPS, ACROSS) if step.key == key)


def _slots(step: Step, name: str) -> list[Slot]:
    """The method's blocks and activities of this name or, where there are none, of the one it was split from.

    Those of the usual agenda come first.
    """
    agendas = sorted(step.agendas, key=lambda agenda: agenda != "default")
    slots = [slot for agenda in agendas for slot in _all(step.agendas[agenda]) if slot.how]
    for called in (name, whole_name(name)):
        if found := [slot for slot in slots if slot.block == called]:
            return found
    return []


def _all(slots: tuple[Slot, ...]) -> Iterator[Slot]:
    for slot in slots:
        yield slot
        yield from _all(slot.parts)
