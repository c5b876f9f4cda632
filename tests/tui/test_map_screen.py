"""The map by keys, over the real store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import fresh, running, sample, settle, words

from cjworkshop.errors import Busy
from cjworkshop.method.across import About
from cjworkshop.method.employee_workshop import Stage, Touchpoint
from cjworkshop.tui.screens.map import LETTERS_WAIT, LETTERS_WAIT_SECONDS, MapScreen, touchpoint_of
from cjworkshop.tui.screens.presenter import PresenterScreen
from cjworkshop.tui.screens.vote import VoteScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.header import Header

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App
    from textual.pilot import Pilot

    from cjworkshop.tui.screens.workshop import WorkshopScreen
    from cjworkshop.tui.widgets.map_editing import MapEditor

TOUCHPOINTS = ("ctrl+g", "2", "ctrl+g", "b")


async def to_map(pilot: Pilot[int], *keys: str) -> MapEditor:
    """Press keys, then F5, and give the map."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    await pilot.press("f5")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, MapScreen)
    return screen.view


def touchpoint(screen: WorkshopScreen, code: str) -> Touchpoint:
    return next(row for row in screen.desk.session.rows(Touchpoint) if row.code == code)


def said(view: MapEditor) -> str:
    """The two lines below the map."""
    height = view.size.height
    return "\n".join(view.render_line(y).text for y in range(height - 2, height))


async def test_it_opens_where_the_grid_is_and_goes_back_there(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS, "down", "down", "right")
        assert view.row_id == "a03"
        assert "'Welcome to VA' call" in said(view)
        assert "Δ +0.3 confirmed" in said(view)
        place = (screen.grid.row_id, screen.grid.key)
        await pilot.press("right", "right", "escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert (screen.grid.row_id, screen.grid.key) == place


async def test_a_digit_sets_the_emotion_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("right", "5")
        await settle(pilot)
        assert touchpoint(screen, "A02").emotion == 5
        assert view.session is screen.desk.session
        assert "staff 5" in said(view)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert touchpoint(screen, "A02").emotion == 3
        assert "Undid: change Emotion." in words(pilot.app.screen.query_one(Footer))
        await pilot.press("9")
        await settle(pilot)
        assert touchpoint(screen, "A02").emotion == 3
        assert "1" in words(pilot.app.screen.query_one(Footer))


async def test_text_is_filled_in_below_the_map(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        while view.chart.lanes[view.lane].key != "channel":
            await pilot.press("down")
        await pilot.press("f2", "home", *"vz5 ZL ", "enter")
        await settle(pilot)
        assert touchpoint(screen, "A01").channel == "vz5 ZL self/phone"
        assert not view.editing


async def test_a_choice_is_picked_and_what_is_refused_stays(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("down", "f2", *"wo", "enter")
        await settle(pilot)
        assert touchpoint(screen, "A01").moment == "wow"
        await pilot.press("f2", *"zzz", "enter")
        await settle(pilot)
        assert view.editing
        assert "not one of the choices" in said(view)
        await pilot.press("escape")
        await settle(pilot)
        assert touchpoint(screen, "A01").moment == "wow"
        await pilot.press("delete")
        await settle(pilot)
        assert touchpoint(screen, "A01").moment == ""


async def test_what_was_given_up_is_one_undo_away(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("up", "f2", *" again", "escape")
        await settle(pilot)
        assert touchpoint(screen, "A01").name == "Decide on need for appointment"
        await pilot.press("right", "ctrl+z")
        await settle(pilot)
        assert view.editing
        await pilot.press("enter")
        await settle(pilot)
        assert touchpoint(screen, "A01").name == "Decide on need for appointment again"


async def test_enter_opens_the_row_behind_the_cell(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS, "down", "down", "down")
        while view.chart.lanes[view.lane].key != "pains":
            await pilot.press("down")
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.desk.table == "pains"
        pain = screen.desk.session["pains"].get(screen.grid.row_id)
        assert getattr(pain, "touchpoint", "") == "a04"
        assert screen.grid.key == "pain"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50), (40, 12)])
async def test_every_view_is_walked_from_end_to_end_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, sample(), size) as (pilot, screen):
        before = screen.desk.session
        view = await to_map(pilot)
        for _ in range(5):
            for zoom in ("touchpoints", "stage", "journey"):
                assert view.zoom == zoom
                for place in range(len(view.chart.columns)):
                    assert view.at == place
                    assert all(view.render_line(y).cell_length == size[0] for y in range(view.size.height))
                    view.action_walk(1)
                view.action_stage(-1)
                for distance in (1, 1, 1, 1, -1, -1, -1, -1, -1):
                    view.action_page(distance)
                assert view.lane == 0
                await pilot.press("home", "z")
            await pilot.press("v")
        await settle(pilot)
        assert screen.desk.session is before


async def test_lanes_are_chosen_ordered_and_undone(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot)
        before = [lane.key for lane in view.chart.lanes]
        await pilot.press("l")
        await settle(pilot)
        await pilot.press("alt+down", "down", "space", "enter")
        await settle(pilot)
        await pilot.pause(0.1)
        after = [lane.key for lane in view.chart.lanes]
        assert after[:3] == ["touchpoint", before[2], before[1]] or after != before
        assert screen.desk.session.record(About).lanes == tuple(after[1:])
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert [lane.key for lane in view.chart.lanes] == before


async def test_an_empty_map_says_what_to_do(tmp_path: Path) -> None:
    async with running(tmp_path, fresh()) as (pilot, screen):
        view = await to_map(pilot)
        assert [column.row_id for column in view.chart.columns] == ["", "", ""]
        assert "no touchpoint yet" in "\n".join(view.render_line(y).text for y in range(8))
        await pilot.press("5", "f2", "delete", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.desk.table == "touchpoints"


async def test_the_save_state_is_on_screen(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("5")
        await pilot.pause(0.2)
        assert "saved" in words(pilot.app.screen.query_one(Header))


async def test_what_cannot_be_kept_stays_in_the_open_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)

        def refuse(command: object) -> None:
            raise Busy("This session is open for reading only.", "Close it there.")

        monkeypatch.setattr(screen.desk, "do", refuse)
        await pilot.press("up", "f2", *" more", "enter")
        await settle(pilot)
        assert view.editing
        assert "appointment more" in said(view)
        assert "reading only" in words(pilot.app.screen.query_one(Footer))
        await pilot.press("escape", "down", "5")
        await settle(pilot)
        assert touchpoint(screen, "A01").emotion == 3
        assert "reading only" in words(pilot.app.screen.query_one(Footer))


async def test_letters_are_text_while_a_cell_is_edited(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("up", "f2", "ctrl+a", *"vzpls", "left", "right", "tab")
        await settle(pilot)
        assert (view.choice.view, view.zoom, view.choice.persona) == ("map", "touchpoints", "")
        assert touchpoint(screen, "A01").name == "vzpls"
        assert view.at == 1


async def test_letters_typed_after_a_refused_f2_are_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("cjworkshop.tui.screens.map.monotonic", lambda: clock[0])
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        while view.chart.lanes[view.lane].key != "pains":
            await pilot.press("down")
        there, session = (view.choice, view.zoom, view.at, view.lane), screen.desk.session
        await pilot.press("f2", *"lobby vzps 5", "tab")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MapScreen)
        assert (view.choice, view.zoom, view.at, view.lane) == there
        assert screen.desk.session is session
        assert words(pilot.app.screen.query_one(Footer)).strip() == LETTERS_WAIT
        await pilot.press("right", "z")
        assert view.zoom != "touchpoints"
        await pilot.press("left", "f2", "v", "V")
        assert view.choice.view == "map"
        clock[0] += LETTERS_WAIT_SECONDS
        await pilot.press("v")
        assert view.choice.view != "map"


async def test_letters_are_keys_after_an_f2_that_could_edit(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        view = await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("f2", "escape", "z")
        assert view.zoom != "touchpoints"


async def test_the_footer_says_which_keys_are_alive(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await to_map(pilot, *TOUCHPOINTS)
        footer = pilot.app.screen.query_one(Footer)
        assert "l lanes" in words(footer)
        assert "s lines" not in words(footer)
        await pilot.press("v", "v")
        await settle(pilot)
        assert "s lines" in words(footer)
        await pilot.press("f2")
        await settle(pilot)
        assert "Esc give it up" in words(footer)
        await pilot.press("escape")
        await settle(pilot)
        assert "Esc grid" in words(footer)


async def test_the_footer_offers_only_what_works_where_the_cursor_is(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        view = await to_map(pilot, *TOUCHPOINTS)
        footer = pilot.app.screen.query_one(Footer)
        assert "F2 edit  1-5 rate" in words(footer)
        assert "F7 vote" in words(footer)
        await pilot.press("down")
        await settle(pilot)
        assert "F2 edit" in words(footer)
        assert "rate" not in words(footer)
        while view.chart.lanes[view.lane].key != "pains":
            await pilot.press("down")
        await settle(pilot)
        assert "F2" not in words(footer)


async def test_while_one_edits_it_is_seen_and_said_how_to_replace(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("up", "f2")
        await settle(pilot)
        assert "Edit A01 Touchpoint: Decide on need for appointment" in said(view)
        footer = pilot.app.screen.query_one(Footer)
        assert "^A all, to replace" in words(footer)
        await pilot.press("ctrl+a", *"New", "enter")
        await settle(pilot)
        assert touchpoint(screen, "A01").name == "New"
        await pilot.press("down", "down", "f2")
        await settle(pilot)
        assert "↑ ↓ choose" in words(footer)
        assert "^A" not in words(footer)


async def test_votes_and_the_room_are_a_key_away(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await to_map(pilot, *TOUCHPOINTS)
        app: App[int] = pilot.app
        shown = app.screen
        await pilot.press("up", "f2", *" x", "f7")
        await settle(pilot)
        assert isinstance(app.screen, VoteScreen)
        assert touchpoint(screen, "A01").name.endswith(" x")
        await pilot.press("f7")
        await settle(pilot)
        assert app.screen is shown
        await pilot.press("f6")
        await settle(pilot)
        room = app.screen
        assert isinstance(room, PresenterScreen)
        assert room.view == "map"
        await pilot.press("f6")
        await settle(pilot)
        assert app.screen is shown


async def test_from_a_vote_over_the_map_to_the_row_of_an_item(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await to_map(pilot, *TOUCHPOINTS)
        await pilot.press("f7")
        await settle(pilot)
        vote = pilot.app.screen
        assert isinstance(vote, VoteScreen)
        vote.go_to_row("pains", screen.desk.session["pains"][1].id)
        await settle(pilot)
        await pilot.pause(0.1)
        assert pilot.app.screen is screen
        assert (screen.desk.table, screen.grid.row_id) == ("pains", screen.desk.session["pains"][1].id)


async def test_it_opens_at_the_first_touchpoint_where_the_grid_is_elsewhere(tmp_path: Path) -> None:
    session = sample()
    (first, second) = (row.id for row in session.rows(Stage)[:2])
    empty = {row.id: None for row in session.rows(Touchpoint) if row.stage == first}
    async with running(tmp_path, session.edited({"touchpoints": empty})) as (pilot, screen):
        view = await to_map(pilot)
        assert screen.desk.table not in {"touchpoints", "stages"}
        assert view.at == 1
        assert touchpoint(screen, view.chart.columns[view.at].code).stage == second


async def test_a_persona_s_journey_is_one_key_away(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        before = len(view.chart.columns)
        await pilot.press("p")
        await settle(pilot)
        persona = screen.desk.session["personas"][0]
        assert view.choice.persona == persona.id
        assert len(view.chart.columns) < before
        assert getattr(persona, "name", "") in view.render_line(0).text
        await pilot.press("p", "p", "p")
        await settle(pilot)
        assert view.choice.persona == ""


async def test_a_paste_goes_into_the_cell(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        view._go(0, 0)
        view.take_paste(" [/x] \x1b[31mred\nline")
        await pilot.press("enter")
        await settle(pilot)
        name = touchpoint(screen, "A01").name
        assert "[/x]" in name
        assert "\x1b" not in name
        assert "\n" not in name


async def test_what_changes_below_the_map_does_not_repaint_it(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        painted: list[int] = []
        draw = view.render_lines
        view.render_lines = lambda crop: painted.append(crop.height) or draw(crop)  # type: ignore[func-returns-value, method-assign]
        screen.query_one(Header).refresh()
        screen.grid.refresh()
        await pilot.pause(0.2)
        assert painted == []


def test_the_map_opens_at_what_a_row_is_about() -> None:
    session = sample()
    pain = session["pains"].codes["PP04"]
    assert touchpoint_of(session, "touchpoints", "a07") == "a07"
    assert touchpoint_of(session, "pains", pain) == "a04"
    assert touchpoint_of(session, "stages", "s2") == "a04"
    assert touchpoint_of(session, "personas", "p1") == ""
    assert touchpoint_of(session, "pains", "gone") == ""
