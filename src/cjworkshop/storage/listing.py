"""What a list of sessions says of each, found without reading more of a file than that takes."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from typing import TYPE_CHECKING

from cjworkshop.domain.records import META
from cjworkshop.errors import InvalidData, WorkshopError
from cjworkshop.lazy import dataclass
from cjworkshop.storage.documents import documents_of
from cjworkshop.storage.lock import read_owner
from cjworkshop.storage.names import SUFFIX, Files
from cjworkshop.storage.place import read_place
from cjworkshop.storage.reading import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.domain.kinds import Json
    from cjworkshop.storage.disk import Disk

_SMALL = 2**18
"""Bytes up to which a file is read whole, which finds any damage."""
_BEGINNING = re.compile(r'\s*\{\s*"_meta"\s*:\s*')


@dataclass(frozen=True)
class Summary:
    """One line of a list of sessions.

    `state` is `ok`, `open` (in another process or this one), `archived`, `newer` (needs a newer program), `damaged`,
    or `missing` (the file is gone, but journal or backups are there). `modified` is the file's time; None where it is
    gone. `step` is the key of the step where one was; empty where that is not known.
    """

    slug: str
    path: Path
    name: str = ""
    client: str = ""
    journey: str = ""
    step: str = ""
    modified: dt.datetime | None = None
    state: str = "ok"

    @property
    def changed(self) -> str:
        """When it was last changed, where the reader is: `2026-03-31 09:05`; empty where that is not known."""
        return f"{self.modified.astimezone():%Y-%m-%d %H:%M}" if self.modified else ""


def slugs_of(names: list[str]) -> tuple[list[str], list[str]]:
    """The slugs of the sessions among the names in a folder, and of those whose file is gone."""
    visible = [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX) and not name.startswith(".")]
    hidden = (re.fullmatch(r"\.(.+)\.json\.journal-\d+", name) for name in names)
    return visible, sorted({match[1] for match in hidden if match} - set(visible))


def summaries(disk: Disk, folder: Path, schema: int) -> list[Summary]:
    """Every session in a folder, the one that was changed last first. A bad file is a line, never an error."""
    try:
        visible, gone = slugs_of(disk.names(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    lines = [_summary(disk, Files(folder / f"{slug}{SUFFIX}"), schema) for slug in visible]
    lines += [Summary(slug, folder / f"{slug}{SUFFIX}", name=slug, state="missing") for slug in gone]
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(lines, key=lambda line: (line.modified or never, line.slug), reverse=True)


def _summary(disk: Disk, files: Files, schema: int) -> Summary:
    modified = None
    with contextlib.suppress(OSError):
        modified = dt.datetime.fromtimestamp(disk.stat(files.visible).st_mtime, dt.UTC)
    try:
        meta = _quick_meta(disk, files.visible)
    except (OSError, WorkshopError):
        return Summary(files.slug, files.visible, name=files.slug, modified=modified, state="damaged")
    place = read_place(disk, files)

    def text(name: str) -> str:
        value = meta.get(name)
        return value if isinstance(value, str) else ""

    return Summary(
        files.slug,
        files.visible,
        name=text("name") or files.slug,
        client=text("client"),
        journey=text("journey"),
        step=place.step if place else "",
        modified=modified,
        state=_state(disk, files, meta, schema),
    )


def _state(disk: Disk, files: Files, meta: dict[str, Json], schema: int) -> str:
    if meta["schema"] > schema:
        return "newer"
    owner = read_owner(disk, files)
    if owner and not owner.is_dead:
        return "open"
    return "archived" if meta.get("archived") is True else "ok"


def _quick_meta(disk: Disk, path: Path) -> dict[str, Json]:
    """The `_meta` document of a file. InvalidData or OSError where it is no session that can be read."""
    size = disk.stat(path).st_size
    try:
        if size > _SMALL:
            return _meta_at_beginning(disk, path, size)
        return _meta_of(json.loads(read_bytes(disk, path).decode("utf-8-sig")))
    except (ValueError, RecursionError):
        raise InvalidData(f"{path.name} is damaged.", "") from None


def _meta_of(tables: Json) -> dict[str, Json]:
    """The `_meta` document, after a look whether it is one. InvalidData, ValueError."""
    table = tables.get(META) if isinstance(tables, dict) else None
    first = next(iter(table.values()), None) if isinstance(table, dict) else None
    meta = dict(first) if isinstance(first, dict) else {}
    documents_of(tables)
    return meta


def _meta_at_beginning(disk: Disk, path: Path, size: int) -> dict[str, Json]:
    """The `_meta` document of a large file, which is read no further where it stands at the beginning, as it should."""
    if not disk.read(path, start=size - 16).rstrip().endswith(b"}}"):
        raise ValueError("cut off")
    text = disk.read(path, most=_SMALL).decode("utf-8", errors="ignore")
    beginning = _BEGINNING.match(text)
    if not beginning:
        return _meta_of(json.loads(read_bytes(disk, path).decode("utf-8-sig")))
    table, _ = json.JSONDecoder().raw_decode(text, beginning.end())
    return _meta_of({META: table})
