"""Widgets whose keys are done one after the other, each with all that comes of it, before the next is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events


class Direct(Widget):
    """A widget that the application hands keys to itself, where it has the focus: see `WorkshopApp.on_event`."""

    def take_key(self, event: events.Key) -> None:
        """A key that no binding wanted."""
        raise NotImplementedError

    def take_paste(self, text: str) -> None:
        """Text was pasted."""
        raise NotImplementedError
