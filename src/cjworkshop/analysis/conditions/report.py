"""What makes the report ready, and the quality gate that it must pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.conditions.employee_workshop import empty_stages
from cjworkshop.analysis.conditions.missing import Checks, Missing, none_yet, reads, unfilled
from cjworkshop.analysis.evidence import chain, staff_pains
from cjworkshop.analysis.stages import moments_of_truth
from cjworkshop.method.across import TrapAnswer
from cjworkshop.method.employee_workshop import Opportunity, Pain, Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response
from cjworkshop.method.report import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session

CUSTOMERS_SAID_SO = 2
"""The evidence level from which something counts as more than staff's word."""


class GatePoint(NamedTuple):
    """An open point of the quality gate: its name for one and for several, how many there are, and the first cell."""

    one: str
    several: str
    number: int
    table: str
    row_id: str
    column_key: str

    @property
    def missing(self) -> Missing:
        """`3 pains without evidence`."""
        name = self.one if self.number == 1 else self.several
        return Missing(f"{self.number} {name}", self.table, self.row_id, self.column_key)


def open_points(session: Session) -> Iterator[GatePoint]:
    """What the quality gate finds.

    Each pain and each moment of truth needs evidence of level 2 or more, each stage a touchpoint, each opportunity a
    pain that it answers. That sample limits are stated is looked at beside these, and cannot be answered away.
    """
    pains = staff_pains(session)
    if pains:
        names = "pain without evidence", "pains without evidence"
        yield GatePoint(*names, len(pains), "pains", pains[0].id, "evidence")
    truths = [truth.id for truth in moments_of_truth(session) if chain(session, truth).level < CUSTOMERS_SAID_SO]
    if truths:
        names = "moment of truth without a number", "moments of truth without a number"
        yield GatePoint(*names, len(truths), "touchpoints", truths[0], "customer_emotion")
    stages = empty_stages(session)
    if stages:
        yield GatePoint("empty stage", "empty stages", len(stages), "touchpoints", "", "stage")
    loose = [opportunity.id for opportunity in session.rows(Opportunity) if not opportunity.pain]
    if loose:
        names = "opportunity without a pain", "opportunities without a pain"
        yield GatePoint(*names, len(loose), "opportunities", loose[0], "pain")


def is_answered(session: Session, point: GatePoint) -> bool:
    """Whether somebody says why an open point may stand.

    That is a row of `trap_answers` with an answer whose trap has the point's name in it (`pains without evidence`), or
    the stated limits with the name in them. Capitals do not matter, nor whether the name stands for one or several.
    """
    said = [answer.trap for answer in session.rows(TrapAnswer) if answer.answer]
    said.append(session.record(Summary).limits)
    return any(name in text.casefold() for text in said for name in (point.one, point.several))


@reads(Summary)
def _findings_written(session: Session) -> Iterator[Missing]:
    summary = session.record(Summary)
    for kind in ("finding", "ask"):
        empty = [number for number in (1, 2, 3) if not getattr(summary, f"{kind}_{number}")]
        if empty:
            text = f"{3 - len(empty)} of 3 {kind}s are written"
            yield Missing(text, "summary", summary.id, f"{kind}_{empty[0]}")


@reads(Summary)
def _limits_stated(session: Session) -> Iterator[Missing]:
    return unfilled(session.record(Summary), {"limits": "the limits are not stated"})


@reads(Summary, TrapAnswer, Stage, Touchpoint, Pain, Opportunity, Interview, Excerpt, Response)
def _quality_gate(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Touchpoint)
    yield from (point.missing for point in open_points(session) if not is_answered(session, point))
    yield from _limits_stated(session)


CHECKS: Checks = {
    "findings-written": _findings_written,
    "limits-stated": _limits_stated,
    "quality-gate": _quality_gate,
}
