"""One row to choose: type a part of its name or its code, Enter takes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Input

from cjworkshop.tui.modals.menu_dialog import MenuDialog
from cjworkshop.tui.text import fit
from cjworkshop.tui.widgets.board import Line, Words
from cjworkshop.tui.widgets.menu import Entry, Menu
from cjworkshop.tui.widgets.picker import Option, Picker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

MOST = 200
"""Rows that are listed at once; typing brings the others."""


class ChooseDialog(MenuDialog[str]):
    """Ends with the id of the row that was chosen. `options` are in the order in which they are likely."""

    def __init__(self, title: str, text: str, options: list[Option]) -> None:
        super().__init__(title, text)
        self._picker = Picker(options, None)

    def content(self) -> Iterable[Widget]:
        """What is typed, and the rows that fit it."""
        yield Input(placeholder="type a code or a part of the name")
        yield Menu(id="rows")

    def keys(self) -> str:
        """How to choose."""
        return "↑ ↓ choose   Enter take   Esc leave it as it is"

    def on_mount(self) -> None:
        """All of them, the likeliest chosen; typing goes into the line at once."""
        self.set_focus(self.query_one(Input))
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that fit."""
        self._picker.filter(event.value)
        self._show()

    def _show(self) -> None:
        self.menu.show([Entry(partial(_line, option), option) for option in self._picker.fitting[:MOST]])

    def take(self) -> None:
        """End with the chosen one. Read again what is typed: its last letters may not have been looked at yet."""
        self._picker.filter(self.query_one(Input).value)
        chosen = self.menu.chosen
        if chosen not in self._picker.fitting:
            chosen = next(iter(self._picker.fitting), None)
        if isinstance(chosen, Option):
            self.dismiss(chosen.value)


def _line(option: Option, width: int) -> Line:
    return [Words(fit(f" {option.label}", width))]
