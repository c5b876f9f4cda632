"""Keys as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cjworkshop.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual.screen import Screen

_NAMES = {"pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc", "up": "↑", "down": "↓", "left": "←", "right": "→"} | {
    "plus": "+",
    "minus": "-",
}


def pretty(key: str) -> str:
    """A key as it is printed on keyboards: `Ctrl+PgUp`, `F1`, `Alt+Backspace`; the first where there are several."""
    *held, last = key.split(",", maxsplit=1)[0].strip().split("+")
    shown = _NAMES.get(last) or (last.title() if len(last) > 1 else last.upper())
    return "+".join([*(part.title() for part in held), shown])


def keys_by_place(
    screen: Screen[Any], others: str = "Keys everywhere"
) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The keys that are alive on a screen, as groups of (key, what it does) for the help.

    `others` is what those are headed with that are not the table's.
    """
    groups: dict[str, dict[str, str]] = {"Keys in the table": {}, others: {}}
    for node, binding, _, tooltip in screen.active_bindings.values():
        if binding.id and not binding.system:
            group = "Keys in the table" if isinstance(node, Grid) else others
            groups[group][pretty(binding.key)] = tooltip or binding.tooltip
    return [(name, tuple(keys.items())) for name, keys in groups.items() if keys]
