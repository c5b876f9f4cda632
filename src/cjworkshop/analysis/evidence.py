"""How well each touchpoint's emotion is known: from what staff assume to what a survey measured.

Levels: 0 staff assume it · 1 staff heard it from customers · 2 customers said so in interviews, or a mean was brought
from elsewhere with its n · 3 measured in a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.analysis.memo import of_each, remembered, rows
from cjworkshop.analysis.survey import Mean, survey_tally
from cjworkshop.method.employee_workshop import Pain, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session

ENOUGH_MENTIONS = 3
"""Customers who must have rated a touchpoint in interviews before their mean is given."""

Origin = Literal["", "staff", "elsewhere", "interviews", "survey"]


class Final(NamedTuple):
    """The value that stands in the end, where it comes from, and on how many customers it rests (None: not said).

    A value of staff rests on no customer: its n is 0. Without any value `origin` is empty and `value` None.
    """

    value: float | None
    origin: Origin
    n: int | None


class Chain(NamedTuple):
    """What is known of a touchpoint's emotion, from hypothesis to measurement.

    `staff` is 1–5; `said` of `asked` interviewed customers spoke of the touchpoint; the means are 1–5.
    """

    staff: int | None
    said: int
    asked: int
    elsewhere: Mean | None
    interviews: Mean | None
    survey: Mean | None
    level: int

    @property
    def final(self) -> Final:
        """The survey's mean where there is one, else the interviews', else one from elsewhere, else staff's word."""
        means: tuple[tuple[Origin, Mean | None], ...] = (
            ("survey", self.survey),
            ("interviews", self.interviews),
            ("elsewhere", self.elsewhere),
        )
        for origin, mean in means:
            if mean is not None:
                return Final(mean.value, origin, mean.n)
        return Final(None, "", 0) if self.staff is None else Final(self.staff, "staff", 0)

    @property
    def customers(self) -> float | None:
        """What customers feel: the final value where it comes from customers, else None."""
        final = self.final
        return None if final.origin in {"", "staff"} else final.value


class Known(NamedTuple):
    """What customers said and answered, by the id of what they spoke of.

    `said`: how many of `asked` interviewed customers spoke of a touchpoint; `means`: the mean of those who rated it, if
    enough did; `satisfaction`: the survey's mean of a stage or touchpoint.
    """

    asked: int
    said: dict[str, int]
    means: dict[str, Mean]
    satisfaction: dict[str, Mean]

    def chain(self, touchpoint: Touchpoint) -> Chain:
        """What is known of one touchpoint's emotion. A mean from elsewhere without its n raises no level."""
        row_id, brought = touchpoint.id, touchpoint.customer_emotion
        said, survey = self.said.get(row_id, 0), self.satisfaction.get(row_id)
        elsewhere = None if brought is None else Mean(brought, touchpoint.customer_n)
        if survey:
            level = 3
        elif said or (elsewhere and elsewhere.n):
            level = 2
        else:
            level = 1 if touchpoint.basis == "heard" else 0
        return Chain(touchpoint.emotion, said, self.asked, elsewhere, self.means.get(row_id), survey, level)


@remembered(Excerpt)
def _interviewed(session: Session) -> tuple[dict[str, int], dict[str, Mean]]:
    """How many customers spoke of each touchpoint, and their means. Each counts once, with the mean of what he gave."""
    spoke: dict[str, set[str]] = {}
    ratings: dict[str, dict[str, list[int]]] = {}
    for excerpt in session.rows(Excerpt):
        if excerpt.touchpoint:
            spoke.setdefault(excerpt.touchpoint, set()).add(excerpt.interview)
            if excerpt.emotion is not None:
                ratings.setdefault(excerpt.touchpoint, {}).setdefault(excerpt.interview, []).append(excerpt.emotion)
    means = {
        touchpoint: Mean(sum(sum(given) / len(given) for given in by.values()) / len(by), len(by))
        for touchpoint, by in ratings.items()
        if len(by) >= ENOUGH_MENTIONS
    }
    return {touchpoint: len(customers) for touchpoint, customers in spoke.items()}, means


@remembered(Interview, Excerpt, Response)
def known(session: Session) -> Known:
    """What interviews and survey say."""
    said, means = _interviewed(session)
    return Known(len(session[Interview.__table__.name]), said, means, survey_tally(session).satisfaction)


def chain(session: Session, touchpoint: Touchpoint) -> Chain:
    """What is known of one touchpoint's emotion."""
    return known(session).chain(touchpoint)


def chains(session: Session) -> dict[str, Chain]:
    """The chain of every touchpoint, by id."""
    chain_of = known(session).chain
    return {touchpoint.id: chain_of(touchpoint) for touchpoint in session.rows(Touchpoint)}


@of_each(rows(Touchpoint), Interview, Excerpt, Response)
def levels(session: Session) -> Callable[[Touchpoint], int]:
    """How well the emotion of each touchpoint is known, in the order of the table."""
    chain_of = known(session).chain
    return lambda touchpoint: chain_of(touchpoint).level


@remembered(Pain, Touchpoint, Interview, Excerpt, Response)
def staff_pains(session: Session) -> tuple[Pain, ...]:
    """The pains that rest on staff's word alone, in the order of the table.

    A pain is at level 2 where excerpts stand behind it, else at the level of its touchpoint; these are below 2.
    """
    found = known(session)
    heard = {row.id for row in session.rows(Touchpoint) if row.customer_emotion is not None and row.customer_n}
    heard.update(found.said, found.satisfaction)
    return tuple(pain for pain in session.rows(Pain) if not pain.evidence and pain.touchpoint not in heard)
