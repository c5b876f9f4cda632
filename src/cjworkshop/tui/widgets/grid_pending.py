"""A row that is on the screen before it is in the session: it exists from its first value on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.tui.widgets.grid_edit_drawing import EditDrawing

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.tui.grid_model import GridModel


class PendingRows(EditDrawing):
    """A grid that new rows can be begun in. `new_id` makes their ids."""

    def __init__(
        self,
        model: GridModel,
        new_id: Callable[[], str],
        *,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._new_id = new_id
        self._after: str | None = None
        self._added = ""
        self._run_column: int | None = None
        super().__init__(model, ascii_only=ascii_only, id=id)

    @property
    def on_new_row(self) -> bool:
        """Whether the cursor stands in a row that nothing was told of yet."""
        return bool(self.model.pending) and self.row_id == self.model.pending != self._added

    def begin_row(self, after: str | None = None, *, column: int | None = None) -> None:
        """Show an empty row behind `after` and put the cursor in it; it exists from its first value on."""
        if not self.model.grows:
            self.refuse(f"{self.model.title} is one record.", "Its fields are all here.")
            return
        self._drop_pending()
        self._after = after
        self.model.begin_row(self._new_id(), after)
        target = self._first_unset() if column is None else column
        self._run_column = target
        self._lay_out(keep=self.model.pending)
        self.cursor.anchor = None
        self.cursor.column = target
        self._reveal_column()
        self.redraw()
        self._tell_cursor()

    def _first_unset(self) -> int:
        """The first column of the row to be that has no value yet."""
        preset, row_id = self.model.preset(), self.model.pending
        columns = range(self.model.first, len(self.model.heads))
        return next(
            (index for index in columns if self.model.address(row_id, index)[1] not in preset), self.model.first
        )

    def _drop_pending(self) -> None:
        """Forget an empty row, with the cursor going to the row before it."""
        if not self.model.grows or not self.model.pending or self._added == self.model.pending:
            return
        row_id = self.row_id
        gone = row_id == self.model.pending
        self.model.drop_row()
        self._run_column = None
        if gone:
            self.cursor.row = max(self.cursor.row - 1, 0)
        self._lay_out(keep="" if gone else row_id)
        self.redraw()
        if gone:
            self._tell_cursor()

    def move_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Put the cursor in a cell. An empty row that it leaves is forgotten."""
        pending = self.model.index(self.model.pending) if self.model.pending else None
        if pending is not None and row != pending and self._added != self.model.pending:
            self._drop_pending()
            row -= row > pending
        super().move_to(row, column, extend=extend)
