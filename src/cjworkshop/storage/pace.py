"""How often what is done: the times and sizes of saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Pace:
    """Times in seconds, sizes in bytes.

    A checkpoint comes `idle` after the last edit, at most `latest` after the first edit that is not in the file, and
    at once when the journal has grown by `changes` or `size` since. A draft is kept `draft_idle` after the last key
    and at most `draft_latest` after the first, the place where one is `place` after the last move, but `showing` after
    the room is shown something else. What failed is tried again each `retry`.
    """

    idle: float = 2.0
    latest: float = 10.0
    changes: int = 500
    size: int = 2**20
    draft_idle: float = 0.3
    draft_latest: float = 1.0
    retry: float = 1.0
    place: float = 1.0
    showing: float = 0.05


PACE = Pace()
SYNCED_PACE = Pace(idle=10.0, latest=30.0, showing=0.2)
"""In a folder that is sent over the network whenever a file in it changes."""

_SYNC_FOLDERS = (
    *("dropbox", "onedrive", "google drive", "googledrive", "my drive", "nextcloud", "owncloud"),
    *("icloud", "mobile documents", "cloudstorage", "pcloud", "seafile", "syncthing", "box sync"),
)


def pace_of(folder: Path) -> Pace:
    """The pace that suits a folder: slower where its path says that a sync program watches it."""
    parts = [part.casefold() for part in folder.parts]
    return SYNCED_PACE if any(part.startswith(_SYNC_FOLDERS) for part in parts) else PACE
