"""What makes the qualitative validation ready."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions.missing import Checks, Missing, have_no, lacking, none_yet, reads
from cjworkshop.analysis.saturation import code_saturation
from cjworkshop.analysis.stages import moments
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview, Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session

ENOUGH_INTERVIEWS = 6


@reads(Persona, Interview, Excerpt)
def _interviews_enough(session: Session) -> Iterator[Missing]:
    held = Counter(interview.persona for interview in session.rows(Interview))
    targets = [persona for persona in session.rows(Persona) if persona.is_target]
    most = max((held[persona.id] for persona in targets), default=0)
    if most >= ENOUGH_INTERVIEWS or code_saturation(session).reached:
        return
    if targets:
        yield Missing(f"{most} of {ENOUGH_INTERVIEWS} interviews with a target persona", "interviews")
    else:
        first = next((persona.id for persona in session.rows(Persona)), "")
        yield Missing("no persona is marked as target", "personas", first, "is_target")


def no_moment(session: Session) -> Iterator[Missing]:
    """`no moment is marked`, where that is so: then nothing can be said of every moment."""
    if not moments(session):
        first = next((row.id for row in session["touchpoints"]), "")
        yield Missing("no moment is marked", "touchpoints", first, "moment")


@reads(Stage, Touchpoint, Excerpt)
def _moments_heard(session: Session) -> Iterator[Missing]:
    yield from no_moment(session)
    heard = {excerpt.touchpoint for excerpt in session.rows(Excerpt)}
    silent = [moment for moment in moments(session) if moment.id not in heard]
    if silent:
        yield Missing(have_no(len(silent), "moment", "moments", "excerpt"), "excerpts", column_key="touchpoint")


@reads(Excerpt)
def _excerpts_coded(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Excerpt)
    yield from lacking([excerpt for excerpt in session.rows(Excerpt) if not excerpt.codes], "codes", "code")


@reads(Stage, Touchpoint, Validation)
def _moments_judged(session: Session) -> Iterator[Missing]:
    yield from no_moment(session)
    judged: set[str] = set()
    waiting: dict[str, str] = {}
    for validation in session.rows(Validation):
        if validation.verdict:
            judged.add(validation.touchpoint)
        else:
            waiting.setdefault(validation.touchpoint, validation.id)
    open_moments = [moment.id for moment in moments(session) if moment.id not in judged]
    if open_moments:
        begun = next((waiting[moment] for moment in open_moments if moment in waiting), "")
        text = have_no(len(open_moments), "moment", "moments", "verdict")
        yield Missing(text, "validations", begun, "verdict" if begun else "touchpoint")


CHECKS: Checks = {
    "interviews-enough": _interviews_enough,
    "moments-heard": _moments_heard,
    "excerpts-coded": _excerpts_coded,
    "moments-judged": _moments_judged,
}
