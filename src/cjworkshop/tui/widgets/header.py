"""The first line: which session, which step, whether it is saved, and the clock where one runs."""

from __future__ import annotations

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread

ROOMY = 100
"""Columns from which the step stands in the middle and the save state has its time."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header says. `saved` is (words, role) of the save state; `clock` are some such: time left, wall, lead."""

    title: str = ""
    step: str = ""
    saved: tuple[str, str] = ("", "")
    clock: tuple[tuple[str, str], ...] = ()


class Header(StateBoard[Heading]):
    """Session at the left, step in the middle, save state and clock at the right; these never give way."""

    def __init__(self) -> None:
        super().__init__(Heading(), id="header")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        del height
        saved, role = self.state.saved
        if self.state.clock and width < ROOMY:
            saved = saved.removesuffix(saved[-6:]) if saved[-3:-2] == ":" else saved  # the clock says what time it is
        right: Line = [Words(f" {saved} ", role)]
        for words, its in self.state.clock:
            right += [Words(" "), Words(words, its), Words(" ")]
        step = self.state.step
        room = width - sum(words.cells for words in right)
        step_width = min(cells(step), max(room - 12, 0))
        title_width = min(cells(self.state.title), max(room - step_width - 5, 0))
        left: Line = [Words(" " + fit(self.state.title, title_width), "strong")]
        middle = min((width - step_width) // 2, room - step_width) - title_width - 1
        gap = max(middle, 2) if width >= ROOMY else 2
        left += [Words("·".center(gap + 2) if gap == 2 else " " * gap, "dim"), Words(fit(step, step_width), "accent")]
        return [spread(left, right, width)]
