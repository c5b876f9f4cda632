"""However the program ends (quit, kill -9, a signal, a closed window), what was typed is there again."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, go_to, stock

if TYPE_CHECKING:
    from pathlib import Path

    from program import Program

    from terminal import Terminal

Keys = tuple[str, ...]

FIRST = ("ctrl+home", "home")
BELOW = "Starts when         ▌"
"""What the charter shows when the cursor has gone on from its third field."""


def type_problem(terminal: Terminal, words: str) -> None:
    """Type into the charter's third field, and leave the editor open."""
    terminal.press("ctrl+home", "down", "down")
    terminal.type(words)
    terminal.wait(words)


def kept_problem(program: Program, path: Path) -> str:
    """What is kept of that."""
    return str(program.tables(path)["charter"][0].get("problem", ""))


def reopened_problem(program: Program, path: Path) -> str:
    """What stands in the editor that is open again when the program is started again, taken over by Enter."""
    with program.open(path) as terminal:
        terminal.press("enter")
        terminal.wait(BELOW, SAVED)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    return kept_problem(program, path)


def test_quitting_leaves_a_whole_file_and_the_terminal_as_it_was(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        type_problem(terminal, "They leave at the quay")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
        terminal.wait_restored()
    assert stock(path)["charter"][0]["problem"] == "They leave at the quay"


def test_what_showed_as_saved_survives_kill_9_again_and_again(program: Program) -> None:
    path = program.keep(beginning())
    for number in range(6):
        with program.open(path) as terminal:
            terminal.wait("" if number == 0 else f"Tell us {number - 1}")
            type_problem(terminal, f"Tell us {number}")
            terminal.press("enter")
            terminal.wait(SAVED, BELOW)
            time.sleep(0.05)
            terminal.kill()
        assert kept_problem(program, path) == f"Tell us {number}"


@pytest.mark.parametrize(
    ("table", "keys", "shown"),
    [
        ("stages", ("ctrl+end", "ctrl+n", *"Later", "tab"), "Later"),
        ("touchpoints", (*FIRST, "ctrl+delete"), "Done: remove 1 touchpoint with 1 pain"),
        ("touchpoints", (*FIRST, "ctrl+d"), "Done: duplicate 1 touchpoint"),
        ("pains", (*FIRST, "right", "right", "1"), "▮▯▯▯▯ 1"),
    ],
    ids=["add", "remove", "duplicate", "rate"],
)
def test_each_kind_of_edit_that_showed_as_saved_survives_kill_9(
    program: Program, table: str, keys: Keys, shown: str
) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path, (120, 36)) as terminal:
        go_to(terminal, table)
        terminal.press(*keys)
        terminal.wait(shown, SAVED)
        time.sleep(0.05)
        terminal.kill()
    after = program.tables(path)
    assert after != before
    with program.open(path, (120, 36)) as terminal:
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert program.tables(path) == after
    assert {name: len(records) for name, records in stock(path).items() if name in after} == {
        name: len(records) for name, records in after.items()
    }


def test_an_open_editor_comes_back_after_kill_9(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        type_problem(terminal, "They leave before")
        time.sleep(1.2)
        terminal.kill()
    assert kept_problem(program, path) == ""
    assert reopened_problem(program, path) == "They leave before"


def test_a_row_that_was_just_begun_comes_back_after_kill_9(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "stages")
        terminal.press(*FIRST, "ctrl+n")
        terminal.type("Under way")
        terminal.wait("Under way")
        time.sleep(1.2)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.wait("Under way")
        terminal.type(" at sea")
        terminal.press("enter")
        terminal.wait("Stages 3", SAVED)
        terminal.kill()
    assert [row["name"] for row in program.tables(path)["stages"]] == ["Before", "Under way at sea", "After"]


def test_text_in_an_empty_form_comes_back_after_kill_9(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "summary")
        terminal.press("down")
        terminal.type("The queue costs most")
        terminal.wait("The queue costs most")
        time.sleep(1.2)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.wait("The queue costs most")
        terminal.press("enter")
        program.wait_tables(path, lambda tables: "summary" in tables)
    assert program.tables(path)["summary"][0]["finding_2"] == "The queue costs most"


def test_at_most_the_last_second_of_typing_is_lost_by_kill_9(program: Program) -> None:
    """A machine that is busy with something else may be late once, but not each time."""
    path = program.keep(beginning())
    assert any(lost_by_a_kill_while_typing(program, path) <= 1.0 for _ in range(3))


def lost_by_a_kill_while_typing(program: Program, path: Path) -> float:
    """How many seconds of typing are not there again after a kill."""
    words = "".join(f"{number:03d} " for number in range(40))
    sent = []
    with program.open(path) as terminal:
        terminal.press("ctrl+home", "down", "down")
        begun = time.monotonic()
        for character in words:
            terminal.type(character)
            sent.append(time.monotonic())
            time.sleep(0.03)
            if time.monotonic() - begun > 2.25:
                break
        killed = time.monotonic()
        terminal.kill()
    kept = reopened_problem(program, path)
    assert words.startswith(kept)
    return killed - sent[len(kept)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_with_everything_kept_and_the_terminal_as_it_was(
    program: Program, number: signal.Signals
) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        type_problem(terminal, "First")
        terminal.press("enter", *"not taken over yet")
        terminal.wait("not taken over yet")
        terminal.signal(number)
        assert terminal.wait_end() == 128 + number
        terminal.wait_restored()
    assert kept_problem(program, path) == "First"
    with program.open(path) as terminal:
        terminal.wait("not taken over yet")


def test_a_window_that_is_closed_ends_it_with_everything_kept(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        type_problem(terminal, "First")
        terminal.press("enter", *"not taken over yet")
        terminal.wait("not taken over yet")
        terminal.hang_up()
        terminal.wait_end()
    assert kept_problem(program, path) == "First"
    with program.open(path) as terminal:
        terminal.wait("not taken over yet")


@pytest.mark.parametrize("keys", [(), ("ctrl+n",), ("ctrl+p",), ("f1",)])
def test_a_signal_ends_it_at_home_too(program: Program, keys: Keys) -> None:
    program.keep(beginning())
    with program.start() as terminal:
        before = terminal.wait("Ferry")
        terminal.press(*keys)
        terminal.wait(lambda text: not keys or text != before)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
        terminal.wait_restored()


@pytest.mark.parametrize("keys", [("f1",), ("ctrl+p",), ("ctrl+e",), ("ctrl+g",)])
def test_a_signal_ends_it_behind_a_dialog_with_everything_kept(program: Program, keys: Keys) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        type_problem(terminal, "Before the dialog")
        before = terminal.text
        terminal.press(*keys)
        terminal.wait(lambda text: text != before)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
        terminal.wait_restored()
    with program.open(path) as terminal:
        terminal.wait("Before the dialog")
