"""A screen with nothing on it but what the room should see. It is drawn from a session and from what is to be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.tui.presenting import MAPS, map_shown, slide, view_of
from cjworkshop.tui.sparing import SparingScreen
from cjworkshop.tui.widgets.map_view import MapView
from cjworkshop.tui.widgets.presented_board import PresentedBoard
from cjworkshop.tui.widgets.presented_line import PresentedLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from cjworkshop.domain.session import Session
    from cjworkshop.storage.place import Showing
    from cjworkshop.tui.clockwork import Clockwork


class RoomScreen(SparingScreen[None]):
    """Slides and maps, each made when it is first shown. `walkable` maps take the focus, and with it the arrows."""

    BLANK = True  # its widgets fill it
    CSS_PATH = "presenter.tcss"
    AUTO_FOCUS = ""

    def __init__(self, clock: Clockwork, *, ascii_only: bool, walkable: bool) -> None:
        super().__init__()
        self.clock = clock
        self.ascii_only = ascii_only
        self.maps: dict[str, MapView] = {}
        self.board = PresentedBoard()
        self.line = PresentedLine()
        self._walkable = walkable

    def compose(self) -> ComposeResult:
        """The slide, and a line that is mostly empty."""
        yield self.board
        yield self.line

    def present(self, session: Session, showing: Showing) -> None:
        """Have the room see this."""
        view = view_of(showing)
        if view in MAPS:
            self._present_map(view, session, showing)
        else:
            self.board.show(slide(session, self.clock, showing, ascii_only=self.ascii_only))
        for key, its in self.maps.items():
            its.display = key == view
        self.board.display = view not in MAPS
        if self._walkable:
            self.set_focus(self.maps.get(view))

    def _present_map(self, view: str, session: Session, showing: Showing) -> None:
        shown = map_shown(session, replace(showing, view=view))
        its = self.maps.get(view)
        if its is None:
            its = self.maps[view] = MapView(session, shown.choice, ascii_only=self.ascii_only, for_room=True)
            its.zoom = shown.zoom
            its.disabled = not self._walkable
            its.go_to(shown.row_id, shown.lane)
            self.mount(its, before=self.line)
            return
        its.follow(session)
        if (its.choice, its.zoom) != (shown.choice, shown.zoom):
            its.show(shown.choice, shown.zoom)
        lane = its.chart.lanes[its.lane].key if its.chart.lanes else ""
        if (its.row_id, lane) != (shown.row_id, shown.lane):
            its.go_to(shown.row_id, shown.lane)
