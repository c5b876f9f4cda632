"""The part of the notes about what is still missing in each step that was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.readiness import readiness
from cjworkshop.exports.report import Block, Item, View, listed
from cjworkshop.method.steps import STEPS

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.method.step import Step


def missing(view: View) -> list[Block]:
    """Each step with its open conditions; the steps that nobody has begun in one line."""
    session = view.session
    begun = [step for step in STEPS if _has_content(session, step)]
    items = [item for step in begun for item in _open(session, step)]
    later = [f"{step.number} {step.title}" for step in STEPS if step not in begun]
    if later and begun:
        items.append(Item("Not begun", ", ".join(later)))
    return listed(items)


def _has_content(session: Session, step: Step) -> bool:
    return any(
        not column.is_empty(row) and column.get(row) != column.default
        for name in step.tables
        for row in session[name]
        for column in session.catalogue[name].columns
    )


def _open(session: Session, step: Step) -> list[Item]:
    """The step, with what is missing under each condition that is not met; nothing where it is ready."""
    conditions = [met for met in readiness(session, step) if not met.met]
    if not conditions:
        return []
    items = tuple(
        Item(text=f"{met.condition.sentence} Missing: {'; '.join(gap.text for gap in met.missing)}.")
        for met in conditions
    )
    return [Item(f"{step.number} {step.title}", items=items)]
