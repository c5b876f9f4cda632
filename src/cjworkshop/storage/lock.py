"""One session, one writer: the lock, and the note that says who holds it."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import getpass
import os
import platform
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cjworkshop.errors import Busy
from cjworkshop.lazy import dataclass
from cjworkshop.storage.codec import dump, load
from cjworkshop.storage.disk import write_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.names import Files

_NOTE_LENGTH = 4096
_MAY_NOT_WRITE = {errno.EROFS, errno.EACCES, errno.EPERM}
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Owner:
    """Who has a session open, on which computer, in which process, since when. `boot` tells one start from another."""

    host: str
    user: str
    pid: int
    since: dt.datetime
    boot: str = ""

    @property
    def is_dead(self) -> bool:
        """Whether it is proven that the process is gone: it ran on this computer and does so no more."""
        if self.host != platform.node():
            return False
        return (self.boot != "" and self.boot != _boot_id()) or not _is_running(self.pid)


def _boot_id() -> str:
    with contextlib.suppress(OSError):
        return _BOOT.read_text().strip()
    return ""


def _is_running(pid: int) -> bool:
    """Whether there is such a process here; True where that cannot be asked."""
    if os.name == "nt":  # signal 0 would end it there
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def user_name() -> str:
    """What the user is called on this computer; empty where the system does not say."""
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def writer_name() -> str:
    """Who writes a file, so that two versions of it can be told apart: `user@host`."""
    return f"{user_name()}@{platform.node()}"


class OpenElsewhere(Busy):
    """Another process has the session open. `owner` says who, as far as that is known."""

    def __init__(self, slug: str, owner: Owner | None) -> None:
        self.owner = owner
        who = f"{owner.user or 'somebody'} on {owner.host}" if owner else "another program"
        since = f" since {owner.since.astimezone():%H:%M}" if owner else ""
        hint = "Close it there, or read it meanwhile with `cjworkshop show`."
        if self.can_take_over:
            hint = "That program is no longer running: you may take over."
        super().__init__(f"{slug} is open already, by {who}{since}.", hint)

    @property
    def can_take_over(self) -> bool:
        """Whether the owner is proven dead."""
        return self.owner is not None and self.owner.is_dead


def read_owner(disk: Disk, files: Files) -> Owner | None:
    """Who has, or had, the session open; None where no readable note says it."""
    try:
        note = load(disk.read(files.owner, most=_NOTE_LENGTH))
        since = dt.datetime.fromisoformat(note["since"])
        return Owner(str(note["host"]), str(note["user"]), int(note["pid"]), since, str(note["boot"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


class Lock:
    """Held from its making until `release`. Raises OpenElsewhere, and OSError where the folder may not be written."""

    def __init__(self, disk: Disk, files: Files, now: dt.datetime, *, take_over: bool = False) -> None:
        self._disk = disk
        self._files = files
        self._unlock = self._acquire(take_over=take_over)
        self.owner = Owner(platform.node(), user_name(), os.getpid(), now, _boot_id())
        try:
            self._write_note()
        except OSError as problem:
            if problem.errno in _MAY_NOT_WRITE:
                self._unlock()
                raise
            # on a full disk others are told less, which is no reason to keep the user out

    def _acquire(self, *, take_over: bool) -> Callable[[], None]:
        unlock = self._disk.lock(self._files.lock)
        if unlock is None:
            busy = OpenElsewhere(self._files.slug, read_owner(self._disk, self._files))
            if not (take_over and busy.can_take_over):
                raise busy
            self._disk.remove(self._files.lock)  # what the dead left locked is not the file of that name any more
            unlock = self._disk.lock(self._files.lock)
            if unlock is None:
                raise busy
        return unlock

    def _write_note(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._disk.remove(self._files.owner)
        descriptor = self._disk.create(self._files.owner)
        try:
            note = asdict(self.owner) | {"since": self.owner.since.isoformat()}
            write_all(self._disk, descriptor, dump(note) + b"\n")
        finally:
            self._disk.close(descriptor)

    def release(self) -> None:
        """Let others open the session."""
        with contextlib.suppress(OSError):
            self._disk.remove(self._files.owner)
        self._unlock()
