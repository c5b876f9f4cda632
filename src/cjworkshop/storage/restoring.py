"""Going on from a state that was chosen: it is put in place, and every other state is kept among the backups."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop import __version__
from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.storage import backups
from cjworkshop.storage.documents import Documents, content_of_documents
from cjworkshop.storage.journal import draft_line
from cjworkshop.storage.journal_writer import JournalWriter
from cjworkshop.storage.lock import Lock
from cjworkshop.storage.reading import digest_of, parse, read_bytes
from cjworkshop.storage.recovery import recovery_options
from cjworkshop.storage.rescue import Rescue
from cjworkshop.storage.tinydb_storage import DurableStorage, serialised
from cjworkshop.storage.trail import EVERYTHING, read_trail

if TYPE_CHECKING:
    import datetime as dt

    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.names import Files
    from cjworkshop.storage.recovery import RecoveryOption


def put_in_place(environment: Environment, files: Files, option: RecoveryOption) -> None:
    """Make `option` what the session's file holds, with a journal that begins afresh behind it.

    First the file as it is, what the journal leads to and what was rescued are put among the backups, as far as they
    are not what was chosen. Raises OpenElsewhere, OSError, and InvalidData where something that is no file stands in
    the way; the file is as it was then.
    """
    now = environment.clock()
    lock = Lock(environment.disk, files, now)
    try:
        documents = option.documents()
        options = recovery_options(environment, files)
        last = max(known.seq for known in [option, *options])
        if option.source != "file":
            _set_file_aside(environment, files, now)
        for other in options:
            if other.source in {"journal", "rescue"} and (other.source, other.path) != (option.source, option.path):
                data = serialised(content_of_documents(other.documents()))
                backups.keep(environment.disk, files, data, (now, other.seq, backups.SET_ASIDE, other.source))
        digest = (
            _write(environment, files, documents, last, now) if option.source != "file" else _digest(environment, files)
        )
        _begin_afresh(environment, files, option.uuid, last, digest)
        Rescue(environment.disk, environment.rescue_root(), option.uuid).drop()
    finally:
        lock.release()


def _set_file_aside(environment: Environment, files: Files, now: dt.datetime) -> None:
    try:
        data = read_bytes(environment.disk, files.visible)
    except NotFound:
        return
    try:
        seq, why = parse(data, files.visible.name).meta.seq, backups.SET_ASIDE
    except InvalidData:
        seq, why = 0, backups.DAMAGED
    backups.keep(environment.disk, files, data, (now, seq, why, ""))


def _write(environment: Environment, files: Files, documents: Documents, seq: int, now: dt.datetime) -> str:
    tables = environment.migrations.apply(documents.tables, documents.meta.schema)
    meta = replace(
        documents.meta,
        seq=seq,
        schema=environment.migrations.schema,
        app=__version__,
        saved_at=now.isoformat(timespec="seconds"),
        rescued_from="",
    )
    storage = DurableStorage(files.visible, disk=environment.disk)
    return storage.write_content(content_of_documents(Documents(meta, tables)))


def _digest(environment: Environment, files: Files) -> str:
    return digest_of(read_bytes(environment.disk, files.visible))


def _begin_afresh(environment: Environment, files: Files, uuid: str, seq: int, digest: str) -> None:
    """Begin a segment that nothing before counts for, but the text that stood in an open editor."""
    trail = read_trail(environment.disk, files, uuid, EVERYTHING)
    journal = JournalWriter(environment.disk, files, uuid, environment.migrations.schema, last_number=trail.last_number)
    journal.seq, journal.file, journal.fresh = seq, digest, True
    journal.append(draft_line(trail.draft) if trail.draft else b"")
    journal.leave()
    with contextlib.suppress(OSError):
        backups.keep_base(environment.disk, files, environment.disk.read(files.visible), environment.clock(), seq)
