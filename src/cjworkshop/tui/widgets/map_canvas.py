"""Lines drawn over the columns of a map, on a field of single cells: emotions over a scale, rides over subway lines."""

from __future__ import annotations

from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from cjworkshop.analysis.curve import tenths
from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.map_layout import SMALLEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.mapping.chart import Plot, Trace, Tracks
    from cjworkshop.tui.widgets.map_cells import Runs
    from cjworkshop.tui.widgets.map_layout import Placing
    from cjworkshop.tui.widgets.map_marks import MapMarks, Pen

LINE_ROLES = {"before": "before", "after": "after"}
LABELLED = 12
"""Cells of a column from which the louder line's values are written beside its points."""
_WORDED = 14


class Canvas:
    """Cells with a role each. What is drawn later stands above."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._text = [[" "] * width for _ in range(height)]
        self._roles = [[""] * width for _ in range(height)]

    def put(self, x: int, y: int, text: str, role: str) -> None:
        """Write `text`, a cell a character, as far as it lies on the canvas."""
        if 0 <= y < self.height:
            for place, character in enumerate(text, x):
                if 0 <= place < self.width:
                    self._text[y][place] = character
                    self._roles[y][place] = role

    def at(self, x: int, y: int) -> str:
        """What stands in a cell; empty outside."""
        return self._text[y][x] if 0 <= x < self.width and 0 <= y < self.height else ""

    def runs(self, y: int, begin: int, end: int) -> list[tuple[str, str]]:
        """The cells of a line from `begin` to `end` as (text, role), neighbours of one role together."""
        text, roles = self._text[y], self._roles[y]
        runs: list[tuple[str, str]] = []
        start = begin
        for x in range(begin + 1, end + 1):
            if x == end or roles[x] != roles[start]:
                runs.append(("".join(text[start:x]), roles[start]))
                start = x
        return runs

    def join(self, start: tuple[int, int], end: tuple[int, int], pen: Pen, role: str, bend: int) -> None:
        """A line from one cell to another, both left out: along, at `bend` up or down, and along again."""
        (x0, y0), (x1, y1) = start, end
        if y0 == y1:
            self.put(x0 + 1, y0, pen.along * (x1 - x0 - 1), role)
            return
        bend = min(max(bend, x0), x1)
        self.put(x0 + 1, y0, pen.along * (bend - x0 - 1), role)
        self.put(bend + 1, y1, pen.along * (x1 - bend - 1), role)
        for y in range(min(y0, y1) + 1, max(y0, y1)):
            self.put(bend, y, pen.down, role)
        falling = y1 > y0
        if bend > x0:
            self.put(bend, y0, pen.left_down if falling else pen.left_up, role)
        if bend < x1:
            self.put(bend, y1, pen.right_up if falling else pen.right_down, role)


def line_of(value: float, lines: int) -> int:
    """The line of a scale of so many lines on which a value of 1–5 stands; 5 on line 0."""
    return round((50 - tenths(value)) * (lines - 1) / 40)


def draw_plot(plot: Plot, lines: int, width: int, placing: Placing, marks: MapMarks) -> Canvas:
    """The plot's lines over the columns in view; they go on beyond them."""
    canvas = Canvas(width, lines)
    _draw_rules(canvas, placing, marks)
    for y in range(0, lines, max((lines - 1) // 4, 1)):
        canvas.put(0, y, marks.axis, "rule")
    strokes: list[tuple[int, int, int, int, Pen, str, int]] = []
    louder: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for number, trace in reversed(list(enumerate(plot.traces))):
        level = 1 if trace.key == "after" else 0
        points = list(_points(trace, lines, placing))
        role = LINE_ROLES[trace.key]
        shift = -1 if len(plot.traces) > 1 and number == 0 and placing.width > SMALLEST else 0
        for (here, x0, y0), (ahead, x1, y1) in pairwise(points):
            if any(here < gap < ahead for gap in plot.gaps):
                continue  # what happens on the way nobody knows
            if ((here, y0), (ahead, y1)) in louder:
                continue  # both lines go the same way: the louder one stands for both
            if level:
                louder.add(((here, y0), (ahead, y1)))
            begin = x0 + len(_label(trace, here, level, placing))
            strokes.append((begin, y0, x1, y1, marks.pens[level], role, (begin + x1) // 2 + shift))
    for begin, y0, x1, y1, pen, role, bend in reversed(strokes):
        canvas.join((begin, y0), (x1, y1), pen, role, bend)
    for trace in plot.traces:
        _draw_points(canvas, trace, lines, placing, marks)
    return canvas


def draw_lack(lack: str, lines: int, width: int, placing: Placing, marks: MapMarks) -> Canvas:
    """A sentence in place of what a lane does not have yet, halfway down."""
    canvas = Canvas(width, lines)
    _draw_rules(canvas, placing, marks)
    said = fit(f" {lack} ", min(cells(lack) + 2, width - 1), more=marks.more)
    canvas.put(1, lines // 2, said, "dim")
    return canvas


def plot_legend(plot: Plot, lines: int, marks: MapMarks) -> list[Runs]:
    """What the signs mean that stand in the plot, a line for each: those of its lines, where both agree, sharp drops."""
    legend: list[Runs] = [
        [(f"{marks.points[trace.key == 'after']} {trace.title}", f"{trace.key}-point")] for trace in plot.traces
    ]
    if _agree(plot, lines):
        legend.append([(f"{marks.both} both", "after-point")])
    drops: Runs = []
    for trace in plot.traces:
        if trace.drops:
            louder = trace.key == "after"
            drops.append((marks.drops[louder], "drop" if louder else "before-point"))
    return [*legend, [*drops, (" drop 2+", "dim")]] if drops else legend


def _agree(plot: Plot, lines: int) -> bool:
    """Whether two points stand in one place that neither of them falls to."""
    if len(plot.traces) < 2:
        return False
    quiet, loud = plot.traces
    return any(
        one is not None and other is not None and line_of(one, lines) == line_of(other, lines)
        for place, (one, other) in enumerate(zip(quiet.values, loud.values, strict=True))
        if place not in quiet.drops and place not in loud.drops
    )


def _points(trace: Trace, lines: int, placing: Placing) -> Iterator[tuple[int, int, int]]:
    """(column, x, y) of each point in view, with the next one on either side."""

    def valued(places: range) -> Iterator[int]:
        return (place for place in places if trace.values[place] is not None)

    end = min(placing.end, len(trace.values))
    before = islice(valued(range(placing.first - 1, -1, -1)), 1)
    after = islice(valued(range(end, len(trace.values))), 1)
    for place in chain(before, valued(range(placing.first, end)), after):
        value = trace.values[place]
        if value is not None:
            yield place, placing.centre(place), line_of(value, lines)


def _draw_points(canvas: Canvas, trace: Trace, lines: int, placing: Placing, marks: MapMarks) -> None:
    level = 1 if trace.key == "after" else 0
    for place, x, y in _points(trace, lines, placing):
        dropped = place in trace.drops
        mark = marks.drops[level] if dropped else marks.points[level]
        if level and not dropped and canvas.at(x, y) == marks.points[0]:
            mark = marks.both
        role = "drop" if dropped and level else f"{LINE_ROLES[trace.key]}-point"
        label = _label(trace, place, level, placing)
        canvas.put(x, y, mark + label, role)


def _label(trace: Trace, place: int, level: int, placing: Placing) -> str:
    """The value of the louder line, with a word for its turns where there is room."""
    value = trace.values[place]
    if not level or placing.width < LABELLED or value is None:
        return ""
    word = trace.turn_at(place) if placing.width >= _WORDED else ""
    shown = str(value) if isinstance(value, int) else f"{tenths(value) / 10:.1f}"
    return shown + (f" {word} " if word else "")


def draw_tracks(tracks: Tracks, lines: int, width: int, placing: Placing, marks: MapMarks) -> Canvas:
    """The lines of a subway map with the stations in view."""
    canvas = Canvas(width, lines)
    _draw_rules(canvas, placing, marks)
    pitch = pitch_of(tracks, lines)
    for route, (first, last) in _reach(tracks).items():
        x0, x1 = max(placing.centre(first), 1), min(placing.centre(last), width - 1)
        canvas.put(x0, route * pitch, marks.rail * (x1 - x0), "rule")
    for ride in tracks.rides:
        for here, ahead in pairwise(ride):
            x0, x1 = placing.centre(here.place), placing.centre(ahead.place)
            if x1 >= 0 and x0 <= width:
                y0, y1 = here.route * pitch, ahead.route * pitch
                canvas.join((x0, y0), (x1, y1), marks.pens[1], "after", (x0 + x1) // 2)
    for ride in tracks.rides:
        for station in ride:
            if placing.first <= station.place < placing.end:
                mark = marks.change if station.change else marks.station
                role = "before-point" if station.change else "after-point"
                canvas.put(placing.centre(station.place), station.route * pitch, mark, role)
    return canvas


def _reach(tracks: Tracks) -> dict[int, tuple[int, int]]:
    """The first and the last column at which each line has a station."""
    reach: dict[int, tuple[int, int]] = {}
    for ride in tracks.rides:
        for station in ride:
            first, last = reach.get(station.route, (station.place, station.place))
            reach[station.route] = min(first, station.place), max(last, station.place)
    return reach


def pitch_of(tracks: Tracks, lines: int) -> int:
    """How many lines of the screen lie from one subway line to the next."""
    return 2 if len(tracks.routes) > 1 and lines >= 2 * len(tracks.routes) - 1 else 1


def _draw_rules(canvas: Canvas, placing: Placing, marks: MapMarks) -> None:
    for x in placing.rules:
        for y in range(canvas.height):
            canvas.put(x, y, marks.rule, "rule")
