"""How well each touchpoint's emotion is known: from what staff assume to what a survey measured.

Levels: 0 staff assume it · 1 staff heard it from customers · 2 customers said so in interviews, or a mean was brought
from elsewhere with its n · 3 measured in a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.analysis.memo import remembered
from cjworkshop.analysis.survey import Mean, survey_tally
from cjworkshop.method.employee_workshop import Pain, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview

if TYPE_CHECKING:
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


class Interviewed(NamedTuple):
    """By touchpoint id: how many customers spoke of it, and the mean of those who rated it, if enough did."""

    said: dict[str, int]
    means: dict[str, Mean]


@remembered(Excerpt)
def interviewed(session: Session) -> Interviewed:
    """What interviews say of each touchpoint. A customer counts once, with the mean of what he or she gave it."""
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
    return Interviewed({touchpoint: len(customers) for touchpoint, customers in spoke.items()}, means)


def chain(session: Session, touchpoint: Touchpoint) -> Chain:
    """What is known of one touchpoint's emotion. A mean from elsewhere without its n raises no level."""
    heard = interviewed(session)
    said = heard.said.get(touchpoint.id, 0)
    brought = touchpoint.customer_emotion
    elsewhere = None if brought is None else Mean(brought, touchpoint.customer_n)
    survey = survey_tally(session).satisfaction.get(touchpoint.id)
    if survey:
        level = 3
    elif said or (elsewhere and elsewhere.n):
        level = 2
    else:
        level = 1 if touchpoint.basis == "heard" else 0
    asked = len(session[Interview.__table__.name])
    return Chain(touchpoint.emotion, said, asked, elsewhere, heard.means.get(touchpoint.id), survey, level)


def chains(session: Session) -> dict[str, Chain]:
    """The chain of every touchpoint, by id."""
    return {touchpoint.id: chain(session, touchpoint) for touchpoint in session.rows(Touchpoint)}


def pain_level(session: Session, pain: Pain) -> int:
    """The evidence level of a pain: 2 where excerpts stand behind it, or its touchpoint's where that is higher."""
    touchpoint = session.get(Touchpoint, pain.touchpoint)
    at_touchpoint = chain(session, touchpoint).level if touchpoint else 0
    return max(2 if pain.evidence else 0, at_touchpoint)
