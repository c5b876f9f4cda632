"""Only the cells that changed are sent, and the terminal still shows what was drawn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from grid_bench import GridApp, sample
from on_terminal import OnTerminal
from rich.segment import Segment
from rich.style import Style
from textual.screen import ModalScreen
from textual.widgets import Static

from cjworkshop.tui.widgets.painted import difference

if TYPE_CHECKING:
    from textual.app import ComposeResult

RED, BLUE = Style(color="red"), Style(color="blue")


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ([("abc", RED)], [("abc", RED)], None),
        ([("abc", RED)], [("axc", RED)], (1, 2)),
        ([("abc", RED)], [("abc", BLUE)], (0, 3)),
        ([("ab", RED), ("cd", BLUE)], [("ab", RED), ("xd", BLUE)], (2, 3)),
        ([("abcdef", RED)], [("ab", RED), ("cd", BLUE), ("ef", RED)], (2, 4)),
        ([("日本x", RED)], [("日本y", RED)], (4, 5)),
        ([("日本 ", RED)], [("日語 ", RED)], (0, 4)),
        ([("e\u0301x ", RED)], [("ex ", RED)], (0, 1)),
    ],
)
def test_difference(old: Any, new: Any, cells: Any) -> None:
    width = Segment.get_line_length([Segment(*part) for part in new])
    assert difference([Segment(*part) for part in old], [Segment(*part) for part in new], width) == cells


class Dialog(ModalScreen[None]):
    BINDINGS = [("escape", "dismiss", "Close")]  # noqa: RUF012 - a class of this test only

    def compose(self) -> ComposeResult:
        yield Static("A dialog over the grid")


class TerminalApp(OnTerminal, GridApp):
    """A grid on a terminal that a test can read."""

    BINDINGS = [("f12", "dialog", "Dialog")]  # noqa: RUF012 - a class of this test only

    def action_dialog(self) -> None:
        self.push_screen(Dialog())


KEYS = (
    ["down", "up", "left", "right", "pagedown", "pageup", "home", "end", "shift+down", "shift+right"] * 4
    + ["a", "b", "space", "5", "enter", "tab", "escape", "delete", "backspace", "ctrl+j", "f2"] * 2
    + ["ctrl+n", "ctrl+d", "ctrl+delete", "ctrl+home", "ctrl+end"]
)


@pytest.mark.parametrize("seed", range(3))
async def test_the_terminal_shows_what_was_drawn(seed: int) -> None:
    app = TerminalApp("touchpoints", sample(40))
    chance = random.Random(seed)
    async with app.run_test(size=(90, 24), notifications=True, tooltips=True) as pilot:
        for step in range(20):
            if step % 10 == 6:
                app.notify("Something was said over the grid", timeout=0.02)
            if step % 20 == 17:
                await pilot.press("f12", "escape")
            keys = chance.choices(KEYS, k=4)
            await pilot.press(*keys)
            await pilot.pause()
            assert not app.differing(), f"after {keys} in step {step}"


async def test_what_lay_over_a_line_is_gone_though_the_line_changed_too() -> None:
    app = TerminalApp()
    async with app.run_test(size=(90, 24), notifications=True, tooltips=True) as pilot:
        over = Static("X" * 40)
        over.styles.position = "absolute"
        over.styles.overlay = "screen"
        over.styles.width = 40
        over.styles.offset = (0, 1)
        await app.mount(over)
        await pilot.pause()
        assert "X" * 40 in app.terminal.display[1]
        app.grid.move_to(0, 2)
        over.styles.offset = (0, 9)
        app.screen._dirty_widgets.add(app.grid)  # both in one frame
        app.screen._clear_arrangement_cache()
        app.screen._refresh_layout()
        await pilot.pause()
        assert "X" not in app.terminal.display[1]
        assert not app.differing()


async def test_a_move_sends_little() -> None:
    app = TerminalApp("stages")
    async with app.run_test(size=(90, 24), notifications=True, tooltips=True) as pilot:
        await pilot.press("right", "right")
        await pilot.pause()
        before = app.sent
        await pilot.press("down")
        await pilot.pause()
        assert 0 < app.sent - before <= 150 + 60 * 3


async def test_the_scrollbar_follows_a_row_that_grew_below_it() -> None:
    app = TerminalApp("touchpoints", sample(20))
    async with app.run_test(size=(90, 24), notifications=True, tooltips=True) as pilot:
        app.grid.go_to("t6", "action")
        await pilot.press("enter", "ctrl+a", *"short", "enter", "up")
        await pilot.pause()
        assert not app.differing()
        await pilot.press("enter", "end", *(["ctrl+j", "x"] * 6), "tab")
        await pilot.pause()
        assert not app.differing()


async def test_the_rows_below_give_way_to_a_refused_text_that_is_kept() -> None:
    app = TerminalApp("touchpoints", sample(4))
    async with app.run_test(size=(90, 24), notifications=True, tooltips=True) as pilot:
        app.grid.go_to("t0", "emotion")
        await pilot.press("enter", *"x" * (app.grid._room - 1))
        await pilot.pause()
        height = app.grid._sheet.height(0)
        assert not app.grid.settle()
        await pilot.pause()
        assert app.grid._sheet.height(0) == height + 1
        assert not app.differing()
