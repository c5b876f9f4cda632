"""Something to read that scrolls: help for the place where one is, what a step back would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cjworkshop.tui.ascii_only import key_names
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.text import fit, safe, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

SHEET_EDGES = 7
"""Screen cells that the sheet's border, padding and scrollbar take."""

Answer = TypeVar("Answer")
Entries = tuple[tuple[str, str], ...]
"""(name, what it does or holds) pairs."""


class ReadingDialog(Dialog[Answer]):
    """What it is about, then groups of entries, each with a name in a column of `NAME_WIDTH` cells."""

    NAME_WIDTH = 24

    def __init__(self, title: str, about: str, groups: Sequence[tuple[str, Entries]]) -> None:
        super().__init__(title, about)
        self._groups = groups

    def content(self) -> Iterable[Widget]:
        """The groups, one under the other."""
        width = max(min(78, self.app.size.width * 98 // 100) - SHEET_EDGES - self.NAME_WIDTH, 12)
        parts: list[Content] = []
        for name, entries in self._groups:
            parts += [safe("")] if parts else []
            parts += [safe(name, "$primary")] if name else []
            parts += [self._entry(label, wrapped(does, width)) for label, does in entries]
        yield Static(Content("\n").join(parts))

    def _entry(self, label: str, lines: list[str]) -> Content:
        rest = "".join(f"\n{' ' * self.NAME_WIDTH}{line}" for line in lines[1:])
        label = key_names(label, self.app)
        return Content.assemble(safe(fit(label, self.NAME_WIDTH), "bold"), safe(lines[0] + rest))

    def on_mount(self) -> None:
        """The sheet scrolls by keys."""
        sheet = self.query_one("#sheet", VerticalScroll)
        sheet.can_focus = True
        sheet.focus()

    def keys(self) -> str:
        """How to leave."""
        return "↑ ↓ PgUp PgDn scroll   Esc back"


class HelpDialog(ReadingDialog[None]):
    """What this place is, then its columns and its keys."""

    def action_help(self) -> None:
        """F1 again: back."""
        self.action_leave()


class SaidDialog(ReadingDialog[None]):
    """Sentences under each other."""

    NAME_WIDTH = 2

    def __init__(self, title: str, about: str, said: Iterable[str]) -> None:
        super().__init__(title, about, [("", tuple(("-", sentence) for sentence in said))])
