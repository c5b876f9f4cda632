"""Keys in their order: each is done, with all that comes of it, before the next one is looked at."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from cjworkshop.domain.text import clean_text
from cjworkshop.tui.program import Program
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.sparing import SparingScreen
from cjworkshop.tui.widgets.direct import Direct
from cjworkshop.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.screen import Screen
    from textual.worker import Worker

LONGEST_OPENING = 1.0
"""Seconds after which the keys go on although what was asked for does not stand, or is not done."""
TURN = 0.001
"""Seconds between two looks at whether it stands."""


class InOrder(Program):
    """A program with a workshop screen, on which no key overtakes another."""

    _unpainted = False

    @property
    def workshop(self) -> WorkshopScreen | None:
        """The screen of the open session, if one is open."""
        raise NotImplementedError

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
            await self._press(event, self.focused)
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
        await _until(lambda: self.screen is not below or all(worker.is_finished for worker in begun))
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

    async def _press(self, event: events.Key, focused: Widget | None) -> None:
        """A key where no table has the focus: letters go to the line they were typed in, Tab or Enter is done before them."""
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
        await _until(lambda: self.screen.is_modal or all(worker.is_finished for worker in self.workers))
        if workshop is not None and dialog not in self.screen_stack:
            await workshop.told()
        await _drained(self.screen)

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


async def _until(done: Callable[[], bool]) -> None:
    """Wait for this, but not for long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_OPENING):
            while not done():  # noqa: ASYNC110 - Textual has no event for it
                await asyncio.sleep(TURN)


async def _drained(node: Widget) -> None:
    """Wait until a widget has done what was told to it so far; not for long, since it may be going."""
    done = asyncio.Event()
    if node.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), LONGEST_OPENING)
