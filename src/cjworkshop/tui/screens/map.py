"""The map on the whole screen: walked with arrows, filled in, seen in other ways, and left for the grid behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.mapping.lanes import stops
from cjworkshop.mapping.views import VIEWS
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import Touchpoint
from cjworkshop.storage.open_session import Draft, KeptLine
from cjworkshop.tui.kept import MAP
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.screens.held import HeldScreen
from cjworkshop.tui.showing import with_map
from cjworkshop.tui.widgets.map_editing import MapEditor
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.place import Showing
    from cjworkshop.tui.desk import Desk

_WHILE_EDITING = {
    *("command_palette", "nothing", "toggle_theme"),
    *("export", "go_to", "map", "prompt", "step", "vote"),  # they fill in what is being typed, and go on then
}

LETTERS_WAIT = "Nothing to fill in here: Enter opens its table, arrows go on, letters wait."
"""Said where F2 has nothing to edit."""
LETTERS_WAIT_SECONDS = 12.0
"""For which letters behind such an F2 are taken for text that was meant for a cell, unless the cursor moves."""
_LETTERS = {"view", "zoom", "persona", "line_of", "lanes"}
"""What letters do."""


def touchpoint_of(session: Session, table: str, row_id: str) -> str:
    """The touchpoint that a row of some table is, or is about: of a stage its first one; empty where there is none."""
    if table == "touchpoints":
        return row_id
    if table == "stages":
        return next((row.id for row in session.rows(Touchpoint) if row.stage == row_id), "")
    return str(getattr(session[table].get(row_id), "touchpoint", ""))


class MapScreen(HeldScreen):
    """The map over a desk, with its cursor on the touchpoint `row_id`, else on the first one.

    It ends with the place in the grid to go to, or None for where one was.
    """

    NAME = "Map"
    ABOUT = "The journey from left to right. The strong line and filled signs are customers, the thin ones staff."
    CSS_PATH: ClassVar[str | None] = None  # a file would have all rules parsed again
    DEFAULT_CSS = """
    MapScreen {
        Header { height: 1; background: $surface; }
        Footer { height: 1; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="map.back", tooltip="Back to where you were."),
        Binding("f5", "map", "Back", id="map.leave", tooltip="Back to where you were, with what is typed filled in."),
        Binding("enter", "open", "Open", id="map.open", tooltip="Go to the row behind this cell, in its table."),
        Binding(
            "f2", "edit", "Edit", id="map.edit", tooltip="Fill this cell in, below the map; a digit sets a rating."
        ),
        Binding("delete", "clear", "Clear", id="map.clear", tooltip="Empty this cell."),
        Binding(
            "v,tab", "view(1)", "Next view", id="map.view", tooltip="Map, staff against customers, subway and so on."
        ),
        Binding("shift+tab", "view(-1)", "View before", id="map.view-before", tooltip="The view before this one."),
        Binding("z", "zoom", "Zoom", id="map.zoom", tooltip="Touchpoints, one stage, the whole journey."),
        Binding(
            "p", "persona", "Persona", id="map.persona", tooltip="The journey of the next persona, or everybody's."
        ),
        Binding("s", "line_of", "Subway lines", id="map.lines", tooltip="Subway lines by channel or by persona."),
        Binding("l", "lanes", "Lanes", id="map.lanes", tooltip="Choose the lanes of the map, and their order."),
    ]

    def __init__(self, desk: Desk, row_id: str = "") -> None:
        self.view = MapEditor(desk.session, self._do, lambda: desk.context, self._show_keys, ascii_only=desk.ascii_only)
        self.view.go_to(row_id or next((row.id for row in stops(desk.session) if row is not None), ""))
        self._follows = False
        self._refused, self._refused_until = (-1, -1), 0.0
        super().__init__(desk, self.view)
        kept = desk.opened.lines.get(MAP)
        if kept is not None and len(kept.at) == 2:
            self.view.given_up = (*kept.at, kept.text)

    def on_mount(self) -> None:
        """Say it where something was typed and not filled in."""
        super().on_mount()
        if self.view.given_up is not None:
            label = self.desk.session.short_label(self.view.given_up[0])
            self.footer.say(f"What you typed{f' for {label}' if label else ''} is kept: Ctrl+Z goes on with it.")

    def on_unmount(self) -> None:
        """What is still being typed when one goes elsewhere is given up, and kept."""
        if self.view.editing:
            self.view.cancel()
            self._keep(None)
        super().on_unmount()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a cell is edited all keys are its own, and letters for a while where one could not be edited.

        The subway's key works where there is one.
        """
        if not super().check_action(action, parameters):
            return False
        if action in _LETTERS and self._letters_wait:
            return False
        if action == "line_of":
            return not self.view.editing and self.view.choice.view == "subway"
        return not self.view.editing or action in _WHILE_EDITING

    @property
    def _letters_wait(self) -> bool:
        """Whether letters are likely meant for the cell that F2 was just pressed on in vain."""
        here = (self.view.at, self.view.lane)
        return self.is_current and here == self._refused and monotonic() < self._refused_until

    # The session

    def show(self) -> None:
        """The session as it stands."""
        self.view.follow(self.desk.session)
        self._show_keys()

    def _do(self, command: Command) -> bool:
        return self.attempt(lambda: self.desk.do(command))

    def action_undo(self) -> None:
        """Bring back what was typed and given up, else take the last change back and go there."""
        if not self.view.bring_back():
            self._follows = True
            super().action_undo()
            self._follows = False

    def action_redo(self) -> None:
        """The last change undone; the cursor goes there."""
        self._follows = True
        super().action_redo()
        self._follows = False

    def changed(self, change: Change) -> None:
        """Show the session, and where in it something was undone."""
        super().changed(change)
        for edit in change.edits[:1] if self._follows else ():
            self.view.go_to(touchpoint_of(self.desk.session, edit.table, edit.row_id))

    def on_map_editor_typed(self, event: MapEditor.Typed) -> None:
        """Text is being typed: it is kept until it is filled in or given up."""
        self._keep(None if event.text is None else Draft(event.table, event.row_id, event.column, event.text))

    def _keep(self, draft: Draft | None) -> None:
        """Have what is being typed outlive the program, and what was given up."""
        given_up = self.view.given_up
        self.desk.opened.keep_draft(draft)
        self.desk.opened.keep_line(MAP, KeptLine(given_up[2], given_up[:2]) if given_up else None)

    def on_map_editor_refused(self, event: MapEditor.Refused) -> None:
        """Say why not."""
        if self._letters_wait:
            self.footer.say(LETTERS_WAIT, seconds=LETTERS_WAIT_SECONDS)
        else:
            self.footer.say(event.words)

    def shown_to_room(self, before: Showing) -> Showing:
        """The room sees the map as it is seen here."""
        return with_map(replace(before, view="map"), self.view)

    async def put_aside(self) -> Callable[[], None] | None:
        """Fill in what is being typed, before something else happens over the map; what is refused stays open.

        Gives what opens the line again as it was; None where it was not open.
        """
        return self.view.put_aside()

    def _show_keys(self) -> None:
        self.footer.show(self._editing_keys() if self.view.editing else self._walking_keys())

    def _editing_keys(self) -> tuple[tuple[str, str, str], ...]:
        arrows = "Up Down" if self.desk.ascii_only else "↑ ↓"
        more = (arrows, "choose", "") if self.view.choosing else ("^A", "all, to replace", "")
        return ("Enter", "take it", ""), ("Tab", "take it, next", ""), ("Esc", "give it up", ""), more

    def _walking_keys(self) -> tuple[tuple[str, str, str], ...]:
        """What works here. Keys that come and go with the cursor stand behind the others, so that these stay in place."""
        editable, digits = self.view.offers
        view = self.view.choice.view
        return (
            ("Esc", "grid", "back"),
            ("Enter", "open", "open"),
            ("v", "view", "view(1)"),
            ("z", "zoom", "zoom"),
            *((("p", "persona", "persona"),) if self.desk.session.rows(Persona) else ()),
            *((("s", "lines", "line_of"),) if view == "subway" else ()),
            *((("l", "lanes", "lanes"),) if view == "map" else ()),
            *((("F2", "edit", "edit"),) if editable else ()),
            *(((digits, "rate", "edit"),) if digits else ()),
            ("^Z", "undo", "undo"),
            ("F7", "vote", "vote"),
            ("F6", "room", "app.presenter"),
            ("F1", "help", "help"),
            ("^P", "all", "app.command_palette"),
        )

    # What the keys do

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
        if not self.view.editing and self.view.chart.lanes:
            self._refused = (self.view.at, self.view.lane)
            self._refused_until = monotonic() + LETTERS_WAIT_SECONDS

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
        self._show_keys()
        self.footer.say(f"The journey of {name}." if name else "The journey of everybody.")

    def action_line_of(self) -> None:
        """Subway lines by the other thing."""
        self.view.next_line_of()

    def action_lanes(self) -> None:
        """Choose the lanes, and their order."""
        self.run_worker(self._choose_lanes(), exclusive=True)

    async def action_map(self) -> None:
        """Back, with what is being typed filled in."""
        await self.put_aside()
        self.action_back()

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
        yield from super().palette_entries()

    def _show_view(self, key: str) -> None:
        self.view.show(replace(self.view.choice, view=key))
        self._show_keys()

    def action_help(self) -> None:
        """What this place is, its views, its keys."""
        views = tuple((view.title, view.about) for view in VIEWS)
        self.app.push_screen(HelpDialog(self.NAME, self.ABOUT, [("Views", views), *keys_by_place(self)]))
