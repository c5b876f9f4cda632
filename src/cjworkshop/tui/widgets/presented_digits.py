"""Digits as large as there is room for, drawn in squares: to be read from the back row."""

from __future__ import annotations

HEIGHT = 5
"""Squares from top to bottom."""

_SHAPES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "d": ("  #", "  #", "###", "# #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "-": ("   ", "   ", "###", "   ", "   "),
    " ": (" ", " ", " ", " ", " "),
}


def squares(text: str) -> list[str]:
    """The five lines of `text`, a `#` for each square that is filled; what has no shape is left out."""
    shapes = [_SHAPES[character] for character in text if character in _SHAPES]
    return [" ".join(shape[y] for shape in shapes) for y in range(HEIGHT)]


def presented_digits(text: str, width: int, height: int, *, ascii_only: bool = False) -> list[str]:
    """`text` in at most `height` lines of at most `width` cells.

    A square is two cells wide and one high, or as many times that as there is room for. Where there is not even room
    for that, the text itself is the line.
    """
    lines = squares(text)
    times = min(width // max(2 * len(lines[0]), 1), height // HEIGHT)
    if times < 1:
        return [text][:height]
    ink = "#" if ascii_only else "█"
    drawn = ["".join((ink if square == "#" else " ") * 2 * times for square in line) for line in lines]
    return [line for line in drawn for _ in range(times)]
