"""How a grid is drawn: the heads of its columns, its rows as far as they are in view, and a last line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment

from cjworkshop.domain.text import counted
from cjworkshop.tui.text import Side, cells, fit, wrapped
from cjworkshop.tui.widgets.faces import ASCII, UNICODE
from cjworkshop.tui.widgets.grid_cursor import Cursor
from cjworkshop.tui.widgets.grid_layout import Columns, Viewport, head_lines
from cjworkshop.tui.widgets.grid_sheet import Sheet
from cjworkshop.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.grid_layout import Placed
    from cjworkshop.tui.widgets.grid_sheet import Block

_READABLE = 7
"""Cells of a column, padding included, that are worth showing where it does not fit whole."""
_BLANK = {"", "label", "quiet"}
"""Parts whose spaces all look the same, so that they can be sent in one run."""


class GridDrawing(Painted, can_focus=True):
    """A model, a cursor, and what of it is in view, as lines on the screen."""

    STYLES = "grid"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"grid--{part}"
        for part in (
            "head", "label", "quiet", "cursor", "idle", "selected", "edit", "edit-selected", "caret",
            "list", "list-marked", "status", "error", "bar", "thumb",
        )
    }  # fmt: skip

    DEFAULT_CSS = """
    GridDrawing {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .grid--head { color: $dim; text-style: bold; }
        & > .grid--label, & > .grid--quiet, & > .grid--status { color: $dim; }
        & > .grid--cursor { background: $cursor-ground; color: $cursor-text; text-style: bold; }
        & > .grid--idle { background: $field; color: $foreground; }
        & > .grid--selected, & > .grid--edit-selected { background: $selection-ground; color: $foreground; }
        & > .grid--edit { background: $field; color: $foreground; }
        & > .grid--caret { background: $foreground; color: $background; }
        & > .grid--list { background: $surface; color: $foreground; }
        & > .grid--list-marked { background: $cursor-ground; color: $cursor-text; text-style: bold; }
        & > .grid--error { color: $error; text-style: bold; }
        & > .grid--bar { color: $rule; }
        & > .grid--thumb { color: $dim; }
    }
    """

    def __init__(
        self,
        model: GridModel,
        *,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.model = model
        self.marks = ASCII if ascii_only else UNICODE
        self.cursor = Cursor(0, model.first, first=model.first)
        self._caption = ""
        self._problem = ""
        self._width = self._height = 0
        self._columns = Columns(model.heads, model.kept, 1)
        self._viewport = Viewport(lambda _: 1)
        self._lay_out()
        self._seen = self._lines, self._thumb()

    def _lay_out(self, keep: str = "") -> None:
        """Place everything anew for the model and the size as they are now, with the cursor on the row `keep`."""
        width, height = self._width, self._height = self.space
        left = self._columns.left if self._columns.heads == self.model.heads else 0
        self._columns = Columns(self.model.heads, self.model.kept, max(width - 1, 1), left)
        self._heads = head_lines(self._columns, 1 + (height > 8) + (height > 20), self.marks.more)
        self._head_height = max(map(len, self._heads)) if height >= 3 and (len(self.model) or self.model.filter) else 0
        self._status_height = 1 if height >= 2 else 0
        body = max(height - self._head_height - self._status_height, 0)
        self._sheet = Sheet(self.model, self._columns, self.marks, body)
        self._find_cursor(keep)
        top, line = (self._viewport.top, self._viewport.line) if keep else (0, 0)
        self._columns.reveal(self.cursor.column)
        self._viewport = Viewport(self._sheet.height, len(self.model), body, top, line)
        self._viewport.clamp()
        self._viewport.reveal(self.cursor.row)
        self._recount()

    def _reveal_column(self) -> bool:
        """Scroll sideways to the cursor's column, with its row staying where it is. Whether anything moved."""
        y = next((y for y, (row, _) in enumerate(self._lines) if row == self.cursor.row), None)
        if not self._columns.reveal(self.cursor.column):
            return False
        self._sheet.repaint()
        if y is not None:
            self._viewport.place(self.cursor.row, y)
        self._viewport.reveal(self.cursor.row)
        self._recount()
        return True

    def _find_cursor(self, row_id: str) -> None:
        """Keep the cursor on a row, wherever that stands now."""
        place = self.model.index(row_id) if row_id else None
        if place is not None and place != self.cursor.row:
            self.cursor.anchor = None
            self.cursor.row = place
        self.cursor.clamp(len(self.model), len(self.model.heads))

    def _recount(self) -> None:
        self._lines = self._viewport.lines()

    @property
    def row_id(self) -> str:
        """The id of the row that the cursor stands on; empty where there is none."""
        return self.model.row_id(self.cursor.row) if self.cursor.row < len(self.model) else ""

    # The last line

    @property
    def status(self) -> str:
        """What the last line says at its right: filter and sort, row of rows, column of columns."""
        count = len(self.model)
        parts = []
        if self.model.filter:
            parts.append(f"filter: {self.model.filter} ({count} of {self.model.total})")
        if self.model.sort is not None:
            label = self.model.heads[self.model.sort.index].label
            parts.append(f"sorted by {label} {self.marks.down if self.model.sort.descending else self.marks.up}")
        if self.cursor.selecting and count:
            parts.append(self._selected())
        if count:
            parts.append(f"{self.cursor.row + 1} of {count}")
        columns = len(self.model.heads) - self.model.first
        if count and columns > 1 and not self.cursor.on_row:
            parts.append(f"col {self.cursor.column - self.model.first + 1}/{columns}")
        return "  ".join(parts)

    def _selected(self) -> str:
        """`3 rows selected`, `6 cells selected`."""
        area = self.cursor.area
        rows = len(area.rows)
        what = counted(rows, "row") if self.cursor.whole_rows else counted(rows * len(area.columns), "cell")
        return f"{what} selected"

    @property
    def column_help(self) -> str:
        """What belongs in the cell and what may be typed there."""
        column = self.model.column(self.row_id, self.cursor.column) if self.row_id else None
        if column is None:
            return ""
        text = column.help()
        cut = self._heads[self.cursor.column][-1:] and self._heads[self.cursor.column][-1].endswith(self.marks.more)
        return " · ".join(filter(None, (column.label if cut else "", text[:1].upper() + text[1:])))

    def draw(self, y: int) -> list[Segment]:
        """One line of the widget."""
        if y < self._head_height:
            return self._head_segments(y)
        if y >= self._height - self._status_height:
            return self._status_segments()
        if y == self._height - 2 and (said := self._problem_lines())[1:]:
            return [Segment(f" {fit(said[0], self._width - 2)} ", self.style("error"))]
        if not self._lines:
            said = wrapped(self._nothing(), max(self._width - 4, 1))
            line = y - self._head_height
            return [Segment(fit("  " + said[line] if line < len(said) else "", self._width), self.style("quiet"))]
        return [*self._body_segments(y - self._head_height), self._bar(y - self._head_height)]

    def _nothing(self) -> str:
        if self.model.filter:
            return f"Nothing here has {self.model.filter!r}."
        return self.model.invitation

    def _head_segments(self, y: int) -> list[Segment]:
        """A line of the heads, with marks where columns are out of view."""
        last = y == self._head_height - 1
        texts = [self._head_text(placed, y) for placed in self._columns.placed]
        if last and self._columns.more_left:
            first = self._columns.in_view.index(self._columns.left)
            texts[first] = self.marks.left + texts[first][1:]
        texts.append(" " * (self._width - 1 - sum(placed.width for placed in self._columns.placed)))
        texts.append(self.marks.right if last and self._columns.more_right else " ")
        return [Segment("".join(texts), self.style("head"))]

    def _head_text(self, placed: Placed, y: int) -> str:
        """A line of one head; heads stand on the lowest line."""
        lines = self._heads[placed.index]
        line = y - self._head_height + len(lines)
        text = lines[line] if line >= 0 else ""
        whole = self._columns.widths[placed.index] + 2
        align: Side = "right" if self._columns.heads[placed.index].right else "left"
        shown = f" {fit(text, whole - 2, align)} "
        return shown if placed.width == whole else _clipped(shown, placed.width, self.marks.more)

    def _problem_lines(self) -> list[str]:
        """What is wrong, in a line, or in two where it takes them and the cursor's row does not stand there."""
        said = wrapped(self._problem, max(self._width - 2, 1)) if self._problem else []
        y = self._height - 2 - self._head_height
        free = y >= 0 and (y >= len(self._lines) or self._lines[y][0] != self.cursor.row)
        return [said[0], " ".join(said[1:])] if len(said) > 1 and free else [self._problem]

    def _status_segments(self) -> list[Segment]:
        width = self._width
        right = fit(self.status, min(cells(self.status), max(width - 1, 0)))
        left = self._problem_lines()[-1] or self._caption or self.column_help
        if self._problem and cells(left) > width - cells(right) - 3:
            right = ""  # what is wrong is worth more than the count
        room = width - cells(right) - 2
        segments = []
        if room > 3:
            segments.append(
                Segment(" " + fit(left, room - 1) + " ", self.style("error" if self._problem else "status"))
            )
        else:
            right = fit(right, width - 1, "right")
        segments.append(Segment(right + " ", self.style("status")))
        return segments

    def _body_segments(self, y: int) -> list[Segment]:
        if y >= len(self._lines):
            return [Segment(" " * (self._width - 1), self.style(""))]
        place, line = self._lines[y]
        measured = self._sheet.row(self.model.row_id(place))
        if self._special(place):
            return self._row_segments(place, line)
        segments = measured.painted.get(line)
        if segments is None:
            segments = self._row_segments(place, line)
            measured.painted[line] = segments
        return segments

    def _special(self, place: int) -> bool:
        """Whether a row looks otherwise than its values alone say."""
        return place == self.cursor.row if self.cursor.anchor is None else place in self.cursor.area.rows

    def _row_segments(self, place: int, line: int) -> list[Segment]:
        """A line of a row; neighbours of one style as one segment."""
        blocks = self._sheet.row(self.model.row_id(place)).blocks
        runs: list[tuple[str, str]] = []
        for placed in self._columns.placed:
            runs.extend(self._cell_runs(place, line, placed, blocks))
        used = sum(placed.width for placed in self._columns.placed)
        runs.append((" " * max(self._width - 1 - used, 0), ""))
        return [Segment(text, self.style(part)) for text, part in _joined(runs)]

    def _cell_runs(self, place: int, line: int, placed: Placed, blocks: dict[int, Block]) -> list[tuple[str, str]]:
        """A line of a cell as (text, part of the style) runs."""
        block = blocks[placed.index]
        full = self._columns.widths[placed.index] + 2
        text = block.lines[line] if line < len(block.lines) else " " * full
        if placed.width < full:
            text = _clipped(text, placed.width, self.marks.more)
        part = self._part(place, placed.index) or block.tone
        if part in {"cursor", "idle"} and len(text) > 2:
            text = self.marks.caret_left + text[1:-1] + self.marks.caret_right
        return [(text, part)]

    def _part(self, place: int, index: int) -> str:
        """The style of a cell that the cursor or the selection gives it; empty for none."""
        if (place, index) == (self.cursor.row, self.cursor.column):
            return "cursor" if self.has_focus else "idle"
        if not self.cursor.selecting or place not in self.cursor.area.rows:
            return ""
        number = index < self.cursor.first and self.cursor.whole_rows
        return "selected" if number or index in self.cursor.area.columns else ""

    def _thumb(self) -> range:
        """The lines of the body on which the scrollbar says that what stands in view is; none where that is all."""
        height, count = self._viewport.height, len(self.model)
        seen = self._lines[-1][0] - self._lines[0][0] + 1 if self._lines else 0
        if seen >= count or height < 2:
            return range(0)
        size = max(round(height * seen / count), 1)
        start = round((height - size) * min(self._viewport.top / max(count - seen, 1), 1))
        return range(start, start + size)

    def _bar(self, y: int) -> Segment:
        """The scrollbar's cell at a line of the body."""
        thumb = self._thumb()
        if not thumb:
            return Segment(" ", self.style(""))
        if y in thumb:
            return Segment(self.marks.thumb, self.style("thumb"))
        return Segment(self.marks.track, self.style("bar"))


@lru_cache(maxsize=1024)
def _clipped(text: str, width: int, more: str) -> str:
    """What is to be seen of a line of a column that does not fit whole; nothing where that is too little to read."""
    return fit(f" {fit(text.strip(), width - 2, more=more)} " if width >= _READABLE else "", width, more="")


def _joined(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(text, part) runs with neighbours that look the same joined."""
    joined = []
    text, part = "", ""
    for more, its in runs:
        blank = its in _BLANK and part in _BLANK and more.isspace()
        if its == part or blank or not more:
            text += more
        else:
            if text:
                joined.append((text, part))
            text, part = more, its
    joined.append((text, part))
    return joined
