"""How a value looks in a cell: ratings as bars, flags as ticks, everything else as its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.kinds import Flag, Int, Kind, Names, Number, Rating, Signed

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks that are drawn, in a set for terminals with Unicode and one for those with ASCII only."""

    full: str
    hollow: str
    tick: str
    more: str
    left: str
    right: str
    caret_left: str
    caret_right: str
    thumb: str
    track: str
    up: str
    down: str
    minus: str
    line: str


UNICODE = Marks("▮", "▯", "✓", "…", "‹", "›", "▌", "▐", "┃", "│", "▲", "▼", "−", "─")
ASCII = Marks("", "", "x", "~", "<", ">", "[", "]", "#", "|", "^", "v", "-", "-")


@dataclass(frozen=True, slots=True)
class Face:
    """The text of a cell, at which side it stands, and its tone: `""`, `quiet` (a mark, a hint) or `number`."""

    text: str
    right: bool = False
    tone: str = ""


NOTHING = Face("")


def face_of(column: Column, value: Any, names: Names, marks: Marks) -> Face:
    """How a value of a column looks; a quiet star where a required one is missing."""
    if value == column.kind.empty:
        return Face("*", tone="quiet") if column.required else NOTHING
    return draw(column.kind, value, names, marks)


@singledispatch
def draw(kind: Kind[Any], value: Any, names: Names, marks: Marks) -> Face:
    """How a filled value looks."""
    del marks
    return Face(kind.show(value, names))


@draw.register(Int)
@draw.register(Number)
def _(kind: Int | Number, value: Any, names: Names, marks: Marks) -> Face:
    del marks
    return Face(kind.show(value, names), right=True)


@draw.register
def _(kind: Signed, value: int, names: Names, marks: Marks) -> Face:
    return Face(kind.show(value, names).replace("-", marks.minus), right=True)


@draw.register
def _(kind: Rating, value: int, names: Names, marks: Marks) -> Face:
    _, high = kind.scale
    text = kind.show(value, names)
    if not (kind.one_key and marks.full):
        return Face(text, right=True)
    return Face(f"{marks.full * value}{marks.hollow * (high - value)} {text}")


@draw.register
def _(kind: Flag, value: bool, names: Names, marks: Marks) -> Face:
    del kind, value, names
    return Face(marks.tick)
