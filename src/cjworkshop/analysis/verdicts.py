"""What customers make of the hypothesis: where staff rate a touchpoint as they do, where not, and what staff overlook.

Δ is the customers' value less that of staff, both in tenths as people see them, so that 3.0 − 4 is −1.0 exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.evidence import known, levels
from cjworkshop.analysis.memo import of_each, remembered, rows
from cjworkshop.analysis.stages import journey
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.analysis.evidence import Chain
    from cjworkshop.domain.session import Session

APART = 10
"""Tenths of a point from which staff and customers are said to differ."""

BLIND_FROM = 2
"""Customers who must have named something that is not on the map for it to count as a blind spot."""

Judgement = Literal["confirmed", "over-rated", "under-rated"]
"""Of staff's value: confirmed by customers, or higher or lower than theirs."""


class Verdict(NamedTuple):
    """How staff's value of a touchpoint stands against that of its customers.

    `delta` is in tenths, negative where customers feel worse than staff believe.
    """

    staff: int
    customers: float
    delta: int

    @property
    def judgement(self) -> Judgement:
        """Confirmed where the two are less than one point apart."""
        if self.delta <= -APART:
            return "over-rated"
        return "under-rated" if self.delta >= APART else "confirmed"


class BlindSpot(NamedTuple):
    """Something that customers named and the map lacks, as the first of them called it, and how many named it."""

    name: str
    said: int


def verdict_on(chain: Chain) -> Verdict | None:
    """The verdict on a touchpoint of which that is known; None unless both staff and customers gave it a value."""
    if chain.staff is None or chain.customers is None:
        return None
    return Verdict(chain.staff, chain.customers, tenths(chain.customers) - tenths(chain.staff))


@of_each(rows(Touchpoint), Interview, Excerpt, Response)
def _verdict_on_each(session: Session) -> Callable[[Touchpoint], Verdict | None]:
    chain_of = known(session).chain
    return lambda touchpoint: verdict_on(chain_of(touchpoint))


@remembered(Touchpoint, Interview, Excerpt, Response)
def verdicts(session: Session) -> dict[str, Verdict]:
    """The verdict on each touchpoint that both staff and customers gave a value, by id."""
    judged = zip(session.rows(Touchpoint), _verdict_on_each(session), strict=True)
    return {touchpoint.id: verdict for touchpoint, verdict in judged if verdict is not None}


def staff_optimism(session: Session) -> float | None:
    """By how much staff rate touchpoints higher than customers do, on average: the mean of −Δ; None without a Δ."""
    deltas = [verdict.delta for verdict in verdicts(session).values()]
    return -sum(deltas) / len(deltas) / 10 if deltas else None


@remembered(Touchpoint, Excerpt)
def blind_spots(session: Session) -> tuple[BlindSpot, ...]:
    """What at least two customers named and the map lacks, most often named first."""
    on_map = {_folded(row.name) for row in session.rows(Touchpoint)}
    named: dict[str, tuple[str, set[str]]] = {}
    for excerpt in session.rows(Excerpt):
        key = _folded(excerpt.new_touchpoint)
        if key and not excerpt.touchpoint and key not in on_map:
            named.setdefault(key, (excerpt.new_touchpoint, set()))[1].add(excerpt.interview)
    spots = [BlindSpot(name, len(by)) for name, by in named.values() if len(by) >= BLIND_FROM]
    return tuple(sorted(spots, key=lambda spot: -spot.said))


@remembered(Stage, Touchpoint, Interview, Excerpt, Response)
def ghosts(session: Session) -> tuple[Touchpoint, ...]:
    """The touchpoints that no interviewed customer spoke of, in the order of the journey; none before interviews."""
    found = known(session)
    return tuple(row for row in journey(session) if not found.said.get(row.id)) if found.asked else ()


def has_customers(session: Session) -> bool:
    """Whether any touchpoint's emotion rests on what customers said: without that a map is a hypothesis."""
    return max(levels(session), default=0) >= 2


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
