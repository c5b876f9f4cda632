"""What makes the employee workshop ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions.missing import Checks, Missing, lacking, none_yet, reads
from cjworkshop.analysis.stages import journey, moments, stage_parts
from cjworkshop.method.discovery import Risk
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.qualitative import Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session

FEWEST_MOMENTS, MOST_MOMENTS = 3, 7


def empty_stages(session: Session) -> list[Stage]:
    """The stages without a touchpoint, in order."""
    return [part.stage for part in stage_parts(session) if part.stage and not part.touchpoints]


@reads(Stage, Touchpoint)
def _stages_filled(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Stage)
    yield from lacking(empty_stages(session), "stage", "touchpoint", table="touchpoints")


@reads(Stage, Touchpoint)
def _emotions_filled(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Touchpoint)
    yield from lacking([touchpoint for touchpoint in journey(session) if touchpoint.emotion is None], "emotion")


@reads(Stage, Touchpoint)
def _moments_marked(session: Session) -> Iterator[Missing]:
    marked = moments(session)
    if len(marked) > MOST_MOMENTS:
        text = f"{len(marked)} moments are marked: {MOST_MOMENTS} at most"
        yield Missing(text, "touchpoints", marked[-1].id, "moment")
    elif len(marked) < FEWEST_MOMENTS:
        unmarked = next((touchpoint.id for touchpoint in journey(session) if not touchpoint.moment), "")
        said = "1 moment is" if len(marked) == 1 else f"{len(marked) or 'no'} moments are"
        yield Missing(f"{said} marked: at least {FEWEST_MOMENTS}", "touchpoints", unmarked, "moment")


@reads(Risk, Validation)
def _assumptions_listed(session: Session) -> Iterator[Missing]:
    """An assumption is a risk of that kind, or a statement that waits for its verdict in step 3, or has it."""
    if not session.rows(Validation) and not any(risk.kind == "assumption" for risk in session.rows(Risk)):
        yield Missing("no assumptions are listed", "validations", column_key="statement")


CHECKS: Checks = {
    "stages-filled": _stages_filled,
    "emotions-filled": _emotions_filled,
    "moments-marked": _moments_marked,
    "assumptions-listed": _assumptions_listed,
}
