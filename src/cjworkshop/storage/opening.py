"""Opening a session for work or for reading, and saying what stands in the way."""

from __future__ import annotations

import contextlib
import gc
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.domain.records import session_of
from cjworkshop.domain.text import counted
from cjworkshop.domain.workbook import Workbook
from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.lazy import dataclass
from cjworkshop.storage.backups import backups_of
from cjworkshop.storage.checkpoint import Checkpoints
from cjworkshop.storage.documents import DocumentIds, meta_document
from cjworkshop.storage.history import KeptChange
from cjworkshop.storage.journal_writer import JournalWriter
from cjworkshop.storage.keeper import Keeper
from cjworkshop.storage.loading import load_session
from cjworkshop.storage.lock import Lock, writer_name
from cjworkshop.storage.open_session import OpenSession, draft_of, lines_of, note_of
from cjworkshop.storage.reading import read_documents
from cjworkshop.storage.recovery import ChoiceNeeded, recovery_options
from cjworkshop.storage.rescue import Rescue
from cjworkshop.storage.save_state import Save, SaveState, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.domain.session import Session
    from cjworkshop.storage.documents import Tables
    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.loading import Loaded
    from cjworkshop.storage.names import Files
    from cjworkshop.storage.open_session import Draft

SHORT_BREAK = 0.0002
"""Seconds that the writer thread leaves to the interface now and then."""
_TRIES = 10


@dataclass(frozen=True)
class Snapshot:
    """A session as it stands at the moment of reading. `meta` is its `_meta` document; `notices` are to be shown."""

    path: Path
    session: Session
    meta: dict[str, Json]
    notices: tuple[str, ...] = ()
    draft: Draft | None = None
    note: str = ""


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collections: loading makes many objects and no cycles, and to look for some takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load(environment: Environment, files: Files) -> Loaded:
    """The session; ChoiceNeeded where its file cannot be read but something else can, NotFound or InvalidData else."""
    try:
        return load_session(environment.disk, files, environment.migrations)
    except (InvalidData, NotFound) as problem:
        options = recovery_options(environment, files)
        if not options:
            raise
        raise ChoiceNeeded(problem.message, options, files.slug) from problem


@_uncollected()
def snapshot(environment: Environment, catalogue: Catalogue, files: Files) -> Snapshot:
    """What the session holds now, with what another process that has it open has journaled."""
    loaded = _load_still(environment, files)
    session = _session_of(catalogue, loaded)
    if loaded.conflict:
        loaded.notices.append(
            "Another program has changed the file while it still lacked edits. This is the file; open it to choose."
        )
    meta = meta_document(session, replace(loaded.meta, seq=loaded.last_seq))
    told = loaded.trail.draft
    return Snapshot(files.visible, session, meta, tuple(loaded.notices), draft_of(told), note_of(told))


def read_session(environment: Environment, catalogue: Catalogue, path: Path) -> Session:
    """What one file holds, without looking at anything beside it. NotFound, InvalidData."""
    documents, _ = read_documents(environment.disk, path)
    if documents.meta.schema > environment.migrations.schema:
        raise InvalidData(f"{path.name} was written by a newer cjworkshop.", "Install the newer one.")
    tables = environment.migrations.apply(documents.tables, documents.meta.schema)
    return session_in(catalogue, tables)


def _load_still(environment: Environment, files: Files) -> Loaded:
    """Load while another process may be saving: again where the file was replaced meanwhile."""
    for _ in range(_TRIES):
        try:
            before = environment.disk.stat(files.visible)
            loaded = load(environment, files)
            after = environment.disk.stat(files.visible)
        except FileNotFoundError:
            continue  # a segment was dropped just then
        if (before.st_ino, before.st_mtime_ns, before.st_size) == (after.st_ino, after.st_mtime_ns, after.st_size):
            return loaded
    return load(environment, files)


@_uncollected()
def open_for_work(environment: Environment, catalogue: Catalogue, files: Files, *, take_over: bool) -> OpenSession:
    """The session, locked and ready. See `SessionStore.open`."""
    if not _exists(environment, files):
        raise NotFound(f"There is no session {files.visible}.", "Look at `cjworkshop list`.")
    try:
        lock = Lock(environment.disk, files, environment.clock(), take_over=take_over)
    except OSError as problem:
        return open_to_read(environment, catalogue, files, f"Nothing can be saved here, because {reason_of(problem)}.")
    try:
        return _open_locked(environment, catalogue, files, lock)
    except BaseException:
        lock.release()
        raise


def _exists(environment: Environment, files: Files) -> bool:
    """Whether there is anything of this session."""
    try:
        names = environment.disk.names(files.folder)
    except (FileNotFoundError, NotADirectoryError):
        return False
    hidden = any(files.journal_number(name) for name in names) or backups_of(environment.disk, files)
    return files.visible.name in names or bool(hidden)


@_uncollected()
def open_to_read(environment: Environment, catalogue: Catalogue, files: Files, reason: str) -> OpenSession:
    """The session as it stands, without a lock and without a way to save; `reason` is told as a notice."""
    loaded = _load_still(environment, files)
    loaded.notices.append(reason)
    return _opened(environment, catalogue, files, loaded, None)


def _open_locked(environment: Environment, catalogue: Catalogue, files: Files, lock: Lock) -> OpenSession:
    _remove_leftovers(environment, files)
    loaded = load(environment, files)
    if loaded.read_only:
        lock.release()
        return _opened(environment, catalogue, files, loaded, None)
    if loaded.conflict:
        edits = counted(len(loaded.unsaved), "edit")
        message = f"{files.visible.name} was changed by another program while it still lacked {edits}."
        raise ChoiceNeeded(message, recovery_options(environment, files), files.slug)
    rescued = Rescue(environment.disk, environment.rescue_root(), loaded.meta.uuid).newest()
    if rescued and rescued[1].meta.seq > loaded.last_seq:
        edits = counted(rescued[1].meta.seq - loaded.last_seq, "edit")
        message = f"{edits} of {files.slug} could not be saved in its folder and were kept elsewhere."
        raise ChoiceNeeded(message, recovery_options(environment, files), files.slug)
    return _opened(environment, catalogue, files, loaded, lock)


def _remove_leftovers(environment: Environment, files: Files) -> None:
    """Remove files that a crash left on their way to becoming another: the journal has all that is in them."""
    with contextlib.suppress(OSError):
        for name in environment.disk.names(files.folder):
            if files.is_temporary(name):
                environment.disk.remove(files.folder / name)


def session_in(catalogue: Catalogue, tables: Tables) -> Session:
    """The session that these tables hold."""
    return session_of(catalogue, {name: list(table.items()) for name, table in tables.items()})


def _session_of(catalogue: Catalogue, loaded: Loaded) -> Session:
    session = session_in(catalogue, loaded.tables)
    fresh = len(session.quarantine) - loaded.quarantined
    if fresh > 0:
        loaded.notices.append(f"{counted(fresh, 'value')} did not fit and went to quarantine, where nothing is lost.")
    return session


def _opened(
    environment: Environment, catalogue: Catalogue, files: Files, loaded: Loaded, lock: Lock | None
) -> OpenSession:
    session = _session_of(catalogue, loaded)
    history = [KeptChange(record, catalogue) for record in loaded.history]
    workbook = Workbook(session, environment.clock, seq=loaded.last_seq, history=history)
    keeper = _keeper(environment, files, loaded, session) if lock else None
    state = keeper.state if keeper else SaveState(Save.READ_ONLY, environment.clock(), loaded.notices[-1])
    if loaded.unsaved and lock:
        loaded.notices.append(f"{counted(len(loaded.unsaved), 'edit')} recovered.")
    if loaded.changed:
        loaded.notices.append("Another program has changed the file: what was done before that cannot be undone.")
    if loaded.trail.strangers:
        loaded.notices.append("The journal of another session lies beside this one; it is left alone.")
    return OpenSession(
        environment,
        files,
        workbook,
        keeper=keeper,
        lock=lock,
        state=state,
        notices=loaded.notices,
        draft=draft_of(loaded.trail.draft),
        note=note_of(loaded.trail.draft),
        lines=lines_of(loaded.trail.draft),
    )


def _keeper(environment: Environment, files: Files, loaded: Loaded, session: Session) -> Keeper:
    schema = environment.migrations.schema
    afresh = [record.line() for record in loaded.unsaved] if not loaded.migrated else []
    journal = _journal(environment, files, loaded, as_new=bool(afresh))
    checkpoints = Checkpoints(
        environment.disk,
        files,
        journal,
        replace(loaded.meta, seq=loaded.file_seq, schema=schema, writer=writer_name()),
        DocumentIds.read_from(loaded.tables),
        digest=loaded.digest,
        migrated=loaded.migrated,
        pause=lambda: time.sleep(SHORT_BREAK),
    )
    return Keeper(
        environment,
        files,
        journal,
        checkpoints,
        Rescue(environment.disk, environment.rescue_root(), loaded.meta.uuid),
        session=session,
        seq=loaded.last_seq,
        unsaved=afresh,
        fold_now=bool(loaded.unsaved),
    )


def _journal(environment: Environment, files: Files, loaded: Loaded, *, as_new: bool) -> JournalWriter:
    """The journal, to be written on where it ends, or from a new segment where that end cannot be trusted."""
    trail, schema = loaded.trail, environment.migrations.schema
    journal = JournalWriter(environment.disk, files, loaded.meta.uuid, schema, last_number=trail.last_number)
    journal.file, journal.bases = loaded.digest, trail.bases
    journal.fresh = loaded.changed or trail.lost > 0
    journal.seq = loaded.file_seq if as_new else loaded.last_seq
    last = trail.segments[-1] if trail.segments else None
    sound = last is not None and last.whole and last.number == trail.last_number and not (journal.fresh or as_new)
    if last and last.header and sound and last.header.schema == schema:
        journal.go_on_with(last.size)
    return journal
