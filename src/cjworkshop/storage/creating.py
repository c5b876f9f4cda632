"""Creating a session's file."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

from tinydb import TinyDB

from cjworkshop.errors import Busy
from cjworkshop.storage import backups
from cjworkshop.storage.documents import DocumentIds, Meta, content_of
from cjworkshop.storage.lock import Lock, writer_name
from cjworkshop.storage.tinydb_storage import DurableStorage

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.names import Files


def create(environment: Environment, files: Files, session: Session) -> None:
    """Write a new session's file, and its first backup. Busy where another process was quicker; OSError."""
    now, disk = environment.clock(), environment.disk
    meta = Meta(
        uuid=environment.new_id() + environment.new_id(),
        schema=environment.migrations.schema,
        saved_at=now.isoformat(timespec="seconds"),
        writer=writer_name(),
    )
    lock = Lock(disk, files, now)
    try:
        if files.visible.name in disk.names(files.folder):
            raise Busy(f"{files.visible.name} was just created by another process.", "Try it again.")
        database = TinyDB(files.visible, storage=DurableStorage, disk=disk)
        cast("DurableStorage", database.storage).write_content(content_of(session, meta, DocumentIds()))
        with contextlib.suppress(OSError):  # the first checkpoint makes it up
            backups.keep(disk, files, disk.read(files.visible), (now, 0, backups.AUTO, ""))
    finally:
        lock.release()
