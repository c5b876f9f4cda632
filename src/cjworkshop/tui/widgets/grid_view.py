"""A grid that shows a model and has a cursor; `grid_editing` and `grid` add editing and rows to it.

It has a scroll state of its own, so that nothing is measured that is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset

from cjworkshop.tui.widgets import grid_messages as messages
from cjworkshop.tui.widgets.grid_cursor import Cursor
from cjworkshop.tui.widgets.grid_drawing import GridDrawing

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from textual.geometry import Region
    from textual.message import Message

    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.models import GridModel


class GridView(GridDrawing):
    """A grid that can be walked through, and that follows its session."""

    # What is shown, and where

    def set_model(self, model: GridModel, row_id: str = "", key: str = "") -> None:
        """Show another model, with the cursor in a cell of its table if it has that."""
        self.model = model
        self.cursor = Cursor(0, model.first, first=model.first)
        self._problem = ""
        found = model.cell_of(row_id, key) if row_id else None
        if found is not None:
            self.cursor.go(model.index(found[0]) or 0, found[1])
        self._lay_out()
        self.redraw()
        self._tell_cursor()

    def go_to(self, row_id: str, key: str) -> bool:
        """Put the cursor in a cell of the table. Whether it is in view."""
        found = self.model.cell_of(row_id, key)
        place = self.model.index(found[0]) if found else None
        if found is None or place is None:
            return False
        self.move_to(place, found[1])
        return True

    def follow(self, session: Session, change: Change | None = None) -> None:
        """Show this session from now on; `change` says what differs. The cursor stays on its row, and so does the view."""
        row_id, count, before = self.row_id, len(self.model), self._rows_in_view()
        rows = self.model.follow(session, change)
        top = self.model.index(before[0][0]) if before else None
        if top is not None:
            self._viewport.top = top
        if rows is None or (count == 0) != (len(self.model) == 0):
            self._lay_out(keep=row_id)
            self.redraw()
            return
        self._take_rows(rows, row_id)
        after = self._rows_in_view()
        if len(after) != len(before) or len(self.model) != count:
            self.redraw()
        else:
            places = {self.model.index(touched) for touched in rows} | {self.cursor.row}
            lines = zip(self._lines, before, after, strict=True)
            changed = [y for y, ((place, _), old, new) in enumerate(lines) if old != new or place in places]
            self.redraw([*(y + self._head_height for y in changed), self._height - 1])

    def _rows_in_view(self) -> list[tuple[str, int]]:
        """(row id, line within it) of each line in view."""
        return [(self.model.row_id(row), line) for row, line in self._lines]

    def _take_rows(self, row_ids: Iterable[str], keep: str) -> None:
        """Measure these rows afresh, with the cursor on the row `keep`."""
        self._sheet.forget(row_ids)
        self._find_cursor(keep)
        self._viewport.count = len(self.model)
        self._viewport.clamp()
        self._viewport.reveal(self.cursor.row)
        self._recount()

    def refresh_rows(self, row_ids: Iterable[str]) -> None:
        """Measure these rows afresh and show them."""
        self._take_rows(row_ids, self.row_id)
        self.redraw()

    @property
    def caption(self) -> str:
        """What the last line says at its left in place of the column's help; empty for that."""
        return self._caption

    @caption.setter
    def caption(self, text: str) -> None:
        if text != self._caption:
            self._caption = text
            self._redraw_status()

    @property
    def key(self) -> str:
        """The key of the column that the cursor stands in; empty on a row's number or where there is no row."""
        row_id = self.row_id
        return self.model.address(row_id, self.cursor.column)[1] if row_id and not self.cursor.on_row else ""

    # Moving the cursor

    def move_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Put the cursor in a cell, and the view where it can be seen."""
        row = min(max(row, 0), max(len(self.model) - 1, 0))
        column = min(max(column, 0 if self.model.grows else self.model.first), len(self.model.heads) - 1)
        if (row, column) == (self.cursor.row, self.cursor.column) and self.cursor.selecting == extend:
            return
        before = self.cursor.area.rows
        self.cursor.go(row, column, extend=extend)
        self._clear_problem()
        self._show_cursor(before)
        self._tell_cursor()

    def _show_cursor(self, before: Iterable[int]) -> None:
        """Scroll to the cursor and repaint the rows that it left and where it is."""
        if self._reveal_column() or self._viewport.reveal(self.cursor.row):
            self._recount()
            self.redraw()
        else:
            self._redraw_rows({*before, *self.cursor.area.rows})

    def redraw(self, lines: Iterable[int] | None = None, cells: Iterable[Region] = ()) -> None:
        """Repaint these lines, and all of them where rows moved.

        The terminal's own cursor, which is not shown, goes where input methods look for it.
        """
        seen = self._lines, self._thumb()
        super().redraw(lines if seen == self._seen else None, cells)
        self._seen = seen
        placed = self._columns.find(self.cursor.column)
        if not self.has_focus or placed is None:
            return
        line, cell = self._text_place()
        if (self.cursor.row, line) in self._lines:
            y = self._lines.index((self.cursor.row, line)) + self._head_height
            self.app.cursor_position = self.content_region.offset + Offset(placed.x + 1 + cell, y)

    def _text_place(self) -> tuple[int, int]:
        """(line, cell) of the cursor's cell at which typed text goes in."""
        return 0, 0

    def _redraw_rows(self, places: Container[int]) -> None:
        """Repaint these rows, and the last line."""
        lines = [y for y, (row, _) in enumerate(self._lines, self._head_height) if row in places]
        self.redraw([*lines, self._height - 1])

    def _redraw_status(self) -> None:
        if self._status_height:
            self.redraw([self._height - 1])

    def post_message(self, message: Message) -> bool:
        """Tell the screen facts directly: in each container on their way up they would wait for a turn."""
        if isinstance(message, messages.GridMessage) and self.is_attached:
            return self.screen.post_message(message)
        return super().post_message(message)

    def _tell_cursor(self) -> None:
        self.post_message(messages.CursorMoved(self.model.table, self.row_id, self.key))

    def _clear_problem(self) -> None:
        if self._problem:
            self._problem = ""
            self._redraw_problem()

    def _redraw_problem(self) -> None:
        """Repaint the last line, and the one above it: what is wrong may take both."""
        if self._status_height:
            self.redraw([max(self._height - 2, 0), self._height - 1])

    def refuse(self, message: str, hint: str = "") -> None:
        """Say in the last line, or the last two, why something cannot be done, and tell the screen."""
        self._problem = f"{message} {hint}".strip()
        self._redraw_problem()
        self.post_message(messages.Refused(self.model.table, message, hint))

    # Drawing

    def notify_style_update(self) -> None:
        """Colours may be others now."""
        super().notify_style_update()
        self._sheet.repaint()

    def resized(self) -> None:
        """Lay out for the new size; the cursor stays in view."""
        self._columns.left = 0  # what a narrower screen had no room for may be seen again
        self._lay_out(keep=self.row_id)
        self._seen = self._lines, self._thumb()

    def on_focus(self) -> None:
        """The cursor is drawn as one that can be moved."""
        self._redraw_rows(self.cursor.area.rows)

    def on_blur(self) -> None:
        """The cursor is drawn as one that waits."""
        self._redraw_rows(self.cursor.area.rows)
