"""Whole rows of a grid: new ones, copies, removal, order; and which of them are shown, sorted by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from cjworkshop.tui.grid_model import Sort
from cjworkshop.tui.text import cells, fit, graphemes, plain
from cjworkshop.tui.widgets import grid_messages as messages
from cjworkshop.tui.widgets.cell_editor import CellEditor
from cjworkshop.tui.widgets.grid_editing import EditableGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.tui.grid_model import GridModel

_KEEPS = "Enter keeps it, Esc shows all"


class RowsGrid(EditableGrid):
    """A grid whose rows can be added, copied, moved, removed, filtered and sorted."""

    def __init__(
        self,
        model: GridModel,
        new_id: Callable[[], str],
        *,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._filter: CellEditor | None = None
        super().__init__(model, new_id, ascii_only=ascii_only, id=id)

    @property
    def selected_rows(self) -> tuple[str, ...]:
        """The ids of the rows that the selection touches, of those in the session."""
        rows = (self.model.row_id(row) for row in self.cursor.area.rows if row < len(self.model))
        return tuple(row_id for row_id in rows if row_id != self.model.pending)

    def action_new_row(self) -> None:
        """Begin a new row below the cursor."""
        if self.commit():
            self.begin_row(self._after if self.on_new_row else self.row_id or None)

    def action_duplicate_rows(self) -> None:
        """Copy the selected rows to below them."""
        if self._may_change_rows() and self.selected_rows:
            copies = tuple((row_id, self._new_id()) for row_id in self.selected_rows)
            self.post_message(messages.RowsDuplicated(self.model.table, copies))

    def action_remove_rows(self) -> None:
        """Take the selected rows out; while editing, delete up to where the word ends."""
        if self.editing:
            self._edit(CellEditor.delete_word_right)
        elif self._may_change_rows() and self.selected_rows:
            rows = self.selected_rows
            self.move_to(self.cursor.area.top, self.cursor.column)
            self.post_message(messages.RowsRemoved(self.model.table, rows))

    def action_move_rows(self, step: int) -> None:
        """Move the selected rows one place up (-1) or down (1)."""
        rows = self.selected_rows
        if not (self._may_change_rows() and self.model.grows and rows):
            return
        if self.model.sort is not None:
            self.refuse("Rows of a sorted view stay where they are.", "F9 shows them as they are stored.")
            return
        area = self.cursor.area
        beside = area.top - 1 if step < 0 else area.bottom + 1
        if 0 <= beside < len(self.model):
            neighbour = self.model.row_id(beside)
            after = self.model.stored_before(neighbour) if step < 0 else neighbour
            self.post_message(messages.RowsMoved(self.model.table, rows, after))

    def _may_change_rows(self) -> bool:
        """End an open edit; False where that is refused, or where rows are not to be changed."""
        if not self.commit():
            return False
        if not self.model.grows:
            self.refuse(f"{self.model.title} is one record.", "Its fields stay where they are.")
        return self.model.grows

    def clear_cells(self, verb: str) -> None:
        """Empty the selected cells."""
        cleared = []
        for row_id in self.selected_rows:
            for index in self.cursor.area.columns:
                column = self.model.column(row_id, index)
                if column is not None and self.model.value(row_id, index) != column.kind.empty:
                    cleared.append((*self.model.address(row_id, index), column.kind.empty))
        self._drop_drafts((row_id, key) for row_id, key, _ in cleared)
        if cleared:
            self._abandoned = None
            self.post_message(messages.Edited(self.model.table, tuple(cleared), verb))

    # Which rows are shown

    def action_sort(self) -> None:
        """Sort the view by the cursor's column: upwards, downwards, not at all."""
        if not self._may_change_rows():
            return
        sort, index = self.model.sort, self.cursor.column
        if sort is None or sort.index != index:
            self._show_rows(lambda: self.model.set_sort(Sort(index)))
        elif not sort.descending:
            self._show_rows(lambda: self.model.set_sort(Sort(index, descending=True)))
        else:
            self._show_rows(lambda: self.model.set_sort(None))

    def _show_rows(self, choose: Callable[[], None]) -> None:
        """Choose other rows or another order, with the cursor on its row if that is still there."""
        self._drop_pending()
        row_id = self.row_id
        choose()
        self.cursor.anchor = None
        self._lay_out(keep=row_id)
        self.redraw()
        self._tell_cursor()

    @property
    def filtering(self) -> bool:
        """Whether the words of the filter are being typed."""
        return self._filter is not None

    def action_filter(self) -> None:
        """Type the words that rows must have; the rows follow while they are typed."""
        if self.commit() and self._filter is None:
            self._filter = CellEditor(self.model.filter, select=True)
            self._redraw_status()

    def _edit_filter(self, act: Callable[[CellEditor], object]) -> None:
        """Change the words of the filter, or move in them."""
        if self._filter is not None:
            act(self._filter)
            if self._filter.text.strip() != self.model.filter:
                words = self._filter.text
                self._show_rows(lambda: self.model.set_filter(words))
            else:
                self._redraw_status()

    def _end_filter(self, *, keep: bool) -> None:
        """Stop typing the filter; without `keep` all rows are shown."""
        if self._filter is not None:
            self._filter = None
            if not keep:
                self._show_rows(lambda: self.model.set_filter(""))
            self._redraw_status()

    def settle(self, *, keep_row: bool = False) -> bool:
        """End what is being typed; see `EditableGrid.settle`. A filter is kept."""
        self._end_filter(keep=True)
        return super().settle(keep_row=keep_row)

    def type_character(self, character: str) -> None:
        """While the filter is typed it gets the letters."""
        if self._filter is not None:
            self._edit_filter(lambda editor: editor.type(character))
        else:
            super().type_character(character)

    def _status_segments(self) -> list[Segment]:
        """The last line; the filter while it is typed."""
        if self._filter is None:
            return super()._status_segments()
        count = f"{len(self.model)} of {self.model.total}"
        room = max(self._width - cells(count) - 3, 0)
        words, caret = self._filter.text, self._filter.caret
        before, behind = plain(words[:caret]), plain(words[caret:])
        first, *rest = graphemes(behind) or [" "]
        parts = [("Filter: ", "status"), (before, "edit"), (first, "caret"), ("".join(rest), "edit")]
        selected = self._filter.selected
        if selected:
            parts = [("Filter: ", "status"), (plain(words), "edit-selected"), (" ", "caret")]
        used = sum(cells(text) for text, _ in parts)
        hint = fit(f"   {_KEEPS}", max(room - used, 0))
        segments = [Segment(" ", self.style("status"))]
        segments += [Segment(text, self.style(part)) for text, part in parts if text]
        return [*segments, Segment(f"{hint} {count} ", self.style("status"))]
