"""A screen over the workshop on which something is held with the room: a vote, a scoring. It shares the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

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
    from textual.screen import Screen
    from textual.widget import Widget

    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.screens.workshop import WorkshopScreen
    from cjworkshop.tui.widgets.board import Board

PROMPT_SECONDS = 12.0
"""For which a question stands in the last line: it is to be read out."""


class HeldScreen(SavingScreen[GoToCell | None]):
    """Header, a board that takes the keys, footer. It ends with the place in the grid to go to, or None.

    A subclass makes the `board`, says in `show` what is on it now, and has `NAME` for the header and `ABOUT` for help.
    """

    NAME = ""
    ABOUT = ""
    BLANK = True  # its widgets fill it
    CSS_PATH: ClassVar[str | None] = "held.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "prompt(1)", "Next prompt", id="held.next-prompt", tooltip="The next question to ask."),
        Binding("f5", "map", "Map", id="held.map", tooltip="The map: over this, or below it where you came from it."),
        Binding(
            "f7", "vote", "Vote", id="held.vote", tooltip="Votes: over this, or below it where you came from them."
        ),
        Binding("ctrl+g", "go_to", "Go to", id="held.go-to", tooltip="Back to the table, with its marks to go by."),
        Binding("ctrl+pageup", "step(-1)", "Previous step", id="held.previous-step", tooltip="The step before."),
        Binding("ctrl+pagedown", "step(1)", "Next step", id="held.next-step", tooltip="The step after."),
        Binding("ctrl+e", "export", "Export", id="held.export", tooltip="Hand over notes, tables, the session."),
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

    # The keys that are the same everywhere

    @property
    def row_id(self) -> str:
        """The row under the cursor, of whatever table; empty where there is none."""
        return ""

    async def put_aside(self) -> Callable[[], None] | None:
        """Fill in what is being typed, before something else happens. Gives what opens it again as it was, if it must."""
        return None

    def action_prompt(self, distance: int) -> None:
        """Ask the next question: it stands in the last line here, and beside the table."""
        if self.app.workshop is not None:
            self.app.workshop.action_prompt(distance)
            self.footer.say(f"Ask: {self.desk.prompt[0].text}", seconds=PROMPT_SECONDS)

    async def action_export(self) -> None:
        """Hand over notes, tables, the session."""
        await self.put_aside()
        self.run_worker(self.export(), exclusive=True)

    async def action_go_to(self) -> None:
        """Back to the table, with everything marked that one can go to."""
        await self._at_table(lambda workshop: workshop.action_go_to())

    async def action_step(self, distance: int) -> None:
        """Back to the table, a step further on or back."""
        await self._at_table(lambda workshop: workshop.action_step(distance))

    async def _at_table(self, then: Callable[[WorkshopScreen], None]) -> None:
        """Leave all that lies over the table, and do something there."""
        workshop = self.app.workshop
        if workshop is not None:
            await self.put_aside()
            self._leave_for(workshop)
            then(workshop)

    async def action_map(self) -> None:
        """The map, with its cursor on what this is about."""
        from cjworkshop.tui.screens.map import MapScreen, touchpoint_of  # noqa: PLC0415 - made on first use

        session = self.desk.session
        found = session.find(self.row_id)
        here = touchpoint_of(session, found[0].name, self.row_id) if found else ""
        await self._go_over(MapScreen, lambda: MapScreen(self.desk, here))

    async def action_vote(self) -> None:
        """Dot votes."""
        from cjworkshop.tui.screens.vote import VoteScreen  # noqa: PLC0415 - made on first use

        await self._go_over(VoteScreen, lambda: VoteScreen(self.desk))

    async def _go_over(self, kind: type[HeldScreen], make: Callable[[], HeldScreen]) -> None:
        """Go to a screen: back to it where it lies below, so that none is there twice; else it is put over this one."""
        await self.put_aside()
        below = next((its for its in reversed(self.app.screen_stack) if type(its) is kind), None)
        if below is not None:
            self._leave_for(below)
        else:
            await self.app.push_screen(make(), self._pass_on)

    def _leave_for(self, screen: Screen[Any]) -> None:
        while self.app.screen is not screen:
            self.app.pop_screen()

    def _pass_on(self, place: GoToCell | None) -> None:
        """A place in the grid was chosen on the screen over this one: there it goes from here, too."""
        if place is not None:
            self.dismiss(place)

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
