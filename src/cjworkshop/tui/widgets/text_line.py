"""The line to type in that every dialog has."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class TextLine(Input):
    """Textual's line, on which Ctrl+A means what it means in a table: all of it, and what is typed then replaces it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+a",
            "select_all",
            "Select all",
            show=False,
            id="dialog.select-all",
            tooltip="Select the whole line; what is typed then replaces it.",
        )
    ]
