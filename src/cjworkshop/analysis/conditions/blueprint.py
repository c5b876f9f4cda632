"""What makes action planning and blueprinting ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.conditions.missing import Checks, Missing, have_no, lacking, none_yet, reads
from cjworkshop.analysis.conditions.qualitative import no_moment
from cjworkshop.analysis.priorities import ranked_pains
from cjworkshop.analysis.stages import moments_of_truth
from cjworkshop.method.blueprint import Action, BlueprintCell, Cause
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.session import Session

HIGHEST_PAINS = 3
MOST_LIVE_ACTIONS = 7
NEEDED_LANES = ("customer", "frontstage", "backstage")


def live_actions(session: Session) -> list[Action]:
    """The actions that are neither done nor dropped."""
    return [action for action in session.rows(Action) if action.status not in {"done", "dropped"}]


@reads(Stage, Touchpoint, Pain, Cause)
def _pains_explained(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Pain)
    explained: set[str] = set()
    begun: dict[str, str] = {}
    for cause in session.rows(Cause):
        if cause.root_cause:
            explained.add(cause.pain)
        else:
            begun.setdefault(cause.pain, cause.id)
    unexplained = [pain for pain in ranked_pains(session, HIGHEST_PAINS) if pain.id not in explained]
    if unexplained:
        row_id = next((begun[pain.id] for pain in unexplained if pain.id in begun), "")
        text = f"{len(unexplained)} of the highest pains {'has' if len(unexplained) == 1 else 'have'} no root cause"
        yield Missing(text, "causes", row_id, "root_cause" if row_id else "pain")


@reads(Stage, Touchpoint, BlueprintCell)
def _moments_blueprinted(session: Session) -> Iterator[Missing]:
    yield from no_moment(session)
    filled = {(cell.touchpoint, cell.lane) for cell in session.rows(BlueprintCell)}
    for lane in NEEDED_LANES:
        empty = [truth for truth in moments_of_truth(session) if (truth.id, lane) not in filled]
        if empty:
            text = have_no(len(empty), "moment", "moments", f"{lane} cell")
            yield Missing(text, "blueprint_cells", column_key="touchpoint")


@reads(Action)
def _actions_owned(session: Session) -> Iterator[Missing]:
    yield from none_yet(session, Action)
    kept = [action for action in session.rows(Action) if action.status != "dropped"]
    yield from lacking([action for action in kept if not action.owner], "owner")
    yield from lacking([action for action in kept if action.due is None], "due", "date")
    yield from lacking([action for action in kept if not action.kpi], "kpi", "KPI")


@reads(Action)
def _actions_few(session: Session) -> Iterator[Missing]:
    """A limit says nothing of a table that nobody has begun, so that an empty one is not within it yet."""
    yield from none_yet(session, Action)
    live = live_actions(session)
    if len(live) > MOST_LIVE_ACTIONS:
        text = f"{len(live)} actions are live: {MOST_LIVE_ACTIONS} at most"
        yield Missing(text, "actions", live[-1].id, "status")


CHECKS: Checks = {
    "pains-explained": _pains_explained,
    "moments-blueprinted": _moments_blueprinted,
    "actions-owned": _actions_owned,
    "actions-few": _actions_few,
}
