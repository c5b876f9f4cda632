"""The terminal may become any size at any moment: nothing is lost, and what is too small says what it needs.

What stands on the screen after many sizes is what a fresh start draws at the same place.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, go_to

if TYPE_CHECKING:
    from program import Program

    from terminal import Terminal

SIZES = ((20, 5), (120, 36), (48, 12), (80, 24), (47, 24), (80, 11), (200, 50), (1, 1), (100, 30), (300, 6), (10, 90))


def settle(terminal: Terminal, size: tuple[int, int]) -> None:
    """Make the terminal this large and wait until the program has drawn itself in it."""
    terminal.resize(*size)
    small = size[0] < 48 or size[1] < 12
    if not small:
        terminal.wait(SAVED)
    elif size[0] >= 20 and size[1] >= 5:
        terminal.wait(lambda text: f"{size[0]}×{size[1]}" in text.replace("\n", " "))


def test_20x5_says_what_it_needs_and_loses_nothing(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", *"half a na")
        terminal.wait("half a na")
        terminal.resize(20, 5)
        terminal.wait(
            lambda text: "Too small: 20×5. cjworkshop needs 48×12. Nothing is lost." in " ".join(text.split())
        )
        terminal.press(*"me", "enter")
        program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == "half a name")
        terminal.resize(80, 24)
        terminal.wait("half a name", SAVED, "1 Discovery")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0


def test_it_starts_and_ends_in_20x5(program: Program) -> None:
    path = program.keep(beginning())
    with program.start("open", path.stem, size=(20, 5)) as terminal:
        terminal.wait(lambda text: "cjworkshop needs 48×12" in " ".join(text.split()))
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
        terminal.wait_restored()


@pytest.mark.parametrize("size", [(48, 12), (80, 24), (120, 36), (200, 60)])
def test_session_step_and_save_state_stand_in_the_first_line_at_every_size(
    program: Program, size: tuple[int, int]
) -> None:
    path = program.keep(beginning())
    with program.open(path, size) as terminal:
        first = terminal.lines[0]
        assert "Ferry" in first
        assert "Discovery" in first
        assert SAVED in first


def test_it_is_resized_at_any_moment(program: Program) -> None:
    path = program.keep(beginning())
    chance = random.Random(20)
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        typed = ""
        terminal.press("ctrl+home", "home", "right", "f2")
        for size in SIZES * 3:
            terminal.resize(*size)
            words = f"{chance.randrange(1000)} "
            typed += words
            terminal.type(words)
            if chance.random() < 0.3:
                settle(terminal, size)
        terminal.press("enter")
        terminal.resize(80, 24)
        terminal.wait(SAVED, "Touchpoints 3")
        program.wait_tables(path, lambda tables: tables["touchpoints"][0]["name"] == f"Book{typed}".strip())
        for size in SIZES:
            settle(terminal, size)
            terminal.press("ctrl+pagedown", "down", "right")
        settle(terminal, (80, 24))
        go_to(terminal, "touchpoints")
        terminal.press("ctrl+end", "home", "right")
        terminal.wait("3 of 3  col 2/17")
        left = terminal.lines[1:]
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with program.open(path) as terminal:
        terminal.wait(lambda text: text.split("\n")[1:] == left)


@pytest.mark.parametrize("keys", [("f1",), ("ctrl+p",), ("ctrl+e",), ("ctrl+g",), ("ctrl+home", "home", "enter")])
def test_a_dialog_is_resized_too(program: Program, keys: tuple[str, ...]) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press(*keys)
        for size in SIZES:
            terminal.resize(*size)
        terminal.resize(120, 36)
        terminal.press("escape")
        terminal.wait(SAVED, "Touchpoints 3", "ASK NOW")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0


def test_home_is_resized_too(program: Program) -> None:
    program.keep(beginning())
    with program.start() as terminal:
        terminal.wait("Ferry")
        for size in SIZES:
            terminal.resize(*size)
        terminal.resize(80, 24)
        terminal.wait("Ferry", "Type to search")
        terminal.press("enter")
        terminal.wait(SAVED)
