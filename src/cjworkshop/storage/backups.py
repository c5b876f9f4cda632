"""Backups of a session: which are made, which are kept, and finding them again."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line
from cjworkshop.lazy import dataclass
from cjworkshop.storage.ids import new_id
from cjworkshop.storage.tinydb_storage import write_new

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.names import Files

AUTO = "auto"
MIGRATION = "migration"
NAMED = "named"
SET_ASIDE = "aside"
DAMAGED = "damaged"
"""Why a backup was made, as one word in its name. Others may be used: `import`, `restore`."""

APART = dt.timedelta(minutes=5)
LATEST = 20
DAYS = 30
SIZE_LIMIT = 200 * 2**20

LABEL_SIZE = 120
"""Bytes that the user's name for a backup takes at most in its file's name, which may have 255 on most disks."""

_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+)-([a-z]+)(?:-(.+))?\.json")
_NUMBER = re.compile(r"(?<=.) \(\d+\)$")
"""What stands behind a name that was taken."""
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in '<>:"/\\|?*'}
"""What no file name may have on some system, and the wide character that stands for it there."""
_NARROW = {wide: sign for sign, wide in _WIDE.items()}


@dataclass(frozen=True)
class Backup:
    """One file in a session's folder of backups: when, up to which change, and why. `label` is the user's own name."""

    path: Path
    time: dt.datetime
    seq: int
    why: str
    label: str = ""
    size: int = 0


def backup_name(time: dt.datetime, seq: int, why: str, label: str = "") -> str:
    """The file name of a backup, which says all that is known of it."""
    kept = _kept(label)
    return f"{time.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{seq}-{why}{f'-{kept}' if kept else ''}.json"


def _kept(label: str, size: int = LABEL_SIZE) -> str:
    """As much of the user's name as `size` bytes of a file's name have room for."""
    return clean_line(label).translate(_WIDE).encode()[:size].decode(errors="ignore").strip()


def _label(kept: str) -> str:
    """The user's name, from a file's name; some disks keep letters and their accents apart."""
    return clean_line(unicodedata.normalize("NFC", kept).translate(_NARROW))


def _time(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None  # a file that somebody else put there


def backups_of(disk: Disk, files: Files) -> list[Backup]:
    """The session's backups, the newest first."""
    try:
        names = disk.names(files.backups)
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = []
    for name in names:
        match = _NAME.fullmatch(name)
        time = _time(match[1]) if match else None
        if match and time:
            path = files.backups / name
            found.append(Backup(path, time, int(match[2]), match[3], _label(match[4] or ""), disk.stat(path).st_size))
    return sorted(found, key=lambda backup: (backup.time, backup.seq), reverse=True)


def free_label(label: str, backups: Iterable[Backup]) -> str:
    """What a restore point called `label` is to be called: where that is taken, with a number behind it, `Lunch (2)`.

    Taken is also what differs in capitals only, or in what does not fit into a file's name. No name is never taken.
    """
    taken = {_same(backup.label) for backup in backups if backup.why == NAMED and backup.label}
    if _same(_label(_kept(label))) not in taken:
        return label
    base = _NUMBER.sub("", label)
    behind = (f" ({number})" for number in itertools.count(2))
    names = (_label(_kept(base, LABEL_SIZE - len(number))) + number for number in behind)
    return next(name for name in names if _same(name) not in taken)


def is_due(backups: Iterable[Backup], now: dt.datetime) -> bool:
    """Whether the file that is about to be replaced should be kept: none is from today, or the last is old enough."""
    times = [backup.time for backup in backups if backup.why == AUTO]
    return not times or now - max(times) >= APART or max(times).date() != now.astimezone(dt.UTC).date()


def expired(backups: list[Backup], now: dt.datetime) -> list[Backup]:
    """The backups (newest first) that need not be kept.

    Kept are the latest 20, the first of each of the last 30 days, and all that were made for a reason of their own,
    as long as they are no more than 200 MB together; the newest stays in any case, and so do those that the user made.
    """
    auto = [backup for backup in backups if backup.why == AUTO]
    recent = [backup for backup in auto if now - backup.time < dt.timedelta(days=DAYS)]
    first_of_day = {backup.time.date(): backup for backup in recent}
    kept = {*auto[:LATEST], *first_of_day.values(), *(backup for backup in backups if backup.why != AUTO)}
    size = 0
    dropped = []
    for backup in backups:
        if backup.why == NAMED:
            continue
        size += backup.size if backup in kept else 0
        if backup not in kept or (size > SIZE_LIMIT and backup is not backups[0]):
            dropped.append(backup)
    return dropped


def keep(disk: Disk, files: Files, data: bytes, named: tuple[dt.datetime, int, str, str]) -> Path:
    """Write `data` among the backups, whole or not at all, under the name made of (time, seq, why, label).

    Where that name is taken by other bytes, the next second's is taken. Says where it is.
    """
    time, seq, why, label = named
    disk.make_folder(files.backups)
    taken = {_same(name): name for name in disk.names(files.backups)}
    while (there := taken.get(_same(name := backup_name(time, seq, why, label)))) is not None:
        if disk.read(files.backups / there) == data:
            return files.backups / there
        time += dt.timedelta(seconds=1)
    temporary = files.backups / f".{new_id()}"
    try:
        write_new(disk, temporary, data)
        disk.replace(temporary, files.backups / name)
    except OSError:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    disk.sync_folder(files.backups)
    return files.backups / name


def _same(name: str) -> str:
    """What two file names have in common that some disks take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def keep_base(disk: Disk, files: Files, data: bytes, time: dt.datetime, seq: int) -> None:
    """Keep a file's bytes, so that the journal that begins now has something to go on from; once is enough."""
    for backup in backups_of(disk, files):
        if backup.why == AUTO and backup.seq == seq and backup.size == len(data) and disk.read(backup.path) == data:
            return
    keep(disk, files, data, (time, seq, AUTO, ""))


def rotate(disk: Disk, files: Files, now: dt.datetime) -> None:
    """Remove the backups that need not be kept."""
    for backup in expired(backups_of(disk, files), now):
        disk.remove(backup.path)
