"""How a value looks in a cell: ratings as bars, flags as ticks, everything else as its text."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.kinds import Flag, Kind, Names, Rating, Signed
from cjworkshop.lazy import dataclass

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
    """The text of a cell, and the part of the grid whose style it has: its own where that is empty."""

    text: str
    tone: str = ""


NOTHING = Face("")


def face_of(column: Column, value: Any, names: Names, marks: Marks, *, hints: bool = False) -> Face:
    """How a value of a column looks; a quiet star where a required one is missing, and with `hints` what belongs there."""
    if value != column.kind.empty:
        return draw(column.kind, value, names, marks)
    words = ["*"] if column.required else []
    if hints and column.hint:
        words.append(column.hint)
    return Face(" ".join(words), "quiet") if words else NOTHING


@singledispatch
def draw(kind: Kind[Any], value: Any, names: Names, marks: Marks) -> Face:
    """How a filled value looks."""
    del marks
    return Face(kind.show(value, names))


@draw.register
def _(kind: Signed, value: int, names: Names, marks: Marks) -> Face:
    return Face(kind.show(value, names).replace("-", marks.minus))


@draw.register
def _(kind: Rating, value: int, names: Names, marks: Marks) -> Face:
    _, high = kind.scale
    text = kind.show(value, names)
    if not (kind.one_key and marks.full):
        return Face(text)
    return Face(f"{marks.full * value}{marks.hollow * (high - value)} {text}")


@draw.register
def _(kind: Flag, value: bool, names: Names, marks: Marks) -> Face:
    del kind, value, names
    return Face(marks.tick)
