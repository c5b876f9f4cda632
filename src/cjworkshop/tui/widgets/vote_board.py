"""A vote as it is drawn: the round and what is left in large digits, the items with their dots, the line that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread
from cjworkshop.tui.widgets.direct import Direct
from cjworkshop.tui.widgets.large import HEIGHT, large

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

HEAD, FOOT = HEIGHT + 1, 2
"""Lines above the items and below them, each with its rule."""
MOST_BAR = 48
"""Cells that a bar takes at most."""
HIDDEN = ("·", ".")


class ItemLine(NamedTuple):
    """An item. `dots` is None while they are hidden; `pending` is the number being typed for it; `rank` as shown."""

    code: str
    name: str
    dots: int | None
    pending: int | None
    rank: str
    stands_out: bool
    target: int


class Ballot(NamedTuple):
    """All that is drawn. `free` are the dots left of `budget`; `says` are (words, role), shown in one line."""

    title: str = ""
    place: str = ""
    rules: str = ""
    says: tuple[tuple[str, str], ...] = ()
    free: int | None = None
    budget: int | None = None
    items: tuple[ItemLine, ...] = ()
    cursor: int = 0
    line: str = ""
    caret: int = 0
    reading: tuple[str, str] = ("", "")
    hint: str = ""
    invitation: tuple[str, ...] = ()
    is_over: bool = False
    ascii_only: bool = False


class VoteBoard(Direct, StateBoard[Ballot]):
    """Items from top to bottom, scrolled so that the cursor is in view, over the line in which one types.

    `typed` is told what is typed or pasted.
    """

    can_focus = True

    def __init__(self, typed: Callable[[str], object]) -> None:
        super().__init__(Ballot(), id="ballot")
        self._typed = typed
        self._first = 0

    def take_key(self, event: events.Key) -> None:
        """Letters, digits and signs go to the line."""
        if event.is_printable and event.character:
            self._typed(event.character)

    def take_paste(self, text: str) -> None:
        """So does what is pasted."""
        self._typed(text)

    def compose_lines(self, width: int, height: int) -> list[Line]:
        """Head, items, line."""
        state = self.state
        room = max(height - HEAD - FOOT, 1)
        if state.invitation:
            body: list[Line] = [[], *([Words(f"  {text}")] for text in state.invitation)][:room]
        else:
            self._scroll(room)
            body = self._items(width, range(self._first, min(self._first + room, len(state.items))))
        body += [[] for _ in range(room - len(body))]
        rule = [Words(("-" if state.ascii_only else "─") * width, "rule")]
        below = len(state.items) - self._first - room
        return [*self._head(width), rule, *body, self._scrolled(width, below), self._line(width)]

    def _scroll(self, room: int) -> None:
        """Move the window of items no further than it takes to see the cursor."""
        last = max(len(self.state.items) - room, 0)
        self._first = min(max(self._first, self.state.cursor - room + 1), self.state.cursor, last)

    def _scrolled(self, width: int, below: int) -> Line:
        """The rule under the items, which says how many more there are."""
        stroke = "-" if self.state.ascii_only else "─"
        more = f" {below} more below " if below > 0 and not self.state.invitation else ""
        return [Words(stroke * max(width - cells(more) - 2, 0), "rule"), Words(more, "dim"), Words(stroke * 2, "rule")]

    def _head(self, width: int) -> list[Line]:
        state = self.state
        digits = labels = [""] * HEIGHT
        if state.free is not None:
            number = str(abs(state.free)).rjust(len(str(state.budget)))  # so that nothing jumps where a place goes
            digits = large(number, ascii_only=state.ascii_only)
            labels = ["over" if state.free < 0 else "free", f"of {state.budget}", ""]
        label_width, digit_width = max(map(cells, labels)), max(map(cells, digits))
        role = "dim" if state.is_over else "warn" if state.free is not None and state.free < 0 else "accent"
        says: Line = [Words(" "), *(Words(text, its) for text, its in state.says)]
        lefts: list[Line] = [
            [Words(f" {state.title}", "strong"), Words(f"   {state.place}", "dim")],
            [Words(f" {state.rules}", "dim")],
            says,
        ]
        return [
            spread(
                left,
                [
                    Words("  " + fit(label, label_width, "right"), "dim"),
                    Words("  " + fit(digit, digit_width), role),
                    Words(" "),
                ],
                width,
            )
            for left, label, digit in zip(lefts, labels, digits, strict=True)
        ]

    def _items(self, width: int, places: range) -> list[Line]:
        state = self.state
        codes = max((cells(item.code) for item in state.items), default=0)
        most = max((item.dots or 0 for item in state.items), default=0)
        numbers = len(str(len(state.items)))
        fixed = numbers + codes + 16
        names = min(max((cells(item.name) for item in state.items), default=0), max((width - fixed) * 3 // 5, 12))
        bar = max(min(width - fixed - names, MOST_BAR), 0)
        return [self._item(place, (numbers, codes, names, bar), most) for place in places]

    def _item(self, place: int, widths: tuple[int, int, int, int], most: int) -> Line:
        state, item = self.state, self.state.items[place]
        numbers, codes, names, bar = widths
        here = place == state.cursor
        role = "cursor" if here else "accent" if item.stands_out else ""
        target = item.target
        if item.pending is not None:
            dots, dots_role = str(item.pending), "mark"
        elif item.dots is None:
            dots, dots_role = HIDDEN[state.ascii_only], "dim"
        else:
            dots, dots_role = str(item.dots or ""), "strong" if item.dots else "dim"
        filled = item.pending if item.pending is not None else item.dots or 0
        length = filled if max(most, filled) <= bar else max(filled * bar // max(most, filled), 1 if filled else 0)
        block = "#" if state.ascii_only else "▮"
        return [
            Words(f" {place + 1:>{numbers}} ", "dim", target),
            Words(f" {fit(item.code, codes)}  {fit(item.name, names)} ", role, target),
            Words("  "),
            Words(fit(dots, 4, "right"), dots_role, target),
            Words("  "),
            Words(fit(item.rank, 3), "accent" if item.stands_out else "dim", target),
            Words(" "),
            Words(fit(block * length, bar), "accent" if item.stands_out or here else "dim", target),
        ]

    def _line(self, width: int) -> Line:
        """What is typed with its caret, and what it would do."""
        state = self.state
        if state.invitation:
            return [Words(" ")]
        text, role = state.reading
        if not state.line and not text:
            return [Words(" > ", "accent"), Words(" ", "cursor"), Words(f"  {fit(state.hint, width - 6)}", "dim")]
        line, caret = state.line, state.caret
        at, behind = line[caret : caret + 1], line[caret + 1 :]
        before = _end_of(line[:caret], max(width - cells(text) - cells(behind) - 10, 20))
        return [
            Words(" > ", "accent"),
            Words(before),
            Words(at or " ", "cursor"),
            Words(behind),
            Words("   "),
            Words(f" {text} " if role == "bad" else text, role),
        ]


def _end_of(text: str, width: int) -> str:
    """The end of a text that is too long for its room."""
    while cells(text) > width:
        text = text[1:]
    return text
