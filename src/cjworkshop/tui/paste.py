"""Everything between the marks of a bracketed paste is text, whatever stands in it.

Textual 8 ends a paste at the first ESC in it and runs the rest as keys: `a ESC b Ctrl+Q` quits. Here what comes between
the marks never reaches its parser.
"""

from __future__ import annotations

import codecs
import os
import selectors
import sys
from time import monotonic
from typing import TYPE_CHECKING

from textual import constants, events
from textual._xterm_parser import XTermParser  # the one place where a paste can be told from keys

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from textual.driver import Driver
    from textual.message import Message

START = "\x1b[200~"
END = "\x1b[201~"
SILENCE = 2.0
"""Seconds after which a paste whose end mark does not come is taken for what has come of it."""
_KEYS = 32
"""Characters: after a silence, more than this at once is the rest of a slow paste and not typed."""


class WholePasteParser(XTermParser):
    """Terminal input as Textual's events, with each paste as one event however it is cut up.

    `clock` gives seconds; `silence` is how many of them a paste may be quiet.
    """

    def __init__(
        self, debug: bool = False, *, clock: Callable[[], float] = monotonic, silence: float = SILENCE
    ) -> None:
        self._before = ""
        self._pasting = False
        self._silent = False
        self._pasted: list[str] = []
        self._held = ""
        self._clock = clock
        self._silence = silence
        self._last = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """The events of the next piece of input; an empty piece is its end."""
        if not data:
            yield from self._flush()
            yield from super().feed("")
            return
        if self._silent and END not in data and len(data) <= _KEYS:
            self._pasting = False
            yield from self._close()
        self._silent = False
        while data:
            if self._pasting:
                data = yield from self._collect(data)
            else:
                data = yield from self._pass_on(data)

    def _pass_on(self, data: str) -> Generator[Message, None, str]:
        """Pass input on up to where a paste starts; what is left of it is returned."""
        found = (self._before + data).find(START)
        if found < 0:
            self._before = (self._before + data)[-len(START) + 1 :]
            yield from super().feed(data)
            return ""
        taken = found + len(START) - len(self._before)
        self._before = ""
        yield from super().feed(data[:taken])
        self._pasting = True
        return data[taken:]

    def _collect(self, data: str) -> Generator[Message, None, str]:
        """Collect pasted text up to the end mark; what stands behind that is returned."""
        self._last = self._clock()
        text = self._held + data
        found = text.find(END)
        if found < 0:
            keep = len(END) - 1
            self._pasted.append(text[:-keep])
            self._held = text[-keep:]
            return ""
        self._held = text[:found]
        yield from self._flush()
        self._pasting = False
        yield from self._close()
        return text[found + len(END) :]

    def _flush(self) -> Iterable[Message]:
        """The text collected so far, as a paste."""
        text = "".join([*self._pasted, self._held]).replace("\x00", "")
        self._pasted.clear()
        self._held = ""
        if text:
            yield events.Paste(text)

    def _close(self) -> Iterable[Message]:
        """Let Textual's parser see the end mark; for it the paste was empty."""
        return [event for event in super().feed(END) if not isinstance(event, events.Paste)]

    def tick(self) -> Iterable[Message]:
        """Called at short intervals: the events of a key that was waited for, or of a paste that went silent."""
        yield from super().tick()
        if self._pasting and not self._silent and self._clock() - self._last >= self._silence:
            self._silent = True
            yield from self._flush()


def with_whole_pastes(driver: type[Driver]) -> type[Driver]:
    """The driver that Textual chose, with pastes kept whole. A driver that reads no terminal is given back as it is."""
    if sys.platform == "win32":  # its reader makes the parser itself
        from textual.drivers import win32  # noqa: PLC0415 - can be imported on Windows only

        win32.XTermParser = WholePasteParser
        return driver
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 - cannot be imported on Windows

    if driver is not LinuxDriver:
        return driver

    class TerminalDriver(LinuxDriver):
        """Reads the terminal with our parser, and takes bytes that are no UTF-8 for question marks."""

        def run_input_thread(self) -> None:
            """Read input and pass its events on until the driver ends."""
            parser = WholePasteParser(self._debug)
            decode = codecs.getincrementaldecoder("utf-8")("replace").decode
            wait = min(0.1, max(constants.ESCAPE_DELAY, 0.01))
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    text = ""
                    if selector.select(wait):
                        try:
                            read = os.read(self.fileno, 65536)
                        except OSError:
                            break
                        if not read:
                            break  # the terminal is gone; the system tells so with a signal
                        text = decode(read)
                    for event in (*(parser.feed(text) if text else ()), *parser.tick()):
                        self.process_message(event)

    return TerminalDriver
