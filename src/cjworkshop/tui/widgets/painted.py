"""A widget that is lines of text and sends to the terminal only the cells of them that changed.

Textual repaints a dirty region from the left edge of its widget on. A facilitator's laptop is often reached over a
slow line, so each line is compared with what was last painted, and the cells before the first difference are skipped
with a cursor movement. That is right only where nothing else was drawn over them meanwhile, and only a layout can do
that: after one, lines are sent whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from rich.cells import cell_len
from rich.segment import ControlType, Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style
    from textual.geometry import Size


class Line(Strip):
    """A painted line. `skips` has the first cell that differs from what the terminal shows, by the last one's end."""

    __slots__ = ["skips"]

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        super().__init__(segments, cell_length)
        self.skips: dict[int, int] = {}

    @property
    def segments(self) -> list[Segment]:
        """What it is made of."""
        return self._segments

    def crop(self, start: int, end: int | None = None) -> Strip:
        """The cells from `start` to `end`; where only those behind a skip changed, a movement to there and the rest."""
        skip = self.skips.get(end) if start == 0 and end is not None else None
        if not skip:
            return super().crop(start, end)
        rest = super().crop(skip, end)
        move = Segment(f"\x1b[{skip}C", None, [(ControlType.CURSOR_FORWARD, skip)])
        return Strip([move, *rest], rest.cell_length)


def difference(old: Sequence[Segment], new: Sequence[Segment], width: int) -> tuple[int, int] | None:
    """The cells (first, end) in which two lines of `width` cells differ; None where they are the same."""
    same = 0
    first = 0
    shorter = min(len(old), len(new))
    while same < shorter and old[same] == new[same]:
        first += cell_len(new[same].text)
        same += 1
    if same == len(old) == len(new):
        return None
    if same < shorter and old[same].style == new[same].style:
        first += _common(old[same].text, new[same].text)
    end = width
    back = 1
    while back <= shorter - same and old[-back] == new[-back]:
        end -= cell_len(new[-back].text)
        back += 1
    if back <= shorter - same and old[-back].style == new[-back].style:
        end -= _common_end(old[-back].text, new[-back].text)
    return first, max(first + 1, end)


def _common(one: str, other: str) -> int:
    """How many cells two texts have in common at their start, ending where a new character surely begins."""
    length = min(len(one), len(other))
    count = 0
    while count < length and one[count] == other[count]:
        count += 1
    while count and not (one[count : count + 1].isascii() and other[count : count + 1].isascii()):
        count -= 1
    return cell_len(one[:count])


def _common_end(one: str, other: str) -> int:
    """How many cells two texts have in common at their end, beginning where a new character surely begins."""
    length = min(len(one), len(other))
    count = 0
    while count < length and one[-count - 1] == other[-count - 1]:
        count += 1
    while count and not one[-count].isascii():
        count -= 1
    return cell_len(one[-count:]) if count else 0


class Painted(Widget):
    """Lines of text that a subclass draws in `draw`; it calls `redraw` where they may be others now."""

    ALLOW_SELECT = False
    STYLES: ClassVar[str] = ""
    """What the names of component classes begin with: `style("head")` is the component `grid--head` for `grid`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._drawn: list[Line | None] = []
        self._painted: list[Line | None] = []
        self._damage: dict[int, list[tuple[int, int]]] = {}
        self._skipping: list[Line] = []
        self._drawn_for: Size | None = None
        self._geometry: object = None
        self._colours: dict[str, Style] = {}

    def draw(self, y: int) -> list[Segment]:
        """Line `y` of the widget as segments that fill its width."""
        raise NotImplementedError

    def resized(self) -> None:
        """The widget has another size and is about to be drawn."""

    def style(self, part: str) -> Style:
        """The style of a part of the widget, as the terminal gets it; the widget's own where it is empty."""
        found = self._colours.get(part)
        if found is None:
            found = self.look(part) if part else self.rich_style
            background = self.background_colors[1]
            for line_filter in self.get_line_filters():
                found = line_filter.apply([Segment(" ", found)], background)[0].style or found
            self._colours[part] = found
        return found

    def look(self, part: str) -> Style:
        """The style of a part before the terminal's limits: that of its component class, unless a subclass has another."""
        return self.get_component_rich_style(f"{self.STYLES}--{part}")

    def notify_style_update(self) -> None:
        """Colours may be others now."""
        super().notify_style_update()
        self._colours.clear()

    def redraw(self, lines: Iterable[int] | None = None) -> None:
        """Draw these lines again (all where None) and repaint what differs from what the terminal shows."""
        size = self.size
        if self._drawn_for != size or not self.is_mounted:
            self._drawn_for = None  # a hidden widget has no size: what was laid out for that is laid out again
            self.refresh()
            return
        width, height = size
        regions = []
        for y in range(height) if lines is None else sorted(set(lines)):
            if not 0 <= y < height:
                continue
            line = self._draw(y, width)
            before = self._painted[y]
            differing = (0, width) if before is None else difference(before.segments, line.segments, width)
            self._drawn[y] = line
            if differing is not None:
                self._damage.setdefault(y, []).append(differing)
                regions.append(Region(differing[0], y, differing[1] - differing[0], 1))
        if regions:
            super().refresh(*regions)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw the lines of these regions again, all of them where none is given."""
        if repaint:
            self._forget(
                range(len(self._drawn)) if not regions else (y for region in regions for y in region.line_range)
            )
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _forget(self, lines: Iterable[int]) -> None:
        for y in lines:
            if 0 <= y < len(self._drawn):
                self._drawn[y] = None
                self._damage.pop(y, None)
                self._painted[y] = None

    def _draw(self, y: int, width: int) -> Line:
        line = Line(self.draw(y))
        if line.cell_length != width:
            line = Line(line.adjust_cell_length(width, self.style("")), width)
        return line

    def render_line(self, y: int) -> Strip:
        """Line `y`, as it was drawn last."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in `crop`. Only the compositor asks for all of them at once: to paint them."""
        size = self.size
        if self._drawn_for != size:
            self._drawn_for = size
            self._drawn = [None] * size.height
            self._painted = [None] * size.height
            self._damage.clear()
            self.resized()
        lines: list[Strip] = []
        for y in crop.line_range:
            line = self._drawn[y] if y < len(self._drawn) else None
            if line is None:
                line = self._draw(y, size.width)
                if y < len(self._drawn):
                    self._drawn[y] = line
            lines.append(line)
        if crop == size.region:
            self._paint()
        elif crop.column_span != (0, size.width):
            lines = [Strip(line, size.width).crop(*crop.column_span) for line in lines]
        return lines

    def _paint(self) -> None:
        """Note that the terminal is about to show what was drawn, and which cells need not be sent."""
        for line in self._skipping:
            line.skips = {}
        self._skipping.clear()
        geometry = self.screen.find_widget(self)
        if geometry is self._geometry and len(self._drawn) > 1:
            for y, spans in self._damage.items():
                damaged = self._drawn[y]
                if damaged is not None:
                    damaged.skips = {end: first for first, end in merged(spans)}
                    self._skipping.append(damaged)
        self._geometry = geometry
        self._damage.clear()
        self._painted = list(self._drawn)


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap or touch as one, as the compositor joins them."""
    merged: list[tuple[int, int]] = []
    for first, end in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((first, end))
    return merged
