"""What becomes of what is done in the grid: facts become commands, and what the session says comes back as words."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual.message import Message
from textual.widget import AwaitMount

from cjworkshop.domain.commands import (
    AddRows,
    DuplicateRows,
    MoveRows,
    NewRow,
    RemoveRows,
    ReplaceTables,
    SetCells,
    Together,
)
from cjworkshop.domain.text import counted
from cjworkshop.errors import WorkshopError
from cjworkshop.storage.open_session import Draft
from cjworkshop.tui.screens.saving import SavingScreen
from cjworkshop.tui.widgets.grid_messages import CursorMoved, Drafted, GridMessage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.workbook import Change
    from cjworkshop.tui.app import WorkshopApp
    from cjworkshop.tui.modals.find import Finder
    from cjworkshop.tui.paste_plan import PastePlan
    from cjworkshop.tui.widgets.grid import Grid
    from cjworkshop.tui.widgets.rail import GoToCell


Errand: TypeAlias = "Callable[[EditingScreen], Awaitable[Command | None]]"
"""Something rarely done: it asks in dialogs what it must know, and gives the command that does it, if any."""


UNSEEN = (CursorMoved, Drafted)
"""What a grid tells to be kept: nothing on the screen comes of it."""


class Settled(Message, bubble=False):
    """What was being edited has been told: it arrives behind the edit itself."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__()
        self.then = then


class EditingScreen(SavingScreen[None]):
    """A screen with a grid over a desk: it carries out what is done in the grid, undoes it, and hands it over."""

    app: WorkshopApp
    grid: Grid
    finder: Finder | None = None
    """What is kept from one search to the next."""
    is_awaited = False
    """Whether something was told of which something may come that is seen."""

    def go_to_cell(self, place: GoToCell) -> None:
        """Go to a cell of a table."""
        raise NotImplementedError

    def show_change(self, change: Change) -> None:
        """Go where a change was made, if that is not in view."""
        raise NotImplementedError

    def _settled(self, then: Callable[[], object], *, stay: bool = True) -> None:
        """Do something once no edit is open. Where what was typed is refused it is kept, and with `stay` so is one.

        Without, one comes back from what is done: an empty row that was begun is still there to be typed in.
        """
        if self.grid.settle(keep_row=not stay) or not stay:
            self.post_message(Settled(then))

    async def on_settled(self, event: Settled) -> None:
        """The edit has become a change. A screen that is opened then is there before the next key."""
        then = event.then()
        if isinstance(then, AwaitMount):
            await then

    async def put_aside(self) -> Callable[[], None] | None:
        """Commit the edit that is open, or keep as a draft what is refused, and wait until that is done.

        Gives what opens it again as it was; None where none was open.
        """
        aside = self.grid.put_aside()
        await self.told()
        return partial(self.grid.take_up, aside) if aside is not None else None

    def post_message(self, message: Message) -> bool:
        """Take a message. What a grid tells ends here, and it is noted whether it may change what is seen."""
        if isinstance(message, GridMessage):
            message.stop()
        if isinstance(message, GridMessage | Settled) and not isinstance(message, UNSEEN):
            self.is_awaited = True
        return super().post_message(message)

    async def told(self) -> None:
        """Wait until everything that the grid has told so far is done."""
        done = asyncio.Event()
        is_told = self.post_message(Settled(done.set))
        self.is_awaited = False
        if is_told:
            with contextlib.suppress(TimeoutError):  # a screen that is going does nothing any more
                async with asyncio.timeout(1):
                    await done.wait()

    def _do(self, command: Command) -> None:
        try:
            change = self.desk.do(command)
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            self.grid.follow(self.desk.session)
            return
        if change is None:
            return
        self.footer.hush()
        if isinstance(command, RemoveRows | Together | DuplicateRows | ReplaceTables):
            self.footer.say(f"Done: {change.label}.  {self._freed(change)}Ctrl+Z takes it back.")

    def _freed(self, change: Change) -> str:
        """What a removal did to votes that are being collected."""
        if "votes" not in change.tables:
            return ""
        from cjworkshop.facilitation.voting import freed  # noqa: PLC0415 - only where votes went

        sentence = freed(self.desk.session, change)
        return f"{sentence}  " if sentence else ""

    def on_grid_edited(self, event: Grid.Edited) -> None:
        """Cells were filled in or emptied."""
        self._do(SetCells(event.table, event.cells, event.verb))

    def on_grid_row_added(self, event: Grid.RowAdded) -> None:
        """A new row has its first value."""
        self._do(AddRows(event.table, (NewRow(event.row_id, event.values),), event.after))

    def on_grid_rows_removed(self, event: Grid.RowsRemoved) -> None:
        """Rows go, and what cannot stand without them."""
        self._do(RemoveRows(event.table, event.row_ids))

    def on_grid_rows_moved(self, event: Grid.RowsMoved) -> None:
        """Rows stand elsewhere."""
        self._do(MoveRows(event.table, event.row_ids, event.after))

    def on_grid_rows_duplicated(self, event: Grid.RowsDuplicated) -> None:
        """Rows were copied."""
        self._do(DuplicateRows(event.table, event.copies))

    def on_grid_pasted(self, event: Grid.Pasted) -> None:
        """Cells were pasted: what cannot go in is shown before anything changes."""
        if event.plan.needs_asking:
            self.run_worker(self._ask_about_paste(event.plan), exclusive=True)
        else:
            self._paste(event.plan)

    def _paste(self, plan: PastePlan) -> None:
        """Put in what was pasted, with the cursor on the first row that it makes."""
        self._do(plan.command())
        if plan.new_rows and not plan.cells and plan.new_rows[0].id in self.desk.session[plan.table].positions:
            self.grid.go_to(plan.new_rows[0].id, self.desk.session.catalogue[plan.table].named_by)
            self.footer.say(f"Done: paste {plan.summary}.  Ctrl+Z takes it back.")

    async def _ask_about_paste(self, plan: PastePlan) -> None:
        from cjworkshop.tui.modals.paste import paste_question  # noqa: PLC0415 - made on first use

        answer = await self.app.push_screen_wait(paste_question(plan))
        if answer == "keep" and not plan.is_empty:
            self._paste(plan)
        elif answer == "shorten":
            self._paste(plan.shortened())

    def on_grid_copied(self, event: Grid.Copied) -> None:
        """Cells were copied."""
        self.footer.say(f"Copied {counted(event.count, 'cell')}.")

    def on_grid_drafted(self, event: Grid.Drafted) -> None:
        """Text is being typed."""
        draft = None if event.text is None else Draft(event.table, event.row_id, event.key, event.text, event.after)
        self.desk.opened.keep_draft(draft, at_once=True)  # the grid has waited already until typing pauses

    def action_undo(self) -> None:
        """The last change; what was typed and given up is had back by the grid before that."""
        self._settled(lambda: self._turn("Undid", self.desk.undo))

    def action_redo(self) -> None:
        """The last change undone."""
        self._settled(lambda: self._turn("Did again", self.desk.redo))

    def _turn(self, verb: str, turn: Callable[[], Change | None]) -> None:
        try:
            change = turn()
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            return
        if change is None:
            self.footer.say("Nothing to undo." if verb == "Undid" else "Nothing to do again.")
            return
        self.show_change(change)
        self.footer.say(f"{verb}: {change.label}.")

    def action_export(self) -> None:
        """Hand over notes, tables, the session."""
        self._settled(lambda: self.run_worker(self.export(), exclusive=True), stay=False)

    # Rare things, from the palette

    def errand_entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers that has no key: (name, what it does, how to begin)."""
        from cjworkshop.tui import errands  # noqa: PLC0415 - made on first use

        yield "Change code", "Give this row another short name.", lambda: self.run_errand(errands.change_code)
        yield (
            "Save as template",
            "Stages, agenda, prompts and lanes, for other sessions to begin from.",
            lambda: self.run_errand(errands.save_as_template),
        )
        yield (
            "Script of what runs",
            "What to ask, what to do, which table it fills.",
            lambda: self.run_errand(errands.show_script),
        )
        yield (
            "Break-out groups of this block",
            "Name the groups of the block that runs: the room's clock shows them side by side.",
            lambda: self.run_errand(errands.break_out),
        )
        yield "Bell on or off", "At 20 % and 5 % of the time left; for this run.", self._switch_bell
        yield (
            "What did not fit",
            "Values that could not be read, kept in quarantine.",
            lambda: self.run_errand(errands.show_quarantine),
        )

    def _switch_bell(self) -> None:
        self.app.sounds = not self.app.sounds
        self.footer.say(f"The bell is {'on' if self.app.sounds else 'off'}. The config file has it for good.")

    def run_errand(self, errand: Errand, take_up: Callable[[], None] | None = None) -> None:
        """Have something rare done that asks in dialogs what it must know; what is being edited is settled first.

        `take_up` opens it again afterwards.
        """
        self._settled(lambda: self.run_worker(self._errand(errand, take_up), exclusive=True), stay=False)

    async def _errand(self, errand: Errand, take_up: Callable[[], None] | None) -> None:
        try:
            command = await errand(self)
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            return
        if command is not None:
            self._do(command)
        elif take_up is not None:
            self.post_message(Settled(take_up))  # behind what the errand may have told to go elsewhere
