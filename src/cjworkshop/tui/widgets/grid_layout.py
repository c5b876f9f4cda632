"""Where the cells of a grid stand: widths of columns, heights of rows, and what part of it all is in view. Pure."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.tui.text import cells, fit, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cjworkshop.tui.models import Head

PADDING = 2
"""Screen cells of a column beside its text: one at each side, where the cursor puts its edges."""
_LONGEST_WORD = 14
_WIDEST = 64
_MOST_KEPT = 0.62
"""The share of the room that columns which stay may take: the others must be worth scrolling."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A column in view: its index, where it begins, and how many cells of it are to be seen, padding included."""

    index: int
    x: int
    width: int


def column_widths(heads: Sequence[Head], room: int) -> list[int]:
    """How many cells the text of each column gets: what it asks for, its head's longest word, and a share of what is left.

    No column is wider than `room`. Where all fit, columns that wrap share the spare room.
    """
    widths = [max(head.width, _longest_word(head.label)) for head in heads]
    spare = room - sum(widths) - PADDING * len(widths)
    growing = [index for index, head in enumerate(heads) if head.wraps and widths[index] < _WIDEST]
    while spare > 0 and growing:
        share = max(spare // len(growing), 1)
        for index in growing[:spare]:
            more = min(share, _WIDEST - widths[index])
            widths[index] += more
            spare -= more
        growing = [index for index in growing if widths[index] < _WIDEST]
    return [max(min(width, room - PADDING), 1) for width in widths]


def _longest_word(label: str) -> int:
    return min(max(map(cells, label.split()), default=1), _LONGEST_WORD)


@dataclass
class Columns:
    """The columns of a grid in `room` cells. `left` is the first of those that scroll that is in view.

    `kept` are the columns that stay at the left when they would be scrolled out of view: what tells rows apart. They
    stand in their order among the others until then.
    """

    heads: Sequence[Head]
    kept: tuple[int, ...]
    room: int
    left: int = 0
    widths: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.widths = column_widths(self.heads, self.room)
        while self._taken(self.kept) > self.room * _MOST_KEPT:
            self.kept = self.kept[:-1]
        self.left = min(self.left, max(len(self.heads) - 1, 0))
        self._place()

    def _taken(self, indexes: Iterable[int]) -> int:
        return sum(self.widths[index] + PADDING for index in indexes)

    def _kept_left_of(self, left: int) -> list[int]:
        return [index for index in self.kept if index < left]

    def _place(self) -> None:
        x = 0
        self.placed: list[Placed] = []
        for index in (*self._kept_left_of(self.left), *range(self.left, len(self.heads))):
            if x >= self.room:
                break
            width = min(self.widths[index] + PADDING, self.room - x)
            self.placed.append(Placed(index, x, width))
            x += width

    @property
    def in_view(self) -> list[int]:
        """The columns of which something is to be seen."""
        return [placed.index for placed in self.placed]

    @property
    def whole(self) -> list[int]:
        """The columns that are to be seen whole: they make rows as high as they are."""
        return [placed.index for placed in self.placed if placed.width == self.widths[placed.index] + PADDING]

    @property
    def more_left(self) -> bool:
        """Whether columns are out of view at the left."""
        return len(self._kept_left_of(self.left)) < self.left

    @property
    def more_right(self) -> bool:
        """Whether columns, or a part of one, are out of view at the right."""
        last = self.placed[-1] if self.placed else None
        return last is not None and (last.index < len(self.heads) - 1 or last.width < self.widths[last.index] + PADDING)

    def reveal(self, index: int) -> bool:
        """Scroll so that a column is in view, whole if it can be. Whether anything moved."""
        before = self.left
        if index < self.left and (index not in self.kept or index <= 1):
            self.left = index
        while (
            index > self.left
            and self._taken([*self._kept_left_of(self.left), *range(self.left, index + 1)]) > self.room
        ):
            self.left += 1
        if self.left and not self.more_left:
            self.left = 0  # what is kept is all that stands before it
        if self.left != before:
            self._place()
        return self.left != before

    def find(self, index: int) -> Placed | None:
        """Where a column stands, or None where it is out of view."""
        return next((placed for placed in self.placed if placed.index == index), None)

    def at(self, x: int) -> Placed | None:
        """The column at a cell of the screen, or None."""
        return next((placed for placed in self.placed if placed.x <= x < placed.x + placed.width), None)


def head_lines(columns: Columns, most: int, more: str) -> list[list[str]]:
    """The lines of each head, at most `most`, with `more` where it was cut; none where the column has no label."""
    heads = []
    for head, width in zip(columns.heads, columns.widths, strict=True):
        lines = wrapped(head.label + (" *" if head.required else ""), width) if head.label else []
        if len(lines) > most:
            lines = [*lines[: most - 1], fit(f"{lines[most - 1][: width - 1]}{more}", width).rstrip()]
        heads.append(lines)
    return heads


@dataclass
class Viewport:
    """Which lines of which rows are in view, anchored on (top row, line within it).

    `height_of` measures a row; it is asked only for rows that are in view or on the way there, so that nothing
    depends on how many rows there are.
    """

    height_of: Callable[[int], int]
    count: int = 0
    height: int = 0
    top: int = 0
    line: int = 0

    def lines(self) -> list[tuple[int, int]]:
        """(row, line within it) of each line in view, from the top."""
        found: list[tuple[int, int]] = []
        row, line = self.top, self.line
        while row < self.count and len(found) < self.height:
            rest = self.height_of(row) - line
            found.extend((row, line + step) for step in range(min(rest, self.height - len(found))))
            row, line = row + 1, 0
        return found

    def clamp(self) -> None:
        """Stay inside: no top below the last row, and no empty space at the bottom that rows could fill."""
        self.top = min(max(self.top, 0), max(self.count - 1, 0))
        if not self.count:
            self.line = 0
            return
        self.line = min(max(self.line, 0), self.height_of(self.top) - 1)
        missing = self.height - self._below(self.top, self.line)
        if missing > 0:
            self._up(missing)

    def _below(self, row: int, line: int) -> int:
        """How many lines there are from here on, counted no further than the view is high."""
        lines = -line
        while row < self.count and lines < self.height:
            lines += self.height_of(row)
            row += 1
        return lines

    def _up(self, lines: int) -> None:
        while lines > 0 and (self.top or self.line):
            if self.line:
                step = min(lines, self.line)
                self.line -= step
                lines -= step
            else:
                self.top -= 1
                self.line = self.height_of(self.top)

    def scroll(self, lines: int) -> bool:
        """Move the view down by lines (up where negative). Whether it moved."""
        before = (self.top, self.line)
        if not self.count:
            return False
        if lines < 0:
            self._up(-lines)
        for _ in range(max(lines, 0)):
            self.line += 1
            if self.line >= self.height_of(self.top):
                if self.top + 1 >= self.count:
                    self.line -= 1
                    break
                self.top, self.line = self.top + 1, 0
        self.clamp()
        return (self.top, self.line) != before

    def reveal(self, row: int, line: int | None = None) -> bool:
        """Move the view as little as it takes to show a row whole, or at least this line of it. Whether it moved."""
        before = (self.top, self.line)
        if not 0 <= row < self.count or not self.height:
            return False
        first, last = (0, self.height_of(row) - 1) if line is None else (line, line)
        if (row, first) < (self.top, self.line):
            self.top, self.line = row, first
        elif row - self.top > self.height or self._distance(row, last) >= self.height:
            self.top, self.line = row, last
            self._up(self.height - 1)
            self.top, self.line = min((self.top, self.line), (row, first))
        else:
            return False
        self.clamp()
        return (self.top, self.line) != before

    def _distance(self, row: int, line: int) -> int:
        """How many lines below the top of the view a line stands."""
        return sum(self.height_of(between) for between in range(self.top, row)) - self.line + line

    def place(self, row: int, y: int) -> None:
        """Have a row begin at line `y` of the view, as far as the rows before it allow that."""
        self.top, self.line = row, 0
        self._up(y)
        self.clamp()

    def page(self, row: int, direction: int) -> int:
        """The row that stands a view's height below (1) or above (-1) this one."""
        lines = 0
        target = row
        while 0 <= target + direction < self.count and lines < self.height - 1:
            target += direction
            lines += self.height_of(target)
        return target
