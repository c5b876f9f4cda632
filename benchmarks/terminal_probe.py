"""A terminal program under measurement: it runs in a pty, keys go in, and what it writes is timed.

Time counts from the writing of a key to the last output that changed the screen before it fell quiet. Output is timed
when it is read and put on an emulated screen only when the program is quiet, so that the emulation slows nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLUMNS, LINES = 120, 40
QUIET = 0.07
"""Seconds without output after which a screen counts as final."""
LONGEST_SILENCE = 0.5
"""Seconds for which a program may write nothing that changes the screen before a key counts as one without effect."""
PATIENCE = 60.0

_LETTERS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_NUMBERS = {"pageup": 5, "pagedown": 6, "f5": 15}
_PLAIN = {"enter": b"\r", "tab": b"\t", "escape": b"\x1b", "backspace": b"\x7f"}
_QUERIES = re.compile(rb"\x1b\[(?:\?(\d+)\$p|6n|0?c)")
_SYNCHRONISED = b"2026"
_FRAMES = re.compile(rb"\x1b\[\?2026h(.*?)\x1b\[\?2026l", re.DOTALL)


class NoAnswer(Exception):
    """The program ended, or never showed what was waited for."""


def key_bytes(key: str, *, application: bool = False) -> bytes:
    """What an xterm sends for a key: a character, or `down`, `enter`, `ctrl+n`, `ctrl+pagedown`."""
    *held, name = key.split("+") if len(key) > 1 else (key,)
    modifier = ";5" if held == ["ctrl"] else ""
    if name in _LETTERS:
        if modifier:
            return f"\x1b[1{modifier}{_LETTERS[name]}".encode()
        return (b"\x1bO" if application else b"\x1b[") + _LETTERS[name].encode()
    if name in _NUMBERS:
        return f"\x1b[{_NUMBERS[name]}{modifier}~".encode()
    if name in _PLAIN:
        return _PLAIN[name]
    if len(name) != 1 or len(held) > 1:
        raise ValueError(f"there is no key {key}")
    return bytes([ord(name.upper()) & 31]) if modifier else name.encode()


@dataclass
class Response:
    """What a key did. Times in ms from the key; `lines` are the screen lines that it changed, with the last change."""

    bytes: int = 0
    lines: dict[int, float] = field(default_factory=dict)

    def final(self, lines: range = range(LINES)) -> float:
        """When these lines had come to look as they then stayed; NoAnswer where none of them changed."""
        times = [time for line, time in self.lines.items() if line in lines]
        if not times:
            raise NoAnswer("the key changed nothing on the screen")
        return max(times)


class Terminal:
    """A program in a pty of 120 × 40. Use it as a context manager: it is killed at the end."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._lines: list[tuple[object, ...]] = [()] * LINES
        self._unseen: list[tuple[float, bytes]] = []
        self._application = False
        self.output = 0
        arguments = [str(part) for part in command]
        given = _environment() | dict(environment or {})
        self.started = time.perf_counter()
        self._pid, self._file = pty.fork()
        if self._pid == 0:
            _set_height(0, LINES)
            os.execvpe(arguments[0], arguments, given)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        os.close(self._file)
        os.waitpid(self._pid, 0)

    def resize(self, lines: int) -> None:
        """Give the terminal another height."""
        _set_height(self._file, lines)

    def send(self, *keys: str) -> float:
        """Press keys, all at once, and say when that was."""
        data = b"".join(key_bytes(key, application=self._application) for key in keys)
        now = time.perf_counter()
        os.write(self._file, data)
        return now

    def wait_for(self, text: str) -> float:
        """Wait until `text` has been written since the last call of anything here; seconds since the start.

        It must be written in one go: words in one style.
        """
        wanted, seen = text.encode(), b""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline:
            if self._read(0.5):
                seen += self._unseen[-1][1]
                if wanted in seen:
                    return self._unseen[-1][0] - self.started
        raise NoAnswer(f"{text!r} never came; the screen is:\n{self.text()}")

    def wait_output(self) -> float:
        """Wait until the program writes anything that was not taken in yet, and say when that was."""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline:
            if self._read(0.5):
                return self._unseen[-1][0]
        raise NoAnswer(f"nothing was written; the screen is:\n{self.text()}")

    def press(self, *keys: str) -> Response:
        """Press keys and see what becomes of the screen."""
        self.settle(0)
        before = self.output
        pressed = self.send(*keys)
        response = Response()
        while not response.lines and time.perf_counter() - pressed < LONGEST_SILENCE:
            while self._read(QUIET):
                pass
            response.lines = {line: (when - pressed) * 1000 for line, when in self._show()}
        response.bytes = self.output - before
        return response

    def settle(self, quiet: float = QUIET) -> None:
        """Take in what is written until nothing has come for so many seconds."""
        while self._read(quiet):
            pass
        for _ in self._show():
            pass

    def text(self) -> str:
        """What stands on the screen."""
        self.settle()
        return "\n".join(self._screen.display)

    def full_frame(self) -> int:
        """The bytes of the whole screen as it stands, painted afresh: the largest frame after a change of its size.

        A clock that runs paints small ones behind it.
        """
        for lines in (LINES - 1, LINES):
            self.settle()
            self.resize(lines)
            while self._read(QUIET * 3):
                pass
            frames = _FRAMES.findall(b"".join(data for _, data in self._unseen))
        return max(map(len, frames))

    def memory(self) -> float:
        """What the program and its children hold of the computer's memory, in MB."""
        return sum(_resident(pid) for pid in _family(self._pid)) / 1024

    def _read(self, patience: float) -> bool:
        """Take what the program has written, if it writes within so many seconds."""
        if not select.select([self._file], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._file, 1 << 17)
        except OSError:
            data = b""
        if not data:
            raise NoAnswer("\n".join(["the program ended:", *self._screen.display]))
        self._unseen.append((time.perf_counter(), data))
        self.output += len(data)
        for query in _QUERIES.finditer(data):
            self._answer(query)
        for mode in re.findall(rb"\x1b\[\?1([hl])", data):
            self._application = mode == b"h"
        return True

    def _answer(self, query: re.Match[bytes]) -> None:
        mode = query[1]
        if mode is not None:
            known = 2 if mode == _SYNCHRONISED else 0
            os.write(self._file, b"\x1b[?%s;%d$y" % (mode, known))
        else:
            os.write(self._file, b"\x1b[1;1R" if query[0].endswith(b"n") else b"\x1b[?62;22c")

    def _show(self) -> Iterator[tuple[int, float]]:
        """Put the output on the screen: (line, time of the last output that made it what it now is), if it changed."""
        first: dict[int, tuple[object, ...]] = {}
        changed: dict[int, float] = {}
        for when, data in self._unseen:
            self._stream.feed(data)
            for y in self._screen.dirty:
                line = tuple(self._screen.buffer[y][x] for x in range(COLUMNS))
                if line != self._lines[y]:
                    first.setdefault(y, self._lines[y])
                    self._lines[y] = line
                    changed[y] = when
            self._screen.dirty.clear()
        self._unseen.clear()
        yield from ((y, when) for y, when in changed.items() if first[y] != self._lines[y])


def _set_height(file: int, lines: int) -> None:
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, COLUMNS, 0, 0))


def _environment() -> dict[str, str]:
    """That of this process, without what would change how a terminal program behaves."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "PYTHON", "CJWORKSHOP"))
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _family(pid: int) -> Iterator[int]:
    """A process and those that it has started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _resident(pid: int) -> int:
    """Kilobytes of memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) if found else 0
