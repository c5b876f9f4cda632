"""What a re-fit would do, block by block, before it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.domain.text import counted, shorten
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.text import wrapped
from cjworkshop.tui.widgets.board import Line, Words, spread
from cjworkshop.tui.widgets.menu import Entry, Menu

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from cjworkshop.facilitation.refit import Line as Change
    from cjworkshop.facilitation.refit import Refit

AROUND = 8
"""Lines that the sheet has besides the text and the blocks."""
TALLEST = 0.96
"""How much of the screen's height the sheet takes at most."""
MEASURE = 72
"""Cells of a line of its text."""


def _most(found: Refit) -> str:
    """The blocks that stand in the way, with the least that they need."""
    named = ", ".join(f"{shorten(line.item.row.block, 30)} {line.after}" for line in found.in_the_way)
    return f" Most is needed by {named}." if named else ""


class RefitDialog(Dialog[bool]):
    """Ends with True where the re-fit is taken. `wall` writes a moment as the clock on the wall shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take it", id="refit.take", tooltip="Give the blocks these minutes."),
        Binding("down", "scroll(1)", "Down", id="refit.down", tooltip="The blocks further down."),
        Binding("up", "scroll(-1)", "Up", id="refit.up", tooltip="The blocks further up."),
        Binding("pagedown", "scroll(10)", "Page down", id="refit.page-down", tooltip="Ten blocks further down."),
        Binding("pageup", "scroll(-10)", "Page up", id="refit.page-up", tooltip="Ten blocks further up."),
    ]

    def __init__(self, found: Refit, wall: Callable[[dt.datetime], str], *, ascii_only: bool = False) -> None:
        self._found = found
        self._arrow = ">" if ascii_only else "→"
        if found.short:
            text = (
                f"It does not fit by {counted(found.short, 'minute')}: the breaks and the least that each block needs "
                f"go beyond {wall(found.fixed)}.{_most(found)} Skip a block, lower its minimum, or move the end."
            )
        else:
            text = f"The breaks stay as they are. It will end at {wall(found.end)}."
        super().__init__("Re-fit the agenda", text)

    @property
    def takes(self) -> bool:
        """Whether there is something to take."""
        return not self._found.short and any(line.before != line.after for line in self._found.lines)

    def content(self) -> Iterable[Widget]:
        """A line for each block that is left."""
        menu = Menu(id="blocks")
        menu.show([Entry(partial(self._line, line)) for line in self._found.lines])
        yield menu

    def keys(self) -> str:
        """Enter where there is something to take."""
        return "Enter take it   Esc leave it as it is" if self.takes else "Esc back"

    def on_mount(self) -> None:
        """As many lines as there is room for."""
        height = int(self.app.size.height * TALLEST) - AROUND - len(wrapped(self._text, MEASURE))
        self.query_one(Menu).styles.height = max(min(len(self._found.lines), height), 1)

    def _line(self, line: Change, width: int) -> Line:
        role = "dim" if line.inside or line.item.is_break else ""
        after = " " * 12
        if self._found.short and not line.inside:
            after = "  as it is  " if line.item.is_break else f" least {line.after:>4} "
        elif not self._found.short:
            after = f"{self._arrow} {line.after:>4} " if line.before != line.after else " " * 7
        minutes = [Words(f"  {line.before:>4} ", "dim"), Words(after, role or "accent")]
        return spread([Words(("    " if line.inside else "  ") + line.item.row.block, role)], minutes, width)

    def action_scroll(self, lines: int) -> None:
        """Show blocks further down or up."""
        self.query_one(Menu).scroll_lines(lines)

    def action_take(self) -> None:
        """Take it, if it fits."""
        self.dismiss(self.takes or None)
