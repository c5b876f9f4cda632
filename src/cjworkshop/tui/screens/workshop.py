"""The workshop screen: one grid serves all steps and tables; here it is put together, opened and left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from cjworkshop.errors import StorageFault
from cjworkshop.tui.kept import kept_words
from cjworkshop.tui.screens.going import GoingScreen
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.grid import Grid
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.panel import AskLine, Panel
from cjworkshop.tui.widgets.rail import Rail, StepLine
from cjworkshop.tui.widgets.tabs import Tabs
from cjworkshop.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from cjworkshop.storage.open_session import Draft
    from cjworkshop.tui.desk import Desk

LOOK_EVERY = 0.1
"""Seconds between two looks at what the room is shown."""


class Side(Horizontal):
    """Widgets side by side that fill it: nothing of its own is ever seen."""

    BLANK = True


class Stack(Vertical):
    """Widgets one above the other that fill it."""

    BLANK = True


REHEARSAL = "A rehearsal: nothing is kept.  Ctrl+T, Enter starts the agenda.  Ctrl+O ends it."


class WorkshopScreen(GoingScreen):
    """A session being worked on."""

    BLANK = True  # its widgets fill it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "go_to", "Go to", id="workshop.go-to", tooltip="Marks steps, tables and gaps; one key goes."),
        Binding("ctrl+pageup", "step(-1)", "Previous step", id="workshop.previous-step", tooltip="The step before."),
        Binding("ctrl+pagedown", "step(1)", "Next step", id="workshop.next-step", tooltip="The step after."),
        Binding("f3", "prompt(1)", "Next prompt", id="workshop.next-prompt", tooltip="The next question to ask."),
        Binding(
            "f5", "map", "Map", id="workshop.map", tooltip="The journey as a map: walk it, edit it, see it otherwise."
        ),
        Binding("f7", "vote", "Vote", id="workshop.vote", tooltip="Dot votes: type what the room gives, or ballots."),
        Binding(
            "ctrl+r", "inbox", "Sort the inbox", id="workshop.inbox", tooltip="Captured notes: where each belongs."
        ),
        Binding("f1", "help", "Help", id="workshop.help", tooltip="What this place is, its columns, its keys."),
        Binding("ctrl+e", "export", "Export", id="workshop.export", tooltip="Hand over notes, tables, the session."),
        Binding("ctrl+z", "undo", "Undo", id="workshop.undo", tooltip="Take the last change back."),
        Binding("ctrl+y", "redo", "Redo", id="workshop.redo", tooltip="Do again what was undone."),
        Binding("ctrl+o", "home", "All sessions", id="workshop.home", tooltip="Close this session and go home."),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._unsubscribe: Callable[[], None] = lambda: None
        self._forget_state: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Boards around the grid."""
        self._fit(self.app.size)
        yield Header()
        yield StepLine()
        yield AskLine()
        with Side(id="middle"):
            yield Rail()
            with Stack(id="tables"):
                yield Tabs()
                model = self._model(self.desk.table)
                yield Grid(model, self.desk.new_id, ascii_only=self.desk.ascii_only)
            yield Panel()
        yield Footer()
        yield TooSmall()

    # Beginning and end

    def on_mount(self) -> None:
        """Be where one was, with what was being typed."""
        desk = self.desk
        self.footer = self.query_one(Footer)
        self.grid = self.query_one(Grid)
        self._unsubscribe = desk.workbook.subscribe(self._changed)
        self._forget_state = desk.opened.on_state(self.tell_state)
        place = desk.opened.place
        if place is not None:
            desk.go_to_place(place)
            self._cursors[desk.table] = (place.row_id, place.column)
        self._show_table()
        self.grid.focus()
        if desk.opened.draft is not None:
            self._reopen_draft(desk.opened.draft)
        self._compose_boards()
        self.set_interval(1, self._tick)
        self.set_interval(LOOK_EVERY, self._show_elsewhere)
        if desk.rehearsal:
            self.footer.say(REHEARSAL, seconds=0)
        if notices := [*desk.opened.notices, *kept_words(desk.opened)]:
            self.footer.say(" ".join(notices))

    def _reopen_draft(self, draft: Draft) -> None:
        """Have the editor open again where text was being typed when the program ended."""
        if draft.table not in self.desk.session.catalogue:
            return
        self.desk.go_to_table(draft.table)
        self._show_table()
        if draft.row_id not in self.desk.session[draft.table].positions and self.grid.model.grows:
            self.grid.begin_row(draft.after)
            draft = replace(draft, row_id=self.grid.row_id)
        self.grid.open_draft(draft.row_id, draft.column, draft.text)

    def leave(self, then: Callable[[], object]) -> None:
        """End the edit that is open, close the session, and go on with `then`; ask where it cannot be saved."""

        def close() -> None:
            try:
                self.close()
            except StorageFault as problem:
                self.run_worker(self._leave_unsaved(problem, then), exclusive=True)
            else:
                then()

        self._settled(close, stay=False)

    async def _leave_unsaved(self, problem: StorageFault, then: Callable[[], object]) -> None:
        from cjworkshop.tui.modals.ask import Ask, Possibility  # noqa: PLC0415 - made on first use

        answers = [
            Possibility("stay", "Stay", "What is not saved yet is kept, and tried again every second."),
            Possibility("elsewhere", "Export it elsewhere, then decide", "Ctrl+E writes all of it into any folder."),
            Possibility("lose", "Leave all the same", "What was not saved is lost."),
        ]
        answer = await self.app.push_screen_wait(Ask("Not saved", str(problem), answers))
        if answer == "elsewhere":
            self.action_export()
        elif answer == "lose":
            self.close(anyway=True)
            then()

    def close(self, *, anyway: bool = False) -> None:
        """Remember the place, save, and close the session. StorageFault where it cannot be saved, unless `anyway`."""
        if not self._left:
            for grid in self.query(Grid):
                if grid.draft is not None:
                    self.on_grid_drafted(grid.draft)
            if not anyway:
                self.desk.room.release()
            self._keep_place()
            self.desk.opened.close(anyway=anyway)
            self._left = True
            self._unsubscribe()
            self._forget_state()

    def action_home(self) -> None:
        """Close the session and go home; from a rehearsal back to where one was."""
        self.leave(self._end_rehearsal if self.desk.rehearsal else self.app.go_home)

    def _end_rehearsal(self) -> None:
        from cjworkshop.tui.clock_errands import end_rehearsal  # noqa: PLC0415 - seldom wanted

        end_rehearsal(self)

    # Sizes

    def on_resize(self, event: events.Resize) -> None:
        """Rail and panel where there is room for them, their one-line forms where there is not."""
        before = self.classes
        self._fit(event.size)
        if self.classes != before:
            self.update_node_styles()
        self.query_one(TooSmall).redraw()
