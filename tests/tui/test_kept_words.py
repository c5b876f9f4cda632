"""What is typed and not filled in on the map, and for a note of the inbox, is there again after Esc and after leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from test_map_screen import TOUCHPOINTS, said, to_map, touchpoint
from test_vote_screen import foot
from test_workshop_screen import fresh, running, sample, settle
from textual.widgets import Input

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.storage.open_session import KeptLine
from cjworkshop.tui.screens.inbox import InboxScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

NAME = "Decide on need for appointment"


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_what_was_given_up_on_the_map_is_there_when_the_map_is_open_again(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await to_map(pilot, *TOUCHPOINTS)
        await press(pilot, "up", "f2", *" again", "escape", "f5")
        assert screen.desk.opened.lines["map"] == KeptLine(f"{NAME} again", ("a01", "touchpoint"))
        assert screen.desk.opened.lines["map"].at[0] == touchpoint(screen, "A01").id
        await press(pilot, "f5")
        assert "What you typed for A01 is kept: Ctrl+Z goes on with it." in foot(pilot)
        await press(pilot, "right", "ctrl+z", "enter")
        assert touchpoint(screen, "A01").name == f"{NAME} again"
        assert screen.desk.opened.lines == {}


async def test_f2_goes_on_with_what_was_given_up_in_its_cell_and_in_no_other(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        await press(pilot, "up", "f2", *" again", "escape", "right", "f2")
        assert "again" not in said(view)
        await press(pilot, "escape", "left", "f2")
        assert f"{NAME} again" in said(view)
        await press(pilot, *["backspace"] * 6, "escape")
        assert screen.desk.opened.lines == {}


async def test_after_a_change_an_undo_on_the_map_means_that_change(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        view = await to_map(pilot, *TOUCHPOINTS)
        before = touchpoint(screen, "A01").emotion
        other = 1 if before != 1 else 2
        await press(pilot, "f2", "9", "escape", str(other))
        assert touchpoint(screen, "A01").emotion == other
        await press(pilot, "ctrl+z")
        assert not view.editing
        assert touchpoint(screen, "A01").emotion == before
        assert screen.desk.opened.lines["map"].text.endswith("9")


async def test_what_was_refused_on_the_map_is_kept_when_one_goes_elsewhere(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await to_map(pilot, *TOUCHPOINTS)
        await press(pilot, "down", "f2", *"zzz", "ctrl+f", *"blood")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert screen.desk.opened.lines["map"].text == "zzz"


def notes() -> Any:
    session = fresh()
    rows = tuple(NewRow(f"n{number}", {"text": text, "kind": "note"}) for number, text in enumerate(("Wet", "Loud")))
    return session.edited(AddRows("inbox", rows).edits(session))


async def test_words_of_a_note_that_were_not_taken_are_gone_on_with(tmp_path: Path) -> None:
    async with running(tmp_path, notes()) as (pilot, screen):
        await press(pilot, "ctrl+r", "down", "f2", "end", *" deck", "escape")
        assert "F2 goes on with it" in foot(pilot)
        await press(pilot, "up", "f2")
        assert pilot.app.screen.query_one(Input).value == "Wet"
        await press(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, InboxScreen)
        await press(pilot, "ctrl+r")
        assert "F2 goes on with it" in foot(pilot)
        await press(pilot, "f2", "end", *"s", "enter")
        assert [note.text for note in screen.desk.session["inbox"]] == ["Wet", "Loud decks"]  # type: ignore[attr-defined]  # rows of one table
        assert screen.desk.opened.lines == {}
