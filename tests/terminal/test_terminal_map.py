"""The map in the real program: keys in one burst, and a kill in the middle of a word."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from program import beginning, go_to

from terminal import bytes_of

if TYPE_CHECKING:
    from program import Program


def burst(*keys: str) -> bytes:
    """What a fast typist, or a slow line, hands over at once."""
    return b"".join(bytes_of(key) for key in keys)


def test_keys_behind_f5_are_for_the_map_and_none_is_lost(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path, size=(120, 36)) as terminal:
        go_to(terminal, "touchpoints")
        keys = ("f5", "home", "4", "right", "2", "right", "5", "up", "f2", "end", *" now", "enter", "f5", "home", "tab")
        terminal.send(burst(*keys))
        tables = program.wait_tables(path, lambda tables: tables["touchpoints"][2]["name"] == "Leave now")
        assert [row["emotion"] for row in tables["touchpoints"]] == [4, 2, 5]
        terminal.wait("ASK NOW")


def test_what_stood_in_the_open_line_is_there_after_a_kill(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path, size=(120, 36)) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press("f5")
        terminal.wait("Evidence")
        terminal.press("home", "up", "f2", *" a seat on deck")
        terminal.wait("Book a seat on deck")
        time.sleep(1.3)  # a draft may be a second old
        terminal.kill()
    with program.open(path, size=(120, 36)) as terminal:
        terminal.wait("Book a seat on deck")
        terminal.press("enter")
        program.wait_tables(path, lambda tables: tables["touchpoints"][0]["name"] == "Book a seat on deck")
