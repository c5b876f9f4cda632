"""The smallest Textual app that shows something and answers a key: what any program on Textual pays."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class MinimalApp(App[None]):
    """A line of text that a key changes."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Here it is")

    def on_key(self) -> None:
        """Any key changes it."""
        self.query_one(Static).update("A key came")


if __name__ == "__main__":
    MinimalApp().run()
