"""A vote as it is drawn: the round and what is left in large digits, the items with their dots, the line that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.text import counted
from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, Words, spread
from cjworkshop.tui.widgets.large import HEIGHT, large
from cjworkshop.tui.widgets.list_board import ListBoard

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BAR = 48
"""Dots that a bar shows one by one."""
WIDE = 140
"""Columns from which a dot is two cells wide."""
HIDDEN = ("·", ".")


def _more(ties: int) -> str:
    """Ties that are not named."""
    return f"  +{counted(ties, 'tie')}"


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
    """All that is drawn. `free` are the dots left of `budget`.

    `says` and behind it `ties` are (words, role), shown in one line: as many ties as fit, and how many more there are.
    """

    title: str = ""
    place: str = ""
    rules: str = ""
    says: tuple[tuple[str, str], ...] = ()
    ties: tuple[tuple[str, str], ...] = ()
    free: int | None = None
    budget: int | None = None
    items: tuple[ItemLine, ...] = ()
    is_over: bool = False


class VoteBoard(ListBoard[Ballot]):
    """What is left in large digits over the items with their dots."""

    def __init__(self, typed: Callable[[str], object]) -> None:
        super().__init__(Ballot(), typed, id="ballot")

    def head(self, width: int) -> list[Line]:
        """Title, rules, state; at the right what is left."""
        state = self.content
        digits = labels = [""] * HEIGHT
        if state.free is not None:
            number = str(abs(state.free)).rjust(len(str(state.budget)))  # so that nothing jumps where a place goes
            digits = large(number, ascii_only=self.listing.ascii_only)
            labels = ["over" if state.free < 0 else "free", f"of {state.budget}", ""]
        label_width, digit_width = max(map(cells, labels)), max(map(cells, digits))
        role = "dim" if state.is_over else "warn" if state.free is not None and state.free < 0 else "accent"
        says = self._says(width - label_width - digit_width - 5)
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

    def _says(self, width: int) -> Line:
        """What the vote comes to; ties that find no room are counted."""
        line: Line = [Words(" "), *(Words(text, role) for text, role in self.content.says)]
        used, ties = sum(words.cells for words in line), self.content.ties
        for place, (text, role) in enumerate(ties):
            more = len(ties) - place - 1
            room = width - used - (cells(_more(more)) if more else 0)
            if place and cells(text) > room:
                return [*line, Words(_more(more + 1), "dim")]
            shown = fit(text, max(min(cells(text), room), 0))
            line.append(Words(shown, role))
            used += cells(shown)
        return line

    def item_lines(self, width: int, places: range) -> list[Line]:
        """Number, code, name, dots, rank, bar."""
        state = self.content
        codes = max((cells(item.code) for item in state.items), default=0)
        most = max((item.dots or 0 for item in state.items), default=0)
        numbers = len(str(len(state.items)))
        fixed = numbers + codes + 16
        names = min(max((cells(item.name) for item in state.items), default=0), max((width - fixed) * 3 // 5, 12))
        bar = max(min(width - fixed - names, MOST_BAR * (1 + (width >= WIDE))), 0)
        return [self._item(place, (numbers, codes, names, bar), most) for place in places]

    def _item(self, place: int, widths: tuple[int, int, int, int], most: int) -> Line:
        item, ascii_only = self.content.items[place], self.listing.ascii_only
        numbers, codes, names, bar = widths
        here = place == self.listing.cursor
        role = "cursor" if here else "accent" if item.stands_out else ""
        target = item.target
        if item.pending is not None:
            dots, dots_role = str(item.pending), "mark"
        elif item.dots is None:
            dots, dots_role = HIDDEN[ascii_only], "dim"
        else:
            dots, dots_role = str(item.dots or ""), "strong" if item.dots else "dim"
        filled = item.pending if item.pending is not None else item.dots or 0
        dot = 1 + (self.size.width >= WIDE)
        longest = max(most, filled) * dot
        length = filled * dot if longest <= bar else max(filled * dot * bar // longest, 1 if filled else 0)
        block = "#" if ascii_only else "▮"
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
