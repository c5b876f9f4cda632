"""What the programs in the terminal have in common: their colours, the user's own keys, and how they end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.geometry import Size

from cjworkshop.domain.text import clean_text
from cjworkshop.tui.ascii_only import AsciiOnly
from cjworkshop.tui.themes import THEMES

if TYPE_CHECKING:
    from cjworkshop.settings import Settings

END_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")

LONGEST_TURN = 0.001
"""Seconds for which the thread that saves waits at most while the screen is busy."""


STANDS = 1.0
"""Seconds after which the first screen surely stands."""


def _collect() -> None:
    """Where that waited for the start: collect from now on, but look at nothing that is there, nearly all of which stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Program(App[int]):
    """A program that ends with an exit code. `LAST_WORDS` are what it says where it ends by a fault of its own."""

    LAST_WORDS: ClassVar[str]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.sounds = settings.sounds
        self.fault = ""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[settings.theme].name
        self.set_keymap(settings.keymap)
        if settings.ascii:
            self._filters.append(AsciiOnly())

    def on_load(self) -> None:
        """Collect garbage once all stands."""
        self.set_timer(STANDS, _collect)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables of our own, so that any theme can be chosen."""
        return THEMES["dark"].variables

    def heed_signals(self) -> None:
        """End in order when the system asks for it. To be called once the program runs."""
        loop = asyncio.get_running_loop()
        for name in END_SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its loop
                    loop.add_signal_handler(number, self.end_by_signal, number)

    def end_by_signal(self, number: int) -> None:
        """The system asks the program to end: the exit code says why it did."""
        self.exit(128 + number)

    async def on_event(self, event: events.Event) -> None:
        """Have a new size be the one that the terminal has by now."""
        if isinstance(event, events.Resize):
            event = self._as_large_as_now(event)
        await super().on_event(event)
        if isinstance(event, events.Resize) and self._resize_timer is None:
            self._mend()

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key is bound to; a letter that nothing is bound to is as good with Shift or Caps Lock as without."""
        done = await super()._check_bindings(key, priority)
        if not done and len(key) == 1 and key != key.lower():
            done = await super()._check_bindings(key.lower(), priority)
        return done

    def _as_large_as_now(self, event: events.Resize) -> events.Resize:
        """The event with the size that the terminal has by now: where one comes amid another, the older is told last."""
        if self.is_headless or self.is_web or sys.__stdout__ is None:
            return event
        try:
            size = Size(*os.get_terminal_size(sys.__stdout__.fileno()))
        except OSError:
            return event
        return event if size == event.size else events.Resize(size, size)

    def _check_resize(self) -> None:
        super()._check_resize()
        self._mend()

    def _mend(self) -> None:
        """Paint all where the screen stands for a size that the terminal has again: in between it cut some of that off."""
        if self.screen_stack and self.screen.outer_size == self.size:
            self.screen.refresh(layout=True)

    def give_up(self) -> None:
        """Save what can be saved, without asking: the program is about to end by a fault of its own."""

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of local variables: notes do not belong on a screen that
        # the room sees, nor in a log.
        self.fault = traceback.format_exc()
        self.give_up()
        self.panic(Text(self.LAST_WORDS))

    def run_to_end(self, *, debug: bool) -> int:
        """Run until the end, and give the exit code.

        `debug` prints the traceback, without the values of variables, where it ended by a fault of its own.
        """
        for name in ("COLUMNS", "LINES"):  # where a shell exports them, Textual would believe them for ever
            os.environ.pop(name, None)
        sys.setswitchinterval(LONGEST_TURN)
        try:
            self.run()
        finally:
            gc.enable()
        if self.fault and debug:
            print(clean_text(self.fault), file=sys.stderr)  # noqa: T201 - the screen is gone; --debug asks for this
        return self.return_value if self.return_value is not None else self.return_code or 0
