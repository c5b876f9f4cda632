"""The journey as a grid: stages across, lanes down, the emotion lines drawn over the touchpoints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.evidence import known
from cjworkshop.analysis.memo import derived, of_each
from cjworkshop.analysis.verdicts import has_customers, staff_optimism, verdicts
from cjworkshop.domain.commands import SetCells
from cjworkshop.mapping.chart import Cell, Chart, Lane, Plot, Trace
from cjworkshop.mapping.lanes import BY_KEY, EMOTION, HEAD, LANES, LaneType, bands, columns, filled, gaps, signed, stops
from cjworkshop.method.across import About
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.mapping.lanes import Tell

NO_MAP = "No map yet. Type the stages and the first touchpoints in step 2: the map draws itself."
NO_EMOTION = "No emotion yet. A digit from 1 to 5 sets it."
STAFF_ONLY = "Staff's view only: a hypothesis. No customer was heard yet."


def chosen_lanes(session: Session) -> tuple[LaneType, ...]:
    """The lanes of this session's map below the head, in order. Names that this version does not know are passed over."""
    picked: tuple[str, ...] = _about_lanes(session)
    known = [BY_KEY[key] for key in dict.fromkeys(picked) if key in BY_KEY]
    return tuple(known) or tuple(lane for lane in LANES if lane.shown)


def _about_lanes(session: Session) -> tuple[str, ...]:
    picked: Any = getattr(session.record(About), "lanes", ())
    return tuple(picked)


def choose_lanes(session: Session, keys: Sequence[str], new_id: Callable[[], str]) -> Command:
    """The command that has the map show these lanes, in this order; the usual ones where they are as usual."""
    usual = [lane.key for lane in LANES if lane.shown]
    about = session.record(About)
    value = () if list(keys) == usual else tuple(keys)
    return SetCells(About.__table__.name, ((about.id or new_id(), "lanes", value),), "choose")


@of_each(stops)
def _believed(_: Session) -> Callable[[Touchpoint | None], float | None]:
    return lambda row: None if row is None else row.emotion


@of_each(stops, Interview, Excerpt, Response)
def _felt(session: Session) -> Callable[[Touchpoint | None], float | None]:
    chain_of = known(session).chain
    return lambda row: None if row is None else chain_of(row).customers


@derived(_believed)
def _staff_trace(values: tuple[float | None, ...]) -> Trace:
    return Trace.over("before", "staff", values)


@derived(_felt)
def customers_trace(values: tuple[float | None, ...]) -> Trace:
    """The line of customers: empty as long as none was heard."""
    return Trace.over("after", "customers", values)


def emotion_traces(session: Session) -> tuple[Trace, ...]:
    """The lines of staff and of customers, the latter only where there is something of it."""
    customers = customers_trace(session)
    return (_staff_trace(session), customers) if customers.end is not None else (_staff_trace(session),)


def head(session: Session) -> Lane:
    """The lane that names the touchpoints."""
    return lane_of(session, HEAD)


def lane_of(session: Session, kind: LaneType) -> Lane:
    """A lane with its cells; the emotion's with its lines."""
    lane = Lane(
        kind.key, kind.title, kind.fill(session), kind.table, kind.field, kind.editable, kind.lines, kind.rating
    )
    if kind is not EMOTION:
        return lane
    return Plot(**{**vars(lane), "lack": NO_EMOTION}, traces=emotion_traces(session), gaps=gaps(session))


def note(session: Session) -> str:
    """What must be said with every map of touchpoints: a map by employees alone cements what employees believe."""
    return "" if has_customers(session) or not session.rows(Touchpoint) else STAFF_ONLY


def journey_map(session: Session) -> Chart:
    """The journey with the lanes that are chosen."""
    lanes = tuple(lane_of(session, kind) for kind in chosen_lanes(session))
    return Chart(columns(session), bands(session), (head(session), *lanes), note(session), lack=NO_MAP)


def against(session: Session) -> Chart:
    """Staff against customers: the two lines large, and what stands behind each difference."""
    plot = lane_of(session, EMOTION)
    lanes = (
        head(session),
        plot,
        replace(lane_of(session, HEAD), key="staff", title="Staff", cells=_staff(session), field="emotion", lines=1),
        Lane("customers", "Customers", _customers(session), field="customer_emotion"),
        *(lane_of(session, BY_KEY[key]) for key in ("verdict", "evidence", "moment", "importance")),
        Lane("quotes", "They say", _quotes(session), "excerpts", "quote", lines=4),
    )
    optimism = staff_optimism(session)
    said = ""
    if optimism is not None:
        apart = [verdict.judgement for verdict in verdicts(session).values()]
        said = (
            f"Staff optimism {signed(round(optimism * 10))}: {apart.count('over-rated')} over-rated, "
            f"{apart.count('under-rated')} under-rated, {apart.count('confirmed')} confirmed."
        )
    return Chart(columns(session), bands(session), lanes, note(session), said, NO_MAP)


@filled()
def _staff(_: Session) -> Tell:
    return lambda row: Cell(str(row.emotion or ""), rows=(row.id,))


@filled(Interview, Excerpt, Response)
def _customers(session: Session) -> Tell:
    chain_of = known(session).chain

    def cell(row: Touchpoint) -> Cell:
        final = chain_of(row).final
        if final.value is None or final.origin in {"", "staff"}:
            return Cell(rows=(row.id,))
        value = f"{tenths(final.value) / 10:.1f}"
        return Cell(f"{value} n={final.n}" if final.n else value, value, rows=(row.id,))

    return cell


@filled(Excerpt)
def _quotes(session: Session) -> Tell:
    """The first thing that a customer said at each touchpoint."""
    said: dict[str, list[Excerpt]] = {}
    for excerpt in session.rows(Excerpt):
        if excerpt.touchpoint and excerpt.quote:
            said.setdefault(excerpt.touchpoint, []).append(excerpt)

    def cell(row: Touchpoint) -> Cell:
        excerpts = said.get(row.id, [])
        text = f"“{excerpts[0].quote}”" if excerpts else ""
        return Cell(text, str(len(excerpts) or ""), rows=tuple(excerpt.id for excerpt in excerpts))

    return cell
