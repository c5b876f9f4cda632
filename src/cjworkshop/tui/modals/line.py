"""A question that is answered with one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line
from cjworkshop.errors import WorkshopError
from cjworkshop.tui.modals.dialog import Dialog, fault
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget
    from textual.widgets import Input


class LineDialog(Dialog[str]):
    """Ends with the line that was typed. `check` raises a WorkshopError where it cannot be meant: it is shown.

    `typed` is told of the line at every key. With `going_on` the value is typed on and not over.
    """

    def __init__(
        self,
        title: str,
        text: str = "",
        value: str = "",
        check: Callable[[str], object] = lambda _: None,
        *,
        typed: Callable[[str], object] = lambda _: None,
        going_on: bool = False,
    ) -> None:
        super().__init__(title, text)
        self._value = value
        self._check = check
        self._typed = typed
        self._going_on = going_on

    def content(self) -> Iterable[Widget]:
        """The line, and room for what is wrong with it."""
        yield TextLine(self._value, select_on_focus=not self._going_on)
        yield fault()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell it."""
        self._typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, or say what is wrong with it."""
        line = clean_line(event.value)
        try:
            self._check(line)
        except WorkshopError as problem:
            self.refuse(str(problem))
        else:
            self.dismiss(line)
