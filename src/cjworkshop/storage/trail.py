"""Which segments of the journal lead to a session's present state."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass
from cjworkshop.storage.journal import (
    CheckpointRecord,
    DraftRecord,
    Segment,
    changes_in,
    read_header,
    read_segment,
    segment_numbers,
)

if TYPE_CHECKING:
    from cjworkshop.domain.kinds import Json
    from cjworkshop.storage.disk import Disk
    from cjworkshop.storage.journal import ChangeRecord
    from cjworkshop.storage.names import Files

EVERYTHING = -1
"""Stands for a change before all others: a trail from there on is as long as the journal."""


@dataclass
class Trail:
    """The last segments of a session's journal, back to where it began afresh or no more of them were needed.

    `bases` are (number, base) of every segment of this session, oldest first. `last_number` is the highest number in
    use, `strangers` count the segments of other sessions. `schema` is the highest version of the file format in it.
    """

    segments: list[Segment] = field(default_factory=list)
    bases: list[tuple[int, int]] = field(default_factory=list)
    last_number: int = 0
    strangers: int = 0
    schema: int = 0

    @property
    def changes(self) -> list[ChangeRecord]:
        """Its changes, in order."""
        return list(changes_in(self.segments))

    @property
    def barrier(self) -> int:
        """The number of the last change before the journal began afresh; 0 where it never did."""
        first = self.segments[0].header if self.segments else None
        return first.base if first and first.fresh else 0

    @property
    def lost(self) -> int:
        """Lines that could not be read though there are later ones."""
        return sum(segment.lost for segment in self.segments)

    def migrated_at(self, schema: int) -> int:
        """The number of the last change that was written in an older version of the file format than `schema`."""
        older = [segment for segment in self.segments if segment.header and segment.header.schema < schema]
        return max((change.seq for change in changes_in(older)), default=0)

    @property
    def checkpoints(self) -> list[CheckpointRecord]:
        """What is told of the session's file, in order; a segment's header tells it too."""
        told = []
        for segment in self.segments:
            if segment.header and segment.header.file:
                told.append(CheckpointRecord(segment.header.base, segment.header.file, done=True))
            told += [entry for entry in segment.entries if isinstance(entry, CheckpointRecord)]
        return told

    @property
    def draft(self) -> Json:
        """The text that stood in an open editor at the end, if any."""
        drafts = [entry for segment in self.segments for entry in segment.entries if isinstance(entry, DraftRecord)]
        return drafts[-1].draft if drafts else None


def read_trail(disk: Disk, files: Files, uuid: str, seq: int, history: int = 0) -> Trail:
    """The journal of the session `uuid`, far back enough to bring a state at `seq` up to date.

    It goes back by `history` changes at least, and never behind the place where it began afresh. A segment whose
    first line cannot be read counts as this session's.
    """
    numbers = segment_numbers(disk, files)
    headers = {number: read_header(disk, files, number) for number in numbers}
    ours = [number for number in numbers if (header := headers[number]) is None or header.uuid == uuid]
    trail = Trail(last_number=max(numbers, default=0), strangers=len(numbers) - len(ours))
    known = [(number, header) for number in ours if (header := headers[number])]
    trail.bases = [(number, header.base) for number, header in known]
    trail.schema = max((header.schema for _, header in known), default=0)
    newest = 0
    for number in reversed(ours):
        segment = read_segment(disk, files, number)
        trail.segments.insert(0, segment)
        newest = newest or max((change.seq for change in changes_in([segment])), default=0)
        header = segment.header
        if header and (header.fresh or header.base <= min(seq, newest - history)):
            break
    return trail


def newest_uuid(disk: Disk, files: Files) -> str:
    """Whose the last segment of the journal is; empty where there is none that says it."""
    for number in reversed(segment_numbers(disk, files)):
        header = read_header(disk, files, number)
        if header:
            return header.uuid
    return ""
