"""Words in letters five lines high, drawn by hand in squares: to be read from the back row."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ROWS = 10
"""Squares of a line of text from top to bottom: seven for capitals, the rest for tails and what parts two lines."""
SPACE, APART = 3, 1
"""Squares between words, and between letters."""

_CAPITALS = {
    "A": ".##./#..#/#..#/####/#..#/#..#/#..#",
    "B": "###./#..#/#..#/###./#..#/#..#/###.",
    "C": ".###/#.../#.../#.../#.../#.../.###",
    "D": "###./#..#/#..#/#..#/#..#/#..#/###.",
    "E": "####/#.../#.../###./#.../#.../####",
    "F": "####/#.../#.../###./#.../#.../#...",
    "G": ".###/#.../#.../#.##/#..#/#..#/.###",
    "H": "#..#/#..#/#..#/####/#..#/#..#/#..#",
    "I": "###/.#./.#./.#./.#./.#./###",
    "J": "..##/...#/...#/...#/...#/#..#/.##.",
    "K": "#..#/#..#/#.#./##../#.#./#..#/#..#",
    "L": "#.../#.../#.../#.../#.../#.../####",
    "M": "#...#/##.##/#.#.#/#.#.#/#...#/#...#/#...#",
    "N": "#..#/##.#/##.#/#.##/#.##/#..#/#..#",
    "O": ".##./#..#/#..#/#..#/#..#/#..#/.##.",
    "P": "###./#..#/#..#/###./#.../#.../#...",
    "Q": ".##./#..#/#..#/#..#/#..#/#.#./.#.#",
    "R": "###./#..#/#..#/###./#.#./#..#/#..#",
    "S": ".###/#.../#.../.##./...#/...#/###.",
    "T": "#####/..#../..#../..#../..#../..#../..#..",
    "U": "#..#/#..#/#..#/#..#/#..#/#..#/.##.",
    "V": "#...#/#...#/#...#/.#.#./.#.#./..#../..#..",
    "W": "#...#/#...#/#...#/#.#.#/#.#.#/##.##/#...#",
    "X": "#...#/#...#/.#.#./..#../.#.#./#...#/#...#",
    "Y": "#...#/#...#/.#.#./..#../..#../..#../..#..",
    "Z": "####/...#/..#./..#./.#../#.../####",
}
_HIGH = {
    "b": "#.../#.../###./#..#/#..#/#..#/###.",
    "d": "...#/...#/.###/#..#/#..#/#..#/.###",
    "f": ".##/.#./###/.#./.#./.#./.#.",
    "h": "#.../#.../###./#..#/#..#/#..#/#..#",
    "i": "#/./#/#/#/#/#",
    "j": ".#/../.#/.#/.#/.#/.#/.#/#.",
    "k": "#.../#.../#..#/#.#./##../#.#./#..#",
    "l": "#./#./#./#./#./#./.#",
    "t": ".#./.#./###/.#./.#./.#./..#",
    "ß": ".##./#..#/#.#./#..#/#..#/#..#/#.#.",
    "0": ".##./#..#/#..#/#..#/#..#/#..#/.##.",
    "1": ".#./##./.#./.#./.#./.#./###",
    "2": ".##./#..#/...#/..#./.#../#.../####",
    "3": "###./...#/...#/.##./...#/...#/###.",
    "4": "#..#/#..#/#..#/####/...#/...#/...#",
    "5": "####/#.../###./...#/...#/#..#/.##.",
    "6": ".##./#.../#.../###./#..#/#..#/.##.",
    "7": "####/...#/...#/..#./..#./.#../.#..",
    "8": ".##./#..#/#..#/.##./#..#/#..#/.##.",
    "9": ".##./#..#/#..#/.###/...#/...#/.##.",
    "?": ".##./#..#/...#/..#./.#../..../.#..",
    "!": "#/#/#/#/#/./#",
    "'": "#/#",
    "’": "#/#",
    "‘": "#/#",
    '"': "#.#/#.#",
    "“": "#.#/#.#",
    "”": "#.#/#.#",
    "/": "..#/..#/.#./.#./.#./#../#..",
    "(": ".#/#./#./#./#./#./.#",
    ")": "#./.#/.#/.#/.#/.#/#.",
    "&": ".#../#.#./#.#./.#../#.#./#..#/.##.#",
    "%": "#..#/...#/..#./.##./.#../#.../#..#",
}
_LOW = {
    "a": ".##./...#/.###/#..#/.###",
    "c": ".###/#.../#.../#.../.###",
    "e": ".##./#..#/####/#.../.###",
    "ı": "#/#/#/#/#",
    "g": ".###/#..#/#..#/#..#/.###/...#/.##.",
    "m": "####./#.#.#/#.#.#/#.#.#/#.#.#",
    "n": "###./#..#/#..#/#..#/#..#",
    "o": ".##./#..#/#..#/#..#/.##.",
    "p": "###./#..#/#..#/#..#/###./#.../#...",
    "q": ".###/#..#/#..#/#..#/.###/...#/...#",
    "r": "#.#/##./#../#../#..",
    "s": ".###/#.../.##./...#/###.",
    "u": "#..#/#..#/#..#/#..#/.###",
    "v": "#...#/#...#/.#.#./.#.#./..#..",
    "w": "#...#/#.#.#/#.#.#/#.#.#/.#.#.",
    "x": "#..#/#..#/.##./#..#/#..#",
    "y": "#..#/#..#/#..#/#..#/.###/...#/.##.",
    "z": "####/...#/.##./#.../####",
    ".": "././././#",
    ",": "../../../.#/.#/#.",
    ":": "./#/././#",
    ";": "../.#/../.#/.#/#.",
    "…": "...../...../...../...../#.#.#",
    "-": ".../.../###",
    "–": "..../..../####",
    "—": "...../...../#####",
    "+": ".../.#./###/.#./...",
    "=": ".../###/.../###/...",
}
_MARKS = {
    "\u0300": "#./.#",
    "\u0301": ".#/#.",
    "\u0302": ".#./#.#",
    "\u0303": ".#.#/#.#.",
    "\u0308": "#.#",
    "\u030a": ".#.",
}
"""Accents, over small letters that leave room for them."""


def _glyph(shape: str, top: int) -> tuple[str, ...]:
    rows = shape.split("/")
    width = max(map(len, rows))
    blank = "." * width
    return tuple([blank] * top + [row.ljust(width, ".") for row in rows] + [blank] * (ROWS - top - len(rows)))


_GLYPHS = {
    **{letter: _glyph(shape, 0) for letter, shape in (_CAPITALS | _HIGH).items()},
    **{letter: _glyph(shape, 2) for letter, shape in _LOW.items()},
}


def _accented(letter: str) -> tuple[str, ...] | None:
    """A small letter with its accent; None for what is not drawn so."""
    parts = unicodedata.normalize("NFD", letter)
    base, marks = "ı" if parts[:1] == "i" else parts[:1], parts[1:]
    if base not in _LOW or len(marks) != 1 or marks[0] not in _MARKS:
        return None
    glyph, mark = _GLYPHS[base], _MARKS[marks[0]].split("/")
    width = max(len(glyph[0]), len(mark[0]))
    over = tuple(row.center(width, ".") for row in mark)
    below = tuple(row.center(width, ".") for row in glyph)
    return (*over, *below[len(over) :])


@lru_cache(maxsize=256)
def _word(word: str) -> tuple[str, ...] | None:
    """The rows of a word; None where it has a character that has no letter here."""
    found = [_GLYPHS.get(letter) or _accented(letter) for letter in unicodedata.normalize("NFC", word)]
    glyphs = [glyph for glyph in found if glyph is not None]
    if len(glyphs) < len(found):
        return None
    return tuple(("." * APART).join(glyph[y] for glyph in glyphs) for y in range(ROWS))


def _broken(words: list[tuple[str, ...]], width: int) -> list[list[tuple[str, ...]]]:
    """The words in lines of at most so many squares, where no word is longer."""
    lines: list[list[tuple[str, ...]]] = [[]]
    used = -SPACE
    for word in words:
        length = len(word[0])
        if lines[-1] and used + SPACE + length > width:
            lines.append([])
            used = -SPACE
        lines[-1].append(word)
        used += SPACE + length
    return lines


def presented_letters(text: str, width: int, height: int) -> list[str] | None:
    """The lines of a text in large letters, each as long as the others, as large as there is room for.

    None where there is not even room for letters of half a line a square, or some character has no letter here.
    """
    words = [word for word in map(_word, text.split()) if word is not None]
    if not words or len(words) < len(text.split()):
        return None
    longest = max(len(word[0]) for word in words)
    for across, down in ((2, 10), (1, 5)):  # a square is two cells wide and a line high, or one wide and half as high
        room = width // across
        lines = _broken(words, room)
        if longest > room or len(lines) * down > height:
            continue
        while room > longest and len(_broken(words, room - 1)) == len(lines):
            room -= 1  # lines of about the same length
        return [row for line in _broken(words, room) for row in _drawn(line, across)]
    return None


def _drawn(words: list[tuple[str, ...]], across: int) -> list[str]:
    rows = [("." * SPACE).join(word[y] for word in words) for y in range(ROWS)]
    if across == 2:
        return ["".join("██" if square == "#" else "  " for square in row) for row in rows]
    halves = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}
    return [
        "".join(halves[upper + lower] for upper, lower in zip(rows[y], rows[y + 1], strict=True))
        for y in range(0, ROWS, 2)
    ]
