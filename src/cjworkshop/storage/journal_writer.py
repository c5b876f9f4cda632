"""Writing the journal: a line counts only when it is flushed, and what failed once is never trusted again."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from cjworkshop.storage.disk import write_all
from cjworkshop.storage.journal import Header

if TYPE_CHECKING:
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.names import Files


class JournalWriter:
    """Appends to the last segment of a session's journal, and begins new ones.

    `seq` is the number of the last change written, `file` the digest of the session's file: a new segment begins with
    them. `fresh` makes the next segment say that nothing before it counts. `bases` are (number, base) of every
    segment there is. The owner keeps the first two up to date.
    """

    def __init__(self, disk: Disk, files: Files, uuid: str, schema: int, *, last_number: int = 0) -> None:
        self._disk = disk
        self._files = files
        self._uuid = uuid
        self._schema = schema
        self._number = last_number
        self._descriptor: int | None = None
        self.size = 0
        self.seq = 0
        self.file = ""
        self.fresh = False
        self.bases: list[tuple[int, int]] = []

    @property
    def begins(self) -> bool:
        """Whether the next segment is the first, or the first that counts."""
        return self._descriptor is None and (self.fresh or not self.bases)

    def go_on_with(self, size: int) -> None:
        """Write on at the end of the last segment, which has `size` good bytes. Harmless where that cannot be."""
        path = self._files.journal(self._number)
        with contextlib.suppress(OSError):
            if self._disk.stat(path).st_size == size:
                self._descriptor, self.size = self._disk.append(path), size

    def append(self, lines: bytes) -> None:
        """Write these lines and return when they are flushed. OSError: none of them counts, all can be tried again."""
        if self._descriptor is None:
            self._begin(lines)
        else:
            self._extend(self._descriptor, lines)

    def _begin(self, lines: bytes) -> None:
        self._number += 1  # also after a failure: a name is never used twice
        path = self._files.journal(self._number)
        data = Header(self._uuid, self.seq, self._schema, self.file, fresh=self.fresh).line() + lines
        descriptor = self._disk.create(path)
        try:
            write_all(self._disk, descriptor, data)
            self._disk.sync(descriptor)
            self._disk.sync_folder(self._files.folder)
        except OSError:
            with contextlib.suppress(OSError):
                self._disk.close(descriptor)
            with contextlib.suppress(OSError):
                self._disk.remove(path)
            raise
        self._descriptor, self.size, self.fresh = descriptor, len(data), False
        self.bases.append((self._number, self.seq))

    def _extend(self, descriptor: int, lines: bytes) -> None:
        try:
            write_all(self._disk, descriptor, lines)
        except OSError:
            try:
                self._disk.truncate(descriptor, self.size)
            except OSError:
                self.leave()
            raise
        try:
            self._disk.sync(descriptor)
            self._see_that_it_is_there(self.size + len(lines))
        except OSError:
            with contextlib.suppress(OSError):  # nobody may read these lines and take them for flushed
                self._disk.truncate(descriptor, self.size)
            self.leave()  # the system may have dropped the unflushed bytes and report success the next time
            raise
        self.size += len(lines)

    def _see_that_it_is_there(self, size: int) -> None:
        """OSError where the segment is not what stands under its name: bytes in a removed file are flushed in vain."""
        path = self._files.journal(self._number)
        if self._disk.stat(path).st_size != size:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))

    def leave(self) -> None:
        """Write no more to this segment: the next lines begin a new one."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._descriptor)
            self._descriptor, self.size = None, 0
