"""On a terminal: the questions of `new`, Ctrl-C, and what is printed with rich, which nobody's text can command."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.commands import SetCells
from cjworkshop.method.across import About
from cjworkshop.method.discovery import Charter

if TYPE_CHECKING:
    from shell import Shell

ENTER = b"\r"
DOWN = b"\x1b[B"
INTERRUPT = b"\x03"
PATIENCE = 30.0
OURS = re.compile(r"\x1b\[[0-9;]*m")
"""The only sequences that rich writes here: colour and weight."""


def on_terminal(
    *arguments: str, answers: tuple[tuple[str, bytes], ...] = (), env: dict[str, str] | None = None
) -> tuple[int, str]:
    """Run a command on a terminal, typing each answer once its question is there; its exit code and all it wrote."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cjworkshop", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", **(env or {})},
    )
    os.close(theirs)
    written, seen, waiting, end = b"", 0, list(answers), time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    part = os.read(ours, 65536)
                except OSError:  # what Linux says when the other side is closed
                    break
                if not part:
                    break
                if b"\x1b[6n" in part:
                    os.write(ours, b"\x1b[1;1R")  # where the cursor is, which prompts ask the terminal
                written += part
            if waiting and waiting[0][0].encode() in written[seen:]:
                seen = len(written)
                os.write(ours, waiting.pop(0)[1])
        return process.wait(timeout=PATIENCE), written.decode().replace("\r\n", "\n")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_new_asks_for_what_was_not_given(shell: Shell) -> None:
    code, text = on_terminal(
        *("new", "--client", "VA", "--no-open"),
        answers=(
            ("What is the session called?", b"Bar One" + ENTER),
            ("Which journey", b"I get care" + ENTER),
            ("Which stages", DOWN + DOWN + ENTER),
            ("On which day?", b"\x15" + b"2026-03-31" + ENTER),
            ("Who facilitates?", b"Tess" + ENTER),
        ),
    )
    assert code == 0, text
    assert "For which client?" not in text
    session = shell.store.read(shell.sessions / "bar-one.json").session
    about, charter = session.record(About), session.record(Charter)
    assert (about.name, str(about.date), about.facilitator) == ("Bar One", "2026-03-31", "Tess")
    assert (about.template, charter.client, charter.journey) == ("five-phase", "VA", "I get care")


def test_a_bad_answer_is_asked_again(shell: Shell) -> None:
    code, text = on_terminal(
        *("new", "Bar", "--client", "", "--journey", "", "--template", "blank", "--facilitator", "", "--no-open"),
        answers=(("On which day?", b"\x15" + b"31 Feb" + ENTER), ("There is no day", b"\x15" + b"2026-02-28" + ENTER)),
    )
    assert code == 0, text
    assert str(shell.store.read(shell.sessions / "bar.json").session["_meta"][0].date) == "2026-02-28"  # type: ignore[attr-defined]  # its own column


@pytest.mark.parametrize("question", ["What is the session called?", "For which client?"])
def test_ctrl_c_at_a_question_makes_nothing(shell: Shell, question: str) -> None:
    before = [("What is the session called?", b"Bar" + ENTER)] if "client" in question else []
    code, text = on_terminal("new", answers=(*before, (question, INTERRUPT)))
    assert code == 130
    assert "Traceback" not in text
    assert not shell.sessions.exists()


def hostile_session(shell: Shell) -> None:
    path = shell.new("Bar")
    text = "[/x] [@click=app.quit] [red]"
    with shell.store.open(path) as opened:
        charter = opened.session["charter"][0]
        opened.workbook.do(SetCells("charter", ((charter.id, "client", text + "\x1b[2J\x9b31m\u202e"),)))


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["show", "bar"], ["doctor"], ["templates"], ["--ascii", "show", "bar", "--table", "charter"]],
)
def test_rich_prints_what_is_there_and_obeys_none_of_it(shell: Shell, arguments: list[str]) -> None:
    hostile_session(shell)
    code, text = on_terminal(*arguments)
    assert code == 0, text
    assert OURS.search(text)
    plain = OURS.sub("", text)
    assert "\x1b" not in plain
    assert "\x9b" not in plain
    assert "\u202e" not in plain
    if "doctor" not in arguments and "templates" not in arguments:
        assert "[/x] [@click=app.quit]" in plain
    if "--ascii" in arguments:
        assert plain.isascii()


def test_without_colour_there_is_none(shell: Shell) -> None:
    shell.new("Bar")
    code, text = on_terminal("list", env={"NO_COLOR": "1", "TERM": "dumb"})
    assert (code, "\x1b" in text) == (0, False)


def test_plain_is_plain_on_a_terminal_too(shell: Shell) -> None:
    shell.new("Bar")
    assert "\x1b" not in on_terminal("show", "bar", "--plain")[1]


def test_a_terminal_that_knows_no_umlauts_does_not_end_it(shell: Shell) -> None:
    shell.new("Über 旅程")
    code, text = on_terminal("list", env={"PYTHONIOENCODING": "ascii"})
    assert code == 0, text
    assert "?ber ??" in text


def test_very_long_texts_are_asked_about(shell: Shell) -> None:
    file = shell.home / "long.json"
    people = f'[{{"id": "p", "name": "{"x" * 10_001}"}}]'
    file.write_text(f'{{"format": "cjworkshop/session", "schema": 1, "tables": {{"people": {people}}}}}')
    for answer, expected in (("keep", 10_001), ("cut", 10_000)):
        code, text = on_terminal("import", str(file), "--new", answer, answers=(("cancel", answer.encode() + ENTER),))
        assert code == 0, text
        person = shell.store.read(shell.sessions / f"{answer}.json").session["people"][0]
        assert len(person.name) == expected  # type: ignore[attr-defined]  # a person
    code, _ = on_terminal("import", str(file), "--new", "x", answers=(("cancel", b"cancel" + ENTER),))
    assert code == 130
    assert not (shell.sessions / "x.json").exists()
