"""`cjworkshop present`: a program of its own for the projector, which follows the facilitator's and writes nothing."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType

from cjworkshop.domain.text import clean_text
from cjworkshop.facilitation.clock import SteadyNow
from cjworkshop.storage.environment import utc_now
from cjworkshop.tui.screens.following import FollowingScreen, Looked
from cjworkshop.tui.themes import THEMES

if TYPE_CHECKING:
    from cjworkshop.settings import Settings
    from cjworkshop.storage.following import Following

END_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
LOOK_EVERY = 0.1
"""Seconds between two looks at the session's files."""


class PresentApp(App[int]):
    """One screen, drawn anew where the thread that looks at the files sees something else."""

    TITLE = "cjworkshop present"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="present.end", priority=True, tooltip="End the presenter."),
        Binding("ctrl+c", "quit", "Quit", show=False, id="present.stop", system=True, tooltip="End the presenter."),
    ]

    def __init__(self, following: Following, settings: Settings) -> None:
        super().__init__()
        self.following = following
        self.fault = ""
        self._settings = settings
        self._enough = threading.Event()
        self._looker = threading.Thread(target=self._look, name="looking", daemon=True)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[settings.theme].name
        self.set_keymap(settings.keymap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables of our own, so that any theme can be chosen."""
        return THEMES["dark"].variables

    async def on_mount(self) -> None:
        """Show what there is, and follow."""
        loop = asyncio.get_running_loop()
        for name in END_SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its loop
                    loop.add_signal_handler(number, self.exit, 128 + number)
        now = SteadyNow(utc_now, time.monotonic)
        await self.push_screen(FollowingScreen(self.following.look(), now, ascii_only=self._settings.ascii))
        self._looker.start()

    def on_unmount(self) -> None:
        """Follow no more."""
        self._enough.set()

    def _look(self) -> None:
        """Look until it is enough, on a thread of its own: the screen never waits for a disk."""
        before = None
        try:
            while not self._enough.wait(LOOK_EVERY):
                seen = self.following.look()
                if seen != before:
                    before = seen
                    self.screen.post_message(Looked(seen))
        finally:
            if not self._enough.is_set():
                self.screen.post_message(Looked(None))

    async def action_quit(self) -> None:
        """End."""
        self.exit(0)

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of local variables: notes are not for the room.
        self.fault = traceback.format_exc()
        self.panic(Text("cjworkshop present stopped because of a fault of its own. The session is not touched."))


def run_present(following: Following, settings: Settings, *, debug: bool = False) -> int:
    """Run the presenter until it is ended, and give its exit code."""
    for name in ("COLUMNS", "LINES"):  # where a shell exports them, Textual would believe them for ever
        os.environ.pop(name, None)
    app = PresentApp(following, settings)
    app.run()
    if app.fault and debug:
        print(clean_text(app.fault), file=sys.stderr)  # noqa: T201 - the screen is gone; this is what --debug asks for
    return app.return_value if app.return_value is not None else app.return_code or 0
