"""The lanes of the journey map: what each says of a touchpoint. Private columns stand in none of them."""

from __future__ import annotations

from functools import wraps
from itertools import chain
from typing import TYPE_CHECKING

from cjworkshop.analysis.curve import tenths
from cjworkshop.analysis.evidence import known
from cjworkshop.analysis.memo import of_each, remembered
from cjworkshop.analysis.scores import spreads
from cjworkshop.analysis.stages import stage_parts
from cjworkshop.analysis.verdicts import verdict_on
from cjworkshop.analysis.votes import dots_of
from cjworkshop.lazy import dataclass
from cjworkshop.mapping.chart import EMPTY, Band, Cell, Column
from cjworkshop.method.blueprint import BlueprintCell
from cjworkshop.method.employee_workshop import Opportunity, Pain, Score, Stage, Touchpoint, Vote, VoteRound
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.analysis.evidence import Chain
    from cjworkshop.analysis.verdicts import Judgement
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.mapping.chart import Tone

    Fill = Callable[[Session], tuple[Cell, ...]]
    Tell = Callable[[Touchpoint], Cell]


@dataclass(frozen=True)
class LaneType:
    """A lane as it can be chosen: what it is called, what it tells, and how its cells come about.

    The rest is as in `chart.Lane`.
    """

    key: str
    title: str
    about: str
    fill: Fill
    table: str = "touchpoints"
    field: str = ""
    editable: bool = False
    lines: int = 1
    rating: bool = False
    shown: bool = True
    """Whether it stands on a map for which nobody has chosen."""


@remembered(Stage, Touchpoint)
def stops(session: Session) -> tuple[Touchpoint | None, ...]:
    """The touchpoint of each column, in the order of the journey; None for a stage that has none yet."""
    return tuple(chain.from_iterable(part.touchpoints or (None,) for part in stage_parts(session)))


@of_each(stops)
def columns(_: Session) -> Callable[[Touchpoint | None], Column]:
    """The columns of the journey."""
    return lambda row: Column("", "", "") if row is None else Column(row.id, row.code, row.name)


@remembered(Stage, Touchpoint)
def bands(session: Session) -> tuple[Band, ...]:
    """The stages over their columns; last, where there are any, the touchpoints without a stage."""
    made: list[Band] = []
    for part in stage_parts(session):
        first = made[-1].first + made[-1].size if made else 0
        made.append(Band(part.stage.name if part.stage else "No stage", first, len(part.touchpoints) or 1))
    return tuple(made)


@remembered(Stage, Touchpoint)
def gaps(session: Session) -> frozenset[int]:
    """The columns of stages that have no touchpoint yet."""
    parts = zip(stage_parts(session), bands(session), strict=True)
    return frozenset(band.first for part, band in parts if not part.touchpoints)


def filled(*row_types: type[Row], gap: Cell = EMPTY) -> Callable[[Callable[[Session], Tell]], Fill]:
    """Fill a lane: the function is handed these tables and gives what tells of a touchpoint, a cell each.

    A cell rests on its touchpoint and on those tables alone, so an edit of a touchpoint makes but its own cell anew.
    Where a stage has no touchpoint stands `gap`.
    """

    def keep(teller: Callable[[Session], Tell]) -> Fill:
        @of_each(stops, *row_types)
        @wraps(teller)
        def fill(session: Session) -> Callable[[Touchpoint | None], Cell]:
            tell = teller(session)
            return lambda row: gap if row is None else tell(row)

        return fill

    return keep


def _own(name: str) -> Fill:
    """A lane that shows a column of the touchpoints."""
    column = Touchpoint.__table__.column(name)

    @filled()
    def fill(session: Session) -> Tell:
        return lambda row: Cell(column.show(row, session), rows=(row.id,))

    return fill


@filled(gap=Cell("no touchpoint yet", "-", tone="dim"))
def _names(_: Session) -> Tell:
    return lambda row: Cell(row.name, row.code, rows=(row.id,))


@filled()
def _moments(_: Session) -> Tell:
    def cell(row: Touchpoint) -> Cell:
        words = row.moment.replace("moment-of-", "").replace("-or-", "/")
        return Cell(words, " ", row.moment, "accent" if row.moment else "", (row.id,))

    return cell


@filled(Interview, Excerpt, Response)
def _evidence(session: Session) -> Tell:
    chain_of = known(session).chain
    return lambda row: _known(chain_of(row), row.id)


def _known(chain: Chain, row_id: str) -> Cell:
    """What the value that stands rests on: how many answered, or how many of those interviewed spoke of it."""
    final = chain.final
    if chain.level < 2:
        said = "heard" if chain.level else "assumed"
    elif final.origin in {"survey", "elsewhere"} and final.n:
        said = f"n={final.n}"
    else:
        said = f"{chain.said}/{chain.asked}"
    return Cell(said, " ", f"level-{chain.level}", "" if chain.level >= 2 else "dim", (row_id,))


_JUDGED: dict[Judgement, tuple[str, Tone]] = {
    "over-rated": ("over", "bad"),
    "under-rated": ("under", "good"),
    "confirmed": ("", "dim"),
}


@filled(Interview, Excerpt, Response)
def _verdicts(session: Session) -> Tell:
    chain_of = known(session).chain

    def cell(row: Touchpoint) -> Cell:
        verdict = verdict_on(chain_of(row))
        if verdict is None:
            return Cell(rows=(row.id,))
        word, tone = _JUDGED[verdict.judgement]
        return Cell(f"{signed(verdict.delta)} {word}".rstrip(), " ", verdict.judgement, tone, (row.id,))

    return cell


def signed(tenths: int) -> str:
    """Tenths with their sign, as people write them: `+1.2`, `−1.8`, `0.0`."""
    return f"{'+' if tenths > 0 else '−' if tenths < 0 else ''}{abs(tenths) / 10:.1f}"


def _gathered(texts: dict[str, list[tuple[str, str]]]) -> Tell:
    """What lists all that belongs to a touchpoint. `texts` has (row id, text) by the touchpoint's id."""

    def cell(row: Touchpoint) -> Cell:
        found = texts.get(row.id)
        if not found:
            return EMPTY
        words = "; ".join(text for _, text in found)
        return Cell(words, str(len(found)), rows=tuple(row_id for row_id, _ in found))

    return cell


@filled(Pain)
def _pains(session: Session) -> Tell:
    texts: dict[str, list[tuple[str, str]]] = {}
    for pain in session.rows(Pain):
        texts.setdefault(pain.touchpoint, []).append((pain.id, pain.pain))
    return _gathered(texts)


@filled(Pain, Opportunity)
def _opportunities(session: Session) -> Tell:
    """What could be better at a touchpoint, said of it or of one of its pains."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for chance in session.rows(Opportunity):
        pain = session.get(Pain, chance.pain)
        where = chance.touchpoint or (pain.touchpoint if pain else "")
        texts.setdefault(where, []).append((chance.id, chance.opportunity))
    return _gathered(texts)


@filled(VoteRound, Vote)
def _votes(session: Session) -> Tell:
    """Dots of the newest round over touchpoints whose result is known."""
    dots = dots_of(session)

    def cell(row: Touchpoint) -> Cell:
        given = dots.get(row.id)
        return Cell(str(given or ""), mark="dots" if given else "", rows=(row.id,))

    return cell


@filled(Score)
def _scores(session: Session) -> Tell:
    """The mean of people's scores, how far they are apart, and whether to talk about it."""
    rows: dict[str, list[str]] = {}
    for score in session.rows(Score):
        rows.setdefault(score.touchpoint, []).append(score.id)
    found = spreads(session)

    def cell(row: Touchpoint) -> Cell:
        spread = found.get(row.id)
        if spread is None:
            return EMPTY
        mean, n = f"{tenths(spread.mean) / 10:.1f}", spread.n
        apart = "" if spread.deviation is None else f"±{spread.deviation:.1f}"
        said, shorter = " ".join(filter(None, (mean, apart, f"n={n}"))), (f"{mean}{apart} n{n}", f"{mean} n{n}", mean)
        if spread.discuss:
            return Cell(said, mean, "discuss", "accent", tuple(rows[row.id]), shorter)
        return Cell(said, mean, rows=tuple(rows[row.id]), shorter=shorter)

    return cell


def _blueprint(lane: str) -> Fill:
    """A lane of the service blueprint."""

    @filled(BlueprintCell)
    def fill(session: Session) -> Tell:
        texts: dict[str, list[tuple[str, str]]] = {}
        for row in session.rows(BlueprintCell):
            if row.lane == lane:
                texts.setdefault(row.touchpoint, []).append((row.id, row.text))
        return _gathered(texts)

    return fill


def _mine(key: str, title: str, about: str, lines: int = 1, *, shown: bool = True, rating: bool = False) -> LaneType:
    """A lane that is a column of the touchpoints, filled in on the map too."""
    return LaneType(key, title, about, _own(key), field=key, editable=True, lines=lines, shown=shown, rating=rating)


def _of_blueprint(lane: str, title: str, about: str) -> LaneType:
    return LaneType(
        f"blueprint-{lane}", title, about, _blueprint(lane), "blueprint_cells", "text", lines=3, shown=False
    )


HEAD = LaneType("touchpoint", "Touchpoint", "What it is called.", _names, field="name", editable=True, lines=3)
"""The lane that names the columns: it always stands first."""

EMOTION = LaneType(
    "emotion",
    "Emotion",
    "The lines of staff and customers.",
    _own("emotion"),
    field="emotion",
    editable=True,
)

LANES: tuple[LaneType, ...] = (
    EMOTION,
    LaneType(
        "moment", "Moment", "Truth, make-or-break, wow, exit.", _moments, field="moment", editable=True
    ),
    LaneType(
        "verdict", "Verdict", "Staff's value against customers'.", _verdicts, field="customer_emotion"
    ),
    LaneType("evidence", "Evidence", "How well the emotion is known.", _evidence, field="basis"),
    LaneType("votes", "Votes", "Dots of the last round whose result is shown.", _votes, "touchpoints", "name"),
    LaneType("pains", "Pain points", "What hurts.", _pains, "pains", "pain", lines=3),
    LaneType("opportunities", "Opportunities", "What could be better.", _opportunities, "opportunities", "opportunity", lines=3),
    _mine("channel", "Channel", "Where it happens."),
    _mine("action", "Does", "What the customer does.", 3),
    _mine("thought", "Thinks", "What the customer thinks.", 3),
    _mine("feeling", "Feels", "The emotion in a word."),
    _mine("importance", "Importance", "To the customer.", rating=True),
    LaneType("scores", "Scores", "People's ratings: mean and spread.", _scores, "scores", "emotion", shown=False),
    _mine("department", "Department", "Who owns it.", shown=False),
    _of_blueprint("evidence", "Seen", "Physical evidence, of the blueprint."),
    _of_blueprint("customer", "Customer", "Customer actions, of the blueprint."),
    _of_blueprint("frontstage", "Frontstage", "What customers see us do."),
    _of_blueprint("backstage", "Backstage", "What customers do not see."),
    _of_blueprint("support", "Support", "Support processes."),
)  # fmt: skip
"""The lanes to choose from below the head, in the order in which they stand unless somebody orders them."""

BY_KEY = {lane.key: lane for lane in LANES}
