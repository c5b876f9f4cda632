"""Votes by keys: a round, what the room gives, ballots person by person, ties, undo."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from test_workshop_screen import THREE_STAGES, running, settle, words

from cjworkshop.analysis.votes import counts
from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows
from cjworkshop.domain.session import Session
from cjworkshop.method.employee_workshop import Touchpoint, Vote, VoteRound
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import begin
from cjworkshop.tui.screens.vote import VoteScreen
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.vote_board import VoteBoard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

NAMES = (
    "Search", "Register", "Call", "Schedule", "Remind", "Prepare", "Travel", "Park", "Greet", "Find the way", "Check in",
    "Wait", "See the nurse", "See the doctor",
)  # fmt: skip
GIVEN = (9, 0, 1, 8, 0, 2, 0, 7, 1, 3, 0, 6, 4, 7)
"""What the room gives to A01 … A14: all 48 dots of twelve people."""


def fourteen(people: int = 0) -> Session:
    ids = (f"n{number}" for number in count())
    session = begin(CATALOGUE, THREE_STAGES, {"name": "Vote"}, client="C", journey="I try", new_id=lambda: next(ids))
    rows = tuple(NewRow(f"t{place}", {"name": name}) for place, name in enumerate(NAMES, 1))
    session = session.edited(AddRows("touchpoints", rows).edits(session))
    names = ("Ann", "Ben", "Cleo", "Dan", "Eva")[:people]
    return session.edited(AddRows("people", tuple(NewRow(f"p{name}", {"name": name}) for name in names)).edits(session))


async def press(pilot: Pilot[int], *keys: str) -> int:
    """Press all of these at once, as somebody does who types fast; a text stands for its letters. Returns how many."""
    names = {" ": "space", "+": "plus", "-": "minus", "@": "at", ";": "semicolon"}
    pressed = [
        names.get(part, part)
        for key in keys
        for part in ([key] if key in KNOWN or "+" in key[1:] and key.startswith(("ctrl", "shift")) else key)
    ]
    await pilot.press(*pressed)
    await settle(pilot)
    return len(pressed)


KNOWN = {"enter", "up", "down", "left", "right", "tab", "escape", "home", "end", "f7", "f2", "backspace", "pagedown"}


def dots(screen: WorkshopScreen, place: int = -1) -> dict[str, int]:
    """Code → dots in a round, of those that have any."""
    found = counts(screen.desk.session)[place]
    return {screen.desk.session.short_label(total.item): total.dots for total in found.totals}


def board(pilot: Pilot[int]) -> str:
    return words(pilot.app.screen.query_one(VoteBoard))


def foot(pilot: Pilot[int]) -> str:
    return words(pilot.app.screen.query_one(Footer))


EXPECTED = {f"A{place:02}": number for place, number in enumerate(GIVEN, 1) if number}


async def test_a_vote_of_twelve_over_fourteen_items_takes_at_most_80_keys(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        pressed = await press(pilot, "f7", "enter")
        for number in GIVEN:
            pressed += await press(pilot, str(number), "enter") if number else await press(pilot, "down")
        pressed += await press(pilot, "ctrl+r", "ctrl+l")
        assert dots(screen) == EXPECTED
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert (vote_round.voters, vote_round.dots_each, vote_round.state) == (12, 4, "closed")
        assert pressed <= 40  # the bar is 80


async def test_a_vote_typed_in_one_line_takes_at_most_80_keys(tmp_path: Path) -> None:
    line = " ".join(f"a{int(code[1:])}x{number}" for code, number in EXPECTED.items())
    async with running(tmp_path, fourteen()) as (pilot, screen):
        pressed = await press(pilot, "f7", "enter", line, "enter", "ctrl+r", "ctrl+l")
        assert dots(screen) == EXPECTED
        assert pressed <= 80
