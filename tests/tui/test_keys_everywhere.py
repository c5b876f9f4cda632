"""The keys that are the same everywhere, on the screens over the tables too: none is dead, and screens do not pile up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from room_kit import voting
from test_workshop_screen import running, sample, settle, words

from cjworkshop.tui.modals.export import ExportDialog
from cjworkshop.tui.modals.lanes import LanesDialog
from cjworkshop.tui.screens.inbox import InboxScreen
from cjworkshop.tui.screens.map import MapScreen
from cjworkshop.tui.screens.presenter import PresenterScreen
from cjworkshop.tui.screens.score import ScoreScreen
from cjworkshop.tui.screens.vote import VoteScreen
from cjworkshop.tui.widgets.presented_board import Blank, PresentedBoard

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.tui.screens.workshop import WorkshopScreen

PLACES = {"map": ("f5",), "vote": ("f7",), "scores": ("f7", "ctrl+pagedown"), "inbox": ("ctrl+r",)}
"""Keys that lead from the table to each screen over it."""


def over(pilot: Pilot[int], screen: WorkshopScreen) -> list[type]:
    """What lies over the table."""
    stack = pilot.app.screen_stack
    return [type(its) for its in stack[stack.index(screen) + 1 :]]


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("keys", PLACES.values(), ids=PLACES)
async def test_f3_asks_the_next_prompt_and_says_it(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *keys)
        before = screen.desk.prompt[1]
        await press(pilot, "f3")
        text, place, _ = screen.desk.prompt
        assert place == before + 1
        assert pilot.app.screen.footer.notice[0] == f"Ask: {text.text}"  # type: ignore[attr-defined]
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert text.text[:20] in words(screen.query_one("Panel"))


@pytest.mark.parametrize("keys", PLACES.values(), ids=PLACES)
async def test_ctrl_e_exports_and_comes_back(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *keys)
        there = pilot.app.screen
        await press(pilot, "ctrl+e")
        assert isinstance(pilot.app.screen, ExportDialog)
        await press(pilot, "escape")
        assert pilot.app.screen is there
        assert screen in pilot.app.screen_stack


async def test_an_export_over_the_vote_is_written_and_said_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(tmp_path, sample()) as (pilot, _):
        await press(pilot, "f7", "ctrl+e", "enter")
        for _ in range(50):
            if pilot.app.screen.footer.notice[0].startswith("Wrote 1 file"):  # type: ignore[attr-defined]
                break
            await settle(pilot)
        assert pilot.app.screen.footer.notice[0].startswith("Wrote 1 file")  # type: ignore[attr-defined]
        assert isinstance(pilot.app.screen, VoteScreen)


@pytest.mark.parametrize("place", ["map", "inbox"])
async def test_ctrl_g_goes_back_to_the_table_and_marks_it(tmp_path: Path, place: str) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *PLACES[place], "ctrl+g")
        assert over(pilot, screen) == []
        assert screen.marked
        await press(pilot, "3")
        assert screen.desk.step.number == 3


@pytest.mark.parametrize(
    ("place", "key", "step"),
    [
        ("map", "ctrl+pagedown", 2),
        ("inbox", "ctrl+pagedown", 2),
        ("scores", "ctrl+pagedown", 2),
        ("map", "ctrl+pageup", 0),
        ("vote", "ctrl+pageup", 0),
    ],
)
async def test_another_step_is_shown_at_the_table(tmp_path: Path, place: str, key: str, step: int) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, *PLACES[place], key)
        assert over(pilot, screen) == []
        assert screen.desk.step.number == step


async def test_keys_that_a_screen_has_for_itself_stay_its_own(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, "f7", "ctrl+pagedown")
        assert over(pilot, screen) == [ScoreScreen]
        await press(pilot, "ctrl+pageup")
        assert over(pilot, screen) == [VoteScreen]
        await press(pilot, "ctrl+g")
        assert over(pilot, screen) == []
        assert not screen.marked


async def test_map_and_vote_lie_over_each_other_once_and_esc_goes_back_the_way_one_came(tmp_path: Path) -> None:
    async with running(tmp_path, voting(sample())) as (pilot, screen):
        await press(pilot, "f7", "down", "f5")
        vote, shown = pilot.app.screen_stack[-2:]
        assert over(pilot, screen) == [VoteScreen, MapScreen]
        assert isinstance(vote, VoteScreen)
        assert isinstance(shown, MapScreen)
        assert vote.held.item is not None
        assert shown.view.row_id == vote.held.item.id
        await press(pilot, *["f7", "f5"] * 5)
        assert over(pilot, screen) == [VoteScreen, MapScreen]
        await press(pilot, "escape")
        assert pilot.app.screen is vote
        await press(pilot, "escape")
        assert over(pilot, screen) == []


async def test_from_the_inbox_to_map_and_vote_and_back(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, "ctrl+r", "f5", "f7")
        assert over(pilot, screen) == [InboxScreen, MapScreen, VoteScreen]
        await press(pilot, "f5")
        assert over(pilot, screen) == [InboxScreen, MapScreen]
        await press(pilot, "f5")
        assert over(pilot, screen) == [InboxScreen]
        await press(pilot, "f7", "f7")
        assert over(pilot, screen) == [InboxScreen]


async def test_a_row_is_gone_to_through_all_screens_between(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, "ctrl+r", "f7", "f5", "enter")
        assert over(pilot, screen) == []
        assert screen.desk.table == "touchpoints"
        await press(pilot, "f5", "f7", "ctrl+pagedown", "ctrl+g")
        assert over(pilot, screen) == []


async def test_an_edit_on_the_map_is_committed_by_keys_that_lead_away(tmp_path: Path) -> None:
    for key in ("ctrl+pagedown", "ctrl+g", "f5", "f7", "ctrl+e"):
        async with running(tmp_path / key, sample()) as (pilot, screen):
            await pilot.press("f5", "up", "up", "up", "f2", *"Name", key)
            await settle(pilot)
            assert screen.desk.workbook.undo_label.startswith("change "), key
            assert not isinstance(pilot.app.screen, MapScreen), key


async def test_what_is_typed_for_a_vote_is_there_again_after_a_glance_at_the_map(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, "f7", "ctrl+n", "enter", *"a04")
        vote = pilot.app.screen
        assert isinstance(vote, VoteScreen)
        before = vote.held.line.text
        await press(pilot, "f5", "f7")
        assert vote.held.line.text == before == "a04"
        assert pilot.app.screen is vote
        assert screen in pilot.app.screen_stack


async def test_the_presenter_switches_to_map_and_votes_and_is_silent_about_the_rest(tmp_path: Path) -> None:
    async with running(tmp_path, sample()) as (pilot, screen):
        await press(pilot, "f6")
        shown = pilot.app.screen
        assert isinstance(shown, PresenterScreen)
        for key, view in (("f5", "map"), ("f7", "votes"), ("f5", "map")):
            await press(pilot, key)
            assert shown.view == view
        before = words(shown.line)
        await press(pilot, "ctrl+g", "ctrl+pagedown", "ctrl+pageup", "ctrl+e")
        assert shown.view == "map"
        assert words(shown.line) == before
        assert pilot.app.screen is shown
        assert screen.desk.step.number == 1


async def test_a_letter_does_the_same_with_caps_lock(tmp_path: Path) -> None:
    async with running(tmp_path, voting(sample())) as (pilot, screen):
        await press(pilot, "f6", "B")
        assert isinstance(pilot.app.screen.query_one(PresentedBoard).state, Blank)
        await press(pilot, "escape", "f5", "L")
        assert over(pilot, screen) == [MapScreen, LanesDialog]
        await press(pilot, "escape", "escape", "ctrl+t", "M")
        assert words(pilot.app.screen.query_one("#title")).startswith("Start and end")
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is screen
