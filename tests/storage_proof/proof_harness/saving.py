"""Saving without its thread, and with clocks that stand still, so that each run does the same operations."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cjworkshop.storage.sessions import SessionStore
from proof_harness.script import CATALOGUE, Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.keeper import Keeper
    from cjworkshop.storage.writer import Writes

    WriterType = Callable[[Keeper, Callable[[], None]], Writes]

T = TypeVar("T")
_MEMORY = Path("/dev/shm")


class InlineWriter:
    """The writer without its thread: jobs wait until somebody waits for an answer.

    What is due behind an answer is done as late as a thread could do it: before the next job.
    """

    def __init__(self, keeper: Keeper, stopped: Callable[[], None]) -> None:
        del stopped
        self._keeper = keeper
        self._jobs: list[Callable[[], None]] = []
        self._behind = False

    def start(self) -> None:
        """There is no thread."""

    def hand(self, job: Callable[[], None]) -> None:
        """Keep a job for later."""
        self._jobs.append(job)

    def ask(self, job: Callable[[], T]) -> T:
        """Do what is due, all that was handed, and this."""
        self.end()
        answer = job()
        self._behind = True
        return answer

    def end(self) -> None:
        """Do what is due, and all that was handed."""
        if self._behind:
            self._behind = False
            self._keeper.work()
        jobs, self._jobs = self._jobs, []
        for handed in jobs:
            handed()


class Tick:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def store_on(
    disk: Disk,
    root: Path,
    clock: Clock | None = None,
    tick: Tick | None = None,
    writer: WriterType = InlineWriter,
) -> SessionStore:
    """The sessions folder in `root`, whose rescue folder stands beside it."""
    return SessionStore(
        root / "sessions",
        CATALOGUE,
        disk=disk,
        clock=clock or Clock(),
        tick=tick or Tick(),
        rescue=root / "rescue",
        writer=writer,
    )


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for a moment; in memory where the system has such a place."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)
