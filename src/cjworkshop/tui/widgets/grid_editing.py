"""Editing in a grid: the editor and its list are drawn where the cell is, and a value is told when it is committed."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.commands import NewRow
from cjworkshop.domain.text import LONG_TEXT
from cjworkshop.errors import BadValue
from cjworkshop.tui.paste_plan import PastePlan
from cjworkshop.tui.widgets import grid_messages as messages
from cjworkshop.tui.widgets.entries import Entry, one_key
from cjworkshop.tui.widgets.grid_pending import PendingRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from textual import events
    from textual.timer import Timer

    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.cell_editor import CellEditor
    from cjworkshop.tui.widgets.picker import Picker

_DRAFT_AFTER = 0.3
_DRAFT_AT_LEAST = 0.8  # leaves a little of the promised second for the disk


class Abandoned(NamedTuple):
    """An edit that was given up: where, and what had been typed. `after` is where its row was to stand, if `new`."""

    row_id: str
    key: str
    text: str
    new: bool = False
    after: str | None = None


class EditableGrid(PendingRows):
    """A grid whose cells are edited in place."""

    def __init__(
        self,
        model: GridModel,
        new_id: Callable[[], str],
        *,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        self._edited_address = ("", "")
        self._abandoned: Abandoned | None = None
        self._answered: tuple[str, int] | None = None
        self._kept: dict[tuple[str, str, str], str] = {}
        self._draft_timer: Timer | None = None
        self._draft_due = 0.0
        self._last_key = 0.0
        super().__init__(model, new_id, ascii_only=ascii_only, id=id)

    # The state of an edit

    @property
    def editing(self) -> bool:
        """Whether a cell's editor is open."""
        return self._entry is not None

    @property
    def editor(self) -> CellEditor | None:
        """The text of the open editor."""
        return self._entry.editor if self._entry is not None else None

    @property
    def picker(self) -> Picker | None:
        """The list of the open editor."""
        return self._entry.picker if self._entry is not None else None

    def begin_edit(self, typed: str | None = None) -> None:
        """Open the cell's editor; `typed` stands in place of what the cell holds. On no row, a new one begins."""
        if not len(self.model):
            self.begin_row(column=self.model.naming)
        if not len(self.model):
            return
        if self.cursor.on_row:
            self.move_to(self.cursor.row, self.model.first)
        row_id, index = self.row_id, self.cursor.column
        column = self.model.column(row_id, index)
        if column is None:
            return
        self.cursor.anchor = None
        self._clear_problem()
        kept = self._kept.pop((self.model.table, *self.model.address(row_id, index)), None)
        if kept is not None:
            self._show_drafts()
        text = kept if kept is not None and typed is None else typed
        self._edited_address = self.model.address(row_id, index)
        self._entry = Entry(column, self.model.value(row_id, index), self.model.context_of(row_id), text)
        self._first_line = self._first_option = 0
        self._entry_changed(repaint=True)

    def _entry_changed(self, *, repaint: bool = False) -> None:
        """The text or the caret is another: lay the cell out again and repaint as little as that takes."""
        if self._entry is None:
            return
        repaint = self._reveal_column() or repaint
        self._place_editor()
        if repaint or self._entry.picker is not None:
            self.redraw()
        else:
            self._redraw_rows(self.cursor.area.rows)

    def follow(self, session: Session, change: Change | None = None) -> None:
        """Show this session from now on. An edit whose row is gone is given up, and can be had back as text."""
        entry, row_id = self._entry, self.row_id
        super().follow(session, change)
        if entry is None:
            if change is not None:
                self._abandoned = None  # undo means what was done last
            return
        found = self.model.cell_of(self._edited_address[0], entry.column.key)
        if found is None or self.row_id != row_id:
            self._abandoned = Abandoned(*self._edited_address, entry.text)
            self._end_edit()
        else:
            self.cursor.column = found[1]
            self._place_editor()
            self.redraw()

    def set_model(self, model: GridModel, row_id: str = "", key: str = "") -> None:
        """Show another model; what was given up in the one before is left there."""
        self._leave_cell()
        self._abandoned = None
        super().set_model(model, row_id, key)

    def move_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Put the cursor in a cell; an edit ends where it was begun."""
        self._leave_cell()
        super().move_to(row, column, extend=extend)

    def begin_row(self, after: str | None = None, *, column: int | None = None) -> None:
        """Show an empty row; an edit ends where it was begun."""
        self._leave_cell()
        super().begin_row(after, column=column)

    # Ending an edit

    def commit(self) -> bool:
        """Close the editor and tell its value. False, and the editor stays, where the column refuses it.

        What is typed next then replaces the text.
        """
        entry = self._entry
        if entry is None:
            return True
        try:
            value = entry.value()
        except BadValue as problem:
            entry.editor.refuse()
            self._entry_changed()
            self.refuse(problem.message, problem.hint)
            return False
        self._end_edit()
        if value != entry.initial and isinstance(value, str) and len(value) > LONG_TEXT:
            self._ask_about_long(value, entry.text)
        elif value != entry.initial:
            self._tell_values([(self.cursor.column, value)])
        self._tell_draft(None)
        return True

    def _ask_about_long(self, value: str, text: str) -> None:
        """A text that is too long to be kept without asking goes the way of a paste."""
        row_id, key = self.model.address(self.row_id, self.cursor.column)
        new = self.on_new_row
        if new:
            rows = (NewRow(row_id, {**self.model.preset(), key: value}),)
            plan = PastePlan(self.model.table, new_rows=rows, after=self._after)
        else:
            plan = PastePlan(self.model.table, cells=((row_id, key, value),))
        self._abandoned = Abandoned(row_id, key, text, new, self._after if new else None)
        self.post_message(messages.Pasted(self.model.table, plan))

    def _tell_values(self, values: list[tuple[int, Any]], verb: str = "change") -> None:
        """Tell the values of cells of the cursor's row."""
        self._abandoned = None
        row_id = self.row_id
        addressed = [(*self.model.address(row_id, index), value) for index, value in values]
        self._drop_drafts((address, key) for address, key, _ in addressed)
        if not self.model.grows or row_id != self.model.pending:
            self.post_message(messages.Edited(self.model.table, tuple(addressed), verb))
            return
        for index, value in values:
            self.model.fill_row(index, value)
        self._sheet.forget([row_id])
        if self._added == row_id:  # its first cell is on its way to the session
            self.post_message(messages.Edited(self.model.table, tuple(addressed), verb))
            return
        self._added = row_id
        filled = {**self.model.preset(), **{key: value for _, key, value in addressed}}
        self.post_message(messages.RowAdded(self.model.table, row_id, self._after, filled))

    def cancel(self) -> None:
        """Give the edit up; what was typed can be had back once."""
        entry = self._entry
        if entry is None:
            return
        if not entry.untouched:
            new = self.on_new_row
            self._abandoned = Abandoned(
                *self.model.address(self.row_id, self.cursor.column), entry.text, new, self._after if new else None
            )
        self._end_edit()
        self._clear_problem()
        self._tell_draft(None)

    def take_abandoned(self) -> Abandoned | None:
        """The edit that was last given up, once."""
        abandoned, self._abandoned = self._abandoned, None
        return abandoned

    def bring_back(self) -> None:
        """Open the editor again with what was last typed and given up, in a new row where its row is gone."""
        abandoned = self.take_abandoned()
        if abandoned is None:
            return
        if self.open_draft(abandoned.row_id, abandoned.key, abandoned.text):
            return
        if self.model.grows and abandoned.new:
            self.begin_row(abandoned.after)
            self.open_draft(self.row_id, abandoned.key, abandoned.text)

    @property
    def has_abandoned(self) -> bool:
        """Whether an edit was given up that can be had back."""
        return self._abandoned is not None

    def open_draft(self, row_id: str, key: str, text: str) -> bool:
        """Go to a cell and open its editor with this text. Whether the cell is in view."""
        if not self.go_to(row_id, key):
            return False
        self.begin_edit(text)
        return True

    def settle(self, *, keep_row: bool = False) -> bool:
        """End an open edit before something else happens: commit it, or keep what is refused as a draft.

        False where it was refused; the text stands in the cell's editor again when that is next opened. A row that was
        begun and is empty is forgotten, unless `keep_row`.
        """
        settled = self._leave_cell()
        if settled and not keep_row:
            self._drop_pending()
        return settled

    def _leave_cell(self) -> bool:
        """End an open edit, committed or kept as a draft. Whether it was committed, or there was none."""
        if self.commit():
            return True
        entry = self._entry
        if entry is not None:
            self._kept[self.model.table, *self._edited_address] = entry.text
            self._tell_draft(entry.text)
            self._show_drafts()
            self._end_edit()
        return False

    def _drop_drafts(self, cells: Iterable[tuple[str, str]]) -> None:
        """These cells get values: what was refused in them is over."""
        if self._kept:
            for row_id, key in cells:
                self._kept.pop((self.model.table, row_id, key), None)
            self._show_drafts()

    def _lay_out(self, keep: str = "") -> None:
        super()._lay_out(keep)
        self._show_drafts()

    def _show_drafts(self) -> None:
        """Have the cells of this table whose text was refused and kept drawn with it."""
        places = {
            self.model.cell_of(row_id, key): text
            for (table, row_id, key), text in self._kept.items()
            if table == self.model.table
        }
        drafts = {place: text for place, text in places.items() if place is not None}
        if drafts != self._sheet.drafts:
            self._sheet.forget({row_id for row_id, _ in (*drafts, *self._sheet.drafts)})
            self._sheet.drafts = drafts
            self._viewport.clamp()
            self._recount()

    def _end_edit(self) -> None:
        """Close the editor and draw the row as it was."""
        listed = self._list_region() is not None
        self._entry = None
        self._sheet.edited = None
        self._viewport.clamp()
        self._recount()
        if listed:
            self.redraw()
        else:
            self._redraw_rows(self.cursor.area.rows)

    # Drafts

    def _typed(self) -> None:
        """Something was typed: tell it as a draft 0.3 s after the last key, and at least every second."""
        self._abandoned = None
        now = monotonic()
        self._last_key = now
        if self._draft_timer is None:
            self._draft_due = now + _DRAFT_AT_LEAST
            self._draft_timer = self.set_timer(_DRAFT_AFTER, self._draft_now)

    def _draft_now(self) -> None:
        self._draft_timer = None
        wait = min(self._last_key + _DRAFT_AFTER, self._draft_due) - monotonic()
        if wait > 0.01:
            self._draft_timer = self.set_timer(wait, self._draft_now)
        elif self._entry is not None:
            self._tell_draft(self._entry.text)

    def _tell_draft(self, text: str | None) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if self.row_id:
            self.post_message(self._drafted(text))

    def _drafted(self, text: str | None) -> messages.Drafted:
        pending = self.row_id == self.model.pending
        address = self.model.address(self.row_id, self.cursor.column)
        return messages.Drafted(self.model.table, *address, text, self._after if pending else None)

    @property
    def draft(self) -> messages.Drafted | None:
        """What is being typed right now, for whoever cannot wait until it is told; None where nothing is."""
        return self._drafted(self._entry.text) if self._entry is not None and not self._entry.untouched else None

    # Typing

    def type_character(self, character: str) -> None:
        """What a typed code point does: goes into the open editor, sets the cell at once, or begins an edit."""
        if self._entry is not None:
            if character in {";", ","} and self._entry.take():
                self._entry_changed()
            else:
                self._edit(lambda editor: editor.type(character))
            return
        if len(self.model) and not self.cursor.on_row:
            column = self.model.column(self.row_id, self.cursor.column)
            value = self.model.value(self.row_id, self.cursor.column)
            try:
                whole = one_key(column.kind, character, value) if column is not None else None
            except BadValue as problem:
                self.refuse(problem.message, problem.hint)
                return
            if whole is not None:
                self._answered = self.row_id, self.cursor.column
                self._clear_problem()
                if whole.value != value:
                    self._tell_values([(self.cursor.column, whole.value)])
                return
        self.begin_edit(character)
        self._typed()

    def _edit(self, act: Callable[[CellEditor], object]) -> None:
        """Change the open editor's text."""
        if self._entry is not None:
            act(self._entry.editor)
            self._entry.changed()
            self._clear_problem()
            self._entry_changed()
            self._typed()

    def _steer(self, act: Callable[[CellEditor], object]) -> None:
        """Move the caret of the open editor."""
        if self._entry is not None:
            act(self._entry.editor)
            self._entry_changed()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed; keys that do something are bindings."""
        character = event.character
        if character is None or not _is_text(character) or event.key in {"tab", "enter", "escape"}:
            return
        event.stop()
        event.prevent_default()
        self.type_character(character)

    def on_blur(self) -> None:
        """The text is kept as a draft while something else has the keys."""
        if self._entry is not None and not self._entry.untouched:
            self._tell_draft(self._entry.text)


def _is_text(character: str) -> bool:
    """Whether a key brought text: letters and marks, and the joiners that emoji are made with."""
    return bool(character) and (character.isprintable() or character in "\u200d\u200c")
