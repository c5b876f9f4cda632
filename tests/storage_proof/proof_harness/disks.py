"""A disk that counts its operations, writes them down, and fails or dies at the one it is told to."""

from __future__ import annotations

import errno
import math
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from cjworkshop.storage.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

T = TypeVar("T")
How = Literal["refuse", "report", "short", "torn", "die", "die after", "die torn"]

_READING = {"names", "stat", "read"}
_BY_PATH = {"names", "stat", "read", "create", "append", "sync_folder", "replace", "remove", "make_folder", "lock"}
_TAKING_ROOM = {"create", "write", "truncate", "sync", "sync_folder", "replace", "make_folder", "lock"}
_CHANGING = {*_TAKING_ROOM, "append", "remove"}
_EVERYTHING = {*_CHANGING, *_READING, "close"}

REFUSED_BY: Mapping[int, set[str]] = {
    errno.ENOSPC: _TAKING_ROOM,
    errno.EROFS: _CHANGING,
    errno.EIO: _EVERYTHING,
    errno.ENOENT: _BY_PATH,
}
"""Which operations can meet which error."""


class Killed(BaseException):
    """The process is no more. Not even `except Exception` may go on after it."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong from operation `first` (the first one is 1) until before operation `end`.

    `refuse` raises `number` instead of operating, `report` operates and raises it then. `short` writes only some of the
    bytes, `torn` writes some and raises. `die` is a kill before the operation, `die after` one behind it, `die torn` one
    in the midst of a write.
    """

    how: How
    first: float = math.inf
    end: float = math.inf
    number: int = errno.EIO

    def strikes(self, operation: str) -> bool:
        """Whether this kind of operation can go wrong in this way."""
        if self.how in {"short", "torn", "die torn"}:
            return operation == "write"
        if self.how in {"die", "die after"}:
            return True
        if self.how == "report" and operation in {*_READING, "lock"}:
            return False  # the same as being refused
        return operation in REFUSED_BY[self.number]


NO_FAULT = Fault("refuse")


@dataclass(frozen=True)
class Event:
    """One operation that had an effect, as a power cut sees it. `failed` syncs have thrown away what was unflushed."""

    number: int
    operation: str
    path: Path | None = None
    target: Path | None = None
    descriptor: int = -1
    data: bytes = b""
    size: int = -1
    failed: bool = False


class ProofDisk(Disk):
    """The real disk without its slow flushes, counted, written down in `events`, and failing by `fault`.

    Whatever happens, the process is killed before operation `end`. An operation that it `lies` about has no effect that
    a power cut would not undo. `operations` are the names of all operations that
    were asked for. After a kill every operation raises `Killed`, as
    nothing of a dead process runs any more; `bury` gives back what the operating system would.
    """

    replace_waits = ()

    def __init__(self, fault: Fault = NO_FAULT, *, end: float = math.inf, lies: str = "") -> None:
        self.fault = fault
        self._end = end
        self._lies = lies
        self.operations: list[str] = []
        self.events: list[Event] = []
        self.struck = 0
        self.dead = False
        self._open: set[int] = set()
        self._making: list[Path] = []
        self._unlock: list[Callable[[], None]] = []

    @property
    def count(self) -> int:
        """How many operations there were."""
        return len(self.operations)

    def bury(self) -> None:
        """Close and unlock what the dead process held."""
        for descriptor in self._open:
            os.close(descriptor)
        self._open.clear()
        for unlock in self._unlock:
            unlock()
        self._unlock.clear()

    def restart(self) -> None:
        """Be a good disk for the next process."""
        self.bury()
        self.fault, self._end, self.dead = NO_FAULT, math.inf, False

    def _strike(self, operation: str, path: Path | None = None) -> Fault | None:
        """Count the operation. Raises where it is refused or the process dies before it; else what goes wrong in it."""
        if self.dead:
            raise Killed
        self.operations.append(operation)
        if self.count >= self._end:
            self.dead = True
            raise Killed
        fault = self.fault
        if not (fault.first <= self.count < fault.end and fault.strikes(operation)):
            return None
        self.struck += 1
        if fault.how == "die":
            self.dead = True
            raise Killed
        if fault.how == "refuse":
            raise OSError(fault.number, os.strerror(fault.number), str(path or ""))
        return fault

    def _follow(self, fault: Fault | None) -> None:
        """What comes behind an operation that had its effect."""
        if fault is None or fault.how == "short":
            return
        if fault.how in {"die after", "die torn"}:
            self.dead = True
            raise Killed
        raise OSError(fault.number, os.strerror(fault.number))

    def _tell(self, operation: str, **what: Any) -> None:
        if operation != self._lies:
            self.events.append(Event(self.count, operation, **what))

    def names(self, folder: Path) -> list[str]:
        fault = self._strike("names", folder)
        names = super().names(folder)
        self._follow(fault)
        return names

    def stat(self, path: Path) -> os.stat_result:
        fault = self._strike("stat", path)
        found = super().stat(path)
        self._follow(fault)
        return found

    def read(self, path: Path, start: int = 0, most: int = sys.maxsize) -> bytes:
        fault = self._strike("read", path)
        data = super().read(path, start, most)
        self._follow(fault)
        return data

    def create(self, path: Path) -> int:
        fault = self._strike("create", path)
        return self._opened("create", path, super().create(path), fault)

    def append(self, path: Path) -> int:
        fault = self._strike("append", path)
        return self._opened("append", path, super().append(path), fault)

    def open_in_place(self, path: Path) -> int:
        """A descriptor to write anywhere in a file that exists: what this program never does, but stock TinyDB."""
        fault = self._strike("append", path)
        return self._opened("append", path, os.open(path, os.O_RDWR), fault)

    def seek(self, descriptor: int, place: int) -> None:
        """Have the next bytes written there."""
        os.lseek(descriptor, place, os.SEEK_SET)

    def _opened(self, operation: str, path: Path, descriptor: int, fault: Fault | None) -> int:
        self._open.add(descriptor)
        self._tell(operation, path=path, descriptor=descriptor)
        try:
            self._follow(fault)
        except OSError:
            self._open.discard(descriptor)
            os.close(descriptor)
            raise
        return descriptor

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        fault = self._strike("write")
        if fault and fault.how != "report":
            data = data[: min(7, len(data))] if fault.end == math.inf else data[: (len(data) + 1) // 2]
        written = super().write(descriptor, data)
        place = os.lseek(descriptor, 0, os.SEEK_CUR) - written
        self._tell("write", descriptor=descriptor, data=bytes(data[:written]), size=place)
        self._follow(fault)
        return written

    def truncate(self, descriptor: int, size: int) -> None:
        fault = self._strike("truncate")
        super().truncate(descriptor, size)
        self._tell("truncate", descriptor=descriptor, size=size)
        self._follow(fault)

    def sync(self, descriptor: int) -> None:
        try:
            fault = self._strike("sync")
        except OSError:
            self._tell("sync", descriptor=descriptor, failed=True)
            raise
        os.fstat(descriptor)
        self._tell("sync", descriptor=descriptor)
        self._follow(fault)

    def close(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        try:
            fault = self._strike("close")
        except (OSError, Killed):
            os.close(descriptor)  # an error in closing does not keep it open
            raise
        os.close(descriptor)
        self._follow(fault)

    def sync_folder(self, folder: Path) -> None:
        fault = self._strike("sync_folder", folder)
        super().stat(folder)
        self._tell_made()
        self._tell("sync_folder", path=folder)
        self._follow(fault)

    def replace(self, source: Path, target: Path) -> None:
        fault = self._strike("replace", source)
        super().replace(source, target)
        self._tell("replace", path=source, target=target)
        self._follow(fault)

    def remove(self, path: Path) -> None:
        fault = self._strike("remove", path)
        super().remove(path)
        self._tell("remove", path=path)
        self._follow(fault)

    def make_folder(self, folder: Path) -> None:
        fault = self._strike("make_folder", folder)
        self._making = [path for path in (*reversed(folder.parents), folder) if not path.exists()]
        try:
            super().make_folder(folder)
        finally:
            self._tell_made()
        self._follow(fault)

    def _tell_made(self) -> None:
        """Write down the folders that `make_folder` has made by now."""
        while self._making and self._making[0].exists():
            self._tell("make_folder", path=self._making.pop(0))

    def lock(self, path: Path) -> Callable[[], None] | None:
        fault = self._strike("lock", path)
        unlock = super().lock(path)
        if unlock is not None:
            self._unlock.append(unlock)
        self._follow(fault)
        return unlock and self._unlocking(unlock)

    def _unlocking(self, unlock: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            if self.dead:
                raise Killed
            if unlock in self._unlock:
                self._unlock.remove(unlock)
            unlock()

        return run
