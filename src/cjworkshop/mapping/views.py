"""The views of a map, by name: the same session, drawn in different ways."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.mapping.journey_map import against, journey_map
from cjworkshop.mapping.storyboard import storyboard
from cjworkshop.mapping.subway import LineOf, subway
from cjworkshop.mapping.to_be import to_be
from cjworkshop.method.employee_workshop import Touchpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session
    from cjworkshop.mapping.chart import Chart, Column


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be seen: which view, of which persona's journey (empty: everybody's), and what a subway line is."""

    view: str = "map"
    persona: str = ""
    line_of: LineOf = "channel"


@dataclass(frozen=True, slots=True)
class View:
    """A way to see the journey. `wide` says that its columns want room for sentences."""

    key: str
    title: str
    about: str
    draw: Callable[[Session, Choice], Chart] = field(repr=False)
    wide: bool = False


VIEWS = (
    View("map", "Map", "Stages across, lanes down, the emotion lines over the touchpoints.", lambda s, _: journey_map(s)),
    View("against", "Staff against customers", "Both lines large, with what stands behind them.", lambda s, _: against(s)),
    View("subway", "Subway", "A line for each channel or persona.", lambda s, choice: subway(s, choice.line_of)),
    View("storyboard", "Storyboard", "Scene by scene.", lambda s, _: storyboard(s), wide=True),
    View("to-be", "As is against to be", "What is kept, fixed, added and removed.", lambda s, _: to_be(s)),
)  # fmt: skip
"""In the order in which one goes through them."""

BY_KEY = {view.key: view for view in VIEWS}


def chart(session: Session, choice: Choice) -> Chart:
    """The chart of a view, for one persona or all."""
    whole = BY_KEY[choice.view].draw(session, choice)
    if not choice.persona:
        return whole

    def meets(column: Column) -> bool:
        row = session.get(Touchpoint, column.row_id)
        return row is None or not row.personas or choice.persona in row.personas

    return whole.only(meets)
