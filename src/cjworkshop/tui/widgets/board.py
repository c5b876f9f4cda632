"""A board: lines of styled words that repaint only where they changed.

Header, rail, tabs, panel and footer are boards. Textual's own Header and Footer lay out a tree of widgets for each
change; a board compares its lines and asks for the cells that differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import cells, fit, plain
from cjworkshop.tui.widgets.painted import difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.color import Color as RichColor
    from textual import events


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in one style. `role` names it (see `LOOKS`); `target` is what a click on them means."""

    text: str
    role: str = ""
    target: object = None

    @property
    def cells(self) -> int:
        """How many screen cells they take."""
        return cells(self.text)


Words.__hash__ = None  # type: ignore[assignment]  # a target may be anything


@dataclass(frozen=True, slots=True)
class Look:
    """How a role is drawn: the names of theme colours for its text and its ground, the board's own where empty."""

    colour: str = ""
    ground: str = ""
    bold: bool = False


# Component classes would be styled anew for every board whenever a class of the screen changes: 20 ms each time.
LOOKS = {
    "accent": Look("primary", bold=True),
    "accent-fill": Look("background", "primary", bold=True),
    "dim": Look("dim"),
    "strong": Look(bold=True),
    "good": Look("success"),
    "warn": Look("warning"),
    "bad": Look("background", "error", bold=True),
    "alarm": Look("error", bold=True),
    "mark": Look("background", "warning", bold=True),
    "rule": Look("rule"),
    "chosen": Look("primary", "surface", bold=True),
    "selected": Look("foreground", "selection-ground"),
    "cursor": Look("cursor-text", "cursor-ground", bold=True),
}
"""The looks of words, by role."""


Line = list[Words]


class Board(Widget):
    """Lines of words. A subclass says in `compose_lines` what stands there; `redraw` is called when that may differ."""

    DEFAULT_CSS = """
    Board {
        background: $background;
        color: $foreground;
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
        self._drawn_for = Size(0, 0)
        self._styles: dict[str, Style] = {}
        self._strips: dict[int, Strip] = {}

    def compose_lines(self, width: int, height: int) -> Sequence[Line]:
        """The lines that stand in `width` × `height` cells; more or fewer may be given."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Compose the lines again and repaint those that differ from what is on the screen."""
        if self._drawn_for != self.size:
            return  # they are composed when they are painted
        before, lines = self._drawn, self._draw_lines()
        regions = []
        for y in range(max(len(lines), len(before))):
            if lines[y : y + 1] != before[y : y + 1]:
                shown, line = self._strips.pop(y, None), self.render_line(y)
                span = (0, line.cell_length) if shown is None else difference([*shown], [*line], line.cell_length)
                if span is not None:
                    regions.append(Region(span[0], y, span[1] - span[0], 1))
        if regions:
            super().refresh(*regions)

    def _draw_lines(self) -> list[Line]:
        width, height = self._drawn_for = self.size
        self._drawn = list(self.compose_lines(width, height))[:height] if width else []
        return self._drawn

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint these regions again, or everything."""
        if repaint:
            self._strips.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Another theme: the styles are looked up again."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One line of words as a strip; neighbours of one style, and the spaces between them, in one go."""
        if self._drawn_for != self.size:
            self._draw_lines()
            self._strips.clear()
        drawn = self._strips.get(y)
        if drawn is not None:
            return drawn
        width = self._drawn_for.width
        base = self._style("")
        runs: list[tuple[str, Style]] = []
        for words in self._drawn[y] if y < len(self._drawn) else ():
            text, style = plain(words.text), self._style(words.role)
            before, its = runs[-1] if runs else ("", style)
            if style == its or (style.bgcolor == its.bgcolor and (text.isspace() or before.isspace())):
                runs[-1:] = [(before + text, its if text.isspace() else style)]
            else:
                runs.append((text, style))
        strip = Strip([Segment(text, style) for text, style in runs]).adjust_cell_length(width, base)
        self._strips[y] = strip
        return strip

    def _style(self, role: str) -> Style:
        style = self._styles.get(role)
        if style is None:
            look = LOOKS[role] if role else Look()
            style = self._styles[role] = self.rich_style + Style(
                color=self._colour(look.colour), bgcolor=self._colour(look.ground), bold=look.bold or None
            )
        return style

    def _colour(self, name: str) -> RichColor | None:
        return Color.parse(self.app.theme_variables[name]).rich_color if name else None

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


State = TypeVar("State")


class StateBoard(Board, Generic[State]):
    """A board that shows one value, and is drawn again where that is another one."""

    def __init__(self, state: State, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.state = state

    def show(self, state: State) -> None:
        """Show this."""
        if state != self.state:
            self.state = state
            self.redraw()


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
