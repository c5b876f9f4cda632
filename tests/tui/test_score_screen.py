"""Scores by keys: a digit a person in turn, and what they come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_vote_screen import board_of, foot, fourteen, press
from test_workshop_screen import running

from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.method.employee_workshop import Score, Touchpoint
from cjworkshop.tui.screens.score import ScoreScreen
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.screens.workshop import WorkshopScreen

OPEN = ("ctrl+p", "score touch", "enter")


def given(screen: WorkshopScreen) -> dict[tuple[str, str], int | None]:
    return {(score.touchpoint, score.who): score.emotion for score in screen.desk.session.rows(Score)}


async def opened(pilot: Pilot[int]) -> None:
    await press(pilot, *OPEN)
    assert isinstance(pilot.app.screen, ScoreScreen)


async def test_a_digit_a_person_in_turn_and_on_to_the_next(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=5)) as (pilot, screen):
        await opened(pilot)
        assert "In turn: Ann, Ben, Cleo, Dan, Eva" in board_of(pilot)
        await press(pilot, "45")
        assert "Ben 5   next: Cleo" in board_of(pilot)
        await press(pilot, "324", "enter", "3 - 4", "enter")
        assert given(screen) == {
            **{
                ("t1", who): score
                for who, score in zip(("Ann", "Ben", "Cleo", "Dan", "Eva"), (4, 5, 3, 2, 4), strict=True)
            },
            ("t2", "Ann"): 3,
            ("t2", "Cleo"): 4,
        }
        shown = board_of(pilot)
        assert re.search(r"A01  Search .*45324 +3\.6 +1\.1 +5 +discuss", shown)
        assert re.search(r"A02  Register .*3·4·· +3\.5 +0\.7 +2 *$", shown, re.MULTILINE)
        assert "2 of 14 touchpoints scored   discuss A01" in shown


async def test_a_score_is_changed_removed_and_undone(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=2)) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "45", "enter", "up", "2-", "enter")
        assert given(screen) == {("t1", "Ann"): 2}
        await press(pilot, "ctrl+z")
        assert "Undid: scores of A01." in foot(pilot)
        assert given(screen) == {("t1", "Ann"): 4, ("t1", "Ben"): 5}
        await press(pilot, "4x", "enter")
        assert "'x' is not a score. Nothing taken. Type 1 to 5 for each person" in board_of(pilot)
        await press(pilot, "backspace", "6", "enter")
        assert "'6' is not a score" in board_of(pilot)
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is screen


async def test_people_are_numbered_where_nobody_is_listed(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "453", "enter")
        assert given(screen) == {("t1", "Person 1"): 4, ("t1", "Person 2"): 5, ("t1", "Person 3"): 3}


async def test_twelve_without_names_are_told_without_a_list_of_numbers(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(), size=(80, 24)) as (pilot, _):
        await opened(pilot)
        await press(pilot, "453245324532", "enter")
        assert "A digit a person, always in the same order" in board_of(pilot)
        assert "Person 1" not in board_of(pilot)
        await press(pilot, "453")
        assert "Person 3: 3   next: Person 4" in board_of(pilot)


async def test_names_that_find_no_room_are_counted(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=5), size=(30, 24)) as (pilot, _):
        await opened(pilot)
        assert "In turn: Ann, Ben and 3 more " in board_of(pilot)


async def test_enter_on_an_empty_line_stays_and_another_key_opens_the_row(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "enter")
        assert "Type 45324, a digit a person." in foot(pilot)
        await press(pilot, "45", "enter")
        assert set(given(screen)) == {("t1", "Person 1"), ("t1", "Person 2")}
        await press(pilot, "ctrl+g")
        assert pilot.app.screen is screen
        assert (screen.desk.table, screen.grid.row_id) == ("touchpoints", "t2")


async def test_votes_and_scores_are_a_key_apart(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await press(pilot, "f7", "ctrl+pagedown", "45", "enter")
        assert isinstance(pilot.app.screen, ScoreScreen)
        assert len(given(screen)) == 2
        await press(pilot, "ctrl+pageup", "enter", "a1x3", "enter")
        assert len(screen.desk.session["votes"]) == 1
        await press(pilot, "escape")
        shown: object = pilot.app.screen
        assert shown is screen


def twelve() -> Session:
    """Twelve people who attend."""
    session = fourteen()
    people = tuple(NewRow(f"p{place}", {"name": f"Guest {place}"}) for place in range(1, 13))
    return session.edited(AddRows("people", people).edits(session))


def scored(touchpoint: str, session: Session) -> Session:
    """The session with a score of one person there."""
    row = NewRow(f"s{touchpoint}", {"touchpoint": touchpoint, "who": "Ann", "emotion": 3})
    return session.edited(AddRows("scores", (row,)).edits(session))


@pytest.mark.parametrize("where", ["t1", "t8", "t14"])
async def test_it_opens_on_the_first_without_scores_wherever_the_grid_is(tmp_path: Path, where: str) -> None:
    async with running(tmp_path, scored("t1", fourteen(people=2))) as (pilot, screen):
        screen.go_to_cell(GoToCell("touchpoints", where, "name"))
        await opened(pilot)
        await press(pilot, "45", "enter", "33", "enter")
        assert {touchpoint for touchpoint, _ in given(screen)} == {"t1", "t2", "t3"}


async def test_after_the_last_it_goes_on_to_those_without_scores(tmp_path: Path) -> None:
    async with running(tmp_path, scored("t1", fourteen(people=2))) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "end", "45", "enter", "33", "enter")
        assert {touchpoint for touchpoint, _ in given(screen)} == {"t1", "t14", "t2"}
        assert "replaced" not in foot(pilot)


async def test_it_opens_where_the_grid_is_once_all_have_scores(tmp_path: Path) -> None:
    session = fourteen(people=1)
    for row in session["touchpoints"]:
        session = scored(row.id, session)
    async with running(tmp_path, session) as (pilot, screen):
        screen.go_to_cell(GoToCell("touchpoints", "t8", "name"))
        await opened(pilot)
        await press(pilot, "5", "enter")
        assert given(screen)["t8", "Ann"] == 5


async def test_scores_that_a_line_replaces_are_said_and_come_back(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=3)) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "end", "453", "enter", "end", "112", "enter")
        assert "A14: 3 scores replaced; Ctrl+Z brings them back." in foot(pilot)
        await press(pilot, "ctrl+z")
        assert given(screen) == {("t14", "Ann"): 4, ("t14", "Ben"): 5, ("t14", "Cleo"): 3}
        await press(pilot, "end", "4-1", "enter")
        assert "A14: 1 score replaced, 1 removed; Ctrl+Z brings them back." in foot(pilot)
        assert given(screen) == {("t14", "Ann"): 4, ("t14", "Cleo"): 1}
        await press(pilot, "end", "4", "enter")
        assert "A14: 1 score removed; Ctrl+Z brings it back." in foot(pilot)
        await press(pilot, "end", "4", "enter")
        assert "replaced" not in foot(pilot)
        assert "removed" not in foot(pilot)


async def test_a_digit_too_many_is_gone_when_the_right_line_is_typed(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen()) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "4532453245325", "enter", "up", "453245324532", "enter")
        assert "A01: 1 score removed; Ctrl+Z brings it back." in foot(pilot)
        assert re.search(r"A01  Search +453245324532 +3\.5 +1\.2 +12 ", board_of(pilot))
        assert len(given(screen)) == 12


async def test_more_scores_than_people_are_refused_whole(tmp_path: Path) -> None:
    async with running(tmp_path, twelve()) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "453245324532")
        assert "Guest 12 2   the last of 12" in board_of(pilot)
        await press(pilot, "45", "enter")
        assert "14 scores for 12 people: 2 too many. Nothing taken." in board_of(pilot)
        assert given(screen) == {}
        await press(pilot, "backspace", "enter")
        assert "13 scores for 12 people: 1 too many. Nothing taken." in board_of(pilot)
        await press(pilot, "backspace", "enter")
        assert len(given(screen)) == 12
        assert "In turn: Guest 1, Guest 2" in board_of(pilot)


async def test_more_scores_than_people_are_taken_where_that_is_asked_for_twice(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=1)) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "4532", "enter")
        assert "4 scores for 1 person: 3 too many. Nothing taken. Enter again takes all 4." in board_of(pilot)
        await press(pilot, "backspace", "enter")
        assert "3 scores for 1 person: 2 too many. Nothing taken. Enter again takes all 3." in board_of(pilot)
        assert given(screen) == {}
        await press(pilot, "enter")
        assert len(given(screen)) == 3
        await press(pilot, "453", "enter")
        assert len(given(screen)) == 6, "the room is known to be three by now"


def emotions(screen: WorkshopScreen) -> dict[str, int]:
    """Code → emotion, of the touchpoints that have one."""
    return {row.code: row.emotion for row in screen.desk.session.rows(Touchpoint) if row.emotion is not None}


async def test_the_means_become_the_emotions_of_the_map(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=2)) as (pilot, screen):
        await opened(pilot)
        assert "F4" not in foot(pilot)
        await press(pilot, "45", "enter", "23", "enter", "24", "enter", "11", "enter")
        assert "F4 set emotions" in foot(pilot)
        await press(pilot, "f4")
        assert "4 emotions set by the scores." in foot(pilot)
        assert emotions(screen) == {"A01": 5, "A02": 3, "A03": 3, "A04": 1}
        assert re.search(r"A02  Register +23 +2\.5 +0\.7 +2 +3 ", board_of(pilot))
        await press(pilot, "f4")
        assert "The emotions are the means of the scores already." in foot(pilot)
        await press(pilot, "ctrl+z")
        assert "Undid: 4 emotions from scores." in foot(pilot)
        assert emotions(screen) == {}
        assert len(given(screen)) == 8


async def test_other_emotions_are_replaced_only_when_that_is_asked_for_twice(tmp_path: Path) -> None:
    session = fourteen(people=2)
    cells = (("t1", "emotion", 2), ("t2", "emotion", 3), ("t3", "emotion", 1), ("t9", "emotion", 4))
    async with running(tmp_path, session.edited(SetCells("touchpoints", cells).edits(session))) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "45", "enter", "23", "enter", "24", "enter", "11", "enter", "f4")
        assert "1 emotion set by the scores. 2 have another emotion: F4 again replaces them." in foot(pilot)
        before = {"A01": 2, "A02": 3, "A03": 1, "A04": 1, "A09": 4}
        assert emotions(screen) == before
        await press(pilot, "4", "backspace", "f4")
        assert emotions(screen) == before, "something else was done since it was asked"
        assert "2 have another emotion: F4 again replaces them." in foot(pilot)
        await press(pilot, "f4")
        assert "2 emotions set by the scores." in foot(pilot)
        assert emotions(screen) == {**before, "A01": 5, "A03": 3}
        await press(pilot, "ctrl+z")
        assert emotions(screen) == before
        await press(pilot, "f4")
        assert emotions(screen) == before


async def test_what_is_no_score_yet_becomes_no_emotion(tmp_path: Path) -> None:
    async with running(tmp_path, fourteen(people=2)) as (pilot, screen):
        await opened(pilot)
        await press(pilot, "f4")
        assert "No scores yet. Type 45324, a digit a person, and Enter." in foot(pilot)
        await press(pilot, "45", "enter", "4", "f4")
        assert "This line was not taken. Enter takes it, then F4 sets the emotions." in foot(pilot)
        assert emotions(screen) == {}
