"""What storage needs from the world around it, in one place so that tests can put other things there."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cjworkshop.paths import rescue_folder
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.migrations import MIGRATIONS, Migrations
from cjworkshop.storage.pace import Pace, pace_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def utc_now() -> dt.datetime:
    """The time."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Environment:
    """Disk, clocks, ids, times of saving, ways from older files, and the place for what cannot be saved.

    `tick` counts seconds and never goes back. `pace` and `rescue` are made up where they are None.
    """

    disk: Disk = field(default_factory=Disk)
    clock: Callable[[], dt.datetime] = utc_now
    tick: Callable[[], float] = time.monotonic
    new_id: Callable[[], str] = new_id
    pace: Pace | None = None
    migrations: Migrations = MIGRATIONS
    rescue: Path | None = None

    def pace_in(self, folder: Path) -> Pace:
        """The times of saving in this folder."""
        return self.pace or pace_of(folder)

    def rescue_root(self) -> Path:
        """Where sessions are kept that cannot be saved in their own folder."""
        return self.rescue or rescue_folder()
