"""Which lanes the map has, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cjworkshop.mapping.lanes import BY_KEY, LANES
from cjworkshop.tui.modals.dialog import Dialog
from cjworkshop.tui.text import fit, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


AROUND = 12
"""Lines of the dialog above and below its list."""


class LanesDialog(Dialog["list[str]"]):
    """All lanes as a list, those that are shown marked and first. Ends with the keys of those, in their order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Show or hide", id="lanes.show", tooltip="Show this lane, or hide it."),
        Binding("alt+up", "shift(-1)", "Move up", id="lanes.up", tooltip="Move this lane up."),
        Binding("alt+down", "shift(1)", "Move down", id="lanes.down", tooltip="Move this lane down."),
        Binding("u", "usual", "As usual", id="lanes.usual", tooltip="The usual lanes in their usual order."),
    ]

    def __init__(self, shown: Sequence[str], *, ascii_only: bool = False) -> None:
        super().__init__("Lanes of the map", "The names of the touchpoints always stand first.")
        self._tick = "x" if ascii_only else "✓"
        self._keys_line = "Space show   Alt+Up Alt+Down move   u as usual   Enter take   Esc cancel"
        self._arrange(shown)

    def _arrange(self, shown: Sequence[str]) -> None:
        self._shown = set(shown)
        self._order = [*shown, *(lane.key for lane in LANES if lane.key not in self._shown)]

    def content(self) -> Iterable[Widget]:
        """The lanes."""
        yield OptionList(*self._options())

    def on_mount(self) -> None:
        """The list is as high as there is room for, so that title and keys stay."""
        self.query_one(OptionList).styles.max_height = max(self.app.size.height - AROUND, 3)

    def keys(self) -> str:
        """How to choose."""
        return self._keys_line

    def _options(self) -> list[Option]:
        options = []
        for key in self._order:
            lane = BY_KEY[key]
            mark = self._tick if key in self._shown else " "
            options.append(Option(safe(f"{mark} {fit(lane.title, 14)} {lane.about}"), id=key))
        return options

    def _redraw(self, here: int) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = here

    @property
    def _here(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def action_turn(self) -> None:
        """Show the lane, or hide it."""
        self._shown ^= {self._order[self._here]}
        self._redraw(self._here)

    def action_shift(self, distance: int) -> None:
        """Move the lane."""
        here = self._here
        there = here + distance
        if 0 <= there < len(self._order):
            self._order[here], self._order[there] = self._order[there], self._order[here]
            self._redraw(there)

    def action_usual(self) -> None:
        """As on a map for which nobody has chosen."""
        self._arrange([lane.key for lane in LANES if lane.shown])
        self._redraw(0)

    def on_option_list_option_selected(self) -> None:
        """Take them."""
        self.dismiss([key for key in self._order if key in self._shown])
