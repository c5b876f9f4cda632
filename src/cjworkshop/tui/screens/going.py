"""Going about in a session: from step to step, to a table, to a cell, to the screens that lie over the grid."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.text import counted
from cjworkshop.facilitation.agenda import CLOCK_COLUMNS
from cjworkshop.method.across import Block
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.screens.boarded import BoardedScreen
from cjworkshop.tui.showing import Shows
from cjworkshop.tui.standing import PLACES
from cjworkshop.tui.widgets.panel import ShowPanel
from cjworkshop.tui.widgets.rail import GoToCell, GoToStep
from cjworkshop.tui.widgets.tabs import GoToTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.screen import Screen
    from textual.widget import AwaitMount

    from cjworkshop.domain.workbook import Change, RowEdit
    from cjworkshop.tui.widgets.board import Board
    from cjworkshop.tui.widgets.grid import Grid


MADE_ANYWHERE = {"inbox", "_meta", "meetings"}
"""Tables that change without being on the screen: by a capture, by choosing lanes, by the clock's dialog."""


class GoingScreen(BoardedScreen):
    """A screen on which one goes about by keys, by marks, by the palette and by clicks."""

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
        self._settled(self._show_map, stay=False)

    def _show_map(self) -> AwaitMount:
        from cjworkshop.tui.screens.map import MapScreen, touchpoint_of  # noqa: PLC0415 - made on first use

        here = touchpoint_of(self.desk.session, self.desk.table, self.grid.row_id)
        return self.app.push_screen(MapScreen(self.desk, here), self._back)

    def _back(self, place: GoToCell | None) -> None:
        """Back from a screen over this one, and from all between, in the cell that was opened there."""
        if place is not None:
            while self.app.screen is not self:
                self.app.pop_screen()
            self.go_to_cell(place)

    def action_inbox(self) -> None:
        """Captured notes, to be sorted."""
        self._settled(self._show_inbox, stay=False)

    def _show_inbox(self) -> AwaitMount:
        from cjworkshop.tui.screens.inbox import InboxScreen  # noqa: PLC0415 - made on first use

        return self.app.push_screen(InboxScreen(self.desk), self._back)

    def action_vote(self) -> None:
        """Dot votes."""
        self._settled(self._show_vote, stay=False)

    def _show_vote(self) -> AwaitMount:
        from cjworkshop.tui.screens.vote import VoteScreen  # noqa: PLC0415 - made on first use

        return self.app.push_screen(VoteScreen(self.desk), self._back)

    def action_score(self) -> None:
        """What several people feel at each touchpoint."""
        self._settled(self._show_scores, stay=False)

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
        return list(takewhile(lambda screen: not isinstance(screen, GoingScreen), over))

    def show_room(self, take_up: Callable[[], None] | None) -> AwaitMount:
        """What the room should see: the map or the vote where one is on the screen, else what it saw last.

        `take_up` opens what was being edited again afterwards.
        """
        from cjworkshop.tui.screens.presenter import PresenterScreen  # noqa: PLC0415 - made on first use

        room, screens = self.desk.room, self._screens_over_it()
        room.follow(screens)
        on_screen = any(isinstance(screen, Shows) for screen in screens)
        view = room.wanted or (room.showing.view if on_screen else room.last)
        return self.app.push_screen(PresenterScreen(self.desk, view), lambda _: take_up() if take_up else None)

    def show_change(self, change: Change) -> None:
        """Go where a change was made, if that is not in view; not where it was made from anywhere, as a note is."""
        edit = change.edits[0]
        if change.tables <= MADE_ANYWHERE or all(map(_of_clock, change.edits)):
            return
        if edit.table != self.desk.table and edit.table in self.desk.reachable:
            rows, column = self.desk.session[edit.table], self.desk.session.catalogue[edit.table].named_by
            changed = (row.row_id for row in change.edits if row.table == edit.table and row.row_id in rows.positions)
            if row_id := next(changed, ""):
                self._cursors[edit.table] = (row_id, column)
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
        yield "What was said", "Notices of this screen, whole: a narrow one cuts what is long.", self.show_said
        yield "Dark or light theme", "For this run; the config file has it for good.", self.app.action_toggle_theme

    def palette_columns(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Every column of the step's tables, those of the table that is shown first."""
        desk = self.desk
        for name in sorted(desk.step.tables, key=lambda name: name != desk.table):
            table = desk.session.catalogue[name]
            for column in table.columns:
                for shown in islice(column.expand(desk.session), 1):
                    go = partial(self._go_to_column, name, shown.key)
                    yield f"Column: {column.label} — {table.title}", column.help(), go

    def _go_to_column(self, name: str, key: str) -> None:
        """Go to a column of a table, in the row where the cursor is or was there; to the table where it has no row."""

        def move() -> None:
            self._move(lambda: self.desk.go_to_table(name))
            table = self.desk.session.catalogue[name]
            record = self.desk.session.record(table.row_type).id or "new"
            self.grid.go_to(record if table.single else self.grid.row_id, key)

        self._settled(move)

    def action_help(self) -> None:
        """What this place is, its columns, its keys."""
        from cjworkshop.tui.modals.help import HelpDialog  # noqa: PLC0415 - made on first use

        desk = self.desk
        table = desk.session.catalogue[desk.table]
        columns = tuple((column.label, column.help() or "one line of text") for column in table.columns)
        groups = [(f"Columns of {table.title}", columns), *keys_by_place(self)]
        self.app.push_screen(HelpDialog(desk.step.title, desk.step.purpose, groups))


def _of_clock(edit: RowEdit) -> bool:
    """Whether it touches nothing of a block but what the clock fills."""
    before, after = edit.before, edit.after
    if not isinstance(before, Block) or not isinstance(after, Block):
        return False
    return replace(before, **{column: getattr(after, column) for column in CLOCK_COLUMNS}) == after
