"""Stock TinyDB on the same disk, as a control: what is wrong with it must be found."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tinydb import TinyDB
from tinydb.storages import JSONStorage

from proof_harness.disks import Killed

if TYPE_CHECKING:
    from pathlib import Path

    from proof_harness.disks import ProofDisk

EDITS = 4


class _Handle:
    """The file that stock TinyDB believes to hold, buffered like a real one."""

    def __init__(self, disk: ProofDisk, path: Path) -> None:
        self._disk = disk
        self._path = path
        self._place = 0
        self._buffer = b""
        self.descriptor = disk.open_in_place(path)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> None:
        """Go to the beginning or the end."""
        self._place = self._path.stat().st_size if whence == io.SEEK_END else place
        self._disk.seek(self.descriptor, self._place)

    def tell(self) -> int:
        """Where it is."""
        return self._place

    def read(self) -> str:
        """All of it."""
        return self._path.read_text("utf-8")

    def write(self, text: str) -> None:
        """Keep for the next flush."""
        self._buffer += text.encode()

    def flush(self) -> None:
        """Hand what was kept to the system."""
        while self._buffer:
            written = self._disk.write(self.descriptor, self._buffer)
            self._buffer, self._place = self._buffer[written:], self._place + written

    def fileno(self) -> int:
        """The descriptor."""
        return self.descriptor

    def truncate(self) -> None:
        """Cut it off here."""
        self._disk.truncate(self.descriptor, self._place)

    def close(self) -> None:
        """Let it go."""
        self._disk.close(self.descriptor)


class WatchedStock(JSONStorage):
    """TinyDB's own storage, its operations counted, written down and failing like all others."""

    def __init__(self, path: Path, *, disk: ProofDisk) -> None:
        super().__init__(str(path))
        self._handle.close()
        self._watched: Any = _Handle(disk, path)
        self._handle = self._watched
        self._disk = disk

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """As TinyDB does it, flushed on the watched disk."""
        with patch("tinydb.storages.os.fsync", self._disk.sync):
            super().write(data)


def stock_sitting(disk: ProofDisk, path: Path) -> list[tuple[int, int]]:
    """A file of 20 documents and some edits of them: (operations until then, edits that TinyDB called done)."""
    descriptor = disk.create(path)
    disk.write(descriptor, _text(0))
    disk.sync(descriptor)
    disk.close(descriptor)
    disk.sync_folder(path.parent)
    done = [(disk.count, 0)]
    database = TinyDB(path, storage=WatchedStock, disk=disk)
    try:
        for edit in range(1, EDITS + 1):
            database.update(_document(edit))
            done.append((disk.count, edit))
    except (OSError, Killed):
        pass
    return done


def _document(edit: int) -> dict[str, str]:
    return {"text": "long " * (EDITS + 1 - edit) + str(edit)}


def _text(edit: int) -> bytes:
    return json.dumps({"_default": {str(number): _document(edit) for number in range(1, 21)}}).encode()


def stock_breach(path: Path, done: int) -> str:
    """What is wrong with the file after so many acknowledged edits; empty if nothing is."""
    try:
        with TinyDB(path) as database:
            documents = [dict(document) for document in database.all()]
    except ValueError as problem:
        return f"unreadable: {problem}"
    possible = [[_document(edit)] * 20 for edit in range(done, EDITS + 1)]
    if documents in possible:
        return ""
    return f"{len(documents)} documents, none of the states that were acknowledged" if documents else "empty, no error"
