"""How a map is drawn: caption, stages, the names of the columns, the lanes as far as there is room, what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style

from cjworkshop.mapping.chart import EMPTY, Plot, Tracks
from cjworkshop.mapping.views import BY_KEY, Choice, chart
from cjworkshop.mapping.words import summary
from cjworkshop.method.discovery import Persona
from cjworkshop.tui.text import cells, fit, wrapped
from cjworkshop.tui.widgets.map_canvas import draw_plot, draw_tracks, pitch_of
from cjworkshop.tui.widgets.map_layout import LABELS, Placing, Stacking, Zoom, column_width, reveal, stack_lanes
from cjworkshop.tui.widgets.map_marks import ASCII, UNICODE
from cjworkshop.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.mapping.chart import Cell, Chart, Lane
    from cjworkshop.tui.widgets.map_canvas import Canvas

Runs = list[tuple[str, str]]
"""Words with their roles, one behind the other."""

_LOUD = {"": "", "dim": "", "rule": ""}
"""Roles that would be too quiet on the ground of the cursor's column."""
_TOP = 2
"""Lines above the head: the caption and the stages."""


class MapDrawing(Painted, can_focus=True):
    """A session's map in one of its views, with a cursor on a column and a lane. Private columns are in none of them."""

    STYLES = "map"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"map--{part}"
        for part in (
            "dim", "strong", "accent", "good", "bad", "rule", "note", "band", "band-here", "label-here", "head",
            "before", "after", "before-point", "after-point", "ride", "drop", "column", "slot", "cursor",
            "edit", "edit-selected", "caret", "chosen", "error",
        )
    }  # fmt: skip

    DEFAULT_CSS = """
    MapDrawing {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .map--dim, & > .map--before { color: $dim; }
        & > .map--strong, & > .map--head { text-style: bold; }
        & > .map--before-point { color: $foreground; text-style: bold; }
        & > .map--accent, & > .map--after, & > .map--label-here { color: $primary; }
        & > .map--after-point { color: $primary; text-style: bold; }
        & > .map--ride { color: $secondary; }
        & > .map--good { color: $success; }
        & > .map--bad { color: $error; }
        & > .map--drop, & > .map--error { color: $error; text-style: bold; }
        & > .map--rule { color: $rule; }
        & > .map--note { color: $warning; text-style: bold; }
        & > .map--band { color: $dim; text-style: bold; }
        & > .map--band-here { color: $primary; text-style: bold; }
        & > .map--column { background: $field; }
        & > .map--slot { background: $selection-ground; color: $foreground; text-style: bold; }
        & > .map--cursor, & > .map--chosen { background: $cursor-ground; color: $cursor-text; text-style: bold; }
        & > .map--edit { background: $field; color: $foreground; }
        & > .map--edit-selected { background: $selection-ground; color: $foreground; }
        & > .map--caret { background: $foreground; color: $background; }
    }
    """

    def __init__(
        self,
        session: Session,
        choice: Choice | None = None,
        *,
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.session = session
        self.choice = choice or Choice()
        self.zoom: Zoom = "touchpoints"
        self.marks = ASCII if ascii_only else UNICODE
        self.at = 0
        self.lane = 1
        self.chart: Chart = chart(session, self.choice)
        self._top = 0
        self._room = 1
        self._body = 0
        self._placing = Placing(0, 1, (), ())
        self._stacking = Stacking(0, ())
        self._lines: dict[int, list[list[Runs]]] = {}
        self._canvases: dict[int, Canvas] = {}
        self._column_styles: dict[str, Style] = {}

    # Where things stand

    def resized(self) -> None:
        """Place columns and lanes for the new size."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Colours may be others now."""
        super().notify_style_update()
        self._column_styles.clear()

    def _lay_out(self) -> None:
        """Place columns and lanes anew, with the cursor in view."""
        width, height = self.size
        shown = self.chart
        self.at = min(max(self.at, 0), max(len(shown.columns) - 1, 0))
        self.lane = min(max(self.lane, 0), max(len(shown.lanes) - 1, 0))
        self._room = max(width - LABELS, 1)
        self._status = 2 if height >= 10 else 0
        wide = BY_KEY[self.choice.view].wide
        columns = column_width(shown, self._room, self.zoom, self.at, wide=wide)
        self._stacking = stack_lanes(shown, max(height - _TOP - self._status, 1), columns)
        self._body = max(height - _TOP - self._status - self._stacking.head, 0)
        self._placing = reveal(shown, self._room, columns, self._placing.first, self.at)
        self._reveal_lane()
        self._lines.clear()
        self._canvases.clear()

    def _reveal_lane(self) -> bool:
        """Scroll the lanes until the cursor's is in view, whole if it can be. Whether that moved them."""
        before = self._top
        if self.lane:
            top = self._stacking.top(self.lane)
            end = top + self._stacking.heights[self.lane - 1]
            self._top = min(max(self._top, end - self._body), top)
        self._top = max(min(self._top, self._stacking.lines - self._body), 0)
        return self._top != before

    def _lane_at(self, line: int) -> tuple[int, int] | None:
        """(lane, line within it) of a line of the body; None below the last."""
        line += self._top
        for lane, height in enumerate(self._stacking.heights, 1):
            if line < height:
                return lane, line
            line -= height
        return None

    @property
    def cell(self) -> Cell:
        """The cell under the cursor."""
        lanes = self.chart.lanes
        return lanes[self.lane].cells[self.at] if lanes and self.chart.columns else EMPTY

    # Drawing

    def draw(self, y: int) -> list[Segment]:
        """One line of the map."""
        width, height = self.size
        if y == 0:
            return self._segments(self._caption(width))
        if not self.chart.columns:
            lines = wrapped(self.chart.lack, max(width - 4, 1))
            text = lines[y - 2] if 2 <= y < 2 + len(lines) else ""
            return self._segments([("  " + text, "")])
        if y == 1:
            return self._segments(self._bands())
        if y >= height - self._status:
            return self._status_line(y - (height - self._status))
        line = y - _TOP
        if line < self._stacking.head:
            return self._lane_line(0, line)
        found = self._lane_at(line - self._stacking.head)
        return self._lane_line(*found) if found else []

    def _say(self, text: str) -> str:
        """A sentence of ours in the signs that the terminal knows."""
        return text.translate(self.marks.plain) if self.marks.plain else text

    def _segments(self, runs: Runs) -> list[Segment]:
        return [Segment(self._say(text), self.style(role)) for text, role in runs if text]

    def _caption(self, width: int) -> Runs:
        """What is seen: the view, whose journey, how near; what must be said with it; where the cursor is."""
        choice, shown = self.choice, self.chart
        persona = self.session.get(Persona, choice.persona)
        said = [BY_KEY[choice.view].title]
        said += [f"by {choice.line_of}"] if choice.view == "subway" else []
        said += [persona.name] if persona else []
        said += [f"whole {self.zoom}"] if self.zoom != "touchpoints" else []
        left = " " + " · ".join(said)
        right = f"{self.at + 1} of {len(shown.columns)} " if shown.columns else ""
        room = max(width - cells(left) - cells(right) - 3, 0)
        note = fit(shown.note, room, more=self.marks.more).rstrip() if room > 10 else ""
        gap = width - cells(left) - cells(right) - cells(note) - 2
        role = "note" if shown.note.startswith("Staff's view") else "dim"
        return [(left, "accent"), ("  ", ""), (note, role), (" " * max(gap, 0), ""), (right, "dim")]

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

    def _lane_line(self, number: int, line: int) -> list[Segment]:
        """A line of a lane: its name, then its cells, that under the cursor in another style."""
        placing = self._placing
        pieces = self._pieces(number)[line]
        runs: list[tuple[str, Style]] = [(text, self.style(role)) for text, role in self._label(number, line)]
        rules = iter(placing.rules)
        rule = next(rules, -1)
        for offset, (left, piece) in enumerate(zip(placing.lefts, pieces, strict=True)):
            if rule == left - 1:
                over = self._canvases.get(number)
                mark, role = over.runs(line, rule, rule + 1)[0] if over else (self.marks.rule, "rule")
                runs.append((mark, self.style(role)))
                rule = next(rules, -1)
            if placing.first + offset == self.at:
                runs += self._here(piece, number)
            else:
                runs += [(text, self.style(role)) for text, role in piece]
        return _merged(runs)

    def _here(self, piece: Runs, number: int) -> list[tuple[str, Style]]:
        """A piece of the cursor's column: on the ground of that column, or as the cursor itself."""
        if number != self.lane and number:
            return [(text, self._in_column(role)) for text, role in piece]
        marks, cursor = self.marks, self.style("cursor")
        if number != self.lane:
            return [(text, cursor) for text, _ in piece]
        if isinstance(self.chart.lanes[number], Plot | Tracks):
            slot = self.style("slot")
            runs = [(text, slot) for text, _ in piece]
            return _bracketed(runs, marks.left, marks.right, slot) if marks.plain else runs
        text = "".join(text for text, _ in piece)
        if not self._placing.narrow and text[:1] == " " and text[-1:] == " ":
            text = f"{marks.left if marks.plain else ' '}{text[1:-1]}{marks.right if marks.plain else ' '}"
        return [(text, cursor)]

    def _in_column(self, role: str) -> Style:
        found = self._column_styles.get(role)
        if found is None:
            ground = Style(bgcolor=self.style("column").bgcolor)
            found = self._column_styles[role] = self.style(_LOUD.get(role, role)) + ground
        return found

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
        """The name of the lane, which sign is whose, and the scale at its right."""
        height = self._stacking.heights[number - 1]
        value, off = divmod(line * 4, height - 1)
        scale = f"{5 - value} " if not off else "  "
        legend = [
            (f"{self.marks.points[trace.key == 'after']} {trace.title}", f"{trace.key}-point") for trace in plot.traces
        ]
        if line == 0:
            return [(pointer + fit(plot.title, LABELS - 4) + " ", role), (scale, "dim")]
        text, its = legend[line - 1] if line <= len(legend) else ("", "")
        return [(" " + fit(text, LABELS - 4) + " ", its), (scale, "dim")]

    # The cells

    def _pieces(self, number: int) -> list[list[Runs]]:
        """The lines of a lane, each as one piece for each column in view. Kept until the layout changes."""
        found = self._lines.get(number)
        if found is None:
            lane, placing = self.chart.lanes[number], self._placing
            height = self._stacking.heights[number - 1] if number else self._stacking.head
            if isinstance(lane, Plot | Tracks):
                canvas = (
                    draw_plot(lane, height, self._room, placing, self.marks)
                    if isinstance(lane, Plot)
                    else draw_tracks(lane, height, self._room, placing, self.marks)
                )
                self._canvases[number] = canvas
                found = [
                    [canvas.runs(line, left, left + placing.width) for left in placing.lefts] for line in range(height)
                ]
            else:
                shown = lane.cells[placing.first : placing.end]
                blocks = [self._block(lane, cell, height, head=not number) for cell in shown]
                found = [[block[line] for block in blocks] for line in range(height)]
            self._lines[number] = found
        return found

    def _block(self, lane: Lane, cell: Cell, height: int, *, head: bool) -> list[Runs]:
        """A cell as lines that fill its column."""
        placing, marks = self._placing, self.marks
        role: str = cell.tone or ("head" if head else "")
        sign = marks.signs.get(cell.mark, "")
        if placing.narrow:
            brief = cell.brief or (marks.filled if lane.lines > 1 and cell.text else cell.text)
            text = fit(sign + brief.strip(), placing.width - 1, more="") + " "
            return [[(text, role)], *([[(" " * placing.width, "")]] * (height - 1))]
        inner = placing.width - 2
        text = self._say(cell.text) if not lane.editable else cell.text
        if lane.rating and cell.text.isdigit() and marks.full:
            value = int(cell.text)
            text = f"{marks.full * value}{marks.hollow * (5 - value)} {value}"
        if sign:
            text = f"{sign} {text}"
        lines = [text] if lane.lines == 1 else wrapped(text, inner)
        if len(lines) > height:
            lines = [*lines[: height - 1], f"{lines[height - 1]}{marks.more}"]
            if cells(lines[-1]) > inner:
                lines[-1] = fit(lines[-1], inner, more=marks.more)
        filled = [[(f" {fit(line, inner, more=marks.more)} ", role)] for line in lines]
        return [*filled, *([[(" " * placing.width, "")]] * (height - len(filled)))]

    # Under the map

    def _status_line(self, line: int) -> list[Segment]:
        return self._segments(self._status_runs(line))

    def _status_runs(self, line: int) -> Runs:
        """What stands in the cell under the cursor; what is known of its touchpoint."""
        width = self.size.width
        lane, column, cell = self.chart.lanes[self.lane], self.chart.columns[self.at], self.cell
        if line == 0:
            name = (
                f" {column.code} {column.name}"
                if column.row_id
                else f" {self.chart.bands[self.chart.band_at(self.at)].name}"
            )
            name = fit(name, min(cells(name), width // 2), more=self.marks.more)
            text = "" if not self.lane else f"  {lane.title}: {self._say(cell.text) or '-'}"
            return [(name, "strong"), (fit(text, max(width - cells(name) - 1, 0), more=self.marks.more), "")]
        parts = summary(self.session, column.row_id)
        said = " · ".join(parts) if parts or column.row_id else "No touchpoint yet: Enter goes to the table."
        return [(fit(f" {self._say(said)}", width, more=self.marks.more), "dim")]


def _bracketed(runs: list[tuple[str, Style]], left: str, right: str, style: Style) -> list[tuple[str, Style]]:
    """Runs with a bracket in place of their first and last cell."""
    (first, its), *rest = runs
    runs = [(left, style), (first[1:], its), *rest]
    last, its = runs[-1]
    return [*runs[:-1], (last[:-1], its), (right, style)]


def _merged(runs: list[tuple[str, Style]]) -> list[Segment]:
    """Segments with neighbours of one style in one."""
    merged: list[tuple[str, Style]] = []
    for text, style in runs:
        if merged and merged[-1][1] is style:
            merged[-1] = (merged[-1][0] + text, style)
        elif text:
            merged.append((text, style))
    return [Segment(text, style) for text, style in merged]
