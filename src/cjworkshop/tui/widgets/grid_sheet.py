"""The rows of a grid as lines of text: measured when they come into view, kept as long as they look the same."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import cells, fit, wrapped
from cjworkshop.tui.widgets.faces import Face, Marks, face_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.segment import Segment

    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.grid_layout import Columns

_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Block:
    """The text of a cell as lines, each exactly as wide as its column with its padding, and its tone."""

    lines: tuple[str, ...]
    tone: str = ""


@dataclass(slots=True)
class MeasuredRow:
    """A row as it looks: a block for each column that was in view, its height in lines, and the lines painted already.

    The height is that of the columns in view, as they stood at `epoch`.
    """

    stamp: object
    blocks: dict[int, Block] = field(default_factory=dict)
    height: int = 1
    epoch: int = -1
    painted: dict[int, list[Segment]] = field(default_factory=dict)


class Sheet:
    """The measured rows of a model in certain columns. No row is higher than `tallest` lines.

    `edited` is the block that stands in place of a cell's own while it is edited: (row id, column, block). `drafts`
    are texts that their columns refused, by (row id, column): they are shown in place of what the cells hold.
    """

    def __init__(self, model: GridModel, columns: Columns, marks: Marks, tallest: int) -> None:
        self.model = model
        self.columns = columns
        self.marks = marks
        self.tallest = max(tallest, 1)
        self.edited: tuple[str, int, Block] | None = None
        self.drafts: Mapping[tuple[str, int], str] = {}
        self._rows: dict[str, MeasuredRow] = {}
        self._epoch = 0

    def row(self, row_id: str) -> MeasuredRow:
        """The row as it looks, measured afresh if its values are others than before."""
        stamp = self.model.stamp(row_id)
        measured = self._rows.get(row_id)
        if measured is None or measured.stamp is not stamp:
            if len(self._rows) >= _KEPT:
                self._rows.clear()
            measured = self._rows[row_id] = MeasuredRow(stamp)
        if measured.epoch != self._epoch:
            self._measure(row_id, measured)
        return measured

    def _measure(self, row_id: str, measured: MeasuredRow) -> None:
        blocks = measured.blocks
        for index in self.columns.in_view:
            if index not in blocks:
                blocks[index] = self.block(row_id, index)
        measured.height = max((len(blocks[index].lines) for index in self.columns.whole), default=1)
        measured.epoch = self._epoch
        measured.painted.clear()

    def height(self, place: int) -> int:
        """How many lines the row at a place of the view takes."""
        row_id = self.model.row_id(place)
        height = self.row(row_id).height
        if self.edited is not None and self.edited[0] == row_id:
            height = max(height, len(self.edited[2].lines))
        return height

    def block(self, row_id: str, index: int) -> Block:
        """The text of a cell as lines."""
        width, right = self.columns.widths[index], self.columns.heads[index].right
        column = self.model.column(row_id, index)
        draft = self.drafts.get((row_id, index))
        if draft is not None:
            return self.lines_of(Face(f"! {draft}", "error"), width)
        value = self.model.value(row_id, index)
        if column is None:
            return self.lines_of(Face(f"{value}{self.model.mark(row_id)}", "label"), width, right=right)
        face = face_of(column, value, self.model.context.names, self.marks, hints=self.model.hints)
        return self.lines_of(face, width, right=right)

    def lines_of(self, face: Face, width: int, *, right: bool = False) -> Block:
        """A face in `width` cells: at the right as one line, else wrapped."""
        if right or (len(face.text) <= width and face.text.isascii() and face.text.isprintable()):
            return Block((f" {fit(face.text, width, 'right' if right else 'left', self.marks.more)} ",), face.tone)
        lines = wrapped(face.text, width)
        if len(lines) > self.tallest:
            hidden = len(lines) - self.tallest + 1
            lines = [*lines[: self.tallest - 1], fit(f"{self.marks.more} {hidden} more lines", width)]
        return Block(tuple(f" {line}{' ' * (width - cells(line))} " for line in lines), face.tone)

    def forget(self, row_ids: Iterable[str] | None = None) -> None:
        """Measure these rows afresh when they are next seen; all of them where None."""
        if row_ids is None:
            self._rows.clear()
        else:
            for row_id in row_ids:
                self._rows.pop(row_id, None)

    def repaint(self) -> None:
        """Paint all rows afresh, as high as the columns make them that are in view now."""
        self._epoch += 1
