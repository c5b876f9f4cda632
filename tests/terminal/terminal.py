"""A terminal with nobody before it: a program runs in it, keys go in, and what stands on its screen can be asked for.

It is a pseudo-terminal with an emulated screen. It answers what programs ask a terminal at their start, counts
graphemes as one character each, and remembers every control sequence that it was sent.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from typing import TYPE_CHECKING, Self

import pyte
import regex  # type: ignore[import-untyped]  # it comes without types
from pyte import modes
from rich.cells import cell_len

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

PATIENCE = 30.0
"""Seconds after which what is waited for will not come any more; long, because machines are slow now and then."""
AFTERMATH = 0.5
"""Seconds in which the last words of a program that has ended are read."""
LONE_ESCAPE = 0.2
"""Seconds of silence by which a program tells the key Esc from the beginning of a sequence."""
HOLD_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Makes the pseudo-terminal the controlling one, as a shell does it: for resizes, and for its end."""

SHELL_MODES = frozenset({"7", "25"})
"""What is on while a shell has the terminal: lines wrap, the cursor is shown."""

LETTER_KEYS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
SS3_KEYS = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
NUMBER_KEYS = {
    "insert": 2,
    "delete": 3,
    "pageup": 5,
    "pagedown": 6,
    "f5": 15,
    "f6": 17,
    "f7": 18,
    "f8": 19,
    "f9": 20,
    "f10": 21,
    "f11": 23,
    "f12": 24,
}
PLAIN_KEYS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "space": " "}
HELD = {"shift": 1, "alt": 2, "ctrl": 4}

SEQUENCE = re.compile(
    "\x1b\\[(?P<params>[0-?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    "|\x1b(?P<kind>[]PX^_])(?P<string>[^\x07\x1b\x9c]*)(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b(?P<short>[ -/]+[0-~]|[0-OQ-WYZ\\\\`-~])"
    "|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
    "|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
ANSWERS = {"?2026$p": b"\x1b[?2026;2$y", "?2048$p": b"\x1b[?2048;0$y"}
"""What the terminal can do: paint a frame at once, yes; tell its size by a sequence, no."""
GRAPHEME = regex.compile(r"\X")


def bytes_of(key: str) -> bytes:
    """What an xterm sends for a key: a character, or a name such as `ctrl+pagedown`, `shift+tab`, `f2`."""
    if len(key) == 1:
        return key.encode()
    *held, name = key.split("+")
    modifier = sum(HELD[one] for one in held)
    if key == "shift+tab":
        return b"\x1b[Z"
    if name in LETTER_KEYS:
        return (f"\x1b[1;{modifier + 1}" if modifier else "\x1b[").encode() + LETTER_KEYS[name].encode()
    if name in SS3_KEYS:
        return (f"\x1b[1;{modifier + 1}" if modifier else "\x1bO").encode() + SS3_KEYS[name].encode()
    if name in NUMBER_KEYS:
        return f"\x1b[{NUMBER_KEYS[name]}{f';{modifier + 1}' if modifier else ''}~".encode()
    text = PLAIN_KEYS.get(name, name)
    if len(text) != 1:
        raise ValueError(f"there is no key {key}")
    if modifier & HELD["ctrl"]:
        text = chr(ord(text.upper()) & 31)
    return (b"\x1b" if modifier & HELD["alt"] else b"") + text.encode()


def kitty_bytes_of(key: str) -> bytes:
    """What a terminal with kitty's keyboard protocol sends where it was asked to report every key with its text."""
    *held, name = key.split("+") if len(key) > 1 else [key]
    modifier = sum(HELD[one] for one in held)
    text = PLAIN_KEYS.get(name, name)
    if len(text) != 1:
        return bytes_of(key).replace(b"\x1bO", b"\x1b[")
    end = f";{modifier + 1}u" if modifier else "u"
    if name in PLAIN_KEYS or modifier & (HELD["ctrl"] | HELD["alt"]):
        return f"\x1b[{ord(text)}{end}".encode()
    shifted = ";2" if text != text.lower() else ";"
    return f"\x1b[{ord(text.lower()[0])}{shifted};{ord(text)}u".encode()


class GraphemeScreen(pyte.Screen):
    """A screen that keeps one grapheme in a cell (or in two), as the program counts them."""

    def draw(self, data: str) -> None:
        """Put text where the cursor is."""
        for grapheme in GRAPHEME.findall(data):
            width = min(cell_len(grapheme), 2)
            if width == 0:
                continue
            if self.cursor.x + width > self.columns:
                if modes.DECAWM in self.mode:
                    self.carriage_return()
                    self.linefeed()
                else:
                    self.cursor.x = self.columns - width
            self._clear_halves(self.cursor.x, self.cursor.x + width)
            line = self.buffer[self.cursor.y]
            line[self.cursor.x] = self.cursor.attrs._replace(data=grapheme)
            if width == 2:
                line[self.cursor.x + 1] = self.cursor.attrs._replace(data="")
            self.cursor.x += width

    def _clear_halves(self, begin: int, end: int) -> None:
        """Blank the halves that are left of wide characters which cells `begin` … `end` - 1 cut in two."""
        line = self.buffer[self.cursor.y]
        if begin and line[begin].data == "":
            line[begin - 1] = line[begin - 1]._replace(data=" ")
        if end < self.columns and line[end].data == "":
            line[end] = line[end]._replace(data=" ")

    def rows(self) -> list[str]:
        """The lines of the screen, each as wide as it is."""
        lines = (self.buffer[y] for y in range(self.lines))
        return ["".join(line[x].data for x in range(self.columns)) for line in lines]


class Terminal:
    """A program in a terminal of `size` (columns, lines). Use it as a context manager: at its end the program is gone.

    `kitty` says that the terminal knows kitty's keyboard protocol. `controls` is every control sequence that the
    program has written, once each: `CSI m`, `CSI ?1049h`, `OSC 52`; `drawn` every character that it has drawn.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str],
        folder: Path,
        kitty: bool = False,
    ) -> None:
        self.kitty = kitty
        self._chunks: list[str] = []
        self.controls: set[str] = set()
        self.drawn: set[str] = set()
        self.modes = set(SHELL_MODES)
        self.screen = GraphemeScreen(*size)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._changed = threading.Condition()
        self._wake, self._waker = os.pipe()
        self._master, slave = pty.openpty()
        self._set_size(*size)
        self._attributes = termios.tcgetattr(slave)
        self._slave = slave
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", HOLD_TERMINAL, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    @property
    def output(self) -> str:
        """All that the program has written."""
        with self._changed:
            return "".join(self._chunks)

    # What stands on the screen

    @property
    def text(self) -> str:
        """The whole screen, a line a line."""
        with self._changed:
            return "\n".join(self.screen.rows())

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return self.text.split("\n")

    def wait(self, *expected: str | Callable[[str], object], patience: float = PATIENCE) -> str:
        """Wait until all of this is on the screen (or true of its text), and give its text."""

        def there(text: str) -> bool:
            return all(one in text if isinstance(one, str) else one(text) for one in expected)

        return self._wait(there, f"{expected} did not come", patience)

    def wait_without(self, *unwanted: str, patience: float = PATIENCE) -> str:
        """Wait until none of this is on the screen, and give its text."""
        return self._wait(lambda text: not any(one in text for one in unwanted), f"{unwanted} stays", patience)

    def _wait(self, there: Callable[[str], bool], problem: str, patience: float) -> str:
        end = time.monotonic() + patience
        with self._changed:
            while not there(text := "\n".join(self.screen.rows())):
                if self.process.poll() is not None:
                    end = min(end, time.monotonic() + AFTERMATH)
                if not self._changed.wait(min(end - time.monotonic(), AFTERMATH)) and time.monotonic() > end:
                    state = "it runs" if self.process.returncode is None else f"exit code {self.process.returncode}"
                    raise AssertionError(f"{problem} ({state}):\n{text}\n{self.output[-400:]!r}")
        return text

    def wait_cursor_in(self, words: str) -> None:
        """Wait until the terminal's cursor stands in a line with these words: it follows the focus."""
        self.wait(lambda text: words in text.split("\n")[self.screen.cursor.y])

    def find(self, words: str) -> tuple[int, int]:
        """Column and line, from 0, of the first cell of these words."""
        with self._changed:
            for y, line in enumerate(self.screen.rows()):
                if words in line:
                    return cell_len(line[: line.index(words)]), y
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    # What goes in

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.send((kitty_bytes_of if self.kitty else bytes_of)(key))
            if key == "escape" and not self.kitty:
                time.sleep(LONE_ESCAPE)

    def type(self, text: str, *, gap: float = 0.0) -> None:
        """Type text, a code point a key, with `gap` seconds between keys; without a gap all comes at once."""
        if not gap:
            self.send(b"".join(map(kitty_bytes_of if self.kitty else bytes_of, text)))
            return
        for character in text:
            self.press(character)
            time.sleep(gap)

    def paste(self, text: str | bytes) -> None:
        """Paste as a terminal does it where the program asked for bracketed paste."""
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        self.send(b"\x1b[200~" + raw.replace(b"\r\n", b"\r").replace(b"\n", b"\r") + b"\x1b[201~")

    def click(self, x: int, y: int) -> None:
        """Click with the left button on a cell, from 0."""
        self.send(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m".encode())

    def send(self, data: bytes) -> None:
        """Have the program read these bytes."""
        while data:
            data = data[os.write(self._master, data) :]

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal as large as this."""
        with self._changed:
            self.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # How it ends

    def kill(self) -> None:
        """End the program with kill -9."""
        self.process.kill()
        self.process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        if not self._reader.is_alive():
            return
        os.write(self._waker, b".")
        self._reader.join()
        for descriptor in (self._slave, self._master, self._wake, self._waker):
            os.close(descriptor)

    def wait_end(self, patience: float = PATIENCE) -> int:
        """Wait until the program has ended, and give its exit code (below 0: the signal that ended it)."""
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the program does not end:\n{self.text}") from None

    def wait_restored(self) -> None:
        """Wait until the terminal is as it was: normal screen, cursor shown, no mode left on, echo and lines as before."""

        def restored(_: str) -> bool:
            return termios.tcgetattr(self._slave)[:4] == self._attributes[:4] and self.modes == SHELL_MODES

        self._wait(restored, f"the terminal is left with modes {self.modes ^ SHELL_MODES}", PATIENCE)

    # What comes out

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._wake], [], [])
            if self._wake in ready:
                return
            data = os.read(self._master, 65536)
            with self._changed:
                self._take(self._decoder.decode(data))
                self._changed.notify_all()

    def _take(self, text: str) -> None:
        self._chunks.append(text)
        text = self._rest + text
        position = 0
        while (match := SEQUENCE.match(text, position)) is not None:
            if match["text"] and match.end() == len(text) and not match[0].isascii():
                break  # the rest of a grapheme may be on its way
            position = match.end()
            self._obey(match)
        self._rest = text[position:]

    def _obey(self, match: re.Match[str]) -> None:
        """Note a sequence, answer a question, and have the screen do the rest."""
        if match["final"]:
            self._obey_csi(match)
        elif match["kind"]:
            name = {"]": "OSC", "P": "DCS"}.get(match["kind"], f"ESC {match['kind']}")
            self.controls.add(f"{name} {match['string'].partition(';')[0]}")
        elif match["text"]:
            self.drawn.update(match[0])
            self._stream.feed(match[0])
        else:
            self.controls.add(repr(match[0]))
            if match[0] in "\r\n\b\t":
                self._stream.feed(match[0])

    def _obey_csi(self, match: re.Match[str]) -> None:
        params, between, final = match["params"], match["between"], match["final"]
        private = params[:1] in {"?", ">", "<", "="}
        self.controls.add(f"CSI {params}{between}{final}" if private or between else f"CSI {final}")
        if params[:1] == "?" and final in "hl":
            for mode in params[1:].split(";"):
                (self.modes.add if final == "h" else self.modes.discard)(mode)
            self._stream.feed(match[0])
        elif final == "u" and private:
            (self.modes.add if params[0] == ">" else self.modes.discard)("keyboard")
        elif (answer := ANSWERS.get(params + between + final)) is not None:
            self.send(answer)
        elif not between and not private:
            self._stream.feed(match[0])
