"""Copying, cutting and pasting in a grid: cells as text with tabs, whole rows with all that they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import NewRow
from cjworkshop.domain.references import Reference
from cjworkshop.lazy import dataclass
from cjworkshop.tui.clipboard import copy_out
from cjworkshop.tui.grid_model import shown
from cjworkshop.tui.paste_plan import PastePlan, fill, plan_paste
from cjworkshop.tui.tsv import Block, read_tsv, write_tsv
from cjworkshop.tui.widgets import grid_messages as messages
from cjworkshop.tui.widgets.grid_aside import InterruptedGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events

    from cjworkshop.domain.columns import Column
    from cjworkshop.tui.grid_model import GridModel


@dataclass(frozen=True)
class Clip:
    """What was last copied here: texts, and where it was whole rows the values of each by column key."""

    table: str
    block: Block
    rows: tuple[Mapping[str, Any], ...] = ()


@dataclass
class Clipboard:
    """What was last copied here, if anything. Grids that share one paste what the others copied."""

    clip: Clip | None = None


class ClipboardGrid(InterruptedGrid):
    """A grid that can be copied from and pasted into."""

    def __init__(
        self,
        model: GridModel,
        new_id: Callable[[], str],
        *,
        clipboard: Clipboard | None = None,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._clipboard = clipboard or Clipboard()
        super().__init__(model, new_id, ascii_only=ascii_only, id=id)

    def action_copy(self) -> None:
        """Copy the selected cells, or the selected text of the open editor."""
        if self.editor is not None:
            self._copy_text(self.editor.selected or self.editor.text)
            return
        self._copy_cells()

    def _copy_text(self, text: str) -> None:
        if text:
            self._clipboard.clip = Clip("", [[text]])
            self._tell_copy(text, 1)

    def _copy_cells(self) -> bool:
        """Copy the selection. False where there is nothing to copy."""
        rows, area = self.selected_rows, self.cursor.area
        if not rows:
            return False
        block = [[self._text(row_id, index) for index in area.columns] for row_id in rows]
        whole = self.cursor.whole_rows and self.model.grows
        values = tuple(self._values(row_id) for row_id in rows) if whole else ()
        self._clipboard.clip = Clip(self.model.table, block, values)
        self._tell_copy(write_tsv(block), len(rows) * len(area.columns))
        return True

    def _tell_copy(self, text: str, count: int) -> None:
        copy_out(self.app, text)
        self.post_message(messages.Copied(self.model.table, text, count))

    def _text(self, row_id: str, index: int) -> str:
        column = self.model.column(row_id, index)
        value = self.model.value(row_id, index)
        return str(value) if column is None else shown(column, value, self.model.context.names)

    def _values(self, row_id: str) -> dict[str, Any]:
        """All that a row holds, by column key."""
        indexes = range(self.model.first, len(self.model.heads))
        return {self.model.address(row_id, index)[1]: self.model.value(row_id, index) for index in indexes}

    def action_cut(self) -> None:
        """Copy the selection and take it away: whole rows are removed, cells are cleared."""
        if self.editor is not None:
            self._copy_text(self.editor.selected)
            if self.editor.selected:
                self._edit(lambda editor: editor.insert(""))
        elif self._copy_cells():
            if self.cursor.whole_rows and self.model.grows:
                self.action_remove_rows()
            else:
                self.clear_cells("cut")

    def action_paste(self) -> None:
        """Paste what was last copied: rows as new rows below, cells over those from the cursor on."""
        clip = self._clipboard.clip
        if clip is None:
            self.refuse("Nothing was copied here yet.", "The terminal's own paste brings text from elsewhere.")
        elif self.editor is not None or self.filtering:
            self.insert_text("\n".join("\t".join(row) for row in clip.block))
        elif clip.rows and clip.table == self.model.table and self.model.grows:
            self._tell_paste(self._rows_plan(clip))
        else:
            self.paste_block(clip.block)

    def insert_text(self, text: str) -> None:
        """Put text into what is being typed."""
        if self.filtering:
            self._edit_filter(lambda editor: editor.insert(text))
        else:
            self._edit(lambda editor: editor.insert(text))

    def on_paste(self, event: events.Paste) -> None:
        """The terminal pasted: into what is being typed, or as cells."""
        event.stop()
        event.prevent_default()
        if self.editing or self.filtering:
            self.insert_text(event.text)
        else:
            self.paste_block(read_tsv(event.text))

    def paste_block(self, block: Block) -> None:
        """Paste cells from the cursor on; one cell fills the whole selection. A row to be takes in no other row's."""
        area = self.cursor.area
        if not self.selected_rows and not self.model.grows:
            return
        rows = [self.model.row_id(row) for row in range(area.top, len(self.model)) if len(self.model)]
        rows = [] if self.on_new_row else [row_id for row_id in rows if row_id != self.model.pending]
        block = fill(block, len(self.selected_rows), len(area.columns))
        first = max(area.left, self.model.first)
        if not rows and not self.on_new_row and not self.cursor.selecting and len(block[0]) == 1:
            first = self.model.naming
        columns = range(first, len(self.model.heads))
        plan = plan_paste(self.model, block, rows, columns, self._new_id)
        self._tell_paste(replace(plan, after=self._after) if self.on_new_row else plan)

    def _rows_plan(self, clip: Clip) -> PastePlan:
        """New rows with the values of those copied; references to rows that are gone meanwhile are let go."""
        rows = tuple(NewRow(self._new_id(), self._still_valid(values)) for values in clip.rows)
        after = self._after if self.on_new_row else (self.selected_rows or (None,))[-1]
        return PastePlan(self.model.table, new_rows=rows, after=after)

    def _still_valid(self, values: Mapping[str, Any]) -> dict[str, Any]:
        columns = {
            column.key: column
            for index in range(self.model.first, len(self.model.heads))
            if (column := self.model.column("", index)) is not None
        }
        return {key: self._let_go(columns[key], value) for key, value in values.items() if key in columns}

    def _let_go(self, column: Column, value: Any) -> Any:
        kind = column.kind
        if not isinstance(kind, Reference):
            return value
        names = self.model.context.names
        return kind.without(value, lambda row_id: not names.exists(kind.tables, row_id))

    def _tell_paste(self, plan: PastePlan) -> None:
        """Tell what would be pasted; where nothing would be, say so."""
        self._abandoned = None
        if plan.is_empty and not plan.needs_asking:
            self.refuse("What was pasted stands there already.")
        else:
            self._drop_pending()
            self.post_message(messages.Pasted(self.model.table, plan))
