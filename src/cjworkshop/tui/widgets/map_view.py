"""A map that can be walked over and that follows its session. It changes nothing, and shows nothing private."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.geometry import Region

from cjworkshop.mapping.views import VIEWS, Choice, chart
from cjworkshop.method.discovery import Persona
from cjworkshop.tui.widgets.map_drawing import MapDrawing
from cjworkshop.tui.widgets.map_frame import TOP
from cjworkshop.tui.widgets.map_layout import LABELS, ZOOMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.widgets.map_layout import Zoom


class MapView(MapDrawing):
    """A map with a cursor. `MapView(session)` is all it takes; `follow` shows another state of the session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "walk(-1)", "Left", show=False, id="map.left", tooltip="The touchpoint before."),
        Binding("right", "walk(1)", "Right", show=False, id="map.right", tooltip="The touchpoint after."),
        Binding("up", "lane(-1)", "Up", show=False, id="map.up", tooltip="The lane above."),
        Binding("down", "lane(1)", "Down", show=False, id="map.down", tooltip="The lane below."),
        Binding("home", "edge('first')", "First", show=False, id="map.first", tooltip="The first touchpoint."),
        Binding("end", "edge('last')", "Last", show=False, id="map.last", tooltip="The last touchpoint."),
        Binding(
            "ctrl+left", "stage(-1)", "Stage before", show=False, id="map.previous-stage", tooltip="The stage before."
        ),
        Binding("ctrl+right", "stage(1)", "Stage after", show=False, id="map.next-stage", tooltip="The stage after."),
        Binding("pageup", "page(-1)", "Page up", show=False, id="map.page-up", tooltip="A screen of lanes up."),
        Binding("pagedown", "page(1)", "Page down", show=False, id="map.page-down", tooltip="A screen of lanes down."),
    ]
    HELP = "Arrows walk over touchpoints and lanes, `Ctrl` with left and right by stage."

    # What is shown

    def follow(self, session: Session) -> None:
        """Show this session from now on, with the cursor on its touchpoint and lane."""
        if session is not self.session:
            self.session = session
            if self.choice.persona and session.get(Persona, self.choice.persona) is None:
                self.choice = replace(self.choice, persona="")
            self._rechart()

    def show(self, choice: Choice | None = None, zoom: Zoom | None = None) -> None:
        """Show another view, persona or zoom; the cursor stays on its touchpoint where that is there."""
        if zoom is not None:
            self.zoom = zoom
        self.choice = choice or self.choice
        self._rechart()

    def _rechart(self) -> None:
        row_id = self.chart.columns[self.at].row_id if self.chart.columns else ""
        key = self.chart.lanes[self.lane].key if self.chart.lanes else ""
        self.chart = chart(self.session, self.choice)
        self._seek(row_id, key)
        self._lay_out()
        self.redraw()

    def go_to(self, row_id: str, lane: str = "") -> None:
        """Put the cursor on the column of this row, and on this lane; it stays where there is none."""
        self._seek(row_id, lane)
        self._lay_out()
        self.redraw()

    def _seek(self, row_id: str, lane: str) -> None:
        columns = self.chart.columns
        if row_id and not (self.at < len(columns) and columns[self.at].row_id == row_id):
            self.at = next((place for place, column in enumerate(columns) if column.row_id == row_id), self.at)
        lanes = [number for number, found in enumerate(self.chart.lanes) if found.key == lane]
        self.lane = lanes[0] if lanes else self.lane

    @property
    def row_id(self) -> str:
        """The id of the row that the cursor's column stands for; empty where that is none."""
        return self.chart.columns[self.at].row_id if self.chart.columns else ""

    def next_view(self, distance: int = 1) -> None:
        """Show the view after this one, round the end."""
        keys = [view.key for view in VIEWS]
        self.show(replace(self.choice, view=keys[(keys.index(self.choice.view) + distance) % len(keys)]))

    def next_zoom(self) -> None:
        """Zoom further: touchpoints, a stage, the whole journey."""
        self.show(zoom=ZOOMS[(ZOOMS.index(self.zoom) + 1) % len(ZOOMS)])

    def next_persona(self) -> str:
        """Show the journey of the next persona, behind the last one everybody's; its name is given back."""
        ids = ["", *(persona.id for persona in self.session.rows(Persona))]
        here = ids.index(self.choice.persona) if self.choice.persona in ids else 0
        self.show(replace(self.choice, persona=ids[(here + 1) % len(ids)]))
        persona = self.session.get(Persona, self.choice.persona)
        return persona.name if persona else ""

    def next_line_of(self) -> None:
        """Have the subway's lines mean personas in place of channels, or the other way round."""
        self.show(replace(self.choice, line_of="persona" if self.choice.line_of == "channel" else "channel"))

    # Walking

    def action_walk(self, distance: int) -> None:
        """To a neighbouring column."""
        self._go(self.at + distance, self.lane)

    def action_lane(self, distance: int) -> None:
        """To a neighbouring lane."""
        self._go(self.at, self.lane + distance)

    def action_edge(self, edge: Literal["first", "last"]) -> None:
        """To the first or the last column."""
        self._go(0 if edge == "first" else len(self.chart.columns) - 1, self.lane)

    def action_stage(self, distance: int) -> None:
        """To the first column of a neighbouring stage; backwards first to the start of this one."""
        bands = self.chart.bands
        if not bands:
            return
        here = self.chart.band_at(self.at)
        if distance < 0 and self.at > bands[here].first:
            distance = 0
        self._go(bands[min(max(here + distance, 0), len(bands) - 1)].first, self.lane)

    def action_page(self, distance: int) -> None:
        """Over as many lanes as there is room for."""
        lane, lines = self.lane, 0
        while 0 <= lane + distance < len(self.chart.lanes) and lines < self._body:
            lane += distance
            lines += self._stacking.heights[lane - 1] if lane else 0
        self._go(self.at, lane)

    def _go(self, at: int, lane: int) -> None:
        """Put the cursor there, as far as the map goes, and repaint what that changes."""
        at = min(max(at, 0), max(len(self.chart.columns) - 1, 0))
        lane = min(max(lane, 0), max(len(self.chart.lanes) - 1, 0))
        if (at, lane) == (self.at, self.lane) or not self.chart.columns:
            return
        was, before = self.at, set(self._cursor_regions())
        self.at, self.lane = at, lane
        new_stage = self.chart.band_at(at) != self.chart.band_at(was)
        placing = self._reveal(self._placing.width)
        if self.zoom == "stage" and new_stage:
            self._lay_out()
            self.redraw()
            return
        moved = self._reveal_lane()
        if placing.first != self._placing.first:
            self._placing = placing
            self._forget_columns()
            moved = True
        if moved:
            self.redraw()
            return
        changed = (region for region, _ in before.symmetric_difference(self._cursor_regions()))
        self.redraw([*([1] if new_stage else []), *range(self._height - self._status, self._height)], changed)

    def _cursor_regions(self) -> Iterator[tuple[Region, int]]:
        """Where the cursor is seen, and the name of its lane; each with what else decides how it is drawn there."""
        left, width = LABELS + self._placing.left(self.at), self._placing.width
        for y in range(TOP, TOP + self._stacking.head):
            yield Region(left, y, width, 1), 0 if self.lane else 1
        first = TOP + self._stacking.head
        top = first + self._stacking.top(self.lane) - self._top if self.lane else TOP
        seen = range(first, first + self._body) if self.lane else range(TOP, first)
        if top in seen:
            yield Region(0, top, LABELS, 1), self.lane
        for line in self._lines_here(self.lane):
            if top + line in seen:
                yield Region(left, top + line, width, 1), self.lane

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the click was."""
        self.focus()
        line = event.y - TOP
        lane: int | None = 0 if 0 <= line < self._stacking.head else None
        if line >= self._stacking.head and event.y < self._height - self._status:
            found = self._lane_at(line - self._stacking.head)
            lane = found[0] if found else None
        x = event.x - LABELS
        places = [place for place, left in enumerate(self._placing.lefts, self._placing.first) if left <= x]
        self._go(places[-1] if places else self.at, self.lane if lane is None else lane)

    def on_mouse_scroll_down(self) -> None:
        """A lane further down."""
        self.action_lane(1)

    def on_mouse_scroll_up(self) -> None:
        """A lane further up."""
        self.action_lane(-1)
