"""What makes the design workshop ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions.missing import Checks, Missing, have_no, none_yet, reads
from cjworkshop.method.blueprint import Action
from cjworkshop.method.employee_workshop import Opportunity, Pain
from cjworkshop.method.redesign import Experiment, Future, HowMightWe, Idea, Review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session


@reads(HowMightWe, Idea)
def _moments_answered(session: Session) -> Iterator[Missing]:
    """A moment is chosen by asking how we might change it: each needs an idea for one of its questions."""
    chosen = [question for question in session.rows(HowMightWe) if question.touchpoint]
    if not chosen:
        yield Missing("no how-might-we for a moment", "hmw", column_key="touchpoint")
    answered = {idea.hmw for idea in session.rows(Idea)}
    with_idea = {question.touchpoint for question in chosen if question.id in answered}
    without = {question.touchpoint for question in chosen} - with_idea
    if without:
        yield Missing(have_no(len(without), "chosen moment", "chosen moments", "idea"), "ideas", column_key="hmw")


def changes(session: Session) -> list[Future]:
    """The touchpoints of the to-be map that are not simply kept."""
    return [future for future in session.rows(Future) if future.change not in {"", "keep"}]


@reads(Future)
def _future_different(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Future)
    futures = session.rows(Future)
    if futures and not changes(session):
        yield Missing("the to-be map changes nothing", "future", futures[0].id, "change")


def carried(session: Session) -> set[str]:
    """The ids of what actions and experiments carry: what an action answers, and the touchpoint that it belongs to.

    An action that is dropped carries nothing, unless an experiment tests it.
    """
    tested = {experiment.action for experiment in session.rows(Experiment)}
    answered = {action.answers for action in session.rows(Action) if action.status != "dropped" or action.id in tested}
    touched = set(answered)
    pains = {pain.id: pain.touchpoint for pain in session.rows(Pain)}
    questions = {question.id: question.touchpoint for question in session.rows(HowMightWe)}
    touched |= {touchpoint for pain, touchpoint in pains.items() if pain in answered}
    for opportunity in session.rows(Opportunity):
        if opportunity.id in answered:
            touched |= {opportunity.touchpoint, pains.get(opportunity.pain, "")}
    touched |= {questions.get(idea.hmw, "") for idea in session.rows(Idea) if idea.id in answered}
    return touched - {""}


@reads(Future, Action, Experiment, Pain, Opportunity, HowMightWe, Idea)
def _changes_carried(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Future)
    done = carried(session)
    alone = [future for future in changes(session) if done.isdisjoint((future.touchpoint, future.idea))]
    if not alone:
        return
    unlinked = next((future.id for future in alone if not future.touchpoint and not future.idea), "")
    link = ("future", unlinked, "idea") if unlinked else ("actions", "", "answers")
    yield Missing(have_no(len(alone), "change", "changes", "action or experiment"), *link)


@reads(Review)
def _review_dated(session: Session) -> Iterator[Missing]:
    reviews = session.rows(Review)
    if not any(review.when for review in reviews):
        yield Missing("no review has a date", "reviews", reviews[0].id if reviews else "", "when")


CHECKS: Checks = {
    "moments-answered": _moments_answered,
    "future-different": _future_different,
    "changes-carried": _changes_carried,
    "review-dated": _review_dated,
}
