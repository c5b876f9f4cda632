"""A screen with a list to walk and a line to type in: votes and scores."""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.tui.screens.held import HeldScreen

if TYPE_CHECKING:
    from cjworkshop.tui.line_desk import LineDesk
    from cjworkshop.tui.widgets.board import Board


class ListedScreen(HeldScreen):
    """What can be typed goes to the line; all that is done has a key that cannot.

    `held` is what the list and the line belong to. A subclass does in `action_take` what Enter does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="list.back", tooltip="Empty the line; then back to the table."),
        Binding("enter", "take", "Take", id="list.take", tooltip="Take the line."),
        Binding("ctrl+g", "row", "Its row", id="list.row", tooltip="Back to the table, on the row of this item."),
        Binding("up", "move(-1)", "Item above", id="list.up", tooltip="Take a number, and on to the item above."),
        Binding("down", "move(1)", "Item below", id="list.down", tooltip="Take a number, and on to the item below."),
        Binding("pageup", "move(-10)", "Page up", id="list.page-up", tooltip="Ten items up."),
        Binding("pagedown", "move(10)", "Page down", id="list.page-down", tooltip="Ten items down."),
        Binding(
            "left", "sideways(-1)", "Left", id="list.left", tooltip="In a line, to the left; else the round before."
        ),
        Binding(
            "right", "sideways(1)", "Right", id="list.right", tooltip="In a line, to the right; else the next round."
        ),
        Binding("home", "end_of(-1)", "First", id="list.home", tooltip="The first item; in a line, its start."),
        Binding("end", "end_of(1)", "Last", id="list.end", tooltip="The last item; in a line, its end."),
        Binding("backspace", "erase('backspace')", "Erase", id="list.erase", tooltip="Erase in the line."),
        Binding("delete", "erase('delete')", "Erase right", id="list.delete", tooltip="Erase behind the caret."),
        Binding("ctrl+w,alt+backspace", "erase('delete_word')", "Erase word", id="list.word", tooltip="Erase a word."),
    ]

    def __init__(self, held: LineDesk, board: Board) -> None:
        super().__init__(held.desk, board)
        self.held = held

    def on_mount(self) -> None:
        """Say it where a line stands there from before."""
        super().on_mount()
        if self.held.resumed:
            self.footer.say(self.held.resumed)

    @property
    def row_id(self) -> str:
        """The item under the cursor."""
        return self.held.item.id if self.held.item is not None else ""

    def show(self) -> None:
        """List and line as they stand; what is typed here is kept."""
        if self.is_current:  # one that is going says nothing of what is typed on the next
            self.held.keep()

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """An item that is clicked gets the cursor."""
        if isinstance(event.target, int):
            self.held.go_to_item(event.target)
            self.show()
        else:
            super().on_board_chosen(event)

    def typed(self, text: str) -> None:
        """A character or a paste for the line."""
        if self.held.line.text or not text.isspace():
            self.footer.hush()
            self.held.type(text)
            self.show()

    def move(self, distance: int) -> None:
        """On to another item."""
        self.held.go_to_item(self.held.place + distance)

    def sideways(self, step: int) -> None:
        """To what stands beside this, where nothing is being typed."""

    def action_move(self, distance: int) -> None:
        """On to another item."""
        self.move(distance)
        self.show()

    def action_sideways(self, step: int) -> None:
        """Another place in the line; on an empty one, what stands beside this."""
        line = self.held.line
        if line.text:
            (line.right if step > 0 else line.left)()
        else:
            self.sideways(step)
        self.show()

    def action_end_of(self, step: int) -> None:
        """The start or end of the line; on an empty one, the first or last item."""
        line = self.held.line
        if line.text:
            (line.end if step > 0 else line.start)()
        else:
            self.held.go_to_item(len(self.held.items) if step > 0 else 0)
        self.show()

    def action_erase(self, what: str) -> None:
        """Erase a character or a word of the line."""
        self.held.erase(methodcaller(what))
        self.show()

    def action_take(self) -> None:
        """Take the line."""
        raise NotImplementedError

    def action_row(self) -> None:
        """To the row of the item under the cursor, in its table."""
        item = self.held.item
        if item is not None:
            self.go_to_row(item.__table__.name, item.id)

    def action_undo(self) -> None:
        """Bring back a line that was given up, else take the last change back."""
        if not self.held.bring_back():
            super().action_undo()
        self.show()

    def action_back(self) -> None:
        """Give the line up; where there is none, back to the table. It comes back by Ctrl+Z, and with the screen."""
        if self.held.give_up():
            self.show()
            self.footer.say("What you typed is kept: Ctrl+Z brings it back.")
        else:
            self.dismiss(None)
