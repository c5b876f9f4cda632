"""What a paste would do, worked out before anything changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import AddRows, NewRow, SetCells, Together
from cjworkshop.domain.text import LONG_TEXT, counted
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import graphemes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cjworkshop.domain.commands import Command
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.tsv import Block

Cells = tuple[tuple[str, str, Any], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pasted text that its column refuses: the row (its number or code, or `new`), column and reason for people."""

    row: str
    column: str
    text: str
    reason: str


@dataclass(frozen=True)
class PastePlan:
    """The cells that a paste would fill and the rows that it would add behind the row `after` (None: at the end).

    `refusals` would be left out. `surplus_columns` and `surplus_rows` say how many columns and rows of what was pasted
    have no place.
    """

    table: str
    cells: Cells = ()
    new_rows: tuple[NewRow, ...] = ()
    after: str | None = None
    refusals: tuple[Refusal, ...] = ()
    surplus_columns: int = 0
    surplus_rows: int = 0

    @property
    def long_texts(self) -> int:
        """How many of its texts are so long that the user is asked whether they are to be kept whole."""
        return sum(isinstance(value, str) and len(value) > LONG_TEXT for value in self._values())

    @property
    def needs_asking(self) -> bool:
        """Whether something about it has to be shown before it is carried out."""
        return bool(self.refusals or self.surplus_columns or self.surplus_rows or self.long_texts)

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not self.cells and not self.new_rows

    def _values(self) -> list[Any]:
        return [value for _, _, value in self.cells] + [value for row in self.new_rows for value in row.values.values()]

    @property
    def summary(self) -> str:
        """`6 cells, 2 new rows`."""
        parts = [counted(len(self.cells), "cell")] if self.cells or not self.new_rows else []
        parts += [counted(len(self.new_rows), "new row")] if self.new_rows else []
        return ", ".join(parts)

    def shortened(self) -> PastePlan:
        """The plan with each text cut to the length that is kept without asking."""
        cells = tuple((row_id, key, _cut(value)) for row_id, key, value in self.cells)
        rows = tuple(
            replace(row, values={key: _cut(value) for key, value in row.values.items()}) for row in self.new_rows
        )
        return replace(self, cells=cells, new_rows=rows)

    def command(self) -> Command:
        """All of it as one change."""
        commands: list[Command] = []
        if self.cells:
            commands.append(SetCells(self.table, self.cells, "paste"))
        if self.new_rows:
            commands.append(AddRows(self.table, self.new_rows, self.after, "paste"))
        return commands[0] if len(commands) == 1 else Together(tuple(commands), f"paste {self.summary}")


def _cut(value: Any) -> Any:
    """A text of at most `LONG_TEXT` characters, none of them halved; any other value as it is."""
    if not isinstance(value, str) or len(value) <= LONG_TEXT:
        return value
    kept: list[str] = []
    room = LONG_TEXT
    for grapheme in graphemes(value[: LONG_TEXT * 2]):
        room -= len(grapheme)
        if room < 0:
            break
        kept.append(grapheme)
    return "".join(kept)


def plan_paste(
    model: GridModel, block: Block, rows: Sequence[str], columns: range, new_id: Callable[[], str]
) -> PastePlan:
    """The plan for pasting a block of texts.

    `rows` are the ids of the rows that it goes into, from its first on; what goes beyond them becomes new rows, where
    the model has such. `columns` are the indexes of the columns from its first on.
    """
    width = max(map(len, block))
    cells: list[tuple[str, str, Any]] = []
    refusals: list[Refusal] = []
    new_rows: list[NewRow] = []
    for number, texts in enumerate(block):
        row_id = rows[number] if number < len(rows) else ""
        if not row_id and not model.grows:
            break
        values, refused = _read(model, row_id, texts, columns)
        refusals += refused
        if row_id:
            cells += [(*model.address(row_id, index), value) for index, value in values.items()]
        elif values:
            filled = {model.address("", index)[1]: value for index, value in values.items()}
            new_rows.append(NewRow(new_id(), {**model.preset(rows[-1] if rows else ""), **filled}))
    surplus_rows = 0 if model.grows else max(len(block) - len(rows), 0)
    return PastePlan(
        model.table,
        tuple(cells),
        tuple(new_rows),
        rows[-1] if rows else None,
        tuple(refusals),
        max(width - len(columns), 0),
        surplus_rows,
    )


def _read(model: GridModel, row_id: str, texts: list[str], columns: range) -> tuple[Mapping[int, Any], list[Refusal]]:
    """The values of one row by column index, without those that stand there already, and what is refused."""
    values: dict[int, Any] = {}
    refused = []
    for text, index in zip(texts, columns, strict=False):
        column = model.column(row_id, index)
        if column is None:
            continue
        try:
            value = column.parse(text, model.context)
        except BadValue as problem:
            name = str(model.value(row_id, 0)) if row_id else "new"
            refused.append(Refusal(name, column.label, text, problem.message))
            continue
        current = model.value(row_id, index) if row_id else column.default
        if value != current:
            values[index] = value
    return values, refused


def fill(block: Block, rows: int, columns: int) -> Block:
    """A single cell repeated over a selection of so many rows and columns; any other block as it is."""
    if len(block) == 1 and len(block[0]) == 1 and rows * columns > 1:
        return [block[0] * columns for _ in range(rows)]
    return block
