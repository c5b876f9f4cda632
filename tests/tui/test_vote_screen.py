"""Votes by keys: a round, what the room gives, ballots person by person, ties, undo."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import THREE_STAGES, running, settle, words
from textual import events

from cjworkshop.analysis.votes import counts
from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.text import clean_line
from cjworkshop.method.employee_workshop import Vote, VoteRound
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import begin
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.list_board import ListBoard
from cjworkshop.tui.widgets.map_editing import MapEditor
from cjworkshop.tui.widgets.rail import GoToCell
from cjworkshop.tui.widgets.vote_board import VoteBoard
from strategies import HOSTILE_TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.screens.workshop import WorkshopScreen

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
    pressed = [part for key in keys for part in ([key] if key in KEYS or key.startswith(("ctrl+", "shift+")) else key)]
    await pilot.press(*(CHARACTERS.get(part, part) for part in pressed))
    await settle(pilot)
    return len(pressed)


CHARACTERS = {" ": "space", "+": "plus", "-": "minus", "@": "at", ";": "semicolon"}
KEYS = {
    "enter",
    "up",
    "down",
    "left",
    "right",
    "tab",
    "escape",
    "home",
    "end",
    "f7",
    "f2",
    "f1",
    "f4",
    "backspace",
    "pagedown",
}


def dots(screen: WorkshopScreen, place: int = -1) -> dict[str, int]:
    """Code → dots in a round, of those that have any."""
    found = counts(screen.desk.session)[place]
    return {screen.desk.session.short_label(total.item): total.dots for total in found.totals}


def board(pilot: Pilot[int]) -> str:
    return words(pilot.app.screen.query_one(VoteBoard))


def board_of(pilot: Pilot[int]) -> str:
    """What stands on the board of whatever list is on the screen."""
    return words(pilot.app.screen.query_one(ListBoard))


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


async def test_what_the_room_gave_stands_in_the_grid_and_on_the_map_once_it_is_revealed(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a4x15", "enter", "home", "ctrl+g")
        assert "●" not in words(screen.grid), "totals are hidden until they are revealed"
        await press(pilot, "f7", "ctrl+r", "home", "ctrl+g")
        shown = words(screen.grid)
        assert re.findall(r"(A\d\d) ●(\d+) ", shown) == [("A01", "9"), ("A04", "15")]
        await pilot.press("f5")
        await settle(pilot)
        (lane,) = (line for line in words(pilot.app.screen.query_one(MapEditor)).splitlines() if "Votes" in line)
        assert re.findall(r"● (\d+)", lane) == ["9", "15"]


async def test_a_digit_can_begin_a_line_or_be_for_the_item_under_the_cursor(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "down", "7 A14", "enter")
        assert dots(screen) == {"A14": 7}
        await press(pilot, "home", "down", "1")
        assert "A02 → 1, 40 free" in board(pilot)
        assert re.search(r"A02  Register +1 ", board(pilot))
        assert dots(screen) == {"A14": 7}
        await press(pilot, "2", "down", "3", "up")
        assert dots(screen) == {"A02": 12, "A03": 3, "A14": 7}
        await press(pilot, "ctrl+g")
        assert screen is pilot.app.screen
        assert (screen.desk.table, screen.grid.row_id) == ("touchpoints", "t2")


async def test_enter_on_an_empty_line_stays_and_says_what_can_be_typed(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "enter")
        assert "Type a number for the marked item, or A01x7 A02x2. ^G opens the row." in foot(pilot)
        await press(pilot, "3", "enter")
        assert dots(screen) == {"A01": 3}
        assert "Enter take" in foot(pilot)
        await press(pilot, "ctrl+r", "ctrl+l", "enter")
        assert "No dots are taken now. ^G opens the row." in foot(pilot)
        assert pilot.app.screen is not screen


async def test_a_refused_line_is_replaced_by_what_is_typed_next_and_edited_by_other_keys(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "A03 A05", "enter")
        assert "How many dots does 'A03' get? Nothing taken. Type A03x7." in board(pilot)
        await press(pilot, "A01x3")
        assert "> A01x3 " in board(pilot)
        await press(pilot, "ctrl+z")
        assert "> A03 A05 " in board(pilot)
        await press(pilot, "enter", "home", "right", "right", "right", "x", "2", "end", "x", "4", "enter")
        assert dots(screen) == {"A03": 2, "A05": 4}
        await press(pilot, "A03", "enter", "backspace", "1x2", "enter")
        assert dots(screen) == {"A01": 2, "A03": 2, "A05": 4}


async def test_the_hint_names_this_rounds_own_items(tmp_path: Path) -> None:
    session = fourteen()
    pains = tuple(NewRow(f"pp{place}", {"pain": f"Pain {place}"}) for place in range(5))
    session = session.edited(AddRows("pains", pains).edits(session))
    rules = {"title": "Pains", "over": "pains", "voters": 3, "dots_each": 3, "state": "collecting"}
    session = session.edited(AddRows("vote_rounds", (NewRow("r", rules),)).edits(session))
    async with running(tmp_path, session) as (pilot, screen):
        await press(pilot, "f7")
        assert "PP01x7, or 7 PP01, or several" in board(pilot)
        assert "A14" not in board(pilot)
        screen.desk.do(SetCells("vote_rounds", (("r", "mode", "person"),)))
        await settle(pilot)
        assert "PP01 PP02 PP02, a dot each" in board(pilot)


async def test_plus_and_minus_count_on_the_item_and_are_signs_in_a_line(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "+", "+", "+", "-", "down", "-")
        assert dots(screen) == {"A01": 2}
        assert "A02 has no dots" in board(pilot)
        await press(pilot, "a1+5", "enter", "a1-1", "enter")
        assert dots(screen) == {"A01": 6}


async def test_a_line_over_the_budget_is_refused_whole_and_stays(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "A04x9 A08x25", "enter", "A01x5 A10x10", "enter")
        assert "1 over: 49 of 48 dots." in board(pilot)
        assert "> A01x5 A10x10" in board(pilot)
        assert dots(screen) == {"A04": 9, "A08": 25}
        await press(pilot, "backspace", "9", "backspace", "backspace", "9", "enter")
        assert sum(dots(screen).values()) == 48


async def test_undo_and_redo_on_the_screen(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "A04x9 A08x7", "enter", "A04x2", "enter", "ctrl+z")
        assert dots(screen) == {"A04": 9, "A08": 7}
        assert "Undid: dots on 1 item." in foot(pilot)
        await press(pilot, "ctrl+z")
        assert dots(screen) == {}
        await press(pilot, "ctrl+z")
        assert screen.desk.session.rows(VoteRound) == ()
        assert "Enter begins one over 14 touchpoints" in board(pilot)
        await press(pilot, "ctrl+y", "ctrl+y", "ctrl+y")
        assert dots(screen) == {"A04": 2, "A08": 7}


async def test_a_line_that_is_given_up_comes_back(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "A04x9", "escape")
        assert "A04x9" not in board(pilot)
        await press(pilot, "ctrl+z", "enter")
        assert dots(screen) == {"A04": 9}
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_ballots_come_in_hidden_and_are_revealed_in_one_go(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=3)) as (pilot, screen):
        await press(pilot, "f7", "ctrl+n", *["tab"] * 5, "down", "down", "enter")
        assert screen.desk.session.rows(VoteRound)[0].mode == "person"
        await press(pilot, "A04 A08 A08", "enter")
        assert "Ann  3 of 4 dots   1 of 3 voted" in board(pilot)
        await press(pilot, "tab")
        assert "Ben  0 of 4 dots" in board(pilot)
        assert "▮" not in board(pilot)
        await press(pilot, "A04x4", "enter")
        assert "4 dots on A04, and 3 is the most: Ben. Nothing taken." in board(pilot)
        await press(pilot, "backspace", "2", "tab")
        assert "Cleo  0 of 4 dots   2 of 3 voted" in board(pilot)
        await press(pilot, "@ben A01 A02", "enter")
        assert "Ben has voted already. Nothing taken. Enter again replaces A04 2." in board(pilot)
        assert dots(screen) == {"A04": 3, "A08": 2}
        await press(pilot, "enter")
        assert dots(screen) == {"A08": 2, "A01": 1, "A02": 1, "A04": 1}
        await press(pilot, "ctrl+r")
        assert "A08 leads with 2 dots" in board(pilot)
        assert {vote.who for vote in screen.desk.session.rows(Vote)} == {"Ann", "Ben"}
        await press(pilot, "A04", "enter")
        assert "is revealed" in board(pilot)


async def test_no_totals_before_they_are_revealed_where_nobody_is_named(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, _):
        await press(pilot, "f7", "ctrl+n", *["tab"] * 5, "down", "enter", "A04x9", "enter")
        assert "dots are hidden" in board(pilot)
        assert "▮" not in board(pilot)
        await press(pilot, "ctrl+r", "ctrl+r")
        assert "▮" * 9 in board(pilot)
        await press(pilot, "ctrl+d")
        assert "▮" not in board(pilot)


async def test_a_tie_is_named_and_broken_by_a_further_round(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x9 a2x8 a3x7 a4x7", "enter", "ctrl+b")
        assert "Dots are still coming in" in foot(pilot)
        await press(pilot, "ctrl+r")
        assert "A01 leads with 9 dots  tie about place 3: A03 = A04" in board(pilot)
        await press(pilot, "ctrl+b", "a3x2 a4x1", "enter", "a1x2", "enter")
        assert "A01 Search is not on this round's ballot" in board(pilot)
        assert dots(screen) == {"A03": 2, "A04": 1}
        further = screen.desk.session.rows(VoteRound)[-1]
        assert (further.title, further.ballot) == ("A03 or A04?", ("t3", "t4"))
        await press(pilot, "escape", "ctrl+l", "left")
        assert "tie about place 3: A03 = A04, then A03" in board(pilot)
        await press(pilot, "right")
        assert "A03 or A04?" in board(pilot)


async def test_it_opens_on_the_newest_round_that_is_open(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, _):
        await press(pilot, "f7", "enter", "ctrl+n", "Second", "enter", "ctrl+n", "Third", "enter", "ctrl+l", "f7", "f7")
        assert "Second   2 of 3" in board(pilot)


async def test_rules_are_asked_and_changed(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "ctrl+n", "Worst", "tab", "9", "tab", "x", "enter")
        assert "Dots each is not a number from 1 up: x" in words(pilot.app.screen.query_one("#fault"))
        await press(pilot, "2", "backspace", "backspace", "5", "enter")
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert (vote_round.title, vote_round.voters, vote_round.dots_each) == ("Worst", 9, 5)
        await press(pilot, "a1x40", "enter", "f2", "tab", "7", "enter")
        assert "40 dots are given already, and 7 × 5 = 35" in foot(pilot)
        await press(pilot, "f2", "tab", "8", "enter")
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert vote_round.voters == 8


async def test_an_item_that_goes_takes_its_dots_with_it_and_the_screen_says_so(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a4x9 a5x8", "enter")
        screen.desk.do(RemoveRows("touchpoints", ("t4",)))
        await settle(pilot)
        assert "9 dots went with it: “Vote on touchpoints” has 40 of 48 free." in foot(pilot)
        assert "Schedule" not in board(pilot)
        await press(pilot, "ctrl+z")
        assert dots(screen) == {"A04": 9, "A05": 8}
        await press(pilot, "end", "home", "down", "down", "down", "ctrl+g", "ctrl+delete")
        assert "9 dots went with it" in foot(pilot)
        assert pilot.app.screen is screen


async def test_nothing_to_vote_on(tmp_path: Path) -> None:
    session = fourteen().edited({"touchpoints": {f"t{place}": None for place in range(1, 15)}})
    async with running(tmp_path, session) as (pilot, screen):
        await press(pilot, "f7", "enter")
        assert "There is nothing to vote on yet" in board(pilot)
        assert screen.desk.session.rows(VoteRound) == ()
        await press(pilot, "f7")
        assert pilot.app.screen is screen


async def test_a_session_that_may_only_be_read_is_not_voted_on(tmp_path: Path) -> None:
    store = SessionStore(tmp_path, CATALOGUE)
    path = store.create(fourteen())
    app = WorkshopApp(store, Settings(), None)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.show_session(store.open_to_read(path))
        await settle(pilot)
        await press(pilot, "f7", "enter")
        assert "open for reading only" in foot(pilot)


async def test_every_key_of_a_burst_is_done_in_its_order(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        keys = ["f7", "enter", *"a4x9", "enter", *"7", "down", *"3", "enter", "plus", "ctrl+z", *"a9x2", "enter"]
        for key in keys:
            app_key(pilot, key)
        await settle(pilot)
        await settle(pilot)
        assert dots(screen) == {"A04": 7, "A05": 3, "A09": 2}


def app_key(pilot: Pilot[int], key: str) -> None:
    """A key that comes without waiting for what the last one did."""
    character = key if len(key) == 1 else {"plus": "+"}.get(key)
    pilot.app.post_message(events.Key(key, character))


async def test_names_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    cells = tuple((f"t{place}", "name", clean_line(text)) for place, text in enumerate(HOSTILE_TEXTS[:14], 1))
    session = fourteen()
    session = session.edited(SetCells("touchpoints", cells).edits(session))
    async with running(tmp_path, session) as (pilot, _):
        await press(pilot, "f7", "enter", "a1x9", "enter", "ctrl+r")
        shown = board(pilot)
        assert "A01 leads with 9 dots" in shown
        assert "[@click=app.quit]go[/]" in shown
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)


@pytest.mark.parametrize("size", [(20, 5), (200, 50)])
async def test_it_fits_any_size(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(), size=size) as (pilot, screen):
        await press(pilot, "f7", "enter", "a14x9", "enter", "a", *["right"] * 3)
        assert dots(screen) == {"A14": 9}
        assert all(len(line) <= size[0] for line in board(pilot).split("\n"))


async def test_in_the_table_a_vote_is_offered_the_ballot_of_its_round(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a2x3", "enter", "escape")
        (vote_round,) = screen.desk.session["vote_rounds"]
        (vote,) = screen.desk.session["votes"]
        screen.desk.do(SetCells("vote_rounds", ((vote_round.id, "ballot", ("t2", "t5")),)))
        screen.go_to_cell(GoToCell("votes", vote.id, "item"))
        await press(pilot, "f2", "down")
        shown = words(screen.grid)
        assert "A05 Remind" in shown
        assert "A01 Search" not in shown
