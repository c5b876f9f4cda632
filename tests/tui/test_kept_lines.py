"""What is typed and not entered on the screens over the tables is there again: after Esc, after leaving, after a crash."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from test_score_screen import given
from test_score_screen import opened as scores_opened
from test_vote_screen import board_of, dots, foot, fourteen, press
from test_workshop_screen import running

from cjworkshop.domain.commands import RemoveRows, SetCells
from cjworkshop.storage.open_session import KeptLine
from cjworkshop.tui.screens.listed import ListedScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.tui.screens.workshop import WorkshopScreen


def line(pilot: Pilot[int]) -> str:
    """What stands in the line of the list on the screen."""
    screen = pilot.app.screen
    assert isinstance(screen, ListedScreen)
    return screen.held.line.text


@asynccontextmanager
async def voting(folder: Path, people: int = 0) -> AsyncIterator[tuple[Pilot[int], WorkshopScreen]]:
    """The vote screen in a round."""
    async with running(folder, fourteen(people)) as (pilot, screen):
        await press(pilot, "f7", "enter")
        yield pilot, screen


@pytest.mark.parametrize("way_out", [["escape", "escape"], ["ctrl+g"], ["ctrl+pagedown", "escape"], ["f7", "f7"]])
async def test_a_vote_line_is_there_again_however_the_screen_was_left(tmp_path: Path, way_out: list[str]) -> None:
    async with voting(tmp_path) as (pilot, screen):
        await press(pilot, "down", "A04x9 a8")
        await pilot.press(*way_out)
        assert pilot.app.screen is screen
        await press(pilot, "f7")
        assert line(pilot) == "A04x9 a8"
        assert "What you typed is here again" in foot(pilot)
        assert dots(screen) == {}
        await press(pilot, "x7", "enter")
        assert dots(screen) == {"A04": 9, "A08": 7}
        await press(pilot, "escape", "f7")
        assert line(pilot) == ""
        assert "here again" not in foot(pilot)


async def test_a_line_that_is_erased_is_over(tmp_path: Path) -> None:
    async with voting(tmp_path) as (pilot, screen):
        await press(pilot, "A4", "escape", "escape", "f7", "backspace", "backspace", "escape")
        assert pilot.app.screen is screen
        await press(pilot, "f7")
        assert line(pilot) == ""
        assert screen.desk.opened.lines == {}


async def test_a_number_comes_back_for_its_item_and_is_given_to_none_by_walking(tmp_path: Path) -> None:
    async with voting(tmp_path) as (pilot, screen):
        await press(pilot, "down", "down", "7", "escape", "escape", "f7")
        assert "A03 → 7" in board_of(pilot)
        await press(pilot, "down", "up", "up", "down")
        assert dots(screen) == {}
        await press(pilot, "enter")
        assert dots(screen) == {"A03": 7}


async def test_a_ballot_comes_back_for_its_person_in_its_round(tmp_path: Path) -> None:
    async with voting(tmp_path, people=3) as (pilot, screen):
        (vote_round,) = screen.desk.session["vote_rounds"]
        screen.desk.do(SetCells("vote_rounds", ((vote_round.id, "mode", "person"),)))
        await press(pilot, "tab", "A1 A2", "ctrl+g", "f7")
        assert "Ben" in board_of(pilot)
        await press(pilot, "tab", "shift+tab")
        assert dots(screen) == {}
        await press(pilot, "enter")
        votes = screen.desk.session["votes"]
        assert [vote.who for vote in votes] == ["Ben", "Ben"]  # type: ignore[attr-defined]  # rows of one table


async def test_where_its_item_is_gone_the_line_says_so(tmp_path: Path) -> None:
    async with voting(tmp_path) as (pilot, screen):
        await press(pilot, "down", "7", "escape", "escape")
        screen.desk.do(RemoveRows("touchpoints", ("t2",)))
        await press(pilot, "f7")
        assert line(pilot) == "7"
        assert "what it was for is gone" in foot(pilot)


async def test_what_was_given_up_is_kept_until_something_else_is_typed(tmp_path: Path) -> None:
    async with voting(tmp_path) as (pilot, screen):
        await press(pilot, "A4x9", "escape")
        assert "Ctrl+Z brings it back" in foot(pilot)
        assert screen.desk.opened.lines["vote"].text == "A4x9"
        await press(pilot, "A5x")
        assert screen.desk.opened.lines["vote"].text == "A5x"


async def test_scores_are_there_again_at_their_touchpoint(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=5)) as (pilot, screen):
        await scores_opened(pilot)
        await press(pilot, "down", "453", "escape", "escape")
        assert pilot.app.screen is screen
        await scores_opened(pilot)
        assert line(pilot) == "453"
        await press(pilot, "2", "enter")
        assert given(screen) == {
            ("t2", who): score for who, score in zip(("Ann", "Ben", "Cleo", "Dan"), (4, 5, 3, 2), strict=True)
        }
        assert screen.desk.opened.lines == {}


async def test_a_session_says_what_was_being_typed_where(tmp_path: Path) -> None:
    async with voting(tmp_path) as (pilot, screen):
        await press(pilot, "A4x9", "ctrl+pagedown", "45", "escape", "escape")
        assert screen.desk.opened.lines == {
            "vote": KeptLine("A4x9", (screen.desk.session["vote_rounds"][0].id, "t1", "")),
            "scores": KeptLine("45", ("t1",)),
        }
        await pilot.press("ctrl+o")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.5)
        assert "What you were typing is kept: vote (F7), scores (Ctrl+P)." in foot(pilot)
        await press(pilot, "f7")
        assert line(pilot) == "A4x9"
