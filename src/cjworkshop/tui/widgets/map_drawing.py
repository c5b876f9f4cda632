"""How a map is drawn: caption, stages, the names of the columns, the lanes as far as there is room, what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from cjworkshop.domain.text import counted
from cjworkshop.mapping.chart import Plot, Tracks
from cjworkshop.mapping.views import BY_KEY
from cjworkshop.mapping.words import summary
from cjworkshop.method.discovery import Persona
from cjworkshop.tui.text import cells, fit, wrapped
from cjworkshop.tui.widgets.map_canvas import draw_lack, draw_plot, draw_tracks, line_of, pitch_of, plot_legend
from cjworkshop.tui.widgets.map_cells import cell_lines
from cjworkshop.tui.widgets.map_frame import TOP, MapFrame
from cjworkshop.tui.widgets.map_layout import LABELS

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.style import Style

    from cjworkshop.mapping.chart import Lane
    from cjworkshop.tui.widgets.map_canvas import Canvas
    from cjworkshop.tui.widgets.map_cells import Runs


class MapDrawing(MapFrame):
    """A session's map, drawn line by line. Private columns are in none of its lanes."""

    def draw(self, y: int) -> list[Segment] | Strip:
        """One line of the map."""
        width, height = self._width, self._height
        if y == 0:
            return self._segments(self._caption(width))
        if not self.chart.columns:
            lines = wrapped(self._lack(self.chart.lack), max(width - 4, 1))
            text = lines[y - 2] if 2 <= y < 2 + len(lines) else ""
            return self._segments([("  " + text, "")])
        if y == 1:
            return self._segments(self._bands())
        if y >= height - self._status:
            return self._status_line(y - (height - self._status))
        line = y - TOP
        if line < self._stacking.head:
            return self._lane_line(0, line)
        found = self._lane_at(line - self._stacking.head)
        return self._lane_line(*found) if found else []

    def part(self, y: int, first: int, end: int) -> list[Segment] | None:
        """Whole columns of a lane side by side, as a step along it changes them."""
        placing, line = self._placing, y - TOP
        below = line - self._stacking.head
        found = (0, line) if line >= 0 > below else self._lane_at(below) if 0 <= below < self._body else None
        begin = first - LABELS
        if found is None or begin not in placing.lefts:
            return None
        number, line = found
        pieces = self._pieces(number)[line]
        here = self.at - placing.first if line in self._lines_here(number) else -1
        segments: list[Segment] = []
        for column in range(placing.lefts.index(begin), len(placing.lefts)):
            if placing.lefts[column] > begin:
                gap = self._gap(number, line, begin, placing.lefts[column])
                segments += [Segment(text, self.style(role)) for text, role in gap]
            if column == here:
                segments.append(self._here(number, line))
            else:
                segments += [Segment(text, self.style(role)) for text, role in pieces[column]]
            begin = placing.lefts[column] + placing.width
            if begin >= end - LABELS:
                break
        return segments

    def _say(self, text: str) -> str:
        """A sentence of ours in the signs that the terminal knows."""
        return text.translate(self.marks.plain) if self.marks.plain else text

    def _segments(self, runs: Runs) -> list[Segment]:
        return [Segment(self._say(text), self.style(role)) for text, role in runs if text]

    def _caption(self, width: int) -> Runs:
        """What is seen: the view, whose journey, how near; then what must be said with it."""
        choice, shown = self.choice, self.chart
        persona = self.session.get(Persona, choice.persona)
        said = [BY_KEY[choice.view].title]
        said += [f"by {choice.line_of}"] if choice.view == "subway" else []
        said += [f"{self.marks.change} change"] if shown.changes else []
        said += [persona.name] if persona else []
        said += [f"whole {self.zoom}"] if self.zoom != "touchpoints" else []
        left = " " + " · ".join(said)
        left = fit(left, min(cells(left), width), more=self.marks.more)
        room = width - cells(left)
        note = f"  {shown.note}" if shown.note else ""
        note = fit(note, min(cells(note), room), more=self.marks.more)
        remark = fit(f"  {shown.remark}", room - cells(note), more=self.marks.more)
        return [(left, "accent"), (note, "note"), (remark, "dim")]

    def _bands(self) -> Runs:
        """The names of the stages over their columns; that of one that began further left is said again."""
        placing, marks = self._placing, self.marks
        here = self.chart.band_at(self.at)
        before = marks.further_left if placing.first else ""
        runs: Runs = [(fit(before, LABELS, "right"), "dim")]
        used = 0
        for number, band in enumerate(self.chart.bands):
            first, end = max(band.first, placing.first), min(band.first + band.size, placing.end)
            if first >= end:
                continue
            left = placing.left(first) - 1
            right = placing.left(end - 1) + placing.width
            runs += [(" " * (left - used), ""), (marks.rule, "rule")]
            name = fit(("" if placing.narrow else " ") + band.name, right - left - 1, more=marks.more)
            runs.append((name, "band-here" if number == here else "band"))
            used = right
        if placing.end < len(self.chart.columns) and used < self._room:
            runs.append((" " * (self._room - used - 1) + marks.further_right, "dim"))
        return runs

    def _lane_line(self, number: int, line: int) -> Strip:
        """A line of a lane: its name, then its cells, with what the cursor does to one of them cut in."""
        name, cells_in_line = self._named(number, line), self._quiet(number, line)
        length = name.cell_length + sum(width for _, width in cells_in_line)
        if line not in self._lines_here(number):
            return Strip([*name, *(segment for segment, _ in cells_in_line)], length)
        segments = [*name]
        begin = self._placing.lefts[self.at - self._placing.first]
        end = begin + self._placing.width
        x = 0
        for segment, width in cells_in_line:
            after = x + width
            if after <= begin or x >= end:
                segments.append(segment)
            else:
                cut = [segment.split_cells(begin - x)[0]] if x < begin else []
                cut += [self._here(number, line)] if x <= begin else []
                cut += [segment.split_cells(end - x)[1]] if after > end else []
                segments += cut
                length += sum(part.cell_length for part in cut) - width  # a split may fall amid a wide sign
            x = after
        return Strip(segments, length)

    def _lines_here(self, number: int) -> Collection[int]:
        """The lines of a lane on which the cursor is seen.

        It is on the name of its column and in its own lane; among lines only where their points stand. To lay a ground
        under the whole column would have each step repaint the whole screen.
        """
        if number != self.lane:
            return () if number else range(self._stacking.head)
        found = self._points.get((number, self.at))
        if found is None:
            found = self._points[number, self.at] = self._find_points(number)
        return found

    def _find_points(self, number: int) -> Collection[int]:
        lane = self.chart.lanes[number]
        height = self._stacking.heights[number - 1] if number else self._stacking.head
        if isinstance(lane, Plot):
            values = [trace.values[self.at] for trace in lane.traces]
            return {line_of(value, height) for value in values if value is not None} or {height // 2}
        if isinstance(lane, Tracks):
            pitch = pitch_of(lane, height)
            return {stop.route * pitch for ride in lane.rides for stop in ride if stop.place == self.at} or {0}
        return range(height)

    def _named(self, number: int, line: int) -> Strip:
        """The name of a lane, as far as it stands on this line of it."""
        key = (number, line, number == self.lane)
        found = self._names.get(key)
        if found is None:
            label = [(text, self.style(role)) for text, role in self._label(number, line)]
            found = self._names[key] = Strip(_merged(label))
        return found

    def _quiet(self, number: int, line: int) -> list[tuple[Segment, int]]:
        """A line of a lane as if the cursor were elsewhere, with the cells of each segment."""
        found = self._quiets.get((number, line))
        if found is None:
            pieces, placing = self._pieces(number)[line], self._placing
            runs: Runs = []
            x = 0
            for left, piece in zip(placing.lefts, pieces, strict=True):
                if left > x:
                    runs += self._gap(number, line, x, left)
                runs += piece
                x = left + placing.width
            lane, over = self.chart.lanes[number], self._canvases.get(number)
            beyond = over is not None and lane.lack and lane.bare  # a sentence may be wider than the columns
            runs += over.runs(line, x, self._room) if over and beyond else [(" " * (self._room - x), "")]
            merged = _merged([(text, self.style(role)) for text, role in runs])
            found = self._quiets[number, line] = [(segment, segment.cell_length) for segment in merged]
        return found

    def _gap(self, number: int, line: int, begin: int, end: int) -> Runs:
        """What stands between two columns."""
        over = self._canvases.get(number)
        return over.runs(line, begin, end) if over else [(self.marks.rule, "rule")]

    def _here(self, number: int, line: int) -> Segment:
        """What stands under the cursor on this line, as the cursor is drawn."""
        piece = self._pieces(number)[line][self.at - self._placing.first]
        text = "".join(text for text, _ in piece)
        if self.marks.plain and number == self.lane and not self._placing.narrow:
            text = f"{self.marks.left}{text[1:-1]}{self.marks.right}"
        return Segment(text, self.style("cursor"))

    # The names of the lanes

    def _label(self, number: int, line: int) -> Runs:
        lane = self.chart.lanes[number]
        here = number == self.lane
        role = "label-here" if here else "dim"
        pointer = self.marks.here if here else " "
        if isinstance(lane, Plot):
            return self._scale(lane, number, line, pointer, role)
        if isinstance(lane, Tracks):
            pitch = pitch_of(lane, self._stacking.heights[number - 1])
            route, off = divmod(line, pitch)
            name = lane.routes[route] if not off and route < len(lane.routes) else ""
            return [
                (
                    (pointer if not line else " ") + fit(name, LABELS - 2, more=self.marks.more) + " ",
                    "strong" if name else "",
                )
            ]
        if line:
            return [(" " * LABELS, "")]
        return [(pointer + fit(lane.title, LABELS - 2, more=self.marks.more) + " ", role)]

    def _scale(self, plot: Plot, number: int, line: int, pointer: str, role: str) -> Runs:
        """The name of the lane, what its signs mean, and the scale at its right."""
        height = self._stacking.heights[number - 1]
        value, off = divmod(line * 4, height - 1)
        scale = f"{5 - value} " if not off else "  "
        if line == 0:
            return [(pointer + fit(plot.title, LABELS - 4) + " ", role), (scale, "dim")]
        legend = self._legends.get(number)
        if legend is None:
            legend = self._legends[number] = plot_legend(plot, height, self.marks)
        runs = legend[line - 1] if line <= len(legend) else []
        used = sum(cells(text) for text, _ in runs)
        return [(" ", ""), *runs, (" " * (LABELS - 3 - used), ""), (scale, "dim")]

    # The cells

    def _pieces(self, number: int) -> list[list[Runs]]:
        """The lines of a lane, each as one piece for each column in view. Kept until the layout changes."""
        found = self._lines.get(number)
        if found is None:
            lane, placing = self.chart.lanes[number], self._placing
            height = self._stacking.heights[number - 1] if number else self._stacking.head
            canvas = self._canvas(lane, height)
            if canvas is not None:
                self._canvases[number] = canvas
                found = [
                    [canvas.runs(line, left, left + placing.width) for left in placing.lefts] for line in range(height)
                ]
            else:
                shown = lane.cells[placing.first : placing.end]
                blocks = [
                    cell_lines(lane, cell, placing, height, self.marks, role="head" if not number else "")
                    for cell in shown
                ]
                found = [[block[line] for block in blocks] for line in range(height)]
            self._lines[number] = found
        return found

    def _lack(self, lack: str) -> str:
        """What is missing and, where the map can be edited, what to do about it."""
        missing, stop, _ = lack.partition(". ")
        return missing + stop.rstrip() if self.for_room else lack

    def _canvas(self, lane: Lane, height: int) -> Canvas | None:
        """What is drawn over the columns of a lane; None for one of cells."""
        placing, marks = self._placing, self.marks
        if lane.lack and lane.bare:
            return draw_lack(self._lack(lane.lack), height, self._room, placing, marks)
        if isinstance(lane, Plot):
            return draw_plot(lane, height, self._room, placing, marks)
        return draw_tracks(lane, height, self._room, placing, marks) if isinstance(lane, Tracks) else None

    # Under the map

    def _status_line(self, line: int) -> list[Segment]:
        return self._segments(self._status_runs(line))

    def _status_runs(self, line: int) -> Runs:
        """What stands in the cell under the cursor; what is known of its touchpoint."""
        width = self._width
        lane, column = self.chart.lanes[self.lane], self.chart.columns[self.at]
        if line == 0:
            named = (
                f"{column.code} {column.name}" if column.row_id else self.chart.bands[self.chart.band_at(self.at)].name
            )
            name = fit(f" {named}", min(cells(named) + 1, width // 2), more=self.marks.more)
            hidden = self._hidden_lanes()
            beyond = f"  +{counted(hidden, 'lane')}" if hidden else ""
            place = f"{beyond}  {self.at + 1}/{len(self.chart.columns)} "
            text = f"  {lane.title}: {self._say(self.cell.text) or '-'}" if self.lane else ""
            room = max(width - cells(name) - cells(place), 0)
            return [(name, "strong"), (fit(text, room, more=self.marks.more), ""), (place, "dim")]
        parts = summary(self.session, column.row_id)
        said = " · ".join(parts) or ("" if column.row_id else "Nothing yet: Enter goes to the table.")
        return [(fit(f" {self._say(said)}", width, more=self.marks.more), "dim")]


def _merged(runs: list[tuple[str, Style]]) -> list[Segment]:
    """Segments with neighbours of one style in one."""
    merged: list[tuple[str, Style]] = []
    for text, style in runs:
        if merged and merged[-1][1] is style:
            merged[-1] = (merged[-1][0] + text, style)
        elif text:
            merged.append((text, style))
    return [Segment(text, style) for text, style in merged]
