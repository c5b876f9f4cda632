"""An app on a terminal that a test can read: what was sent to it against what stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pyte
from textual.app import App

from cjworkshop.tui.sparing import SparingScreen
from cjworkshop.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from textual.screen import Screen

Cell = tuple[str, str, str, bool]
"""The character, both colours, and whether it is bold."""


class OnTerminal(App[None]):
    """Base of an app whose output a terminal takes; `sent` counts its characters."""

    TERMINAL: ClassVar[tuple[int, int]] = (90, 24)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        assert self.console.color_system == "truecolor"
        self.terminal = pyte.Screen(*self.TERMINAL)
        self.stream = pyte.Stream(self.terminal)
        self.sent = 0

    def get_default_screen(self) -> SparingScreen[None]:
        return SparingScreen()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if screen is self.screen and renderable is not None:
            text = renderable.render_segments(self.console)
            self.sent += len(text)
            self.stream.feed(text.replace("\n", "\r\n"))
        super()._display(screen, renderable)

    def differing(self) -> set[int]:
        """The lines of the terminal that do not look as they would if all were drawn and sent anew."""
        fresh = pyte.Screen(*self.TERMINAL)
        painted = [(widget, widget._drawn) for widget in self.screen.query(Painted)]
        for widget, drawn in painted:
            widget._drawn = [None] * len(drawn)
        whole: Any = self.screen._compositor.render_update(full=True)
        for widget, drawn in painted:
            widget._drawn = drawn
        pyte.Stream(fresh).feed(whole.render_segments(self.console).replace("\n", "\r\n"))
        shown = zip(_cells(self.terminal), _cells(fresh), strict=True)
        return {y for y, (sent, anew) in enumerate(shown) if sent != anew}


def _cells(terminal: pyte.Screen) -> list[list[Cell]]:
    width, height = terminal.columns, terminal.lines
    lines = [[terminal.buffer[y][x] for x in range(width)] for y in range(height)]
    return [[(cell.data, cell.fg, cell.bg, cell.bold) for cell in line] for line in lines]
