"""TinyDB on a file that is never half written: the storage through which TinyDB creates, loads and saves sessions."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING, Any

from tinydb.storages import Storage

from cjworkshop.errors import NotFound
from cjworkshop.storage.codec import dump, load
from cjworkshop.storage.disk import write_all
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.names import Files
from cjworkshop.storage.reading import digest_of, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import Content, Tables

ROWS_AT_A_TIME = 64
"""Documents that are turned into bytes without giving other threads a turn: about a millisecond."""


def no_pause() -> None:
    """For a caller that nobody waits for."""


def serialised(content: Content, pause: Callable[[], None] = no_pause) -> bytes:
    """The bytes of a session's file: JSON with one document a line, so that a person can read and compare it."""
    parts = []
    for table, documents in content:
        lines = []
        for number, (key, document) in enumerate(documents):
            lines.append(dump(key) + b":" + dump(document))
            if number % ROWS_AT_A_TIME == ROWS_AT_A_TIME - 1:
                pause()
        parts.append(dump(table) + b":{\n" + b",\n".join(lines) + b"\n}")
    return b"{" + b",\n".join(parts) + b"}\n"


class DurableStorage(Storage):
    """A TinyDB storage whose file is at all times either the old one or the new one, whole.

    Writing: a new file beside it → flushed → read again and compared → `before_replace(digest)`, which may still
    raise to prevent it → put in place of the old one → folder flushed. Raises OSError where the disk refuses.
    """

    def __init__(
        self,
        path: Path,
        *,
        disk: Disk,
        before_replace: Callable[[str], None] = lambda _: None,
        pause: Callable[[], None] = no_pause,
    ) -> None:
        self._path = path
        self._disk = disk
        self._before_replace = before_replace
        self._pause = pause

    def read(self) -> Tables | None:
        """The tables, or None where there is no file yet. InvalidData or ValueError where it cannot be read."""
        try:
            tables: Tables = load(read_bytes(self._disk, self._path))
        except NotFound:
            return None
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Save these tables."""
        self.write_content((table, documents.items()) for table, documents in data.items())

    def write_content(self, content: Content) -> str:
        """Save what `content` yields, and say the digest of the bytes."""
        data = serialised(content, self._pause)
        digest = digest_of(data)
        temporary = Files(self._path).temporary(new_id())
        try:
            write_new(self._disk, temporary, data)
            self._before_replace(digest)
            self._disk.replace(temporary, self._path)
        except BaseException:
            with contextlib.suppress(OSError):
                self._disk.remove(temporary)
            raise
        self._disk.sync_folder(self._path.parent)
        return digest


def write_new(disk: Disk, path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, flush it, and see that it reads back the same."""
    descriptor = disk.create(path)
    try:
        write_all(disk, descriptor, data)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    if disk.read(path) != data:
        raise OSError(errno.EIO, "the disk gave back other bytes than were written to it", str(path))
