"""The tables of the step, with how many rows each has."""

from __future__ import annotations

from cjworkshop.lazy import dataclass
from cjworkshop.tui.widgets.board import Board, Line, Words


@dataclass(frozen=True, slots=True)
class GoToTable:
    """A table was chosen."""

    name: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A table as its tab shows it. `count` is empty for a form."""

    name: str
    title: str
    count: str
    mark: str = ""


class Tabs(Board):
    """Tables side by side over a rule, on which the current one stands out."""

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self.tabs: tuple[Tab, ...] = ()
        self.current = ""

    def show(self, tabs: tuple[Tab, ...], current: str) -> None:
        """Show these."""
        if (tabs, current) != (self.tabs, self.current):
            self.tabs, self.current = tabs, current
            self.redraw()

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """The tabs, scrolled so that the current one is in view, and a rule under them."""
        parts = [self._tab(tab) for tab in self.tabs]
        widths = [sum(words.cells for words in part) for part in parts]
        index = next((i for i, tab in enumerate(self.tabs) if tab.name == self.current), 0)
        first = 0
        while first < index and sum(widths[first : index + 1]) + 4 > width:
            first += 1
        line: Line = [Words("‹ " if first else " ", "dim")]
        rule: Line = []
        used = line[0].cells
        for number, part in enumerate(parts[first:], start=first):
            if used + widths[number] > width - (2 if number < len(parts) - 1 else 0):
                line.append(Words(" " * max(width - used - 2, 0) + " ›", "dim"))
                break
            line += part
            if number == index:
                rule = [Words("─" * used, "rule"), Words("━" * (widths[number] - 1), "accent")]
            used += widths[number]
        rule.append(Words("─" * (width - sum(words.cells for words in rule)), "rule"))
        return [line, rule][:height]

    def _tab(self, tab: Tab) -> Line:
        place = GoToTable(tab.name)
        current = tab.name == self.current
        role = "chosen" if current else ""
        mark = Words(tab.mark, "mark", place) if tab.mark else Words(" ", role)
        count = [Words(f" {tab.count}", "chosen" if current else "dim", place)] if tab.count else []
        return [mark, Words(tab.title, role, place), *count, Words(" ", role), Words(" ")]
