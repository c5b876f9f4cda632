"""Scores on the map: a number that is there is there whole, with its n where there is room."""

from __future__ import annotations

import re

import pytest
from test_map_widget import MapApp, journey, lines

from cjworkshop.domain.session import Rows, Session
from cjworkshop.mapping.journey_map import choose_lanes, lane_of
from cjworkshop.mapping.lanes import BY_KEY
from cjworkshop.method.employee_workshop import Score
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.widgets.map_cells import cell_lines
from cjworkshop.tui.widgets.map_layout import ZOOMS, Placing
from cjworkshop.tui.widgets.map_marks import ASCII, UNICODE
from cjworkshop.tui.widgets.map_view import MapView

FORMS = r"(?:≠ )?3\.5(?: ?±[01]\.\d)?(?: n=?12)?"


def scored(*emotions: int, touchpoints: int = 14) -> Session:
    """Touchpoints that each have these scores, on a map that shows them."""
    session = journey(touchpoints)
    rows = tuple(
        Score(
            id=f"s{place}-{number}", order=place * 100 + number, touchpoint=f"t{place}", who=f"P{number}", emotion=value
        )
        for place in range(touchpoints)
        for number, value in enumerate(emotions)
    )
    session = Session(CATALOGUE, {**session.tables, "scores": Rows(rows)})
    return session.edited(choose_lanes(session, ("scores",), lambda: "meta").edits(session))


TWELVE = (3, 4) * 6
APART = (2, 5) * 6


def said(session: Session, width: int, *, ascii_only: bool = False) -> str:
    """What the first cell of the lane says in a column so wide."""
    lane = lane_of(session, BY_KEY["scores"])
    cell = lane.cells[0]
    (((shown, _),),) = cell_lines(
        lane, cell, Placing(0, width, (1,), (0,)), 1, ASCII if ascii_only else UNICODE, role=""
    )
    assert len(shown) == width
    return shown.strip()


@pytest.mark.parametrize(
    ("width", "close", "apart"),
    [
        (17, "3.5 ±0.5 n=12", "≠ 3.5 ±1.6 n=12"),
        (16, "3.5 ±0.5 n=12", "≠ 3.5±1.6 n12"),
        (15, "3.5 ±0.5 n=12", "≠ 3.5±1.6 n12"),
        (14, "3.5±0.5 n12", "≠ 3.5 n12"),
        (13, "3.5±0.5 n12", "≠ 3.5 n12"),
        (12, "3.5 n12", "≠ 3.5 n12"),
        (9, "3.5 n12", "≠ 3.5"),
        (8, "3.5 n12", "≠ 3.5"),
        (7, "3.5", "≠ 3.5"),
        (4, "3.5", "3.5"),
    ],
)
def test_it_says_as_much_as_the_column_holds(width: int, close: str, apart: str) -> None:
    assert said(scored(*TWELVE), width) == close
    assert said(scored(*APART), width) == apart


def test_signs_in_ascii_take_their_room() -> None:
    assert said(scored(*TWELVE), 17, ascii_only=True) == "3.5 +/-0.5 n=12"
    assert said(scored(*TWELVE), 16, ascii_only=True) == "3.5+/-0.5 n12"


def test_a_mean_is_rounded_as_everywhere_and_one_score_has_no_deviation() -> None:
    assert said(scored(3, 3, 3, 4), 17) == "3.3 ±0.5 n=4"
    assert said(scored(4), 17) == "4.0 n=1"


@pytest.mark.parametrize("width", [80, 100, 120, 160, 200])
@pytest.mark.parametrize("emotions", [TWELVE, APART], ids=["close", "apart"])
async def test_no_number_is_cut_on_any_screen(width: int, emotions: tuple[int, ...]) -> None:
    view = MapView(scored(*emotions))
    async with MapApp(view).run_test(size=(width, 24), notifications=True, tooltips=True) as pilot:
        for zoom in ZOOMS:
            view.show(view.choice, zoom)
            await pilot.pause()
            (shown,) = (line for line in lines(view) if re.match(r"\W*Scores", line))
            parts = re.split(r"  +|│", shown.partition("│")[2].strip(" │"))
            assert parts
            for part in filter(None, map(str.strip, parts)):
                assert re.fullmatch(f"{FORMS}(?: {FORMS})*", part), shown
                assert zoom == "journey" or "n" in part
