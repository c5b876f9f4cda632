"""Each kind of change by keys, taken back and done again by keys: at once, after a restart, and after kill -9."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from program import beginning, go_to, stock

if TYPE_CHECKING:
    from pathlib import Path

    from program import Program, Tables

    from terminal import Terminal

Keys = tuple[str, ...]

FIRST = ("ctrl+home", "home")
CHANGES: tuple[tuple[str, Keys, str], ...] = (
    ("touchpoints", (*FIRST, "tab", "f2", *" a seat", "enter"), "change Touchpoint"),
    ("touchpoints", (*FIRST, "right", "right", "right", "delete"), "clear Channel"),
    ("touchpoints", (*FIRST, *"Aft", "tab"), "change Stage"),
    ("touchpoints", (*FIRST, "ctrl+n", *"Pay", "tab"), "add 1 touchpoint"),
    ("touchpoints", (*FIRST, "ctrl+d"), "duplicate 1 touchpoint"),
    ("touchpoints", (*FIRST, "alt+down"), "move 1 touchpoint"),
    ("touchpoints", ("ctrl+end", "home", "tab", "ctrl+c", *FIRST, "tab", "ctrl+v"), "paste Touchpoint"),
    ("touchpoints", ("ctrl+end", "home", "left", "ctrl+c", "ctrl+v"), "paste 1 touchpoint"),
    ("touchpoints", ("ctrl+end", "home", "tab", "ctrl+x"), "cut Touchpoint"),
    ("touchpoints", (*FIRST, "left", "shift+down", "ctrl+x"), "remove 2 touchpoints with 1 pain"),
    ("pains", (*FIRST, "right", "right", "2"), "change Severity"),
    ("charter", (*FIRST, "down", "down", *"Why", "enter"), "change Problem"),
    ("stages", ("ctrl+end", "home", "ctrl+delete"), "remove 1 stage with 3 touchpoints and 1 pain"),
)
"""A table, what is pressed in it, and what undo calls it."""


def carry_out(program: Program, path: Path, terminal: Terminal) -> list[Tables]:
    """Make all changes, and give the tables as they were before, between and after them."""
    states = [program.tables(path)]
    for table, keys, _ in CHANGES:
        go_to(terminal, table)
        terminal.press(*keys)
        states.append(program.wait_tables(path, lambda tables: tables != states[-1]))
    return states


def take_back_and_do_again(program: Program, path: Path, terminal: Terminal, states: list[Tables]) -> None:
    """Undo everything, then redo everything; what is kept is what it was each time, and the screen says what."""
    for (_, _, label), state in zip(reversed(CHANGES), reversed(states[:-1]), strict=True):
        terminal.press("ctrl+z")
        terminal.wait(f"Undid: {label}.")
        program.wait_tables(path, state.__eq__)
    terminal.press("ctrl+z")
    terminal.wait("Nothing to undo.")
    for (_, _, label), state in zip(CHANGES, states[1:], strict=True):
        terminal.press("ctrl+y")
        terminal.wait(f"Did again: {label}.")
        program.wait_tables(path, state.__eq__)


def test_each_kind_of_change_is_taken_back_and_done_again(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        states = carry_out(program, path, terminal)
        take_back_and_do_again(program, path, terminal, states)
    assert all(before != after for before, after in pairwise(states))


def test_undo_goes_on_after_quitting(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        states = carry_out(program, path, terminal)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with program.open(path, (120, 36)) as terminal:
        take_back_and_do_again(program, path, terminal, states)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert stock(path)["touchpoints"] == states[-1]["touchpoints"]


def test_undo_goes_on_after_kill_9(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        states = carry_out(program, path, terminal)
        terminal.kill()
    with program.open(path) as terminal:
        take_back_and_do_again(program, path, terminal, states)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.press("ctrl+z")
        terminal.wait(f"Undid: {CHANGES[-1][2]}.")
        program.wait_tables(path, states[-2].__eq__)
