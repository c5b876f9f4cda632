"""The emotion line and what it shows: peak, low, end, sharp drops, the mean of each stage, and how full the map is."""

from __future__ import annotations

import math
from operator import sub
from typing import TYPE_CHECKING, Literal, NamedTuple

from cjworkshop.analysis.evidence import Known, known, levels
from cjworkshop.analysis.stages import journey, stage_parts
from cjworkshop.method.employee_workshop import Stage, Touchpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cjworkshop.domain.session import Session

SHARP_DROP = 20
"""Tenths of a point from one touchpoint to the next."""

COVERED = ("action", "channel", "thought", "emotion", "importance")
"""The columns of a touchpoint that tell how full the map is."""

Whose = Literal["staff", "customers", "final"]
"""Whose line: what staff believe, what customers feel, or the value that stands in the end."""


class Point(NamedTuple):
    """A touchpoint on a line and its value, 1–5."""

    touchpoint: Touchpoint
    value: float


class Drop(NamedTuple):
    """A fall of two points or more: the touchpoint that is fallen to, and by how much (tenths of a point, positive)."""

    touchpoint: Touchpoint
    tenths: int


class StageMean(NamedTuple):
    """The mean of a stage's values on one line and how many they are; None and 0 where there are none."""

    stage: Stage | None
    mean: float | None
    n: int


class Turns(NamedTuple):
    """The turns of a line, as places in its values: peak and low (the earlier of two alike), and its sharp drops.

    `drops` are (the place fallen to, by how many tenths).
    """

    peak: int
    low: int
    drops: tuple[tuple[int, int], ...]


class Shape(NamedTuple):
    """What a line shows. The earlier of two equal peaks or lows is given; None where the line has no point."""

    peak: Point | None
    low: Point | None
    end: Point | None
    drops: tuple[Drop, ...]


def tenths(value: float) -> int:
    """`value` in tenths, halves upward: what people see with one decimal, so that 3.3 − 1.3 is 2."""
    return math.floor(round(value * 10, 6) + 0.5)


def value_on(session: Session, touchpoint: Touchpoint, whose: Whose) -> float | None:
    """A touchpoint's value on one line."""
    return _value(known(session), touchpoint, whose)


def _value(found: Known, touchpoint: Touchpoint, whose: Whose) -> float | None:
    if whose == "staff":
        return touchpoint.emotion
    chain = found.chain(touchpoint)
    return chain.customers if whose == "customers" else chain.final.value


def emotion_line(session: Session, whose: Whose) -> tuple[Point, ...]:
    """The touchpoints that have a value on this line, in the order of the journey."""
    found = known(session)
    values = ((touchpoint, _value(found, touchpoint, whose)) for touchpoint in journey(session))
    return tuple(Point(touchpoint, value) for touchpoint, value in values if value is not None)


def turns(values: Sequence[float]) -> Turns:
    """The turns of a line of at least one value; neighbours are the values that it joins."""
    in_tenths = {value: tenths(value) for value in set(values)}
    shown = [in_tenths[value] for value in values]
    falls = enumerate(map(sub, shown, shown[1:]), 1)
    return Turns(
        peak=values.index(max(values)),
        low=values.index(min(values)),
        drops=tuple((place, fall) for place, fall in falls if fall >= SHARP_DROP),
    )


def shape(line: tuple[Point, ...]) -> Shape:
    """Peak, low, end and sharp drops of a line; neighbours are the points that it joins."""
    if not line:
        return Shape(None, None, None, ())
    found = turns([point.value for point in line])
    drops = tuple(Drop(line[place].touchpoint, fall) for place, fall in found.drops)
    return Shape(line[found.peak], line[found.low], line[-1], drops)


def stage_means(session: Session, whose: Whose) -> tuple[StageMean, ...]:
    """The mean of each stage, in order."""
    means = []
    for part in stage_parts(session):
        given = [value_on(session, touchpoint, whose) for touchpoint in part.touchpoints]
        values = [value for value in given if value is not None]
        means.append(StageMean(part.stage, sum(values) / len(values) if values else None, len(values)))
    return tuple(means)


def coverage(session: Session) -> float | None:
    """Share of the cells that make a map that are filled, 0–1; None without touchpoints."""
    touchpoints = session.rows(Touchpoint)
    columns = [Touchpoint.__table__.column(name) for name in COVERED]
    filled = sum(not column.is_empty(touchpoint) for touchpoint in touchpoints for column in columns)
    return filled / (len(columns) * len(touchpoints)) if touchpoints else None


def assumption_ratio(session: Session) -> float | None:
    """Share of the touchpoints that rest on nothing but what staff assume, 0–1; None without touchpoints."""
    found = levels(session)
    return found.count(0) / len(found) if found else None
