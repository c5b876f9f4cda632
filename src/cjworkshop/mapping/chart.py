"""What every map is made of: columns under bands, lanes of cells across them, lines drawn over them.

A chart has no sizes and no glyphs: a terminal, a picture or a page draws it in its own way.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from cjworkshop.analysis.curve import turns
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Tone = Literal["", "dim", "strong", "accent", "good", "bad"]
"""How loud a cell speaks."""


class Column(NamedTuple):
    """A place on the way from left to right: mostly a touchpoint. `row_id` is empty where a stage has none yet."""

    row_id: str
    code: str
    name: str


class Band(NamedTuple):
    """Columns that belong together: mostly those of a stage. It covers `size` columns from `first` on."""

    name: str
    first: int
    size: int


class Cell(NamedTuple):
    """What stands where a lane crosses a column.

    `brief` is said where there is room for three letters only, `mark` names a sign to draw before the text, and `rows`
    are the ids of the rows of the lane's table that it tells of. `shorter` says what the text does, in fewer and fewer
    letters, where none of it must be cut; the last goes everywhere.
    """

    text: str = ""
    brief: str = ""
    mark: str = ""
    tone: Tone = ""
    rows: tuple[str, ...] = ()
    shorter: tuple[str, ...] = ()


EMPTY = Cell()


@dataclass(frozen=True)
class Lane:
    """A row of the map. `cells` has one cell a column.

    `field` is the column of `table` in which a cell can be looked at, and with `editable` filled in on the map.
    `lines` is how many lines a cell may take where there is room; a `rating` is drawn as a bar. `lack` is what it says
    across its columns as long as it is `bare`: what is missing, and in a second sentence what to do; empty: nothing.
    """

    key: str
    title: str
    cells: tuple[Cell, ...]
    table: str = "touchpoints"
    field: str = ""
    editable: bool = False
    lines: int = 1
    rating: bool = False
    lack: str = ""

    @property
    def bare(self) -> bool:
        """Whether nothing is to be seen in it."""
        return not any(cell.text for cell in self.cells)

    def only(self, keep: Sequence[bool]) -> Self:
        """The lane with the columns that are kept."""
        return replace(self, cells=tuple(compress(self.cells, keep)))


@dataclass(frozen=True)
class Trace:
    """A line over the columns. `values` has 1–5 or None for each; the others are places among the columns.

    `drops` gives by how many tenths the line falls to a column; None for `peak`, `low` and `end` of an empty line.
    """

    key: Literal["before", "after"]
    title: str
    values: tuple[float | None, ...]
    drops: dict[int, int]
    peak: int | None
    low: int | None
    end: int | None

    @classmethod
    def over(cls, key: Literal["before", "after"], title: str, values: tuple[float | None, ...]) -> Self:
        """The line through these values, with its turns."""
        places = [place for place, value in enumerate(values) if value is not None]
        if not places:
            return cls(key, title, values, {}, None, None, None)
        found = turns([value for value in values if value is not None])
        drops = {places[place]: fall for place, fall in found.drops}
        return cls(key, title, values, drops, places[found.peak], places[found.low], places[-1])

    def turn_at(self, place: int) -> str:
        """What the line does at a column, in a word: `peak`, `low`, `end`; empty where nothing of note."""
        named = {self.end: "end", self.low: "low", self.peak: "peak"}
        return named.get(place, "")


@dataclass(frozen=True)
class Plot(Lane):
    """A lane with lines over a scale from 1 to 5, the quieter one first.

    `gaps` are the columns at which there is no touchpoint: nothing is known of the way across them, so no line is drawn.
    """

    traces: tuple[Trace, ...] = ()
    gaps: frozenset[int] = frozenset()

    @property
    def bare(self) -> bool:
        """Whether no line has a value."""
        return all(trace.end is None for trace in self.traces)

    def only(self, keep: Sequence[bool]) -> Self:
        """The plot with the columns that are kept: neighbours are others now, and so are the turns."""
        traces = (Trace.over(line.key, line.title, tuple(compress(line.values, keep))) for line in self.traces)
        places = list(accumulate(keep, initial=0))
        gaps = frozenset(places[place] for place in self.gaps if keep[place])
        return replace(super().only(keep), traces=tuple(traces), gaps=gaps)


class Station(NamedTuple):
    """A stop of a ride: at which column, on which route, and whether one changes there."""

    place: int
    route: int
    change: bool


@dataclass(frozen=True)
class Tracks(Lane):
    """A lane of subway lines. `routes` are their names from top to bottom; each ride visits its stations in order."""

    routes: tuple[str, ...] = ()
    rides: tuple[tuple[Station, ...], ...] = ()

    @property
    def bare(self) -> bool:
        """Whether no ride stops anywhere."""
        return not any(self.rides)

    def only(self, keep: Sequence[bool]) -> Self:
        """The lines with the columns that are kept; one changes where the ride is on another line than before."""
        places = list(accumulate(keep, initial=0))
        rides = []
        for ride in self.rides:
            kept: list[Station] = []
            for place, route, change in ride:
                if keep[place]:
                    moved = bool(kept) and kept[-1].route != route
                    kept.append(Station(places[place], route, moved or (change and bool(kept) and len(self.rides) > 1)))
            rides.append(tuple(kept))
        return replace(super().only(keep), rides=tuple(rides))


@dataclass(frozen=True)
class Chart:
    """A whole map. The first lane names the columns. `note` is what must be said with it; empty where nothing.

    `remark` is what it comes to, in a sentence; `lack` is what an empty one says: what is missing, then what to do.
    """

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]
    note: str = ""
    remark: str = ""
    lack: str = ""

    def only(self, keep: Callable[[Column], bool]) -> Chart:
        """The map with some of its columns; bands that lose all of theirs go."""
        kept = [keep(column) for column in self.columns]
        if all(kept):
            return self
        bands, first = [], 0
        for band in self.bands:
            size = sum(kept[band.first : band.first + band.size])
            if size:
                bands.append(Band(band.name, first, size))
                first += size
        lanes = tuple(lane.only(kept) for lane in self.lanes)
        return replace(self, columns=tuple(compress(self.columns, kept)), bands=tuple(bands), lanes=lanes)

    @property
    def changes(self) -> bool:
        """Whether one changes from one line to another anywhere."""
        tracks = (lane for lane in self.lanes if isinstance(lane, Tracks))
        return any(stop.change for lane in tracks for ride in lane.rides for stop in ride)

    def band_at(self, place: int) -> int:
        """The number of the band that a column lies in."""
        return next((number for number, band in enumerate(self.bands) if place < band.first + band.size), 0)
