"""The one door by which words reach the screen.

Whatever stands in a session was written by strangers: here it becomes plain `Content` or plain strings, with markup
never on, cleaned again of everything that a terminal might obey, and measured in whole graphemes.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from rich.cells import cell_len
from textual.content import Content

from cjworkshop.domain.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

TAB = "    "
_WORD = re.compile(r"[^ ]+")
_ALONE = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u27bf]*"
)
"""Text of nothing but characters that are drawn as they are and never join their neighbours: most of what there is."""
_GRAPHEME = r"\X"
_UNSEEN = r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+"
_FORMAT = r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad]+"
_LONGEST_GRAPHEME = 32
"""Code points of one grapheme that are drawn: a family with skin tones has 11, a pile of accents has no end."""

Side = Literal["left", "right", "centre"]
Span = tuple[int, int]
"""Where a line of a text begins and ends, as indexes into the text, always between graphemes."""


@cache
def _compiled(pattern: str) -> Any:
    """A pattern with what Unicode knows of characters."""
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types, and takes 5 ms that few texts need

    return regex.compile(pattern)


def graphemes(text: str) -> list[str]:
    """What people take for single characters; joining them gives `text` again."""
    alone = (text.isascii() and "\r" not in text) or _ALONE.fullmatch(text)
    found: list[str] = list(text) if alone else _compiled(_GRAPHEME).findall(text)
    return found


@lru_cache(maxsize=4096)
def glyph(grapheme: str) -> str:
    """What is drawn for one grapheme: tabs as spaces, nothing for what cannot be seen."""
    if grapheme in {"\n", "\r\n"}:
        return " "
    if grapheme == "\t":
        return TAB
    if _ALONE.fullmatch(grapheme):
        return grapheme
    if _compiled(_UNSEEN).fullmatch(grapheme):
        return ""
    # A joiner at the end would swallow the first letter of what stands next to it.
    return str(_compiled(_FORMAT).sub("", grapheme[:_LONGEST_GRAPHEME])).rstrip("\u200d")


def plain(text: str) -> str:
    """`text` on one line, as it may be written to a terminal: line ends and tabs as spaces, no control characters."""
    if _ALONE.fullmatch(text):
        return text
    return "".join(map(glyph, graphemes(clean_text(text))))


def plain_lines(text: str) -> str:
    """`plain` of each line of `text`, with its line ends kept."""
    return "\n".join(map(plain, clean_text(text).split("\n")))


def safe(text: str, style: str = "") -> Content:
    """`text` for any widget, in one style, its line ends kept: what is in it is shown and never obeyed."""
    return Content.styled(plain_lines(text), style)


def cells(text: str) -> int:
    """How many screen cells `plain(text)` takes."""
    return len(text) if text.isascii() and text.isprintable() else cell_len(plain(text))


def fit(text: str, width: int, align: Side = "left", more: str = "…") -> str:
    """`plain(text)` in exactly `width` cells: filled up with spaces, or cut between graphemes with `more` at its end."""
    text = plain(text)
    used = cells(text)
    if used > width:
        text = _cut(text, width - cell_len(more)) + more if width >= cell_len(more) else ""
        used = cells(text)
    space = max(width - used, 0)
    left = {"left": 0, "right": space, "centre": space // 2}[align]
    return " " * left + text + " " * (space - left)


def _cut(text: str, width: int) -> str:
    kept, used = [], 0
    for grapheme in graphemes(text):
        used += cell_len(grapheme)
        if used > width:
            break
        kept.append(grapheme)
    return "".join(kept)


def wrap(text: str, width: int) -> list[Span]:
    """The lines that `text` takes in `width` cells, at least one: broken at spaces, else between graphemes.

    The spaces at which a line is broken belong to its end and may hang over; a newline belongs to no line.
    """
    width = max(width, 1)
    if len(text) <= width and text.isascii() and text.isprintable():
        return [(0, len(text))]
    lines: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        wrap_paragraph = _wrap_ascii if paragraph.isascii() and paragraph.isprintable() else _wrap_graphemes
        lines.extend((start + begin, start + end) for begin, end in wrap_paragraph(paragraph, width))
        start += len(paragraph) + 1
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """`wrap` as the lines to be drawn, without the spaces at their ends; each is at most `width` cells."""
    return [_cut(line, width) for begin, end in wrap(text, width) for line in (plain(text[begin:end].rstrip()),)]


@lru_cache(maxsize=256)
def _wrap_ascii(text: str, width: int) -> tuple[Span, ...]:
    """`_wrap_graphemes` where each character is a cell, word by word."""
    lines: list[Span] = []
    start = 0
    for word in _WORD.finditer(text):
        begin, end = word.span()
        while end - start > width:
            if begin > start:
                lines.append((start, begin))
                start = begin
            elif end - begin > width:
                lines.append((start, start + width))
                start = begin = start + width
            else:
                break
    lines.append((start, len(text)))
    return tuple(lines)


@lru_cache(maxsize=256)
def _wrap_graphemes(text: str, width: int) -> tuple[Span, ...]:
    return tuple(_grapheme_lines(text, width))


def _grapheme_lines(text: str, width: int) -> Iterator[Span]:
    start = position = used = 0
    chance = chance_used = 0
    for grapheme in graphemes(text):
        size = _size(grapheme)
        if grapheme.isspace():
            position += len(grapheme)
            used += size
            chance, chance_used = position, used
            continue
        if size == 2:  # ideographs and emoji may be parted from what stands before them
            chance, chance_used = position, used
        while used + size > width and position > start:
            end, end_used = (chance, chance_used) if chance > start else (position, used)
            yield start, end
            start, used = end, used - end_used
            chance = start
        position += len(grapheme)
        used += size
        if size == 2:
            chance, chance_used = position, used
    yield start, position


@lru_cache(maxsize=4096)
def _size(grapheme: str) -> int:
    return cell_len(glyph(grapheme))
