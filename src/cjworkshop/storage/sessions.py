"""The sessions of one folder: list, create, read, open, duplicate, archive, recover."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.text import shorten
from cjworkshop.errors import InvalidData, NotFound, StorageFault
from cjworkshop.paths import free_slug
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.environment import Environment, utc_now
from cjworkshop.storage.ids import new_id as random_id
from cjworkshop.storage.listing import slugs_of, summaries
from cjworkshop.storage.names import SUFFIX, Files
from cjworkshop.storage.reading import real_path
from cjworkshop.storage.save_state import reason_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.domain.session import Session
    from cjworkshop.storage.backups import Backup
    from cjworkshop.storage.difference import Difference
    from cjworkshop.storage.doctor import Finding
    from cjworkshop.storage.listing import Summary
    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.storage.opening import Snapshot
    from cjworkshop.storage.recovery import RecoveryOption

# What only some methods need is imported by them: `cjworkshop list` has a tenth of a second for everything.
# ruff: noqa: PLC0415


@contextlib.contextmanager
def _faults(what: str) -> Iterator[None]:
    """Say an error of the operating system in words."""
    try:
        yield
    except OSError as problem:
        raise StorageFault(
            f"{what}, because {reason_of(problem)}.", "Look at the disk, or use another folder."
        ) from problem


class SessionStore:
    """The sessions in `folder`, which need not exist before the first is created.

    `catalogue` are the tables that sessions have, `disk`, `clock`, `new_id` and what else is `given` the storage's
    `Environment`. All methods raise StorageFault where the disk refuses.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        *,
        disk: Disk | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
        new_id: Callable[[], str] = random_id,
        **given: Any,
    ) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.environment = Environment(disk=disk or Disk(), clock=clock, new_id=new_id, **given)

    def summaries(self) -> list[Summary]:
        """Every session, the one that was changed last first. A bad file is a line, never an error."""
        with _faults("The sessions cannot be listed"):
            return summaries(self.environment.disk, self.folder, self.environment.migrations.schema)

    def resolve(self, ref: str) -> Path:
        """The file of the session that `ref` means: a slug, an unambiguous beginning of one, or a path.

        NotFound where there is none or more than one. A session of which only journal or backups are left counts.
        """
        slugs = self._slugs()
        fitting = [ref] if ref in slugs else [slug for slug in slugs if ref and slug.startswith(ref.casefold())]
        if len(fitting) == 1:
            return self.folder / f"{fitting[0]}{SUFFIX}"
        with contextlib.suppress(OSError, ValueError, RuntimeError):  # too long, a NUL, an unknown ~user
            path = Path(ref).expanduser()
            if path.name and path.exists():
                return path.absolute()
        shown = shorten(ref, 60)
        if fitting:
            some = ", ".join(fitting[:5]) + (" …" if len(fitting) > 5 else "")
            raise NotFound(f"{shown!r} could be {some}.", "Type more of it.")
        if "/" in ref or os.sep in ref or ref.endswith(SUFFIX):
            raise NotFound(f"There is no file {shown!r}.", "Look at `cjworkshop list` for the sessions in your folder.")
        raise NotFound(f"There is no session {shown!r} in {self.folder}.", "Look at `cjworkshop list`.")

    def _slugs(self) -> list[str]:
        try:
            visible, gone = slugs_of(self.environment.disk.names(self.folder))
        except OSError:
            return []
        return [*visible, *gone]

    def create(self, session: Session) -> Path:
        """Write a new session, in a file called after its name, and say where."""
        from cjworkshop.storage.creating import create
        from cjworkshop.storage.documents import name_of

        with _faults("The session cannot be created"):
            self.environment.disk.make_folder(self.folder)
            path = self.folder / f"{free_slug(name_of(session), self._taken())}{SUFFIX}"
            create(self.environment, Files(real_path(path)), session)
            return path

    def _taken(self) -> set[str]:
        """The slugs that are in use, in whatever case, also those of which only hidden files are left."""
        names = [name.casefold() for name in self.environment.disk.names(self.folder)]
        found = (re.fullmatch(r"\.?(.+)\.json(\..*)?", name) for name in names)
        return {match[1] for match in found if match}

    def read(self, path: Path) -> Snapshot:
        """What a session holds now, also while it is open elsewhere. Writes nothing.

        NotFound, InvalidData, and ChoiceNeeded where the file is damaged but something else is there.
        """
        from cjworkshop.storage.opening import snapshot

        with _faults(f"{path.name} cannot be read"):
            return snapshot(self.environment, self.catalogue, Files(real_path(path)))

    def open(self, path: Path, *, take_over: bool = False) -> OpenSession:
        """Open a session for work.

        OpenElsewhere where another process has it (`take_over`: from one that is proven dead). ChoiceNeeded where
        there is more than one state to go on from: see `recover` and `choose`. NotFound, InvalidData. Where nothing
        can be saved, or the file is from a newer program, the session is read-only.
        """
        from cjworkshop.storage.opening import open_for_work

        with _faults(f"{path.name} cannot be opened"):
            return open_for_work(self.environment, self.catalogue, Files(real_path(path)), take_over=take_over)

    def open_to_read(self, path: Path) -> OpenSession:
        """Open a session to look at, also while it is open elsewhere: as it stands now, and nothing can be changed."""
        from cjworkshop.storage.opening import open_to_read

        reason = "It is open for reading: it stands as it was when you opened it, and nothing can be changed."
        with _faults(f"{path.name} cannot be opened"):
            return open_to_read(self.environment, self.catalogue, Files(real_path(path)), reason)

    def duplicate(self, path: Path, name: str) -> Path:
        """A copy of a session under another name, with a life of its own."""
        from cjworkshop.storage.documents import renamed

        return self.create(renamed(self.read(path).session, name))

    def archive(self, path: Path) -> None:
        """Mark a session as archived. Its file stays where it is; OpenElsewhere where it is open."""
        self._mark(path, archived=True)

    def unarchive(self, path: Path) -> None:
        """Take that back."""
        self._mark(path, archived=False)

    def _mark(self, path: Path, *, archived: bool) -> None:
        with self.open(path) as session, _faults(f"{path.name} cannot be changed"):
            session.mark(archived=archived)

    def backups(self, path: Path) -> list[Backup]:
        """The backups of a session, the newest first."""
        from cjworkshop.storage.backups import backups_of

        with _faults("The backups cannot be listed"):
            return backups_of(self.environment.disk, Files(real_path(path)))

    def read_backup(self, backup: Backup) -> Session:
        """What a backup holds. InvalidData where it cannot be read."""
        from cjworkshop.storage.opening import read_session

        with _faults(f"{backup.path.name} cannot be read"):
            try:
                return read_session(self.environment, self.catalogue, backup.path)
            except InvalidData as problem:
                raise InvalidData(problem.message, "Choose another backup.") from problem

    def restore(self, path: Path, backup: Backup) -> list[Difference]:
        """Bring back what a backup holds, as one change that can be undone, and say what it changed in rows.

        The session as it was before is kept among the backups. For an open session use `read_backup`,
        `OpenSession.backup` and `difference.restoration`.
        """
        from cjworkshop.storage.difference import differences, restoration

        then = self.read_backup(backup)
        with self.open(path) as session:
            session.backup("restore")
            changed = differences(session.session, then)
            session.workbook.do(restoration(then, f"restore {backup.label or f'{backup.time.astimezone():%H:%M}'}"))
            return changed

    def check(self, path: Path) -> list[Finding]:
        """All that `doctor` can say of a session, the worst first. Writes nothing."""
        from cjworkshop.storage.doctor import check

        with _faults(f"{path.name} cannot be looked at"):
            return check(self.environment, self.catalogue, path)

    def repair(self, path: Path) -> list[str]:
        """Put right what can be put right without destroying anything, and say what was done.

        Where there are several states to go on from, the most complete is taken and the others are kept.
        """
        from cjworkshop.storage.doctor import repair

        with _faults(f"{path.name} cannot be repaired"):
            return repair(self, path)

    def recover(self, path: Path) -> list[RecoveryOption]:
        """All states of a session that can be had, the most complete first. Writes nothing."""
        from cjworkshop.storage.recovery import recovery_options

        with _faults(f"{path.name} cannot be looked at"):
            return recovery_options(self.environment, Files(real_path(path)))

    def choose(self, path: Path, option: RecoveryOption) -> None:
        """Go on from one of these states. All others are kept among the backups."""
        from cjworkshop.storage.restoring import put_in_place

        with _faults(f"{path.name} cannot be restored"):
            put_in_place(self.environment, Files(real_path(path)), option)
