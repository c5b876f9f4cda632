"""Which formats to hand over, with or without names, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import Checkbox, Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from cjworkshop.domain.text import clean_line
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the dialog ends with: the names of the formats, the folder, and whether private columns go along."""

    formats: tuple[str, ...]
    folder: str
    names: bool


class ExportDialog(Dialog[ExportWish]):
    """Formats as a list to tick, the first one ticked."""

    def __init__(self, formats: Sequence[tuple[str, str]], folder: str) -> None:
        super().__init__("Export")
        self._formats = formats
        self._folder = folder

    def content(self) -> Iterable[Widget]:
        """Formats, folder, names."""
        yield SelectionList[str](
            *(Selection(safe(title), name, index == 0) for index, (name, title) in enumerate(self._formats))
        )
        yield Static(safe("Into the folder"), classes="label")
        yield Input(self._folder)
        yield Checkbox("With names and other private columns", id="names")
        yield Static(id="fault")

    def keys(self) -> str:
        """How to go on."""
        return "Space tick   Tab next   Enter in the folder line exports   Esc cancel"

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Export, if anything is ticked."""
        chosen = tuple(self.query_one(SelectionList).selected)
        if not chosen:
            fault = self.query_one("#fault", Static)
            fault.update(safe("No format is ticked. Tick one with Space."))
            fault.add_class("shown")
            return
        self.dismiss(ExportWish(chosen, clean_line(event.value), self.query_one(Checkbox).value))
