"""All keys of the program, gathered from the places that declare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from cjworkshop.errors import InvalidData
from cjworkshop.lazy import dataclass
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.keyboard import pretty
from cjworkshop.tui.modals.capture import CaptureEntry, CaptureLine, ReadLine
from cjworkshop.tui.modals.clock import ClockDialog
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.modals.export import ExportDialog
from cjworkshop.tui.modals.lanes import LanesDialog
from cjworkshop.tui.modals.menu_dialog import MenuDialog
from cjworkshop.tui.modals.new_round import RulesDialog
from cjworkshop.tui.modals.new_session import NewSessionDialog
from cjworkshop.tui.modals.refit import RefitDialog
from cjworkshop.tui.modals.restore_points import Comparison
from cjworkshop.tui.palette import Palette
from cjworkshop.tui.present_app import PresentApp
from cjworkshop.tui.screens.following import FollowingScreen
from cjworkshop.tui.screens.held import HeldScreen
from cjworkshop.tui.screens.home import HomeScreen
from cjworkshop.tui.screens.inbox import InboxScreen
from cjworkshop.tui.screens.listed import ListedScreen
from cjworkshop.tui.screens.map import MapScreen
from cjworkshop.tui.screens.presenter import PresenterScreen
from cjworkshop.tui.screens.score import ScoreScreen
from cjworkshop.tui.screens.vote import VoteScreen
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.widgets.grid import Grid
from cjworkshop.tui.widgets.inbox_board import InboxBoard
from cjworkshop.tui.widgets.map_view import MapView
from cjworkshop.tui.widgets.session_list import SessionList
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.dom import DOMNode

PLACES: tuple[tuple[str, tuple[type[DOMNode], ...]], ...] = (
    ("everywhere", (WorkshopApp,)),
    ("sessions", (HomeScreen, SessionList)),
    ("workshop", (WorkshopScreen,)),
    ("table", (Grid,)),
    ("map", (MapScreen, MapView)),
    ("over the tables", (HeldScreen,)),
    ("list", (ListedScreen,)),
    ("vote", (VoteScreen,)),
    ("scores", (ScoreScreen,)),
    ("inbox", (InboxScreen, InboxBoard)),
    ("capture", (ReadLine, CaptureLine, CaptureEntry)),
    ("presenter", (PresenterScreen,)),
    ("in a second terminal", (PresentApp, FollowingScreen)),
    ("new round of votes", (RulesDialog,)),
    ("clock", (ClockDialog, RefitDialog)),
    ("palette", (Palette,)),
    ("dialog", (Dialog, TextLine, NewSessionDialog, ExportDialog, LanesDialog, MenuDialog, Comparison)),
)
"""What declares keys, by the name of the place for people."""

PALETTE = Binding(
    "ctrl+p", "command_palette", "All commands", id="app.palette", tooltip="Everything that can be done here, by name."
)


@dataclass(frozen=True, slots=True)
class Key:
    """A binding as people read it: `keys` as they are pressed, `id` for the config file's keymap."""

    place: str
    id: str
    keys: str
    description: str
    tooltip: str


def all_bindings() -> list[Key]:
    """Every binding of every place, in the order of the places."""
    return [_key(place, binding) for place, classes in PLACES for binding in _declared(classes)]


def _declared(classes: Iterable[type[DOMNode]]) -> Iterable[Binding]:
    for declaring in classes:
        for binding in vars(declaring).get("BINDINGS", ()):
            if isinstance(binding, Binding):
                yield binding
        if declaring is WorkshopApp:
            yield PALETTE


def _key(place: str, binding: Binding) -> Key:
    keys = " or ".join(pretty(key) for key in binding.key.split(","))
    return Key(place, binding.id or "", keys, binding.description, binding.tooltip)


def check_keymap(keymap: Mapping[str, str]) -> None:
    """See that each entry of the config file's keymap gives keys to something. InvalidData names the first that does not."""
    known = {key.id for key in all_bindings()}
    for name, keys in keymap.items():
        if name not in known:
            raise InvalidData(
                f"The keymap gives {keys} to {name!r}, which does not exist.", "`cjworkshop keys` lists all."
            )
        for key in keys.split(","):
            if len(key.strip()) <= 1:
                raise InvalidData(
                    f"The keymap gives {key.strip()!r} to {name}, which could not be typed any more.",
                    "Use a key such as ctrl+b or f12.",
                )
