"""Every key has an id, a description and help; no two things in one place want the same key."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.app import App
from textual.binding import Binding

from cjworkshop.errors import InvalidData
from cjworkshop.tui.keyboard import pretty
from cjworkshop.tui.keys import PALETTE, PLACES, all_bindings, check_keymap

UNDISTINGUISHABLE = {
    "ctrl+m", "ctrl+i", "ctrl+h", "ctrl+enter", "shift+enter", "alt+enter", "shift+f3", "ctrl+left_square_bracket",
}  # fmt: skip
"""Keys that terminals send as other keys: Enter, Tab, Backspace, Enter again, a cursor report, Esc."""

NOT_BUILT = {"f8"}
"""Keys that are promised to what is not built yet."""

SHARED = {
    "ctrl+z": "the grid takes it while something is typed or was given up, the screen undoes the rest",
    "ctrl+y": "likewise",
    "ctrl+c": "the grid copies; the application's own does nothing, so that it never quits",
    "space": "the dialogs of export and of lanes each have it to themselves",
    "f5": "on the list of sessions it looks again; in the workshop it shows the map",
    "f7": "on a screen over the tables it shows the vote; on the vote it goes back",
    "ctrl+g": "over the tables it goes back to their marks; in a list to the row of its item",
    "ctrl+pageup": "over the tables it goes to the step before; from scores to votes",
    "ctrl+pagedown": "over the tables it goes to the next step; from votes to scores",
}


def declared(*names: str) -> list[tuple[str, Binding]]:
    chosen = [(place, classes) for place, classes in PLACES if not names or place in names]
    found = [
        (place, binding)
        for place, classes in chosen
        for declaring in classes
        for binding in vars(declaring).get("BINDINGS", ())
        if isinstance(binding, Binding)
    ]
    return [*found, ("everywhere", PALETTE)]


def keys_of(binding: Binding) -> list[str]:
    return [key.strip() for key in binding.key.split(",")]


@pytest.mark.parametrize(("place", "binding"), declared())
def test_every_binding_has_an_id_a_description_and_help(place: str, binding: Binding) -> None:
    assert binding.id, f"{place}: {binding.key}"
    assert binding.description or binding.system
    assert binding.tooltip.endswith(".")


def test_ids_are_unique() -> None:
    counts = Counter(binding.id for _, binding in declared())
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    "places",
    [
        ("everywhere", "workshop", "table"),
        ("everywhere", "sessions"),
        ("everywhere", "dialog"),
        ("everywhere", "capture"),
        ("everywhere", "over the tables", "map"),
        ("everywhere", "over the tables", "inbox"),
        ("everywhere", "over the tables", "list", "vote"),
        ("everywhere", "over the tables", "list", "scores"),
    ],
)
def test_no_two_bindings_that_are_alive_together_want_the_same_key(places: tuple[str, ...]) -> None:
    counts = Counter(key for _, binding in declared(*places) for key in keys_of(binding))
    # `declared` adds the palette once, and a new session's dialog has Ctrl+N to itself.
    assert {key for key, count in counts.items() if count > 1} - set(SHARED) == set()


def test_no_key_is_bound_that_a_terminal_cannot_send() -> None:
    assert {key for _, binding in declared() for key in keys_of(binding)} & UNDISTINGUISHABLE == set()


def test_keys_of_what_is_not_built_are_free_in_the_workshop() -> None:
    bound = {key for _, binding in declared("everywhere", "workshop", "table") for key in keys_of(binding)}
    assert bound & NOT_BUILT == set()


def test_the_palette_has_the_key_that_is_told() -> None:
    assert PALETTE.key == App.COMMAND_PALETTE_BINDING


def test_all_bindings_are_listed_once() -> None:
    keys = all_bindings()
    assert len(keys) == len(declared())
    assert {key.id for key in keys} == {binding.id for _, binding in declared()}
    assert all(key.keys for key in keys)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+pageup", "Ctrl+PgUp"),
        ("f1", "F1"),
        ("alt+backspace", "Alt+Backspace"),
        ("ctrl+g", "Ctrl+G"),
        ("escape", "Esc"),
    ],
)
def test_keys_are_written_as_on_keyboards(key: str, shown: str) -> None:
    assert pretty(key) == shown


@pytest.mark.parametrize(
    ("keymap", "sentence"),
    [
        ({"app.nope": "f12"}, "does not exist"),
        ({"app.quit": "a"}, "could not be typed"),
        ({"app.quit": "f12, "}, "typed"),
    ],
)
def test_a_keymap_that_cannot_be_meant_is_refused(keymap: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidData, match=sentence):
        check_keymap(keymap)


def test_a_keymap_may_give_several_keys() -> None:
    check_keymap({"app.quit": "ctrl+q,f12", "grid.sort": "ctrl+b"})
