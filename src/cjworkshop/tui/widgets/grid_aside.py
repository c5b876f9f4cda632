"""An edit that something else comes between: it is committed, or kept, and the editor is open again afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.tui.widgets.grid_rows import RowsGrid

if TYPE_CHECKING:
    from cjworkshop.tui.widgets.entries import Entry


class Aside(NamedTuple):
    """An edit that was put aside: where, with what text and caret, and whether its value was taken."""

    table: str
    row_id: str
    key: str
    entry: Entry
    anchor: int
    caret: int
    taken: bool


class InterruptedGrid(RowsGrid):
    """A grid whose open edit can be put aside and taken up again."""

    def put_aside(self) -> Aside | None:
        """Commit the open edit, or keep as a draft what is refused; None where no edit is open.

        An empty row that it was begun in stays, and so does a filter that is being typed.
        """
        entry, address = self._entry, self._edited_address
        if entry is None:
            return None
        anchor, caret = entry.editor.anchor, entry.editor.caret  # before a refusal moves them
        return Aside(self.model.table, *address, entry, anchor, caret, self._leave_cell())

    def take_up(self, aside: Aside) -> None:
        """Open the editor where it was, with its text and its caret; not where one has gone elsewhere since.

        Where the value was taken, undoing what is typed from now on ends at that value.
        """
        at = self.model.address(self.row_id, self.cursor.column) if self.row_id else ()
        if self.editing or (self.model.table, *at) != (aside.table, aside.row_id, aside.key):
            return
        self.begin_edit()
        if self._entry is None:
            return
        if aside.taken:
            aside.entry.settle(self._entry.initial, self.model.context)
        self._entry = aside.entry
        self._entry.select(aside.anchor, aside.caret)
        self._entry_changed(repaint=True)
