"""Scores as they are drawn: touchpoints with what each person gave, their mean and how far they are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.tui.text import cells, fit
from cjworkshop.tui.widgets.board import Line, Words, spread
from cjworkshop.tui.widgets.list_board import ListBoard

if TYPE_CHECKING:
    from collections.abc import Callable

FIGURES = ((6, "mean"), (6, "sd"), (4, "n"), (9, "emotion"), (9, ""))
"""The columns at the right: width, heading."""
ALL_FIGURES = sum(cells_ for cells_, _ in FIGURES)
BETWEEN = 8
"""Cells between the columns."""
MIDDLE = 79
"""Where the figures end at least, so that what is to be discussed has room over them."""
MOST_SCORES = 24
"""People whose scores are shown one by one."""


def _in_turn(raters: tuple[str, ...], width: int) -> str:
    """Who scores, whole names as far as they fit, and how many more there are."""
    if not raters:
        return fit("A digit a person, always in the same order; as many people as you type.", width)
    for shown in range(len(raters), 0, -1):
        more = f" and {len(raters) - shown} more" if shown < len(raters) else ""
        text = f"In turn: {', '.join(raters[:shown])}{more}"
        if cells(text) <= width:
            return text
    return fit(f"{len(raters)} people in turn", width)


class ScoreLine(NamedTuple):
    """A touchpoint: a digit a person, and the figures as they are shown.

    `emotion` is the map's, which `differs` where it is not the mean as a whole number.
    """

    code: str
    name: str
    scores: str
    mean: str
    deviation: str
    n: str
    emotion: str
    discuss: bool
    differs: bool


class ScoreSheet(NamedTuple):
    """All that is drawn. `raters` are those who score, in turn; none where they are not named."""

    raters: tuple[str, ...] = ()
    says: str = ""
    items: tuple[ScoreLine, ...] = ()


class ScoreBoard(ListBoard[ScoreSheet]):
    """Touchpoints with their scores."""

    def __init__(self, typed: Callable[[str], object]) -> None:
        super().__init__(ScoreSheet(), typed, id="scores")

    def head(self, width: int) -> list[Line]:
        """What is scored, by whom in which order, and the headings of the figures."""
        title: Line = [Words(" How does it feel there?", "strong"), Words("   1 very negative, 5 very positive", "dim")]
        if not self.content.items:
            return [title, [], []]
        headings = "".join(fit(words, cells_, "right") for cells_, words in FIGURES)
        return [
            title,
            [Words(f" {_in_turn(self.content.raters, width - 2)}", "dim")],
            spread([Words(f" {self.content.says}", "accent")], [Words(headings, "dim")], self._used(width)),
        ]

    def _widths(self, width: int) -> tuple[int, int, int, int]:
        """The cells of number, code, name and scores."""
        items = self.content.items
        numbers = len(str(len(items)))
        codes = max((cells(item.code) for item in items), default=0)
        scores = min(max((len(item.scores) for item in items), default=0), MOST_SCORES)
        rest = width - numbers - codes - scores - ALL_FIGURES - BETWEEN
        names = min(max((cells(item.name) for item in items), default=0), max(rest, 10))
        return numbers, codes, names, scores

    def _used(self, width: int) -> int:
        """Where the figures end: beside the scores, not at the edge of a wide screen."""
        return min(max(sum(self._widths(width)) + BETWEEN + ALL_FIGURES, MIDDLE), width)

    def item_lines(self, width: int, places: range) -> list[Line]:
        """Number, code, name, scores, figures."""
        widths, used = self._widths(width), self._used(width)
        return [self._item(place, widths, used) for place in places]

    def _item(self, place: int, widths: tuple[int, int, int, int], used: int) -> Line:
        item = self.content.items[place]
        numbers, codes, names, scores = widths
        here = place == self.listing.cursor
        figures = (item.mean, item.deviation, item.n, item.emotion, "discuss" if item.discuss else "")
        roles = ("strong", "warn" if item.discuss else "", "dim", "warn" if item.differs else "dim", "warn")
        left: Line = [
            Words(f" {place + 1:>{numbers}} ", "dim", place),
            Words(f" {fit(item.code, codes)}  {fit(item.name, names)} ", "cursor" if here else "", place),
            Words(f"  {fit(item.scores, scores)}", "", place),
        ]
        right = [
            Words(fit(text, cells_, "right"), role, place)
            for text, (cells_, _), role in zip(figures, FIGURES, roles, strict=True)
        ]
        return spread(left, right, used)
