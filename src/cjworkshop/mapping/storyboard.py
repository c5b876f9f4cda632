"""The journey as a storyboard: the frames that were drawn, or, as long as there are none, the touchpoints as scenes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cjworkshop.mapping.chart import EMPTY, Band, Cell, Chart, Column, Lane, Plot, Trace
from cjworkshop.mapping.journey_map import NO_EMOTION, NO_MAP, head, lane_of, note
from cjworkshop.mapping.lanes import BY_KEY, EMOTION, bands, columns
from cjworkshop.method.redesign import Frame, Idea

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

FROM_TOUCHPOINTS = "No storyboard yet. Draw its frames in step 7: Storyboard."


def storyboard(session: Session) -> Chart:
    """Scenes from left to right, under the idea that they play out or the stage that they belong to."""
    return frames(session) if session.rows(Frame) else scenes(session)


def frames(session: Session) -> Chart:
    """The rows of the storyboard."""
    rows = session.rows(Frame)
    made: list[Band] = []
    for idea_id, group in groupby(rows, key=lambda frame: frame.idea):
        idea = session.get(Idea, idea_id)
        first = made[-1].first + made[-1].size if made else 0
        made.append(Band(idea.idea if idea else "No idea", first, len(list(group))))
    emotions = tuple(frame.emotion for frame in rows)

    def lane(key: str, title: str, lines: int) -> Lane:
        cells = tuple(Cell(getattr(frame, key), rows=(frame.id,)) for frame in rows)
        return Lane(key, title, cells, "storyboard", key, editable=True, lines=lines)

    felt = tuple(Cell(str(value or ""), rows=(frame.id,)) for frame, value in zip(rows, emotions, strict=True))
    lanes = (
        lane("scene", "Scene", 5),
        Plot(
            "emotion",
            "Emotion",
            felt,
            "storyboard",
            "emotion",
            editable=True,
            lack=NO_EMOTION,
            traces=(Trace.over("after", "customer", emotions),),
        ),
        lane("customer_does", "Customer does", 6),
        lane("we_do", "We do", 6),
    )
    named = tuple(Column(frame.id, str(number), frame.scene) for number, frame in enumerate(rows, 1))
    return Chart(named, tuple(made), lanes)


def scenes(session: Session) -> Chart:
    """The touchpoints as scenes, and a lane that says how to begin the frames."""
    places = columns(session)
    keys = ("action", "thought", "blueprint-frontstage", "moment")
    lanes = (
        head(session),
        Lane("frames", "Frames", (EMPTY,) * len(places), "storyboard", "scene", lack=FROM_TOUCHPOINTS),
        lane_of(session, EMOTION),
        *(lane_of(session, BY_KEY[key]) for key in keys),
    )
    return Chart(places, bands(session), lanes, note(session), lack=NO_MAP)
