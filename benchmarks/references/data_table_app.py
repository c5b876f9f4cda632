"""A bare app around Textual's own table, with rows of one line: python data_table_app.py ROWS. `u` updates a cell."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import DataTable

sys.path.insert(0, str(Path(__file__).parent.parent))
from sample_rows import COLUMNS, touchpoints


class DataTableApp(App[None]):
    """The table alone."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [("u", "update")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._count = rows
        self._updates = 0

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable[str]()

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        table.add_rows(touchpoints(self._count))
        table.focus()

    def action_update(self) -> None:
        """Change the cell under the cursor."""
        self._updates += 1
        table = self.query_one(DataTable)
        table.update_cell_at(table.cursor_coordinate, str(self._updates))


if __name__ == "__main__":
    DataTableApp(int(sys.argv[1])).run()
