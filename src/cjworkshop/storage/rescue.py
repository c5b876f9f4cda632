"""Where a session is kept while its own folder cannot take it: one folder a session under the user's state folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.errors import WorkshopError
from cjworkshop.lazy import dataclass
from cjworkshop.storage.documents import DocumentIds, content_of
from cjworkshop.storage.names import SUFFIX
from cjworkshop.storage.reading import digest_of, read_documents
from cjworkshop.storage.tinydb_storage import DurableStorage

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.domain.session import Session
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.documents import Documents, Meta
    from cjworkshop.storage.names import Files


@dataclass(frozen=True)
class Rescue:
    """The rescue place of the session `uuid` under `root`."""

    disk: Disk
    root: Path
    uuid: str

    @property
    def folder(self) -> Path:
        """Its folder, which exists only while something is in it."""
        return self.root / digest_of(self.uuid.encode("utf-8", "surrogatepass"))  # a file says its uuid: no path

    def keep(self, files: Files, meta: Meta, session: Session, seq: int) -> Path:
        """Write the session there, in place of what was rescued of it before. OSError where that fails too."""
        self.disk.make_folder(self.folder)
        path = self.folder / files.visible.name
        meta = replace(meta, seq=seq, rescued_from=str(files.visible))
        DurableStorage(path, disk=self.disk).write_content(content_of(session, meta, DocumentIds()))
        return path

    def paths(self) -> list[Path]:
        """The rescued files of this session: mostly none, never more than one under each name that it had."""
        try:
            names = self.disk.names(self.folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [self.folder / name for name in names if name.endswith(SUFFIX) and not name.startswith(".")]

    def newest(self) -> tuple[Path, Documents] | None:
        """The rescued state with the most changes; None where nothing readable was rescued."""
        found = []
        for path in self.paths():
            try:
                found.append((path, read_documents(self.disk, path)[0]))
            except (OSError, WorkshopError):
                continue
        return max(found, key=lambda rescued: rescued[1].meta.seq, default=None)

    def drop(self) -> None:
        """Remove what was rescued: it is contained elsewhere by now."""
        for path in self.paths():
            self.disk.remove(path)
