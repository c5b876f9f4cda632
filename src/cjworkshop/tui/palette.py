"""The command palette: everything that is built, by name."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input
from textual.worker import WorkerCancelled, WorkerFailed

from cjworkshop.tui.keyboard import pretty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.types import IgnoreReturnCallbackType


class WorkshopCommands(Provider):
    """What the screen offers: its bindings with a description, and what it lists itself in `palette_entries`."""

    def _entries(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        yield from getattr(self.screen, "palette_entries", list)()
        for node, binding, enabled, tooltip in self.screen.active_bindings.values():
            if enabled and binding.id and not binding.system:
                name = f"{binding.description}  ({pretty(binding.key)})"
                yield name, tooltip or binding.tooltip, partial(self._run, node, binding.action)

    async def _run(self, node: object, action: str) -> None:
        await self.app.run_action(action, node)  # type: ignore[arg-type]  # bindings come with the node that has them

    async def discover(self) -> Hits:
        """All of it, before anything is typed."""
        for name, does, run in self._entries():
            yield DiscoveryHit(name, run, help=does or None)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, does, run in self._entries():
            score = max(matcher.match(name), matcher.match(does) * 0.6 if does else 0)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=does or None)


class Palette(CommandPalette):
    """The palette, on which keys that come before its list wait for it: Textual 8.2.8 forgets an Enter, or ends."""

    @on(Input.Submitted)
    async def take_first(self, event: Input.Submitted) -> None:
        """Take what is highlighted, once everything that fits what was typed is in the list."""
        event.prevent_default()
        looking = [worker for worker in self.workers if worker.group == self._GATHER_COMMANDS_GROUP]
        with contextlib.suppress(WorkerCancelled, WorkerFailed):
            await self.workers.wait_for_complete(looking)
        self._select_or_command(event)

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
