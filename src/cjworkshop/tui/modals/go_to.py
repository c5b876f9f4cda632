"""Waiting for the one character that says where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen

if TYPE_CHECKING:
    from textual import events


class GoTo(ModalScreen[str]):
    """Sees the screen below it, with its marks, and ends with the next character; with "" on any other key."""

    CSS_PATH = "go_to.tcss"

    def on_key(self, event: events.Key) -> None:
        """The answer."""
        event.stop()
        event.prevent_default()
        self.dismiss(event.character if event.is_printable and event.character else "")

    def on_click(self) -> None:
        """A click leaves."""
        self.dismiss("")
