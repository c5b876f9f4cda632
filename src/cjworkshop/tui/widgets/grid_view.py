"""A grid that shows a model and has a cursor; `grid_editing` and `grid` add editing and rows to it.

It is drawn on Textual's line API with a scroll state of its own, so that nothing is measured that is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from cjworkshop.tui.text import Side, cells, fit
from cjworkshop.tui.widgets import grid_messages as messages
from cjworkshop.tui.widgets.faces import ASCII, UNICODE
from cjworkshop.tui.widgets.grid_cursor import Cursor
from cjworkshop.tui.widgets.grid_layout import Columns, Viewport, head_lines
from cjworkshop.tui.widgets.grid_sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual import events

    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.grid_layout import Placed
    from cjworkshop.tui.widgets.grid_sheet import Block

_TALLEST_HEAD = 2


class GridView(Widget, can_focus=True):
    """Rows and columns of a model, a cursor, and a last line that says where it is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"grid--{part}"
        for part in (
            "head", "label", "quiet", "cursor", "idle", "selected", "edit", "edit-selected", "caret",
            "list", "list-marked", "status", "error", "bar", "thumb",
        )
    }  # fmt: skip

    DEFAULT_CSS = """
    GridView {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .grid--head { color: $foreground 80%; text-style: bold; }
        & > .grid--label { color: $foreground 72%; }
        & > .grid--quiet { color: $foreground 66%; }
        & > .grid--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        & > .grid--idle { background: $panel; color: $foreground; }
        & > .grid--selected { background: $primary 30%; color: $foreground; }
        & > .grid--edit { background: $panel; color: $foreground; }
        & > .grid--edit-selected { background: $primary 45%; color: $foreground; }
        & > .grid--caret { background: $foreground; color: $background; }
        & > .grid--list { background: $panel; color: $foreground; }
        & > .grid--list-marked {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
        & > .grid--status { color: $foreground 72%; }
        & > .grid--error { color: $text-error; text-style: bold; }
        & > .grid--bar { color: $foreground 20%; }
        & > .grid--thumb { color: $foreground 55%; }
    }
    """

    def __init__(self, model: GridModel, *, ascii_only: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.model = model
        self.marks = ASCII if ascii_only else UNICODE
        self.cursor = Cursor(0, model.first, first=model.first)
        self.caption = ""
        self._problem = ""
        self._styles: dict[str, Style] = {}
        self._viewport = Viewport(lambda _: 1)
        self._build()

    # What is shown, and where

    def set_model(self, model: GridModel, row_id: str = "", key: str = "") -> None:
        """Show another model, with the cursor in a cell of its table if it has that."""
        self.model = model
        self.cursor = Cursor(0, model.first, first=model.first)
        self._problem = ""
        found = model.cell_of(row_id, key) if row_id else None
        if found is not None:
            self.cursor.go(model.index(found[0]) or 0, found[1])
        self._build()
        self.refresh()
        self._tell_cursor()

    def go_to(self, row_id: str, key: str) -> bool:
        """Put the cursor in a cell of the table. Whether it is in view."""
        found = self.model.cell_of(row_id, key)
        place = self.model.index(found[0]) if found else None
        if found is None or place is None:
            return False
        self.move_to(place, found[1])
        return True

    def follow(self, session: Session, change: Change | None = None) -> None:
        """Show this session from now on; `change` says what differs. The cursor stays on its row."""
        row_id = self.row_id
        rows = self.model.follow(session, change)
        if rows is None:
            self._build(keep=row_id)
            self.refresh()
        else:
            self.refresh_rows(rows, keep=row_id)

    def refresh_rows(self, row_ids: Iterable[str], *, keep: str = "") -> None:
        """Measure these rows afresh and show them. Where rows came or went, the cursor stays on the row `keep`."""
        self._sheet.forget(row_ids)
        before = self._lines
        self._find_cursor(keep or self.row_id)
        self._viewport.count = len(self.model)
        self._viewport.clamp()
        self._viewport.reveal(self.cursor.row)
        self._recount()
        places = {place for row_id in row_ids if (place := self.model.index(row_id)) is not None}
        if self._lines == before:
            self._touch_rows(places)
            self._touch_status()
        else:
            self.refresh()

    @property
    def row_id(self) -> str:
        """The id of the row that the cursor stands on; empty where there is none."""
        return self.model.row_id(self.cursor.row) if self.cursor.row < len(self.model) else ""

    @property
    def key(self) -> str:
        """The key of the column that the cursor stands in; empty on a row's number or where there is no row."""
        row_id = self.row_id
        return self.model.address(row_id, self.cursor.column)[1] if row_id and not self.cursor.on_row else ""

    def _find_cursor(self, row_id: str) -> None:
        place = self.model.index(row_id) if row_id else None
        if place is not None and place != self.cursor.row:
            self.cursor.anchor = None
            self.cursor.row = place
        self.cursor.clamp(len(self.model), len(self.model.heads))

    def _build(self, keep: str = "") -> None:
        """Lay everything out for the model and the size as they are now."""
        width, height = self.size.width, self.size.height
        old = getattr(self, "_columns", None)
        left = old.left if old is not None and old.heads == self.model.heads else 0
        self._columns = Columns(self.model.heads, self.model.frozen, max(width - 1, 1), left)
        self._heads = head_lines(self._columns, _TALLEST_HEAD if height > 8 else 1)
        self._head_height = max(map(len, self._heads)) if height >= 3 and len(self.model) else 0
        self._status_height = 1 if height >= 2 else 0
        body = max(height - self._head_height - self._status_height, 0)
        self._sheet = Sheet(self.model, self._columns, self.marks, body)
        self._find_cursor(keep)
        top, line = (self._viewport.top, self._viewport.line) if keep else (0, 0)
        self._viewport = Viewport(self._sheet.height, len(self.model), body, top, line)
        self._viewport.clamp()
        self._viewport.reveal(self.cursor.row)
        self._columns.reveal(self.cursor.column)
        self._recount()

    def _recount(self) -> None:
        self._lines = self._viewport.lines()

    @property
    def body_top(self) -> int:
        """The screen line of the widget at which rows begin."""
        return self._head_height

    # Moving the cursor

    def move_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Put the cursor in a cell, and the view where it can be seen."""
        row = min(max(row, 0), max(len(self.model) - 1, 0))
        column = min(max(column, 0 if self.model.grows else self.model.first), len(self.model.heads) - 1)
        if (row, column) == (self.cursor.row, self.cursor.column) and self.cursor.selecting == extend:
            return
        before = self._cursor_regions()
        self.cursor.go(row, column, extend=extend)
        self._clear_problem()
        self._show_cursor(before)
        self._tell_cursor()

    def _show_cursor(self, before: list[Region]) -> None:
        """Scroll to the cursor and repaint what it left and where it is."""
        sideways = self._columns.reveal(self.cursor.column)
        if sideways:
            self._sheet.repaint()
        if self._viewport.reveal(self.cursor.row) or sideways:
            self._recount()
            self.refresh()
        else:
            self._touch(*before, *self._cursor_regions())
            self._touch_status()

    def _cursor_regions(self) -> list[Region]:
        """Where the cursor and the selection are drawn now."""
        area = self.cursor.area
        columns = [placed for placed in self._columns.placed if placed.index in area.columns or self._marks_row(placed)]
        if not columns:
            return []
        left, last = columns[0].x, columns[-1]
        lines = [y for y, (row, _) in enumerate(self._lines, self.body_top) if row in area.rows]
        return [Region(left, lines[0], last.x + last.width - left, len(lines))] if lines else []

    def _marks_row(self, placed: Placed) -> bool:
        return self.cursor.on_row and placed.index == self.cursor.column

    def _touch(self, *regions: Region) -> None:
        """Repaint these regions, line by line."""
        for region in regions:
            if region.area:
                self.refresh(region)

    def _touch_rows(self, places: Iterable[int]) -> None:
        wanted = set(places)
        lines = [y for y, (row, _) in enumerate(self._lines, self.body_top) if row in wanted]
        for y in lines:
            self.refresh(Region(0, y, self.size.width, 1))

    def _touch_status(self) -> None:
        if self._status_height:
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    def _tell_cursor(self) -> None:
        self.post_message(messages.CursorMoved(self.model.table, self.row_id, self.key))

    # The last line

    @property
    def status(self) -> str:
        """What the last line says at its right: filter and sort, row of rows, column of columns."""
        count, total = len(self.model), self.model.total
        parts = []
        if self.model.filter:
            parts.append(f"filter: {self.model.filter} ({count} of {total})")
        if self.model.sort is not None:
            label = self.model.heads[self.model.sort.index].label
            parts.append(f"sorted by {label} {self.marks.down if self.model.sort.descending else self.marks.up}")
        if count:
            parts.append(f"{self.cursor.row + 1} of {count}")
        columns = len(self.model.heads) - self.model.first
        if count and columns > 1 and not self.cursor.on_row:
            parts.append(f"col {self.cursor.column - self.model.first + 1}/{columns}")
        return "  ".join(parts)

    @property
    def column_help(self) -> str:
        """What belongs in the cell and what may be typed there."""
        column = self.model.column(self.row_id, self.cursor.column) if self.row_id else None
        return column.help() if column is not None else ""

    def _clear_problem(self) -> None:
        if self._problem:
            self._problem = ""
            self._touch_status()

    def refuse(self, message: str, hint: str = "") -> None:
        """Say in the last line why something cannot be done, and tell the screen."""
        self._problem = f"{message} {hint}".strip()
        self._touch_status()
        self.post_message(messages.Refused(self.model.table, message, hint))

    # Drawing

    def notify_style_update(self) -> None:
        """Colours may be others now."""
        super().notify_style_update()
        self._styles.clear()
        self._sheet.repaint()

    def style(self, part: str) -> Style:
        """The style of a part; the grid's own where it is empty."""
        found = self._styles.get(part)
        if found is None:
            found = self.get_component_rich_style(f"grid--{part}") if part else self.rich_style
            self._styles[part] = found
        return found

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        width = self.size.width
        if y < self._head_height:
            segments = self._head_segments(y)
        elif y >= self.size.height - self._status_height:
            segments = self._status_segments(width)
        elif not self._lines and y == self.body_top:
            segments = [Segment(fit("  " + self._nothing(), width), self.style("quiet"))]
        else:
            segments = [*self._body_segments(y - self.body_top), self._bar(y - self.body_top)]
        return Strip(segments).adjust_cell_length(width, self.style(""))

    def _nothing(self) -> str:
        if self.model.filter:
            return f"Nothing here has {self.model.filter!r}."
        return self.model.invitation

    def _head_segments(self, y: int) -> list[Segment]:
        texts = []
        for placed in self._columns.placed:
            lines = self._heads[placed.index]
            line = y - self._head_height + len(lines)
            text = lines[line] if line >= 0 else ""
            align: Side = "right" if self._columns.heads[placed.index].right else "left"
            edge = " "
            if y == self._head_height - 1 and placed.index == self._columns.left and self._columns.more_left:
                edge = self.marks.left
            texts.append(edge + fit(text, placed.width - 2, align) + " " if placed.width > 2 else " " * placed.width)
        more = y == self._head_height - 1 and self._columns.more_right
        used = sum(placed.width for placed in self._columns.placed)
        texts.append(" " * (self.size.width - 1 - used) + (self.marks.right if more else " "))
        return [Segment("".join(texts), self.style("head"))]

    def _status_segments(self, width: int) -> list[Segment]:
        right = fit(self.status, min(cells(self.status), max(width - 1, 0)))
        room = width - cells(right) - 2
        left = self._problem or self.caption or self.column_help
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
            return [Segment(" " * (self.size.width - 1), self.style(""))]
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
        return place in self.cursor.area.rows

    def _row_segments(self, place: int, line: int) -> list[Segment]:
        """A line of a row; neighbours of one style as one segment."""
        blocks = self._sheet.row(self.model.row_id(place)).blocks
        runs: list[tuple[str, str]] = []
        for placed in self._columns.placed:
            runs.extend(self._cell_runs(place, line, placed, blocks))
        used = sum(placed.width for placed in self._columns.placed)
        runs.append((" " * max(self.size.width - 1 - used, 0), ""))
        segments = []
        text, part = "", ""
        for more, its in runs:
            if (
                its != part
                and more
                and not (more.isspace() and its in {"", "label", "quiet"} and part in {"", "label", "quiet"})
            ):
                if text:
                    segments.append(Segment(text, self.style(part)))
                text, part = more, its
            else:
                text += more
        segments.append(Segment(text, self.style(part)))
        return segments

    def _cell_runs(self, place: int, line: int, placed: Placed, blocks: list[Block]) -> list[tuple[str, str]]:
        """A line of a cell as (text, part of the style) runs."""
        block = blocks[placed.index]
        full = self._columns.widths[placed.index] + 2
        text = block.lines[line] if line < len(block.lines) else " " * full
        if placed.width < full:
            text = fit(text, placed.width, more="")
        part = self._part(place, placed.index) or block.tone
        if part in {"cursor", "idle"} and len(text) > 2:
            text = self.marks.caret_left + text[1:-1] + self.marks.caret_right
        return [(text, part)]

    def _part(self, place: int, index: int) -> str:
        """The style of a cell that the cursor or the selection gives it; empty for none."""
        if (place, index) == (self.cursor.row, self.cursor.column):
            return "cursor" if self.has_focus else "idle"
        if self.cursor.selecting and (place, index) in self.cursor.area:
            return "selected"
        return ""

    def _bar(self, y: int) -> Segment:
        """The scrollbar's cell at a line of the body: where the view stands among the rows."""
        height, count = self._viewport.height, len(self.model)
        seen = len({place for place, _ in self._lines})
        if seen >= count or height < 2:
            return Segment(" ", self.style(""))
        size = max(round(height * seen / count), 1)
        start = round((height - size) * min(self._viewport.top / max(count - seen, 1), 1))
        if start <= y < start + size:
            return Segment(self.marks.thumb, self.style("thumb"))
        return Segment(self.marks.track, self.style("bar"))

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new size; the cursor stays in view."""
        del event
        self._build(keep=self.row_id)
        self.refresh()

    def on_focus(self) -> None:
        """The cursor is drawn as one that can be moved."""
        self._touch(*self._cursor_regions())

    def on_blur(self) -> None:
        """The cursor is drawn as one that waits."""
        self._touch(*self._cursor_regions())
