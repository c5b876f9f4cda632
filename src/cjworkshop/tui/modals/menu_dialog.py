"""A dialog of one line to type in and a list below it that Up and Down walk through meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.widgets.menu import Menu

if TYPE_CHECKING:
    from cjworkshop.tui.widgets.board import Board

Answer = TypeVar("Answer")


class MenuDialog(Dialog[Answer]):
    """Subclasses have a `Menu`, say what `take` does with what is chosen in it, and `chosen_changed` when that changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "choose(1)", "Next", id="menu.next", tooltip="The next entry of the list."),
        Binding("up", "choose(-1)", "Previous", id="menu.previous", tooltip="The entry before."),
        Binding("pagedown", "page(1)", "Page down", id="menu.page-down", tooltip="A page further down in the list."),
        Binding("pageup", "page(-1)", "Page up", id="menu.page-up", tooltip="A page further up in the list."),
    ]

    @property
    def menu(self) -> Menu:
        """The list."""
        return self.query_one(Menu)

    def action_choose(self, step: int) -> None:
        """Choose another entry."""
        self.menu.move(step)
        self.chosen_changed()

    def action_page(self, pages: int) -> None:
        """Choose an entry a page further on."""
        self.menu.move(pages * max(self.menu.size.height - 1, 1))
        self.chosen_changed()

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """An entry was clicked: it is chosen and taken."""
        event.stop()
        self.menu.choose(event.target)
        self.chosen_changed()
        self.take()

    def on_input_submitted(self) -> None:
        """Enter takes what is chosen."""
        self.take()

    def chosen_changed(self) -> None:
        """Another entry is chosen now, or none."""

    def take(self) -> None:
        """Do what is chosen."""
        raise NotImplementedError
