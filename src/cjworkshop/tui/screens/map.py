"""The map on the whole screen: walked with arrows, filled in, seen in other ways, and left for the grid behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from cjworkshop.errors import WorkshopError
from cjworkshop.mapping.views import VIEWS
from cjworkshop.storage.open_session import Draft
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.screens.workshop import SaveStateChanged
from cjworkshop.tui.widgets.footer import Footer
from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.map_editing import MapEditor
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.save_state import SaveState
    from cjworkshop.tui.app import WorkshopApp
    from cjworkshop.tui.desk import Desk

_WHILE_EDITING = {"quit", "command_palette", "nothing", "toggle_theme"}


def touchpoint_of(session: Session, table: str, row_id: str) -> str:
    """The touchpoint that a row of some table is, or is about; empty where there is none."""
    row = session[table].get(row_id)
    return row_id if table == "touchpoints" else str(getattr(row, "touchpoint", ""))


class MapScreen(Screen[GoToCell | None]):
    """The map over a desk. It ends with the place in the grid to go to, or None for where one was."""

    app: WorkshopApp
    BLANK = True  # its widgets fill it
    CSS_PATH = "map.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f5", "back", "Back", id="map.back", tooltip="Back to the table, where you were."),
        Binding("enter", "open", "Open", id="map.open", tooltip="Go to the row behind this cell, in its table."),
        Binding(
            "f2", "edit", "Edit", id="map.edit", tooltip="Fill this cell in, below the map; a digit sets a rating."
        ),
        Binding("delete", "clear", "Clear", id="map.clear", tooltip="Empty this cell."),
        Binding("v,tab", "view(1)", "Next view", id="map.view", tooltip="Map, staff against customers, subway and so on."),
        Binding("shift+tab", "view(-1)", "View before", id="map.view-before", tooltip="The view before this one."),
        Binding("z", "zoom", "Zoom", id="map.zoom", tooltip="Touchpoints, one stage, the whole journey."),
        Binding(
            "p", "persona", "Persona", id="map.persona", tooltip="The journey of the next persona, or everybody's."
        ),
        Binding("s", "line_of", "Subway lines", id="map.lines", tooltip="Subway lines by channel or by persona."),
        Binding("l", "lanes", "Lanes", id="map.lanes", tooltip="Choose the lanes of the map, and their order."),
        Binding("f1", "help", "Help", id="map.help", tooltip="What this place is, and its keys."),
        Binding("ctrl+z", "undo", "Undo", id="map.undo", tooltip="Take the last change back."),
        Binding("ctrl+y", "redo", "Redo", id="map.redo", tooltip="Do again what was undone."),
    ]

    def __init__(self, desk: Desk, row_id: str = "") -> None:
        super().__init__()
        self.desk = desk
        self._first = row_id
        self._ends: list[Callable[[], None]] = []
        self.view = MapEditor(desk.session, self._do, lambda: desk.context, ascii_only=desk.ascii_only)

    def compose(self) -> ComposeResult:
        """Header, map, keys."""
        yield Header()
        yield self.view
        self.footer = Footer()
        yield self.footer

    def on_mount(self) -> None:
        """Follow the session and the state of its file."""
        desk = self.desk
        self._ends = [desk.workbook.subscribe(self._changed), desk.opened.on_state(self._tell_state)]
        self.view.go_to(self._first)
        self.view.focus()
        self._show_heading()
        self._show_keys()

    def on_unmount(self) -> None:
        """Follow no more."""
        for end in self._ends:
            end()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a cell is edited all keys are its own; the subway's key works where there is one."""
        del parameters
        if action == "line_of":
            return not self.view.editing and self.view.choice.view == "subway"
        return not self.view.editing or action in _WHILE_EDITING

    # The session

    def _do(self, command: Command) -> bool:
        try:
            self.desk.do(command)
        except WorkshopError as problem:
            self.footer.say(str(problem), "bad", 0)
            return False
        self.footer.hush()
        return True

    def _changed(self, change: Change) -> None:
        del change
        self.view.follow(self.desk.session)
        self._show_heading()

    def action_undo(self) -> None:
        """Bring back what was typed and given up, else take the last change back."""
        if not self.view.bring_back():
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
            return
        edit = change.edits[0]
        self.view.go_to(touchpoint_of(self.desk.session, edit.table, edit.row_id))
        self.footer.say(f"{verb}: {change.label}.")

    def on_map_editor_typed(self, event: MapEditor.Typed) -> None:
        """Text is being typed: it is kept until it is filled in or given up."""
        draft = None if event.text is None else Draft(event.table, event.row_id, event.column, event.text)
        self.desk.opened.keep_draft(draft)

    def on_map_editor_refused(self, event: MapEditor.Refused) -> None:
        """Say why not."""
        self.footer.say(event.words)

    async def put_aside(self) -> None:
        """Fill in what is being typed, before something else happens over the map; what is refused stays open."""
        self.view.commit()

    # The first and the last line

    def _tell_state(self, state: SaveState) -> None:
        """Called on the store's thread: messages may be posted from there."""
        self.post_message(SaveStateChanged(state))

    def on_save_state_changed(self, event: SaveStateChanged) -> None:
        """Saved, saving, or not."""
        self._show_heading()
        if event.state.message:
            self.footer.say(event.state.message, "bad", 0)

    def _show_heading(self) -> None:
        self.query_one(Header).show(self.desk.heading(self.desk.opened.save_state))

    def _show_keys(self) -> None:
        keys = [("Esc", "grid", "back"), ("Enter", "open", "open"), ("F2", "edit", "edit"), ("1-5", "emotion", "edit")]
        keys += [("v", "view", "view(1)"), ("z", "zoom", "zoom"), ("p", "persona", "persona")]
        keys += [("s", "lines", "line_of")] if self.view.choice.view == "subway" else []
        keys += [("l", "lanes", "lanes")] if self.view.choice.view == "map" else []
        keys += [("^Z", "undo", "undo"), ("F1", "help", "help"), ("^P", "all", "app.command_palette")]
        self.footer.show(tuple(keys))

    def on_board_chosen(self, event: Footer.Chosen) -> None:
        """A key was clicked."""
        self.view.focus()
        if isinstance(event.target, str):
            self.run_worker(self.run_action(event.target))

    # What the keys do

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def action_open(self) -> None:
        """Go to the row behind the cell; to its table where there is none."""
        if not self.view.chart.lanes:
            self.dismiss(GoToCell("touchpoints" if self.desk.session["stages"] else "stages"))
            return
        lane = self.view.chart.lanes[self.view.lane]
        rows = self.view.cell.rows
        self.dismiss(GoToCell(lane.table, rows[0] if rows else "", lane.field))

    def action_edit(self) -> None:
        """Fill the cell in."""
        self.view.begin()

    def action_clear(self) -> None:
        """Empty the cell."""
        self.view.clear_cell()

    def action_view(self, distance: int) -> None:
        """The next view."""
        self.view.next_view(distance)
        self._show_keys()

    def action_zoom(self) -> None:
        """Nearer or further."""
        self.view.next_zoom()

    def action_persona(self) -> None:
        """The next persona."""
        name = self.view.next_persona()
        self.footer.say(f"The journey of {name}." if name else "The journey of everybody.")

    def action_line_of(self) -> None:
        """Subway lines by the other thing."""
        self.view.next_line_of()

    def action_lanes(self) -> None:
        """Choose the lanes, and their order."""
        self.run_worker(self._choose_lanes(), exclusive=True)

    async def _choose_lanes(self) -> None:
        from cjworkshop.mapping.journey_map import choose_lanes, chosen_lanes  # noqa: PLC0415 - made on first use
        from cjworkshop.tui.modals.lanes import LanesDialog  # noqa: PLC0415 - made on first use

        keys = [lane.key for lane in chosen_lanes(self.desk.session)]
        chosen = await self.app.push_screen_wait(LanesDialog(keys, ascii_only=self.desk.ascii_only))
        if chosen is not None:
            self._do(choose_lanes(self.desk.session, chosen, self.desk.new_id))

    def palette_entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here besides the keys: the views by name."""
        for view in VIEWS:
            yield f"Map: {view.title}", view.about, partial(self._show_view, view.key)

    def _show_view(self, key: str) -> None:
        self.view.show(replace(self.view.choice, view=key))
        self._show_keys()

    def action_help(self) -> None:
        """What this place is, and its keys."""
        views = tuple((view.title, view.about) for view in VIEWS)
        about = "The journey from left to right. Filled symbols and the strong line are customers, hollow ones staff."
        self.app.push_screen(HelpDialog("Map", about, [("Views", views), *keys_by_place(self)]))
