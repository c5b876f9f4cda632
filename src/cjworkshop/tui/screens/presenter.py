"""The presenter: what the room should see, on the facilitator's own screen. A projector that mirrors it shows no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.errors import WorkshopError
from cjworkshop.storage.save_state import Save
from cjworkshop.tui.keyboard import keys_by_place
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.presenting import MAPS, items_shown
from cjworkshop.tui.screens.room import RoomScreen
from cjworkshop.tui.screens.saving import SaveStateChanged
from cjworkshop.tui.showing import NOTHING, ROOM_VIEWS, with_map
from cjworkshop.tui.widgets.presented_line import HINT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.place import Showing
    from cjworkshop.storage.save_state import SaveState
    from cjworkshop.tui.app import WorkshopApp
    from cjworkshop.tui.desk import Desk

KEYS = [part.key for part in ROOM_VIEWS]
NOT_SAVED = ("●", "*")
"""The sign for the facilitator that something is not saved; the room need not know."""


class PresenterScreen(RoomScreen):
    """One view at a time of what the room is to see. `view` is the one to begin with."""

    app: WorkshopApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f6", "back", "Back", id="presenter.back", tooltip="Back to where you were."),
        Binding("1", "view('prompt')", "Prompt", id="presenter.prompt", tooltip="The question, large."),
        Binding("2", "view('clock')", "Clock", id="presenter.clock", tooltip="The time left, large."),
        Binding(
            "3,f5", "view('map')", "Map", id="presenter.map", tooltip="The map as you had it last; arrows walk it."
        ),
        Binding("4,f7", "view('votes')", "Votes", id="presenter.votes", tooltip="The vote; totals once revealed."),
        Binding("5", "view('storyboard')", "Storyboard", id="presenter.storyboard", tooltip="Scene by scene."),
        Binding("right,tab", "turn(1)", "Next view", id="presenter.next", tooltip="The next view; on a map, Tab."),
        Binding(
            "left,shift+tab",
            "turn(-1)",
            "View before",
            id="presenter.before",
            tooltip="The view before; on a map, Shift+Tab.",
        ),
        Binding("b", "blank", "Blank", id="presenter.blank", tooltip="Nothing at all; again, what was there."),
        Binding("f3", "prompt(1)", "Next prompt", id="presenter.next-prompt", tooltip="The next question to ask."),
        Binding("down", "move(5)", "Items below", id="presenter.down", tooltip="Further down in a vote."),
        Binding("up", "move(-5)", "Items above", id="presenter.up", tooltip="Further up in a vote."),
        Binding("v", "map_view", "Map view", id="presenter.map-view", tooltip="On the map: see it in another way."),
        Binding("z", "zoom", "Zoom", id="presenter.zoom", tooltip="On a map: touchpoints, one stage, all of it."),
        Binding("f1", "help", "Help", id="presenter.help", tooltip="What this place is, and its keys."),
        Binding("ctrl+z", "undo", "Undo", id="presenter.undo", tooltip="Take the last change back."),
        Binding("ctrl+y", "redo", "Redo", id="presenter.redo", tooltip="Do again what was undone."),
    ]

    def __init__(self, desk: Desk, view: str) -> None:
        super().__init__(desk.clock, ascii_only=desk.ascii_only, walkable=True)
        self.desk = desk
        self.view = view if view in KEYS else KEYS[0]
        self._blank = False
        self._item = ""
        self._ends: list[Callable[[], None]] = []

    def on_mount(self) -> None:
        """Follow the session, the state of its file, and the seconds."""
        desk = self.desk
        self._ends = [desk.workbook.subscribe(self._changed), desk.opened.on_state(self._tell_state)]
        desk.room.mirrored = True
        self.set_interval(1, self.redraw)
        self.redraw()
        self._show_sign(desk.opened.save_state)
        names = "  ".join(f"{number} {part.title.lower()}" for number, part in enumerate(ROOM_VIEWS, 1))
        self.line.say(f"{names}  B blank  Esc back", HINT_SECONDS)

    def on_unmount(self) -> None:
        """Follow no more."""
        self.desk.room.mirrored = False
        for end in self._ends:
            end()

    def on_screen_resume(self) -> None:
        """What lay over this one may have changed anything."""
        self.redraw()

    def _changed(self, change: Change) -> None:
        del change
        self.redraw()

    def redraw(self) -> None:
        """Show what there is to be seen now."""
        room = self.desk.room
        room.follow((self,))
        self.present(self.desk.session, self.shown_to_room(room.showing))

    def shown_to_room(self, before: Showing) -> Showing:
        """The view, and the map as it is walked here."""
        shown = replace(before, view=NOTHING if self._blank else self.view, item=self._item or before.item)
        its = self.maps.get(self.view)
        if its is None:
            return shown
        seen = with_map(shown, its)
        return seen if self.view == "map" else replace(seen, map_view=before.map_view)

    # The sign

    def _tell_state(self, state: SaveState) -> None:
        """Called on the store's thread: messages may be posted from there."""
        self.post_message(SaveStateChanged(state))

    def on_save_state_changed(self, event: SaveStateChanged) -> None:
        """Saved or not."""
        self._show_sign(event.state)

    def _show_sign(self, state: SaveState) -> None:
        self.line.mark(NOT_SAVED[self.ascii_only] if state.kind is Save.NOT_SAVED else "")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done on a map can be done where one is; items are walked in a vote."""
        if action == "map_view":
            return self.view == "map"
        if action == "zoom":
            return self.view in MAPS
        if action == "move":
            return self.view == "votes"
        return super().check_action(action, parameters)

    def action_view(self, view: str) -> None:
        """This view."""
        self.line.hush()
        self.view = self.desk.room.last = view
        self._blank = False
        self.redraw()

    def action_turn(self, distance: int) -> None:
        """The next view, round the end."""
        self.action_view(KEYS[(KEYS.index(self.view) + distance) % len(KEYS)])

    def action_blank(self) -> None:
        """Nothing, or what was there."""
        self.line.hush()
        self._blank = not self._blank
        self.redraw()

    def action_prompt(self, distance: int) -> None:
        """The next question."""
        self.line.hush()
        self.desk.next_prompt(distance)
        self.redraw()

    def action_move(self, distance: int) -> None:
        """On to another item of the vote."""
        showing = self.desk.room.showing
        items = items_shown(self.desk.session, showing)
        if items:
            at = items.index(showing.item) if showing.item in items else 0
            self._item = items[min(max(at + distance, 0), len(items) - 1)]
            self.redraw()

    def action_map_view(self) -> None:
        """The map seen in another way."""
        self.line.hush()
        self.maps["map"].next_view()
        self.redraw()

    def action_zoom(self) -> None:
        """Nearer or further."""
        self.line.hush()
        self.maps[self.view].next_zoom()
        self.redraw()

    def action_undo(self) -> None:
        """The last change. What it was is nothing for the room."""
        self._turn_change("Undone.", self.desk.undo)

    def action_redo(self) -> None:
        """The last change undone."""
        self._turn_change("Done again.", self.desk.redo)

    def _turn_change(self, done: str, turn: Callable[[], Change | None]) -> None:
        try:
            change = turn()
        except WorkshopError:
            self.line.say("That cannot be done now.", HINT_SECONDS)
            return
        self.line.say(done if change else "Nothing to undo.", HINT_SECONDS)

    def tell(self, done: str | None) -> None:
        """Something was done over this screen. What it was is nothing for the room."""
        del done

    def palette_entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers here besides the keys."""
        yield "Dark or light theme", "For this run; the config file has it for good.", self.app.action_toggle_theme

    def action_help(self) -> None:
        """What this place is, and its keys."""
        views = tuple((part.title, part.about) for part in ROOM_VIEWS)
        about = "Only what the room should see. `cjworkshop present` in a second terminal shows the same there."
        self.app.push_screen(HelpDialog("Presenter", about, [("Views", views), *keys_by_place(self)]))

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
