"""A map that can be filled in: a digit sets a rating, F2 edits the cell under the cursor in the line below the map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from cjworkshop.domain.commands import SetCells
from cjworkshop.domain.kinds import Rating
from cjworkshop.errors import BadValue
from cjworkshop.tui.text import cells, fit, plain
from cjworkshop.tui.widgets.cell_editor import CellEditor
from cjworkshop.tui.widgets.direct import Direct
from cjworkshop.tui.widgets.entries import Entry, one_key
from cjworkshop.tui.widgets.map_cells import line_runs
from cjworkshop.tui.widgets.map_view import MapView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.kinds import Context
    from cjworkshop.domain.session import Session
    from cjworkshop.tui.widgets.map_cells import Runs

_MOVES: dict[str, Callable[[CellEditor], object]] = {
    "left": CellEditor.left,
    "right": CellEditor.right,
    "home": CellEditor.start,
    "end": CellEditor.end,
    "ctrl+left": CellEditor.word_left,
    "ctrl+right": CellEditor.word_right,
    "shift+left": lambda editor: editor.left(select=True),
    "shift+right": lambda editor: editor.right(select=True),
    "shift+home": lambda editor: editor.start(select=True),
    "shift+end": lambda editor: editor.end(select=True),
    "ctrl+shift+left": lambda editor: editor.word_left(select=True),
    "ctrl+shift+right": lambda editor: editor.word_right(select=True),
    "ctrl+a": CellEditor.select_all,
}
_CHANGES: dict[str, Callable[[CellEditor], object]] = {
    "backspace": CellEditor.backspace,
    "delete": CellEditor.delete,
    "ctrl+w": CellEditor.delete_word,
    "alt+backspace": CellEditor.delete_word,
    "ctrl+j": CellEditor.newline,
    "ctrl+z": CellEditor.undo,
    "ctrl+y": CellEditor.redo,
}
WHILE_WALKING = {"walk", "lane", "edge", "stage", "page"}
"""Actions whose keys move the caret while a cell is edited."""


class Place:
    """A cell that can be filled in: its table, row and column, and what it holds."""

    def __init__(self, table: str, row_id: str, column: Column, value: Any) -> None:
        self.table, self.row_id, self.column, self.value = table, row_id, column, value

    def filled(self, value: Any, verb: str = "change") -> SetCells:
        """The command that fills it in."""
        return SetCells(self.table, ((self.row_id, self.column.key, value),), verb)


class MapEditor(MapView, Direct):
    """A map in which cells are filled in. `do` carries out a command and says whether that worked.

    `offer` is called where other keys are alive: the line below the map was opened or closed, or the cursor is on
    another sort of cell.

    `given_up` is what was typed last and not filled in: (row id, lane, text). Its cell begins with it when it is next
    edited.
    """

    class Typed(Message):
        """Text stands in the open line (None: it was closed) of a cell."""

        def __init__(self, table: str, row_id: str, column: str, text: str | None) -> None:
            super().__init__()
            self.table, self.row_id, self.column, self.text = table, row_id, column, text

    class Refused(Message):
        """Something cannot be done here; `words` say why, and what can."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(
        self,
        session: Session,
        do: Callable[[Command], bool],
        context: Callable[[], Context],
        offer: Callable[[], None],
        *,
        ascii_only: bool = False,
    ) -> None:
        super().__init__(session, ascii_only=ascii_only, id="map")
        self._do = do
        self._read_with = context
        self._tell_keys = offer
        self._entry: Entry | None = None
        self._place: Place | None = None
        self._problem = ""
        self.given_up: tuple[str, str, str] | None = None
        self._cell = ("", "")
        self._reopened = ""
        self._comes_back = True
        self._offered = (False, "")
        self._sort = ("", 0, 0)

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self._entry is not None

    @property
    def place(self) -> Place | None:
        """The cell under the cursor where it can be filled in, else None."""
        if not self.chart.columns:
            return None
        lane, rows = self.chart.lanes[self.lane], self.cell.rows
        row = self.session[lane.table].get(rows[0]) if lane.editable and len(rows) == 1 else None
        if row is None:
            return None
        column = self.session.catalogue[lane.table].column(lane.field)
        return Place(lane.table, row.id, column, column.get(row))

    @property
    def choosing(self) -> bool:
        """Whether what is being edited is chosen from a list."""
        return self._entry is not None and self._entry.picker is not None

    @property
    def offers(self) -> tuple[bool, str]:
        """Whether the cell under the cursor can be filled in, and the digits that do so at once, like `1-5`."""
        place = self.place
        kind = place.column.kind if place is not None else None
        digits = "{}-{}".format(*kind.scale) if isinstance(kind, Rating) and kind.one_key else ""
        return place is not None, digits

    def go_to(self, row_id: str, lane: str = "") -> None:
        """Put the cursor there, and say where other keys are alive there."""
        super().go_to(row_id, lane)
        self._turn()

    def _go(self, at: int, lane: int) -> None:
        super()._go(at, lane)
        self._turn()

    def _turn(self) -> None:
        sort = (self.choice.view, self.lane, len(self.cell.rows))
        if sort == self._sort:
            return  # most steps end here: what a cell offers takes longer to find out
        self._sort = sort
        offers = self.offers
        if offers != self._offered:
            self._offered = offers
            self._offer()

    def _offer(self) -> None:
        if self.is_mounted:
            self._tell_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a cell is edited the keys that walk are its own."""
        if action in WHILE_WALKING:
            return not self.editing
        return super().check_action(action, parameters)

    # Keys

    def take_key(self, event: events.Key) -> None:
        """Edit with it, or set a rating with a digit."""
        if self._entry is not None:
            self._edit(event, self._entry)
        elif event.is_printable and event.character:
            self._answer(event.character)

    def take_paste(self, text: str) -> None:
        """Put it into the open line; where none is open it begins one."""
        if self._entry is None:
            self.begin()
        if self._entry is not None:
            self._entry.editor.insert(text)
            self._typed()

    def _answer(self, character: str) -> None:
        place = self.place
        if place is None or not character.isdigit():
            return
        try:
            answer = one_key(place.column.kind, character, place.value)
        except BadValue as problem:
            self.post_message(self.Refused(str(problem)))
            return
        if answer is None:
            self.post_message(self.Refused("F2 edits this cell."))
        elif answer.value != place.value:
            self._do(place.filled(answer.value))

    def clear_cell(self) -> None:
        """Empty the cell under the cursor."""
        place = self.place
        if place is None:
            self._refuse()
        elif place.value != place.column.kind.empty:
            self._do(place.filled(place.column.kind.empty, "clear"))

    def _refuse(self) -> None:
        lane = self.chart.lanes[self.lane] if self.chart.lanes else None
        words = "Nothing to fill in here: Enter opens the table behind it." if lane else self.chart.lack
        self.post_message(self.Refused(words))

    # The open line

    def begin(self) -> None:
        """Edit the cell under the cursor; where what was typed last in it was given up, go on with that."""
        place = self.place
        if place is None:
            self._refuse()
            return
        self._cell, back = self._cell_name(), None
        if self.given_up is not None and self.given_up[:2] == self._cell:
            back, self.given_up = self.given_up[2], None
        self._reopened = back or ""
        self._place, self._problem = place, ""
        self._entry = Entry(place.column, place.value, self._read_with(), back)
        self._offer()
        if back is not None:
            self._typed()
        self._redraw_status()

    def _cell_name(self) -> tuple[str, str]:
        """The row and lane of the cell under the cursor."""
        return self.row_id, self.chart.lanes[self.lane].key if self.chart.lanes else ""

    def _edit(self, event: events.Key, entry: Entry) -> None:
        key = event.key
        if key == "enter":
            self.commit()
        elif key in {"tab", "shift+tab"}:
            if self.commit():
                self.action_walk(1 if key == "tab" else -1)
        elif key == "escape":
            self.cancel()
        elif key in {"up", "down"}:
            if entry.picker is not None:
                entry.picker.move(1 if key == "down" else -1)
                self._redraw_status()
        elif key in _MOVES:
            _MOVES[key](entry.editor)
            self._redraw_status()
        elif key in _CHANGES:
            _CHANGES[key](entry.editor)
            self._typed()
        elif (event.is_printable and event.character) or event.character == "\u200d":
            entry.editor.type(event.character or "")
            self._typed()

    def _typed(self) -> None:
        if self._entry is not None and self._place is not None:
            self._entry.changed()
            self._problem = ""
            self._tell(self._entry.editor.text)
            self._redraw_status()

    def _tell(self, text: str | None) -> None:
        if self._place is not None:
            place = self._place
            self.post_message(self.Typed(place.table, place.row_id, place.column.key, text))

    def commit(self) -> bool:
        """Fill in what was typed. False, with the line still open, where that is refused."""
        if self._entry is None or self._place is None:
            return True
        try:
            value = self._entry.value()
        except BadValue as problem:
            self._entry.editor.refuse()
            self._problem = str(problem)
            self._redraw_status()
            return False
        if value != self._place.value and not self._do(self._place.filled(value)):
            return False
        self._close()
        return True

    def put_aside(self) -> Callable[[], None] | None:
        """Fill in what was typed, as `commit`; gives what opens the line again as it was, None where it was not open."""
        entry, place = self._entry, self._place
        if entry is None or place is None:
            return None
        anchor, caret = entry.editor.anchor, entry.editor.caret  # before a refusal moves them
        if self.commit():
            return partial(self._take_up, entry, place, (anchor, caret))
        return partial(self._go_on, entry, (anchor, caret))

    def _take_up(self, entry: Entry, aside: Place, selection: tuple[int, int]) -> None:
        """Open the line again over a value that was taken, where its cell is still under the cursor."""
        place = self.place
        if self.editing or place is None or (place.row_id, place.column) != (aside.row_id, aside.column):
            return
        self.begin()
        entry.settle(place.value, self._read_with())
        self._entry = entry
        self._go_on(entry, selection)

    def _go_on(self, entry: Entry, selection: tuple[int, int]) -> None:
        if self._entry is entry:
            entry.select(*selection)
            self._redraw_status()

    def cancel(self) -> None:
        """Close the line; what was typed can be had back."""
        if self._entry is not None and self._place is not None and not self._entry.untouched:
            text = self._entry.editor.text
            self.given_up, self._comes_back = (*self._cell, text), text != self._reopened
        self._close()

    def _close(self) -> None:
        self._tell(None)
        self._entry = self._place = None
        self._problem = ""
        self._offer()
        self._redraw_status()

    def bring_back(self) -> bool:
        """Open the line again with what was typed and given up. Whether there was such.

        False too where something was changed since, or the same was given up again: then an undo is meant.
        """
        if self.given_up is None or not self._comes_back:
            return False
        cell = self.given_up[:2]
        self.go_to(*cell)
        if self._cell_name() == cell:
            self.begin()
        return self.editing

    def follow(self, session: Session) -> None:
        """Show this session; where the row that is being edited went, the line is closed."""
        self._comes_back = self._comes_back and session is self.session
        super().follow(session)
        if self._place is not None and self._place.row_id not in session[self._place.table].positions:
            self.cancel()

    # Drawing

    def _redraw_status(self) -> None:
        self.redraw(range(self._height - 2, self._height))

    def _status_runs(self, line: int) -> Runs:
        entry = self._entry
        if entry is None or self._place is None:
            return super()._status_runs(line)
        width = self._width
        if line == 1:
            return self._help_runs(entry, width)
        code = self.chart.columns[self.at].code
        label = f" Edit {code} {self._place.column.label}: "
        label = fit(label, min(cells(label), max(width // 2, 1)), more=self.marks.more)
        return [(label, "accent"), *line_runs(entry.editor, max(width - cells(label), 2))]

    def _help_runs(self, entry: Entry, width: int) -> Runs:
        """What is wrong with the text, else what there is to choose from, else what may be typed."""
        if self._problem:
            return [(fit(f" {self._problem}", width, more=self.marks.more), "error")]
        picker = entry.picker
        if picker is None:
            said = self._place.column.help() if self._place else ""
            return [(fit(f" {self._say(said)}", width, more=self.marks.more), "dim")]
        runs: Runs = []
        for number, option in enumerate(picker.fitting):
            runs += [(" ", ""), (f" {plain(option.label)} ", "chosen" if number == picker.marked else "")]
        return runs
