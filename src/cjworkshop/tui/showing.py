"""What the facilitator shows the room: what his screen shows of it, unless he wants the room to see something else.

A program in a second terminal (`cjworkshop present`) follows it by way of the session's place file.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from cjworkshop.storage.place import Showing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cjworkshop.domain.session import Session
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.widgets.map_view import MapView


class RoomPart(NamedTuple):
    """Something that the room can be shown: its key, its name for people, and what is seen."""

    key: str
    title: str
    about: str


ROOM_VIEWS = (
    RoomPart("prompt", "Prompt", "The question to answer now."),
    RoomPart("clock", "Clock", "The time left, what comes next, the groups."),
    RoomPart("map", "Map", "The journey as you see it on your map."),
    RoomPart("votes", "Votes", "The vote: dots left, totals once they are revealed."),
    RoomPart("storyboard", "Storyboard", "Scene by scene."),
)
"""In the order in which one goes through them."""
NOTHING = "nothing"
"""The key of a blank screen."""


@runtime_checkable
class Shows(Protocol):
    """A screen that has something for the room."""

    def shown_to_room(self, before: Showing) -> Showing:
        """What the room is to see while this screen is up, given what it saw before. It is asked ten times a second."""
        ...


class RoomDesk:
    """What an open session shows the room: `showing`.

    `wanted` is the key of what the facilitator wants shown; empty: what is on his screen. While he looks at what the room
    sees, that is `mirrored`, whatever is wanted; `last` is what he last looked at so.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.showing = Showing()
        self.wanted = ""
        self.mirrored = False
        self.last = ROOM_VIEWS[0].key
        self._asked: tuple[Session, str, int, str] | None = None

    def follow(self, screens: Iterable[object]) -> None:
        """Look at what is on the screen, the uppermost screen last."""
        desk = self._desk
        shown = replace(self.showing, view="prompt", step=desk.step.key, prompt=self._prompt())
        for screen in screens:
            if isinstance(screen, Shows):
                shown = screen.shown_to_room(shown)
        if self.wanted and not self.mirrored:
            shown = replace(shown, view=self.wanted)
        self.showing = replace(shown, wanted=self.wanted)

    def take_up(self, before: Showing) -> None:
        """Show again what was wanted when the program ended without its facilitator's doing."""
        self.wanted = before.wanted if before.wanted in {NOTHING, *(part.key for part in ROOM_VIEWS)} else ""

    def release(self) -> None:
        """The session is about to be closed, and what was wanted is not wanted the next time."""
        self.wanted = ""
        self.showing = replace(self.showing, wanted="")

    def _prompt(self) -> str:
        """The question to ask. To find it takes long, so it is looked for where it can be another one only."""
        desk = self._desk
        here = (desk.session, desk.step.key, desk.prompt_index)
        if self._asked is None or self._asked[0] is not here[0] or self._asked[1:3] != here[1:]:
            self._asked = (*here, desk.prompt[0].text)
        return self._asked[3]

    def entries(self, say: Callable[[str], object]) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """What the palette offers: (name, what it does, how). `say` tells the facilitator that it was done."""

        def want(view: str, said: str) -> None:
            self.wanted = view
            say(said)

        second = "In a second terminal that runs `cjworkshop present`."
        follows = "The room sees the prompt, the map or the vote: what is on your screen."
        yield "Show the room: what is on my screen", second, partial(want, "", follows)
        for part in ROOM_VIEWS:
            said = f"The room sees this until you say otherwise: {part.title.lower()}."
            yield f"Show the room: {part.title.lower()}", part.about, partial(want, part.key, said)
        yield "Show the room: nothing", second, partial(want, NOTHING, "The room sees nothing now.")


def with_map(showing: Showing, its: MapView) -> Showing:
    """The same, with the map as it is seen in this widget."""
    choice, lanes = its.choice, its.chart.lanes
    return replace(
        showing,
        map_view=choice.view,
        persona=choice.persona,
        line_of=choice.line_of,
        zoom=its.zoom,
        row_id=its.row_id,
        lane=lanes[its.lane].key if lanes else "",
    )
