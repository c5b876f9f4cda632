"""The journey as it is against the journey as it is to be: kept, fixed, added and removed touchpoints in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.evidence import known
from cjworkshop.analysis.lift import gain, lifts
from cjworkshop.analysis.stages import stage_parts
from cjworkshop.domain.text import counted
from cjworkshop.mapping.chart import EMPTY, Band, Cell, Chart, Column, Lane, Plot, Tone, Trace
from cjworkshop.mapping.journey_map import NO_MAP
from cjworkshop.mapping.lanes import signed
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.method.redesign import Future

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session

NO_TO_BE = "No to-be map yet: choose in step 7 what to keep, fix, add or remove."

_TONES: dict[str, Tone] = {"keep": "dim", "fix": "accent", "add": "good", "remove": "bad"}


class Change(NamedTuple):
    """A touchpoint as it is and as it is to be; one of the two may be missing."""

    now: Touchpoint | None
    then: Future | None


class Aligned(NamedTuple):
    """All touchpoints, old and new, in the order of the journey under their stages."""

    changes: tuple[Change, ...]
    bands: tuple[Band, ...]


def aligned(session: Session) -> Aligned:
    """Old and new side by side.

    A new touchpoint stands behind the one of its stage that its row of the to-be map follows, else at the stage's end.
    """
    then_of: dict[str, Future] = {}
    added: dict[str, list[tuple[str, Future]]] = {}
    before = ""
    for row in session.rows(Future):
        now = session.get(Touchpoint, row.touchpoint)
        if now is not None:
            then_of.setdefault(now.id, row)
            before = now.id
        else:
            added.setdefault(row.stage, []).append((before, row))
    changes: list[Change] = []
    bands: list[Band] = []
    seen: set[str] = set()
    for part in stage_parts(session):
        first, stage_id = len(changes), part.stage.id if part.stage else ""
        seen.add(stage_id)
        behind = list(added.get(stage_id, ()))
        for touchpoint in part.touchpoints:
            changes.append(Change(touchpoint, then_of.get(touchpoint.id)))
            changes += [Change(None, row) for anchor, row in behind if anchor == touchpoint.id]
        here = {touchpoint.id for touchpoint in part.touchpoints}
        changes += [Change(None, row) for anchor, row in behind if anchor not in here]
        if len(changes) == first:
            changes.append(Change(None, None))
        bands.append(Band(part.stage.name if part.stage else "No stage", first, len(changes) - first))
    rest = [Change(None, row) for stage_id, rows in added.items() if stage_id not in seen for _, row in rows]
    if rest:
        bands.append(Band("No stage", len(changes), len(rest)))
    return Aligned((*changes, *rest), tuple(bands))


def to_be(session: Session) -> Chart:
    """As it is above, what changes in between, as it is to be below; both lines in one plot, and the lift."""
    changes, bands = aligned(session)
    found, lifted = known(session), lifts(session)

    def lane(
        key: str, title: str, cell: Callable[[Future], Cell], field: str, *, editable: bool = True, lines: int = 1
    ) -> Lane:
        cells = tuple(cell(change.then) if change.then else EMPTY for change in changes)
        return Lane(key, title, cells, "future", field, editable=editable, lines=lines)

    now = tuple(found.chain(change.now).final.value if change.now else None for change in changes)
    then = tuple(_target(change, value) for change, value in zip(changes, now, strict=True))
    as_is = tuple(
        Cell(change.now.name, change.now.code, rows=(change.now.id,)) if change.now else Cell("", "+")
        for change in changes
    )
    targets = tuple(
        Cell(str(change.then.target_emotion or ""), rows=(change.then.id,)) if change.then else EMPTY
        for change in changes
    )
    traces = (Trace.over("before", "as is", now), Trace.over("after", "to be", then))
    lanes = (
        Lane("touchpoint", "As is", as_is, field="name", editable=True, lines=3),
        lane("change", "Change", _change, "change"),
        lane("name", "To be", _name, "name", lines=3),
        Plot("emotion", "Emotion", targets, "future", "target_emotion", editable=True, traces=traces),
        lane("lift", "Lift", lambda row: _lift(lifted[row.id].tenths, row.id) if row.id in lifted else Cell(rows=(row.id,)),
             "target_emotion", editable=False),
        lane("action", "Will do", lambda row: Cell(row.action, rows=(row.id,)), "action", lines=4),
        lane("channel", "Channel", lambda row: Cell(row.channel, rows=(row.id,)), "channel"),
    )  # fmt: skip
    columns = tuple(
        Column(change.now.id, change.now.code, change.now.name)
        if change.now
        else Column(change.then.id, "new", change.then.name)
        if change.then
        else Column("", "", "")
        for change in changes
    )
    return Chart(columns, bands, lanes, _note(session), NO_MAP)


def _target(change: Change, now: float | None) -> float | None:
    """How it is to feel: the target; as now where it stays and none is set; nowhere where it goes."""
    then = change.then
    if then is not None and then.change == "remove":
        return None
    return then.target_emotion if then is not None and then.target_emotion is not None else now


def _change(row: Future) -> Cell:
    return Cell(row.change, " ", row.change, _TONES.get(row.change, ""), (row.id,))


def _name(row: Future) -> Cell:
    gone = row.change == "remove"
    return Cell(row.name or ("(goes)" if gone else ""), tone="dim" if gone else "strong", rows=(row.id,))


def _lift(tenths: int, row_id: str) -> Cell:
    text = signed(tenths)
    return Cell(text, text, tone="good" if tenths > 0 else "bad" if tenths < 0 else "dim", rows=(row_id,))


def _note(session: Session) -> str:
    rows = session.rows(Future)
    if not rows:
        return NO_TO_BE
    sums = gain(session)
    kinds = [row.change for row in rows]
    parts = [f"{kinds.count(kind)} {kind}" for kind in ("keep", "fix", "add", "remove") if kind in kinds]
    lifted = f" Lift {signed(sums.tenths)} over {counted(sums.touchpoints, 'touchpoint')}, "
    weighted = f"by importance {signed(sums.weighted)}."
    return ", ".join(parts) + "." + (lifted + weighted if sums.touchpoints else "")
