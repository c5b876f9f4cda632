"""A session that another program works on, looked at again and again. Nothing is ever written, and no lock is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.session import Session
from cjworkshop.errors import WorkshopError
from cjworkshop.storage.history import KeptChange
from cjworkshop.storage.journal import changes_in, read_segment
from cjworkshop.storage.lock import read_owner
from cjworkshop.storage.names import Files
from cjworkshop.storage.place import Place, Showing, read_place
from cjworkshop.storage.reading import digest_of, read_bytes
from cjworkshop.storage.trail import Trail

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.journal import Header
    from cjworkshop.storage.lock import Owner
    from cjworkshop.storage.opening import Snapshot
    from cjworkshop.storage.sessions import SessionStore

Marks = dict[str, tuple[int, int, int]]
"""Name of a file → its inode, size and time of change in ns."""


class Seen(NamedTuple):
    """How it stands. `is_readable` is False where the session can no longer be read: it is then as it was last."""

    session: Session
    showing: Showing
    is_open: bool
    is_readable: bool


class Following:
    """Looks at the session in `path`. Only files that changed are read again, so to look often costs little.

    Where nothing but the journal grew, and the file is one that the journal tells of, the new changes are put to the
    session that is known: a large one need not be read again for each edit and each checkpoint, and the tables that
    were not edited stay the same objects.
    """

    def __init__(self, store: SessionStore, path: Path) -> None:
        self._store = store
        self._disk = store.environment.disk
        self._path = path
        self._files = Files(path)
        self._marks: tuple[Marks, Marks, Marks] = (self._look_around()[0], {}, {})
        self._place = Place()
        self._owner: Owner | None = None
        self._readable = True
        self._session = Session(store.catalogue)
        self._seq: int | None = None
        self._take(store.read(path))
        self.look()

    def _take(self, snapshot: Snapshot) -> None:
        """What was read is how it stands; where it is the same, it stays the same object."""
        if snapshot.session != self._session:
            self._session = snapshot.session
        self._uuid = snapshot.meta["uuid"]
        self._seq = None if snapshot.notices else int(snapshot.meta["seq"])  # there is more to it than edits then

    def look(self) -> Seen:
        """How it stands now. NotFound, InvalidData and the like come from the making only, where nothing was seen yet."""
        tables, place, owner = marks = self._look_around()
        before, self._marks = self._marks, marks
        if tables != before[0] and not self._read_on(before[0], tables):
            self._read()
        if place != before[1]:
            self._place = (read_place(self._disk, self._files) if place else None) or self._place
        if owner != before[2]:
            self._owner = read_owner(self._disk, self._files) if owner else None
        is_open = self._owner is not None and not self._owner.is_dead
        return Seen(self._session, self._place.showing, is_open, self._readable)

    def _read(self) -> None:
        """Read everything."""
        try:
            self._take(self._store.read(self._path))
        except WorkshopError:
            self._readable, self._seq = False, None
        else:
            self._readable = True

    def _read_on(self, before: Marks, now: Marks) -> bool:
        """Put what the journal grew by to the session; False where it takes more than that."""
        changed = {name for name, mark in now.items() if before.get(name) != mark}
        newest = max((self._files.journal_number(name) or 0 for name in now), default=0)
        expected = {self._files.visible.name, self._files.journal(newest).name}
        if self._seq is None or not newest or changed - expected or before.keys() - now.keys():
            return False
        try:
            segment = read_segment(self._disk, self._files, newest)
            file = digest_of(read_bytes(self._disk, self._path)) if self._files.visible.name in changed else ""
        except (OSError, WorkshopError):
            return False
        is_new = self._files.journal(newest).name not in before
        if segment.lost or not self._leads_on(segment.header, self._seq, is_new=is_new):
            return False
        fresh = [record for record in changes_in([segment]) if record.seq > self._seq]
        last = self._seq + len(fresh)
        told = {checkpoint.file for checkpoint in Trail([segment]).checkpoints if checkpoint.seq <= last}
        if [record.seq for record in fresh] != [*range(self._seq + 1, last + 1)] or (file and file not in told):
            return False
        for record in fresh:
            self._session = KeptChange(record, self._store.catalogue).applied(self._session)
        self._seq = last
        return True

    def _leads_on(self, header: Header | None, seq: int, *, is_new: bool) -> bool:
        """Whether a segment of the journal goes on from change `seq` of the session that is known."""
        return (
            header is not None
            and header.uuid == self._uuid
            and header.schema == self._store.environment.migrations.schema
            and header.base <= seq
            and not (header.fresh and is_new)
        )

    def _look_around(self) -> tuple[Marks, Marks, Marks]:
        """The marks of what the session is in, of the place, and of the note that says who has it open."""
        tables: Marks = {}
        place: Marks = {}
        owner: Marks = {}
        try:
            names = self._disk.names(self._files.folder)
        except OSError:
            return tables, place, owner
        for name in names:
            if name == self._files.visible.name or self._files.journal_number(name):
                self._mark(name, tables)
            elif name == self._files.place.name:
                self._mark(name, place)
            elif name == self._files.owner.name:
                self._mark(name, owner)
        return tables, place, owner

    def _mark(self, name: str, marks: Marks) -> None:
        try:
            about = self._disk.stat(self._files.folder / name)
        except OSError:
            return  # it went just then
        marks[name] = (about.st_ino, about.st_size, about.st_mtime_ns)
