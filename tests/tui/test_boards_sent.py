"""Of a board only the cells that changed are sent, and the terminal still shows what was drawn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from on_terminal import OnTerminal
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Static

from cjworkshop.tui.themes import DARK
from cjworkshop.tui.widgets.board import Line, StateBoard, Words

if TYPE_CHECKING:
    from textual.app import ComposeResult

ROLES = ("", "accent", "dim", "strong", "warn")
PIECES = ("07:42", "日本", "e\u0301", "   ", "left", "x", "→", "")
Rows = tuple[tuple[tuple[str, str], ...], ...]


class Words2D(StateBoard[Rows]):
    """Lines of given words."""

    def compose_lines(self, width: int, height: int) -> list[Line]:
        return [[Words(text, role) for text, role in row] for row in self.state]


class Dialog(ModalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Static("A dialog over the boards")


class TerminalApp(OnTerminal):
    """Two boards side by side under a third, one with a border, on a terminal that a test can read."""

    CSS = """
    #one { height: 1; }
    #two { width: 30; border-left: solid white; }
    #three { width: 1fr; }
    Dialog { align: center middle; Static { width: 30; height: 3; } }
    """
    TERMINAL = (70, 12)

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.boards = [Words2D((), id=name) for name in ("one", "two", "three")]

    def compose(self) -> ComposeResult:
        yield self.boards[0]
        with Horizontal():
            yield from self.boards[1:]


@pytest.mark.parametrize("seed", range(4))
async def test_the_terminal_shows_what_was_drawn(seed: int) -> None:
    chance = random.Random(seed)
    pieces = PIECES if seed % 2 else tuple(piece for piece in PIECES if piece.isascii())

    def row() -> tuple[tuple[str, str], ...]:
        return tuple((chance.choice(pieces), chance.choice(ROLES)) for _ in range(chance.randrange(6)))

    app = TerminalApp()
    async with app.run_test(size=app.TERMINAL, notifications=True) as pilot:
        for step in range(60):
            board = chance.choice(app.boards)
            rows = list(board.state)
            for _ in range(chance.randrange(1, 4)):
                if rows and chance.random() < 0.8:
                    rows[chance.randrange(len(rows))] = row()
                else:
                    rows = [*rows, row()][-9:]
            board.show(tuple(rows))
            if chance.random() < 0.3:
                board.show((*rows[:-1], row()))
            if step % 10 == 4:
                app.notify("Something was said over the boards", timeout=0.02)
            if step % 20 == 7:
                await app.push_screen(Dialog())
            if step % 20 == 13:
                app.pop_screen()
            if step % 15 == 11:
                board.refresh()
            await pilot.pause()
            if len(app.screen_stack) == 1:
                assert not app.differing(), f"after step {step}"


async def test_a_second_that_passes_sends_a_few_bytes() -> None:
    app = TerminalApp()
    async with app.run_test(size=app.TERMINAL) as pilot:
        board = app.boards[1]

        async def show(time: str) -> int:
            before = app.sent
            board.show(
                ((("Voting and more words", "strong"),), (("in front  ", "dim"), (time, "accent"), ("  left", "")))
            )
            await pilot.pause()
            return app.sent - before

        await show("07:42")
        assert 0 < await show("07:41") < 60
        assert "in front  07:41  left" in app.terminal.display[2]
        assert not app.differing()
