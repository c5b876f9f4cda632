"""The journey as a subway map: lines from left to right, stations at the touchpoints, interchanges between lines.

Either a line is a channel, and one ride changes between them; or a line is a persona, and one changes there where the
channel does.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.analysis.memo import derived, of_each, rows
from cjworkshop.mapping.chart import Chart, Station, Tracks
from cjworkshop.mapping.journey_map import NO_MAP, head, lane_of, note
from cjworkshop.mapping.lanes import BY_KEY, bands, columns, stops
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import Touchpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.session import Session

LineOf = Literal["channel", "persona"]

MOST_CHANNELS = 8
"""Lines of channels; the rarer ones share one more."""
OTHERS = "others"
NO_CHANNEL = "No channel yet. Fill in Channel, or S for a line per persona."
NO_STATION = "No touchpoint yet. Type the first ones in step 2."

_Lines = tuple[tuple[str, ...], tuple[tuple[Station, ...], ...]]


def channels_of(text: str) -> tuple[str, ...]:
    """The channels that a cell names: `phone/portal` is two of them."""
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in re.split(r"[/,;+&]", text)))))


class _Visit(NamedTuple):
    """What matters of a touchpoint to the lines: whose it is (empty: everybody's), and its channels."""

    personas: tuple[str, ...]
    channels: tuple[str, ...]


@of_each(stops)
def _visits(_: Session) -> Callable[[Touchpoint | None], _Visit | None]:
    return lambda row: None if row is None else _Visit(row.personas, channels_of(row.channel))


@derived(_visits)
def by_channel(visits: tuple[_Visit | None, ...]) -> _Lines:
    """A line for each of the most usual channels, in the order in which the journey comes to them, and one ride.

    Where a touchpoint has several channels one stays on the line if that is among them.
    """
    named = [visit.channels if visit else () for visit in visits]
    usual = Counter(channel.casefold() for channels in named for channel in channels)
    kept = {channel for channel, _ in usual.most_common(MOST_CHANNELS)} if len(usual) > MOST_CHANNELS + 1 else {*usual}
    titles: dict[str, str] = {}
    for channels in named:
        for channel in channels:
            if channel.casefold() in kept:
                titles.setdefault(channel.casefold(), channel)
    routes = [*titles]
    served = [{channel.casefold() if channel.casefold() in kept else "" for channel in channels} for channels in named]
    if any("" in lines for lines in served):
        routes.append("")
        titles[""] = OTHERS
    taken: list[tuple[int, str]] = []
    stations = [(place, lines) for place, lines in enumerate(served) if lines]
    for (place, lines), (_, ahead) in pairwise([*stations, (0, set())]):
        taken.append((place, _line(lines, taken[-1][1] if taken else "", ahead, routes, usual)))
    used = [route for route in routes if any(line == route for _, line in taken)]
    ride = [
        Station(place, used.index(line), bool(number) and line != taken[number - 1][1])
        for number, (place, line) in enumerate(taken)
    ]
    return tuple(titles[route] for route in used), (tuple(ride),)


def _line(lines: set[str], here: str, ahead: set[str], routes: list[str], usual: Counter[str]) -> str:
    """The line to take of those that stop here: the same, else one that goes on to the next station, else a usual one."""
    if here in lines:
        return here
    onward = lines & ahead or lines
    return max(sorted(onward, key=routes.index), key=lambda line: usual[line])


@derived(_visits, rows(Persona))
def by_persona(visits: tuple[_Visit | None, ...], personas: tuple[Persona, ...]) -> _Lines:
    """A line and a ride for each persona; where none is named, one for everybody."""
    rides = []
    for number, persona_id in enumerate([persona.id for persona in personas] or [""]):
        ride: list[Station] = []
        before: set[str] = set()
        for place, visit in enumerate(visits):
            if visit is None or (persona_id and visit.personas and persona_id not in visit.personas):
                continue
            channels = {channel.casefold() for channel in visit.channels}
            ride.append(Station(place, number, bool(before and channels and not before & channels)))
            before = channels or before
        rides.append(tuple(ride))
    return tuple(persona.name for persona in personas) or ("everybody",), tuple(rides)


def subway(session: Session, line_of: LineOf) -> Chart:
    """The subway map over the columns of the journey."""
    routes, rides = by_channel(session) if line_of == "channel" else by_persona(session)
    channel = lane_of(session, BY_KEY["channel"])
    lack = NO_CHANNEL if line_of == "channel" and session.rows(Touchpoint) else NO_STATION
    lanes = (
        head(session),
        Tracks(**{**vars(channel), "key": "tracks", "lack": lack}, routes=routes, rides=rides),
        channel,
        *(lane_of(session, BY_KEY[key]) for key in ("moment", "verdict", "pains", "action")),
    )
    return Chart(columns(session), bands(session), lanes, note(session), lack=NO_MAP)
