"""The journal beside a session's file: what happened since the file was written, one line a happening.

A line is `crc32 SP json NL`. A journal consists of numbered segments; the first line of each says whose it is. Every
change of the session is a line with the whole documents before and after it, so that a line can be applied twice, and
taken back. Drafts and checkpoints are lines too.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import field
from typing import TYPE_CHECKING, cast, get_args

from cjworkshop import __version__
from cjworkshop.domain.records import record_of
from cjworkshop.domain.workbook import Act
from cjworkshop.lazy import dataclass
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
_MISSHAPED = (AttributeError, KeyError, TypeError, ValueError)
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
    """A change as the journal has it. The documents stay packed until they are asked for.

    `payload` is the line's JSON, a view of the segment's bytes: an import of 100,000 rows is one line.
    """

    seq: int
    time: dt.datetime
    act: Act
    label: str
    payload: memoryview

    def edits(self) -> list[Edit]:
        """The documents before and after. Empty where somebody has made up the line."""
        try:
            return [
                Edit(_text(edit["table"]), _text(edit["id"]), edit.get("before"), edit.get("after"))
                for edit in load(self.payload)["edits"]
            ]
        except _MISSHAPED:
            return []

    def line(self) -> bytes:
        """As it is written."""
        return line_of(bytes(self.payload))


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


def _header_of(line: bytes) -> Header | None:
    try:
        data = load(_payload(line, 0, len(line)))
        if data["format"] == FORMAT:
            numbers = _number(data["base"]), _number(data["schema"])
            return Header(_text(data["uuid"]), *numbers, _text(data["file"]), data["fresh"] is True, _text(data["app"]))
    except _MISSHAPED:
        pass
    return None


def _payload(data: bytes, start: int, end: int) -> memoryview:
    """What the line from `start` to `end` holds. ValueError where its checksum does not fit."""
    payload = memoryview(data)[start + 9 : end]
    if data[start : start + 9] != b"%08x " % zlib.crc32(payload):
        raise ValueError("not as it was written")
    return payload


def _entry_of(data: bytes, start: int, end: int) -> Entry | None:
    """What the line from `start` to `end` tells; None where it cannot be read."""
    try:
        payload = _payload(data, start, end)
        edits = data.find(_EDITS, start, end)
        if edits >= 0:
            return _change_of(load(data[start + 9 : edits] + b"}"), payload)
        told = load(payload)
        if "checkpoint" in told:
            return CheckpointRecord(_number(told["seq"]), _text(told["file"]), told["checkpoint"] == "done")
        return DraftRecord(told["draft"])
    except _MISSHAPED:
        return None


def _change_of(head: Json, payload: memoryview) -> ChangeRecord:
    if head["act"] not in get_args(Act):
        raise ValueError("no act")
    time = dt.datetime.fromisoformat(head["time"])
    return ChangeRecord(_number(head["seq"]), time, cast("Act", head["act"]), _text(head["label"]), payload)


def _number(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("no number")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def read_header(disk: Disk, files: Files, number: int) -> Header | None:
    """The first line of a segment; None where it cannot be read."""
    return _header_of(disk.read(files.journal(number), most=HEADER_LENGTH).partition(b"\n")[0])


def read_segment(disk: Disk, files: Files, number: int) -> Segment:
    """All that can be read of a segment."""
    data = disk.read(files.journal(number))
    start = data.find(b"\n") + 1
    segment = Segment(number, _header_of(data[: start - 1]) if start else None, size=len(data))
    unread = 0 if segment.header else 1
    while start and (end := data.find(b"\n", start)) >= 0:
        entry = _entry_of(data, start, end)
        start = end + 1
        if entry is None:
            unread += 1
        else:
            segment.lost += unread
            unread = 0
            segment.entries.append(entry)
    segment.whole = not (unread or segment.lost) and start == len(data)
    return segment


def segment_numbers(disk: Disk, files: Files) -> list[int]:
    """The numbers of a session's segments, the oldest first. OSError: a journal must not be overlooked."""
    numbers = map(files.journal_number, disk.names(files.folder))
    return sorted(number for number in numbers if number is not None)


def changes_in(segments: list[Segment]) -> Iterator[ChangeRecord]:
    """The changes in these segments in order, each once, though a failed flush may have written it twice."""
    last = 0
    for segment in segments:
        for entry in segment.entries:
            if isinstance(entry, ChangeRecord) and entry.seq > last:
                last = entry.seq
                yield entry
