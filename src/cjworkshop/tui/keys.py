"""All keys of the program, gathered from the places that declare them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import format_key

from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.modals.new_session import NewSessionDialog
from cjworkshop.tui.screens.home import HomeScreen
from cjworkshop.tui.screens.workshop import WorkshopScreen
from cjworkshop.tui.widgets.grid import Grid
from cjworkshop.tui.widgets.session_list import SessionList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode

PLACES: tuple[tuple[str, tuple[type[DOMNode], ...]], ...] = (
    ("everywhere", (WorkshopApp,)),
    ("sessions", (HomeScreen, SessionList)),
    ("workshop", (WorkshopScreen,)),
    ("table", (Grid,)),
    ("dialog", (Dialog, NewSessionDialog)),
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


def pretty(key: str) -> str:
    """A key as it is printed on keyboards: `Ctrl+PgUp`, `F1`, `Alt+Backspace`."""
    names = {"pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc", "delete": "Delete", "insert": "Insert"}
    *held, last = key.strip().split("+")
    shown = names.get(last) or (last.title() if len(last) > 1 else format_key(last).upper())
    return "+".join([*(part.title() for part in held), shown])
