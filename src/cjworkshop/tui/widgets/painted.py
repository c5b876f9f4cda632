"""A widget that is lines of text and has only those cells of them painted that changed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from cjworkshop.tui.ascii_only import ascii_filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style

    from cjworkshop.tui.ascii_only import AsciiOnly


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
    count = min(length, _blanks(one), _blanks(other))
    while count < length and one[-count - 1] == other[-count - 1]:
        count += 1
    while count and not one[-count].isascii():
        count -= 1
    return cell_len(one[-count:]) if count else 0


def _blanks(text: str) -> int:
    return len(text) - len(text.rstrip(" "))


class Painted(Widget):
    """Lines of text that a subclass draws in `draw`; it calls `redraw` where they may be others now."""

    ALLOW_SELECT = False
    STYLES: ClassVar[str] = ""
    """What the names of component classes begin with: `style("head")` is the component `grid--head` for `grid`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._drawn: list[Strip | None] = []
        self._drawn_for: Size | None = None  # the outer size: to ask for that costs nothing
        self.space = Size(0, 0)
        self._colours: dict[str, Style] = {}

    def draw(self, y: int) -> list[Segment] | Strip:
        """Line `y` of the widget as segments that fill its width; as a strip where their length need not be counted."""
        raise NotImplementedError

    def part(self, y: int, first: int, end: int) -> list[Segment] | None:
        """Cells of line `y` from `first` to before `end`, where they can be had without the rest of it."""

    def resized(self) -> None:
        """There is another `space` to draw in, and that is about to be done."""

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

    def redraw(self, lines: Iterable[int] | None = None, cells: Iterable[Region] = ()) -> None:
        """Draw these lines again (all where None) and repaint the cells that differ from what was drawn before.

        `cells`, on other lines, are known to be others: they are drawn when they are painted.
        """
        if self._drawn_for != self.outer_size or not self.is_mounted:
            self._drawn_for = None
            self.refresh()
            return
        width, height = self.space
        regions = [*cells]
        self._forget(y for region in regions for y in region.line_range)
        for y in range(height) if lines is None else sorted(set(lines)):
            if not 0 <= y < height:
                continue
            line = self._draw(y, width)
            before = self._drawn[y]
            differing = (0, width) if before is None else difference([*before], [*line], width)
            self._drawn[y] = line
            if differing is not None:
                regions.append(Region(differing[0], y, differing[1] - differing[0], 1))
        if regions:
            super().refresh(*regions)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw the lines of these regions again, all of them where none is given."""
        if repaint:
            self._forget((y for region in regions for y in region.line_range) if regions else range(len(self._drawn)))
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @cached_property
    def _in_ascii(self) -> AsciiOnly | None:
        return ascii_filter(self.app)

    def _forget(self, lines: Iterable[int]) -> None:
        for y in lines:
            if 0 <= y < len(self._drawn):
                self._drawn[y] = None

    def _draw(self, y: int, width: int) -> Strip:
        drawn = self.draw(y)
        if self._in_ascii is not None:
            drawn = self._in_ascii.apply([*drawn], self.background_colors[1])
        line = drawn if isinstance(drawn, Strip) else Strip(drawn)
        return line if line.cell_length == width else line.adjust_cell_length(width, self.style(""))

    def render_line(self, y: int) -> Strip:
        """Line `y`, as it was drawn last."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in `crop`."""
        if self._drawn_for != self.outer_size:
            self._drawn_for, self.space = self.outer_size, self.size
            self._drawn = [None] * self.space.height
            self.resized()
        width = self.space.width
        if crop.column_span == (0, width):
            return [self._line(y, width) for y in crop.line_range]
        return [self._cut(y, *crop.column_span) for y in crop.line_range]

    def _cut(self, y: int, first: int, end: int) -> Strip:
        stale = y < len(self._drawn) and self._drawn[y] is None
        part = self.part(y, first, end) if stale else None
        if part is not None:
            strip = Strip(self._in_ascii.apply(part, self.background_colors[1]) if self._in_ascii else part)
            if strip.cell_length == end - first:
                return strip
        return self._line(y, self.space.width).crop(first, end)

    def _line(self, y: int, width: int) -> Strip:
        line = self._drawn[y] if y < len(self._drawn) else None
        if line is None:
            line = self._draw(y, width)
            if y < len(self._drawn):
                self._drawn[y] = line
        return line
