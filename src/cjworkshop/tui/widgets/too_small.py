"""What stands on a terminal that is too small to work in."""

from __future__ import annotations

from cjworkshop.tui.text import wrapped
from cjworkshop.tui.widgets.board import Board, Line, Words

LEAST_WIDTH, LEAST_HEIGHT = 48, 12


class TooSmall(Board):
    """Says what is needed; everything else waits unharmed."""

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """As much of the sentence as there is room for."""
        have = f"{self.app.size.width}×{self.app.size.height}"
        text = f"Too small: {have}. cjworkshop needs {LEAST_WIDTH}×{LEAST_HEIGHT}. Nothing is lost."
        return [[Words(line, "strong")] for line in wrapped(text, width)[:height]]
