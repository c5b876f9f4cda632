"""All that is drawn in ASCII, where the terminal or its font knows no more.

Boards and grids have marks of their own for that. Frames, scrollbars and what stands in sentences, such as quotation marks
and dashes, are exchanged here, on the way to the screen, sign for sign: each takes as many cells as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.app import App
    from textual.color import Color

_IN_ASCII = {
    "─━┄┅┈┉╌╍═╴╶╸╺╼╾▔‐‑‒–—―−": "-",
    "│┃┆┇┊┋╎╏║╵╷╹╻╽╿▉▊▋▌▍▎▏▐▕·": "|",
    "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╔╗╚╝╠╣╦╩╬╭╮╯╰": "+",
    "▁": "_",
    "▀▂▃▄▅▆▇█▮■": "#",
    "▯□": ".",
    "←‹◂◀": "<",
    "→›▸▶": ">",
    "↑▲△▴": "^",
    "↓▼▽▾": "v",
    "●•◆◇★☆✦◉◎": "*",
    "○": "o",
    "◐": "+",
    "✓✔✖✗×": "x",
    "…": "~",
    "“”„«»": '"',
    "‘’‚": "'",
    "÷": "/",
    "🔎": "? ",
}
_SIGNS = str.maketrans({sign: instead for signs, instead in _IN_ASCII.items() for sign in signs})
_ARROWS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}


class AsciiOnly(LineFilter):
    """Exchanges the signs that the program draws. Letters stay what they are: those are its users'."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, as wide as they were."""
        del background
        return [segment if segment.text.isascii() else _exchanged(segment) for segment in segments]


def _exchanged(segment: Segment) -> Segment:
    text = segment.text.translate(_SIGNS)
    # With a variation selector behind it a sign is a picture two cells wide, which nothing stands for.
    return Segment(text, segment.style, segment.control) if cell_len(text) == cell_len(segment.text) else segment


def ascii_filter(app: App[object]) -> AsciiOnly | None:
    """What exchanges signs in this program, if it draws with ASCII only."""
    return next((its for its in app.get_line_filters() if isinstance(its, AsciiOnly)), None)


def key_names(text: str, app: App[object]) -> str:
    """`text` that names keys: with ASCII only, arrows by their names, since `^` there stands for Ctrl."""
    if ascii_filter(app) is None:
        return text
    return "".join(_ARROWS.get(character, character) for character in text)
