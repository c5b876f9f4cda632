"""The keys of a grid. Each has an id, so that it can be remapped, and says what it does."""

from __future__ import annotations

from textual.binding import Binding


def _key(keys: str, action: str, description: str, tooltip: str, *, show: bool = False) -> Binding:
    name = action.replace("(", "_").replace(")", "").replace("'", "").replace(", ", "_")
    return Binding(keys, action, description, id=f"grid.{name}", tooltip=tooltip, show=show)


MOVING = [
    _key("up", "go('up')", "Up", "Go one row up; while editing, one line up."),
    _key("down", "go('down')", "Down", "Go one row down; while editing, one line down."),
    _key("left", "go('left')", "Left", "Go one column or one character to the left."),
    _key("right", "go('right')", "Right", "Go one column or one character to the right."),
    _key("home", "go('home')", "First column", "Go to the first column, or to the start of the line."),
    _key("end", "go('end')", "Last column", "Go to the last column, or to the end of the line."),
    _key("pageup", "go('page_up')", "Page up", "Go up by as many rows as are in view."),
    _key("pagedown", "go('page_down')", "Page down", "Go down by as many rows as are in view."),
    _key("ctrl+home", "go('top')", "First row", "Go to the first row, or to the start of the text."),
    _key("ctrl+end", "go('bottom')", "Last row", "Go to the last row, or to the end of the text."),
    _key("shift+up", "select('up')", "Select up", "Select one row more upwards."),
    _key("shift+down", "select('down')", "Select down", "Select one row more downwards."),
    _key("shift+left", "select('left')", "Select left", "Select one column or character more to the left."),
    _key("shift+right", "select('right')", "Select right", "Select one column or character more to the right."),
    _key("shift+home", "select('home')", "Select to first column", "Select to the first column or the line's start."),
    _key("shift+end", "select('end')", "Select to last column", "Select to the last column or the line's end."),
    _key("shift+pageup", "select('page_up')", "Select a page up", "Select the rows of a page upwards."),
    _key("shift+pagedown", "select('page_down')", "Select a page down", "Select the rows of a page downwards."),
    _key("ctrl+shift+home", "select('top')", "Select to first row", "Select to the first row or the text's start."),
    _key("ctrl+shift+end", "select('bottom')", "Select to last row", "Select to the last row or the text's end."),
    _key("ctrl+left", "word('left')", "Word left", "While editing, go to where the word begins."),
    _key("ctrl+right", "word('right')", "Word right", "While editing, go to where the word ends."),
    _key(
        "ctrl+shift+left", "select_word('left')", "Select word left", "While editing, select to where the word begins."
    ),
    _key("ctrl+shift+right", "select_word('right')", "Select word right", "While editing, select to where it ends."),
]

EDITING = [
    _key("enter", "enter", "Edit", "Edit the cell; while editing, commit and go down.", show=True),
    _key("f2", "edit", "Edit", "Edit what is in the cell."),
    _key("tab", "next_cell", "Next", "Commit and go right; behind the last cell to the next row.", show=True),
    _key("shift+tab", "previous_cell", "Previous", "Commit and go left; before the first cell to the row above."),
    _key("escape", "escape", "Give up", "Give the edit up; Ctrl+Z has what was typed."),
    _key("ctrl+j", "newline", "New line", "While editing prose, begin a new line."),
    _key("backspace", "backspace", "Delete left", "While editing, delete the character before the caret."),
    _key("delete", "delete", "Clear", "Clear the selected cells; while editing, delete behind the caret."),
    _key("ctrl+w,alt+backspace", "delete_word", "Delete word", "While editing, delete back to where the word begins."),
    _key("ctrl+a", "select_all", "Select all", "Select the whole text, or all rows."),
    _key("ctrl+z", "undo_typing", "Undo typing", "Take back what was typed, or have back an edit that was given up."),
    _key("ctrl+y", "redo_typing", "Redo typing", "Type again what was taken back."),
]

ROWS = [
    _key("ctrl+n,insert", "new_row", "New row", "Begin a new row below.", show=True),
    _key("ctrl+d", "duplicate_rows", "Duplicate", "Copy the selected rows to below them."),
    _key(
        "ctrl+delete",
        "remove_rows",
        "Remove rows",
        "Take the selected rows out; while editing, delete a word to the right.",
    ),
    _key("alt+up", "move_rows(-1)", "Move up", "Move the selected rows one place up."),
    _key("alt+down", "move_rows(1)", "Move down", "Move the selected rows one place down."),
    _key("ctrl+c", "copy", "Copy", "Copy the selected cells, for this program and others."),
    _key("ctrl+x", "cut", "Cut", "Copy the selected cells and clear them; whole rows are taken out."),
    _key("ctrl+v", "paste", "Paste", "Paste what was last copied here. The terminal's own paste brings the rest."),
    _key("f4", "filter", "Filter", "Show only rows that have the words typed.", show=True),
    _key("f9", "sort", "Sort", "Sort the view by this column: up, down, not at all.", show=True),
]

BINDINGS = [*MOVING, *EDITING, *ROWS]
