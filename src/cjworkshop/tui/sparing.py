"""A screen that sends to the terminal no more than the cells that changed.

Textual's compositor draws every widget that a rectangle around all changes touches, and sends each changed line from
the left edge of its widget on. This one asks only for the lines that changed and sends only the cells that did: a key
costs less, and a laptop that is reached over a slow line follows the hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen, ScreenResultType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from textual.strip import Strip

    Piece = tuple[int, int, Strip]
    """Cells to send: (column, line, what stands there)."""


class Pieces(CompositorUpdate):
    """Cells here and there on the screen."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.pieces)


class SparingCompositor(Compositor):
    """Paints what changed from the widgets that are seen there, front to back."""

    def render_partial_update(self) -> Pieces | None:  # type: ignore[override]
        """The cells that widgets asked to be painted again; None where there are none."""
        whole = self.size.region
        dirty = [region.intersection(whole) for region in self._dirty_regions]
        self._dirty_regions.clear()
        pieces = [piece for span in self._regions_to_spans(dirty) for piece in self._pieces(*span)]
        return Pieces(pieces) if pieces else None

    def _pieces(self, y: int, first: int, end: int) -> Iterator[Piece]:
        """Line `y` from `first` to before `end`: each cell from the foremost widget there."""
        bare = [(first, end)]
        for widget, (region, clip) in self.visible_widgets.items():
            if not region.y <= y < region.bottom or not clip.y <= y < clip.bottom:
                continue
            left, right = max(region.x, clip.x), min(region.right, clip.right)
            for start, stop in bare.copy():
                begin, over = max(start, left), min(stop, right)
                if begin < over:
                    bare.remove((start, stop))
                    bare += [part for part in ((start, begin), (over, stop)) if part[0] < part[1]]
                    line = widget.render_lines(Region(0, y - region.y, region.width, 1))[0]
                    yield begin, y, line.crop(begin - region.x, over - region.x)
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
