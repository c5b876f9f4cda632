"""The rules of a round of votes: what it decides, over what, how many dots, and how they are collected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cjworkshop.domain.text import clean_line
from cjworkshop.errors import BadValue
from cjworkshop.facilitation.voting import Rules
from cjworkshop.tui.modals.dialog import Dialog, fault, field
from cjworkshop.tui.text import safe
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.widget import Widget

MODES = (
    ("room", False, "The room as one: you type what it gives, totals are seen"),
    ("room", True, "The room as one, totals hidden until they are revealed"),
    ("person", False, "Person by person, totals hidden until they are revealed"),
    ("person", True, "Person by person without names"),
)
"""Mode, anonymous, words."""
NUMBERS = (("voters", "Voters"), ("dots_each", "Dots each"), ("cap", "Most on one"))


class Decided(NamedTuple):
    """The rules as they were filled in, and whether the round is to begin `later`."""

    rules: Rules
    later: bool = False


class RulesDialog(Dialog[Decided]):
    """Asks for the rules of a round. `offered` has the usual ones for each table that can be voted on.

    A round that `is_new` can be prepared, to begin later.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "later", "Begin later", id="rules.later", tooltip="A new round: prepare it as a draft."),
    ]

    def __init__(
        self, title: str, offered: Mapping[str, Rules], titles: Mapping[str, str], over: str, *, is_new: bool
    ) -> None:
        super().__init__(title)
        self._is_new = is_new
        self._offered = offered
        self._titles = titles
        self._tables = tuple(offered)
        self._over = over

    def content(self) -> Iterable[Widget]:
        """Lines, and two lists."""
        rules = self._offered[self._over]
        yield field("Question", TextLine(rules.title, id="title-of-round"))
        for name, label in NUMBERS:
            yield field(label, TextLine(str(getattr(rules, name)), id=name))
        yield Static(safe("Over"), classes="heading")
        tables = OptionList(*(Option(safe(self._titles[name]), id=name) for name in self._tables), id="tables")
        tables.highlighted = self._tables.index(self._over)
        yield tables
        yield Static(safe("Ballots"), classes="heading")
        modes = OptionList(*(Option(safe(words)) for _, _, words in MODES), id="modes")
        modes.highlighted = next(
            place for place, mode in enumerate(MODES) if mode[:2] == (rules.mode or "room", rules.anonymous)
        )
        yield modes
        yield fault()

    def keys(self) -> str:
        """How to go on."""
        if self._is_new:
            return "Tab next   ↑ ↓ choose   Enter begin   Ctrl+L begin later   Esc cancel"
        return "Tab next field   ↑ ↓ choose   Enter take   Esc cancel"

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another table has another title and number of dots, where they still are the usual ones."""
        if event.option_list.id != "tables":
            return
        before, self._over = self._offered[self._over], self._tables[event.option_index]
        after = self._offered[self._over]
        for name, was, now in (
            ("title-of-round", before.title, after.title),
            ("dots_each", str(before.dots_each), str(after.dots_each)),
        ):
            entry = self.query_one(f"#{name}", Input)
            if entry.value == was:
                entry.value = now

    def on_input_submitted(self) -> None:
        """Enter takes it: all fields are filled in."""
        self._take()

    def on_option_list_option_selected(self) -> None:
        """So does Enter in a list."""
        self._take()

    def action_later(self) -> None:
        """Prepare a new round, to begin later."""
        if self._is_new:
            self._take(later=True)

    def _take(self, *, later: bool = False) -> None:
        """End with what is filled in, or say what is wrong with it."""
        try:
            numbers = {name: self._number(name, label) for name, label in NUMBERS}
        except BadValue as problem:
            self.refuse(str(problem))
            return
        title = clean_line(self.query_one("#title-of-round", Input).value)
        if not title:
            self.refuse("The round has no question. Type what it decides.")
            return
        mode, anonymous, _ = MODES[self.query_one("#modes", OptionList).highlighted or 0]
        self.dismiss(Decided(Rules(title, self._over, **numbers, mode=mode, anonymous=anonymous), later))

    def _number(self, name: str, label: str) -> int:
        text = clean_line(self.query_one(f"#{name}", Input).value)
        least = 0 if name == "cap" else 1
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) >= least):
            raise BadValue(f"{label} is not a number from {least} up: {text or 'it is empty'}.")
        return int(text)
