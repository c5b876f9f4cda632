"""Lines that are typed over the tables and not entered are there again when the program was killed."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, go_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from program import Program, Tables

    from terminal import Terminal

WIDE = (120, 36)
ENOUGH = 1.2
"""Seconds after the last key from which on what was typed is kept."""


@contextmanager
def killed(program: Program, path: Path, size: tuple[int, int] = (80, 24)) -> Iterator[Terminal]:
    """The program open, and killed behind the last key as soon as what was typed is to be kept."""
    with program.open(path, size) as terminal:
        yield terminal
        time.sleep(ENOUGH)
        terminal.kill()


def give_up(terminal: Terminal, how_back: str) -> None:
    """Leave what is typed; what is said then must tell how it comes back."""
    terminal.press("escape")
    terminal.wait(how_back)


def enter(terminal: Terminal, program: Program, path: Path, there: Callable[[Tables], bool]) -> Tables:
    """Press Enter, and wait until what is kept is such."""
    terminal.press("enter")
    return program.wait_tables(path, there)


def dots(tables: Tables) -> list[tuple[str, int]]:
    """The items that were voted for, and with how many dots."""
    return [(vote["item"], vote["dots"]) for vote in tables["votes"]]


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
    with killed(program, path) as terminal:
        begin_vote(terminal)
        terminal.type("A01x4 a3")
        terminal.wait("A01x4 a3")
        if closed:
            give_up(terminal, "Ctrl+Z brings it back")
    with program.open(path) as terminal:
        terminal.wait("What you were typing is kept: vote (F7).")
        terminal.press("f7")
        terminal.wait("A01x4 a3", "What you typed is here again")
        terminal.type("x2")
        tables = enter(terminal, program, path, lambda tables: len(tables.get("votes", [])) == 2)
        assert sorted(dots(tables)) == [("touchpoints1", 4), ("touchpoints3", 2)]
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with program.open(path) as terminal:
        assert "you were typing" not in terminal.text


def test_a_refused_line_is_still_replaced_by_what_is_typed_after_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with killed(program, path) as terminal:
        begin_vote(terminal)
        terminal.type("A01x999")
        terminal.press("enter")
        terminal.wait("Nothing taken.")
    with program.open(path) as terminal:
        terminal.press("f7")
        terminal.wait("Enter takes it, typing replaces it.", "Nothing taken.")
        terminal.type("A01x2")
        tables = enter(terminal, program, path, lambda tables: bool(tables.get("votes")))
        assert dots(tables) == [("touchpoints1", 2)]


def test_a_number_is_still_for_its_item_after_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with killed(program, path) as terminal:
        begin_vote(terminal)
        terminal.type("3")
        terminal.wait("A02 → 3")
    with program.open(path) as terminal:
        terminal.press("f7")
        terminal.wait("A02 → 3")
        tables = enter(terminal, program, path, lambda tables: bool(tables.get("votes")))
        assert dots(tables) == [("touchpoints2", 3)]


def test_scores_that_were_being_typed_outlive_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with killed(program, path) as terminal:
        go_to(terminal, "touchpoints")
        begin_vote(terminal)
        terminal.press("ctrl+pagedown")
        terminal.wait("How does it feel there?")
        terminal.press("down")
        terminal.type("45")
        terminal.wait("next: Person 3")
    with program.open(path) as terminal:
        terminal.wait("What you were typing is kept: scores (Ctrl+P).")
        terminal.press("f7", "ctrl+pagedown")
        terminal.wait("next: Person 3")
        tables = enter(terminal, program, path, lambda tables: len(tables.get("scores", [])) == 2)
        assert {(score["touchpoint"], score["emotion"]) for score in tables["scores"]} == {
            ("touchpoints2", 4),
            ("touchpoints2", 5),
        }


def test_what_was_given_up_on_the_map_outlives_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with killed(program, path, WIDE) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press("f5")
        terminal.wait("Evidence")
        terminal.press("home", "up", "f2", *" a seat")
        terminal.wait("Book a seat")
        terminal.press("escape")
        terminal.wait_without("Book a seat")
    with program.open(path, WIDE) as terminal:
        terminal.wait("What you were typing is kept: map (F5).")
        terminal.press("f5")
        terminal.wait("What you typed for A01 is kept: Ctrl+Z goes on with it.")
        terminal.press("ctrl+z")
        terminal.wait("Book a seat")
        enter(terminal, program, path, lambda tables: tables["touchpoints"][0]["name"] == "Book a seat")


@pytest.mark.parametrize("closed", [False, True], ids=["while typing", "after Esc"])
def test_the_words_of_a_note_outlive_a_kill(program: Program, closed: bool) -> None:
    path = program.keep(beginning())
    with killed(program, path) as terminal:
        terminal.press("ctrl+k")
        terminal.wait("Esc close")
        terminal.type("Wet")
        terminal.press("enter")
        terminal.wait("Captured: note.", SAVED)
        terminal.press("ctrl+r", "f2", "end")
        terminal.wait("read anew")
        terminal.type(" deck")
        terminal.wait("Wet deck")
        if closed:
            give_up(terminal, "F2 goes on with it")
    with program.open(path) as terminal:
        terminal.wait("What you were typing is kept: inbox (Ctrl+R).")
        terminal.press("ctrl+r")
        terminal.wait("F2 goes on with it")
        terminal.press("f2")
        terminal.wait("Wet deck")
        terminal.type("s")
        enter(terminal, program, path, lambda tables: tables["inbox"][0]["text"] == "Wet decks")
