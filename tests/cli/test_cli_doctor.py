"""`doctor`: says what is the matter, repairs what it can, and keeps everything that it does not go on with."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.commands import SetCells
from cjworkshop.method.discovery import Charter

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


def client_of(shell: Shell, path: Path) -> str:
    return shell.store.read(path).session.record(Charter).client


def edited(shell: Shell, path: Path, client: str) -> None:
    with shell.store.open(path) as opened:
        charter = opened.session.record(Charter)
        opened.workbook.do(SetCells("charter", ((charter.id, "client", client),)))


def left_open(shell: Shell, path: Path, client: str) -> None:
    """The files as a program leaves them that was killed after an edit was saved, before the file was written."""
    copy = path.parent.parent / "as-left"
    with shell.store.open(path) as opened:
        charter = opened.session.record(Charter)
        opened.workbook.do(SetCells("charter", ((charter.id, "client", client),)))
        opened.flush()
        shutil.copytree(path.parent, copy)
    shutil.rmtree(path.parent)
    copy.rename(path.parent)


def test_a_sound_session_is_fine_and_not_touched(shell: Shell) -> None:
    path = shell.new("Bar")
    before = {entry: entry.read_bytes() for entry in shell.sessions.rglob("*") if entry.is_file()}
    answer = shell("doctor", "bar")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"bar: {path}\n  fine    The file can be read: 71 rows, format 1")
    assert {entry: entry.read_bytes() for entry in shell.sessions.rglob("*") if entry.is_file()} == before


def test_without_a_session_all_are_looked_at_and_none_is_changed(shell: Shell) -> None:
    shell.new("Good")
    path = shell.new("Bad")
    path.write_bytes(b"")
    answer = shell("doctor")
    assert answer.code == 4
    assert answer.out.count(f"{shell.sessions}/") >= 2
    assert "  PROBLEM " in answer.out
    assert answer.err == "`cjworkshop doctor SESSION` repairs what can be repaired: bad.\n"
    assert path.read_bytes() == b""


def test_an_empty_folder_is_well(shell: Shell) -> None:
    answer = shell("doctor")
    assert (answer.code, answer.out) == (0, "")


@pytest.mark.parametrize("damage", [b"", bytes(4096), b'{"_meta": {"1"', b"Dear diary"])
def test_a_damaged_file_is_brought_back_and_what_was_there_is_kept(shell: Shell, damage: bytes) -> None:
    path = shell.new("Bar")
    edited(shell, path, "VA")
    whole = client_of(shell, path)
    path.write_bytes(damage)
    assert shell("show", "bar").code == 4
    answer = shell("doctor", "bar")
    assert answer.code == 0, answer
    assert "Done: Went on from: " in answer.out
    assert client_of(shell, path) == whole
    if damage:
        assert damage in {entry.read_bytes() for entry in (shell.sessions / ".backups").rglob("*") if entry.is_file()}
    assert shell("doctor", "bar").code == 0


def test_a_deleted_file_is_brought_back(shell: Shell) -> None:
    path = shell.new("Bar")
    edited(shell, path, "VA")
    path.unlink()
    assert shell("doctor", "bar").code == 0
    assert client_of(shell, path) == "VA"


def test_edits_that_a_crash_left_in_the_journal_go_into_the_file(shell: Shell) -> None:
    path = shell.new("Bar")
    left_open(shell, path, "Veterans")
    assert b"Veterans" not in path.read_bytes()
    answer = shell("doctor", "bar")
    assert answer.code == 0
    assert "The file still lacks 1 edit, which the journal has." in answer.out
    assert "Done: 1 edit recovered." in answer.out
    assert b"Veterans" in path.read_bytes()


def test_where_nothing_is_left_it_says_so_and_leaves_what_is_there(shell: Shell) -> None:
    path = shell.new("Bar")
    for entry in shell.sessions.iterdir():
        if entry != path:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    path.write_bytes(b"Dear diary")
    answer = shell("doctor", "bar")
    assert answer.code == 4
    assert "Neither a backup nor a journal of it was found." in answer.out
    assert path.read_bytes() == b"Dear diary"


def test_a_session_that_is_open_elsewhere_is_only_looked_at(shell: Shell) -> None:
    path = shell.new("Bar")
    with shell.store.open(path):
        answer = shell.program("doctor", "bar")
        assert answer.code == 0
        assert "It is open, by " in answer.out
        assert "bar is open already" in answer.err


def test_an_unknown_session_is_named(shell: Shell) -> None:
    assert shell("doctor", "nothing").code == 3
