"""What makes the discovery meeting ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions.missing import Checks, Missing, none_yet, reads, unfilled
from cjworkshop.method.discovery import Charter, Objective, Persona

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session


@reads(Objective)
def _objective_measured(session: Session) -> Iterator[Missing]:
    objectives = session.rows(Objective)
    if any(objective.baseline is not None and objective.target is not None for objective in objectives):
        return
    yield from none_yet(session, Objective)
    nearest = sorted(objectives, key=lambda objective: (objective.baseline is None) + (objective.target is None))
    for objective in nearest[:1]:
        yield from unfilled(
            objective, {"baseline": "no objective has a baseline", "target": "no objective has a target"}
        )


@reads(Charter)
def _scope_bounded(session: Session) -> Iterator[Missing]:
    return unfilled(
        session.record(Charter),
        {"start_trigger": "the scope has no start", "end": "the scope has no end"},
    )


@reads(Persona)
def _target_persona(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Persona)
    personas = session.rows(Persona)
    if personas and not any(persona.is_target for persona in personas):
        yield Missing("no persona is marked as target", "personas", personas[0].id, "is_target")


@reads(Charter)
def _sponsor_named(session: Session) -> Iterator[Missing]:
    return unfilled(session.record(Charter), {"sponsor": "no sponsor is named"})


@reads(Charter)
def _feedback_method(session: Session) -> Iterator[Missing]:
    return unfilled(session.record(Charter), {"feedback_method": "not chosen how customers are heard"})


CHECKS: Checks = {
    "objective-measured": _objective_measured,
    "scope-bounded": _scope_bounded,
    "target-persona": _target_persona,
    "sponsor-named": _sponsor_named,
    "feedback-method": _feedback_method,
}
