"""The presenter by keys, over the real store: what the room sees, and that it sees nothing private."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from room_kit import begun, planted, voting
from test_workshop_screen import running, sample, settle, words
from textual.widgets import Input

from cjworkshop.mapping.views import VIEWS
from cjworkshop.method.across import Note
from cjworkshop.method.employee_workshop import Touchpoint, VoteRound
from cjworkshop.storage.save_state import Save, SaveState
from cjworkshop.tui.modals.clock import ClockDialog
from cjworkshop.tui.screens.map import MapScreen
from cjworkshop.tui.screens.presenter import PresenterScreen
from cjworkshop.tui.screens.saving import SaveStateChanged
from cjworkshop.tui.screens.vote import VoteScreen
from strategies import HOSTILE_TEXTS, filled

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

TOUCHPOINTS = ("ctrl+g", "2", "ctrl+g", "b")
MAY_BE_SEEN = {
    *("stages.name", "touchpoints.name", "touchpoints.action", "touchpoints.channel", "touchpoints.thought"),
    *("touchpoints.feeling", "touchpoints.department", "pains.pain", "opportunities.opportunity", "personas.name"),
    *("blueprint_cells.text", "excerpts.quote", "storyboard.scene", "storyboard.customer_does", "storyboard.we_do"),
    *("future.name", "future.action", "future.channel", "vote_rounds.title", "ideas.idea", "hmw.question"),
    *("agenda.block", "agenda.groups", "prompts.prompt"),
}
"""The columns with words that the room may see. Whatever else turns up there is a leak."""


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def presenter(pilot: Pilot[int]) -> PresenterScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PresenterScreen)
    return screen


def seen(pilot: Pilot[int]) -> str:
    """All that stands on the presenter's screen."""
    screen = presenter(pilot)
    parts = [its for its in (screen.board, *screen.maps.values(), screen.line) if its.display]
    return "\n".join(map(words, parts))


# Going about


async def test_f6_shows_the_prompt_and_goes_back_to_the_cell(tmp_path: Path) -> None:
    async with running(tmp_path, sample(), ascii=True) as (pilot, screen):
        await press(pilot, *TOUCHPOINTS, "down", "right")
        place = (screen.grid.row_id, screen.grid.key)
        first = screen.desk.prompt[0].text
        await press(pilot, "f6")
        assert first.split()[0] in seen(pilot)
        await press(pilot, "f3")
        assert screen.desk.prompt[0].text != first
        assert screen.desk.prompt[0].text.split()[-1] in seen(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        assert (screen.grid.row_id, screen.grid.key) == place


async def test_each_view_has_a_digit_and_stands_beside_the_next(tmp_path: Path) -> None:
    async with running(tmp_path, begun(voting(sample()), now=dt.datetime.now(dt.UTC))) as (pilot, _):
        await press(pilot, "f6")
        marks = {
            "1": ("prompt", "Let's get mapping"),
            "2": ("clock", "then Quick share"),
            "3": ("map", "Emotion"),
            "4": ("votes", "What first?"),
            "5": ("storyboard", "Scene"),
        }
        for key, (view, mark) in marks.items():
            await press(pilot, key)
            assert presenter(pilot).view == view
            assert mark in seen(pilot)
        await press(pilot, "tab")
        assert presenter(pilot).view == "prompt"
        await press(pilot, "left")
        assert presenter(pilot).view == "storyboard"
        await press(pilot, "shift+tab")
        assert presenter(pilot).view == "votes"
        await press(pilot, "right", "right")
        assert presenter(pilot).view == "storyboard"  # on a map the arrows are its own
        await press(pilot, "f6", "f6")
        assert presenter(pilot).view == "storyboard"


async def test_the_room_is_told_what_is_missing_but_not_what_its_facilitator_should_do(tmp_path: Path) -> None:
    bare = sample().edited({"storyboard": {row.id: None for row in sample()["storyboard"]}})
    async with running(tmp_path, bare) as (pilot, _):
        await press(pilot, "f5")
        under = pilot.app.screen
        assert isinstance(under, MapScreen)
        await press(pilot, *"vvvvvv"[: [view.key for view in VIEWS].index("storyboard")])
        assert "No storyboard yet. Draw its frames" in words(under.view)
        await press(pilot, "f6")
        assert "No storyboard yet." in seen(pilot)
        assert "Draw" not in seen(pilot)


async def test_from_the_map_the_room_sees_that_map_where_its_cursor_is(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *TOUCHPOINTS, "f5", "right", "right", "down", "v", "z")
        under = pilot.app.screen
        assert isinstance(under, MapScreen)
        await press(pilot, "f6")
        room_map = presenter(pilot).maps["map"]
        assert (room_map.choice, room_map.zoom) == (under.view.choice, under.view.zoom)
        assert (room_map.row_id, room_map.lane) == (under.view.row_id, under.view.lane) == ("a03", under.view.lane)
        await press(pilot, "right", "down")
        assert (room_map.row_id, room_map.lane) == ("a04", under.view.lane + 1)
        assert screen.desk.room.showing.row_id == "a04"
        before = screen.desk.session
        await press(pilot, "5", "x", "delete")
        assert screen.desk.session is before
        await press(pilot, "escape")
        assert under.view.row_id == "a03"
        assert pilot.app.screen is under


async def test_from_the_vote_the_room_sees_that_round(tmp_path: Path) -> None:
    async with running(tmp_path, voting(sample())) as (pilot, _):
        await press(pilot, "f7")
        assert isinstance(pilot.app.screen, VoteScreen)
        await press(pilot, "f6")
        assert "left of 72" in seen(pilot)
        assert "▮" not in seen(pilot)
        await press(pilot, "escape", "ctrl+r", "ctrl+r", "f6")
        assert "9 dots given" in seen(pilot)
        assert "▮▮▮▮▮" in seen(pilot)


async def test_b_shows_nothing_and_brings_it_back(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, "f6", "3", "b")
        assert seen(pilot).strip() == ""
        assert screen.desk.room.showing.view == "nothing"
        await press(pilot, "b")
        assert "Emotion" in seen(pilot)
        await press(pilot, "b", "2")
        assert ":" not in seen(pilot) or presenter(pilot).view == "clock"
        assert "█" in seen(pilot)


async def test_what_changed_while_a_view_was_away_is_there_when_it_comes(tmp_path: Path) -> None:
    async with running(tmp_path, voting(sample())) as (pilot, _):
        await press(pilot, "f6", "3", "4")
        assert "left of 72" in seen(pilot)
        await press(pilot, "3", "f3", "1")
        assert "left of" not in seen(pilot)


# What happens over it


async def test_capture_clock_and_undo_work_there(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        notes = len(screen.desk.session.rows(Note))
        await press(pilot, "f6", "3", "ctrl+k", *"secret", "enter")
        assert len(screen.desk.session.rows(Note)) == notes + 1
        assert "secret" not in seen(pilot)
        await press(pilot, "ctrl+z")
        assert len(screen.desk.session.rows(Note)) == notes
        assert "Undone." in seen(pilot)
        assert "secret" not in seen(pilot)
        await press(pilot, "ctrl+y")
        assert len(screen.desk.session.rows(Note)) == notes + 1
        await press(pilot, "ctrl+t")
        assert isinstance(pilot.app.screen, ClockDialog)
        await press(pilot, "escape")
        presenter(pilot)


async def test_the_map_follows_what_is_undone(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *TOUCHPOINTS, "f5", "5", "f6")
        room_map = presenter(pilot).maps["map"]
        await press(pilot, "ctrl+z")
        assert room_map.session is screen.desk.session
        assert screen.desk.session.rows(Touchpoint)[0].emotion == 3


async def test_that_something_is_not_saved_is_a_sign_and_no_words(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await press(pilot, "f6", "2")
        assert "●" not in seen(pilot)
        state = SaveState(Save.NOT_SAVED, dt.datetime.now(dt.UTC), "Not saved, because the disk is full.")
        presenter(pilot).post_message(SaveStateChanged(state))
        await settle(pilot)
        assert "●" in seen(pilot)
        assert "saved" not in seen(pilot).lower()


async def test_what_is_being_typed_is_filled_in_before_the_room_sees_anything(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *TOUCHPOINTS, "ctrl+n", *"Ring", "f6")
        presenter(pilot)
        assert screen.desk.session.rows(Touchpoint)[1].name == "Ring"


async def test_not_over_a_dialog(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, _):
        await press(pilot, "ctrl+e", "f6")
        assert not isinstance(pilot.app.screen, PresenterScreen)
        assert pilot.app.screen.is_modal


# What a second terminal is told


async def test_the_room_is_shown_what_is_on_the_screen(tmp_path: Path) -> None:
    async with running(tmp_path, voting(sample())) as (pilot, screen):
        room = screen.desk.room

        async def told() -> tuple[str, ...]:
            await pilot.pause(0.15)
            kept = screen.desk.opened.place
            assert kept is not None
            assert kept.showing == room.showing
            return (kept.showing.view, kept.showing.row_id, kept.showing.round_id)

        await press(pilot, *TOUCHPOINTS)
        assert (await told())[0] == "prompt"
        assert room.showing.prompt == screen.desk.prompt[0].text
        await press(pilot, "f3")
        await told()
        assert room.showing.prompt == screen.desk.prompt[0].text
        await press(pilot, "f5", "right")
        assert (await told())[:2] == ("map", "a02")
        await press(pilot, "escape", "f7")
        assert (await told())[::2] == ("votes", "room")
        await press(pilot, "escape")
        assert (await told())[0] == "prompt"
        await press(pilot, "f6", "2")
        assert (await told())[0] == "clock"
        await press(pilot, "escape")
        assert (await told())[0] == "prompt"


async def test_the_palette_has_the_room_see_something_else(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        room = screen.desk.room

        async def choose(name: str) -> None:
            await press(pilot, "ctrl+p")
            pilot.app.screen.query_one(Input).value = name
            await pilot.pause(0.4)
            await press(pilot, "down", "enter")
            await pilot.pause(0.2)

        await choose("Show the room: storyboard")
        assert room.showing.view == "storyboard"
        assert pilot.app.screen is screen
        await press(pilot, "f5")
        await pilot.pause(0.15)
        assert room.showing.view == "storyboard"
        await press(pilot, "escape", "f6")
        assert presenter(pilot).view == "storyboard"
        await press(pilot, "2")
        assert room.showing.view == "clock"  # what he looks at as the room sees it, the room sees
        await press(pilot, "escape")
        await pilot.pause(0.15)
        assert room.showing.view == "storyboard"
        await choose("Show the room: nothing")
        assert room.showing.view == "nothing"
        await choose("Show the room: what is on my screen")
        assert room.showing.view == "prompt"


# Nothing private


async def test_of_all_words_of_a_session_the_room_sees_only_these_columns(tmp_path: Path) -> None:
    session, columns = planted()
    found: set[str] = set()

    async with running(tmp_path, session, (190, 60), ascii=True) as (pilot, screen):  # letters that can be searched

        def look() -> None:
            text = seen(pilot)
            found.update(column for word, column in columns.items() if word in text)

        await press(pilot, "f6")
        for _ in range(3):
            await press(pilot, "f3")
            look()
        for key in ("2", "4"):
            await press(pilot, key)
            look()
        for key, views in (("3", 5), ("5", 1)):
            await press(pilot, key)
            room_map = presenter(pilot).maps["map" if key == "3" else "storyboard"]
            for _ in range(views):
                for _ in range(3):
                    for lane in range(len(room_map.chart.lanes)):
                        room_map.action_lane(1 if lane else -100)
                        look()
                    await press(pilot, "end", "ctrl+left", "right")
                    look()
                    await press(pilot, "home", "z")
                room_map.next_persona()
                look()
                await press(pilot, "v")
        await press(pilot, "escape", "f7", "f6")
        look()
        await press(pilot, "escape", "ctrl+r", "ctrl+r", "f6")
        assert screen.desk.session.rows(VoteRound)[-1].state == "revealed"
        look()
        assert screen.desk.session["inbox"]
    assert found - MAY_BE_SEEN == set()
    assert {"touchpoints.name", "pains.pain", "blueprint_cells.text", "excerpts.quote", "storyboard.scene"} <= found
    assert {"future.name", "prompts.prompt", "vote_rounds.title"} <= found


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_hostile_words_are_shown_and_never_obeyed_at_any_size(
    tmp_path: Path, size: tuple[int, int], *, ascii_only: bool
) -> None:
    session = voting(filled(text=" ".join(HOSTILE_TEXTS)[:300], rows=10))
    async with running(tmp_path, session, size, ascii=ascii_only) as (pilot, screen):
        before = screen.desk.session
        await press(pilot, "f6")
        for key in ("1", "2", "3", "4", "5"):
            await press(pilot, key)
            text = seen(pilot)
            assert not any(sign in text for sign in "\x1b\x9b\u202e\x00")
        assert screen.desk.session is before


async def test_our_own_signs_are_ascii_where_only_that_is_drawn(tmp_path: Path) -> None:
    session = begun(voting(sample(), "revealed"), groups=("Red", "Blue"), now=dt.datetime.now(dt.UTC))
    async with running(tmp_path, session, ascii=True) as (pilot, _):
        await press(pilot, "f6")
        for key in ("1", "2", "4"):
            await press(pilot, key)
            assert seen(pilot).isascii()
