"""What a map shows and where: its chart, its cursor, which columns and lanes are in view, and the colours of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

from cjworkshop.mapping.chart import EMPTY
from cjworkshop.mapping.views import BY_KEY, Choice, chart
from cjworkshop.tui.widgets.map_layout import (
    LABELS,
    Placing,
    Stacking,
    Zoom,
    column_width,
    reveal,
    reveal_stage,
    stack_lanes,
)
from cjworkshop.tui.widgets.map_looks import LOOKS
from cjworkshop.tui.widgets.map_marks import ASCII, UNICODE
from cjworkshop.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.color import Color as RichColor
    from rich.segment import Segment
    from textual.strip import Strip

    from cjworkshop.domain.session import Session
    from cjworkshop.mapping.chart import Cell, Chart
    from cjworkshop.tui.widgets.map_canvas import Canvas
    from cjworkshop.tui.widgets.map_cells import Runs

TOP = 2
"""Lines above the head: the caption and the stages."""


class MapFrame(Painted, can_focus=True):
    """A session's map in one of its views with a cursor on a column and a lane, and where each stands on the screen."""

    DEFAULT_CSS = """
    MapFrame { width: 1fr; height: 1fr; background: $background; color: $foreground; }
    """

    def __init__(
        self,
        session: Session,
        choice: Choice | None = None,
        *,
        ascii_only: bool = False,
        for_room: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.session = session
        self.choice = choice or Choice()
        self.zoom: Zoom = "touchpoints"
        self.for_room = for_room
        self.marks = ASCII if ascii_only else UNICODE
        self.at = 0
        self.lane = 1
        self.chart: Chart = chart(session, self.choice)
        self._top = 0
        self._width = self._height = 0
        self._room = 1
        self._body = 0
        self._placing = Placing(0, 1, (), ())
        self._stacking = Stacking(0, ())
        self._lines: dict[int, list[list[Runs]]] = {}
        self._canvases: dict[int, Canvas] = {}
        self._quiets: dict[tuple[int, int], list[tuple[Segment, int]]] = {}
        self._names: dict[tuple[int, int, bool], Strip] = {}
        self._points: dict[tuple[int, int], Collection[int]] = {}
        self._legends: dict[int, list[Runs]] = {}

    def look(self, part: str) -> Style:
        """The style of a role, in the colours of the theme."""
        look = LOOKS[part]
        return self.rich_style + Style(
            color=self._colour(look.colour), bgcolor=self._colour(look.ground), bold=look.bold or None
        )

    def _colour(self, name: str) -> RichColor | None:
        return Color.parse(self.app.theme_variables[name]).rich_color if name else None

    # Where things stand

    def resized(self) -> None:
        """Place columns and lanes for the new size."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Colours may be others now."""
        super().notify_style_update()
        self._quiets.clear()
        self._names.clear()

    def _lay_out(self) -> None:
        """Place columns and lanes anew, with the cursor in view."""
        width, height = self._width, self._height = self.space
        shown = self.chart
        self.at = min(max(self.at, 0), max(len(shown.columns) - 1, 0))
        self.lane = min(max(self.lane, 0), max(len(shown.lanes) - 1, 0))
        self._room = max(width - LABELS, 1)
        self._status = 2 if height >= 10 else 0
        wide = BY_KEY[self.choice.view].wide
        columns = column_width(shown, self._room, self.zoom, self.at, wide=wide)
        self._stacking = stack_lanes(shown, max(height - TOP - self._status, 1), columns)
        self._body = max(height - TOP - self._status - self._stacking.head, 0)
        self._placing = self._reveal(columns)
        self._reveal_lane()
        self._names.clear()
        self._legends.clear()
        self._points.clear()
        self._forget_columns()

    def _reveal(self, width: int) -> Placing:
        """The columns in view, each `width` cells wide, with the cursor's among them."""
        if self.zoom == "stage":
            return reveal_stage(self.chart, self._room, width, self.at)
        return reveal(self.chart, self._room, width, self._placing.first, self.at)

    def _forget_columns(self) -> None:
        """Other columns are in view now."""
        self._lines.clear()
        self._canvases.clear()
        self._quiets.clear()

    def _reveal_lane(self) -> bool:
        """Scroll the lanes until the cursor's is in view, whole if it can be. Whether that moved them."""
        before = self._top
        if self.lane:
            top = self._stacking.top(self.lane)
            end = top + self._stacking.heights[self.lane - 1]
            self._top = min(max(self._top, end - self._body), top)
        self._top = max(min(self._top, self._stacking.lines - self._body), 0)
        return self._top != before

    def _lane_at(self, line: int) -> tuple[int, int] | None:
        """(lane, line within it) of a line of the body; None below the last."""
        line += self._top
        for lane, height in enumerate(self._stacking.heights, 1):
            if line < height:
                return lane, line
            line -= height
        return None

    def _hidden_lanes(self) -> int:
        """How many lanes there is no room for, above or below those in view."""
        top, hidden = -self._top, 0
        for height in self._stacking.heights:
            hidden += top + height <= 0 or top >= self._body
            top += height
        return hidden

    @property
    def cell(self) -> Cell:
        """The cell under the cursor."""
        lanes = self.chart.lanes
        return lanes[self.lane].cells[self.at] if lanes and self.chart.columns else EMPTY
