"""A list with a head over it and a line to type in under it: what boards of votes and scores have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, StateBoard, Words
from cjworkshop.tui.widgets.direct import Direct

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

HEAD, FOOT = 4, 2
"""Lines above the items and below them, each with its rule."""


class Listing(NamedTuple):
    """What any list shows besides its items.

    `length` is how many items there are, `reading` are (words, role) of what the line would do, `hint` says what can be
    typed. A line that was `refused` is drawn as selected: typing replaces it. An `invitation` stands in place of the
    items where there are none.
    """

    length: int = 0
    cursor: int = 0
    line: str = ""
    caret: int = 0
    refused: bool = False
    reading: tuple[str, str] = ("", "")
    hint: str = ""
    invitation: tuple[str, ...] = ()
    ascii_only: bool = False


Content = TypeVar("Content")


class ListBoard(Direct, StateBoard[tuple[Listing, Content]], Generic[Content]):
    """Items from top to bottom, scrolled so that the cursor is in view, over the line in which one types.

    `typed` is told what is typed or pasted. A subclass draws the `head` and each item of its content.
    """

    can_focus = True

    def __init__(self, content: Content, typed: Callable[[str], object], *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__((Listing(), content), id=id)
        self._typed = typed
        self._first = 0

    @property
    def listing(self) -> Listing:
        """The cursor, the line and what is said of it."""
        return self.state[0]

    @property
    def content(self) -> Content:
        """What is listed."""
        return self.state[1]

    def head(self, width: int) -> list[Line]:
        """The three lines above the rule."""
        raise NotImplementedError

    def item_lines(self, width: int, places: range) -> list[Line]:
        """A line each for the items at these places."""
        raise NotImplementedError

    def take_key(self, event: events.Key) -> None:
        """Letters, digits and signs go to the line."""
        if event.is_printable and event.character:
            self._typed(event.character)

    def take_paste(self, text: str) -> None:
        """So does what is pasted."""
        self._typed(text)

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Head, items, line."""
        state = self.listing
        room = max(height - HEAD - FOOT, 1)
        if state.invitation:
            body: list[Line] = [[], *([Words(f"  {text}")] for text in state.invitation)][:room]
        else:
            self._scroll(room)
            body = self.item_lines(width, range(self._first, min(self._first + room, state.length)))
        body += [[] for _ in range(room - len(body))]
        rule = [Words(("-" if state.ascii_only else "─") * width, "rule")]
        below = state.length - self._first - room
        return [*self.head(width), rule, *body, self._rule(width, below), self._line(width)]

    def _scroll(self, room: int) -> None:
        """Move the window of items no further than it takes to see the cursor."""
        last = max(self.listing.length - room, 0)
        self._first = min(max(self._first, self.listing.cursor - room + 1), self.listing.cursor, last)

    def _rule(self, width: int, below: int) -> Line:
        """The rule over the line: what the line would do, or what is wrong with it, and how many items are below."""
        stroke = "-" if self.listing.ascii_only else "─"
        text, role = self.listing.reading
        text = f" {text} " if text else ""
        more = f" {below} more below " if below > 0 and not self.listing.invitation else ""
        more = more if cells(text) + cells(more) + 4 <= width else ""
        left: Line = [Words(stroke * 2 if text else "", "rule"), Words(fit(text, min(cells(text), width - 2)), role)]
        right: Line = [Words(more, "dim"), Words(stroke * 2, "rule")]
        rest = max(width - sum(words.cells for words in (*left, *right)), 0)
        return [*left, Words(stroke * rest, "rule"), *right]

    def _line(self, width: int) -> Line:
        """What is typed, with its caret."""
        state = self.listing
        if state.invitation:
            return [Words(" ")]
        line, caret = state.line, state.caret
        if not line:
            return [Words(" > ", "accent"), Words(" ", "cursor"), Words(f"  {fit(state.hint, width - 6)}", "dim")]
        at, behind = line[caret : caret + 1], line[caret + 1 :]
        before = _end_of(line[:caret], max(width - 6 - cells(behind), width // 2))
        role = "selected" if state.refused else ""
        return [Words(" > ", "accent"), Words(before, role), Words(at or " ", "cursor"), Words(behind, role)]


def _end_of(text: str, width: int) -> str:
    """The end of a text that is too long for its room."""
    while cells(text) > width:
        text = text[1:]
    return text
