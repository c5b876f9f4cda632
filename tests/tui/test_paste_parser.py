"""A paste is one event of text, whatever stands in it and however it arrives."""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from cjworkshop.tui.paste import END, START, WholePasteParser, with_whole_pastes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.message import Message


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def told(messages: Iterable[Message]) -> list[str]:
    """`key:NAME` and `paste:TEXT` of the events."""
    named = []
    for event in messages:
        if isinstance(event, events.Paste):
            named.append(f"paste:{event.text}")
        elif isinstance(event, events.Key):
            named.append(f"key:{event.key}")
    return named


@pytest.mark.parametrize("key", ["\x11", "\x18", "\x04"], ids=["ctrl+q", "ctrl+x", "ctrl+d"])
def test_what_follows_an_escape_in_a_paste_runs_nothing(key: str) -> None:
    assert told(WholePasteParser().feed(f"{START}a\x1bb{key}c{END}x")) == [f"paste:a\x1bb{key}c", "key:x"]


def test_keys_around_pastes_stay_keys() -> None:
    parser = WholePasteParser()
    assert told(parser.feed(f"a\x1b[A{START}one{END}{START}two{END}\x1b[Bb")) == [
        "key:a", "key:up", "paste:one", "paste:two", "key:down", "key:b",
    ]  # fmt: skip


def test_an_empty_paste_is_nothing_and_a_nul_is_dropped() -> None:
    assert told(WholePasteParser().feed(f"{START}{END}a{START}x\x00y{END}")) == ["key:a", "paste:xy"]


@given(
    st.lists(st.text(alphabet="ab\x1b[201~\x11\r\n日", max_size=12), min_size=1, max_size=3),
    st.lists(st.integers(0, 60), max_size=8),
)
def test_a_paste_may_arrive_in_any_pieces(texts: list[str], cuts: list[int]) -> None:
    texts = [text.replace(END, "") for text in texts]
    stream = "".join(f"k{START}{text}{END}" for text in texts)
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    parser = WholePasteParser()
    got: list[str] = []
    for begin, end in pairwise(places):
        if begin != end:
            got += told(parser.feed(stream[begin:end]))
    wanted = [item for text in texts for item in ["key:k", *([f"paste:{text}"] if text else [])]]
    assert got == wanted


def test_a_paste_without_an_end_is_given_after_a_silence_and_keys_work_again() -> None:
    clock = Clock()
    parser = WholePasteParser(clock=clock, silence=2)
    assert told(parser.feed(f"{START}half\x1b[201")) == []
    clock.now = 1.9
    assert told(parser.tick()) == []
    clock.now = 2.1
    assert told(parser.tick()) == ["paste:half\x1b[201"]
    assert told(parser.tick()) == []
    assert told(parser.feed("ab")) == ["key:a", "key:b"]


def test_the_rest_of_a_slow_paste_is_still_text() -> None:
    clock = Clock()
    parser = WholePasteParser(clock=clock, silence=2)
    assert told(parser.feed(f"{START}first")) == []
    clock.now = 3
    assert told(parser.tick()) == ["paste:first"]
    assert told(parser.feed("\x11" * 40)) == []
    assert told(parser.feed(f"last{END}x")) == [f"paste:{chr(17) * 40}last", "key:x"]


def test_what_was_pasted_when_input_ends_is_given() -> None:
    parser = WholePasteParser()
    assert told(parser.feed(f"{START}half")) == []
    assert told(parser.feed("")) == ["paste:half"]


def test_only_the_terminals_driver_is_replaced() -> None:
    assert with_whole_pastes(HeadlessDriver) is HeadlessDriver


PROGRAM = """
from textual.app import App
from cjworkshop.tui.paste import with_whole_pastes
def say(*words):
    with open(LOG, "a") as log:
        print(*words, file=log)
class Listener(App):
    ENABLE_COMMAND_PALETTE = False
    def get_driver_class(self):
        return with_whole_pastes(super().get_driver_class())
    def on_mount(self):
        say("READY")
    def on_paste(self, event):
        say("PASTE", ascii(event.text))
    def on_key(self, event):
        say("KEY", event.key)
Listener().run()
"""


def test_through_a_terminal(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    main, other = pty.openpty()
    ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    program = subprocess.Popen(
        [sys.executable, "-c", f"LOG = {str(log)!r}\n{PROGRAM}"],
        stdin=other,
        stdout=other,
        stderr=other,
        close_fds=True,
    )
    os.close(other)

    def lines(until: str) -> list[str]:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if select.select([main], [], [], 0.05)[0]:
                os.read(main, 65536)
            found = log.read_text().splitlines()
            if until in found:
                return found
        pytest.fail(f"{until} did not come: {found}")

    try:
        lines("READY")
        os.write(main, b"\x1b[200~a\x1bb\x11c\x18d\x04 \xff\x9b2J")
        time.sleep(0.15)  # a second read
        os.write(main, b" end\x1b[2")
        time.sleep(0.15)
        os.write(main, b"01~z")
        found = lines("KEY z")
        assert found == ["READY", r"PASTE 'a\x1bb\x11c\x18d\x04 \ufffd\ufffd2J end'", "KEY z"]
        os.write(main, b"\x11")
        assert program.wait(20) == 0
    finally:
        program.kill()
        os.close(main)
