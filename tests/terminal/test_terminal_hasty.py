"""Keys that come faster than screens come and go: none of them means something where it was not typed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, go_to

from terminal import bytes_of, kitty_bytes_of

if TYPE_CHECKING:
    from program import Program

SETTLED = 0.3
"""Seconds that a hand takes at least between two keys that are not hasty."""
AT_ONCE = [
    (("f6",), ("ctrl+f", "escape", "up")),
    (("ctrl+e",), ("enter",) * 4),
    ((), ("ctrl+t",) * 8),
    ((), ("ctrl+e",) * 8),
    (("f5", "l"), ("enter",) * 8),
    ((), ("ctrl+o",) * 8),
    (("ctrl+o", "ctrl+n"), (*"New", "ctrl+n", "ctrl+n")),
]
"""What is pressed with time between, and what comes behind it in one piece."""


def burst(*keys: str) -> bytes:
    """These keys in one piece."""
    return b"".join(map(bytes_of, keys))


@pytest.mark.parametrize(("before", "keys"), AT_ONCE, ids=[" ".join((*before, *keys)) for before, keys in AT_ONCE])
def test_screens_are_answered_once_and_while_they_stand(
    program: Program, before: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    path = program.keep(beginning())
    with program.open(path, (120, 36)) as terminal:
        for key in before:
            shown = terminal.text
            terminal.press(key)
            terminal.wait(shown.__ne__)
        terminal.send(burst(*keys))
        terminal.press("escape", "escape", "escape", "ctrl+q")  # a lone Esc takes its time: all is done by then
        assert terminal.wait_end() == 0
    with program.open(path) as terminal:
        terminal.wait(SAVED)


@pytest.mark.parametrize("key", ["ctrl+delete", "ctrl+z", "alt+down", "f7", "ctrl+pagedown"])
@pytest.mark.parametrize(("opens", "kept"), [("ctrl+k", True), ("ctrl+s", False)], ids=["capture", "restore points"])
def test_a_key_without_meaning_in_a_line_has_none_on_the_table_below(
    program: Program, opens: str, kept: bool, key: str
) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        shown = terminal.text
        before = program.tables(path)
        terminal.press(opens)
        terminal.wait(shown.__ne__)
        terminal.send(burst(*"said", key, "enter"))
        terminal.press("escape", "ctrl+q")  # a lone Esc takes its time: all is done by then
        assert terminal.wait_end() == 0
    tables = program.tables(path)
    assert bool(tables.get("inbox")) == kept
    assert {**tables, "inbox": []} == {**before, "inbox": []}


@pytest.mark.parametrize("over", ["ctrl+t", "ctrl+f", "ctrl+s", "ctrl+e", "ctrl+k", "ctrl+p", "f5", "f7", "ctrl+r"])
def test_a_row_that_was_begun_waits_while_something_lies_over_the_table(program: Program, over: str) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press("ctrl+n")
        terminal.wait("2 of 4")
        shown = terminal.text
        terminal.press(over)
        terminal.wait(shown.__ne__)
        terminal.press("escape")
        terminal.wait("Touchpoints 3", "2 of 4")
        terminal.press(*"Greet", "enter")
        tables = program.wait_tables(path, lambda tables: len(tables["touchpoints"]) == 4)
    assert [row["name"] for row in tables["touchpoints"]] == ["Book", "Greet", "Board", "Leave"]


LEAVING = [
    *((key, "escape") for key in ("f1", "f5", "f6", "f7", "ctrl+e", "ctrl+f", "ctrl+k", "ctrl+r", "ctrl+s", "ctrl+t")),
    *((key, key) for key in ("f5", "f6", "f7", "ctrl+r", "ctrl+t")),
]
"""What is pressed over the table, and what leaves it again."""


@pytest.mark.parametrize(("over", "leaves"), LEAVING, ids=[" ".join(keys) for keys in LEAVING])
def test_what_is_typed_behind_the_key_that_leaves_goes_into_the_table(program: Program, over: str, leaves: str) -> None:
    path = program.keep(beginning())
    with program.open(path, kitty=True) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press("ctrl+home", "home", "right")
        terminal.wait("1 of 3  col 2/")
        shown = terminal.text
        terminal.press(over)
        terminal.wait(shown.__ne__)
        time.sleep(SETTLED)
        terminal.send(b"".join(map(kitty_bytes_of, (leaves, *"Hello 3", "enter"))))
        program.wait_tables(path, lambda tables: tables["touchpoints"][0]["name"] == "Hello 3")


def test_what_is_found_is_where_one_goes_on_to_type(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.send(burst("ctrl+f", *"lost bag", "enter", *"Torn bag", "enter"))
        tables = program.wait_tables(path, lambda tables: tables["pains"][1]["pain"] != "Lost bag")
    assert tables["pains"][1]["pain"] == "Torn bag"
