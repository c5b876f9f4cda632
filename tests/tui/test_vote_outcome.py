"""What follows on a vote by keys: ties, moments, and that something is missing when it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_vote_screen import board, dots, foot, fourteen, press
from test_workshop_screen import running, words

from cjworkshop.domain.commands import SetCells
from cjworkshop.method.employee_workshop import Touchpoint, VoteRound

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.tui.screens.workshop import WorkshopScreen


def moments(screen: WorkshopScreen) -> dict[str, str]:
    """Code → moment, of the touchpoints that have one."""
    return {row.code: row.moment for row in screen.desk.session.rows(Touchpoint) if row.moment}


async def test_a_tie_is_broken_by_a_dot_a_person_and_offered_only_while_there_is_one(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a2x8 a3x7 a4x7 a5x2 a6x2", "enter")
        assert "^B break" not in foot(pilot)
        await press(pilot, "ctrl+r", "escape", "f7")
        assert "^B break A03 = A04" in foot(pilot)
        await press(pilot, "ctrl+b")
        further = screen.desk.session.rows(VoteRound)[-1]
        assert (further.voters, further.dots_each) == (12, 1)
        await press(pilot, "left", "ctrl+b")
        assert len(screen.desk.session.rows(VoteRound)) == 2
        assert "A03 or A04?" in board(pilot)
        await press(pilot, "a3x7 a4x5", "enter", "ctrl+l", "left")
        assert "^L close" in foot(pilot)
        assert "^B break" not in foot(pilot)
        await press(pilot, "ctrl+b")
        assert "No tie is left about the first places." in foot(pilot)
        await press(pilot, "home", "down", "down", "down", "down", "x", "backspace")
        assert "^L close" in foot(pilot)
        assert "^B break" not in foot(pilot)
        await press(pilot, "ctrl+b")
        assert screen.desk.session.rows(VoteRound)[-1].title == "A05 or A06?"


async def test_ending_before_all_has_come_in_is_said(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9", "enter", "ctrl+r", "ctrl+r")
        assert "Revealed: 39 of 48 dots are free." in foot(pilot)
        await press(pilot, "ctrl+l")
        assert "Closed: 39 of 48 dots are free." in foot(pilot)
        await press(pilot, "ctrl+l")
        assert "dots are free" not in foot(pilot)
        await press(pilot, "a2x39", "enter", "ctrl+r")
        assert "Revealed" not in foot(pilot)
        await press(pilot, "ctrl+n", *["tab"] * 5, "down", "down", "enter", "A04 A08 A08", "enter", *["ctrl+r"] * 2)
        assert "Revealed: 1 of 12 ballots is in, 45 of 48 dots are free." in foot(pilot)
        assert dots(screen) == {"A04": 1, "A08": 2}


async def test_a_round_without_dots_takes_nothing_from_the_grid_and_is_not_revealed_by_one_key(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a4x15", "enter", "ctrl+r", "ctrl+n", "Again", "enter")
        await press(pilot, "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[-1].state == "collecting"
        assert "No dots are given yet: Ctrl+R again reveals all the same." in foot(pilot)
        await press(pilot, "a1x99", "enter", "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[-1].state == "collecting"
        assert "No dots are given, and this line was not taken: Ctrl+R again reveals." in foot(pilot)
        await press(pilot, "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[-1].state == "revealed"
        assert "Revealed: 48 of 48 dots are free." in foot(pilot)
        await press(pilot, "home", "escape", "ctrl+g")
        assert re.findall(r"(A\d\d) ●(\d+) ", words(screen.grid)) == [("A01", "9"), ("A04", "15")]


async def test_with_less_than_half_of_the_dots_revealing_asks_first(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x23", "enter", "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[0].state == "collecting"
        assert "Only 23 of 48 dots are given: Ctrl+R again reveals all the same." in foot(pilot)
        await press(pilot, "x", "ctrl+r")
        assert "Only 23 of 48 dots are given, and this line was not taken: Ctrl+R again reveals." in foot(pilot)
        await press(pilot, "escape", "a2x1", "enter", "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[0].state == "revealed"
        assert "Revealed: 24 of 48 dots are free." in foot(pilot)


async def test_the_leaders_are_marked_as_moments_by_one_key(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        screen.desk.do(SetCells("touchpoints", (("t2", "moment", "wow"),)))
        await press(pilot, "f7", "enter", "a1x9 a2x8 a3x7 a4x7 a5x2", "enter")
        assert "F4 mark moments" not in foot(pilot)
        await press(pilot, "f4")
        assert "No totals have been shown. Ctrl+R reveals them, then F4 marks who leads." in foot(pilot)
        await press(pilot, "ctrl+r", "f4")
        assert (
            "Marked as moment of truth: A01. Already a moment: A02. Tie A03 = A04 is open: Ctrl+B breaks it."
            in foot(pilot)
        )
        marked = "moment-of-truth"
        assert moments(screen) == {"A01": marked, "A02": "wow"}
        await press(pilot, "f4")
        assert "Tie A03 = A04 is open: Ctrl+B breaks it. Nothing was marked." in foot(pilot)
        await press(pilot, "ctrl+z")
        assert moments(screen) == {"A02": "wow"}
        await press(pilot, "ctrl+b", "a3x5 a4x7", "enter", "ctrl+l", "ctrl+p", "leaders as mom", "enter")
        assert moments(screen) == {"A01": marked, "A02": "wow", "A04": marked}
        await press(pilot, "f4")
        assert "Already moments: A01, A02, A04. Nothing was marked." in foot(pilot)


async def test_a_tie_within_the_first_three_keeps_nobody_from_being_marked(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(), size=(80, 24)) as (pilot, screen):
        await press(pilot, "f7", "enter", "a4x7 a7x7 a8x6 a1x5 a2x5", "enter", "ctrl+r", "escape", "f7")
        assert "A04 and A07 lead with 7 dots" in board(pilot)
        assert "^B break A04 = A07  F4 mark moments" in foot(pilot)
        await press(pilot, "f4")
        assert "Marked as moment of truth: A04, A07, A08." in foot(pilot)
        assert list(moments(screen)) == ["A04", "A07", "A08"]
        await press(pilot, "ctrl+b", "a4x4 a7x8", "enter", "ctrl+l", "f4")
        assert "Already moments: A07, A04, A08. Nothing was marked." in foot(pilot)


async def test_of_a_tie_of_more_than_three_for_the_lead_nobody_is_marked(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(), size=(80, 24)) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a2x9 a3x9 a4x9", "enter", "ctrl+r", "f4")
        assert "Tie A01 = A02 = A03 = A04 is open: Ctrl+B breaks it. Nothing was marked." in foot(pilot)
        assert moments(screen) == {}


async def test_what_a_further_round_gave_no_dots_is_an_open_tie_that_can_be_broken(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a2x7 a3x7 a4x7 a5x7", "enter", "ctrl+r")
        await press(pilot, "ctrl+b", "a3x12", "enter", "ctrl+l", "f4")
        assert "Marked as moment of truth: A01, A03. Tie A02 = A04 = A05 is open: Ctrl+B breaks it." in foot(pilot)
        await press(pilot, "ctrl+b", "a5x7 a2x5", "enter", "ctrl+l", "f4")
        assert "Marked as moment of truth: A05. Already moments: A01, A03." in foot(pilot)
        assert screen.desk.session.rows(VoteRound)[-1].title == "A02, A04 or A05?"


async def test_a_tie_that_a_further_round_left_is_open_there(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a2x7 a3x7 a4x7", "enter", "ctrl+r")
        await press(pilot, "ctrl+b", "a3x5 a2x2 a4x2", "enter", "ctrl+l", "f4")
        assert "Marked as moment of truth: A01, A03. Tie A02 = A04 is open: Ctrl+B breaks it." in foot(pilot)
        await press(pilot, "left", "f4")
        assert "Tie A02 = A04 is open: Ctrl+B in its round breaks it. Nothing was marked." in foot(pilot)
        await press(pilot, "right", "ctrl+b")
        assert screen.desk.session.rows(VoteRound)[-1].title == "A02 or A04?"


async def test_a_tie_for_the_lead_is_decided_by_rounds_and_both_are_marked_in_their_order(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a4x9 a6x9 a14x7", "enter", "ctrl+r", "escape", "f7")
        assert "F4 mark moments" in foot(pilot)
        await press(pilot, "ctrl+b")
        assert "F4 mark moments" not in foot(pilot)
        await press(pilot, "a4x6 a6x6", "enter", "f4")
        assert "No totals have been shown" in foot(pilot)
        assert moments(screen) == {}
        await press(pilot, "ctrl+l", "ctrl+b", "a6x7 a4x5", "enter", "ctrl+l", "f4")
        assert "Marked as moment of truth: A06, A04, A14." in foot(pilot)
        assert set(moments(screen)) == {"A04", "A06", "A14"}
        await press(pilot, "left", "left")
        assert "A04 and A06 lead with 9 dots, then A06" in board(pilot)
        screen.desk.do(SetCells("touchpoints", (("t6", "moment", ""),)))
        await press(pilot, "f4")
        assert "Marked as moment of truth: A06. Already moments: A04, A14." in foot(pilot)


async def test_who_lost_the_tie_about_the_third_place_is_not_marked(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a4x9 a6x8 a1x5 a14x5", "enter", "ctrl+r")
        await press(pilot, "ctrl+b", "a14x7 a1x5", "enter", "ctrl+l", "f4")
        assert set(moments(screen)) == {"A04", "A06", "A14"}


@pytest.mark.parametrize(
    ("given", "walk", "named", "title"),
    [
        ("a4x7 a7x7 a8x6 a6x3 a9x3", [], "A04 = A07", "A04 or A07?"),
        ("a1x9 a2x8 a3x7 a5x7 a6x4 a7x4", [], "A03 = A05", "A03 or A05?"),
        ("a1x9 a2x9 a3x7 a4x7 a5x2 a6x2", [], "A03 = A04", "A03 or A04?"),
        ("a1x9 a2x9 a3x7 a4x7 a5x2 a6x2", ["home"], "A01 = A02", "A01 or A02?"),
        ("a4x9 a5x9 a6x9 a7x9 a8x2 a9x2", [], "A04 = A05 +2", "A04, A05, A06 or A07?"),
    ],
)
async def test_the_tie_that_matters_is_broken_first_wherever_the_cursor_is(
    tmp_path: Path, given: str, walk: list[str], named: str, title: str
) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", given, "enter", "ctrl+r", *walk, "x", "backspace")
        assert f"^B break {named} " in foot(pilot)
        await press(pilot, "ctrl+b")
        assert screen.desk.session.rows(VoteRound)[-1].title == title


async def test_ties_without_room_are_counted(tmp_path: Path) -> None:
    line = "a1x9 a2x5 a3x5 a4x3 a5x3 a6x3 a7x2 a8x2 a9x1 a10x1"
    async with running(tmp_path, fourteen(), size=(80, 24)) as (pilot, _):
        await press(pilot, "f7", "enter", line, "enter", "ctrl+l")
        shown = next(row for row in words(pilot.app.screen.query_one("#ballot")).split("\n") if "leads with" in row)
        assert "  tie A02 = A03  +3 ties" in shown
        assert "…" not in shown
        await pilot.resize_terminal(160, 40)
        assert "tie A02 = A03  tie A04 = A05 = A06  tie A07 = A08  tie A09 = A10" in board(pilot)
