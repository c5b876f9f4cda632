"""What a grid tells its screen: facts, in the past tense. Nothing has changed in the session yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cjworkshop.tui.paste_plan import PastePlan

Cells = tuple[tuple[str, str, Any], ...]
"""(row id, column key, value) of each cell, as `SetCells` takes them."""


class GridMessage(Message, namespace="grid"):
    """Something that the user did in a grid. `table` is the name of the table that it shows."""

    def __init__(self, table: str) -> None:
        super().__init__()
        self.table = table


class Edited(GridMessage, namespace="grid"):
    """Cells were given values. `verb` says what was done: `change`, `clear`, `cut`."""

    def __init__(self, table: str, cells: Cells, verb: str = "change") -> None:
        super().__init__(table)
        self.cells = cells
        self.verb = verb


class RowAdded(GridMessage, namespace="grid"):
    """The first cell of a new row was filled. `after` is as `AddRows` takes it: None is the end, "" the start."""

    def __init__(self, table: str, row_id: str, after: str | None, values: Mapping[str, Any]) -> None:
        super().__init__(table)
        self.row_id = row_id
        self.after = after
        self.values = values


class RowsRemoved(GridMessage, namespace="grid"):
    """Rows were taken out."""

    def __init__(self, table: str, row_ids: tuple[str, ...]) -> None:
        super().__init__(table)
        self.row_ids = row_ids


class RowsMoved(GridMessage, namespace="grid"):
    """Rows were moved behind the row `after`; None is the start."""

    def __init__(self, table: str, row_ids: tuple[str, ...], after: str | None) -> None:
        super().__init__(table)
        self.row_ids = row_ids
        self.after = after


class RowsDuplicated(GridMessage, namespace="grid"):
    """Rows were copied to behind the last of them. `copies` are (id of the original, id of the copy)."""

    def __init__(self, table: str, copies: tuple[tuple[str, str], ...]) -> None:
        super().__init__(table)
        self.copies = copies


class Pasted(GridMessage, namespace="grid"):
    """Text was pasted. What is refused or too long stands in the plan and has to be shown before it is carried out."""

    def __init__(self, table: str, plan: PastePlan) -> None:
        super().__init__(table)
        self.plan = plan


class Drafted(GridMessage, namespace="grid"):
    """The text in an open editor, while it is typed; None when there is nothing left to keep.

    `after` is where the row is to stand, if it is not in the session yet.
    """

    def __init__(self, table: str, row_id: str, key: str, text: str | None, after: str | None) -> None:
        super().__init__(table)
        self.row_id = row_id
        self.key = key
        self.text = text
        self.after = after


class Copied(GridMessage, namespace="grid"):
    """Cells were copied, as text with tabs."""

    def __init__(self, table: str, text: str, count: int) -> None:
        super().__init__(table)
        self.text = text
        self.count = count


class Refused(GridMessage, namespace="grid"):
    """Something could not be done: one sentence, and what to do. The grid shows it in its last line too."""

    def __init__(self, table: str, message: str, hint: str) -> None:
        super().__init__(table)
        self.message = message
        self.hint = hint


class CursorMoved(GridMessage, namespace="grid"):
    """The cursor stands in another cell; empty where there is none."""

    def __init__(self, table: str, row_id: str, key: str) -> None:
        super().__init__(table)
        self.row_id = row_id
        self.key = key
