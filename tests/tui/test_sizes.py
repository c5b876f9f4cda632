"""Sizes of the terminal that come and go faster than the screen is laid out: what they cut off is painted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from on_terminal import OnTerminal
from textual import events
from textual.geometry import Size
from textual.widgets import Static

from cjworkshop.settings import Settings
from cjworkshop.tui.program import Program

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Sized(OnTerminal, Program):
    """A program that shows a page of text."""

    LAST_WORDS = "It ended."

    def compose(self) -> ComposeResult:
        """The page."""
        yield Static("\n".join("some words " * 8 for _ in range(24)))

    async def become(self, columns: int, lines: int) -> None:
        """The terminal is of this size now, and the program is told so."""
        self.terminal.resize(lines, columns)
        await self.on_event(events.Resize(Size(columns, lines), Size(columns, lines)))


@pytest.mark.parametrize("between", [[(20, 5)], [(1, 1), (300, 6), (10, 90)], [(90, 24)]])
async def test_a_size_that_comes_back_at_once_is_painted_whole(between: list[tuple[int, int]]) -> None:
    app = Sized(Settings())
    async with app.run_test(size=app.TERMINAL) as pilot:
        await pilot.pause()
        assert not app.differing()
        app.terminal.resize(5, 20)
        app.terminal.resize(*reversed(app.TERMINAL))
        assert app.differing() > {20, 21, 22, 23}
        for size in between:
            await app.become(*size)
        await app.become(*app.TERMINAL)
        await pilot.pause(0.05)
        assert not app.differing()
