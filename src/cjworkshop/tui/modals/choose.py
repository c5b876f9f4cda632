"""Rows to choose, one or several in turn: type a part of the name or the code, Enter takes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from cjworkshop.lazy import dataclass
from cjworkshop.tui.modals.menu_dialog import MenuDialog
from cjworkshop.tui.text import fit, safe
from cjworkshop.tui.widgets.board import Line, Words
from cjworkshop.tui.widgets.menu import Entry, Menu
from cjworkshop.tui.widgets.picker import Option, Picker
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

MOST = 200
"""Rows that are listed at once; typing brings the others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row to be chosen: what is asked, about what, and the rows in the order in which they are likely.

    `by_code` gives the id of the row whose code a word is, however it is written; empty where there is none.
    """

    title: str
    text: str
    options: Callable[[], list[Option]]
    by_code: Callable[[str], str]


class ChooseDialog(MenuDialog[tuple[str, ...]]):
    """Asks for one row after the other. Ends with the ids of all, in the order of the choices; None where it was left."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(choices[0].title, choices[0].text)
        self._choices = choices
        self._taken: list[str] = []
        self._picker = Picker(choices[0].options(), None)
        self._typed = ""

    def content(self) -> Iterable[Widget]:
        """What is typed, and the rows that fit it."""
        yield TextLine(placeholder="type a code or a part of the name")
        yield Menu(id="rows")

    def keys(self) -> str:
        """How to choose."""
        return "↑ ↓ choose   Enter take   Esc leave it as it is"

    def on_mount(self) -> None:
        """All of them and none chosen: nothing is guessed. Typing goes into the line at once."""
        self.set_focus(self.query_one(Input))
        self._show()

    def on_input_changed(self) -> None:
        """Those that fit what stands in the line now."""
        if self.query_one(Input).value != self._typed:
            self._show()

    def _fitting(self) -> list[Option]:
        """The rows that fit what stands in the line now: the one with that code first."""
        typed = self.query_one(Input).value
        self._picker.filter(typed)
        coded = self._choices[len(self._taken)].by_code(typed.strip())
        named = [option for option in self._picker.fitting if option.value != coded]
        return [*(option for option in self._picker.options if coded and option.value == coded), *named]

    def _show(self) -> None:
        left = len(self._choices) - len(self._taken) - 1
        choice = self._choices[len(self._taken)]
        self.query_one("#title", Static).update(safe(choice.title + (f"  ({left} more)" if left else "")))
        self.query_one("#text", Static).update(safe(choice.text))
        self._typed = self.query_one(Input).value
        entries = [Entry(partial(_line, option), option) for option in self._fitting()[:MOST]]
        nothing = [Entry(lambda _: [Words(" Nothing is called so. Type less of it.", "dim")])]
        self.menu.show(entries or nothing, first=bool(self._typed.strip()))

    def take(self) -> None:
        """Take the chosen one, if any. Read again what is typed: its last letters may not have been looked at yet."""
        fitting, chosen = self._fitting(), self.menu.chosen
        if chosen not in fitting:
            chosen = next(iter(fitting), None) if self.query_one(Input).value.strip() else None
        if not isinstance(chosen, Option):
            return
        self._taken.append(chosen.value)
        if len(self._taken) == len(self._choices):
            self.dismiss(tuple(self._taken))
            return
        self._picker = Picker(self._choices[len(self._taken)].options(), None)
        self.query_one(Input).value = ""
        self._show()


def _line(option: Option, width: int) -> Line:
    return [Words(fit(f" {option.label}", width))]
