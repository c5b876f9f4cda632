"""How a cell of each kind is edited: as text, or from a list that is filtered by typing."""

from __future__ import annotations

from collections.abc import Collection
from functools import singledispatch
from typing import TYPE_CHECKING, Any, TypeAlias

from cjworkshop.domain.kinds import Choice, Flag, Kind, Names, Rating
from cjworkshop.domain.references import Ref, Refs
from cjworkshop.lazy import dataclass
from cjworkshop.tui.widgets.cell_editor import CellEditor
from cjworkshop.tui.widgets.picker import Option, Picker

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.kinds import Context

Offered: TypeAlias = Collection[str] | None
"""Ids of the rows that a reference is chosen from; None where that is any."""


class Entry:
    """One cell being edited: its text and, where there is a closed list, the list.

    `value` is what the cell holds, `typed` a text that stands there instead, as if it had just been typed.
    """

    def __init__(self, column: Column, value: Any, context: Context, typed: str | None = None) -> None:
        self.column = column
        self.context = context
        self.initial = value
        self.picker = picker_of(column.kind, value, context.names, column.offered(context))
        self.shown = column.kind.show(value, context.names) if value != column.kind.empty else ""
        several = self.picker is not None and self.picker.several
        self.editor = CellEditor(
            "" if several else self.shown, multiline=column.kind.multiline, select=self.picker is not None
        )
        if typed is not None:
            self.editor.select_all()
            if len(typed) == 1:
                self.editor.type(typed)
            else:
                self.editor.insert(typed)
        self._filter(moved=typed is None)

    @property
    def text(self) -> str:
        """What would be lost if the edit were given up: what was taken from the list, then what is typed."""
        taken = self.picker.taken_text() if self.picker else ""
        return taken + self.editor.text

    @property
    def untouched(self) -> bool:
        """Whether the text is still what the cell holds."""
        typed = self.editor.text == (self.shown if self.picker is None or not self.picker.several else "")
        return typed and (self.picker is None or not self.picker.changed)

    def settle(self, value: Any, context: Context) -> None:
        """The cell holds this by now, as it was typed: editing goes on from there, and is not undone beyond it."""
        self.initial, self.context = value, context
        self.shown = self.column.kind.show(value, context.names) if value != self.column.kind.empty else ""
        self.editor = CellEditor(self.editor.text, multiline=self.editor.multiline)

    def select(self, anchor: int, caret: int) -> None:
        """Have the caret there, with what lies between selected."""
        self.editor.go(anchor)
        self.editor.go(caret, select=True)

    def changed(self) -> None:
        """To be called after the text has changed: the list follows it."""
        self._filter(moved=False)

    def _filter(self, *, moved: bool) -> None:
        if self.picker is not None:
            self.picker.filter("" if self.untouched else self.editor.text, keep=moved)

    def take(self) -> bool:
        """Where several may be chosen: take the marked one and go on. False where nothing is taken."""
        if self.picker is None or not self.picker.several or not self.picker.take():
            return False
        self.editor.select_all()
        self.editor.insert("")
        self._filter(moved=False)
        return True

    def untake(self) -> bool:
        """Where several may be chosen: put the last one back. False where there is none, or text is left."""
        if self.picker is None or self.editor.text or not self.picker.untake():
            return False
        self._filter(moved=False)
        return True

    def value(self) -> Any:
        """What the cell will hold. Raises BadValue where the column refuses it."""
        kind = self.column.kind
        if self.untouched and (self.picker is None or self.picker.marked is None):
            return self.initial
        picked = self.picker.picked() if self.picker is not None else None
        if picked is not None:
            return picked
        parsed = self.column.parse(self.editor.text, self.context)
        if self.picker is not None and self.picker.several:
            return tuple(dict.fromkeys((*self.picker.taken_values(), *parsed)))
        return kind.empty if parsed is None else parsed


@singledispatch
def picker_of(kind: Kind[Any], value: Any, names: Names, offered: Offered = None) -> Picker | None:
    """The list that a cell of this kind is chosen from, a reference among the `offered`; None where any text can be."""
    del kind, value, names, offered
    return None


@picker_of.register
def _(kind: Choice, value: str, names: Names, offered: Offered = None) -> Picker:
    del offered
    return Picker([Option(choice, kind.show(choice, names)) for choice in kind.choices], value)


@picker_of.register
def _(kind: Flag, value: bool, names: Names, offered: Offered = None) -> Picker:
    del offered
    return Picker([Option(answer, kind.show(answer, names)) for answer in (True, False)], value)


@picker_of.register
def _(kind: Ref, value: str, names: Names, offered: Offered = None) -> Picker:
    members = ((row_id, label) for row_id, label in names.members(kind.tables) if offered is None or row_id in offered)
    return Picker([Option(row_id, label) for row_id, label in members], value)


@picker_of.register
def _(kind: Refs, value: tuple[str, ...], names: Names, offered: Offered = None) -> Picker:
    options = [
        Option(row_id, label, names.short_label(row_id))
        for row_id, label in names.members(kind.tables)
        if offered is None or row_id in offered or row_id in value
    ]
    return Picker(options, None, several=True, taken=value)


@dataclass(frozen=True, slots=True)
class OneKey:
    """The value that a single key sets at once."""

    value: Any


@singledispatch
def one_key(kind: Kind[Any], character: str, value: Any) -> OneKey | None:
    """What one typed character means for a whole cell of this kind that holds `value`; None where it begins an edit.

    Raises BadValue where it can be meant for nothing but a whole answer, and is none.
    """
    del kind, character, value
    return None


@one_key.register
def _(kind: Rating, character: str, value: int | None) -> OneKey | None:
    del value
    if not kind.one_key or not character.isascii() or not character.isdigit():
        return None
    return OneKey(kind.within(int(character)))


@one_key.register
def _(kind: Flag, character: str, value: bool) -> OneKey | None:
    del kind
    answers = {" ": not value, "x": True, "y": True, "n": False}
    return OneKey(answers[character]) if character in answers else None
