"""What a template is called and what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widgets import Input

from cjworkshop.domain.text import clean_line
from cjworkshop.tui.modals.dialog import Dialog, fault, field
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class NewTemplate(NamedTuple):
    """What the dialog ends with: the template's name, and a line on what it is for, which may be empty."""

    name: str
    about: str


class SaveTemplateDialog(Dialog[NewTemplate]):
    """Two lines, filled in as far as `typed` says. `problem` is why what was typed before could not be had."""

    def __init__(self, text: str, typed: NewTemplate, problem: str = "") -> None:
        super().__init__("Save as template", text)
        self._typed = typed
        self._problem = problem

    def content(self) -> Iterable[Widget]:
        """Name and purpose, and room for what is wrong with them."""
        yield field("Name", TextLine(self._typed.name, id="name"))
        yield field("About", TextLine(self._typed.about, id="about", placeholder="what it is for; may stay empty"))
        yield fault()

    def on_mount(self) -> None:
        """Say what was wrong before."""
        if self._problem:
            self.refuse(self._problem)

    def keys(self) -> str:
        """How to go on."""
        return "Tab other line   Enter save   Esc cancel"

    def on_input_submitted(self) -> None:
        """Enter in either line saves."""
        name, about = (clean_line(self.query_one(f"#{line}", Input).value) for line in ("name", "about"))
        self.dismiss(NewTemplate(name, about))
