"""The boards around the grid: they say where one is, how the steps stand, what to ask now, and whether all is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.tui.models import FormModel, TableModel
from cjworkshop.tui.screens.editing import EditingScreen
from cjworkshop.tui.ticking import tick
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.panel import AskLine, Panel
from cjworkshop.tui.widgets.rail import Rail, StepLine
from cjworkshop.tui.widgets.tabs import Tabs
from cjworkshop.tui.widgets.too_small import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.timer import Timer

    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.models import GridModel

LARGE, PAUSE = 100, 0.06
"""Rows of a table from which a change in it waits to be told on the rail, and for how many seconds keys must rest."""
RAIL_FROM, PANEL_FROM = 100, 120
"""Columns from which there is room for the rail and for the panel."""


class BoardedScreen(EditingScreen):
    """A screen with boards around its grid, which follow the desk's session."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.marked = False
        self._models: dict[str, GridModel] = {}
        self._cursors: dict[str, tuple[str, str]] = {}
        self._at = ("", "")
        self._left = False
        self._later: Timer | None = None

    def _fit(self, size: Size) -> None:
        """Note in classes what there is room for. Styles follow later, all at once: that takes long."""
        small = size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT
        self.set_class(small, "too-small", update=False)
        self.set_class(size.width >= RAIL_FROM, "with-rail", update=False)
        self.set_class(size.width >= PANEL_FROM, "with-panel", update=False)

    # What is shown

    def _model(self, table: str) -> GridModel:
        model = self._models.get(table)
        if model is None:
            session, today = self.desk.session, self.desk.today()
            if session.catalogue[table].single:
                model = FormModel(session, table, today, self.desk.new_id())
            else:
                model = TableModel(session, table, today, marks_of=self.desk.marks_of(table))
            self._models[table] = model
        elif model.context.names is not self.desk.session:
            model.follow(self.desk.session)
        return model

    def _show_table(self) -> None:
        """Show the desk's table in the grid, where the cursor was in it."""
        table = self.desk.table
        self.grid.set_model(self._model(table), *self._cursors.get(table, ("", "")))
        self.desk.ask_about_table()

    def _keep_place(self) -> None:
        self.desk.opened.keep_place(self.desk.place(*self._at))

    def _changed(self, change: Change) -> None:
        """The session changed: the grid shows it, and the boards."""
        model = self._models.get(self.desk.table)
        if model is self.grid.model:
            self.grid.follow(self.desk.session, change)
        if self._later is not None:
            self._later.stop()
        if any(len(self.desk.session[table]) >= LARGE for table in change.tables):
            self._later = self.set_timer(PAUSE, self._compose_progress)
            self._compose_table_boards()
        else:
            self._compose_boards()

    def _compose_boards(self) -> None:
        self._compose_progress()
        self._compose_table_boards()

    def _compose_progress(self) -> None:
        """Say how the steps stand. In a large table that waits for a pause: keys must not wait for it."""
        if self._left:
            return
        progress = self.desk.progress(marks=self.marked)
        self.query_one(Rail).show(progress)
        self.query_one(StepLine).show(progress)

    def _compose_table_boards(self) -> None:
        if self._left:
            return
        desk = self.desk
        self.query_one(Tabs).show(desk.tabs(marks=self.marked), desk.table)
        guide = desk.guide(marks=self.marked)
        self.query_one(Panel).show(guide)
        self.query_one(AskLine).show(guide)
        self.show_heading()
        self.footer.show(self._footer_keys())

    def show_heading(self) -> None:
        """The first line."""
        self.query_one(Header).show(self.desk.heading(self.desk.opened.save_state))

    def _tick(self) -> None:
        if not self._left and self.app.workshop is self:
            tick(self)

    def _footer_keys(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("Enter", "edit", "grid.edit"),
            ("^N", "row", "grid.new_row"),
            ("^Z", "undo", "undo"),
            ("^K", "capture", "app.capture"),
            ("^P", "all", "app.command_palette"),
            ("F1", "help", "help"),
            ("^T", "clock", "app.clock"),
            ("F5", "map", "map"),
            ("F7", "vote", "vote"),
            ("^G", "go to", "go_to"),
            ("^E", "export", "export"),
            ("^Q", "quit", "app.quit"),
            ("F6", "the room's view", "app.presenter"),
            ("F3", "prompt", "prompt(1)"),
            ("F4", "filter", "grid.filter"),
            ("F9", "sort", "grid.sort"),
        )
