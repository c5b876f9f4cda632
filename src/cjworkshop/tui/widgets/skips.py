"""Which cells of a board the terminal shows already: those before the first change of a line need not be sent again.

A clock changes one digit a second for a whole day. It is the same as in `painted`, for widgets that have borders and
are seldom drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.tui.widgets.painted import Line, difference, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.geometry import Offset
    from textual.strip import Strip


class Skips:
    """What was painted of a widget's lines, and what has changed since."""

    def __init__(self) -> None:
        self._shown: dict[int, Strip] = {}
        self._damage: dict[int, list[tuple[int, int]]] = {}
        self._skipping: list[Line] = []
        self._geometry: object = None

    def damage(self, y: int, strip: Strip, width: int) -> tuple[int, int]:
        """Line `y` is to be this one now: the cells (first, end) that must be painted for it."""
        shown = self._shown.get(y)
        span = difference(list(shown), list(strip), width) if shown is not None else None
        span = span or (0, width)
        self._damage.setdefault(y, []).append(span)
        return span

    def forget(self, lines: Iterable[int]) -> None:
        """Something else may stand on these lines."""
        for y in lines:
            self._shown.pop(y, None)
            self._damage.pop(y, None)

    def clear(self) -> None:
        """Something else may stand on all of them."""
        self._shown.clear()
        self._damage.clear()

    def paint(self, strips: list[Strip], drawn: dict[int, Strip], geometry: object, offset: Offset) -> None:
        """The terminal is about to show `strips`, made of the lines `drawn` at `offset`: those that changed skip cells.

        That holds only where nothing was drawn over them since, and that only a layout can do: after one, `geometry`
        is another object.
        """
        for line in self._skipping:
            line.skips = {}
        self._skipping.clear()
        if geometry is self._geometry:
            for y, spans in self._damage.items():
                place = y + offset.y
                if y in self._shown and place < len(strips):
                    line = Line(list(strips[place]), strips[place].cell_length)
                    line.skips = {end + offset.x: first + offset.x for first, end in merged(spans)}
                    strips[place] = line
                    self._skipping.append(line)
        self._geometry = geometry
        self._damage.clear()
        self._shown = dict(drawn)
