"""The grid: where a session's tables are filled in. It knows its model and tells what was done as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from cjworkshop.tui.widgets import grid_messages as messages
from cjworkshop.tui.widgets.cell_editor import CellEditor
from cjworkshop.tui.widgets.grid_keys import BINDINGS
from cjworkshop.tui.widgets.grid_mouse import MouseGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

Direction = Literal["up", "down", "left", "right", "home", "end", "page_up", "page_down", "top", "bottom"]

_WHILE_EDITING = {"newline", "backspace", "delete_word", "word", "select_word", "redo_typing"}
_IN_ANY_LINE = {"backspace", "delete_word", "word", "select_word"}
_PAGE_OF_LIST = 7
_MOVES_IN_LINE = {
    "left": CellEditor.left,
    "right": CellEditor.right,
    "home": CellEditor.start,
    "end": CellEditor.end,
}


class Grid(MouseGrid):
    """A table as a grid of cells that are typed into."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    HELP = """
Type to fill a cell in, `Enter` to go down, `Tab` to go right; behind the last cell a new row begins.

`Enter` or `F2` edits what is there, `Esc` gives the edit up, `Ctrl+Z` takes back. A digit sets a rating.

`Left` from the first column takes the whole row: copy, cut, move or remove it.
"""

    Edited: TypeAlias = messages.Edited
    RowAdded: TypeAlias = messages.RowAdded
    RowsRemoved: TypeAlias = messages.RowsRemoved
    RowsMoved: TypeAlias = messages.RowsMoved
    RowsDuplicated: TypeAlias = messages.RowsDuplicated
    Pasted: TypeAlias = messages.Pasted
    Drafted: TypeAlias = messages.Drafted
    Copied: TypeAlias = messages.Copied
    Refused: TypeAlias = messages.Refused
    CursorMoved: TypeAlias = messages.CursorMoved

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys belong to the editor only; elsewhere they are free for the screen."""
        del parameters
        if action in _WHILE_EDITING:
            return self.editing or (self.filtering and action in _IN_ANY_LINE)
        if action == "undo_typing":
            return self.editing or self.has_abandoned
        if action == "escape":
            return self.editing or self.filtering or self.cursor.selecting or bool(self.model.pending)
        return True

    # Moving

    def action_go(self, direction: Direction) -> None:
        """Move the caret, the mark in the list, or the cursor."""
        if self.filtering and direction in _MOVES_IN_LINE:
            self._edit_filter(_MOVES_IN_LINE[direction])
            return
        self._end_filter(keep=True)
        if not self.editing or not self._steer_editor(direction, select=False):
            self._go(direction, extend=False)

    def action_select(self, direction: Direction) -> None:
        """The same, with what lies between selected."""
        if not self.editing:
            self._go(direction, extend=True)
        else:
            self._steer_editor(direction, select=True)

    def _steer_editor(self, direction: Direction, *, select: bool) -> bool:
        """Move inside the open editor. False where the edit was ended instead, for the cursor to move."""
        editor, picker = self.editor, self.picker
        if editor is None:
            return False
        if picker is not None and direction in {"up", "down", "page_up", "page_down"}:
            step = 1 if direction in {"up", "down"} else _PAGE_OF_LIST
            picker.move(-step if direction.endswith("up") else step)
            self._entry_changed()
            return True
        width = self._room
        moves: dict[Direction, Callable[[], object]] = {
            "left": lambda: editor.left(select=select),
            "right": lambda: editor.right(select=select),
            "home": lambda: editor.line_start(width, select=select),
            "end": lambda: editor.line_end(width, select=select),
            "top": lambda: editor.start(select=select),
            "bottom": lambda: editor.end(select=select),
            "up": lambda: editor.up(width, select=select),
            "down": lambda: editor.down(width, select=select),
        }
        moved = moves[direction]() if direction in moves else False
        if moved is False and not select and direction == "down":
            self.action_enter()
            return True
        if moved is False and not select and direction in {"up", "down", "page_up", "page_down"}:
            return not self.commit()
        self._entry_changed()
        return True

    def _go(self, direction: Direction, *, extend: bool) -> None:
        self._answered = None
        row, column, last = self.cursor.row, self.cursor.column, len(self.model) - 1
        first = 0 if self.model.grows else self.model.first
        match direction:
            case "up":
                row -= 1
            case "down":
                row += 1
            case "left":
                column = max(column - 1, first)
            case "right":
                column += 1
            case "home":
                column = self.model.first
            case "end":
                column = self.cursor.last
            case "page_up":
                row = self._viewport.page(row, -1)
            case "page_down":
                row = self._viewport.page(row, 1)
            case "top":
                row = 0
            case "bottom":
                row = last
        self._run_column = None
        self.move_to(row, column, extend=extend)

    def action_word(self, direction: Literal["left", "right"]) -> None:
        """Move the caret by a word."""
        act = CellEditor.word_left if direction == "left" else CellEditor.word_right
        self._steer(act)
        self._edit_filter(act)

    def action_select_word(self, direction: Literal["left", "right"]) -> None:
        """Select by a word."""
        self._steer(
            lambda editor: editor.word_left(select=True) if direction == "left" else editor.word_right(select=True)
        )

    def action_select_all(self) -> None:
        """Select the whole text, or all rows."""
        if self.editing:
            self._steer(CellEditor.select_all)
        elif self.model.grows:
            self.move_to(0, self.model.first)
            self.move_to(len(self.model) - 1, self.cursor.last, extend=True)

    # Editing

    def action_edit(self) -> None:
        """Edit what is in the cell."""
        self._end_filter(keep=True)
        if not self.editing:
            self.begin_edit()

    def action_enter(self) -> None:
        """Edit the cell; while editing, or behind a digit that was a whole answer, commit and go down.

        Behind the last row just added, another begins.
        """
        if self.filtering:
            self._end_filter(keep=True)
            return
        answered, self._answered = self._answered == (self.row_id, self.cursor.column), None
        if not self.editing and not answered:
            self.begin_edit()
            return
        run, row_id, row = self._run_column, self.row_id, self.cursor.row
        if not self.commit():
            return
        if row < len(self.model) - 1:
            self.move_to(row + 1, self.cursor.column)
        elif run is not None and self._added == row_id:
            self.begin_row(row_id, column=run)

    def action_next_cell(self) -> None:
        """Commit and go right; behind the last cell to the next row, behind the last row to a new one."""
        self._end_filter(keep=True)
        if not self.commit():
            return
        row, column = self.cursor.row, self.cursor.column
        if column < self.cursor.last:
            self.move_to(row, column + 1)
        elif row < len(self.model) - 1:
            self.move_to(row + 1, self.model.first)
        elif self.model.grows and not self.on_new_row:
            self.begin_row(self.row_id or None)

    def action_previous_cell(self) -> None:
        """Commit and go left; before the first cell to the last of the row above."""
        if not self.commit():
            return
        if self.cursor.column > self.model.first:
            self.move_to(self.cursor.row, self.cursor.column - 1)
        elif self.cursor.row:
            self.move_to(self.cursor.row - 1, self.cursor.last)

    def action_escape(self) -> None:
        """Give the edit, the selection or the empty row up."""
        if self.filtering:
            self._end_filter(keep=False)
        elif self.editing:
            self.cancel()
        elif self.model.pending:
            self._drop_pending()
        elif self.cursor.selecting:
            self.move_to(self.cursor.row, max(self.cursor.column, self.model.first))

    def action_newline(self) -> None:
        """Begin a new line in prose."""
        self._edit(CellEditor.newline)

    def action_backspace(self) -> None:
        """Delete to the left; with an empty text, put back what was last taken from the list."""
        if self._entry is not None and self._entry.untake():
            self._entry_changed()
            self._typed()
        else:
            self._edit(CellEditor.backspace)
            self._edit_filter(CellEditor.backspace)

    def action_delete_word(self) -> None:
        """Delete the word before the caret."""
        self._edit(CellEditor.delete_word)
        self._edit_filter(CellEditor.delete_word)

    def action_delete(self) -> None:
        """Delete behind the caret, or clear the selected cells."""
        if self.filtering:
            self._edit_filter(CellEditor.delete)
        elif self.editing:
            self._edit(CellEditor.delete)
        else:
            self.clear_cells("clear")

    def action_undo_typing(self) -> None:
        """Take typing back; with nothing left the edit is given up. An edit that was given up comes back."""
        if self._entry is None:
            self.bring_back()
        elif self._entry.editor.undo():
            self._edit(lambda _: None)
        else:
            self.cancel()

    def action_redo_typing(self) -> None:
        """Type again what was taken back."""
        self._edit(CellEditor.redo)
