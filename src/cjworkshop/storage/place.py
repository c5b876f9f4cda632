"""Where one was in a session, and what the room is shown of it: a small file beside it, not worth a flush.

The file is no part of the session. A program that shows the room what the facilitator shows reads it again and again,
whatever its version: what it does not know there it passes over.
"""

from __future__ import annotations

import json
from dataclasses import asdict, field, fields
from typing import TYPE_CHECKING, Any

from cjworkshop.lazy import dataclass
from cjworkshop.storage.disk import write_all
from cjworkshop.storage.ids import new_id

if TYPE_CHECKING:
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.names import Files

_LENGTH = 2**16
"""Bytes above which a file is not what we wrote."""
LONGEST = 2_000
"""Characters of a text that are kept: no screen has room for more."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What the room is to see. Whoever reads it must expect names here that mean nothing to him.

    `view` is the kind of picture; empty where nothing was ever shown. `step` and `prompt` are the step's key and the
    question asked in it. `map_view`, `persona`, `line_of` and `zoom` say how the map is seen, `row_id` and `lane` where
    its cursor is. `round_id` is the vote, `item` the id of the row that must be in view there; where `hidden` says anything,
    no totals are shown. `wanted` is the view that stands whatever is on the facilitator's screen; empty where none does.
    """

    view: str = ""
    step: str = ""
    prompt: str = ""
    map_view: str = ""
    persona: str = ""
    line_of: str = ""
    zoom: str = ""
    row_id: str = ""
    lane: str = ""
    round_id: str = ""
    item: str = ""
    hidden: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class Place:
    """Step key, table name, row id and column key, empty where unknown; and what the room is shown."""

    step: str = ""
    table: str = ""
    row_id: str = ""
    column: str = ""
    showing: Showing = field(default_factory=Showing)


_OWN = tuple(part.name for part in fields(Place) if part.name != "showing")
_SHOWN = tuple(part.name for part in fields(Showing))


def read_place(disk: Disk, files: Files) -> Place | None:
    """Where one was; None where that is not known."""
    try:
        found = json.loads(disk.read(files.place, most=_LENGTH))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    own = {name: found[name] for name in _OWN if name in found}
    if not own or not all(isinstance(value, str) for value in own.values()):
        return None
    return Place(**own, showing=_showing_of(found.get("showing")))


def _showing_of(found: Any) -> Showing:
    """What can be understood of it."""
    known = {name: found[name] for name in _SHOWN if name in found} if isinstance(found, dict) else {}
    return Showing(**{name: value[:LONGEST] for name, value in known.items() if isinstance(value, str)})


def write_place(disk: Disk, files: Files, place: Place) -> None:
    """Keep where one is."""
    temporary = files.temporary(new_id())
    descriptor = disk.create(temporary)
    try:
        write_all(disk, descriptor, json.dumps(asdict(place)).encode() + b"\n")
    finally:
        disk.close(descriptor)
    disk.replace(temporary, files.place)
