"""`cjworkshop present` where there is nothing to show, or nobody to show it to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_cli_terminal import on_terminal

if TYPE_CHECKING:
    from shell import Shell


def test_without_a_terminal_it_says_so(shell: Shell) -> None:
    shell.demo()
    answer = shell.program("present", "demo")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "Error: The presenter needs a terminal, and this is none. "
        "Start it in a terminal of its own; `cjworkshop show` prints a session.\n"
    )


def test_a_session_that_does_not_exist_is_not_found(shell: Shell) -> None:
    assert shell("present", "nothing").code == 3
    code, text = on_terminal("present", "nothing")
    assert code == 3
    assert "There is no session 'nothing'" in text


def test_a_damaged_session_is_told_in_a_sentence(shell: Shell) -> None:
    path = shell.new("Bar")
    path.write_bytes(b'{"_meta": {"1"')
    code, text = on_terminal("present", "bar")
    assert code == 4, text
    assert "Traceback" not in text
    assert path.read_bytes() == b'{"_meta": {"1"'


def test_what_is_no_session_is_told_in_a_sentence(shell: Shell) -> None:
    (shell.home / "list.json").write_text("[1, 2]")
    code, text = on_terminal("present", "list.json")
    assert code == 4, text
    assert "Traceback" not in text


@pytest.mark.parametrize("path", ["/tmp/not-there/x.json", "folder/x", "x.json"])
@pytest.mark.parametrize("command", ["present", "open"])
def test_a_path_that_is_not_there_is_told_as_such(shell: Shell, command: str, path: str) -> None:
    answer = shell(command, path)
    assert answer.code == 3
    assert answer.err.startswith(f"Error: There is no file {path!r}.")
    assert str(shell.sessions) not in answer.err
