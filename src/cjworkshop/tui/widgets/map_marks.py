"""The signs of the map, in a set for terminals with Unicode and one for those with ASCII only."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn: along, down, and its corners, named for where the two ends leave."""

    along: str
    down: str
    left_down: str
    left_up: str
    right_down: str
    right_up: str


@dataclass(frozen=True, slots=True)
class MapMarks:
    """The signs. `points` and `pens` are of the quieter line and the louder one; `signs` stand before a cell's text."""

    points: tuple[str, str]
    both: str
    drops: tuple[str, str]
    pens: tuple[Pen, Pen]
    station: str
    change: str
    rail: str
    axis: str
    rule: str
    more: str
    left: str
    right: str
    further_left: str
    further_right: str
    full: str
    hollow: str
    filled: str
    here: str
    caret: str
    signs: Mapping[str, str] = field(default_factory=dict)
    plain: Mapping[int, str] = field(default_factory=dict)
    """What is written for signs in our own sentences that the terminal does not know."""


_SIGNS = {
    "moment-of-truth": "★",
    "make-or-break": "◆",
    "wow": "✦",
    "exit": "✖",
    "over-rated": "▼",
    "under-rated": "▲",
    "confirmed": "=",
    "level-0": "▯▯▯",
    "level-1": "▮▯▯",
    "level-2": "▮▮▯",
    "level-3": "▮▮▮",
    "dots": "●",
    "discuss": "≠",
    "keep": "=",
    "fix": "~",
    "add": "+",
    "remove": "×",
}
_SIGNS_IN_ASCII = {
    **_SIGNS,
    "moment-of-truth": "*",
    "make-or-break": "#",
    "wow": "!",
    "exit": "X",
    "over-rated": "v",
    "under-rated": "^",
    "level-0": "...",
    "level-1": "#..",
    "level-2": "##.",
    "level-3": "###",
    "dots": "o",
    "discuss": "!",
    "remove": "x",
}

UNICODE = MapMarks(
    points=("○", "●"),
    both="◉",
    drops=("▽", "▼"),
    pens=(Pen("╌", "╎", "╮", "╯", "╭", "╰"), Pen("━", "┃", "┓", "┛", "┏", "┗")),
    station="●",
    change="◎",
    rail="┈",
    axis="┤",
    rule="│",
    more="…",
    left="▌",
    right="▐",
    further_left="‹",
    further_right="›",
    full="▮",
    hollow="▯",
    filled="•",
    here="▸",
    caret="▏",
    signs=_SIGNS,
)
ASCII = MapMarks(
    points=("o", "*"),
    both="@",
    drops=("v", "V"),
    pens=(Pen(".", ":", ".", ".", ".", "."), Pen("-", "|", "+", "+", "+", "+")),
    station="o",
    change="@",
    rail=".",
    axis="|",
    rule="|",
    more="~",
    left="[",
    right="]",
    further_left="<",
    further_right=">",
    full="",
    hollow="",
    filled="x",
    here=">",
    caret="|",
    signs=_SIGNS_IN_ASCII,
    plain=str.maketrans({"−": "-", "–": "-", "Δ": "difference", "·": "|", "±": "+/-", "“": '"', "”": '"', "…": "~"}),
)
