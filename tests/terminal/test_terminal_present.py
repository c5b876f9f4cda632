"""Two terminals: the facilitator's, and the one for the projector that follows it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from program import beginning, go_to

from cjworkshop.method.steps import STEPS
from cjworkshop.tui.widgets.presented_letters import presented_letters

if TYPE_CHECKING:
    from pathlib import Path

    from program import Program

    from terminal import Terminal

NOT_OPEN = "Not open now"


def present(program: Program, path: Path, *, large: bool = False, size: tuple[int, int] = (80, 24)) -> Terminal:
    """The presenter, once it has drawn something; with large letters, which cannot be read here, where they are meant."""
    terminal = program.start(*([] if large else ["--ascii"]), "present", path.stem, size=size)
    terminal.wait(lambda text: text.strip())
    return terminal


def files(program: Program) -> dict[str, tuple[bytes, int]]:
    """Every file of the program: its bytes and its time of change."""
    return {
        str(file.relative_to(program.folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(program.folder.rglob("*"))
        if file.is_file()
    }


def test_it_follows_what_the_facilitator_shows(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as facilitator, present(program, path) as room:
        room.wait("What would make this worth it")
        facilitator.press("f3")
        room.wait_without("What would make this worth it")
        facilitator.press("f5")
        room.wait("Emotion", "Book")
        assert "Harbour" not in room.text
        facilitator.press("right", "right")
        room.wait("A03")
        facilitator.press("escape")
        facilitator.wait("Charter")
        room.wait_without("Emotion")
        go_to(facilitator, "touchpoints")
        facilitator.press("f7")
        facilitator.wait("No vote yet")
        room.wait("No vote yet")
        facilitator.press("enter")
        facilitator.wait("free")
        room.wait("left of 36", "Book", "Board")
        facilitator.type("A02x7")
        facilitator.press("enter")
        facilitator.wait("A02 leads with 7 dots")
        assert "7 dots" not in room.text
        facilitator.press("ctrl+r")
        facilitator.wait("Only 7 of 36 dots are given")
        facilitator.press("ctrl+r")
        room.wait("7 dots given")


def test_it_shows_what_is_done_elsewhere_and_f6_is_a_mirror(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as facilitator, present(program, path) as room:
        facilitator.press("f6")
        facilitator.press("3")
        room.wait("Emotion", "Book")
        facilitator.press("b")
        room.wait(lambda text: not text.strip())
        facilitator.press("2")
        room.wait("##")
        facilitator.press("escape")
        room.wait("worth it")


def test_it_writes_nothing_and_takes_no_lock(program: Program) -> None:
    path = program.keep(beginning())
    program.run("list")
    before = files(program)
    with present(program, path) as room:
        room.wait(NOT_OPEN, "worth it")
        room.press("b")
        room.wait(lambda text: "worth it" not in text)
        with program.open(path):  # whoever opens it finds it free
            room.wait_without(NOT_OPEN)
        room.wait(NOT_OPEN)
        between = files(program)
        room.press("b")
        room.wait("worth it")
        room.press("q")
        assert room.process.wait(30) == 0
        assert files(program) == between
    assert set(before) <= set(between)


def test_one_that_is_killed_is_shown_as_it_stands_and_followed_when_it_opens(program: Program) -> None:
    path = program.keep(beginning())
    with present(program, path) as room:
        with program.open(path) as facilitator:
            facilitator.press("f5")
            room.wait("Emotion", "Book")
            os.kill(facilitator.process.pid, signal.SIGKILL)
            facilitator.process.wait()
        room.wait(NOT_OPEN, "Emotion", "Book")
        with program.open(path) as facilitator:
            facilitator.wait("Charter")
            room.wait_without(NOT_OPEN, "Emotion")


@pytest.mark.parametrize("killed", [True, False], ids=["killed", "closed"])
def test_what_the_room_is_to_see_outlasts_a_fault_but_not_the_session_s_end(program: Program, killed: bool) -> None:
    path = program.keep(beginning())
    with present(program, path) as room:
        with program.open(path) as facilitator:
            facilitator.press("ctrl+p")
            facilitator.wait("Search for commands")
            facilitator.type("Show the room: nothing\r")
            facilitator.wait("The room sees nothing now.")
            room.wait(lambda text: not text.strip())
            if killed:
                facilitator.kill()
            else:
                facilitator.press("ctrl+q")
                facilitator.wait_end()
        room.wait(NOT_OPEN)
        with program.open(path):
            room.wait(lambda text: not text.strip() if killed else "worth it" in text)


def test_one_that_is_deleted_or_damaged_keeps_its_last_picture(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as facilitator:
        facilitator.press("f5")
        facilitator.wait("Emotion")
    whole = path.read_bytes()
    with present(program, path) as room:
        room.wait("worth it")
        path.write_bytes(whole[:300])
        room.wait("cannot be read", "worth it")
        path.unlink()
        room.wait("cannot be read", "worth it")
        path.with_name(f".{path.name}.place").write_bytes(b"\xff{")
        path.write_bytes(whole)
        room.wait(NOT_OPEN, "worth it")


def test_large_letters_and_digits_follow_too(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as facilitator, present(program, path, large=True, size=(120, 36)) as room:
        first, *_ = presented_letters(STEPS[0].prompts[0].text, 116, 33) or [""]
        room.wait(first.strip())
        facilitator.press("f3")
        second, *_ = presented_letters(STEPS[0].prompts[1].text, 116, 33) or [""]
        room.wait(second.strip())
        facilitator.press("f6")
        facilitator.press("2")
        room.wait("████")
        room.resize(80, 24)
        room.wait("████")


def test_ascii_is_all_that_is_drawn_where_it_is_asked_for(program: Program) -> None:
    path = program.keep(beginning())
    with program.open(path) as facilitator, present(program, path) as room:
        facilitator.press("f6")
        for key, mark in (("2", "##"), ("3", "Emotion"), ("5", "Storyboard"), ("1", "worth it")):
            facilitator.press(key)
            room.wait(mark)
            assert room.text.isascii()


def test_the_ends_of_a_presenter(program: Program) -> None:
    path = program.keep(beginning())
    for key in ("q", "escape", "ctrl+q", "ctrl+c"):
        with present(program, path) as room:
            room.press(key)
            assert room.process.wait(30) == 0
            room.wait_restored()
    with present(program, path) as room:
        room.process.terminate()
        assert room.process.wait(30) == 128 + signal.SIGTERM
        room.wait_restored()
