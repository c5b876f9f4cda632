"""The command palette: everything that is built, by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from cjworkshop.tui.answered import Answered
from cjworkshop.tui.ascii_only import key_names
from cjworkshop.tui.keyboard import pretty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.types import IgnoreReturnCallbackType


class WorkshopCommands(Provider):
    """What the screen offers: its bindings with a description, and what it lists itself in `palette_entries`.

    What it lists in `palette_columns` is found where all typed words stand in its name, and best by what stands before
    the dash; there is so much of it that it is not listed before anything is typed.
    """

    def _entries(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        yield from getattr(self.screen, "palette_entries", list)()
        for node, binding, enabled, tooltip in self.screen.active_bindings.values():
            if enabled and binding.id and not binding.system:
                name = f"{binding.description}  ({key_names(pretty(binding.key), self.app)})"
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
        typed = query.casefold().split()
        for name, does, run in getattr(self.screen, "palette_columns", list)():
            if all(word in name.casefold() for word in typed):
                score = max(matcher.match(name.partition(" — ")[0]), matcher.match(name) * 0.5)
                yield Hit(score, matcher.highlight(name), run, help=does or None)


class Palette(Answered[None], CommandPalette):
    """The palette, on which keys that come before its list wait for it: Textual 8.2.8 forgets an Enter, or ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+a",
            "select_typed",
            "Select all",
            show=False,
            priority=True,
            id="palette.select-all",
            tooltip="Select what is typed; what is typed then replaces it.",
        )
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._wanted = False

    def action_select_typed(self) -> None:
        """Select the words that are looked for."""
        self.query_one(Input).action_select_all()

    @on(Input.Changed)
    def look_again(self) -> None:
        """Something else is looked for: nothing is taken yet."""
        self._wanted = False

    @on(Input.Submitted)
    def take_first(self, event: Input.Submitted) -> None:
        """Take what is highlighted: at once, or as soon as all that fits what was typed is in the list."""
        event.prevent_default()
        if any(worker.is_running for worker in self.workers if self._is_looking(worker)):
            self._wanted = True
        else:
            self._select_or_command(event)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The list is there."""
        if self._wanted and event.state is WorkerState.SUCCESS and self._is_looking(event.worker):
            self._wanted = False
            self._select_or_command()

    def _is_looking(self, worker: Worker[Any]) -> bool:
        return worker.node is self and worker.group == self._GATHER_COMMANDS_GROUP

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
