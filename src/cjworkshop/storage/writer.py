"""The one thread that writes: it takes what the interface hands it, in order, and never makes the interface wait."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Protocol, TypeVar

from cjworkshop.errors import StorageFault, WorkshopError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.storage.keeper import Keeper

T = TypeVar("T")
_LONGEST_WAIT = 3600.0


class Writes(Protocol):
    """What an open session needs of its writer."""

    def start(self) -> None:
        """Begin."""
        ...

    def hand(self, job: Callable[[], None]) -> None:
        """Have `job` done soon; returns at once."""
        ...

    def ask(self, job: Callable[[], T]) -> T:
        """Have `job` done after all that was handed before, and wait for its answer."""
        ...

    def end(self) -> None:
        """Do what was handed, and no more."""
        ...


class Writer(threading.Thread):
    """Runs jobs and does what is due at the keeper. `stopped` is called when it ends by a fault in the program."""

    def __init__(self, keeper: Keeper, stopped: Callable[[], None]) -> None:
        super().__init__(name="saving", daemon=True)
        self._keeper = keeper
        self._stopped = stopped
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ended = False

    def hand(self, job: Callable[[], None]) -> None:
        """Have `job` done soon; returns at once."""
        self._jobs.put(job)

    def ask(self, job: Callable[[], T]) -> T:
        """Have `job` done after all that was handed before, and wait for its answer or its OSError or WorkshopError.

        StorageFault where a fault in the program has ended the thread.
        """
        answer: Future[T] = Future()

        def run() -> None:
            try:
                answer.set_result(job())
            except (OSError, WorkshopError) as problem:
                answer.set_exception(problem)

        self._jobs.put(run)
        while not wait((answer,), timeout=0.2).done:
            if not self.is_alive():
                raise StorageFault("Saving has stopped by a fault in the program.", "Start it again.")
        return answer.result()

    def end(self) -> None:
        """Do what was handed, and no more."""

        def run() -> None:
            self._ended = True

        self._jobs.put(run)
        self.join()

    def run(self) -> None:
        """Until the end."""
        try:
            while not self._ended:
                for job in self._collect():
                    job()
                if not self._ended:
                    self._keeper.work()
        finally:
            if not self._ended:
                self._stopped()

    def _collect(self) -> list[Callable[[], None]]:
        """All jobs there are, once there is one or something is due."""
        jobs = []
        try:
            jobs.append(self._jobs.get(timeout=min(self._keeper.wait(), _LONGEST_WAIT)))
            while True:
                jobs.append(self._jobs.get_nowait())
        except queue.Empty:
            return jobs
