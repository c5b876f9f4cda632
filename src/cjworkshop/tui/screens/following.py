"""What the room sees in a second terminal: what the facilitator shows it, wherever he is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from cjworkshop.tui.clockwork import Clockwork
from cjworkshop.tui.screens.room import RoomScreen
from cjworkshop.tui.showing import NOTHING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from cjworkshop.storage.following import Seen

NOT_OPEN = "Not open now: this is how it stands."
NOT_READABLE = "It cannot be read now: this is how it stood."
STOPPED = "It is followed no more: a fault of the program. Start it again."


class Looked(Message):
    """The session, or what is to be shown of it, is another one; None where nobody looks any more."""

    def __init__(self, seen: Seen | None) -> None:
        super().__init__()
        self.seen = seen


class FollowingScreen(RoomScreen):
    """Shows what was seen last. `B` blanks it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "blank", "Blank", id="present.blank", tooltip="Nothing at all; again, what is shown."),
        Binding("q,escape", "quit", "Quit", id="present.quit", tooltip="End the presenter; the session goes on."),
    ]

    def __init__(self, seen: Seen, now: Callable[[], dt.datetime], *, ascii_only: bool) -> None:
        self.seen = seen
        super().__init__(Clockwork(lambda: self.seen.session, now), ascii_only=ascii_only, walkable=False)
        self._blank = False
        self._stopped = False

    def on_mount(self) -> None:
        """Show it, and the seconds of its clock."""
        self.set_interval(1, self.redraw)
        self.redraw()

    def on_looked(self, event: Looked) -> None:
        """Show what is seen now."""
        if event.seen is None:
            self._stopped = True
        else:
            self.seen = event.seen
        self.redraw()

    def redraw(self) -> None:
        """Show what there is to be seen now."""
        seen = self.seen
        showing = replace(seen.showing, view=NOTHING) if self._blank else seen.showing
        self.present(seen.session, showing)
        trouble = "" if seen.is_open else NOT_OPEN
        trouble = trouble if seen.is_readable else NOT_READABLE
        self.line.say(STOPPED if self._stopped else trouble)

    def action_blank(self) -> None:
        """Nothing, or what is shown."""
        self._blank = not self._blank
        self.redraw()

    async def action_quit(self) -> None:
        """End."""
        self.app.exit(0)
