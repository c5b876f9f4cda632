"""A session is followed from outside: what it holds, what the room is shown, whether it is open. Nothing is written."""

from __future__ import annotations

import json
import os
import platform
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from storage_kit import Inline, add_pain, session_named, set_pain, store_in

from cjworkshop.domain.commands import RemoveRows
from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.storage.following import Following
from cjworkshop.storage.names import Files
from cjworkshop.storage.open_session import Draft
from cjworkshop.storage.place import LONGEST, Place, Showing, read_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.storage.sessions import SessionStore


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return store_in(tmp_path / "sessions", writer=Inline)


@pytest.fixture
def path(store: SessionStore) -> Path:
    return store.create(session_named())


def pains(following: Following) -> list[str]:
    return [row.pain for row in following.look().session["pains"]]  # type: ignore[attr-defined]  # its own column


def everything(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file below a folder: its bytes, its time of change and its inode."""
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def show(opened: OpenSession, showing: Showing) -> None:
    """Have the facilitator's program show something, and write that."""
    opened.keep_place(Place("discovery", "pains", "", "", showing))
    opened.checkpoint()


def test_it_sees_each_edit_from_the_journal_and_what_is_shown(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        following = Following(store, path)
        assert following.look().is_open
        for number in range(3):
            opened.workbook.do(add_pain(f"p{number}", f"Pain {number}"))
            assert pains(following) == [f"Pain {count}" for count in range(number + 1)]
        opened.workbook.do(set_pain("p1", "Other"))
        assert pains(following)[1] == "Other"
        opened.checkpoint()
        assert pains(following)[1] == "Other"
        opened.workbook.undo()
        assert pains(following)[1] == "Pain 1"
        show(opened, Showing("map", row_id="a1"))
        assert following.look().showing == Showing("map", row_id="a1")


def test_where_nothing_changed_nothing_is_read_again(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        following = Following(store, path)
        first = following.look()
        again = following.look()
        assert again == first
        assert again.session is first.session


def test_an_edit_is_read_from_the_journal_alone(
    store: SessionStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        following = Following(store, path)
        charter = following.look().session["_meta"]
        monkeypatch.setattr(type(store), "read", None)
        for number in range(2, 6):
            opened.workbook.do(add_pain(f"p{number}", f"Pain {number}"))
            assert following.look().session == opened.session
            if number % 2:
                opened.checkpoint()
                assert following.look().session == opened.session
        opened.workbook.do(RemoveRows("pains", ("p2", "p4")))
        opened.workbook.undo()
        opened.workbook.undo()
        opened.workbook.redo()
        assert following.look().session == opened.session
        assert following.look().session["_meta"] is charter


def test_edits_checkpoints_and_sittings_are_followed_however_they_come(store: SessionStore, path: Path) -> None:
    following = Following(store, path)
    moves = random.Random(3)
    row = 0
    for _ in range(12):
        with store.open(path) as opened:
            for _ in range(8):
                match moves.randrange(5):
                    case 0:
                        opened.checkpoint()
                    case 1:
                        opened.workbook.undo()
                    case 2:
                        opened.keep_draft(Draft("pains", "p1", "pain", "draft"), at_once=True)
                    case _:
                        row += 1
                        opened.workbook.do(add_pain(f"p{row}", f"Pain {row}"))
                if moves.random() < 0.6:
                    assert following.look().session == opened.session
        assert following.look().session == store.read(path).session


def test_what_was_read_again_and_is_the_same_stays_the_same_object(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        following = Following(store, path)
        before = following.look().session
        opened.checkpoint()
        assert following.look().session is before


def test_a_line_of_the_journal_that_is_half_written_is_waited_for(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "One"))
        following = Following(store, path)
        segment = path.with_name(f".{path.name}.journal-1")
        before = segment.stat().st_size
        opened.workbook.do(add_pain("p2", "Two"))
        whole = segment.read_bytes()
        for cut in range(before, len(whole), 7):
            segment.write_bytes(whole[:cut])
            assert pains(following) == ["One"]
        segment.write_bytes(whole)
        assert pains(following) == ["One", "Two"]


def test_a_file_that_another_program_puts_there_is_read(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "Ours"))
    following = Following(store, path)
    path.write_text(path.read_text().replace("Ours", "Theirs"))
    assert pains(following) == ["Theirs"]
    assert following.look().session == store.read(path).session


def test_another_sessions_files_put_there_are_read(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "Ours"))
    other = store.create(session_named("Other"))
    with store.open(other) as opened:
        opened.workbook.do(add_pain("p1", "Theirs"))
    following = Following(store, path)
    assert pains(following) == ["Ours"]
    other.replace(path)
    other.with_name(f".{other.name}.journal-1").replace(path.with_name(f".{path.name}.journal-2"))
    assert pains(following) == ["Theirs"]


def test_nothing_is_ever_written(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        show(opened, Showing("clock"))
        before = everything(store.folder)
        following = Following(store, path)
        for _ in range(5):
            following.look()
        assert everything(store.folder) == before
    before = everything(store.folder)
    Following(store, path).look()
    assert everything(store.folder) == before


def test_a_closed_session_is_shown_as_it_stands_and_followed_when_it_opens(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "Kept"))
        show(opened, Showing("votes", round_id="r"))
    following = Following(store, path)
    seen = following.look()
    assert (seen.is_open, seen.is_readable, seen.showing.view) == (False, True, "votes")
    assert pains(following) == ["Kept"]
    with store.open(path) as opened:
        assert following.look().is_open
        opened.workbook.do(add_pain("p2", "New"))
        assert pains(following) == ["Kept", "New"]
    assert not following.look().is_open


def test_one_whose_program_was_killed_is_not_open(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    owner = path.with_name(f".{path.name}.owner")
    note = json.loads(owner.read_text())
    following = Following(store, path)
    assert following.look().is_open
    owner.write_text(json.dumps(note | {"boot": "before"}))
    assert not following.look().is_open
    assert note["host"] == platform.node()
    owner.write_text(json.dumps(note | {"host": "elsewhere", "pid": 1, "boot": "its own"}))
    seen = following.look()
    assert (seen.is_open, seen.is_readable) == (True, True)
    opened.close()


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\0" * 500),
        lambda path: path.write_text('{"pains": {"1"'),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: path.parent.rename(path.parent.with_name("away")),
    ],
    ids=["deleted", "emptied", "zeroed", "torn", "a folder", "its folder went"],
)
def test_where_it_is_harmed_the_last_picture_stays(
    store: SessionStore, path: Path, harm: Callable[[Path], object]
) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "Kept"))
    following = Following(store, path)
    before = path.read_bytes()
    harm(path)
    seen = following.look()
    assert not seen.is_readable
    assert pains(following) == ["Kept"]
    away = path.parent.with_name("away")
    if away.exists():
        away.rename(path.parent)
    else:
        if path.is_dir():
            path.rmdir()
        path.write_bytes(before)
        os.utime(path, ns=(1, 1))
    assert following.look().is_readable


def test_what_never_could_be_read_is_an_error_at_once(store: SessionStore, path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Following(store, path.with_name("gone.json"))
    foreign = tmp_path / "foreign.json"
    foreign.write_text("[1, 2]")
    with pytest.raises(InvalidData):
        Following(store, foreign)


# The place file


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"step": 3}', b"[" * 70000, b" " * 2**17 + b'{"step": "x"}'],
    ids=lambda content: repr(content[:12]),
)
def test_garbage_in_the_place_file_changes_nothing_that_is_shown(
    store: SessionStore, path: Path, content: bytes
) -> None:
    with store.open(path) as opened:
        show(opened, Showing("clock"))
        following = Following(store, path)
        path.with_name(f".{path.name}.place").write_bytes(content)
        assert following.look().showing == Showing("clock")
        show(opened, Showing("map"))
        assert following.look().showing == Showing("map")


def test_of_a_newer_versions_place_what_is_known_is_taken(store: SessionStore, path: Path) -> None:
    newer = {
        "step": "report",
        "mood": "good",
        "showing": {"view": "hologram", "prompt": "p" * 9000, "row_id": 7, "lane": None, "zoom": "stage", "depth": 3},
    }
    path.with_name(f".{path.name}.place").write_text(json.dumps(newer))
    with store.open(path) as opened:
        assert opened.place == Place("report", showing=Showing("hologram", prompt="p" * LONGEST, zoom="stage"))
    for odd in ("map", 3, None, ["map"]):
        path.with_name(f".{path.name}.place").write_text(json.dumps({"step": "report", "showing": odd}))
        with store.open(path) as opened:
            assert opened.place == Place("report")


def test_a_place_of_an_older_version_is_taken(store: SessionStore, path: Path) -> None:
    older = {"step": "report", "table": "summary", "row_id": "r1", "column": "ask_1"}
    path.with_name(f".{path.name}.place").write_text(json.dumps(older))
    with store.open(path) as opened:
        assert opened.place == Place("report", "summary", "r1", "ask_1")
        full = replace(opened.place, showing=Showing(*(f"value {number}" for number in range(12))))
        opened.keep_place(full)
        opened.checkpoint()
        assert read_place(store.environment.disk, Files(path)) == full
