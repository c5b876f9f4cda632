"""A screen over the workshop on which something is held with the room: a vote, a scoring. It shares the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.errors import WorkshopError
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.screens.saving import SavingScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.app import WorkshopApp
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.widgets.board import Board


class HeldScreen(SavingScreen[GoToCell | None]):
    """Header, a board that takes the keys, footer. It ends with the place in the grid to go to, or None.

    A subclass makes the `board`, says in `show` what is on it now, and has `NAME` for the header and `ABOUT` for help.
    """

    NAME = ""
    ABOUT = ""
    app: WorkshopApp
    BLANK = True  # its widgets fill it
    CSS_PATH: ClassVar[str | None] = "held.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="held.help", tooltip="What this place is, and its keys."),
        Binding("ctrl+z", "undo", "Undo", id="held.undo", tooltip="Take the last change back."),
        Binding("ctrl+y", "redo", "Redo", id="held.redo", tooltip="Do again what was undone."),
    ]

    def __init__(self, desk: Desk, board: Widget) -> None:
        super().__init__()
        self.desk = desk
        self.board = board
        self.footer = Footer()
        self._ends: list[Callable[[], None]] = []

    def show(self) -> None:
        """Show what there is now."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Header, board, keys."""
        yield Header()
        yield self.board
        yield self.footer

    def on_mount(self) -> None:
        """Follow the session and the state of its file."""
        desk = self.desk
        self._ends = [desk.workbook.subscribe(self.changed), desk.opened.on_state(self.tell_state)]
        self.set_focus(self.board)  # at once: the next key may be there already
        self.show_heading()
        self.show()

    def on_unmount(self) -> None:
        """Follow no more."""
        for end in self._ends:
            end()

    def changed(self, change: Change) -> None:
        """The session is another one, whoever changed it."""
        del change
        self.show()

    def show_heading(self) -> None:
        """The first line, with the name of this place."""
        heading = self.desk.heading(self.desk.opened.save_state)
        self.query_one(Header).show(replace(heading, step=self.NAME))

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """Something on a board was clicked: a key of the footer does what it says."""
        if isinstance(event.target, str):
            self.run_worker(self.run_action(event.target))

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; where it cannot be done the footer says why, and it is False."""
        try:
            act()
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            return False
        self.footer.hush()
        self.show()
        return True

    def action_undo(self) -> None:
        """The last change."""
        self._turn("Undid", self.desk.undo)

    def action_redo(self) -> None:
        """The last change undone."""
        self._turn("Did again", self.desk.redo)

    def _turn(self, verb: str, turn: Callable[[], Change | None]) -> None:
        try:
            change = turn()
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            return
        if change is None:
            self.footer.say("Nothing to undo." if verb == "Undid" else "Nothing to do again.")
        else:
            self.footer.say(f"{verb}: {change.label}.")

    def palette_entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here besides the keys."""
        yield from self.desk.room.entries(self.footer.say)
        yield "What was said", "Notices of this screen, whole: a narrow one cuts what is long.", self.show_said
        yield "Dark or light theme", "For this run; the config file has it for good.", self.app.action_toggle_theme

    def action_help(self) -> None:
        """What this place is, and its keys."""
        self.app.push_screen(HelpDialog(self.NAME, self.ABOUT, keys_by_place(self)))

    def action_back(self) -> None:
        """Back to the table."""
        self.dismiss(None)

    def go_to_row(self, table: str, row_id: str) -> None:
        """Back to the table, on this row."""
        self.dismiss(GoToCell(table, row_id, self.desk.session.catalogue[table].named_by))
