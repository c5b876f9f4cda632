"""The application: what is the same on every screen, and how it ends."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.errors import Busy, WorkshopError
from cjworkshop.facilitation.clock import SteadyNow
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.recovery import ChoiceNeeded
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.desk import Desk
from cjworkshop.tui.in_order import InOrder
from cjworkshop.tui.palette import Palette, WorkshopCommands
from cjworkshop.tui.paste import with_whole_pastes
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.command import Provider
    from textual.driver import Driver
    from textual.screen import Screen

    from cjworkshop.settings import Settings
    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.tui.screens.editing import Errand


class WorkshopApp(InOrder):
    """Home and the workshop screen over one store of sessions.

    `today` gives the day and `now` the time in UTC; tests give their own.
    """

    TITLE = "cjworkshop"
    LAST_WORDS = "cjworkshop stopped because of a fault of its own. What showed as saved is kept."
    CSS_PATH: ClassVar = ["app.tcss", "screens/workshop.tcss"]  # a screen's own would have all rules parsed again
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {WorkshopCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q", "quit", "Quit", id="app.quit", priority=True, tooltip="Close the session and quit; all is saved."
        ),
        Binding("ctrl+f", "find", "Find", id="app.find", tooltip="Find words in the whole session, and go there."),
        Binding(
            "ctrl+k", "capture", "Capture", id="app.capture", priority=True, tooltip="Write down what is said, now."
        ),
        Binding("f6", "presenter", "Presenter", id="app.presenter", tooltip="Only what the room should see, large."),
        Binding("ctrl+t", "clock", "Clock", id="app.clock", tooltip="Start, pause, next, more minutes, re-fit."),
        Binding(
            "ctrl+s",
            "restore_points",
            "Restore points",
            id="app.restore-points",
            tooltip="Keep the session under a name, see what would change by going back, and go back.",
        ),
        Binding(
            "ctrl+c", "nothing", show=False, id="app.no-quit", system=True, tooltip="Copies in a table; it never quits."
        ),
    ]

    def __init__(
        self,
        store: SessionStore,
        settings: Settings,
        open_path: Path | None = None,
        *,
        today: Callable[[], dt.date] = dt.date.today,
        now: Callable[[], dt.datetime] | None = None,
    ) -> None:
        super().__init__(settings)
        self.store = store
        self.today = today
        self.now = now or SteadyNow(store.environment.clock, time.monotonic)
        self._open_path = open_path

    def get_driver_class(self) -> type[Driver]:
        """The terminal's driver, with pastes that arrive whole."""
        return with_whole_pastes(super().get_driver_class())

    async def on_mount(self) -> None:
        """Home, or the session that was asked for."""
        self.heed_signals()
        if self._open_path is None:
            await self._show_home()
        else:
            self.open_session(self._open_path)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        # Textual takes the screen below the current one as seen even where that hides it, and paints the whole current
        # one again for whatever changes there.
        return super()._background_screens if self.screen.is_modal else []

    def end_by_signal(self, number: int) -> None:
        """The system asks the program to end: all is saved, nothing is asked, and the exit code says why."""
        self.run_worker(self._end(128 + number), exclusive=True, group="end")

    async def _end(self, code: int) -> None:
        if self.workshop is not None:
            await self.workshop.told()
        self.give_up()
        self.exit(code)

    # Opening and closing

    def open_session(self, path: Path) -> None:
        """Open a session, asking what to do where it is open elsewhere or damaged."""
        self.run_worker(self._open(path), exclusive=True, group="open")

    async def _open(self, path: Path) -> None:
        opened: OpenSession | None = None
        try:
            opened = await self._opened(path)
        except WorkshopError as problem:
            from cjworkshop.tui.questions import tell  # noqa: PLC0415 - made on first use

            await tell(self, problem)
        if opened is not None:
            await self.show_session(opened)
        elif len(self.screen_stack) == 1:
            await self._show_home()

    async def _opened(self, path: Path) -> OpenSession | None:
        """The session, or None where the user leaves a question about it."""
        try:
            return self.store.open(path)
        except (Busy, ChoiceNeeded) as problem:
            from cjworkshop.tui.questions import open_all_the_same  # noqa: PLC0415 - made on first use

            return await open_all_the_same(self, path, problem)

    async def show_session(self, opened: OpenSession) -> None:
        """Go to the workshop screen with this session."""
        new_id = self.store.environment.new_id
        desk = Desk(
            opened,
            today=self.today,
            new_id=new_id,
            now=self.now,
            ascii_only=self.settings.ascii,
        )
        await self.push_screen(WorkshopScreen(desk))

    def go_home(self) -> None:
        """Back to the list of sessions."""
        from cjworkshop.tui.screens.home import HomeScreen  # noqa: PLC0415 - made on first use

        self.switch_screen(HomeScreen())

    async def _show_home(self) -> None:
        from cjworkshop.tui.screens.home import HomeScreen  # noqa: PLC0415 - made on first use

        await self.push_screen(HomeScreen())

    @property
    def workshop(self) -> WorkshopScreen | None:
        """The screen of the open session, if one is open; over it that of a rehearsal."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, WorkshopScreen)), None)

    def give_up(self) -> None:
        """Save what can be saved and close, without asking: the program is about to end."""
        with contextlib.suppress(WorkshopError, OSError):
            for screen in self.screen_stack:
                if isinstance(screen, WorkshopScreen):
                    screen.close(anyway=True)

    async def action_quit(self) -> None:
        """Save, close, end."""
        workshop = self.workshop
        if workshop is None:
            self.exit(0)
        elif workshop.desk.rehearsal:
            from cjworkshop.tui.clock_errands import end_rehearsal  # noqa: PLC0415 - seldom wanted

            workshop.leave(partial(end_rehearsal, workshop, quit_too=True))
        else:
            workshop.leave(partial(self.exit, 0))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done in a session can be done where one is open."""
        if action in {"clock", "find", "capture", "presenter", "restore_points"}:
            return self.workshop is not None
        return super().check_action(action, parameters)

    async def put_aside(self) -> Callable[[], None] | None:
        """Commit what is being edited on the screen, or keep it where it is refused.

        Gives what opens the editor again as it was, if its screen is still there; None where none was open.
        """
        screen = self.screen
        take_up: Callable[[], None] | None = await screen.put_aside() if hasattr(screen, "put_aside") else None
        return partial(self._take_up, screen, take_up) if take_up is not None else None

    def _take_up(self, screen: Screen[Any], take_up: Callable[[], None]) -> None:
        if screen in self.screen_stack:
            take_up()

    async def _run_errand(self, errand: Errand) -> None:
        """Have an errand of the workshop run over whatever screen is on top."""
        workshop = self.workshop
        if workshop is not None:
            workshop.run_errand(errand, await self.put_aside())

    async def action_find(self) -> None:
        """Find words in the whole session, and go there, from whatever screen shows it."""
        from cjworkshop.tui import errands  # noqa: PLC0415 - made on first use

        await self._run_errand(errands.find)

    async def action_clock(self) -> None:
        """The clock of the agenda, over whatever is on the screen."""
        from cjworkshop.tui.clock_errands import clock_errand  # noqa: PLC0415 - made on first use

        await self._run_errand(clock_errand)

    async def action_presenter(self) -> None:
        """What the room should see, over whatever is on the screen."""
        workshop = self.workshop
        if workshop is not None:
            await workshop.show_room(await self.put_aside())

    async def action_restore_points(self) -> None:
        """Keep the session under a name, or go back to how it was."""
        from cjworkshop.tui import errands  # noqa: PLC0415 - made on first use

        await self._run_errand(errands.restore_points)

    async def action_capture(self) -> None:
        """The line for quick capture, over whatever is on the screen; ready for the very next key."""
        from cjworkshop.tui.modals.capture import CaptureLine, capture_over  # noqa: PLC0415 - made on first use

        if self.workshop is not None and not isinstance(self.screen, CaptureLine):
            await capture_over(self.screen, self.workshop, await self.put_aside())

    def action_nothing(self) -> None:
        """Ctrl+C outside of a table does nothing, above all it does not quit."""

    def action_command_palette(self) -> None:
        """Everything that can be done here, by name."""
        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def action_toggle_theme(self) -> None:
        """Dark to light and back."""
        self.theme = THEMES["light" if self.current_theme.dark else "dark"].name


def run(folder: Path, settings: Settings, open_path: Path | None = None, *, debug: bool = False) -> int:
    """Run the program over the sessions in `folder` until it ends, and give its exit code."""
    return WorkshopApp(SessionStore(folder, CATALOGUE), settings, open_path).run_to_end(debug=debug)
