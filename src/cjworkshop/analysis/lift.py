"""What the to-be map promises: by how much each touchpoint is to feel better than it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.evidence import known
from cjworkshop.analysis.memo import remembered
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response
from cjworkshop.method.redesign import Future

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session


class Lift(NamedTuple):
    """To-be less as-is in tenths, and the touchpoint's importance to the customer (None: not said)."""

    tenths: int
    importance: int | None


class Gain(NamedTuple):
    """All lifts together: their sum in tenths, how many they are, and their sum weighted by importance, in tenths.

    Touchpoints without an importance weigh nothing.
    """

    tenths: int
    touchpoints: int
    weighted: int


@remembered(Touchpoint, Interview, Excerpt, Response, Future)
def lifts(session: Session) -> dict[str, Lift]:
    """The lift of each row of the to-be map that has a target and a touchpoint with a value, by the row's id."""
    found = known(session)
    made = {}
    for row in session.rows(Future):
        touchpoint = session.get(Touchpoint, row.touchpoint)
        if touchpoint is None or row.target_emotion is None or row.change == "remove":
            continue
        now = found.chain(touchpoint).final.value
        if now is not None:
            made[row.id] = Lift(tenths(row.target_emotion) - tenths(now), touchpoint.importance)
    return made


def gain(session: Session) -> Gain:
    """The sum of the lifts, plain and weighted."""
    each = lifts(session).values()
    return Gain(
        sum(lift.tenths for lift in each), len(each), sum(lift.tenths * (lift.importance or 0) for lift in each)
    )
