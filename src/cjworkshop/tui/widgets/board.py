"""A board: lines of styled words that repaint only where they changed.

Header, rail, tabs, panel and footer are boards. Textual's own Header and Footer lay out a tree of widgets for each
change; a board compares its lines and asks for those that differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cjworkshop.tui.text import cells, fit, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in one style. `role` names it (see `Board.ROLES`); `target` is what a click on them means."""

    text: str
    role: str = ""
    target: object = None

    @property
    def cells(self) -> int:
        """How many screen cells they take."""
        return cells(self.text)


Words.__hash__ = None  # type: ignore[assignment]  # a target may be anything
Line = list[Words]


class Board(Widget):
    """Lines of words. A subclass says in `compose_lines` what stands there; `redraw` is called when that may differ."""

    ROLES: ClassVar[tuple[str, ...]] = (
        "accent", "accent-fill", "dim", "strong", "good", "warn", "bad", "mark", "rule", "chosen",
    )  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"board--{role}" for role in ROLES}
    DEFAULT_CSS = """
    Board {
        background: $background;
        color: $foreground;
        & > .board--accent { color: $primary; text-style: bold; }
        & > .board--accent-fill { background: $primary; color: $background; text-style: bold; }
        & > .board--dim { color: $dim; }
        & > .board--strong { text-style: bold; }
        & > .board--good { color: $success; }
        & > .board--warn { color: $warning; }
        & > .board--bad { background: $error; color: $background; text-style: bold; }
        & > .board--mark { background: $warning; color: $background; text-style: bold; }
        & > .board--rule { color: $rule; }
        & > .board--chosen { background: $surface; color: $primary; text-style: bold; }
    }
    """

    class Chosen(Message):
        """Words with a target were clicked."""

        def __init__(self, board: Board, target: object) -> None:
            super().__init__()
            self.board = board
            self.target = target

        @property
        def control(self) -> Board:
            """The board itself, for `@on` selectors."""
            return self.board

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._drawn: list[Line] = []
        self._styles: dict[str, Style] = {}

    def compose_lines(self, width: int, height: int) -> Sequence[Line]:
        """The lines that stand in `width` × `height` cells; more or fewer may be given."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Compose the lines again and repaint those that differ from what is on the screen."""
        width, height = self.size
        if not width or not height:
            return
        lines = list(self.compose_lines(width, height))[:height]
        before, self._drawn = self._drawn, lines
        changed = [y for y in range(max(len(lines), len(before))) if lines[y : y + 1] != before[y : y + 1]]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self) -> None:
        """Lines are composed for a width."""
        self._drawn = []
        self.redraw()

    def notify_style_update(self) -> None:
        """Another theme: the styles are looked up again."""
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """One line of words as a strip."""
        width = self.size.width
        base = self._style("")
        if y >= len(self._drawn):
            return Strip.blank(width, base)
        segments = [Segment(plain(words.text), self._style(words.role)) for words in self._drawn[y]]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, role: str) -> Style:
        style = self._styles.get(role)
        if style is None:
            style = self.get_component_rich_style(f"board--{role}") if role else self.rich_style
            self._styles[role] = style
        return style

    def on_click(self, event: events.Click) -> None:
        """Words with a target say so."""
        x = 0
        for words in self._drawn[event.y] if event.y < len(self._drawn) else ():
            x += words.cells
            if event.x < x:
                if words.target is not None:
                    event.stop()
                    self.post_message(self.Chosen(self, words.target))
                return


def spread(left: Line, right: Line, width: int) -> Line:
    """One line with `left` at its left and `right` at its right; the left gives way where both do not fit."""
    room = max(width - sum(words.cells for words in right), 0)
    line: Line = []
    for words in left:
        if words.cells >= room:
            line.append(Words(fit(words.text, room), words.role, words.target))
            room = 0
            break
        line.append(words)
        room -= words.cells
    return [*line, Words(" " * room), *right]
