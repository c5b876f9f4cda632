"""The map's widget: any text, any size, ASCII alone, and nothing but a session needed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from on_terminal import OnTerminal

from cjworkshop.domain.session import Rows, Session
from cjworkshop.mapping.chart import Plot, Tracks
from cjworkshop.mapping.views import VIEWS, Choice, chart
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.text import cells
from cjworkshop.tui.themes import DARK
from cjworkshop.tui.widgets.cell_editor import CellEditor
from cjworkshop.tui.widgets.map_canvas import Canvas, draw_plot, draw_tracks, line_of
from cjworkshop.tui.widgets.map_cells import line_runs
from cjworkshop.tui.widgets.map_layout import (
    NARROW,
    ZOOMS,
    column_width,
    place_columns,
    reveal,
    reveal_stage,
    stack_lanes,
)
from cjworkshop.tui.widgets.map_marks import ASCII, UNICODE
from cjworkshop.tui.widgets.map_view import MapView
from strategies import HOSTILE_TEXTS, filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual.app import ComposeResult

    from cjworkshop.mapping.chart import Chart


def journey(count: int, stages: int = 3, name: str = "Touchpoint") -> Session:
    """A journey of so many touchpoints, their emotions up and down."""
    rows = {
        "stages": tuple(Stage(id=f"s{n}", order=n, name=f"Stage {n}") for n in range(stages)),
        "touchpoints": tuple(
            Touchpoint(
                id=f"t{n}",
                order=n,
                code=f"A{n + 1:02}",
                stage=f"s{n * stages // max(count, 1)}" if stages else "",
                name=f"{name} {n}",
                emotion=(n * 3) % 5 + 1,
                customer_emotion=float((n * 2) % 5 + 1),
                customer_n=9,
                channel=("phone", "web/desk", "letter")[n % 3],
            )
            for n in range(count)
        ),
    }
    return Session(CATALOGUE, {name: Rows(made) for name, made in rows.items() if made})


class MapApp(OnTerminal):
    """Nothing but a map: what a presenter would show."""

    TERMINAL = (120, 36)

    def __init__(self, view: MapView) -> None:
        super().__init__()
        self.view = view
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """The map."""
        yield self.view


def lines(view: MapView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


def everywhere(view: MapView) -> Iterator[list[str]]:
    """The screen in every view, zoom and lane, at the first, a middle and the last column."""
    for kind in VIEWS:
        for zoom in ZOOMS:
            view.show(Choice(kind.key), zoom)
            for at in {0, len(view.chart.columns) // 2, len(view.chart.columns) - 1}:
                for lane in range(len(view.chart.lanes)):
                    view._go(at, lane)
                    yield lines(view)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (30, 9), (17, 4)])
@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
async def test_any_text_fits_every_line(size: tuple[int, int], ascii_only: bool) -> None:
    view = MapView(filled(text=" ".join(HOSTILE_TEXTS)), ascii_only=ascii_only)
    async with MapApp(view).run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        for shown in everywhere(view):
            assert {cells(line) for line in shown} == {size[0]}
            assert not any("\x1b" in line for line in shown)


async def test_ascii_is_nothing_but_ascii() -> None:
    view = MapView(journey(20), ascii_only=True)
    async with MapApp(view).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for shown in everywhere(view):
            assert "".join(shown).isascii()


@pytest.mark.parametrize(("count", "stages"), [(0, 0), (0, 1), (0, 40), (1, 1), (1, 0), (300, 8)])
async def test_any_number_of_touchpoints_and_stages(count: int, stages: int) -> None:
    view = MapView(journey(count, stages))
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("end", "ctrl+left", "ctrl+right", "pagedown", "home", "pageup", "right")
        text = "\n".join(next(everywhere(view)))
        assert ("No map yet" in text) == (not count and not stages)


async def test_points_stand_over_the_middle_of_their_columns() -> None:
    view = MapView(journey(6))
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        plot = view.chart.lanes[view.lane]
        assert isinstance(plot, Plot)
        height = view._stacking.heights[view.lane - 1]
        top = 2 + view._stacking.head
        for place, value in enumerate(plot.traces[1].values):
            assert value is not None
            x = 15 + view._placing.centre(place)
            assert lines(view)[top + line_of(value, height)][x] in "●▼◉"
            name = view.chart.columns[place].name.split()[0]
            left = 15 + view._placing.left(place)
            assert lines(view)[2][left : left + view._placing.width].strip().startswith(name)


async def test_where_both_agree_one_sign_says_so_and_drops_have_their_own() -> None:
    rows = tuple(
        Touchpoint(id=f"t{n}", order=n, emotion=staff, customer_emotion=felt, customer_n=9)
        for n, (staff, felt) in enumerate([(5, 5.0), (3, 3.0), (4, 1.0)])
    )
    view = MapView(Session(CATALOGUE, {"touchpoints": Rows(rows)}))
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        text = "\n".join(line[15:] for line in lines(view)[3:-2])
        assert text.count("◉") == 1
        assert text.count("▼") - text.count("▼ −") == 2
        assert "5.0 peak" in text


async def shown_at_once(session: Session, choice: Choice | None = None) -> list[str]:
    view = MapView(session, choice)
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        return lines(view)


def rated(*values: tuple[int | None, float | None]) -> Session:
    """Touchpoints with (staff's, customers') emotion, each in a stage of its own; none where both are unknown."""
    rows = {
        "stages": tuple(Stage(id=f"s{n}", order=n, name=f"S{n}") for n in range(len(values))),
        "touchpoints": tuple(
            Touchpoint(
                id=f"t{n}", order=n, stage=f"s{n}", emotion=staff, customer_emotion=felt, customer_n=9 if felt else None
            )
            for n, (staff, felt) in enumerate(values)
            if staff or felt
        ),
    }
    return Session(CATALOGUE, {name: Rows(made) for name, made in rows.items()})


async def test_the_line_leaves_a_gap_where_a_stage_has_no_touchpoint() -> None:
    joined = await shown_at_once(rated((3, None), (3, None), (3, None)))
    assert "╌╌○" in next(line for line in joined if line.count("○") == 3)
    apart = await shown_at_once(rated((3, None), (None, None), (3, None)))
    assert "╌" not in "".join(apart)
    assert any(line.count("○") == 2 for line in apart)


async def test_signs_are_explained_beside_the_lines_where_they_stand() -> None:
    def legend(shown: list[str]) -> list[str]:
        return [line[1:13].rstrip() for line in shown if line[1:2] in set("○●◉▽▼")]

    assert legend(await shown_at_once(rated((3, None), (4, None)))) == ["○ staff"]
    assert legend(await shown_at_once(rated((3, None), (1, None)))) == ["○ staff", "▽ drop 2+"]
    both = rated((5, 5.0), (3, 3.0), (4, 4.0))
    assert legend(await shown_at_once(both)) == ["○ staff", "● customers", "◉ both", "▽▼ drop 2+"]
    assert legend(await shown_at_once(rated((5, 4.0), (4, 2.0)))) == ["○ staff", "● customers", "▼ drop 2+"]


async def test_what_is_not_there_yet_is_said_across_the_columns() -> None:
    session = rated((3, None), (4, None))
    assert any("S for a line per persona." in line for line in await shown_at_once(session, Choice("subway")))
    assert any("No storyboard yet. " in line for line in await shown_at_once(session, Choice("storyboard")))
    to_be = await shown_at_once(session, Choice("to-be"))
    assert any("No to-be map yet. " in line for line in to_be)
    assert "Staff's view only" in to_be[0]
    assert "━" not in "".join(to_be)
    empty = Session(CATALOGUE, {"touchpoints": Rows((Touchpoint(id="t", name="One"),))})
    assert any("No emotion yet. " in line for line in await shown_at_once(empty))
    narrow = MapView(empty, Choice("to-be"))
    async with MapApp(narrow).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert any("Begin it in step 7: To-be map." in line for line in lines(narrow))


async def test_a_change_of_line_is_explained_where_there_is_one() -> None:
    assert "◎ change" in (await shown_at_once(journey(6), Choice("subway")))[0]
    assert "◎" not in (await shown_at_once(journey(1), Choice("subway")))[0]


async def test_it_follows_a_session_and_keeps_its_place() -> None:
    view = MapView(journey(12, 1))
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.press("right", "right", "right", "down", "down")
        assert (view.row_id, view.chart.lanes[view.lane].key) == ("t3", "verdict")
        session = view.session
        view.follow(session.edited({"touchpoints": {"t0": None, "t1": None}}))
        assert (view.row_id, view.at, view.chart.lanes[view.lane].key) == ("t3", 1, "verdict")
        view.follow(session.edited({"touchpoints": {f"t{n}": None for n in range(1, 12)}}))
        assert view.row_id == "t0"


async def test_a_click_puts_the_cursor_there() -> None:
    view = MapView(journey(12))
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        y = 2 + view._stacking.head + view._stacking.top(3)
        await pilot.click(MapView, offset=(15 + view._placing.left(2) + 3, y))
        assert (view.at, view.lane) == (2, 3)


async def test_a_step_repaints_only_what_it_changes() -> None:
    view = MapView(journey(30))
    async with MapApp(view).run_test(size=(120, 36)) as pilot:
        await pilot.press("right")
        before = lines(view)
        drawn: list[int] = []
        draw = view.draw
        view.draw = lambda y: drawn.append(y) or draw(y)  # type: ignore[func-returns-value, method-assign]
        view.action_walk(1)
        changed = set(drawn)
        del view.draw
        assert len(changed) < 15
        view.refresh()
        assert [
            y for y, (old, new) in enumerate(zip(before, lines(view), strict=True)) if old != new and y not in changed
        ] == []


async def test_without_colours_signs_and_light_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    view = MapView(journey(20))
    async with MapApp(view).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for _ in everywhere(view):
            drawn = [segment for y in range(view.size.height) for segment in view.draw(y)]
            for colour in (part for segment in drawn if segment.style for part in _colours(segment.style)):
                assert len(set(colour)) == 1, "grey"
            grounds = {segment.style.bgcolor for segment in drawn if segment.style}
            assert len(grounds) == 2, "the cursor has another ground than the rest"
        view.show(Choice("map"), "touchpoints")
        shown = "\n".join(lines(view))
        assert all(mark in shown for mark in (*UNICODE.points, *UNICODE.drops))


def _colours(style: Style) -> Iterator[tuple[int, int, int]]:
    for colour in (style.color, style.bgcolor):
        if colour is not None and colour.triplet is not None:
            yield colour.triplet


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
async def test_the_terminal_shows_the_cursor_where_it_is(seed: int, ascii_only: bool) -> None:
    chance = random.Random(seed)
    view = MapView(journey(30), Choice(chance.choice([kind.key for kind in VIEWS])), ascii_only=ascii_only)
    keys = ("left", "right", "up", "down", "home", "end", "ctrl+left", "ctrl+right", "pageup", "pagedown")
    app = MapApp(view)
    async with app.run_test(size=app.TERMINAL) as pilot:
        await pilot.pause()
        for step in range(60):
            if step % 20 == 19:
                view.next_zoom()
            key = chance.choice(keys)
            await pilot.press(key)
            await pilot.pause()
            assert not app.differing(), f"after {key} in step {step}"


class TestLayout:
    @given(st.integers(1, 60), st.integers(0, 9), st.integers(1, 200), st.data())
    def test_the_cursor_s_column_is_always_in_view(
        self, count: int, stages: int, room: int, data: st.DataObject
    ) -> None:
        shown = chart(journey(count, stages), Choice())
        at = data.draw(st.integers(0, len(shown.columns) - 1))
        first = data.draw(st.integers(0, len(shown.columns) - 1))
        for zoom in ZOOMS:
            width = column_width(shown, room, zoom, at, wide=False)
            placing = reveal_stage(shown, room, width, at) if zoom == "stage" else reveal(shown, room, width, first, at)
            assert placing.first <= at < placing.end
            assert len(placing.lefts) == 1 or placing.lefts[-1] + width <= room
            assert all(before + width <= after for before, after in zip(placing.lefts, placing.lefts[1:], strict=False))

    def test_a_stage_stands_alone_where_it_fits(self) -> None:
        shown = chart(journey(24, 6), Choice())
        placing = reveal_stage(shown, 105, column_width(shown, 105, "stage", 9, wide=False), 9)
        assert (placing.first, placing.end) == (8, 12)

    def test_the_whole_journey_of_the_sample_s_size_fits_on_120_columns(self) -> None:
        shown = chart(journey(24, 6), Choice())
        placing = place_columns(shown, 105, column_width(shown, 105, "journey", 0, wide=False), 0)
        assert len(placing.lefts) == 24
        assert placing.narrow
        assert placing.width < NARROW

    @given(st.integers(1, 80), st.integers(4, 60))
    def test_scales_hold_all_five_values(self, height: int, width: int) -> None:
        shown: Chart = chart(journey(5), Choice())
        stacking = stack_lanes(shown, height, width)
        scale = stacking.heights[0]
        assert (scale - 1) % 4 == 0
        assert [line_of(value, scale) * 4 / (scale - 1) for value in (5, 4, 3, 2, 1)] == [0, 1, 2, 3, 4]
        assert 1 <= stacking.head <= max(height // 5, 1)


class TestCanvas:
    @given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 20), st.integers(0, 25))
    def test_a_line_leads_from_one_point_to_the_other(self, y0: int, y1: int, length: int, bend: int) -> None:
        canvas = Canvas(30, 10)
        canvas.join((2, y0), (2 + length, y1), UNICODE.pens[1], "after", bend)
        filled_columns = {x for x in range(30) for y in range(10) if canvas.at(x, y) != " "}
        assert filled_columns >= set(range(3, 2 + length)) - {2, 2 + length}
        assert filled_columns <= set(range(2, 3 + length))

    def test_charts_are_drawn_within_their_bounds(self) -> None:
        shown = chart(journey(40), Choice())
        plot = next(lane for lane in shown.lanes if isinstance(lane, Plot))
        tracks = next(lane for lane in chart(journey(40), Choice("subway")).lanes if isinstance(lane, Tracks))
        for first in (0, 7, 39):
            placing = place_columns(shown, 60, 13, first)
            for canvas in (draw_plot(plot, 9, 60, placing, ASCII), draw_tracks(tracks, 9, 60, placing, ASCII)):
                assert all(sum(len(text) for text, _ in canvas.runs(y, 0, 60)) == 60 for y in range(9))


@given(st.text(max_size=40), st.integers(2, 30), st.data())
def test_the_open_line_shows_its_caret_and_fills_its_room(text: str, width: int, data: st.DataObject) -> None:
    editor = CellEditor(text, multiline=True)
    editor.go(data.draw(st.integers(0, len(editor.text))))
    runs = line_runs(editor, width)
    assert sum(cells(part) for part, _ in runs) == width
    assert [role for _, role in runs].count("caret") == 1
