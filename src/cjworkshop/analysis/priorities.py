"""What to do first: the weight of pains and the worth of actions."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from cjworkshop.analysis.memo import remembered
from cjworkshop.analysis.stages import places
from cjworkshop.method.employee_workshop import Pain

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.method.blueprint import Action


def pain_score(pain: Pain) -> float | None:
    """Severity × frequency/100 × yearly volume; None where one of them is missing."""
    if pain.severity is None or pain.frequency is None or pain.yearly_volume is None:
        return None
    return pain.severity * pain.frequency / 100 * pain.yearly_volume


def yearly_cost(pain: Pain) -> float | None:
    """Volume × frequency/100 × (minutes/60 × wage + extra churn/100 × margin), in money.

    A term of which a part is missing counts nothing; None where both terms, the volume or the frequency are missing.
    """
    if pain.yearly_volume is None or pain.frequency is None:
        return None
    each = []
    if pain.minutes_lost is not None and pain.hourly_wage is not None:
        each.append(pain.minutes_lost / 60 * pain.hourly_wage)
    if pain.extra_churn is not None and pain.margin is not None:
        each.append(pain.extra_churn / 100 * pain.margin)
    return pain.yearly_volume * pain.frequency / 100 * sum(each) if each else None


@remembered(Pain)
def _weighed(session: Session) -> list[tuple[bool, float, Pain]]:
    """Each pain with whether it lacks a score, and its score or severity negated; sorted by these two."""
    weighed = []
    for pain in session.rows(Pain):
        score = pain_score(pain)
        weighed.append((score is None, -(score if score is not None else pain.severity or 0), pain))
    weighed.sort(key=itemgetter(0, 1))
    return weighed


def ranked_pains(session: Session, most: int | None = None) -> tuple[Pain, ...]:
    """The pains (the first `most` of them), highest score first; those without a score follow by severity.

    Ties go by the order of the journey.
    """
    place = places(session)
    ranked: list[Pain] = []
    for _, group in groupby(_weighed(session), key=itemgetter(0, 1)):
        if most is not None and len(ranked) >= most:
            break
        alike = [pain for *_, pain in group]
        ranked += sorted(alike, key=lambda pain: place.get(pain.touchpoint, len(place))) if len(alike) > 1 else alike
    return tuple(ranked[:most])


def ice(action: Action) -> int | None:
    """Impact × confidence × (6 − effort), 1–125; None where one of them is missing."""
    if action.impact is None or action.confidence is None or action.effort is None:
        return None
    return action.impact * action.confidence * (6 - action.effort)


def rice(action: Action) -> float | None:
    """Reach × impact × confidence/5 ÷ effort; None where one of them is missing."""
    if action.reach is None or action.impact is None or action.confidence is None or action.effort is None:
        return None
    return action.reach * action.impact * (action.confidence / 5) / action.effort
