"""Notes captured through a real terminal: no key is lost or goes astray, and what was typed outlives the program."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import TYPE_CHECKING

import pytest
from program import SAVED, beginning, stock

from cjworkshop.domain.commands import AddRows, NewRow

if TYPE_CHECKING:
    from program import Program, Tables

    from cjworkshop.domain.session import Session

ENOUGH = 1.2
"""Seconds after the last key from which on what was typed is kept."""
CTRL_K, CTRL_N, ENTER, ESC = b"\x0b", b"\x0e", b"\r", b"\x1b"
HINT = "Esc close"
LEFT = re.compile(r"\b5\d:\d\d\b")
"""Minutes and seconds left of the hour, as the header has them."""


def texts(tables: Tables) -> list[str]:
    return [note["text"] for note in tables.get("inbox", [])]


@pytest.mark.parametrize("kitty", [False, True], ids=["xterm", "kitty"])
def test_a_note_that_comes_all_at_once_is_kept_whole(program: Program, kitty: bool) -> None:
    path = program.keep(beginning())
    with program.open(path, kitty=kitty) as terminal:
        terminal.press("ctrl+k")
        terminal.type("!p3 Nobody says when the ferry comes #a1")
        terminal.press("enter")
        tables = program.wait_tables(path, lambda tables: bool(texts(tables)))
        terminal.wait("Captured: pain · A01 Book · severity 3.", SAVED)
    (note,) = tables["inbox"]
    assert (note["kind"], note["level"], note["about"]) == ("pain", 3, "touchpoints1")
    assert note["text"] == "Nobody says when the ferry comes"
    assert note["typed"] == "!p3 Nobody says when the ferry comes #a1"


def test_twenty_notes_each_with_its_own_ctrl_k_come_in_one_burst(program: Program) -> None:
    path = program.keep(beginning())
    expected = [f"Note {number}" for number in range(20)]
    with program.open(path) as terminal:
        terminal.send(b"".join(CTRL_K + text.encode() + ENTER for text in expected))
        tables = program.wait_tables(path, lambda tables: len(texts(tables)) >= 20)
        assert texts(tables) == expected
        assert tables["charter"] == [{**tables["charter"][0], "client": "Harbour line", "journey": "I cross"}]


def test_notes_amid_an_edit_of_the_grid_in_one_burst_land_where_they_belong(program: Program) -> None:
    path = program.keep(beginning())
    down = b"\x1b[B"
    with program.open(path) as terminal:
        terminal.send(down * 2 + b"Wet" + CTRL_K + b"one" + CTRL_N + b"two" + ENTER + b"Dry" + ENTER)
        tables = program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == "WetDry")
        assert texts(tables) == ["one", "two"]
        terminal.press("ctrl+z")
        program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == "Wet")


def ticking() -> Session:
    """A small workshop whose clock has just been started, with an hour to go."""
    session = beginning()
    block = {"step": "discovery", "block": "Talk", "minutes": 60, "started": dt.datetime.now(dt.UTC)}
    return session.edited(AddRows("agenda", (NewRow("talk", block),)).edits(session))


def test_sixty_notes_at_ten_keys_a_second_are_all_there_while_the_clock_runs_and_a_checkpoint_comes(
    program: Program,
) -> None:
    path = program.keep(ticking())
    expected = [f"{number:02d}" for number in range(60)]
    in_file, left = [], []
    with program.open(path) as terminal:
        terminal.press("ctrl+k")
        terminal.wait(HINT)
        for text in expected:
            terminal.type(text, gap=0.1)
            terminal.press("ctrl+n")
            time.sleep(0.1)
            in_file.append(len(stock(path).get("inbox", [])))
            left += LEFT.findall(terminal.lines[0])
        tables = program.wait_tables(path, lambda tables: len(texts(tables)) >= 60)
        assert texts(tables) == expected
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert {*in_file} - {0, 60}, "no checkpoint came between the notes"
    assert len(left) >= 50, "the clock was out of sight"
    assert left == sorted(left, reverse=True)
    assert len({*left}) >= 10, "the clock stood still"
    assert texts(stock(path)) == expected


@pytest.mark.parametrize("closed", [False, True], ids=["while typing", "after Esc"])
def test_what_was_being_typed_outlives_a_kill(program: Program, closed: bool) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("ctrl+k")
        terminal.wait(HINT)
        terminal.type("half a th")
        if closed:
            terminal.press("escape")
            terminal.wait("What you typed is kept")
        time.sleep(ENOUGH)
        terminal.kill()
    with program.open(path) as terminal:
        terminal.wait("The note that you were writing is kept: Ctrl+K.")
        terminal.press("ctrl+k")
        terminal.wait("half a th")
        terminal.type("ought")
        terminal.press("enter")
        assert texts(program.wait_tables(path, lambda tables: bool(texts(tables)))) == ["half a thought"]
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with program.open(path) as terminal:
        assert "you were writing" not in terminal.text


def test_pasted_lines_are_a_note_each_and_one_undo(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("ctrl+k")
        terminal.wait(HINT)
        terminal.paste("!p Wet deck #board\nq\x11uit\n\x1b[31mred\n")
        terminal.wait("Captured: 3 notes.")
        tables = program.wait_tables(path, lambda tables: len(texts(tables)) == 3)
        assert texts(tables) == ["Wet deck", "quit", "[31mred"]
        assert tables["inbox"][0]["about"] == "touchpoints2"
        terminal.press("escape", "ctrl+z")
        program.wait_tables(path, lambda tables: not texts(tables))


def test_sorting_with_all_its_answers_comes_in_one_burst(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.send(CTRL_K + b"Wet" + CTRL_N + b"Loud" + CTRL_N + b"Dark" + ENTER)
        program.wait_tables(path, lambda tables: len(texts(tables)) == 3)
        terminal.send(b"\x12\x01p" + b"a1\r" + b"leave\r" + b"board\r" + b"\x1b[3~")
        terminal.wait("Done: sort 3 notes into Pain points.")
        tables = program.wait_tables(path, lambda tables: len(tables["pains"]) == 5)
    found = [(pain["pain"], pain["touchpoint"]) for pain in tables["pains"][2:]]
    assert found == [("Wet", "touchpoints1"), ("Loud", "touchpoints3"), ("Dark", "touchpoints2")]
    assert len(tables["inbox"]) == 3
