"""A list to choose from while one goes on typing in the line above it: headings, entries, and which one is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.tui.widgets.board import Board, Line, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events


ROOMY = 48
"""Cells from which a list that goes on says so in words, not by arrow and number alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `draw` gives its words for a width; `value` is what choosing it means, None for a heading."""

    draw: Callable[[int], Line]
    value: object = None


class Menu(Board):
    """Entries, one of them chosen, and those in view that fit."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.entries: Sequence[Entry] = ()
        self._at: int | None = None
        self._top = 0

    @property
    def chosen(self) -> object:
        """The value of the chosen entry; None where none is."""
        return None if self._at is None else self.entries[self._at].value

    def show(self, entries: Sequence[Entry], *, first: bool = True, stay: bool = False) -> None:
        """Show these from the top, with the first that can be chosen chosen, or with `first` off none.

        With `stay` not from the top, but as far down as what was shown before.
        """
        top = self._top if stay else 0
        self.entries = entries
        self._at, self._top = None, top
        if first:
            self.move(1)
        if stay:
            self._top = top
        self.redraw()

    def move(self, step: int) -> None:
        """Choose another entry, `step` further on; at the ends it stays. Upwards from the first, with `step` −1: none."""
        places = [index for index, entry in enumerate(self.entries) if entry.value is not None]
        if not places:
            return
        now = places.index(self._at) if self._at in places else -1
        self._at = places[min(max(now + step, 0), len(places) - 1)]
        self._reveal()
        self.redraw()

    def scroll_lines(self, step: int) -> None:
        """Show what stands so many lines further down."""
        self._top += step
        self.redraw()

    def leave(self) -> None:
        """Choose none."""
        self._at = None
        self.redraw()

    @property
    def at_first(self) -> bool:
        """Whether no entry stands above the chosen one that could be chosen."""
        return self._at is None or all(entry.value is None for entry in self.entries[: self._at])

    def choose(self, value: object) -> None:
        """Choose the entry with this value, if there is one."""
        self._at = next((index for index, entry in enumerate(self.entries) if entry.value is value), self._at)
        self._reveal()
        self.redraw()

    def _reveal(self) -> None:
        """Scroll so that the chosen entry is in view, with its heading where it is the first below that."""
        height = max(self.size.height, 1)
        if self._at is None:
            return
        above = self._at - 1 if self._at and self.entries[self._at - 1].value is None and height > 1 else self._at
        self._top = min(max(self._top, self._at - height + 1), above)

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """The entries in view; the chosen one stands out. At the right it is said how many there are further up and down."""
        self._top = max(min(self._top, len(self.entries) - height), 0)
        below = len(self.entries) - self._top - height
        words_too = " more" if width >= ROOMY else ""
        room = len(f" ↓ {len(self.entries)}{words_too}") if height < len(self.entries) else 0
        lines = []
        for index, entry in enumerate(self.entries[self._top : self._top + height], self._top):
            line = [replace(words, target=entry.value) for words in entry.draw(width - room)]
            if room:
                above, last = index == self._top and self._top > 0, index == self._top + height - 1 and below > 0
                more = f"↑ {self._top}{words_too}" if above else f"↓ {below}{words_too}" if last else ""
                line += [Words(" " * max(width - room - sum(words.cells for words in line), 0))]
                line += [Words(more.rjust(room), "dim")]
            if index == self._at:
                rest = width - sum(words.cells for words in line)
                line = [Words(words.text, "cursor", words.target) for words in [*line, Words(" " * max(rest, 0))]]
            lines.append(line)
        return lines

    def on_resize(self) -> None:
        """The chosen entry stays in view."""
        self._reveal()
        self.redraw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Further down."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Further up."""
        event.stop()
        self.scroll_lines(-3)
