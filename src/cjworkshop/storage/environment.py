"""What storage needs from the world around it, in one place so that tests can put other things there."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.paths import rescue_folder
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.migrations import MIGRATIONS, Migrations
from cjworkshop.storage.pace import Pace, pace_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.storage.keeper import Keeper
    from cjworkshop.storage.writer import Writes


def utc_now() -> dt.datetime:
    """The time."""
    return dt.datetime.now(dt.UTC)


def _thread(keeper: Keeper, stopped: Callable[[], None]) -> Writes:
    from cjworkshop.storage.writer import Writer  # noqa: PLC0415 - what only reads needs no threads

    return Writer(keeper, stopped)


@dataclass(frozen=True)
class Environment:
    """Disk, clocks, ids, times of saving, ways from older files, the place for what cannot be saved, and who writes.

    `tick` counts seconds and never goes back. `pace` and `rescue` are made up where they are None. `writer` makes what
    runs the keeper, given what to call when it ends by a fault in the program; mostly a thread.
    """

    disk: Disk = field(default_factory=Disk)
    clock: Callable[[], dt.datetime] = utc_now
    tick: Callable[[], float] = time.monotonic
    new_id: Callable[[], str] = new_id
    pace: Pace | None = None
    migrations: Migrations = MIGRATIONS
    rescue: Path | None = None
    writer: Callable[[Keeper, Callable[[], None]], Writes] = _thread

    def pace_in(self, folder: Path) -> Pace:
        """The times of saving in this folder."""
        return self.pace or pace_of(folder)

    def rescue_root(self) -> Path:
        """Where sessions are kept that cannot be saved in their own folder."""
        return self.rescue or rescue_folder()
