"""The journey in its order: stages, the touchpoints of each, and which of them are moments."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.method.employee_workshop import Stage, Touchpoint

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session


class StagePart(NamedTuple):
    """A stage and its touchpoints, in order; `stage` is None for the touchpoints that have none."""

    stage: Stage | None
    touchpoints: tuple[Touchpoint, ...]


@remembered(Stage, Touchpoint)
def stage_parts(session: Session) -> tuple[StagePart, ...]:
    """Every stage in order, also empty ones; last, where there are any, the touchpoints without a stage."""
    stages = session.rows(Stage)
    by_stage: dict[str, list[Touchpoint]] = {stage.id: [] for stage in stages}
    homeless: list[Touchpoint] = []
    for touchpoint in session.rows(Touchpoint):
        by_stage.get(touchpoint.stage, homeless).append(touchpoint)
    parts = [StagePart(stage, tuple(by_stage[stage.id])) for stage in stages]
    if homeless:
        parts.append(StagePart(None, tuple(homeless)))
    return tuple(parts)


@remembered(Stage, Touchpoint)
def journey(session: Session) -> tuple[Touchpoint, ...]:
    """The touchpoints as the customer comes to them: stage by stage, in each in the order of the table."""
    return tuple(chain.from_iterable(part.touchpoints for part in stage_parts(session)))


@remembered(Stage, Touchpoint)
def places(session: Session) -> dict[str, int]:
    """Touchpoint id → its place on the journey, from 0."""
    return {touchpoint.id: place for place, touchpoint in enumerate(journey(session))}


@remembered(Stage, Touchpoint)
def moments(session: Session) -> tuple[Touchpoint, ...]:
    """The touchpoints marked as a moment of any sort, in the order of the journey."""
    return tuple(touchpoint for touchpoint in journey(session) if touchpoint.moment)


@remembered(Stage, Touchpoint)
def moments_of_truth(session: Session) -> tuple[Touchpoint, ...]:
    """The moments marked as moments of truth; all marked moments where a team marks none of them so."""
    marked = moments(session)
    return tuple(touchpoint for touchpoint in marked if touchpoint.moment == "moment-of-truth") or marked
