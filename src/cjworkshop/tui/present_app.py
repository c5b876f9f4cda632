"""`cjworkshop present`: a program of its own for the projector, which follows the facilitator's and writes nothing."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.facilitation.clock import SteadyNow
from cjworkshop.storage.environment import utc_now
from cjworkshop.tui.program import Program
from cjworkshop.tui.screens.following import FollowingScreen, Looked

if TYPE_CHECKING:
    from cjworkshop.settings import Settings
    from cjworkshop.storage.following import Following

LOOK_EVERY = 0.1
"""Seconds between two looks at the session's files."""


class PresentApp(Program):
    """One screen, drawn anew where the thread that looks at the files sees something else."""

    TITLE = "cjworkshop present"
    CSS_PATH = "app.tcss"
    LAST_WORDS = "cjworkshop present stopped because of a fault of its own. The session is not touched."
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="present.end", priority=True, tooltip="End the presenter."),
        Binding("ctrl+c", "quit", "Quit", show=False, id="present.stop", system=True, tooltip="End the presenter."),
    ]

    def __init__(self, following: Following, settings: Settings) -> None:
        super().__init__(settings)
        self.following = following
        self._enough = threading.Event()
        self._looker = threading.Thread(target=self._look, name="looking", daemon=True)

    async def on_mount(self) -> None:
        """Show what there is, and follow."""
        self.heed_signals()
        now = SteadyNow(utc_now, time.monotonic)
        await self.push_screen(FollowingScreen(self.following.look(), now, ascii_only=self.settings.ascii))
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


def run_present(following: Following, settings: Settings, *, debug: bool = False) -> int:
    """Run the presenter until it is ended, and give its exit code."""
    return PresentApp(following, settings).run_to_end(debug=debug)
