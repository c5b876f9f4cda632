"""What the room sees, large and with room around it: the prompt, the clock, a vote, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.tui.text import cells, fit, wrapped
from cjworkshop.tui.widgets.board import Line, StateBoard, Words, spread
from cjworkshop.tui.widgets.presented_digits import HEIGHT, presented_digits
from cjworkshop.tui.widgets.presented_letters import presented_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    Said = tuple[str, str]

MEASURE = 64
"""Cells of a line of prose at most: a longer one is hard to follow from afar."""
BEST_CELLS = 38
"""Cells from which an item of a ballot has room for what it says."""
MOST_BAR = 60
"""Cells that a bar takes at most."""


class Blank(NamedTuple):
    """Nothing but, perhaps, a few quiet words in the middle."""

    words: str = ""
    ascii_only: bool = False


class Question(NamedTuple):
    """The prompt. While a block runs, its name and, as (words, role), the time left."""

    text: str
    block: str = ""
    left: tuple[str, str] = ("", "")
    ascii_only: bool = False


class Time(NamedTuple):
    """The clock. `digits` is what stands large, in the role `role`; `says` is what must be said with it.

    `within` is the block that an activity belongs to, `coming` what comes next, `facts` are (words, role).
    """

    title: str
    within: str
    digits: str
    role: str
    says: tuple[str, str] = ("", "")
    groups: tuple[str, ...] = ()
    coming: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    ascii_only: bool = False


class Item(NamedTuple):
    """What dots are given to. `dots` is None while they are hidden."""

    code: str
    name: str
    dots: int | None
    rank: str
    stands_out: bool


class Vote(NamedTuple):
    """A round. `free` are the dots left, large while they are given; `at` is the item that must be in view."""

    title: str
    says: str
    free: int | None
    free_says: str
    items: tuple[Item, ...]
    at: int = 0
    ascii_only: bool = False


Slide = Blank | Question | Time | Vote


class PresentedBoard(StateBoard[Slide]):
    """One slide."""

    def __init__(self) -> None:
        super().__init__(Blank(), id="slide")

    def on_show(self) -> None:
        """The slide may have become another one while it was not seen."""
        self.redraw()

    def compose_lines(self, width: int, height: int) -> Sequence[Line]:
        """The slide, in the middle."""
        slide = self.state
        if isinstance(slide, Question):
            return _question(slide, width, height)
        if isinstance(slide, Time):
            return _time(slide, width, height)
        if isinstance(slide, Vote):
            return _vote(slide, width, height)
        return _in_the_middle([_centred(slide.words, "dim", width)], height)


def _centred(text: str, role: str, width: int) -> Line:
    return [Words(fit(text, width, "centre"), role)]


def _in_the_middle(lines: list[Line], height: int) -> list[Line]:
    """With as much above as below; a little more below looks as if it were the middle."""
    return [[] for _ in range(max((height - len(lines)) * 2 // 5, 0))] + lines


def _paragraph(text: str, width: int, height: int, more: str) -> list[str]:
    """The text in lines of a good length, as many as there is room for, evened so that none stands alone."""
    measure = min(MEASURE, width - 4)
    lines = wrapped(text, measure)
    if len(lines) > 1:
        longest = measure
        while longest > 12 and len(wrapped(text, longest - 1)) == len(lines):
            longest -= 1
        lines = wrapped(text, longest)
    if len(lines) > height:
        last = fit(lines[height - 1] + " " + more, measure, more=more).rstrip()
        lines = [*lines[: height - 1], last]
    return lines


def _question(slide: Question, width: int, height: int) -> list[Line]:
    """The question; at the foot what runs, and how long it still has."""
    foot = 2
    said = _large(slide, width, height - foot) or _bold(slide, width, height - foot)
    body = _in_the_middle(said, height - foot)[: height - foot]
    body += [[] for _ in range(height - foot - len(body))]
    words, role = slide.left
    return [*body, [], spread([Words(f"  {slide.block}", "dim")], [Words(f" {words} ", role), Words(" ")], width)]


def _large(slide: Question, width: int, height: int) -> list[Line]:
    """The question in large letters; nothing where it cannot be drawn so, or there is no room for it."""
    lines = None if slide.ascii_only else presented_letters(slide.text, width - 4, height)
    return [_centred(line, "", width) for line in lines or ()]


def _bold(slide: Question, width: int, height: int) -> list[Line]:
    lines = _paragraph(slide.text, width, height, "..." if slide.ascii_only else "…")
    apart = 1 if 2 * len(lines) <= height else 0
    said: list[Line] = []
    for line in lines:
        said += [_centred(line, "strong", width), *([[]] * apart)]
    return said


def _time(slide: Time, width: int, height: int) -> list[Line]:
    """What runs, its time as large as can be, the groups side by side, what comes next, how the day stands."""
    head = [_centred(line, "strong", width) for line in _paragraph(slide.title, width, 2, "…")]
    head += [_centred(slide.within, "dim", width)] if slide.within else []
    below: list[Line] = []
    words, role = slide.says
    below += [[], _centred(words, role, width)] if words else []
    below += [[], *_groups(slide.groups, width)] if slide.groups else []
    foot: list[Line] = [[], _centred(slide.coming, "", width)] if slide.coming else [[]]
    foot += [_facts(slide.facts, width)] if slide.facts else []
    room = height - len(head) - len(below) - len(foot) - 2
    digits = presented_digits(slide.digits, width - 4, max(room, 1), ascii_only=slide.ascii_only)
    body = [*head, [], *(_centred(line, slide.role, width) for line in digits), *below]
    return [*_filled(_in_the_middle(body, height - len(foot)), height - len(foot)), *foot]


def _filled(lines: list[Line], height: int) -> list[Line]:
    return [*lines[:height], *([] for _ in range(height - len(lines)))]


def _facts(facts: tuple[Said, ...], width: int) -> Line:
    gap = "   "
    left = max((width - sum(cells(words) for words, _ in facts) - len(gap) * (len(facts) - 1)) // 2, 0)
    line: Line = [Words(" " * left)]
    for words, role in facts:
        line += [Words(words, role), Words(gap)]
    return line


def _groups(groups: tuple[str, ...], width: int) -> list[Line]:
    """The groups side by side, in as many lines as it takes."""
    longest = max(cells(group) for group in groups)
    across = max(min(len(groups), (width - 4) // (longest + 4)), 1)
    rows = [groups[first : first + across] for first in range(0, len(groups), across)]
    return [
        [Words("  "), *(Words(fit(group, (width - 4) // len(row), "centre"), "accent") for group in row)]
        for row in rows
    ]


def _vote(slide: Vote, width: int, height: int) -> list[Line]:
    """The round and, while dots are given, how many are left, large; below it the items."""
    more = "..." if slide.ascii_only else "…"
    digits = [""] * 2
    if slide.free is not None:
        digits = presented_digits(str(slide.free), width // 3, HEIGHT, ascii_only=slide.ascii_only)
    digits = [*digits, *[""] * (2 - len(digits))]
    left = [Words(f"  {slide.title}", "strong")], [Words(f"  {slide.says}", "dim")]
    across = max(map(cells, digits))
    lines: list[Line] = [[]]
    for y, digit in enumerate(digits):
        note = slide.free_says if y == len(digits) - 1 and slide.free is not None else ""
        right = [Words(f"  {note}  ", "dim"), Words(fit(digit, across), "accent"), Words("  ")]
        lines.append(spread(left[y] if y < len(left) else [], right, width))
    room = max(height - len(lines) - 2, 1)
    if any(item.dots is not None for item in slide.items):
        return [*lines, [], *_results(slide, width, room, more)]
    return [*lines, [], *_ballot(slide, width, room, more)]


def _results(slide: Vote, width: int, room: int, more: str) -> list[Line]:
    """Items with their dots and a bar."""
    codes = max(cells(item.code) for item in slide.items)
    most = max(item.dots or 0 for item in slide.items)
    room_for_both = max(width - codes - 18, 0)
    bar = min(most, MOST_BAR, room_for_both * 2 // 5)
    names = min(max(cells(item.name) for item in slide.items), room_for_both - bar)
    block = "#" if slide.ascii_only else "▮"
    said = _names(slide.items, names, room, more)
    apart = 1 if sum(map(len, said)) + len(said) <= room else 0
    lines: list[Line] = []
    for item, (name, *rest) in zip(slide.items, said, strict=True):
        dots = item.dots or 0
        length = dots if most <= bar else max(dots * bar // most, 1 if dots else 0)
        role = "accent" if item.stands_out else ""
        lines += [
            [
                Words(f"  {fit(item.rank, 4, 'right')} ", role or "dim"),
                Words(f"{fit(item.code, codes)}  {fit(name, names)} ", role),
                Words(fit(str(dots or ""), 4, "right"), "strong"),
                Words("  "),
                Words(block * length, role or "dim"),
            ],
            *([Words(f"{' ' * (codes + 9)}{line}", role)] for line in rest),
            *([[]] * apart),
        ]
    return _within(lines, room, slide.at)


def _ballot(slide: Vote, width: int, room: int, more: str) -> list[Line]:
    """Items without dots, in as many columns as it takes to see them all, if they can be."""
    items = slide.items
    columns = max(min(-(-len(items) // room), (width - 2) // BEST_CELLS), 1)
    rows = -(-len(items) // columns)
    each = (width - 2) // columns
    codes = max((cells(item.code) for item in items), default=0)
    measure = max(each - codes - 4, 1)
    if columns == 1:
        said = _names(items, measure, room, more)
        apart = 1 if sum(map(len, said)) + len(said) <= room else 0
    else:
        said, apart = [[fit(item.name, measure, more=more)] for item in items], 0
    lines: list[Line] = []
    for row in range(rows):
        line: Line = [Words("  ")]
        for item, (name, *_) in zip(items[row::rows], said[row::rows], strict=True):
            line += [Words(f"{fit(item.code, codes)}  ", "accent"), Words(f"{fit(name, measure)}  ")]
        lines += [line, *([Words(f"{' ' * (codes + 4)}{more_of}")] for more_of in said[row][1:]), *([[]] * apart)]
    return _within(lines, room, slide.at % max(rows, 1))


def _names(items: Sequence[Item], width: int, room: int, more: str) -> list[list[str]]:
    """The lines of each name: whole where there is room, else cut.

    Where there is not room for all, the winners go first. While dots are given, none may: who is read whole gets more.
    """
    cut = [[fit(item.name, width, more=more)] for item in items]
    whole = [wrapped(item.name, max(width, 1)) for item in items]
    if items and items[0].dots is None:
        return whole if sum(map(len, whole)) <= room else cut
    spare = room - len(items)
    said = []
    for lines, line in zip(whole, cut, strict=True):
        further = len(lines) - 1
        said.append(lines if further <= spare else line)
        spare -= further if further <= spare else 0
    return said


def _within(lines: list[Line], room: int, at: int) -> list[Line]:
    """The lines that there is room for, with line `at` among them, and how many are further down."""
    if len(lines) <= room:
        return lines
    room = max(room - 1, 1)
    first = min(max(at - room + 1, 0), len(lines) - room)
    below = len(lines) - first - room
    return [*lines[first : first + room], [Words(f"  {below} more" if below else "", "dim")]]
