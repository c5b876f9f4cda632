"""What happens to a text while it is typed: graphemes, words, selection, lines, and its own undo. Draws nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from cjworkshop.domain.text import clean_line, clean_text
from cjworkshop.tui.text import Span, cells, graphemes, wrap

State: TypeAlias = "tuple[str, int, int]"
"""Text, caret, anchor."""


class Buffer:
    """A text with its grapheme boundaries. Positions are indexes into the text and always stand on a boundary."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map(len, graphemes(self.text)), initial=0))

    def snap(self, position: int) -> int:
        """The boundary at or behind `position`."""
        if self.text.isascii() and "\r" not in self.text:
            return min(max(position, 0), len(self.text))
        return self._ends[min(bisect_left(self._ends, position), len(self._ends) - 1)]

    def before(self, position: int) -> int:
        """The boundary before `position`."""
        if self.text.isascii() and "\r" not in self.text:
            return max(position - 1, 0)
        return self._ends[max(bisect_left(self._ends, position) - 1, 0)]

    def behind(self, position: int) -> int:
        """The boundary behind `position`."""
        if self.text.isascii() and "\r" not in self.text:
            return min(position + 1, len(self.text))
        return self._ends[min(bisect_right(self._ends, position), len(self._ends) - 1)]

    def word_before(self, position: int) -> int:
        """Where the word before `position` begins."""
        while position and not self.text[position - 1].isalnum():
            position = self.before(position)
        while position and self.text[position - 1].isalnum():
            position = self.before(position)
        return self.snap(position)

    def word_behind(self, position: int) -> int:
        """Where the word behind `position` ends."""
        last = len(self.text)
        while position < last and not self.text[position].isalnum():
            position = self.behind(position)
        while position < last and self.text[position].isalnum():
            position = self.behind(position)
        return self.snap(position)


class CellEditor:
    """The text of a cell while it is edited.

    `caret` and `anchor` are indexes into `text`; what lies between them is selected. `multiline` says whether it may
    have newlines. A text that was `refused` is replaced by what is typed or pasted next, and edited by all other keys.
    """

    def __init__(self, text: str = "", *, multiline: bool = False, select: bool = False) -> None:
        self.multiline = multiline
        self._buffer = Buffer(text)
        self.caret = len(text)
        self.anchor = 0 if select else self.caret
        self._done: list[State] = []
        self._undone: list[State] = []
        self._typing = False
        self._goal: int | None = None
        self.refused = False

    @property
    def text(self) -> str:
        """As it stands now."""
        return self._buffer.text

    @property
    def selection(self) -> Span:
        """Where the selection begins and ends; the caret twice where nothing is selected. All of a refused text."""
        if self.refused:
            return 0, len(self.text)
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def selected(self) -> str:
        """The selected text."""
        begin, end = self.selection
        return self.text[begin:end]

    # Changing the text

    def insert(self, raw: str) -> None:
        """Put text in place of the selection. Line ends become spaces where newlines are not allowed."""
        text = clean_text(raw) if self.multiline else _flat(raw)
        if not text and raw:
            return
        self._remember()
        self._replace(*self.selection, text)

    def type(self, character: str) -> None:
        """Put one typed code point in: joiners and accents join what stands before them."""
        text = clean_text(character)
        if text and (self.multiline or text not in "\n\t"):
            after_space = self.text[: self.caret][-1:].isspace()
            if after_space and not text.isspace():
                self._typing = False  # a word with the spaces behind it is one step
            self._remember(typing=True)
            self._replace(*self.selection, text)

    def newline(self) -> None:
        """Begin a new line, where that is allowed."""
        if self.multiline:
            self.refused = False
            self.insert("\n")

    def backspace(self) -> None:
        """Delete the selection, or the grapheme before the caret."""
        self._delete(self._buffer.before(self.caret), self.caret)

    def delete(self) -> None:
        """Delete the selection, a refused text, or the grapheme behind the caret."""
        if self.refused:
            self.insert("")
        else:
            self._delete(self.caret, self._buffer.behind(self.caret))

    def delete_word(self) -> None:
        """Delete the selection, or back to where the word begins."""
        self._delete(self._buffer.word_before(self.caret), self.caret)

    def delete_word_right(self) -> None:
        """Delete the selection, or on to where the word ends."""
        self._delete(self.caret, self._buffer.word_behind(self.caret))

    def _delete(self, begin: int, end: int) -> None:
        if self.caret != self.anchor:
            begin, end = self.selection
        if begin != end:
            self._remember()
            self._replace(begin, end, "")

    def _replace(self, begin: int, end: int, text: str) -> None:
        whole = self.text[:begin] + text + self.text[end:]
        self._buffer = Buffer(whole)
        self.caret = self.anchor = self._buffer.snap(begin + len(text))
        self._goal = None
        self.refused = False

    def _remember(self, *, typing: bool = False) -> None:
        """Keep the state for undo; letters typed one after the other are one step."""
        if not (typing and self._typing):
            self._done.append((self.text, self.caret, self.anchor))
        self._typing = typing
        self._undone.clear()

    def undo(self) -> bool:
        """Take back the last typing; False where there is none."""
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        """Type again what was taken back; False where there is nothing."""
        return self._step(self._undone, self._done)

    def _step(self, source: list[State], target: list[State]) -> bool:
        if not source:
            return False
        target.append((self.text, self.caret, self.anchor))
        text, self.caret, self.anchor = source.pop()
        self._buffer = Buffer(text)
        self._typing = False
        self._goal = None
        self.refused = False
        return True

    def refuse(self) -> None:
        """Have what is typed next replace a text that cannot be meant; undo brings it back."""
        self.go(len(self.text))
        self.refused = True

    # Moving the caret

    def go(self, position: int, *, select: bool = False) -> None:
        """Put the caret at a position; with `select` the anchor stays."""
        self.caret = self._buffer.snap(position)
        if not select:
            self.anchor = self.caret
        self._typing = False
        self._goal = None
        self.refused = False

    def left(self, *, select: bool = False) -> None:
        """One grapheme back, or to where the selection begins."""
        collapse = self.caret != self.anchor and not select
        self.go(self.selection[0] if collapse else self._buffer.before(self.caret), select=select)

    def right(self, *, select: bool = False) -> None:
        """One grapheme on, or to where the selection ends."""
        collapse = self.caret != self.anchor and not select
        self.go(self.selection[1] if collapse else self._buffer.behind(self.caret), select=select)

    def word_left(self, *, select: bool = False) -> None:
        """To where the word begins."""
        self.go(self._buffer.word_before(self.caret), select=select)

    def word_right(self, *, select: bool = False) -> None:
        """To where the word ends."""
        self.go(self._buffer.word_behind(self.caret), select=select)

    def start(self, *, select: bool = False) -> None:
        """To the start of the text."""
        self.go(0, select=select)

    def end(self, *, select: bool = False) -> None:
        """To the end of the text."""
        self.go(len(self.text), select=select)

    def select_all(self) -> None:
        """Select the whole text."""
        self.anchor, self.caret = 0, len(self.text)
        self._typing = False
        self.refused = False

    # Lines as they are wrapped in `width` cells

    def lines(self, width: int) -> list[Span]:
        """The lines that the text takes."""
        return wrap(self.text, width)

    def place(self, width: int) -> tuple[int, int]:
        """(line, cell) of the caret; the cell may be `width` at the end of a full line."""
        lines = self.lines(width)
        line = self._line(lines)
        return line, min(cells(self.text[lines[line][0] : self.caret]), width)

    def _line(self, lines: list[Span]) -> int:
        """The line that the caret stands in: the later one where it stands between two."""
        return bisect_right(lines, self.caret, key=lambda span: span[0]) - 1

    def position_at(self, width: int, line: int, cell: int) -> int:
        """The position nearest to a cell of a line."""
        lines = self.lines(width)
        begin, end = lines[min(max(line, 0), len(lines) - 1)]
        position, used = begin, 0
        for grapheme in graphemes(self.text[begin:end]):
            size = cells(grapheme)
            if used + size > cell:
                break
            used += size
            position += len(grapheme)
        last = line < len(lines) - 1 and position == end and lines[line + 1][0] == end and end > begin
        return self._buffer.before(position) if last else position

    def line_start(self, width: int, *, select: bool = False) -> None:
        """To the start of the line."""
        lines = self.lines(width)
        self.go(lines[self._line(lines)][0], select=select)

    def line_end(self, width: int, *, select: bool = False) -> None:
        """To the end of the line."""
        lines = self.lines(width)
        line = self._line(lines)
        end = lines[line][1]
        wrapped_here = line < len(lines) - 1 and lines[line + 1][0] == end
        self.go(self._buffer.before(end) if wrapped_here else end, select=select)

    def up(self, width: int, *, select: bool = False) -> bool:
        """One line up; False on the first line."""
        return self._vertical(width, -1, select)

    def down(self, width: int, *, select: bool = False) -> bool:
        """One line down; False on the last line."""
        return self._vertical(width, 1, select)

    def _vertical(self, width: int, step: int, select: bool) -> bool:
        line, cell = self.place(width)
        if not 0 <= line + step < len(self.lines(width)):
            return False
        goal = cell if self._goal is None else self._goal
        self.go(self.position_at(width, line + step, goal), select=select)
        self._goal = goal
        return True


def _flat(raw: str) -> str:
    """`raw` on one line, with the spaces at its ends kept: it may be put between two words."""
    text = clean_text(raw)
    if "\n" not in text and "\t" not in text:
        return text
    line = clean_line(text)
    return f"{' ' * text[:1].isspace()}{line}{' ' * text[-1:].isspace()}" if line else " "
