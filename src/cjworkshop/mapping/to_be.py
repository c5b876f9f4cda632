"""The journey as it is against the journey as it is to be: kept, fixed, added and removed touchpoints in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.evidence import known
from cjworkshop.analysis.lift import gain, lifts
from cjworkshop.analysis.memo import derived, of_each, remembered
from cjworkshop.analysis.stages import stage_parts
from cjworkshop.domain.text import counted
from cjworkshop.mapping.chart import EMPTY, Band, Cell, Chart, Column, Lane, Plot, Tone, Trace
from cjworkshop.mapping.journey_map import NO_EMOTION, NO_MAP, note
from cjworkshop.mapping.lanes import signed
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response
from cjworkshop.method.redesign import Future

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.analysis.lift import Lift
    from cjworkshop.domain.session import Session
    from cjworkshop.mapping.lanes import Fill

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


@remembered(Stage, Touchpoint, Future)
def aligned(session: Session) -> Aligned:
    """Old and new side by side.

    A new touchpoint stands behind the one of its stage that its row of the to-be map follows, else at the stage's end.
    """
    then_of: dict[str, Future] = {}
    added: dict[str, list[tuple[str, Future]]] = {}
    before = ""
    there = session[Touchpoint.__table__.name].positions
    for row in session.rows(Future):
        if row.touchpoint in there:
            then_of.setdefault(row.touchpoint, row)
            before = row.touchpoint
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


@derived(aligned)
def _as_they_are(found: Aligned) -> tuple[Touchpoint | None, ...]:
    return tuple(change.now for change in found.changes)


@derived(aligned)
def _to_come(found: Aligned) -> tuple[Future | None, ...]:
    return tuple(change.then for change in found.changes)


@derived(aligned)
def _gaps(found: Aligned) -> frozenset[int]:
    """The columns of stages without a touchpoint, old or new."""
    return frozenset(place for place, change in enumerate(found.changes) if change == (None, None))


@derived(aligned)
def _columns(found: Aligned) -> tuple[Column, ...]:
    return tuple(
        Column(change.now.id, change.now.code, change.now.name)
        if change.now
        else Column(change.then.id, "new", change.then.name)
        if change.then
        else Column("", "", "")
        for change in found.changes
    )


@of_each(_as_they_are, Interview, Excerpt, Response)
def _now(session: Session) -> Callable[[Touchpoint | None], float | None]:
    """How each touchpoint feels; None where it is new or nothing is known."""
    chain_of = known(session).chain
    return lambda row: chain_of(row).final.value if row else None


@derived(_to_come, _now)
def _then(rows: tuple[Future | None, ...], now: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """How each is to feel: the target; as now where it stays and none is set; nowhere where it goes."""
    return tuple(value if row is None else _target(row, value) for row, value in zip(rows, now, strict=True))


def _target(row: Future, now: float | None) -> float | None:
    if row.change == "remove":
        return None
    return row.target_emotion if row.target_emotion is not None else now


@derived(_now)
def _trace_now(values: tuple[float | None, ...]) -> Trace:
    return Trace.over("before", "as is", values)


@derived(_then)
def _trace_then(values: tuple[float | None, ...]) -> Trace:
    return Trace.over("after", "to be", values)


def to_be(session: Session) -> Chart:
    """As it is above, what changes in between, as it is to be below; both lines in one plot, and the lift.

    As long as nothing is to be, there is only the line as it is, and how to begin.
    """
    lanes = _lanes(session) if session.rows(Future) else _unbegun(session)
    return Chart(_columns(session), aligned(session).bands, lanes, note(session), _remark(session), NO_MAP)


def _unbegun(session: Session) -> tuple[Lane, ...]:
    """The lanes where there is no to-be map yet."""
    nothing = (EMPTY,) * len(_columns(session))
    as_is, gaps = _trace_now(session), _gaps(session)
    return (
        Lane("touchpoint", "As is", _as_is(session), field="name", editable=True, lines=3),
        Lane("name", "To be", nothing, "future", "name", lack=NO_TO_BE),
        Plot("emotion", "Emotion", nothing, "future", "target_emotion", traces=(as_is,), gaps=gaps),
    )


def _lanes(session: Session) -> tuple[Lane, ...]:
    def lane(key: str, title: str, fill: Fill, field: str, *, editable: bool = True, lines: int = 1) -> Lane:
        return Lane(key, title, fill(session), "future", field, editable=editable, lines=lines)

    targets = lane("emotion", "Emotion", _targets, "target_emotion")
    traces = (_trace_now(session), _trace_then(session))
    return (
        Lane("touchpoint", "As is", _as_is(session), field="name", editable=True, lines=3),
        lane("change", "Change", _kinds, "change"),
        lane("name", "To be", _names, "name", lines=3),
        Plot(**{**vars(targets), "lack": NO_EMOTION}, traces=traces, gaps=_gaps(session)),
        lane("lift", "Lift", _lifts, "target_emotion", editable=False),
        lane("action", "Will do", _actions, "action", lines=4),
        lane("channel", "Channel", _channels, "channel"),
    )


@of_each(_as_they_are)
def _as_is(_: Session) -> Callable[[Touchpoint | None], Cell]:
    return lambda row: Cell(row.name, row.code, rows=(row.id,)) if row else Cell("", "+")


def _to_be_filled(tell: Callable[[Future], Cell]) -> Fill:
    """Fill a lane with what is told of the rows of the to-be map."""

    @of_each(_to_come)
    def fill(_: Session) -> Callable[[Future | None], Cell]:
        return lambda row: tell(row) if row else EMPTY

    return fill


@_to_be_filled
def _kinds(row: Future) -> Cell:
    return Cell(row.change, " ", row.change, _TONES.get(row.change, ""), (row.id,))


@_to_be_filled
def _names(row: Future) -> Cell:
    gone = row.change == "remove"
    return Cell(row.name or ("(goes)" if gone else ""), tone="dim" if gone else "strong", rows=(row.id,))


@_to_be_filled
def _targets(row: Future) -> Cell:
    return Cell(str(row.target_emotion or ""), rows=(row.id,))


@_to_be_filled
def _actions(row: Future) -> Cell:
    return Cell(row.action, rows=(row.id,))


@_to_be_filled
def _channels(row: Future) -> Cell:
    return Cell(row.channel, rows=(row.id,))


@derived(_to_come, lifts)
def _lifts(rows: tuple[Future | None, ...], lifted: dict[str, Lift]) -> tuple[Cell, ...]:
    def cell(row: Future) -> Cell:
        lift = lifted.get(row.id)
        if lift is None:
            return Cell(rows=(row.id,))
        text = signed(lift.tenths)
        return Cell(text, text, tone="good" if lift.tenths > 0 else "bad" if lift.tenths < 0 else "dim", rows=(row.id,))

    return tuple(cell(row) if row else EMPTY for row in rows)


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
