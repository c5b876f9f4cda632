"""Ballots person by person by keys: who is counted, whose line waits where, and that a refusal says what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_kept_lines import line
from test_presenting import shown
from test_vote_screen import board, dots, foot, fourteen, press
from test_workshop_screen import running, settle

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.method.employee_workshop import Vote, VoteRound
from cjworkshop.storage.open_session import KeptLine
from cjworkshop.tui.screens.vote import VoteScreen
from cjworkshop.tui.widgets.presented_board import Vote as VoteSlide

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.screens.workshop import WorkshopScreen

LONG = "Dale Brennick"


def five(voters: int = 3, each: int = 2, state: str = "collecting") -> Session:
    """Five people, and a round of fewer voters by its rules."""
    session = fourteen(people=5)
    rules = {"title": "First?", "over": "touchpoints", "voters": voters, "dots_each": each, "cap": 3, "mode": "person"}
    return session.edited(AddRows("vote_rounds", (NewRow("r", rules | {"state": state}),)).edits(session))


def shown_to_the_room(screen: WorkshopScreen, round_id: str = "r") -> VoteSlide:
    """The room's screen of the round."""
    seen = shown(screen.desk.session, "votes", round_id=round_id)
    assert isinstance(seen, VoteSlide)
    return seen


def ballots(screen: WorkshopScreen) -> dict[str, str]:
    """Who → the codes of the ballot, each as often as it has dots."""
    session = screen.desk.session
    found: dict[str, list[str]] = {}
    for vote in session.rows(Vote):
        found.setdefault(vote.who, []).extend([session.short_label(vote.item)] * (vote.dots or 0))
    return {who: " ".join(sorted(codes)) for who, codes in found.items()}


def selected(pilot: Pilot[int]) -> bool:
    """Whether the line is drawn as selected, so that typing replaces it."""
    screen = pilot.app.screen
    assert isinstance(screen, VoteScreen)
    return screen.vote.line.refused


async def test_a_round_has_the_voters_that_its_rules_say_on_both_screens(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7")
        assert "0 of 3 voted" in board(pilot)
        for voted in (1, 2, 3):
            await press(pilot, "a1 a2", "enter")
            assert f"{voted} of 3 voted" in board(pilot)
            assert f"{voted} of 3 have voted" in shown_to_the_room(screen).says
            await press(pilot, "tab")
        assert "Dan  0 of 2 dots   3 of 3 voted" in board(pilot)
        await press(pilot, "a4", "enter")
        assert "This is voter 4, and the rules say 3: F2 changes them. Nothing taken." in board(pilot)
        await press(pilot, "f2", "tab", "4", "enter")
        assert "voter 4" not in board(pilot)
        assert "A04 → 1, 1 free" in board(pilot)
        await press(pilot, "enter")
        assert dots(screen) == {"A01": 3, "A02": 3, "A04": 1}
        assert "4 of 4 voted" in board(pilot)
        await press(pilot, "f2", "tab", "3", "enter")
        assert "4 people voted already, and the rules would say 3. Type 4 or more." in foot(pilot)
        await press(pilot, "ctrl+r")
        assert "Revealed: 1 of 8 dots is free." in foot(pilot)


async def test_a_new_round_proposes_as_many_voters_as_people_attend(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=5)) as (pilot, screen):
        screen.desk.do(SetCells("people", (("pEva", "attends", False),)))
        await press(pilot, "f7", "ctrl+n", *["tab"] * 5, "down", "down", "enter")
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert (vote_round.mode, vote_round.voters) == ("person", 4)
        assert "0 of 4 voted" in board(pilot)


async def test_without_a_ballot_nothing_is_revealed_by_one_key(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7", "tab", "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[0].state == "collecting"
        assert "No dots are given yet: Ctrl+R again reveals all the same." in foot(pilot)
        await press(pilot, "a1", "ctrl+r")
        assert "No dots are given, and this line was not taken: Ctrl+R again reveals." in foot(pilot)
        await press(pilot, "enter", "ctrl+r", "ctrl+r")
        assert screen.desk.session.rows(VoteRound)[0].state == "revealed"


@pytest.mark.parametrize(("voters", "asked"), [(12, "Only 1 of 12 ballots is in"), (2, ""), (5, "")])
async def test_with_less_than_half_of_the_ballots_revealing_asks_first(tmp_path: Path, voters: int, asked: str) -> None:
    async with running(tmp_path, five(voters=voters, each=3)) as (pilot, screen):
        await press(pilot, "f7", "a1 a2 a3", "enter", *(["a1", "enter", "tab", "a2", "enter"] if voters == 5 else []))
        await press(pilot, "ctrl+r")
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert vote_round.state == ("collecting" if asked else "revealed")
        assert (f"{asked}: Ctrl+R again reveals all the same." in foot(pilot)) is bool(asked)
        assert shown_to_the_room(screen).items[0].dots is None or not asked
        await press(pilot, *["ctrl+r"] * bool(asked))
        assert screen.desk.session.rows(VoteRound)[0].state == "revealed"


async def test_a_refused_line_waits_for_its_person(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7", "a1x9", "enter")
        assert "9 dots on A01, and 3 is the most: Ann. Nothing taken." in board(pilot)
        await press(pilot, "tab")
        assert "Ben  0 of 2 dots" in board(pilot)
        assert line(pilot) == ""
        assert "What you typed for Ann was not taken, and is kept there." in foot(pilot)
        await press(pilot, "a2x2", "enter", "tab", "a3x8", "tab")
        assert "8 dots on A03" in board(pilot)
        await press(pilot, "tab", "shift+tab", "shift+tab", "shift+tab")
        assert "Ann  0 of 2 dots" in board(pilot)
        assert "9 dots on A01, and 3 is the most: Ann. Nothing taken." in board(pilot)
        assert (line(pilot), selected(pilot)) == ("a1x9", True)
        await press(pilot, "a1", "enter")
        assert dots(screen) == {"A02": 2, "A01": 1}
        await press(pilot, "tab", "tab")
        assert (line(pilot), selected(pilot)) == ("a3x8", True)


async def test_lines_that_wait_outlive_the_screen(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7", "a1x9", "enter", "tab", "a2x9", "enter", "escape", "escape")
        assert pilot.app.screen is screen
        assert screen.desk.opened.lines == {
            "vote r Ann": KeptLine("a1x9", ("r", "t1", "Ann"), refused=True),
            "vote": KeptLine("a2x9", ("r", "t1", "Ben"), refused=True),
        }
        await press(pilot, "f7")
        assert "Ben  0 of 2 dots" in board(pilot)
        assert "What you typed is here again: Enter takes it, typing replaces it." in foot(pilot)
        assert selected(pilot)
        await press(pilot, "shift+tab")
        assert (line(pilot), selected(pilot)) == ("a1x9", True)
        await press(pilot, *["backspace"] * 4, "escape", "f7", "tab")
        assert line(pilot) == "a2x9"
        await press(pilot, "ctrl+l", "escape", "escape", "f7")
        assert list(screen.desk.opened.lines) == ["vote"]


async def test_a_line_that_waits_alone_is_there_at_its_person(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, _):
        await press(pilot, "f7", "a1x9", "enter", "tab", "escape", "f7")
        assert (line(pilot), selected(pilot)) == ("a1x9", True)
        await press(pilot, "tab", "a3", "enter", "ctrl+l", "escape", "f7")
        assert line(pilot) == ""


async def test_what_was_given_up_comes_back_at_its_person(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, _):
        await press(pilot, "f7", "a1x9", "enter", "escape", "tab", "ctrl+z")
        assert "Ann  0 of 2 dots" in board(pilot)
        assert (line(pilot), selected(pilot)) == ("a1x9", True)


async def test_each_round_has_its_own_line(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x99", "enter", "ctrl+n", "Other", "enter")
        assert line(pilot) == ""
        await press(pilot, "a2x3", "enter", "left")
        assert (line(pilot), selected(pilot)) == ("a1x99", True)
        assert dots(screen) == {"A02": 3}


@pytest.mark.parametrize("way_back", [["ctrl+z"], ["escape", "f7"]])
async def test_a_refused_line_that_comes_back_is_replaced_by_what_is_typed(tmp_path: Path, way_back: list[str]) -> None:
    async with running(tmp_path, fourteen()) as (pilot, _):
        await press(pilot, "f7", "enter", "A01x99", "enter", "escape", *way_back)
        assert line(pilot) == "A01x99"
        assert "51 over: 99 of 48 dots. Nothing taken." in board(pilot)
        await press(pilot, "A01")
        assert line(pilot) == "A01"


@pytest.mark.parametrize("walk", [[], ["escape", "escape", "f7"], ["escape", "ctrl+z"]])
async def test_a_refused_line_that_would_be_taken_by_now_is_replaced_all_the_same(
    tmp_path: Path, walk: list[str]
) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "a1x40", "enter", "ctrl+n", "Other", "enter", "left")
        await press(pilot, "a7x20 a10x16", "enter", "escape", "escape")
        screen.desk.undo()
        (vote_round,) = screen.desk.session.rows(VoteRound)
        screen.desk.do(SetCells("vote_rounds", ((vote_round.id, "dots_each", 9),)))
        await press(pilot, "f7")
        assert "Enter takes it, typing replaces it." in foot(pilot)
        assert "A07 → 20, A10 → 16" in board(pilot)
        await press(pilot, *walk, "a7x8 a10x4")
        assert line(pilot) == "a7x8 a10x4"
        await press(pilot, "enter")
        assert dots(screen) == {"A01": 40, "A07": 8, "A10": 4}


async def test_what_was_typed_and_never_entered_goes_on(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, _):
        await press(pilot, "f7", "a1 ", "escape", "escape", "f7")
        assert "Enter takes it, typing goes on with it." in foot(pilot)
        await press(pilot, "a2")
        assert line(pilot) == "a1 a2"


async def test_of_a_line_that_waits_alone_it_is_said_what_typing_does(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, _):
        await press(pilot, "f7", "a1x9", "enter", "tab", "escape", "f7")
        assert "What you typed here is here again: Enter takes it, typing replaces it." in foot(pilot)
        await press(pilot, "left", "2", "escape", "escape", "f7")
        assert "What you typed is here again: Enter takes it, typing goes on with it." in foot(pilot)


async def test_a_refusal_is_told_as_long_as_it_is_true(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "enter", "ctrl+r", "ctrl+r", "A04x2", "enter")
        assert "The round is revealed. Nothing taken. Ctrl+R goes on collecting." in board(pilot)
        await press(pilot, "ctrl+r")
        assert "is revealed" not in board(pilot)
        assert "A04 → 2, 46 free" in board(pilot)
        assert selected(pilot)
        await press(pilot, "enter")
        assert dots(screen) == {"A04": 2}
        await press(pilot, "A05x48", "enter", "f2", "tab", "13", "enter")
        assert "Nothing taken" not in board(pilot)
        assert "A05 → 48, 2 free" in board(pilot)


async def test_a_number_that_was_refused_is_no_bar(tmp_path: Path) -> None:
    async with running(tmp_path, five(voters=5)) as (pilot, screen):
        await press(pilot, "f7", "3")
        assert re.search(r"A01  Search +3 .*▮▮▮", board(pilot))
        await press(pilot, "9", "enter")
        assert "▮" not in board(pilot)
        assert not re.search(r"A01  Search +39", board(pilot))
        await press(pilot, "down")
        assert "This number was not taken: Esc gives it up, another one replaces it." in foot(pilot)
        await press(pilot, "2", "down", "ctrl+r", "ctrl+r", "4")
        assert dots(screen) == {"A01": 2}
        assert not re.search(r"A02  Register +4", board(pilot))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a1x9", f"9 dots on A01, and 3 is the most: {LONG}. Nothing taken."),
        ("a1x2 a2", f"1 over: 3 of 2 dots by {LONG}. Nothing taken."),
        ("a99", "There is no touchpoint 'a99'. Nothing taken. Type a code or a name."),
        ("a1x2 a1x2", "A01 is there twice. Nothing taken. Give its dots once."),
        ("a1xtwo", "'two' is not a number of dots. Nothing taken. Type it as a1x7."),
        ("See x2", "'See' could be A13 See the nurse, A14 See the doctor. Nothing taken."),
        ("@zoe a1", "Nobody here is called 'zoe'. Nothing taken. Type a name or a code."),
        ("a1-1", "A01 has no dots to take away. Nothing taken."),
        ("@ben a1", "Ben has voted already. Nothing taken. Enter again replaces A02 2."),
    ],
)
async def test_a_refusal_is_whole_on_a_narrow_screen(tmp_path: Path, typed: str, sentence: str) -> None:
    async with running(tmp_path, five(), size=(80, 24)) as (pilot, screen):
        screen.desk.do(SetCells("people", (("pAnn", "name", LONG),)))
        await press(pilot, "f7", "@ben a2x2", "enter", "shift+tab", typed, "enter")
        assert sentence in board(pilot)


async def test_a_round_can_be_prepared_and_begun_later(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=3)) as (pilot, screen):
        await press(pilot, "f7", "ctrl+n", "Later", "ctrl+l")
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert (vote_round.title, vote_round.state) == ("Later", "draft")
        assert "draft  Enter begins it" in board(pilot)
        assert "Enter begin" in foot(pilot)
        assert "reveal" not in foot(pilot)
        assert "F2 rules" in foot(pilot)
        await press(pilot, "+", "a1x2", "enter")
        assert "The round is a draft. Nothing taken. Ctrl+R begins it." in board(pilot)
        await press(pilot, "ctrl+l")
        assert "The round is a draft: it cannot become closed from there. Ctrl+R begins it." in foot(pilot)
        assert dots(screen) == {}
        await press(pilot, "ctrl+r", "enter")
        assert dots(screen) == {"A01": 2}
        await press(pilot, "ctrl+z", "ctrl+z")
        assert screen.desk.session.rows(VoteRound)[0].state == "draft"
        await press(pilot, "f2", "tab", "9", "ctrl+l", "enter", "enter")
        (vote_round,) = screen.desk.session.rows(VoteRound)
        assert (vote_round.voters, vote_round.state) == (9, "collecting")


async def test_a_round_that_collects_comes_before_one_that_is_prepared(tmp_path: Path) -> None:
    async with running(tmp_path, five(state="draft")) as (pilot, screen):
        assert shown_to_the_room(screen).says.endswith("not begun")
        await press(pilot, "f7")
        assert "Ann" not in board(pilot)
        await press(pilot, "ctrl+n", "Now", "enter", "ctrl+n", "Then", "ctrl+l", "escape", "f7")
        assert "Now   2 of 3" in board(pilot)
        assert shown_to_the_room(screen, "").title == "Now"
        await press(pilot, "ctrl+l", "escape", "f7")
        await settle(pilot)
        assert "Then   3 of 3" in board(pilot)


async def test_behind_a_full_ballot_the_next_line_is_for_the_next_person(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7", "a1 a2", "enter")
        assert "Ann  2 of 2 dots   1 of 3 voted" in board(pilot)
        assert "Full: the next line goes to Ben; A01-1 takes a dot back" in board(pilot)
        await press(pilot, "a1x2")
        assert "Ben: A01 → 2, 2 free" in board(pilot)
        await press(pilot, "enter")
        assert "Ben  2 of 2 dots   2 of 3 voted" in board(pilot)
        await press(pilot, "shift+tab", "a3 a3", "enter")
        assert "Cleo  2 of 2 dots   3 of 3 voted" in board(pilot)
        assert ballots(screen) == {"Ann": "A01 A02", "Ben": "A01 A01", "Cleo": "A03 A03"}
        await press(pilot, "a4", "enter")
        assert "1 over: 3 of 2 dots by Cleo. Nothing taken." in board(pilot)


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("a1-1 a3", "A02 A03"),
        ("a1x0 a3x1", "A02 A03"),
        ("a2x0", "A01"),
        ("@ann a5 a6|enter", "A05 A06"),
    ],
)
async def test_a_line_that_takes_dots_back_is_for_the_full_ballot_itself(
    tmp_path: Path, typed: str, after: str
) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7", "a1 a2", "enter", *typed.split("|"), "enter")
        assert ballots(screen) == {"Ann": after}
        assert "Ann  " in board(pilot)


async def test_a_number_is_for_the_full_ballot_only_where_it_takes_dots_back(tmp_path: Path) -> None:
    async with running(tmp_path, five()) as (pilot, screen):
        await press(pilot, "f7", "2", "enter", "home", "1", "enter")
        assert ballots(screen) == {"Ann": "A01"}
        await press(pilot, "1", "enter", "home", "1", "down")
        assert ballots(screen) == {"Ann": "A01 A02", "Ben": "A01"}


async def test_a_line_refused_behind_a_full_ballot_waits_at_the_next_and_none_goes_where_one_waits(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, five(voters=5)) as (pilot, screen):
        await press(pilot, "f7", "a1 a2", "enter", "a3x9", "enter")
        assert "Ben  0 of 2 dots" in board(pilot)
        assert "9 dots on A03, and 3 is the most: Ben. Nothing taken." in board(pilot)
        await press(pilot, "shift+tab")
        assert "the next line goes to Cleo" in board(pilot)
        await press(pilot, "a4 a5", "tab")
        assert ballots(screen) == {"Ann": "A01 A02", "Cleo": "A04 A05"}
        assert "Dan  0 of 2 dots" in board(pilot)
        await press(pilot, "shift+tab", "shift+tab")
        assert (line(pilot), selected(pilot)) == ("a3x9", True)


async def test_ballots_are_typed_one_behind_the_other_and_taken_back_by_undo(tmp_path: Path) -> None:
    async with running(tmp_path, five(), size=(80, 24)) as (pilot, screen):
        screen.desk.do(SetCells("vote_rounds", (("r", "anonymous", True),)))
        await press(pilot, "f7", "a1 a2", "enter", "a1 a3", "enter", "a14 a2", "enter")
        assert ballots(screen) == {"Ballot 1": "A01 A02", "Ballot 2": "A01 A03", "Ballot 3": "A02 A14"}
        await press(pilot, "ctrl+z")
        assert "Ballot 3  0 of 2 dots   2 of 3 voted" in board(pilot)
        await press(pilot, "shift+tab")
        assert "Full: the next line goes to Ballot 3; A01-1 takes a dot back" in board(pilot)
