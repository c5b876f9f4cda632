"""A journal of several segments of which one is cut, zeroed or gone: what is missing is said, the rest is there."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

import pytest
from proof_harness.disks import NO_FAULT, Fault, ProofDisk
from proof_harness.saving import store_on
from proof_harness.script import add, content_of, new_session

from cjworkshop.storage.names import Files
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from pathlib import Path

EDITS = [f"n{number}" for number in range(1, 8)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A session that was killed with edits 1 to 5 in its first segment, 6 and 7 in the second, none in the file."""
    disk = ProofDisk()
    store = store_on(disk, tmp_path)
    path = store.create(new_session())
    opened = store.open(path)
    for row_id in EDITS:
        opened.workbook.do(add(row_id))
        if row_id == "n6":
            disk.fault = Fault("refuse", disk.count + 2, disk.count + 3, errno.EIO)
            assert opened.flush().kind is Save.NOT_SAVED
            disk.fault = NO_FAULT
        assert opened.flush().kind is Save.SAVED
    disk.bury()
    assert Files(path).journal(2).exists()
    return path


def looked_at(path: Path, folder: Path, number: int, data: bytes | None) -> tuple[list[str], bool]:
    """What is there with other bytes in a segment, or without it, and whether something is said to be missing."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(path.parent, folder / "sessions")
    copy = Files(folder / "sessions" / path.name)
    if data is None:
        copy.journal(number).unlink()
    else:
        copy.journal(number).write_bytes(data)
    store = store_on(ProofDisk(), folder)
    with store.open(copy.visible) as opened:
        notes = content_of(opened.session).get("notes", {})
        opened.workbook.do(add("one-more"))
        opened.flush()
        assert set(content_of(store.read(copy.visible).session)["notes"]) == {*notes, "one-more"}
    assert set(content_of(store.read(copy.visible).session)["notes"]) == {*notes, "one-more"}
    assert all(note["text"].startswith(f"{row_id}: two\nlines") for row_id, note in notes.items())
    said = any("journal lacks" in notice or "could not be read" in notice for notice in opened.notices)
    return list(notes), said


@pytest.mark.parametrize("number", [1, 2])
def test_a_segment_that_is_cut_anywhere(path: Path, tmp_path: Path, number: int) -> None:
    data = Files(path).journal(number).read_bytes()
    lines = [index + 1 for index, byte in enumerate(data) if byte == 10]
    for cut in {*range(0, len(data), 7), *lines, *(end - 1 for end in lines)} - {len(data)}:
        notes, said = looked_at(path, tmp_path / "copy", number, data[:cut])
        whole = max(0, sum(end <= cut for end in lines) - 1)
        if number == 1:
            assert notes == EDITS[:whole] + EDITS[5:]
            assert said == (whole < 5)
        else:
            assert notes == EDITS[: 5 + whole]


@pytest.mark.parametrize("number", [1, 2])
def test_a_segment_that_is_gone_or_zeroed(path: Path, tmp_path: Path, number: int) -> None:
    size = Files(path).journal(number).stat().st_size
    for data in (None, b"", b"\0" * size):
        notes, said = looked_at(path, tmp_path / "copy", number, data)
        assert notes == (EDITS[5:] if number == 1 else EDITS[:5])
        assert said == (number == 1)


def test_a_bit_that_flips_anywhere_costs_one_line(path: Path, tmp_path: Path) -> None:
    data = Files(path).journal(2).read_bytes()
    last = data[:-1].rindex(b"\n") + 1
    for place in range(0, len(data), 5):
        flipped = bytearray(data)
        flipped[place] ^= 1 << place % 8
        notes, said = looked_at(path, tmp_path / "copy", 2, bytes(flipped))
        if place < data.index(b"\n"):
            assert notes == EDITS
        elif place < last - 1:
            assert (notes, said) == ([*EDITS[:5], "n7"], True)
        else:
            assert notes in (EDITS[:6], EDITS[:5])
