"""Help for the place where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.text import fit, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


class HelpDialog(Dialog[None]):
    """What this place is, its columns, its keys. `keys_here` are (group, [(key, what it does)])."""

    def __init__(
        self,
        title: str,
        about: str,
        columns: Sequence[tuple[str, str]],
        keys_here: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    ) -> None:
        super().__init__(title, about)
        self._columns = columns
        self._keys_here = keys_here

    def content(self) -> Iterable[Widget]:
        """Columns first: they are what one fills; then keys by group."""
        parts: list[Content] = []
        if self._columns:
            parts.append(safe("Columns", "$primary"))
            parts += [self._entry(name, does) for name, does in self._columns]
        for group, keys in self._keys_here:
            parts += [safe(""), safe(group, "$primary")]
            parts += [self._entry(key, does) for key, does in keys]
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(parts))

    def _entry(self, name: str, does: str) -> Content:
        return Content.assemble(safe(fit(name, 20) + "  ", "bold"), safe(does))

    def keys(self) -> str:
        """How to leave."""
        return "↑ ↓ scroll   Esc back"
