"""Which formats to hand over, with or without names, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from cjworkshop.domain.text import clean_line
from cjworkshop.lazy import dataclass
from cjworkshop.tui.modals.dialog import Dialog, fault, field
from cjworkshop.tui.text import safe
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

NAMES = "names"
"""The entry behind the formats: whether private columns go along."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the dialog ends with: the names of the formats, the folder, and whether private columns go along."""

    formats: tuple[str, ...]
    folder: str
    names: bool


class ExportDialog(Dialog[ExportWish]):
    """Formats as a list to tick, the first one ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", id="export.tick", tooltip="Tick the format, or untick it.", show=False),
        Binding("ctrl+e", "export", "Export", id="export.export", tooltip="Write what is ticked."),
    ]

    def __init__(self, formats: Sequence[tuple[str, str]], folder: str) -> None:
        super().__init__("Export")
        self._entries = [*formats, (NAMES, "with private columns, and who scored what")]
        self._ticked = {formats[0][0]}
        self._folder = folder

    def content(self) -> Iterable[Widget]:
        """Formats and names to tick, and the folder."""
        yield OptionList(*(Option(self._prompt(name, title), id=name) for name, title in self._entries))
        yield field("Folder", TextLine(self._folder))
        yield fault()

    def _prompt(self, name: str, title: str) -> Content:
        return safe(f"[{'x' if name in self._ticked else ' '}] {title}")

    def keys(self) -> str:
        """How to go on."""
        return "Space tick   Enter or Ctrl+E export   Tab folder   Esc cancel"

    def action_tick(self) -> None:
        """Tick or untick the entry under the cursor."""
        entries = self.query_one(OptionList)
        if entries.highlighted is not None:
            name, title = self._entries[entries.highlighted]
            self._ticked ^= {name}
            entries.replace_option_prompt(name, self._prompt(name, title))

    def on_option_list_option_selected(self) -> None:
        """Enter in the list exports."""
        self.action_export()

    def on_input_submitted(self) -> None:
        """Enter in the folder line exports."""
        self.action_export()

    def action_export(self) -> None:
        """Export, if anything is ticked."""
        chosen = tuple(name for name, _ in self._entries if name in self._ticked and name != NAMES)
        if not chosen:
            self.refuse("No format is ticked. Tick one with Space.")
            return
        self.dismiss(ExportWish(chosen, clean_line(self.query_one(Input).value), NAMES in self._ticked))
