"""Where the columns and the lanes of a map stand on the screen. Knows charts and cells, but no widget."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from cjworkshop.lazy import dataclass
from cjworkshop.mapping.chart import Plot, Tracks

if TYPE_CHECKING:
    from cjworkshop.mapping.chart import Chart, Lane

Zoom = Literal["touchpoints", "stage", "journey"]
ZOOMS: tuple[Zoom, ...] = ("touchpoints", "stage", "journey")
"""How much of the journey is seen: touchpoints at a readable size, one stage over the whole width, or all of it."""

LABELS = 15
"""Cells for the names of the lanes at the left, the scale of the lines included."""
SMALLEST = 4
"""Cells of a column in which codes and signs still fit; below `NARROW` nothing else does."""
NARROW = 9
WIDEST = 30
MOST_MORE = 4
"""Lines by which prose may go beyond its limit where nothing else wants the room."""
SCALES = (25, 21, 17, 13, 9, 5)
"""Lines that a scale from 1 to 5 may take: all of its values stand on a line."""
_TEXT = attrgetter("text")


@dataclass(frozen=True, slots=True)
class Placing:
    """The columns in view: `first` and those behind it, each `width` cells wide, beginning at `lefts`.

    Before the first column, and before each that begins a band, lies one cell for a rule, at `rules`.
    """

    first: int
    width: int
    lefts: tuple[int, ...]
    rules: tuple[int, ...]

    @property
    def end(self) -> int:
        """The column behind the last in view."""
        return self.first + len(self.lefts)

    @property
    def narrow(self) -> bool:
        """Whether there is room for codes and signs only."""
        return self.width < NARROW

    def left(self, place: int) -> int:
        """The first cell of a column, also of one out of view (as if no rule lay between)."""
        if self.first <= place < self.end:
            return self.lefts[place - self.first]
        if place < self.first:
            return self.lefts[0] - 1 - (self.first - place) * self.width
        return self.lefts[-1] + 1 + (place - self.end + 1) * self.width

    def centre(self, place: int) -> int:
        """The cell of a column in which its point stands."""
        return self.left(place) + (self.width - 1) // 2


def column_width(chart: Chart, room: int, zoom: Zoom, at: int, *, wide: bool) -> int:
    """How wide each column is in `room` cells with the cursor on column `at`; `wide` views want sentences."""
    count = max(len(chart.columns), 1)
    if zoom == "journey":
        return min(max((room - len(chart.bands)) // count, SMALLEST), WIDEST, max(room - 1, 1))
    usual = (13 if room < 90 else 14 if room < 150 else 16) + (9 if wide else 0)
    shown = count
    if zoom == "stage" and chart.bands:
        shown = chart.bands[chart.band_at(at)].size
    elif count * usual + len(chart.bands) > room:
        shown = max((room - 1) // usual, 1)
    rules = 1 + (shown // 4 if zoom == "touchpoints" else 0)
    most = WIDEST if zoom == "touchpoints" else 2 * WIDEST
    return max(min(max((room - rules) // shown, 12), most, room - 1), 1)


def place_columns(chart: Chart, room: int, width: int, first: int) -> Placing:
    """As many whole columns from `first` on as there is room for, at least one."""
    begins = {band.first for band in chart.bands}
    lefts: list[int] = []
    rules: list[int] = []
    x = 0
    for place in range(first, len(chart.columns)):
        rule = 1 if place in begins or place == first else 0
        if lefts and x + rule + width > room:
            break
        if rule:
            rules.append(x)
        lefts.append(x + rule)
        x += rule + width
    return Placing(first, width, tuple(lefts) or (1,), tuple(rules))


def reveal_stage(chart: Chart, room: int, width: int, at: int) -> Placing:
    """The columns of the stage that `at` lies in, from its first on, or as many of them up to `at` as there is room for."""
    first = chart.bands[chart.band_at(at)].first if chart.bands else 0
    placing = place_columns(chart, room, width, first)
    while placing.end <= at:
        placing = place_columns(chart, room, width, placing.first + 1)
    return placing


def reveal(chart: Chart, room: int, width: int, first: int, at: int) -> Placing:
    """The columns with `at` among them, moved from `first` no further than that takes, and one more to be seen."""
    last = max(len(chart.columns) - 1, 0)
    placing = place_columns(chart, room, width, min(max(first, 0), at, last))
    while placing.end <= min(at + 1, last) and placing.first < at:
        placing = place_columns(chart, room, width, placing.first + 1)
    if placing.first == at and at:
        before = place_columns(chart, room, width, at - 1)
        placing = before if at < before.end else placing
    return _filled(chart, room, width, placing.first)


def _filled(chart: Chart, room: int, width: int, first: int) -> Placing:
    """From `first` on, or further left where columns would leave room at the end."""
    placing = place_columns(chart, room, width, first)
    while placing.first and placing.end == len(chart.columns):
        before = place_columns(chart, room, width, placing.first - 1)
        if before.end < placing.end:
            break
        placing = before
    return placing


@dataclass(frozen=True, slots=True)
class Stacking:
    """How many lines each lane takes: that of the head, which stays, and those of the others, which scroll."""

    head: int
    heights: tuple[int, ...]

    def top(self, lane: int) -> int:
        """The first line of a lane among those that scroll; lane 1 is the first of them."""
        return sum(self.heights[: lane - 1])

    @property
    def lines(self) -> int:
        """All lines that scroll."""
        return sum(self.heights)


def stack_lanes(chart: Chart, height: int, width: int) -> Stacking:
    """The lanes in `height` lines, with columns of `width` cells.

    Prose takes as many lines as its longest cell wants, up to the lane's own limit; lines with a scale share a half of
    what is there, and what the other lanes leave.
    """
    if not chart.lanes:
        return Stacking(0, ())
    room = max(width - 2, 1)
    narrow = width < NARROW
    needed = [_needed(lane, room, narrow=narrow) for lane in chart.lanes]
    wanted = [min(lane.lines, lines) for lane, lines in zip(chart.lanes, needed, strict=True)]
    head = min(wanted[0], max(height // 5, 1))
    plots = SCALES[-3] * sum(isinstance(lane, Plot) for lane in chart.lanes)
    for more in range(1, MOST_MORE + 1):
        below = zip(chart.lanes[1:], needed[1:], strict=True)
        ampler = [wanted[0], *(min(lane.lines + more, lines) for lane, lines in below)]
        if head + sum(ampler[1:]) + plots <= height:
            wanted = ampler
    rest = height - head - sum(wanted[1:])
    heights = []
    for lane, lines in zip(chart.lanes[1:], wanted[1:], strict=True):
        if isinstance(lane, Plot):
            most = max(height * 2 // 5, rest)
            heights.append(next((scale for scale in SCALES if scale <= most), SCALES[-1]))
        elif isinstance(lane, Tracks):
            apart = 2 if len(lane.routes) * 2 - 1 <= height * 3 // 5 else 1
            heights.append(max(apart * len(lane.routes) - apart + 1, 1))
        else:
            heights.append(lines)
    return Stacking(head, tuple(heights))


def _needed(lane: Lane, room: int, *, narrow: bool) -> int:
    """How many lines the longest cell of a lane takes; 0 for lines over a scale, which take what they get."""
    if isinstance(lane, Plot | Tracks):
        return 0
    if narrow or lane.lines == 1:
        return 1
    longest = max(map(len, map(_TEXT, lane.cells)), default=0)
    return max(-(-longest // room) + (longest > room), 1)
