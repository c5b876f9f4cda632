"""A screen that sends to the terminal no more than the cells that changed.

Textual's compositor draws every widget that a rectangle around all changes touches, and sends each changed line from
the left edge of its widget on. This one asks only for the lines that changed and sends only the cells that did: a key
costs less, and a laptop that is reached over a slow line follows the hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from textual.strip import Strip
    from textual.widget import Widget

    Piece = tuple[int, int, Strip]
    """Cells to send: (column, line, what stands there)."""


NEAR = 4
"""Cells that may lie between two changes on a line for both to be sent as one: to move the cursor over them costs more."""


class Pieces(CompositorUpdate):
    """Cells here and there on the screen."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.pieces)


class Place(NamedTuple):
    """Where a widget begins, and which lines and columns of the screen it is seen on."""

    widget: Widget
    x: int
    y: int
    left: int
    right: int
    top: int
    bottom: int


class SparingCompositor(Compositor):
    """Paints what changed from the widgets that are seen there, front to back."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: list[Place] = []
        self._placed_from: object = None

    def render_partial_update(self) -> Pieces | None:  # type: ignore[override]
        """The cells that widgets asked to be painted again; None where there are none."""
        whole = self.size.region
        dirty = [region.intersection(whole) for region in self._dirty_regions]
        self._dirty_regions.clear()
        places = self._places()
        pieces = [piece for span in _spans(dirty) for piece in _pieces(places, *span)]
        return Pieces(pieces) if pieces else None

    def _places(self) -> list[Place]:
        """The widgets that are seen, front to back; found anew only where the screen was laid out anew."""
        visible = self.visible_widgets
        if self._placed_from is not visible:
            self._placed_from = visible
            seen = ((widget, region, region.intersection(clip)) for widget, (region, clip) in visible.items())
            self._placed = [
                Place(widget, region.x, region.y, part.x, part.right, part.y, part.bottom)
                for widget, region, part in seen
            ]
        return self._placed


def _spans(regions: Iterable[Region]) -> Iterator[tuple[int, int, int]]:
    """(line, first column, end) of all cells in these regions, with no cell twice."""
    lines: dict[int, list[tuple[int, int]]] = {}
    for x, y, width, height in regions:
        for line in range(y, y + height):
            lines.setdefault(line, []).append((x, x + width))
    for line, parts in sorted(lines.items()):
        parts.sort()
        first, end = parts[0]
        for begin, stop in parts[1:]:
            if begin > end + NEAR:
                yield line, first, end
                first = begin
            end = max(end, stop)
        yield line, first, end


def _pieces(places: list[Place], y: int, first: int, end: int) -> Iterator[Piece]:
    """Line `y` from `first` to before `end`: each cell from the foremost widget there."""
    bare = [(first, end)]
    for widget, x, begins, left, right, top, bottom in places:
        if not top <= y < bottom:
            continue
        for start, stop in bare.copy():
            begin, over = max(start, left), min(stop, right)
            if begin < over:
                bare.remove((start, stop))
                bare += [part for part in ((start, begin), (over, stop)) if part[0] < part[1]]
                yield begin, y, widget.render_lines(Region(begin - x, y - begins, over - begin, 1))[0]
        if not bare:
            return


class SparingScreen(Screen[ScreenResultType]):
    """A screen whose changes are painted so."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    def paint(self) -> None:
        """Paint at once what was refreshed, where that needs no new layout; else it is painted when its turn comes."""
        seen = self._compositor.visible_widgets
        if self.app._batch_count or self._layout_required or any(widget._layout_required for widget in seen):
            return
        for widget in seen:
            if widget._repaint_required:
                widget._repaint_required = False
                self._dirty_widgets.add(widget)
        if self._dirty_widgets:
            self._on_timer_update()
