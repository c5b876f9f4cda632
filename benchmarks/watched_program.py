"""The program over a session, writing down when each note was taken and when all was saved; checkpoints come often.

python benchmarks/watched_program.py SESSION TIMES
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.pace import Pace
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.tui.app import WorkshopApp

if TYPE_CHECKING:
    from cjworkshop.storage.open_session import OpenSession

PACE = Pace(idle=0.5, latest=1.0)


class WatchedStore(SessionStore):
    """Writes a line for each event: its time by the system's steady clock, and `note`, `saving` or `saved`."""

    times: Path

    def open(self, path: Path, **how: Any) -> OpenSession:
        """Open a session, and write down from then on what becomes of it."""
        opened = super().open(path, **how)
        lines = self.times.open("w", buffering=1)

        def write(event: str) -> None:
            lines.write(f"{time.perf_counter()} {event}\n")

        opened.on_state(lambda state: write(state.kind.name.lower()))
        opened.workbook.subscribe(lambda change: write("note") if "inbox" in change.tables else None)
        return opened


if __name__ == "__main__":
    path, times = map(Path, sys.argv[1:])
    store = WatchedStore(path.parent, CATALOGUE, pace=PACE)
    store.times = times
    sys.exit(WorkshopApp(store, Settings(), path).run_to_end(debug=False))
