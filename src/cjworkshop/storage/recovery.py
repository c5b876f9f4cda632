"""What can be had of a session whose file is damaged, gone, changed by another program, or was rescued elsewhere."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from cjworkshop.domain.text import counted
from cjworkshop.errors import InvalidData, WorkshopError
from cjworkshop.lazy import dataclass
from cjworkshop.storage import backups
from cjworkshop.storage.documents import Documents, Meta
from cjworkshop.storage.loading import is_ours
from cjworkshop.storage.reading import digest_of, read_bytes, read_documents
from cjworkshop.storage.replay import brought_up_to_date
from cjworkshop.storage.rescue import Rescue
from cjworkshop.storage.trail import EVERYTHING, newest_uuid, read_trail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.names import Files
    from cjworkshop.storage.trail import Trail

Source = Literal["journal", "file", "backup", "rescue"]


@dataclass(frozen=True)
class RecoveryOption:
    """A state that a session can go on from.

    `source` says where it comes from: the `file` as it is, the `journal` put on top of the file or a backup, a
    `backup` alone, or a copy in the `rescue` folder, and `path` which file that is. `title` is one line for people;
    `rows` counts its documents, `seq` is the number of its last change. `partial` says that rows are missing which no
    edit in the journal touched. `documents` reads it (again).
    """

    source: Source
    title: str
    rows: int
    seq: int
    path: Path
    uuid: str
    partial: bool
    documents: Callable[[], Documents]


class ChoiceNeeded(InvalidData):
    """A session cannot simply be opened, but there is something to go on from. `options`, the most complete first."""

    def __init__(self, message: str, options: list[RecoveryOption], slug: str) -> None:
        super().__init__(message, f"`cjworkshop doctor {slug}` shows what there is; nothing of it is overwritten.")
        self.options = options


def _said(time: dt.datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M}"


def recovery_options(environment: Environment, files: Files) -> list[RecoveryOption]:
    """All states of a session that can be had, the most complete first."""
    if not files.folder.is_dir():
        return []
    single = list(_single_states(environment, files))
    uuid = _uuid_of(environment, files, single)
    single = [option for option in single if option.uuid == uuid]
    found = [*_with_journal(environment, files, uuid, single), *single, *_rescued(environment, uuid)]
    return sorted(found, key=lambda option: (not option.partial, option.seq, option.rows), reverse=True)


def _single_states(environment: Environment, files: Files) -> Iterator[RecoveryOption]:
    """The file and its backups as they are, as far as they can be read."""
    with contextlib.suppress(OSError, WorkshopError):
        time = dt.datetime.fromtimestamp(environment.disk.stat(files.visible).st_mtime, dt.UTC)
        yield _as_is(environment, "file", f"The file as it is, last written {_said(time)}", files.visible)
    for backup in backups.backups_of(environment.disk, files):
        with contextlib.suppress(OSError, WorkshopError):
            why = "" if backup.why == backups.AUTO else f" ({backup.label or backup.why})"
            title = f"Backup of {_said(backup.time)}{why}"
            option = _as_is(environment, "backup", title, backup.path)
            yield replace(option, seq=max(option.seq, backup.seq))


def _as_is(environment: Environment, source: Source, title: str, path: Path) -> RecoveryOption:
    def documents() -> Documents:
        return read_documents(environment.disk, path)[0]

    read = documents()
    if read.meta.schema > environment.migrations.schema:
        raise InvalidData(f"{path.name} was written by a newer cjworkshop.", "Install the newer one.")
    title = f"{title}: {counted(read.rows(), 'row')}"
    return RecoveryOption(
        source, title, read.rows(), read.meta.seq, path, read.meta.uuid, partial=False, documents=documents
    )


def _uuid_of(environment: Environment, files: Files, options: list[RecoveryOption]) -> str:
    """Which session it is about: the file's, else the journal's, else that of the newest backup."""
    if options and options[0].source == "file":
        return options[0].uuid
    return newest_uuid(environment.disk, files) or (options[0].uuid if options else "")


def _with_journal(
    environment: Environment, files: Files, uuid: str, options: list[RecoveryOption]
) -> Iterator[RecoveryOption]:
    """The state that the journal leads to, from the file or from the newest backup before it."""
    trail = read_trail(environment.disk, files, uuid, EVERYTHING)
    changes = trail.changes
    bases = [option for option in options if option.seq >= trail.barrier and _is_sound(environment, trail, option)]
    base = max(bases, key=lambda option: option.seq, default=None)
    since = [change for change in changes if base is None or change.seq > base.seq]
    if not since:
        return

    def documents() -> Documents:
        start = base.documents() if base else Documents(Meta(uuid, schema=trail.schema or 1), {})
        tables = brought_up_to_date(start.tables, start.meta.schema, trail.segments, since, environment.migrations)
        meta = replace(start.meta, schema=environment.migrations.schema, seq=since[-1].seq)
        return Documents(meta, tables)

    rows = documents().rows()
    edits = f"{counted(len(since), 'edit')} from the journal, {_said(since[0].time)} to {_said(since[-1].time)}"
    title = f"{base.title.partition(': ')[0]} and {edits}" if base else f"Only {edits}"
    path = base.path if base else files.visible
    partial = base is None or since[0].seq > base.seq + 1
    title = f"{title}: {counted(rows, 'row')}{', others are missing' if partial else ''}"
    yield RecoveryOption("journal", title, rows, since[-1].seq, path, uuid, partial, documents)


def _is_sound(environment: Environment, trail: Trail, option: RecoveryOption) -> bool:
    """Whether the journal goes on from this state: a file that another program changed is no base, nor what it had."""
    if option.source == "file":
        return is_ours(digest_of(read_bytes(environment.disk, option.path)), trail.checkpoints)
    return f"-{backups.AUTO}" in option.path.name


def _rescued(environment: Environment, uuid: str) -> Iterator[RecoveryOption]:
    for path in Rescue(environment.disk, environment.rescue_root(), uuid).paths():
        with contextlib.suppress(OSError, WorkshopError):
            time = dt.datetime.fromtimestamp(environment.disk.stat(path).st_mtime, dt.UTC)
            yield _as_is(
                environment, "rescue", f"Kept elsewhere on {_said(time)}, when its file could not take it", path
            )
