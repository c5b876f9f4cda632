"""The last line of what the room sees: empty, but for a quiet word now and then, and a sign for the facilitator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread

if TYPE_CHECKING:
    from textual.timer import Timer

HINT_SECONDS = 4.0


class Quiet(NamedTuple):
    """`words` at the left, dim; `sign` at the right."""

    words: str = ""
    sign: str = ""


class PresentedLine(StateBoard[Quiet]):
    """One line."""

    def __init__(self) -> None:
        super().__init__(Quiet(), id="quiet")
        self._hushing: Timer | None = None

    def say(self, words: str, seconds: float = 0) -> None:
        """Say this, for some seconds (0: until something else is said)."""
        if self._hushing is not None:
            self._hushing.stop()
            self._hushing = None
        self.show(self.state._replace(words=words))
        if words and seconds:
            self._hushing = self.set_timer(seconds, self.hush)

    def hush(self) -> None:
        """Say nothing."""
        self.say("")

    def mark(self, sign: str) -> None:
        """Show this sign."""
        self.show(self.state._replace(sign=sign))

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        del height
        words, sign = self.state
        return [spread([Words(f" {words}", "dim")], [Words(f" {sign} " if sign else "", "alarm")], width)]
