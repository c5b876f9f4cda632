"""The journal beside a session's file: what happened since the file was written, one line a happening.

A line is `crc32 SP json NL`. A journal consists of numbered segments; the first line of each says whose it is. Every
change of the session is a line with the whole documents before and after it, so that a line can be applied twice, and
taken back. Drafts and checkpoints are lines too.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast, get_args

from cjworkshop import __version__
from cjworkshop.domain.records import record_of
from cjworkshop.domain.workbook import Act
from cjworkshop.storage.codec import dump, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.kinds import Json
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.workbook import Change
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.names import Files

FORMAT = "cjworkshop/journal"
_EDITS = b',"edits":['
_MISSHAPED = (KeyError, TypeError, ValueError)
HEADER_LENGTH = 4096
"""Bytes in which a segment's first line fits."""


@dataclass(frozen=True)
class Header:
    """Whose segment it is and where it begins.

    `base` is the number of the last change before it. `file` is the digest of the session's file at its beginning.
    `fresh` says that what earlier segments tell does not lead to this one: another program changed the file, or an
    older state was chosen; nothing before it is replayed or undone.
    """

    uuid: str
    base: int
    schema: int
    file: str
    fresh: bool = False
    app: str = __version__

    def line(self) -> bytes:
        """As it is written."""
        return line_of(
            dump(
                {
                    "format": FORMAT,
                    "uuid": self.uuid,
                    "base": self.base,
                    "schema": self.schema,
                    "app": self.app,
                    "file": self.file,
                    "fresh": self.fresh,
                }
            )
        )


@dataclass(frozen=True)
class Edit:
    """One document before and after a change; None where it did not or does not exist."""

    table: str
    row_id: str
    before: Json
    after: Json


@dataclass(frozen=True)
class ChangeRecord:
    """A change as the journal has it. The documents stay packed until they are asked for."""

    seq: int
    time: dt.datetime
    act: Act
    label: str
    payload: bytes

    def edits(self) -> list[Edit]:
        """The documents before and after."""
        edits = load(b"[" + self.payload.partition(_EDITS)[2][:-2] + b"]")
        return [Edit(edit["table"], edit["id"], edit.get("before"), edit.get("after")) for edit in edits]

    def line(self) -> bytes:
        """As it is written."""
        return line_of(self.payload)


@dataclass(frozen=True)
class DraftRecord:
    """The text that stood in an open editor, as a dict; None where no editor was open any more."""

    draft: Json


@dataclass(frozen=True)
class CheckpointRecord:
    """The session's file was about to be replaced (`done` False), or has been, by one with this digest."""

    seq: int
    file: str
    done: bool

    def line(self) -> bytes:
        """As it is written."""
        return line_of(dump({"checkpoint": "done" if self.done else "begun", "seq": self.seq, "file": self.file}))


Entry = ChangeRecord | DraftRecord | CheckpointRecord


@dataclass
class Segment:
    """One segment as it was read.

    `size` is how many bytes were read. `whole` says that all of it could be read and its last line is complete: only
    then may it be written on. `lost` counts the unreadable lines that have readable ones after them; unreadable lines
    at the very end were never acknowledged and are not counted.
    """

    number: int
    header: Header | None
    entries: list[Entry] = field(default_factory=list)
    size: int = 0
    whole: bool = True
    lost: int = 0


def line_of(payload: bytes) -> bytes:
    """A line of the journal."""
    return b"%08x %s\n" % (zlib.crc32(payload), payload)


def change_line(change: Change) -> bytes:
    """The line of a change."""
    head = dump({"seq": change.seq, "time": change.time.isoformat(), "act": change.act, "label": change.label})
    edits = b",".join(
        b'{"table":%s,"id":%s,"before":%s,"after":%s}'
        % (dump(edit.table), dump(edit.row_id), _image(edit.before), _image(edit.after))
        for edit in change.edits
    )
    return line_of(head[:-1] + _EDITS + edits + b"]}")


def draft_line(draft: Json) -> bytes:
    """The line of a draft."""
    return line_of(dump({"draft": draft}))


def _image(row: Row | None) -> bytes:
    return b"null" if row is None else dump(record_of(row))


def _payload(line: bytes) -> bytes | None:
    """What a line holds; None where its checksum does not fit."""
    payload = line[9:]
    return payload if len(line) > 9 and line[:9] == b"%08x " % zlib.crc32(payload) else None


def _header_of(line: bytes) -> Header | None:
    payload = _payload(line)
    try:
        data = load(payload or b"")
        if data["format"] == FORMAT:
            return Header(data["uuid"], data["base"], data["schema"], data["file"], data["fresh"], data["app"])
    except _MISSHAPED:
        pass
    return None


def _entry_of(line: bytes) -> Entry | None:
    """What a line tells; None where it cannot be read."""
    payload = _payload(line)
    try:
        return _told_by(payload or b"")
    except _MISSHAPED:
        return None


def _told_by(payload: bytes) -> Entry | None:
    head, found, _ = payload.partition(_EDITS)
    data = load(head + b"}" if found else head)
    if found:
        time, act = dt.datetime.fromisoformat(data["time"]), data["act"]
        if act in get_args(Act) and isinstance(data["seq"], int):
            return ChangeRecord(data["seq"], time, cast("Act", act), str(data["label"]), payload)
    elif "checkpoint" in data:
        return CheckpointRecord(data["seq"], data["file"], data["checkpoint"] == "done")
    elif "draft" in data:
        return DraftRecord(data["draft"])
    return None


def read_header(disk: Disk, files: Files, number: int) -> Header | None:
    """The first line of a segment; None where it cannot be read."""
    return _header_of(disk.read(files.journal(number), most=HEADER_LENGTH).partition(b"\n")[0])


def read_segment(disk: Disk, files: Files, number: int) -> Segment:
    """All that can be read of a segment."""
    data = disk.read(files.journal(number))
    lines = data.split(b"\n")
    tail = lines.pop()
    segment = Segment(number, _header_of(lines[0]) if lines else None, size=len(data), whole=not tail)
    unread = 0 if segment.header else 1
    for line in lines[1:]:
        entry = _entry_of(line)
        if entry is None:
            unread += 1
        else:
            segment.lost += unread
            unread = 0
            segment.entries.append(entry)
    segment.whole = segment.whole and not unread and not segment.lost and segment.header is not None
    return segment


def segment_numbers(disk: Disk, files: Files) -> list[int]:
    """The numbers of a session's segments, the oldest first."""
    numbers = (files.journal_number(name) for name in disk.names(files.folder))
    return sorted(number for number in numbers if number is not None)


def changes_in(segments: list[Segment]) -> Iterator[ChangeRecord]:
    """The changes in these segments in order, each once, though a failed flush may have written it twice."""
    last = 0
    for segment in segments:
        for entry in segment.entries:
            if isinstance(entry, ChangeRecord) and entry.seq > last:
                last = entry.seq
                yield entry
