"""A disk that fails when it is told to, and a process that can be killed at any file operation."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

from storage_kit import Quick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OPERATIONS = (
    *("names", "stat", "read", "create", "append", "write", "truncate", "sync", "close", "sync_folder"),
    *("replace", "remove", "make_folder", "lock"),
)


class Killed(BaseException):
    """The process is no more."""


class FaultyDisk(Quick):
    """Counts operations and asks `fault` before and after each.

    `fault(number, operation, after)` may raise OSError or Killed, or return "short" for a write that takes only some
    of the bytes. After Killed nothing works any more; `end` does what the system does when a process ends. Only what
    happens in `folder` or below counts, if one is given.
    """

    def __init__(self, fault: Callable[[int, str, bool], str | None], folder: Path | None = None) -> None:
        self.fault = fault
        self.folder = folder
        self.count = 0
        self.calls: list[str] = []
        self.dead = False
        self.replace_waits = ()
        self._open: dict[int, Path] = {}
        self._locked: list[Callable[[], None]] = []

    def end(self) -> None:
        """Close every file and free every lock that is left."""
        for descriptor in self._open:
            os.close(descriptor)
        for unlock in self._locked:
            unlock()

    def _run(self, operation: str, *arguments: Any) -> Any:
        if self.dead:
            raise Killed
        place = self._open.get(arguments[0]) if isinstance(arguments[0], int) else arguments[0]
        if self.folder and place and self.folder not in (place, *place.parents):
            result = getattr(super(), operation)(*arguments)
            self._remember(operation, arguments[0], result)
            return result
        self.count += 1
        self.calls.append(operation)
        number = self.count
        try:
            how = self.fault(number, operation, False)  # noqa: FBT003 - its third argument says when
            if how == "short":
                arguments = (arguments[0], arguments[1][: max(1, len(arguments[1]) // 2)])
            result = getattr(super(), operation)(*arguments)
            self._remember(operation, arguments[0], result)
            self.fault(number, operation, True)  # noqa: FBT003 - likewise
        except Killed:
            self.dead = True
            raise
        return result

    def _remember(self, operation: str, argument: Any, result: Any) -> None:
        if operation in {"create", "append"}:
            self._open[result] = argument
        elif operation == "close":
            self._open.pop(argument, None)
        elif operation == "lock" and result:
            self._locked.append(result)

    def names(self, folder: Path) -> list[str]:
        return self._run("names", folder)  # type: ignore[no-any-return]  # as the real one gives it

    def stat(self, path: Path) -> os.stat_result:
        return self._run("stat", path)  # type: ignore[no-any-return]  # likewise

    def read(self, path: Path, start: int = 0, most: int = 2**40) -> bytes:
        return self._run("read", path, start, most)  # type: ignore[no-any-return]  # likewise

    def create(self, path: Path) -> int:
        return self._run("create", path)  # type: ignore[no-any-return]  # likewise

    def append(self, path: Path) -> int:
        return self._run("append", path)  # type: ignore[no-any-return]  # likewise

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        return self._run("write", descriptor, data)  # type: ignore[no-any-return]  # likewise

    def truncate(self, descriptor: int, size: int) -> None:
        self._run("truncate", descriptor, size)

    def sync(self, descriptor: int) -> None:
        self._run("sync", descriptor)

    def close(self, descriptor: int) -> None:
        self._run("close", descriptor)

    def sync_folder(self, folder: Path) -> None:
        self._run("sync_folder", folder)

    def replace(self, source: Path, target: Path) -> None:
        self._run("replace", source, target)

    def remove(self, path: Path) -> None:
        self._run("remove", path)

    def make_folder(self, folder: Path) -> None:
        self._run("make_folder", folder)

    def lock(self, path: Path) -> Callable[[], None] | None:
        return self._run("lock", path)  # type: ignore[no-any-return]  # likewise


WRITES = {"create", "append", "write", "truncate", "sync", "sync_folder", "replace", "remove", "make_folder", "lock"}


def healthy() -> FaultyDisk:
    """One that only counts."""
    return FaultyDisk(lambda number, operation, after: None)


def failing(
    code: int, *, at: int = 1, forever: bool = True, operations: set[str] = WRITES, folder: Path | None = None
) -> FaultyDisk:
    """One that refuses one operation, or every one from then on; reading goes on where only writes are refused."""

    def fault(number: int, operation: str, after: bool) -> None:
        if not after and operation in operations and (number == at or (forever and number > at)):
            raise OSError(code, os.strerror(code))

    return FaultyDisk(fault, folder)


def killing(at: int, *, after: bool) -> FaultyDisk:
    """One whose process is killed before or after an operation."""

    def fault(number: int, operation: str, now_after: bool) -> None:
        if number == at and now_after == after:
            raise Killed

    return FaultyDisk(fault)


def torn(at: int) -> FaultyDisk:
    """One whose process is killed in the middle of a write; other operations are killed before."""
    state = {"torn": False}

    def fault(number: int, operation: str, after: bool) -> str | None:
        if number == at and not after:
            if operation != "write":
                raise Killed
            state["torn"] = True
            return "short"
        if state["torn"]:
            raise Killed
        return None

    return FaultyDisk(fault)


def short_of_space(at: int) -> FaultyDisk:
    """One that takes half of a write, and of the next ones nothing; all others work."""
    state = {"full": False}

    def fault(number: int, operation: str, after: bool) -> str | None:
        if after or operation not in {"write", "create"}:
            return None
        if state["full"]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if number >= at and operation == "write":
            state["full"] = True
            return "short"
        return None

    return FaultyDisk(fault)
