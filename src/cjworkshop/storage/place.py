"""Where one was in a session: a small file beside it, no part of the session and not worth a flush."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.storage.disk import write_all
from cjworkshop.storage.ids import new_id

if TYPE_CHECKING:
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.names import Files

_LENGTH = 4096


@dataclass(frozen=True)
class Place:
    """Step key, table name, row id and column key; empty where unknown."""

    step: str = ""
    table: str = ""
    row_id: str = ""
    column: str = ""


def read_place(disk: Disk, files: Files) -> Place | None:
    """Where one was; None where that is not known."""
    try:
        place = Place(**json.loads(disk.read(files.place, most=_LENGTH)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return place if all(isinstance(part, str) for part in asdict(place).values()) else None


def write_place(disk: Disk, files: Files, place: Place) -> None:
    """Keep where one is."""
    temporary = files.temporary(new_id())
    descriptor = disk.create(temporary)
    try:
        write_all(disk, descriptor, json.dumps(asdict(place)).encode() + b"\n")
    finally:
        disk.close(descriptor)
    disk.replace(temporary, files.place)
