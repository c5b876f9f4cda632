"""The workshop screen: one grid serves all steps and tables, boards around it say where one is and what is missing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import takewhile
from time import perf_counter
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from cjworkshop.domain.text import counted
from cjworkshop.errors import StorageFault
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.models import FormModel, TableModel
from cjworkshop.tui.screens.editing import EditingScreen
from cjworkshop.tui.showing import Shows
from cjworkshop.tui.standing import PLACES
from cjworkshop.tui.ticking import tick
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.grid import Grid
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.panel import AskLine, Panel, ShowPanel
from cjworkshop.tui.widgets.rail import GoToCell, GoToStep, Rail, StepLine
from cjworkshop.tui.widgets.tabs import GoToTable, Tabs
from cjworkshop.tui.widgets.too_small import LEAST_HEIGHT, LEAST_WIDTH, TooSmall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import AwaitMount

    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.open_session import Draft
    from cjworkshop.storage.save_state import SaveState
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.models import GridModel
    from cjworkshop.tui.widgets.board import Board

AT_ONCE, PAUSE = 0.004, 0.06
"""Seconds that it may take to say how the steps stand with each change; where it takes longer, how long keys rest."""
LOOK_EVERY = 0.1
"""Seconds between two looks at what the room is shown."""
RAIL_FROM, PANEL_FROM = 100, 120
"""Columns from which there is room for the rail and for the panel."""


class Side(Horizontal):
    """Widgets side by side that fill it: nothing of its own is ever seen."""

    BLANK = True


class Stack(Vertical):
    """Widgets one above the other that fill it."""

    BLANK = True


class SaveStateChanged(Message):
    """The store says whether all is saved."""

    def __init__(self, state: SaveState) -> None:
        super().__init__()
        self.state = state


class WorkshopScreen(EditingScreen):
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
        super().__init__()
        self.desk = desk
        self._models: dict[str, GridModel] = {}
        self._cursors: dict[str, tuple[str, str]] = {}
        self.marked = False
        self._left = False
        self._trouble = ""
        self._at = ("", "")
        self._progress_took = 0.0
        self._later: Timer | None = None
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
        self._forget_state = desk.opened.on_state(self._tell_state)
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
        kept = ["The note that you were writing is kept: Ctrl+K."] if desk.opened.note else []
        if notices := [*desk.opened.notices, *kept]:
            self.footer.say(" ".join(notices))

    def _tell_state(self, state: SaveState) -> None:
        """Called on the store's thread: messages may be posted from there."""
        self.post_message(SaveStateChanged(state))

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

    def _fit(self, size: Size) -> None:
        """Note in classes what there is room for. Styles follow later, all at once: that takes long."""
        small = size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT
        self.set_class(small, "too-small", update=False)
        self.set_class(size.width >= RAIL_FROM, "with-rail", update=False)
        self.set_class(size.width >= PANEL_FROM, "with-panel", update=False)

    # What is shown

    def _model(self, table: str) -> GridModel:
        model = self._models.get(table)
        if model is None:
            session, today = self.desk.session, self.desk.today()
            if session.catalogue[table].single:
                model = FormModel(session, table, today, self.desk.new_id())
            else:
                model = TableModel(session, table, today, marks_of=self.desk.marks_of(table))
            self._models[table] = model
        elif model.context.names is not self.desk.session:
            model.follow(self.desk.session)
        return model

    def _show_table(self) -> None:
        """Show the desk's table in the grid, where the cursor was in it."""
        table = self.desk.table
        self.grid.set_model(self._model(table), *self._cursors.get(table, ("", "")))
        self.desk.ask_about_table()

    def _go(self, move: Callable[[], None]) -> None:
        self._settled(lambda: self._move(move))

    def _move(self, move: Callable[[], None]) -> None:
        self._cursors[self.desk.table] = self._at
        move()
        self._show_table()
        self._compose_boards()
        self._keep_place()

    def on_grid_cursor_moved(self, event: Grid.CursorMoved) -> None:
        """Remember the place, for the next start too."""
        event.stop()
        self.go_to_mark("")
        if event.table == self.desk.table:
            self._at = (event.row_id, event.key)
            self._keep_place()

    def _keep_place(self) -> None:
        self.desk.opened.keep_place(self.desk.place(*self._at))

    def _changed(self, change: Change) -> None:
        """The session changed: the grid shows it, and the boards."""
        model = self._models.get(self.desk.table)
        if model is self.grid.model:
            self.grid.follow(self.desk.session, change)
        if self._progress_took > AT_ONCE:
            if self._later is not None:
                self._later.stop()
            self._later = self.set_timer(PAUSE, self._compose_progress)
            self._compose_table_boards()
        else:
            self._compose_boards()

    def _compose_boards(self) -> None:
        self._compose_progress()
        self._compose_table_boards()

    def _compose_progress(self) -> None:
        """Say how the steps stand. In a large session that waits for a pause: keys must not wait for it."""
        if self._left:
            return
        begun = perf_counter()
        is_new = not self.desk.standing.is_worked_out
        progress = self.desk.progress(marks=self.marked)
        if is_new:
            self._progress_took = perf_counter() - begun
        self.query_one(Rail).show(progress)
        self.query_one(StepLine).show(progress)

    def _compose_table_boards(self) -> None:
        if self._left:
            return
        desk = self.desk
        self.query_one(Tabs).show(desk.tabs(marks=self.marked), desk.table)
        guide = desk.guide(marks=self.marked)
        self.query_one(Panel).show(guide)
        self.query_one(AskLine).show(guide)
        self._show_heading()
        self.footer.show(self._footer_keys())

    def _show_heading(self) -> None:
        self.query_one(Header).show(self.desk.heading(self.desk.opened.save_state))

    def _tick(self) -> None:
        if not self._left and self.app.workshop is self:
            tick(self)

    def on_save_state_changed(self, event: SaveStateChanged) -> None:
        """Saved, saving, or not: the header says so at once, and the footer why for as long as it is so."""
        self._show_heading()
        if event.state.message:
            self._trouble = event.state.message
            self.footer.say(event.state.message, "bad", 0)
        elif self._trouble:
            if self.footer.notice[0] == self._trouble:
                self.footer.hush()
            self._trouble = ""

    def _footer_keys(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("Enter", "edit", "grid.edit"),
            ("^N", "row", "grid.new_row"),
            ("^Z", "undo", "undo"),
            ("^K", "capture", "app.capture"),
            ("^P", "all", "app.command_palette"),
            ("F1", "help", "help"),
            ("^T", "clock", "app.clock"),
            ("F5", "map", "map"),
            ("F7", "vote", "vote"),
            ("^G", "go to", "go_to"),
            ("^E", "export", "export"),
            ("^Q", "quit", "app.quit"),
            ("F3", "prompt", "prompt(1)"),
            ("F4", "filter", "grid.filter"),
            ("F9", "sort", "grid.sort"),
        )

    # Going about

    def action_go_to(self) -> None:
        """Mark everything that one can go to; the next key goes there."""
        self._settled(self._ask_where)

    def _ask_where(self) -> None:
        self._mark(on=True)
        self.footer.say("Go to: press a marked character. Any other key goes on here.", seconds=0)

    def _mark(self, *, on: bool) -> None:
        """Show go-to characters; the rail comes out for them where it is folded away."""
        self.marked = on
        self.set_class(on and not self.has_class("with-rail"), "going")
        self._compose_boards()

    def go_to_mark(self, mark: str) -> None:
        """End the marking, and go to what has this character; nowhere where nothing has it."""
        if self.marked:
            self.footer.hush()
            self._mark(on=False)
            self._go_to_target(self.desk.target_of_mark(mark))

    def action_step(self, distance: int) -> None:
        """A step further on or back."""
        self._go(lambda: self.desk.go_to_neighbour(distance))

    def action_prompt(self, distance: int) -> None:
        """The next question."""
        self.desk.next_prompt(distance)
        self._compose_boards()

    def go_to_cell(self, place: GoToCell) -> None:
        """Go to a cell of a table; without a row, begin a new one."""

        def move() -> None:
            self.desk.go_to_table(place.table)
            if place.row_id:
                self._cursors[place.table] = (place.row_id, place.column)
                model = self._model(place.table)
                if model.filter and model.cell_of(place.row_id, place.column) is None:
                    model.set_filter("")

        self._go(move)

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """Something on a board was clicked."""
        self.go_to_mark("")
        self.grid.focus()
        self._go_to_target(event.target)

    def _go_to_target(self, target: object) -> None:
        if isinstance(target, GoToStep):
            self._go(lambda: self.desk.go_to_step(target.key))
        elif isinstance(target, GoToTable):
            self._go(lambda: self.desk.go_to_table(target.name))
        elif isinstance(target, GoToCell):
            self.go_to_cell(target)
        elif isinstance(target, ShowPanel):
            self.toggle_class("panel-wanted")
        elif isinstance(target, str):
            self.run_worker(self.run_action(target, {"grid": self.grid}))

    def action_map(self) -> None:
        """The map, with its cursor where the grid's is; back in the grid where one was, or where the map was opened."""
        self._settled(self._show_map)

    def _show_map(self) -> AwaitMount:
        from cjworkshop.tui.screens.map import MapScreen, touchpoint_of  # noqa: PLC0415 - made on first use

        here = touchpoint_of(self.desk.session, self.desk.table, self.grid.row_id)
        return self.app.push_screen(MapScreen(self.desk, here), self._back)

    def _back(self, place: GoToCell | None) -> None:
        """Back from a screen over this one, in the cell that was opened there."""
        if place is not None:
            self.go_to_cell(place)

    def action_inbox(self) -> None:
        """Captured notes, to be sorted."""
        self._settled(self._show_inbox)

    def _show_inbox(self) -> AwaitMount:
        from cjworkshop.tui.screens.inbox import InboxScreen  # noqa: PLC0415 - made on first use

        return self.app.push_screen(InboxScreen(self.desk), self._back)

    def action_vote(self) -> None:
        """Dot votes."""
        self._settled(self._show_vote)

    def _show_vote(self) -> AwaitMount:
        from cjworkshop.tui.screens.vote import VoteScreen  # noqa: PLC0415 - made on first use

        return self.app.push_screen(VoteScreen(self.desk), self._back)

    def action_score(self) -> None:
        """What several people feel at each touchpoint."""
        self._settled(self._show_scores)

    def _show_scores(self) -> AwaitMount:
        from cjworkshop.tui.screens.score import ScoreScreen  # noqa: PLC0415 - made on first use

        return self.app.push_screen(ScoreScreen(self.desk, self.grid.row_id), self._back)

    # The room

    def _show_elsewhere(self) -> None:
        """Have a presenter in another terminal follow what the room is shown."""
        if self._left:
            return
        room, place = self.desk.room, self.desk.opened.place
        room.follow(self._screens_over_it())
        if place is None or place.showing != room.showing:
            self._keep_place()

    def _screens_over_it(self) -> list[Screen[Any]]:
        """What lies over this screen and belongs to its session."""
        stack = self.app.screen_stack
        over = stack[stack.index(self) + 1 :]
        return list(takewhile(lambda screen: not isinstance(screen, WorkshopScreen), over))

    def show_room(self) -> AwaitMount:
        """What the room should see: the map or the vote where one is on the screen, else what it saw last."""
        from cjworkshop.tui.screens.presenter import PresenterScreen  # noqa: PLC0415 - made on first use

        room, screens = self.desk.room, self._screens_over_it()
        room.follow(screens)
        on_screen = any(isinstance(screen, Shows) for screen in screens)
        view = room.wanted or (room.showing.view if on_screen else room.last)
        return self.app.push_screen(PresenterScreen(self.desk, view))

    def show_change(self, change: Change) -> None:
        """Go where a change was made, if that is not in view."""
        edit = change.edits[0]
        if edit.table != self.desk.table and edit.table in self.desk.reachable:
            self._move(lambda: self.desk.go_to_table(edit.table))

    def palette_entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here besides the keys: every table, every step, the theme."""
        for step in PLACES:
            yield f"Step: {step.title}", step.purpose, partial(self._go_to_target, GoToStep(step.key))
        for step in PLACES:
            for name in step.tables:
                table = self.desk.session.catalogue[name]
                rows = "" if table.single else f"{counted(len(self.desk.session[name]), 'row')}, "
                yield (
                    f"Table: {table.title}",
                    f"{rows}{step.title}",
                    partial(self._go_to_target, GoToTable(name)),
                )
        yield "Score touchpoints", "What several people feel there, a digit a person.", self.action_score
        yield from self.errand_entries()
        from cjworkshop.tui.clock_errands import clock_entries  # noqa: PLC0415 - made on first use

        yield from clock_entries(self)
        yield from self.desk.room.entries(self.footer.say)
        yield "Dark or light theme", "For this run; the config file has it for good.", self.app.action_toggle_theme

    def action_help(self) -> None:
        """What this place is, its columns, its keys."""
        from cjworkshop.tui.modals.help import HelpDialog  # noqa: PLC0415 - made on first use

        desk = self.desk
        table = desk.session.catalogue[desk.table]
        columns = tuple((column.label, column.help() or "one line of text") for column in table.columns)
        groups = [(f"Columns of {table.title}", columns), *keys_by_place(self)]
        self.app.push_screen(HelpDialog(desk.step.title, desk.step.purpose, groups))
