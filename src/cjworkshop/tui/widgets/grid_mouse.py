"""The mouse in a grid: it works everywhere and is needed nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.tui.widgets.grid_clipboard import ClipboardGrid

if TYPE_CHECKING:
    from textual import events

_WHEEL_LINES = 3
_HALF = 2


class MouseGrid(ClipboardGrid):
    """A grid that is clicked, dragged over and scrolled."""

    _dragging = ""
    """What a held button drags: `cells`, `text`, `bar`, or nothing."""

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The (row, column) at a cell of the widget, or None where there is none."""
        line = y - self._head_height
        placed = self._columns.at(x)
        if placed is None or not 0 <= line < len(self._lines):
            return None
        return self._lines[line][0], placed.index

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to the cell; in the open editor, put the caret there; in its list, take what is clicked."""
        event.stop()
        if event.button != 1 or self._take_from_list(event.x, event.y):
            return
        cell = self.cell_at(event.x, event.y)
        if self.editing and cell == (self.cursor.row, self.cursor.column):
            self._dragging = "text"
            self._put_caret(event.x, event.y, select=event.shift)
        elif event.x == self._width - 1:
            self._dragging = "bar"
            self._drag_bar(event.y)
        elif cell is not None:
            self._dragging = "cells"
            clicked = self.model.row_id(cell[0])
            self.settle()
            row = self.model.index(clicked)
            if row is not None:
                self._run_column = None
                self.move_to(row, cell[1], extend=event.shift)
        if self._dragging:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """With the button held: select what lies between."""
        if self._dragging == "cells" and not self.editing:
            cell = self.cell_at(min(max(event.x, 0), self._width - 2), self._nearest_line(event.y))
            if cell is not None and cell != (self.cursor.row, self.cursor.column):
                self.move_to(*cell, extend=True)
        elif self._dragging == "text":
            self._put_caret(event.x, event.y, select=True)
        elif self._dragging == "bar":
            self._drag_bar(event.y)

    def _nearest_line(self, y: int) -> int:
        return min(max(y, self._head_height), self._head_height + max(len(self._lines) - 1, 0))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The button is let go."""
        event.stop()
        if self._dragging:
            self._dragging = ""
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A double click edits."""
        event.stop()
        cell = self.cell_at(event.x, event.y)
        if event.chain == _HALF and not self.editing and cell == (self.cursor.row, self.cursor.column):
            self.begin_edit()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The view goes down, the cursor stays."""
        event.stop()
        self._scroll_view(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The view goes up, the cursor stays."""
        event.stop()
        self._scroll_view(-_WHEEL_LINES)

    def _scroll_view(self, lines: int) -> None:
        if self._viewport.scroll(lines):
            self._recount()
            self.redraw()

    def _drag_bar(self, y: int) -> None:
        """Bring the rows at this height of the scrollbar into view."""
        height = max(self._viewport.height - 1, 1)
        share = min(max(y - self._head_height, 0), height) / height
        self._viewport.top, self._viewport.line = round(share * max(len(self.model) - 1, 0)), 0
        self._viewport.clamp()
        self._recount()
        self.redraw()

    def _put_caret(self, x: int, y: int, *, select: bool) -> None:
        """Put the caret of the open editor at a cell of the widget."""
        entry, placed = self._entry, self._columns.find(self.cursor.column)
        line = self._nearest_line(y) - self._head_height
        if entry is None or placed is None or self._lines[line][0] != self.cursor.row:
            return
        position = self._position_at(entry, self._lines[line][1] + self._first_line, x - placed.x - 1)
        self._steer(lambda editor: editor.go(position, select=select))

    def _take_from_list(self, x: int, y: int) -> bool:
        """Take what is clicked in the open list; False where that is not clicked."""
        region = self._list_region()
        if region is None or self.picker is None or not region.contains(x, y):
            return False
        self.picker.mark(self._first_option + y - region.y)
        if self._entry is not None and self._entry.take():
            self._entry_changed()
        else:
            self.commit()
        return True
