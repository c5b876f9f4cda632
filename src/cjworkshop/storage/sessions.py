"""The sessions of one folder: list, create, read, open, duplicate, archive."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjworkshop.domain.records import session_of
from cjworkshop.domain.text import counted, shorten
from cjworkshop.domain.workbook import Workbook
from cjworkshop.errors import NotFound
from cjworkshop.paths import free_slug
from cjworkshop.storage.checkpoint import Checkpoints
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.documents import DocumentIds, Meta, content_of, meta_document, name_of, renamed
from cjworkshop.storage.history import KeptChange
from cjworkshop.storage.ids import new_id as random_id
from cjworkshop.storage.journal_writer import JournalWriter
from cjworkshop.storage.keeper import Keeper
from cjworkshop.storage.listing import Summary, slugs_of, summaries
from cjworkshop.storage.loading import load_session
from cjworkshop.storage.lock import Lock, user_name
from cjworkshop.storage.migrations import MIGRATIONS
from cjworkshop.storage.names import SUFFIX, Files
from cjworkshop.storage.open_session import OpenSession, draft_of
from cjworkshop.storage.pace import pace_of
from cjworkshop.storage.reading import real_path
from cjworkshop.storage.save_state import Save, SaveState
from cjworkshop.storage.tinydb_storage import DurableStorage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.domain.session import Session
    from cjworkshop.storage.loading import Loaded
    from cjworkshop.storage.migrations import Migrations
    from cjworkshop.storage.open_session import Draft
    from cjworkshop.storage.pace import Pace

SHORT_BREAK = 0.0002
"""Seconds that the writer thread leaves to the interface now and then."""


def utc_now() -> dt.datetime:
    """The time."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Snapshot:
    """A session as it stands at the moment of reading. `meta` is its `_meta` document; `notices` are to be shown."""

    path: Path
    session: Session
    meta: dict[str, Json]
    notices: tuple[str, ...] = ()
    draft: Draft | None = None


class SessionStore:
    """The sessions in `folder`, which need not exist before the first is created.

    `catalogue` are the tables that sessions have. The rest is for tests: the disk, the clock, the maker of ids, the
    times of saving (None: what suits the folder), seconds that pass, and the ways from older file formats.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        *,
        disk: Disk | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
        new_id: Callable[[], str] = random_id,
        pace: Pace | None = None,
        tick: Callable[[], float] = time.monotonic,
        migrations: Migrations = MIGRATIONS,
        rescue: Path | None = None,
    ) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.new_id = new_id
        self._disk = disk or Disk()
        self._clock = clock
        self._pace = pace
        self._tick = tick
        self._migrations = migrations
        self._rescue = rescue

    def create(self, session: Session) -> Path:
        """Write a new session under a file name made from its own name, and say where."""
        self._disk.make_folder(self.folder)
        path = self.folder / f"{free_slug(name_of(session), self._taken())}{SUFFIX}"
        self._write_new(Files(path), session)
        return path

    def _taken(self) -> set[str]:
        """The slugs that are in use, also those of sessions of which only the journal is left."""
        names = (name.casefold() for name in self._disk.names(self.folder))
        return {name.removeprefix(".").partition(SUFFIX)[0] for name in names if SUFFIX in name}

    def _write_new(self, files: Files, session: Session) -> None:
        now = self._clock()
        meta = Meta(uuid=self.new_id() + self.new_id(), saved_at=now.isoformat(timespec="seconds"), writer=user_name())
        storage = DurableStorage(files.visible, disk=self._disk)
        storage.write_content(content_of(session, meta, DocumentIds()))

    def resolve(self, ref: str) -> Path:
        """The file of the session that `ref` means: a slug, an unambiguous beginning of one, or a path."""
        slugs = self._slugs()
        fitting = [ref] if ref in slugs else [slug for slug in slugs if slug.startswith(ref.casefold())]
        if len(fitting) == 1 and ref:
            return self.folder / f"{fitting[0]}{SUFFIX}"
        path = self.folder.__class__(ref).expanduser()
        if ref and path.name and path.exists():
            return path.absolute()
        if len(fitting) > 1 and ref:
            some = ", ".join(fitting[:5])
            raise NotFound(f"{ref!r} could be {some}{' …' if len(fitting) > 5 else ''}.", "Type more of it.")
        raise NotFound(f"There is no session {shorten(ref, 60)!r} in {self.folder}.", "Look at `cjworkshop list`.")

    def _slugs(self) -> list[str]:
        try:
            visible, gone = slugs_of(self._disk.names(self.folder))
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [*visible, *gone]

    def summaries(self) -> list[Summary]:
        """Every session, the one that was changed last first. A bad file is a line, never an error."""
        return summaries(self._disk, self.folder, self._migrations.schema)

    def read(self, path: Path) -> Snapshot:
        """What a session holds now, also while it is open elsewhere. Writes nothing."""
        files = Files(real_path(path))
        loaded = load_session(self._disk, files, self._migrations)
        session = self._session_of(loaded)
        meta = meta_document(session, loaded.meta)
        return Snapshot(files.visible, session, meta, tuple(loaded.notices), draft_of(loaded.trail.draft))

    def _session_of(self, loaded: Loaded) -> Session:
        return session_of(self.catalogue, {name: list(table.items()) for name, table in loaded.tables.items()})

    def open(self, path: Path, *, take_over: bool = False) -> OpenSession:
        """Open a session for work. OpenElsewhere where another process has it; `take_over` from one that is dead."""
        files = Files(real_path(path))
        lock = Lock(self._disk, files, self._clock(), take_over=take_over)
        try:
            loaded = load_session(self._disk, files, self._migrations)
            return self._opened(files, loaded, lock)
        except BaseException:
            lock.release()
            raise

    def _opened(self, files: Files, loaded: Loaded, lock: Lock) -> OpenSession:
        session = self._session_of(loaded)
        history = [KeptChange(record, self.catalogue) for record in loaded.history]
        workbook = Workbook(session, self._clock, seq=loaded.last_seq, history=history)
        keeper = None if loaded.read_only else self._keeper(files, loaded, session)
        notices = list(loaded.notices)
        if loaded.unsaved:
            notices.append(f"{counted(len(loaded.unsaved), 'edit')} recovered.")
        if loaded.changed:
            notices.append("Another program has changed the file: edits made before that cannot be undone.")
        state = keeper.state if keeper else SaveState(Save.READ_ONLY, self._clock(), loaded.notices[0])
        return OpenSession(
            files,
            self._disk,
            workbook,
            keeper=keeper,
            lock=lock,
            state=state,
            notices=notices,
            draft=draft_of(loaded.trail.draft),
        )

    def _keeper(self, files: Files, loaded: Loaded, session: Session) -> Keeper:
        trail = loaded.trail
        journal = JournalWriter(
            self._disk, files, loaded.meta.uuid, self._migrations.schema, last_number=trail.last_number
        )
        journal.file, journal.fresh, journal.bases = loaded.digest, loaded.changed, trail.bases
        journal.seq = loaded.meta.seq if loaded.unsaved else loaded.last_seq
        last = trail.segments[-1] if trail.segments else None
        if last and last.whole and last.number == trail.last_number and not (loaded.unsaved or loaded.changed):
            journal.go_on_with(last.size)
        checkpoints = Checkpoints(
            self._disk,
            files,
            journal,
            loaded.meta,
            DocumentIds.read_from(loaded.tables),
            known=[loaded.digest],
            pause=lambda: time.sleep(SHORT_BREAK),
        )
        return Keeper(
            journal,
            checkpoints,
            self._pace or pace_of(files.folder),
            session=session,
            unsaved=[record.line() for record in loaded.unsaved],
            seq=loaded.last_seq,
            clock=self._clock,
            tick=self._tick,
            rescue=lambda *_: "",
        )

    def duplicate(self, path: Path, name: str) -> Path:
        """A copy of a session under another name, with a life of its own."""
        return self.create(renamed(self.read(path).session, name))
