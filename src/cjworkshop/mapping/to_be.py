"""The journey as it is against the journey as it is to be: kept, fixed, added and removed touchpoints in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.evidence import known
from cjworkshop.analysis.lift import gain, lifts
from cjworkshop.analysis.stages import stage_parts
from cjworkshop.domain.text import counted
from cjworkshop.mapping.chart import EMPTY, Band, Cell, Chart, Column, Lane, Plot, Tone, Trace
from cjworkshop.mapping.journey_map import NO_EMOTION, NO_MAP, note
from cjworkshop.mapping.lanes import signed
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.method.redesign import Future

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session

NO_TO_BE = "No to-be map yet. Begin it in step 7: To-be map."

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
    """As it is above, what changes in between, as it is to be below; both lines in one plot, and the lift.

    As long as nothing is to be, there is only the line as it is, and how to begin.
    """
    changes, bands = aligned(session)
    lanes = _lanes(session, changes) if session.rows(Future) else _unbegun(session, changes)
    columns = tuple(
        Column(change.now.id, change.now.code, change.now.name)
        if change.now
        else Column(change.then.id, "new", change.then.name)
        if change.then
        else Column("", "", "")
        for change in changes
    )
    return Chart(columns, bands, lanes, note(session), _remark(session), NO_MAP)


def _unbegun(session: Session, changes: tuple[Change, ...]) -> tuple[Lane, ...]:
    """The lanes where there is no to-be map yet."""
    nothing = (EMPTY,) * len(changes)
    as_is = Trace.over("before", "as is", _now(session, changes))
    return (
        _as_is(changes),
        Lane("name", "To be", nothing, "future", "name", lack=NO_TO_BE),
        Plot("emotion", "Emotion", nothing, "future", "target_emotion", traces=(as_is,), gaps=_gaps(changes)),
    )


def _lanes(session: Session, changes: tuple[Change, ...]) -> tuple[Lane, ...]:
    lifted = lifts(session)

    def lane(
        key: str, title: str, cell: Callable[[Future], Cell], field: str, *, editable: bool = True, lines: int = 1
    ) -> Lane:
        cells = tuple(cell(change.then) if change.then else EMPTY for change in changes)
        return Lane(key, title, cells, "future", field, editable=editable, lines=lines)

    now = _now(session, changes)
    then = tuple(_target(change, value) for change, value in zip(changes, now, strict=True))
    traces = (Trace.over("before", "as is", now), Trace.over("after", "to be", then))
    targets = lane(
        "emotion", "Emotion", lambda row: Cell(str(row.target_emotion or ""), rows=(row.id,)), "target_emotion"
    )
    return (
        _as_is(changes),
        lane("change", "Change", _change, "change"),
        lane("name", "To be", _name, "name", lines=3),
        Plot(**{**vars(targets), "lack": NO_EMOTION}, traces=traces, gaps=_gaps(changes)),
        lane("lift", "Lift", lambda row: _lift(lifted[row.id].tenths, row.id) if row.id in lifted else Cell(rows=(row.id,)),
             "target_emotion", editable=False),
        lane("action", "Will do", lambda row: Cell(row.action, rows=(row.id,)), "action", lines=4),
        lane("channel", "Channel", lambda row: Cell(row.channel, rows=(row.id,)), "channel"),
    )  # fmt: skip


def _as_is(changes: tuple[Change, ...]) -> Lane:
    cells = tuple(
        Cell(change.now.name, change.now.code, rows=(change.now.id,)) if change.now else Cell("", "+")
        for change in changes
    )
    return Lane("touchpoint", "As is", cells, field="name", editable=True, lines=3)


def _now(session: Session, changes: tuple[Change, ...]) -> tuple[float | None, ...]:
    """How each touchpoint feels; None where it is new or nothing is known."""
    found = known(session)
    return tuple(found.chain(change.now).final.value if change.now else None for change in changes)


def _gaps(changes: tuple[Change, ...]) -> frozenset[int]:
    """The columns of stages without a touchpoint, old or new."""
    return frozenset(place for place, change in enumerate(changes) if change == (None, None))


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


def _remark(session: Session) -> str:
    """How many touchpoints change in which way, and by how much they are lifted; empty where there is no to-be map."""
    rows = session.rows(Future)
    if not rows:
        return ""
    sums = gain(session)
    kinds = [row.change for row in rows]
    parts = [f"{kinds.count(kind)} {kind}" for kind in ("keep", "fix", "add", "remove") if kind in kinds]
    lifted = f" Lift {signed(sums.tenths)} over {counted(sums.touchpoints, 'touchpoint')}, "
    weighted = f"by importance {signed(sums.weighted)}."
    return ", ".join(parts) + "." + (lifted + weighted if sums.touchpoints else "")
