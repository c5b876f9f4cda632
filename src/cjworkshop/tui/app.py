"""The application: what is the same on every screen, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import time
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from cjworkshop.domain.text import clean_text
from cjworkshop.errors import Busy, WorkshopError
from cjworkshop.facilitation.clock import SteadyNow
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.recovery import ChoiceNeeded
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.desk import Desk
from cjworkshop.tui.palette import Palette, WorkshopCommands
from cjworkshop.tui.paste import with_whole_pastes
from cjworkshop.tui.program import Program
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.sparing import SparingScreen
from cjworkshop.tui.themes import THEMES
from cjworkshop.tui.widgets.direct import Direct
from cjworkshop.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import RenderableType
    from textual.command import Provider
    from textual.driver import Driver
    from textual.screen import Screen
    from textual.worker import Worker

    from cjworkshop.settings import Settings
    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.tui.screens.editing import Errand

LONGEST_OPENING = 1.0
"""Seconds after which the keys go on although a dialog that was asked for does not stand."""


class WorkshopApp(Program):
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
        self._unpainted = False

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

    async def on_event(self, event: events.Event) -> None:
        """Have each key done, with all that comes of it, before the next one is looked at.

        Textual queues keys at the focused widget and runs bindings when the keys come back from there. Where many come
        at once, as over a slow line, letters would overtake the Tab before them and land in the wrong cell. The screen is
        painted once for all that a key does: a second frame would wait for its turn, 16 ms later.
        """
        if isinstance(event, events.Paste):
            event.text = clean_text(event.text)  # Textual's own inputs would draw an ESC as it is
        fresh = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if fresh and isinstance(event, events.Key) and not isinstance(self.focused, Grid | Direct):
            await self._type_in_dialog(event, self.focused)
            return
        workshop = self.workshop
        taken = False
        if fresh and workshop is not None:
            below, before = self.screen, set(self.workers)
            with self.batch_update():
                taken = await self._take(event)
                if taken and self.screen is below and workshop.is_awaited:
                    await workshop.told()
                is_last = not self.message_queue_size
            self._show(at_once=is_last)
            if taken and (begun := set(self.workers) - before):
                await self._asked(begun, below)
        if not taken:
            await super().on_event(event)

    async def _asked(self, begun: set[Worker[Any]], below: Screen[Any]) -> None:
        """Wait for the dialog that a key has asked for: the next one is meant for it. Not for long, where none comes."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_OPENING):
                while self.screen is below and not all(worker.is_finished for worker in begun):  # noqa: ASYNC110 - a few turns
                    await asyncio.sleep(0)
        if self.screen is not below:
            await _drained(self.screen)

    def _show(self, *, at_once: bool) -> None:
        """Paint what a key changed: when the screen has a turn, or at once, without the way there."""
        screen = self.screen
        if self._unpainted:
            self._unpainted = False
            screen.refresh()
        if at_once and isinstance(screen, SparingScreen):
            screen.paint()
        screen.check_idle()

    async def _type_in_dialog(self, event: events.Key, focused: Widget | None) -> None:
        """Have letters go to the line that they were typed in, and Tab or Enter done before the letters behind it."""
        entry, dialog = focused or self.screen, self.screen
        if not event.is_printable or not isinstance(entry, Input):
            await _drained(entry)
            before = set(self.workers)
            if await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key):
                for node in entry.ancestors_with_self:
                    if isinstance(node, Widget):
                        await _drained(node)
                own = {worker for worker in self.workers if worker.node is dialog and event.key == "enter"}
                await self._asked(set(self.workers) - before | own, dialog)
                if self.screen is not dialog:
                    await self._followed(dialog)
                return
            event.stop()  # what means nothing here must not mean something on the screen that is there by then
        await super().on_event(event)

    async def _followed(self, dialog: Screen[Any]) -> None:
        """Wait for what comes of a dialog that was answered: what is done then, or the next dialog. Not for long."""
        workshop = self.workshop
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_OPENING):
                while not self.screen.is_modal and not all(worker.is_finished for worker in self.workers):  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0)
        if workshop is not None and dialog not in self.screen_stack:
            await workshop.told()
        await _drained(self.screen)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        # Textual takes the screen below the current one as seen even where that hides it, and paints the whole current
        # one again for whatever changes there.
        return super()._background_screens if self.screen.is_modal else []

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        # A resize does not wait for the end of a batch, and what it would paint then is lost.
        self._unpainted = self._unpainted or (renderable is not None and self._batch_count > 0)
        super()._display(screen, renderable)

    async def _take(self, event: events.Event) -> bool:
        """Give a key or a paste to the grid, or to what waits for a go-to character. False where neither listens."""
        workshop, grid = self.screen, self.focused
        if isinstance(grid, Direct):
            return await self._take_directly(event, grid)
        if not isinstance(workshop, WorkshopScreen) or not isinstance(grid, Grid):
            return False
        if isinstance(event, events.Paste):
            workshop.go_to_mark("")
            grid.on_paste(event)
            return True
        if not isinstance(event, events.Key):
            return False
        self.app_focus = True
        if await self._check_bindings(event.key, priority=True):
            workshop.go_to_mark("")
        elif workshop.marked:
            workshop.go_to_mark((event.is_printable and event.character) or "")
        elif not await self._check_bindings(event.key):
            grid.on_key(event)
        return True

    async def _take_directly(self, event: events.Event, taker: Direct) -> bool:
        if isinstance(event, events.Paste):
            taker.take_paste(event.text)
            return True
        if not isinstance(event, events.Key):
            return False
        self.app_focus = True
        if not await self._check_bindings(event.key, priority=True) and not await self._check_bindings(event.key):
            taker.take_key(event)
        return True

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


async def _drained(node: Widget) -> None:
    """Wait until a widget has done what was told to it so far; not for long, since it may be going."""
    done = asyncio.Event()
    if node.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), 1)


def run(folder: Path, settings: Settings, open_path: Path | None = None, *, debug: bool = False) -> int:
    """Run the program over the sessions in `folder` until it ends, and give its exit code."""
    return WorkshopApp(SessionStore(folder, CATALOGUE), settings, open_path).run_to_end(debug=debug)
