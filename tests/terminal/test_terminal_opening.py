"""What cannot simply be opened is said in one sentence, offered as far as it goes, and never made worse."""

from __future__ import annotations

import json
import os
import resource
import shutil
from typing import TYPE_CHECKING

import pytest
from program import COMMAND, SAVED, beginning, go_to, stock

from terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from program import Program

NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def test_a_session_that_is_open_elsewhere_can_be_read(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as first, program.start("open", path.stem) as second:
        second.wait("Open elsewhere", "ferry is open already, by ", "Open for reading", "Open a copy", "Take over")
        second.press("enter")
        second.wait("READ ONLY", "Harbour line")
        second.press("down", *"Other words", "enter")
        second.wait("This session is open for reading only.")
        second.press("ctrl+q")
        assert second.wait_end() == 0
        first.press("down", "down", *"Still mine", "enter")
        program.wait_tables(path, lambda tables: tables["charter"][0].get("problem") == "Still mine")
    assert program.tables(path)["charter"][0]["journey"] == "I cross"


def test_a_session_that_is_open_elsewhere_can_be_copied(program: Program) -> None:
    path = program.keep(beginning())
    before = program.tables(path)
    with program.open(path), program.start("open", path.stem) as second:
        second.wait("Open a copy")
        second.press("down", "enter")
        second.wait(SAVED, "ferry copy")
        second.press("down", *"I go round", "enter")
        copy = program.sessions / "ferry-copy.json"
        program.wait_tables(copy, lambda tables: tables["charter"][0]["journey"] == "I go round")
        second.press("ctrl+q")
        assert second.wait_end() == 0
    assert program.tables(path) == before
    assert stock(copy)["touchpoints"] == before["touchpoints"]


def test_a_session_is_taken_over_only_from_a_program_that_has_ended(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as first, program.start("open", path.stem) as second:
        second.wait("Take over")
        second.press("down", "down", "enter")
        second.wait("That did not work", "ferry is open already, by ")
        second.press("escape")
        second.wait("Type to search", "open")
        first.kill()
        second.press("enter")
        second.wait(SAVED, "Harbour line")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zero(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def scribble(path: Path) -> None:
    path.write_bytes(b"Dear all, here are the notes.\n")


@pytest.mark.parametrize("damage", [truncate, empty, zero, scribble, os.unlink])
def test_a_damaged_session_is_recovered_with_every_edit(program: Program, damage: Callable[[Path], None]) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", *"The queue", "enter", *"At the quay", "enter")
        before = program.wait_tables(path, lambda tables: "start_trigger" in tables["charter"][0])
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    damage(path)
    with program.start("open", path.stem) as terminal:
        terminal.wait("Recover the session", "2 edits from the journal", "the most complete first")
        terminal.press("enter")
        terminal.wait(SAVED, "The queue", "At the quay")
        assert program.tables(path) == before
        terminal.press("ctrl+end", *"2", "enter", "ctrl+q")
        assert terminal.wait_end() == 0
    assert stock(path)["charter"] == [before["charter"][0] | {"weight_data": 2.0}]


def test_a_recovery_that_is_left_changes_nothing(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        terminal.press("down", "down", *"The queue", "enter")
        program.wait_tables(path, lambda tables: "problem" in tables["charter"][0])
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    truncate(path)
    left = {file: file.read_bytes() for file in program.sessions.rglob("*") if file.is_file()}
    with program.start("open", path.stem) as terminal:
        terminal.wait("Recover the session")
        terminal.press("escape")
        terminal.wait("Type to search")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert {file: file.read_bytes() for file in left if file.exists()} == left


def not_json(path: Path) -> None:
    path.write_bytes(b"{'name': no json")


def not_a_session(path: Path) -> None:
    path.write_text('["a", "list"]')


def tinydb_of_others(path: Path) -> None:
    path.write_text('{"_default": {"1": {"x": 1}}}')


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(300 * 2**20)


def folder(path: Path) -> None:
    path.mkdir()


def link_out(path: Path) -> None:
    target = path.parent.parent / "elsewhere.json"
    target.write_text("{}")
    path.symlink_to(target)


@pytest.mark.parametrize("make", [empty, not_json, not_a_session, tinydb_of_others, large, os.mkfifo, folder, link_out])
def test_what_is_no_session_is_refused_in_a_sentence_and_left_alone(
    program: Program, make: Callable[[Path], None]
) -> None:
    program.keep(beginning())
    bad = program.sessions / "bad.json"
    make(bad)
    about = bad.lstat()
    with program.start("open", str(bad)) as terminal:
        terminal.wait("That did not work", "bad")
        terminal.press("escape")
        terminal.wait("Type to search", "Ferry")
        terminal.press(*"ferry", "enter")
        terminal.wait(SAVED, "Harbour line")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    after = bad.lstat()
    assert (after.st_mode, after.st_size, after.st_mtime_ns, after.st_ino) == (
        *(about.st_mode, about.st_size, about.st_mtime_ns, about.st_ino),
    )


def test_a_session_of_a_newer_program_is_only_read(program: Program) -> None:
    path = program.keep(beginning())
    tables = json.loads(path.read_text("utf-8"))
    next(iter(tables["_meta"].values()))["schema"] = 99
    path.write_text(json.dumps(tables), "utf-8")
    written = path.read_bytes()
    with program.start("open", path.stem) as terminal:
        terminal.wait("READ ONLY", "Harbour line")
        go_to(terminal, "touchpoints")
        terminal.press("ctrl+delete")
        terminal.wait("reading only")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert path.read_bytes() == written


def test_a_disk_that_takes_no_more_is_said_until_it_does(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (10, NO_LIMIT[1]))
        terminal.press("down", "down", *"The queue", "enter")
        terminal.wait("NOT SAVED", "Not saved, because", "The queue")
        terminal.press(*"At the quay", "enter")
        terminal.press("ctrl+q")
        terminal.wait("Stay", "Leave all the same")
        terminal.press("enter")
        terminal.wait_without("Leave all the same")
        assert "problem" not in program.tables(path)["charter"][0]
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, NO_LIMIT)
        terminal.wait(SAVED)
        terminal.wait_without("Not saved")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    charter = stock(path)["charter"][0]
    assert (charter["problem"], charter["start_trigger"]) == ("The queue", "At the quay")


def test_a_folder_that_vanishes_and_comes_back_costs_nothing(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as terminal:
        shutil.move(program.sessions, program.folder / "away")
        terminal.press("down", "down", *"The queue", "enter")
        terminal.wait("NOT SAVED", "the folder is gone")
        shutil.move(program.folder / "away", program.sessions)
        terminal.wait(SAVED)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert stock(path)["charter"][0]["problem"] == "The queue"


def test_the_demo_opens_and_ends_cleanly(program: Program) -> None:
    with program.start("demo", size=(120, 36)) as terminal:
        terminal.wait("Demo: VA outpatient", SAVED, "ASK NOW")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
        terminal.wait_restored()
    assert len(stock(program.sessions / "demo-va-outpatient.json")["touchpoints"]) > 10


@pytest.mark.parametrize("arguments", [(), ("open", "ferry")])
def test_without_a_terminal_it_says_so(program: Program, arguments: tuple[str, ...]) -> None:
    program.keep(beginning())
    done = program.run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().startswith("Error: cjworkshop opens on a terminal, and this is none.")
    assert b"\x1b" not in done.stderr


def test_a_folder_that_is_not_there_yet_is_made_for_the_first_session(program: Program) -> None:
    environment = program.environment
    program.sessions.rmdir()
    with Terminal(COMMAND, environment=environment, folder=program.folder) as terminal:
        terminal.wait("Ctrl+N begins a")
        terminal.press("ctrl+n")
        terminal.wait("New session")
        terminal.press("ctrl+n")
        terminal.wait(SAVED)
        terminal.press(*"Ours", "enter", "ctrl+q")
        assert terminal.wait_end() == 0
    assert stock(program.sessions / "new-session.json")["charter"][0]["client"] == "Ours"


def test_a_folder_that_is_none_is_said(program: Program) -> None:
    environment = program.environment
    program.sessions.rmdir()
    program.sessions.write_text("a file")
    with Terminal(COMMAND, environment=environment, folder=program.folder) as terminal:
        assert terminal.wait_end() == 2
        terminal.wait(lambda text: "sessions is no folder." in text.replace("\n", ""))
    assert program.sessions.read_text() == "a file"
