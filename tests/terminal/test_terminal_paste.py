"""What a terminal pastes is text whatever stands in it; blocks of cells go where they belong, and ask before they cut."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, go_to

from cjworkshop.domain.text import LONG_TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from program import Program

    from terminal import Terminal

KEYS = "one\x1b\x11two\x1b\x18three\x1b\x04four\x1b[3;5~five\x1b\x1b[200~six\x1bq"
"""A text in which ESC stands before Ctrl+Q, Ctrl+X, Ctrl+D, the rest of Ctrl+Delete, and another paste's beginning."""
CLEANED = "onetwothreefour[3;5~five[200~sixq"
LONG = "".join(f"{number:05d} " for number in range(2000))
"""12,000 characters."""
FIRST = ("ctrl+home", "home")


def wait_problem(program: Program, path: Path, text: str) -> None:
    """Wait until the charter's third field holds this."""
    program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == text)


def test_control_keys_in_a_paste_are_text_in_the_editor(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", "f2", *"See ")
        terminal.paste(KEYS)
        terminal.press("enter")
        wait_problem(program, path, f"See {CLEANED}")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0


def test_control_keys_in_a_paste_are_text_on_a_cell(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press(*FIRST, "right")
        terminal.paste(KEYS)
        after = program.wait_tables(path, lambda tables: tables != before)
        assert [row["name"] for row in after["touchpoints"]] == [CLEANED, "Board", "Leave"]
        terminal.press("ctrl+z")
        program.wait_tables(path, before.__eq__)


@pytest.mark.parametrize(
    ("keys", "there"), [((), "Search"), (("ctrl+n",), "New session"), (("ctrl+p",), "Search for commands")]
)
def test_control_keys_in_a_paste_are_text_at_home(program: Program, keys: tuple[str, ...], there: str) -> None:
    program.keep(beginning())
    with program.start() as terminal:
        terminal.wait("Ferry")
        terminal.press(*keys)
        terminal.wait(there if keys else "Ferry")
        terminal.paste(KEYS)
        terminal.wait("onetwothreefour[3;5~five[200~sixq")
        if keys:
            terminal.press("escape")
            terminal.wait_without(there)
        else:
            terminal.wait("No session has these words")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert len(list(program.sessions.glob("*.json"))) == 1


def test_a_paste_that_comes_in_pieces_is_one_text(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", "f2")
        for piece in (b"\x1b[20", b"0~one\x1b", b"\x11two\x1b[2", b"01x\x1b[201", b"~ three", b"\r"):
            terminal.send(piece)
            time.sleep(0.05)
        wait_problem(program, path, "onetwo[201x three")


def test_a_paste_whose_end_never_comes_is_kept_and_keys_go_on(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", "f2")
        terminal.send(b"\x1b[200~what there was")
        terminal.wait("what there was")
        terminal.press(*" of it", "enter")
        wait_problem(program, path, "what there was of it")


@pytest.mark.parametrize("editing", [False, True], ids=["cell", "editor"])
@pytest.mark.parametrize(
    ("answer", "kept"),
    [(("enter",), LONG.strip()), (("down", "enter"), LONG[:LONG_TEXT]), (("escape",), None)],
    ids=["all", "first", "cancel"],
)
def test_a_paste_of_12000_characters_asks(
    program: Program, answer: tuple[str, ...], kept: str | None, editing: bool
) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", *(["f2"] if editing else []))
        terminal.paste(LONG)
        terminal.press(*(["enter"] if editing else []))
        terminal.wait("1 text longer than 10,000 characters", "Keep all of it", "first 10,000", "Cancel")
        assert "problem" not in program.tables(path)["charter"][0]
        terminal.press(*answer)
        terminal.wait_without("Keep all of it")
        if kept is not None:
            wait_problem(program, path, kept)
            terminal.press("ctrl+z")
            terminal.wait("Undid: ")
        else:
            terminal.wait(SAVED)
        assert "problem" not in program.tables(path)["charter"][0]


BLOCK = (
    'Before\tBook online\t"Chooses a day,\nthen a ""seat"""\tweb\r\n'
    "After\tWalk off\tFollows the signs\tramp\r\n"
    "After\tTake a taxi\t\ttaxi rank\r\n"
    'After\tGet home\t"Rests\n\nat last"\t\r\n'
)
"""As spreadsheets paste cells: quoted where they have newlines."""


def test_a_block_from_a_spreadsheet_fills_rows_and_adds_what_is_missing_as_one_change(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press(*FIRST, "down")
        terminal.paste(BLOCK)
        after = program.wait_tables(path, lambda tables: tables != before)
        cells = [
            tuple(row.get(name, "") for name in ("stage", "name", "action", "channel")) for row in after["touchpoints"]
        ]
        assert cells == [
            ("stages1", "Book", "", "web"),
            ("stages1", "Book online", 'Chooses a day,\nthen a "seat"', "web"),
            ("stages2", "Walk off", "Follows the signs", "ramp"),
            ("stages2", "Take a taxi", "", "taxi rank"),
            ("stages2", "Get home", "Rests\n\nat last", ""),
        ]
        assert [row["code"] for row in after["touchpoints"]] == ["A01", "A02", "A03", "A04", "A05"]
        terminal.wait("Touchpoints 5")
        terminal.press("ctrl+z")
        program.wait_tables(path, before.__eq__)
        terminal.wait("Touchpoints 3")


def paste_with_refusals(terminal: Terminal) -> None:
    """Paste three pains over the two there are; four cells cannot go in."""
    go_to(terminal, "pains")
    terminal.press(*FIRST)
    terminal.paste("A02\tCold wind\t9\t10%\nNowhere\tWet feet\t3\tmany\nA01\tNo seats\tbad\t5")
    terminal.wait("4 cells cannot go in", "PP01 · Severity: 9", "PP02 · Touchpoint: Nowhere", "new · Severity: bad")


def test_refused_cells_are_shown_before_anything_changes(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path) as terminal:
        paste_with_refusals(terminal)
        assert program.tables(path) == before
        terminal.press("escape")
        terminal.wait_without("cannot go in")
        terminal.wait(SAVED, "Pain points 2")
        assert program.tables(path) == before


def test_what_is_left_of_a_block_with_refused_cells_is_one_change(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path) as terminal:
        paste_with_refusals(terminal)
        terminal.press("enter")
        after = program.wait_tables(path, lambda tables: tables != before)
        names = ("touchpoint", "pain", "severity", "frequency")
        assert [tuple(row.get(name) for name in names) for row in after["pains"]] == [
            ("touchpoints2", "Cold wind", 4, 10),
            ("touchpoints3", "Wet feet", 3, None),
            ("touchpoints1", "No seats", None, 5),
        ]
        terminal.press("ctrl+z")
        program.wait_tables(path, before.__eq__)


def test_what_was_copied_here_is_pasted_here_and_told_to_the_terminal(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        go_to(terminal, "touchpoints")
        terminal.press(*FIRST, "right", "shift+down", "ctrl+c")
        terminal.wait("Copied 2 cells")
        assert "\x1b]52;c;Qm9vawpCb2FyZAo=" in terminal.output
        terminal.press(*FIRST, "right", "down", "ctrl+v")
        program.wait_tables(
            path, lambda tables: [row["name"] for row in tables["touchpoints"]] == ["Book", "Book", "Board"]
        )
