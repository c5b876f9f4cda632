"""A small app around one grid, as its screen would use it: for the tests of the grid, and to be run by hand.

python tests/tui/grid_bench.py touchpoints 100
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult

from cjworkshop.domain.commands import AddRows, DuplicateRows, MoveRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.session import Session
from cjworkshop.domain.workbook import Workbook
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.models import FormModel, TableModel
from cjworkshop.tui.paste import with_whole_pastes
from cjworkshop.tui.sparing import SparingScreen
from cjworkshop.tui.themes import THEMES
from cjworkshop.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractAsyncContextManager

    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.pilot import Pilot

    from cjworkshop.domain.commands import Command
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.grid_messages import GridMessage

NOW = dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
STAGES = ("Register", "Before visit", "Arriving", "Visit", "After visit")
NAMES = (
    "Decide",
    "Schedule appointment",
    "Receive appointment reminder",
    "Wait and prepare for appointment",
    "Greeted",
)
MOMENTS = ("", "moment-of-truth", "", "wow", "exit")
ACTION = "Calls the clinic, waits in the queue, and is asked three times for the same number. "


def sample(touchpoints: int = 25) -> Session:
    """Stages, touchpoints with prose of every length, some pains."""
    book = Workbook(Session(CATALOGUE), lambda: NOW)
    book.do(AddRows("stages", tuple(NewRow(f"s{n}", {"name": name}) for n, name in enumerate(STAGES))))
    rows = tuple(
        NewRow(
            f"t{n}",
            {
                "stage": f"s{n * len(STAGES) // max(touchpoints, 1)}",
                "name": NAMES[n % 5] + ("" if n < 5 else f" {n}"),
                "action": (ACTION * (n % 3)).strip(),
                "channel": ("phone", "portal", "in person")[n % 3],
                "emotion": n % 5 + 1 if n % 7 else None,
                "moment": MOMENTS[n % 5],
            },
        )
        for n in range(touchpoints)
    )
    book.do(AddRows("touchpoints", rows))
    if touchpoints > 3:
        pains = tuple(NewRow(f"p{n}", {"touchpoint": f"t{n}", "pain": f"Long hold {n}"}) for n in range(3))
        book.do(AddRows("pains", pains))
    return book.session


class GridApp(App[None]):
    """One grid over one workbook; keeps every message."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+z", "undo"), ("ctrl+y", "redo"), ("ctrl+q", "quit")]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES["dark"].variables

    def get_default_screen(self) -> SparingScreen[None]:
        return SparingScreen()

    def get_driver_class(self) -> type[Driver]:
        return with_whole_pastes(super().get_driver_class())

    def action_undo(self) -> None:
        if self.grid.settle():
            self.book.undo()

    def action_redo(self) -> None:
        if self.grid.settle():
            self.book.redo()

    def __init__(
        self,
        table: str = "touchpoints",
        session: Session | None = None,
        theme_name: str = "cjworkshop-dark",
        **options: Any,
    ) -> None:
        super().__init__()
        self.book = Workbook(sample() if session is None else session, lambda: NOW)
        self.table = table
        self.ids = (f"new{n}" for n in itertools.count(1))
        self.options = options
        self.told: list[GridMessage] = []
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = theme_name
        self.book.subscribe(lambda change: self.grid.follow(self.book.session, change))

    def model(self, table: str) -> GridModel:
        """The model of a table."""
        if CATALOGUE[table].single:
            return FormModel(self.book.session, table, TODAY, "form")
        return TableModel(self.book.session, table, TODAY)

    def compose(self) -> ComposeResult:
        """The grid alone."""
        self.grid = Grid(self.model(self.table), lambda: next(self.ids), **self.options)
        yield self.grid

    def at_work(self, width: int = 100, height: int = 30) -> AbstractAsyncContextManager[Pilot[None]]:
        """The app running in a test, with nothing hidden that may crash."""
        return self.run_test(size=(width, height), notifications=True, tooltips=True)

    def rows(self, table: str = "") -> list[Any]:
        """The rows of a table as they are in the session."""
        return list(self.book.session[table or self.table])

    def of(self, kind: type[GridMessage]) -> list[Any]:
        """The messages of one kind, in order."""
        return [message for message in self.told if isinstance(message, kind)]

    def do(self, message: GridMessage, command: Command) -> None:
        """What a screen does with a fact."""
        self.told.append(message)
        self.book.do(command)

    def on_grid_edited(self, message: Grid.Edited) -> None:
        self.do(message, SetCells(message.table, message.cells, message.verb))

    def on_grid_row_added(self, message: Grid.RowAdded) -> None:
        self.do(message, AddRows(message.table, (NewRow(message.row_id, message.values),), message.after))

    def on_grid_rows_removed(self, message: Grid.RowsRemoved) -> None:
        self.do(message, RemoveRows(message.table, message.row_ids))

    def on_grid_rows_moved(self, message: Grid.RowsMoved) -> None:
        self.do(message, MoveRows(message.table, message.row_ids, message.after))

    def on_grid_rows_duplicated(self, message: Grid.RowsDuplicated) -> None:
        self.do(message, DuplicateRows(message.table, message.copies))

    def on_grid_pasted(self, message: Grid.Pasted) -> None:
        if message.plan.needs_asking:
            self.told.append(message)
        else:
            self.do(message, message.plan.command())

    def on_grid_drafted(self, message: Grid.Drafted) -> None:
        self.told.append(message)

    def on_grid_copied(self, message: Grid.Copied) -> None:
        self.told.append(message)

    def on_grid_refused(self, message: Grid.Refused) -> None:
        self.told.append(message)

    def on_grid_cursor_moved(self, message: Grid.CursorMoved) -> None:
        self.told.append(message)


def screen_lines(app: App[Any]) -> list[str]:
    """The screen as text."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def styles_at(app: App[Any], text: str) -> Iterable[str]:
    """The styles of the segments that have this text."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if text in segment.text:
                yield str(segment.style)


if __name__ == "__main__":
    chosen = "cjworkshop-light" if "--light" in sys.argv else "cjworkshop-dark"
    GridApp(sys.argv[1], sample(int(sys.argv[2])), chosen, ascii_only="--ascii" in sys.argv).run()
