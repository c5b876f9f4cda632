"""The first line: which session, which step, and whether it is saved."""

from __future__ import annotations

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header says. `saved` is (words, role) of the save state."""

    title: str = ""
    step: str = ""
    saved: tuple[str, str] = ("", "")


class Header(StateBoard[Heading]):
    """Session at the left, step in the middle, save state at the right; the save state never gives way."""

    def __init__(self) -> None:
        super().__init__(Heading(), id="header")

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """One line."""
        del height
        saved, role = self.state.saved
        right: Line = [Words(f" {saved} ", role)]
        step = self.state.step
        room = width - cells(saved) - 2
        step_width = min(cells(step), max(room - 12, 0))
        title_width = min(cells(self.state.title), max(room - step_width - 5, 0))
        left: Line = [Words(" " + fit(self.state.title, title_width), "strong")]
        gap = max((width - step_width) // 2 - title_width - 1, 2) if width >= 100 else 2
        left += [Words("·".center(gap + 2) if gap == 2 else " " * gap, "dim"), Words(fit(step, step_width), "accent")]
        return [spread(left, right, width)]
