"""The last line: the keys that help here, or what just happened."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from cjworkshop.tui.text import fit
from cjworkshop.tui.widgets.board import Board, Line, Words

if TYPE_CHECKING:
    from textual.timer import Timer

NOTICE_SECONDS = 6.0
REMEMBERED = 30
"""Notices that can be read again."""


class Footer(Board):
    """Keys, each a click target; a notice takes their place for some seconds, a warning for as long as it is true."""

    def __init__(self) -> None:
        super().__init__(id="footer")
        self.keys: tuple[tuple[str, str, str], ...] = ()
        self.notice: tuple[str, str] = ("", "")
        self.warning = ""
        self.said: deque[str] = deque(maxlen=REMEMBERED)
        """What was said last, the newest first: a narrow screen cuts what is long."""
        self._timer: Timer | None = None

    def show(self, keys: tuple[tuple[str, str, str], ...]) -> None:
        """Offer these keys: (key as people write it, what it does, the action)."""
        if keys != self.keys:
            self.keys = keys
            self.redraw()

    def say(self, text: str, role: str = "accent", seconds: float = NOTICE_SECONDS) -> None:
        """Say what just happened, for some seconds (0: until something else is said)."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.notice = (text, role)
        if text and text not in self.said:
            self.said.appendleft(text)
        self.redraw()
        if text and seconds:
            self._timer = self.set_timer(seconds, self.hush)

    def warn(self, text: str) -> None:
        """Say this wherever nothing else is being said; nothing any more where it is empty."""
        if text != self.warning:
            self.warning = text
            self.say("")

    def hush(self) -> None:
        """End the notice."""
        if self.notice[0]:
            self.say("")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """One line: what is said, or the keys as far as they fit, whole ones only."""
        del height
        text, role = self.notice if self.notice[0] else (self.warning, "bad")
        if text:
            return [[Words(f" {fit(text, width - 2, more='...').rstrip()} ", role)]]
        line: Line = [Words(" ")]
        used = 1
        for key, does, action in self.keys:
            part = [Words(key, "accent", action), Words(f" {does}", "dim", action), Words("  ")]
            used += sum(words.cells for words in part)
            if used - 2 > width:
                break
            line += part
        return [line]
