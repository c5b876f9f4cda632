"""A map follows edits: after any of them it is the map that one makes of the same rows anew."""

from __future__ import annotations

import datetime as dt
import gc
from types import FunctionType
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.analysis import memo
from cjworkshop.domain.commands import AddRows, MoveRows, NewRow, RemoveRows, SetCells, Together
from cjworkshop.domain.rows import Catalogue
from cjworkshop.domain.session import Rows, Session
from cjworkshop.domain.workbook import Workbook
from cjworkshop.mapping.lanes import LANES
from cjworkshop.mapping.views import VIEWS, Choice, chart
from cjworkshop.mapping.words import summary
from cjworkshop.method.across import About
from cjworkshop.method.blueprint import BlueprintCell
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import Opportunity, Pain, Score, Stage, Touchpoint, Vote, VoteRound
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response
from cjworkshop.method.redesign import Frame, Future, Idea
from strategies import commands, ids_of, values

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from cjworkshop.domain.commands import Command
    from cjworkshop.mapping.subway import LineOf

NOW = dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC)
ROW_TYPES = (
    *(About, Persona, Stage, Touchpoint, Pain, Opportunity, Score, VoteRound, Vote),
    *(BlueprintCell, Interview, Excerpt, Response, Future, Frame, Idea),
)
"""What maps tell of."""
LINES_OF: tuple[LineOf, ...] = ("channel", "persona")
TOLD = ("stage", "name", "channel", "personas", "emotion", "moment", "basis", "customer_emotion", "customer_n")
"""Columns of a touchpoint that some view tells of."""


def started() -> Session:
    """Four stages, two of them without a touchpoint, and something in each sort of table that lanes tell of."""
    rows = (
        About(id="about", lanes=tuple(lane.key for lane in LANES)),
        *(Stage(id=f"s{number}", order=number, name=f"Stage {number}") for number in range(4)),
        *(
            Touchpoint(
                id=f"t{number}",
                order=100 * number,
                stage="s3" if number > 2 else "s0",
                name=f"Touchpoint {number}",
                channel=("phone", "desk/web")[number % 2],
                emotion=number % 5 + 1,
            )
            for number in range(6)
        ),
        Persona(id="persona", name="Anna"),
        Pain(id="pain", touchpoint="t1", pain="Nobody answers."),
        VoteRound(id="round", over="touchpoints", state="closed"),
        Vote(id="vote", round="round", item="t2", dots=3),
        *(Interview(id=f"i{number}", order=number) for number in range(3)),
        *(Excerpt(id=f"e{n}", order=n, interview=f"i{n}", touchpoint="t4", emotion=2, quote="No.") for n in range(3)),
        Response(id="response", satisfaction=(("t5", 4),)),
        Future(id="future", touchpoint="t0", change="fix", target_emotion=5),
    )
    tables: dict[str, list[object]] = {}
    for row in rows:
        tables.setdefault(row.__table__.name, []).append(row)
    return Session(Catalogue(ROW_TYPES), {name: Rows(tuple(made)) for name, made in tables.items()})  # type: ignore[arg-type]  # each row is one


def journey_edits(session: Session, fresh: str) -> SearchStrategy[Command]:
    """What is done to a journey most often: touchpoints are told of, added, taken away, moved, and stages go."""
    ids = ids_of(session)
    there, stages = ids.get("touchpoints", []), ids.get("stages", [])
    column = Touchpoint.__table__.column
    cells = [st.tuples(st.just(key), values(column(key).kind, ids)) for key in TOLD]
    added = st.builds(
        lambda stage, after: AddRows("touchpoints", (NewRow(fresh, {"stage": stage, "name": "New"}),), after),
        st.sampled_from(["", *stages]),
        st.sampled_from([None, "", *there]),
    )
    if not there:
        return added
    some = st.lists(st.sampled_from(there), min_size=1, max_size=2, unique=True).map(tuple)
    told = st.tuples(st.sampled_from(there), st.one_of(cells)).map(lambda cell: (cell[0], *cell[1]))
    return st.one_of(
        st.lists(told, min_size=1, max_size=3).map(lambda made: SetCells("touchpoints", tuple(made))),
        added,
        some.map(lambda rows: RemoveRows("touchpoints", rows)),
        st.sampled_from([*stages, "gone"]).map(lambda stage: RemoveRows("stages", (stage,))),
        st.builds(MoveRows, st.just("touchpoints"), some, st.sampled_from([None, *there])),
        st.builds(
            lambda one, row: Together((one, RemoveRows("touchpoints", (row,))), "both"), added, st.sampled_from(there)
        ),
    )


def all_of(session: Session) -> list[str]:
    """Every view of a session, for all and for its first persona, and what is known of each touchpoint, to the letter."""
    personas = ["", *(persona.id for persona in session.rows(Persona)[:1])]
    choices = [Choice(view.key, persona, line_of) for view in VIEWS for persona in personas for line_of in LINES_OF]
    known = [repr(summary(session, row.id)) for row in session.rows(Touchpoint)]
    return [repr(chart(session, choice)) for choice in choices] + known


def memories() -> list[list[object]]:
    """What every function that remembers something remembers."""
    keeping = (
        found
        for found in gc.get_objects()
        if isinstance(found, FunctionType) and found.__code__.co_filename == memo.__file__
    )
    cells = (
        cell for found in keeping for cell in zip(found.__code__.co_freevars, found.__closure__ or (), strict=True)
    )
    return [cell.cell_contents for name, cell in cells if name == "last"]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_after_any_edits_every_view_is_the_one_that_is_made_anew(data: DataObject) -> None:
    kept = memories()
    book = Workbook(started(), lambda: NOW)
    shown = [(book.session, all_of(book.session))]
    for number in range(data.draw(st.integers(1, 6), "edits")):
        match data.draw(st.sampled_from(("journey", "journey", "any", "any", "undo", "redo")), "what"):
            case "journey":
                book.do(data.draw(journey_edits(book.session, f"new{number}")))
            case "any":
                book.do(data.draw(commands(book.session, f"any{number}.")))
            case "undo":
                book.undo()
            case _:
                book.redo()
        shown.append((book.session, all_of(book.session)))
    for session, seen in shown:
        for memory in kept:
            memory.clear()
        assert seen == all_of(session)
