"""How an open editor is drawn: its text with caret and selection in the cell, and its list over the rows beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from cjworkshop.tui.text import cells, fit, graphemes, plain, wrap
from cjworkshop.tui.widgets.grid_sheet import Block
from cjworkshop.tui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.entries import Entry
    from cjworkshop.tui.widgets.grid_layout import Placed

_LIST_LINES = 8
_LIST_WIDTH = 40
_LEAST_LIST_WIDTH = 16


class EditDrawing(GridView):
    """A grid that can draw an editor in the cell of its cursor."""

    def __init__(
        self,
        model: GridModel,
        *,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._entry: Entry | None = None
        self._first_line = 0
        self._first_option = 0
        super().__init__(model, ascii_only=ascii_only, id=id)

    def _lay_out(self, keep: str = "") -> None:
        super()._lay_out(keep)
        self._place_editor()

    def _place_editor(self) -> None:
        """Give the open editor its place in the rows, and bring that into view."""
        if self._entry is None:
            return
        block = self._edit_block(self._entry)
        self._sheet.edited = (self.row_id, self.cursor.column, block)
        self._viewport.clamp()
        self._viewport.reveal(self.cursor.row)
        self._recount()

    def _edit_block(self, entry: Entry) -> Block:
        """The lines of the edited cell that are in view."""
        lines = self._edit_lines(entry)
        line, _ = self._caret(entry)
        most = self._sheet.tallest
        self._first_line = min(max(self._first_line, line - most + 1), line, max(len(lines) - most, 0))
        width = self._columns.widths[self.cursor.column] + 2
        return Block((" " * width,) * min(len(lines), most), "edit")

    @property
    def _room(self) -> int:
        """How many cells the text of the edited cell has."""
        return self._columns.widths[self.cursor.column]

    def _edit_lines(self, entry: Entry) -> list[tuple[int, int]]:
        return wrap(entry.text, self._room)

    def _caret(self, entry: Entry) -> tuple[int, int]:
        """(line, cell) of the caret in the whole of what is drawn in the cell."""
        position = len(entry.text) - len(entry.editor.text) + entry.editor.caret
        lines = self._edit_lines(entry)
        line = max(index for index, (begin, _) in enumerate(lines) if begin <= position)
        return line, min(cells(entry.text[lines[line][0] : position]), self._room)

    def _position_at(self, entry: Entry, line: int, cell: int) -> int:
        """The position in the editor's text that is nearest to a cell of what is drawn in the cell."""
        lines = self._edit_lines(entry)
        begin, end = lines[min(max(line, 0), len(lines) - 1)]
        used = 0
        for grapheme in graphemes(entry.text[begin:end]):
            used += cells(grapheme)
            if used > cell:
                break
            begin += len(grapheme)
        return max(begin - len(entry.text) + len(entry.editor.text), 0)

    def _text_place(self) -> tuple[int, int]:
        """While editing, where the caret stands."""
        if self._entry is None:
            return super()._text_place()
        line, cell = self._caret(self._entry)
        return line - self._first_line, cell

    def _special(self, place: int) -> bool:
        return super()._special(place) or (self._entry is not None and place == self.cursor.row)

    def _cell_runs(self, place: int, line: int, placed: Placed, blocks: dict[int, Block]) -> list[tuple[str, str]]:
        if self._entry is None or (place, placed.index) != (self.cursor.row, self.cursor.column):
            return super()._cell_runs(place, line, placed, blocks)
        return self._edit_runs(self._entry, line + self._first_line, placed)

    def _edit_runs(self, entry: Entry, line: int, placed: Placed) -> list[tuple[str, str]]:
        """A line of the edited cell: its text with the selection and the caret."""
        lines = self._edit_lines(entry)
        if line >= len(lines):
            return [(" " * placed.width, "edit")]
        begin, end = lines[line]
        shift = len(entry.text) - len(entry.editor.text)
        first, last = (position + shift for position in entry.editor.selection)
        caret = entry.editor.caret + shift if self._caret(entry)[0] == line and self.has_focus else -1
        runs = [(" ", "edit")]
        position, used = begin, 0
        for grapheme in graphemes(entry.text[begin:end]):
            text = plain(grapheme)
            if used + cells(text) > self._room:
                break
            part = "caret" if position == caret else "edit-selected" if first <= position < last else "edit"
            runs.append((text or (" " if part == "caret" else ""), part))
            position += len(grapheme)
            used += cells(text)
        rest = placed.width - 1 - used
        if caret >= position and rest > 0:
            runs.append((" ", "caret"))
            rest -= 1
        runs.append((" " * rest, "edit"))
        return runs

    def _list_region(self) -> Region | None:
        """Where the list of the open editor is drawn, in cells of the widget; None where there is none."""
        entry = self._entry
        placed = self._columns.find(self.cursor.column)
        if entry is None or entry.picker is None or placed is None:
            return None
        used = len(self._edit_lines(entry)) - self._first_line
        ys = [
            y
            for y, (row, line) in enumerate(self._lines, self._head_height)
            if row == self.cursor.row and line < max(used, 1)
        ]
        if not ys:
            return None
        options = entry.picker.fitting
        height = min(max(len(options), 1), _LIST_LINES)
        bottom = self._head_height + self._viewport.height
        below, above = bottom - ys[-1] - 1, ys[0] - self._head_height
        if below < height and above > below:
            height = min(height, above)
            y = ys[0] - height
        else:
            height = min(height, below)
            y = ys[-1] + 1
        widest = max((cells(option.label) for option in entry.picker.options), default=0) + 2
        width = min(max(placed.width, min(widest, _LIST_WIDTH), 16), max(self._width - 1, 1))
        x = max(min(placed.x, self._width - 1 - width), 0)
        return Region(x, y, width, height) if height > 0 else None

    def draw(self, y: int) -> list[Segment]:
        """One line of the widget, with the list over it."""
        segments = super().draw(y)
        region = self._list_region()
        if region is None or not region.y <= y < region.bottom:
            return segments
        strip = Strip(segments)
        listed = Strip([self._list_segment(y - region.y, region)], region.width)
        return list(Strip.join([strip.crop(0, region.x), listed, strip.crop(region.right)]))

    def _list_segment(self, line: int, region: Region) -> Segment:
        """A line of the list."""
        picker = self._entry.picker if self._entry is not None else None
        if picker is None or not picker.fitting:
            return Segment(fit(" Nothing fits. ", region.width), self.style("list"))
        marked = picker.marked or 0
        last = max(len(picker.fitting) - region.height, 0)
        self._first_option = min(max(self._first_option, marked - region.height + 1), marked, last)
        index = line + self._first_option
        chosen = index == picker.marked
        more = self.marks.down if line == region.height - 1 and self._first_option < last else " "
        edge = self.marks.right if chosen else " "
        text = edge + fit(picker.fitting[index].label, region.width - 2) + more
        return Segment(fit(text, region.width, more=""), self.style("list-marked" if chosen else "list"))
