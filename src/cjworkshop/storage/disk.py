"""The one door to the file system: every file operation of this room is a small method of `Disk`.

A test double overrides single methods to refuse (no space, I/O error, read-only), to write short or torn, to kill the
process before or after a call, or to forget what was never flushed. Every method raises plain OSError.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CLOEXEC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_READ = os.O_RDONLY | _CLOEXEC | getattr(os, "O_NONBLOCK", 0)  # a FIFO must not keep us waiting
_REFUSED_SOMEWHERE = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
_CHUNK = 1 << 22

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class Disk:
    """Files on the disk of this computer. Has no state, so one instance serves everybody.

    Descriptors are plain integers. New files are 0600 and new folders 0700.
    """

    replace_waits: tuple[float, ...] = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
    """Seconds between tries of `replace` where another program holds the file open (Windows)."""

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted."""
        return sorted(path.name for path in folder.iterdir())

    def stat(self, path: Path) -> os.stat_result:
        """Size, times, inode and type of what stands at `path` itself: links are not followed."""
        return os.lstat(path)

    def read(self, path: Path, start: int = 0, most: int = sys.maxsize) -> bytes:
        """At most `most` bytes of a regular file from `start` on. OSError(EINVAL) for anything but a regular file."""
        descriptor = os.open(path, _READ)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(path))
            os.lseek(descriptor, start, os.SEEK_SET)
            parts = []
            while most > 0 and (part := os.read(descriptor, min(most, _CHUNK))):
                parts.append(part)
                most -= len(part)
            return b"".join(parts)
        finally:
            os.close(descriptor)

    def create(self, path: Path) -> int:
        """A descriptor to write a file that must not exist yet, at its end even after it was cut back."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | _CLOEXEC, FILE_MODE)

    def append(self, path: Path) -> int:
        """A descriptor to write at the end of a file that exists."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | _CLOEXEC)

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        """Write some of `data`, at least one byte, and say how many bytes."""
        return os.write(descriptor, data)

    def truncate(self, descriptor: int, size: int) -> None:
        """Cut a file to `size` bytes."""
        os.ftruncate(descriptor, size)

    def sync(self, descriptor: int) -> None:
        """Return only when the operating system says that the file's bytes and size are on the medium."""
        _flush(descriptor)

    def close(self, descriptor: int) -> None:
        """Give a descriptor back."""
        os.close(descriptor)

    def sync_folder(self, folder: Path) -> None:
        """Make names that were created, replaced or removed in a folder durable, where the system can do that."""
        if os.name == "nt":  # folders cannot be opened there; a rename is journaled by the file system
            return
        descriptor = os.open(folder, os.O_RDONLY | _CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as problem:
            if problem.errno not in _REFUSED_SOMEWHERE:  # some network file systems cannot flush a folder
                raise
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target`, in one step, in place of what had it."""
        for wait in self.replace_waits:
            try:
                source.replace(target)
            except PermissionError:
                if os.name != "nt":
                    raise
                time.sleep(wait)
            else:
                return
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those above it that are missing, so that they last; nothing where it exists."""
        for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
            missing.mkdir(FOLDER_MODE, exist_ok=True)
            try:
                self.sync_folder(missing.parent)
            except OSError:
                missing.rmdir()  # or the next try would find it and not flush it
                raise

    def lock(self, path: Path) -> Callable[[], None] | None:
        """Lock the file at `path` for this process and give the function that unlocks it; None where it is locked.

        The system frees the lock when the process ends, however it ends. The file itself stays.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - takes 20 ms that reading commands need not pay

        lock = FileLock(path, timeout=0, thread_local=False, mode=FILE_MODE)
        try:
            lock.acquire()
        except Timeout:
            return None
        return lock.release


def system_flush(platform: str) -> Callable[[int], None]:
    """The call that really reaches the medium on this kind of system, as far as it offers one."""
    if platform != "darwin":
        return getattr(os, "fdatasync", os.fsync)
    import fcntl  # noqa: PLC0415 - exists on POSIX only

    full_flush = getattr(fcntl, "F_FULLFSYNC", 51)

    def flush(descriptor: int) -> None:
        try:
            fcntl.fcntl(descriptor, full_flush)
        except OSError as problem:
            if problem.errno not in _REFUSED_SOMEWHERE:
                raise
            os.fsync(descriptor)  # a network volume knows no full flush

    return flush


_flush = system_flush(sys.platform)


def write_all(disk: Disk, descriptor: int, data: bytes) -> None:
    """Write the whole of `data`, however many calls that takes. OSError where the disk takes no more."""
    rest = memoryview(data)
    while rest:
        written = disk.write(descriptor, rest)
        if written <= 0:
            raise OSError(errno.EIO, "the disk took no bytes")
        rest = rest[written:]
