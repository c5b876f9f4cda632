"""Lines that are typed over the tables and not entered are there again when the program was killed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from program import beginning, go_to

if TYPE_CHECKING:
    from program import Program

    from terminal import Terminal

ENOUGH = 1.2
"""Seconds after the last key from which on what was typed is kept."""


def begin_vote(terminal: Terminal) -> None:
    """A round over the three touchpoints, and the cursor on the second."""
    terminal.press("f7")
    terminal.wait("Enter begins one over 3 touchpoints")
    terminal.press("enter")
    terminal.wait("a number alone is for the marked item")
    terminal.press("down")


@pytest.mark.parametrize("closed", [False, True], ids=["while typing", "after Esc"])
def test_a_line_of_the_vote_outlives_a_kill(program: Program, closed: bool) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        begin_vote(terminal)
        terminal.type("A01x4 a3")
        terminal.wait("A01x4 a3")
        if closed:
            terminal.press("escape")
            terminal.wait("Ctrl+Z brings it back")
        time.sleep(ENOUGH)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.wait("What you were typing is kept: vote (F7).")
        terminal.press("f7")
        terminal.wait("A01x4 a3", "What you typed is here again")
        terminal.type("x2")
        terminal.press("enter")
        tables = program.wait_tables(path, lambda tables: len(tables.get("votes", [])) == 2)
        assert {vote["item"]: vote["dots"] for vote in tables["votes"]} == {"touchpoints1": 4, "touchpoints3": 2}
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with program.open(path) as terminal:
        assert "you were typing" not in terminal.text


def test_a_number_is_still_for_its_item_after_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        begin_vote(terminal)
        terminal.type("3")
        terminal.wait("A02 → 3")
        time.sleep(ENOUGH)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.press("f7")
        terminal.wait("A02 → 3")
        terminal.press("enter")
        tables = program.wait_tables(path, lambda tables: bool(tables.get("votes")))
        assert [(vote["item"], vote["dots"]) for vote in tables["votes"]] == [("touchpoints2", 3)]


def test_scores_that_were_being_typed_outlive_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        begin_vote(terminal)
        terminal.press("ctrl+pagedown")
        terminal.wait("How does it feel there?")
        terminal.press("down")
        terminal.type("45")
        terminal.wait("next: Person 3")
        time.sleep(ENOUGH)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.wait("What you were typing is kept: scores (Ctrl+P).")
        terminal.press("f7", "ctrl+pagedown")
        terminal.wait("next: Person 3")
        terminal.press("enter")
        tables = program.wait_tables(path, lambda tables: len(tables.get("scores", [])) == 2)
        assert {(score["touchpoint"], score["emotion"]) for score in tables["scores"]} == {
            ("touchpoints2", 4),
            ("touchpoints2", 5),
        }
