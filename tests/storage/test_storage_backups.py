"""Backups: which are made and kept, restore points, and restoring."""

from __future__ import annotations

import datetime as dt
import errno
from pathlib import Path

import pytest
from faulty_disk import failing, healthy
from storage_kit import Clock, Inline, add_pain, journals, pains, session_named, set_pain, store_in

from cjworkshop.domain.commands import MoveRows, RemoveRows
from cjworkshop.errors import InvalidData, NotFound, StorageFault
from cjworkshop.storage import backups as rules
from cjworkshop.storage.backups import AUTO, Backup, backups_of, expired, free_label, is_due
from cjworkshop.storage.checkpoint import SEGMENT_SIZE
from cjworkshop.storage.difference import Difference, RowDifference, differences, row_differences
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.names import Files

NOW = dt.datetime(2026, 3, 31, 12, 0, tzinfo=dt.UTC)


def backup(ago: dt.timedelta, why: str = AUTO, size: int = 1) -> Backup:
    return Backup(Path(f"{ago}-{why}"), NOW - ago, 0, why, size=size)


def minutes(number: float) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def days(number: float) -> dt.timedelta:
    return dt.timedelta(days=number)


def test_one_is_due_after_five_minutes_and_on_each_new_day() -> None:
    assert is_due([], NOW)
    assert not is_due([backup(minutes(4.9))], NOW)
    assert is_due([backup(minutes(5))], NOW)
    assert is_due([backup(minutes(1), why="named")], NOW)
    midnight = NOW.replace(hour=0, minute=1)
    assert is_due([Backup(Path("x"), midnight - minutes(2), 0, AUTO)], midnight)
    assert not is_due([backup(minutes(-30))], NOW)
    assert is_due([backup(days(-30))], NOW)


def test_the_latest_twenty_and_the_first_of_each_day_are_kept() -> None:
    today = [backup(minutes(5 * number)) for number in range(30)]
    earlier = [backup(days(day) + minutes(5 * number)) for day in range(1, 40) for number in range(3)]
    dropped = expired([*today, *earlier], NOW)
    kept = [one for one in [*today, *earlier] if one not in dropped]
    assert today[:20] == kept[:20]
    assert kept[20] == today[-1]
    assert len(kept) == 21 + 29
    assert {one.time.minute for one in kept[21:]} == {50}


def test_those_made_for_a_reason_stay_but_not_beyond_the_limit() -> None:
    named = [backup(days(100 + number), why="named") for number in range(50)]
    assert expired(named, NOW) == []
    large = [backup(days(number), why="import", size=rules.SIZE_LIMIT // 2) for number in range(4)]
    assert expired(large, NOW) == large[2:]
    huge = [backup(minutes(0), size=rules.SIZE_LIMIT * 2), backup(minutes(5))]
    assert expired(huge, NOW) == huge[1:]


def test_the_users_own_are_never_thinned_out_and_take_no_room_from_the_others() -> None:
    named = [backup(days(number), why="named", size=rules.SIZE_LIMIT) for number in range(100)]
    autos = [backup(minutes(5 * number), size=rules.SIZE_LIMIT // 4) for number in range(6)]
    together = sorted([*named, *autos], key=lambda one: one.time, reverse=True)
    assert expired(together, NOW) == autos[4:]


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("Before Lunch!", "Before Lunch!"),
        ('Tag 1: Ende? <a/b> \\ *|"', 'Tag 1: Ende? <a/b> \\ *|"'),
        ("昼休みの前 é e\u0301", "昼休みの前 é é"),
        ("../../x", "../../x"),
        ("a\x1b[2Jb\x00\n c", "a[2Jb c"),
        (" ", ""),
        ("x" * 500, "x" * 120),
        ("旅" * 500, "旅" * 40),
        ("CON", "CON"),
        ("-auto-1.json", "-auto-1.json"),
    ],
)
def test_a_restore_point_is_called_as_it_was_named(tmp_path: Path, label: str, kept: str) -> None:
    store = store_in(tmp_path, writer=Inline)
    with store.open(store.create(session_named())) as opened:
        where = opened.backup("named", label)
        assert where.parent == tmp_path / ".backups" / "bar-one"
        assert not set(where.name) & set('<>:"/\\|?*\x1b\x00')
        assert len(where.name.encode()) <= 200
        assert [one.label for one in store.backups(opened.path) if one.why == "named"] == [kept]


def test_two_names_that_a_disk_takes_for_one_are_two_backups(tmp_path: Path) -> None:
    files = Files(tmp_path / "x.json")
    first = rules.keep(Disk(), files, b"data", (NOW, 1, "named", "lunch é"))
    second = rules.keep(Disk(), files, b"other", (NOW, 1, "named", "LUNCH e\u0301"))
    assert first.name.casefold() != second.name.casefold()
    assert [one.label for one in backups_of(Disk(), files)] == ["LUNCH é", "lunch é"]


@pytest.mark.parametrize(
    ("there", "asked", "free"),
    [
        (["lunch"], "Tea", "Tea"),
        (["lunch"], "lunch", "lunch (2)"),
        (["lunch", "lunch (2)"], "lunch", "lunch (3)"),
        (["lunch", "lunch (3)"], "lunch", "lunch (2)"),
        (["lunch", "lunch (2)"], "lunch (2)", "lunch (3)"),
        (["Lunch é"], "lunch e\u0301", "lunch é (2)"),
        (["a: b?"], "a:\t b?", "a: b? (2)"),
        (["(2)"], "(2)", "(2) (2)"),
        (["x" * 120], "x" * 500, "x" * 116 + " (2)"),
        (["旅" * 40], "旅" * 500, "旅" * 38 + " (2)"),
        (["", "lunch"], "", ""),
    ],
)
def test_a_name_that_is_taken_gets_a_number(tmp_path: Path, there: list[str], asked: str, free: str) -> None:
    store = store_in(tmp_path, writer=Inline)
    with store.open(store.create(session_named())) as opened:
        for label in there:
            opened.backup("named", label)
        found = free_label(asked, store.backups(opened.path))
        opened.backup("named", found)
        labels = [one.label for one in store.backups(opened.path) if one.why == "named"]
        assert sorted(labels) == sorted([*there, free])
        assert found == free


def test_only_restore_points_of_ones_own_take_a_name(tmp_path: Path) -> None:
    files = Files(tmp_path / "x.json")
    rules.keep(Disk(), files, b"data", (NOW, 1, "aside", "theirs"))
    assert free_label("theirs", backups_of(Disk(), files)) == "theirs"


def test_what_differs_is_said_row_by_row(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        for number in range(4):
            opened.workbook.do(add_pain(f"p{number}", f"pain {number}"))
        then = opened.session
        opened.workbook.do(set_pain("p1", "changed"))
        opened.workbook.do(RemoveRows("pains", ("p2",)))
        opened.workbook.do(add_pain("p4", "new"))
        opened.workbook.do(MoveRows("pains", ("p3",), None))
        (change,) = differences(opened.session, then)
        assert change.words == "Pains: 1 back, 1 gone, 2 different"
        assert row_differences(opened.session, then, "pains") == [
            RowDifference("p1", "different", "P02 changed", ("Pain",)),
            RowDifference("p2", "back", "P03 pain 2"),
            RowDifference("p3", "different", "P04 pain 3", ("place",)),
            RowDifference("p4", "gone", "P05 new"),
        ]
        assert row_differences(opened.session, opened.session, "pains") == []


class Jumps(Clock):
    """A clock that can be put forward."""

    def jump(self, by: dt.timedelta) -> None:
        self.now += by


def test_a_checkpoint_keeps_the_file_it_replaces(tmp_path: Path) -> None:
    clock = Jumps()
    store = store_in(tmp_path, clock=clock, writer=Inline)
    path = store.create(session_named())
    assert [one.why for one in store.backups(path)] == ["auto"]
    with store.open(path) as opened:
        for number in range(40):
            clock.jump(minutes(3))
            opened.workbook.do(add_pain(f"p{number}"))
            opened.checkpoint()
    kept = store.backups(path)
    assert [len(pains(store.read_backup(one))) for one in kept[:3]] == [39, 37, 35]
    assert len(kept) == 20 + 1
    assert kept[-1].seq == 0
    (tmp_path / ".backups" / "bar-one" / "a stranger.txt").write_text("")
    assert store.backups(path) == kept


def test_every_kept_backup_can_be_brought_up_to_date(tmp_path: Path) -> None:
    clock = Jumps()
    store = store_in(tmp_path, clock=clock, writer=Inline)
    path = store.create(session_named())
    long = "x" * (SEGMENT_SIZE // 3)
    with store.open(path) as opened:
        for number in range(12):
            clock.jump(minutes(6))
            opened.workbook.do(add_pain(f"p{number}", f"{number}{long}"))
            opened.checkpoint()
        now = pains(opened.session)
    assert len(journals(path)) > 2
    autos = store.backups(path)
    path.write_bytes(b"")
    for one in autos:
        option = store.recover(path)[0]
        assert option.source == "journal"
        assert option.path == one.path
        tables = option.documents().tables
        assert {row["id"]: row["pain"] for row in tables["pains"].values()} == now
        one.path.unlink()


def test_old_segments_go_when_nothing_needs_them(tmp_path: Path) -> None:
    clock = Jumps()
    store = store_in(tmp_path, clock=clock, writer=Inline)
    path = store.create(session_named())
    long = "x" * (SEGMENT_SIZE // 20)
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p"))
        for day in range(40):
            clock.jump(days(1))
            for number in range(20):
                opened.workbook.do(set_pain("p", f"{day} {number} {long}"))
            opened.checkpoint()
    first = min(int(file.name.rpartition("-")[2]) for file in journals(path))
    assert first > 2
    with store.open(path) as opened:
        undone = 0
        while opened.workbook.undo():
            undone += 1
        assert undone >= 500
    oldest = store.backups(path)[-1]
    for one in store.backups(path)[:-1]:
        one.path.unlink()
    path.write_bytes(b"")
    option = store.recover(path)[0]
    assert (option.source, option.path, option.partial) == ("journal", oldest.path, False)
    journals(path)[0].unlink()
    assert [(option.source, option.partial) for option in store.recover(path)] == [("backup", False), ("journal", True)]


def test_a_restore_point_has_the_users_name_and_is_not_rotated(tmp_path: Path) -> None:
    clock = Jumps()
    store = store_in(tmp_path, clock=clock, writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        where = opened.backup("named", "Before Lunch!")
        assert where.name.endswith("-1-named-Before Lunch!.json")
        assert opened.backup("named", "Before Lunch!").name.endswith("-named-Before Lunch!.json")
        for _ in range(60):
            clock.jump(days(1))
            opened.workbook.do(set_pain("p1", f"{clock.now}"))
            opened.checkpoint()
    assert where in [one.path for one in store.backups(path)]


def test_restoring_is_one_change_that_can_be_undone(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "one"))
        opened.workbook.do(add_pain("p2", "two"))
        opened.backup("named", "then")
        opened.workbook.do(set_pain("p1", "changed"))
        opened.workbook.do(add_pain("p3", "three"))
    (then,) = [one for one in store.backups(path) if one.why == "named"]
    assert store.restore(path, then) == [Difference("pains", "Pains", added=0, removed=1, changed=1)]
    assert pains(store.read(path).session) == {"p1": "one", "p2": "two"}
    assert "restore" in {one.why for one in store.backups(path)}
    with store.open(path) as opened:
        assert opened.workbook.undo_label == "restore then"
        opened.workbook.undo()
        assert pains(opened.session) == {"p1": "changed", "p2": "two", "p3": "three"}
        assert differences(opened.session, opened.session) == []
        (back,) = differences(store.read_backup(then), opened.session)
        assert (back.added, back.removed, back.changed) == (1, 0, 1)


def test_restoring_an_automatic_backup_names_its_time(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    first = store.backups(path)[-1]
    store.restore(path, first)
    with store.open(path) as opened:
        assert opened.workbook.undo_label == f"restore {first.time.astimezone():%H:%M}"


def test_a_backup_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    store = store_in(tmp_path, writer=Inline)
    path = store.create(session_named())
    (only,) = store.backups(path)
    only.path.write_bytes(b"{")
    with pytest.raises(InvalidData, match="Choose another backup"):
        store.read_backup(only)
    assert any("is no use" in finding.sentence for finding in store.check(path))
    only.path.unlink()
    with pytest.raises(NotFound):
        store.read_backup(only)


def test_a_backup_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    files = Files(tmp_path / "x.json")
    for operation in ("create", "write", "sync", "replace"):
        with pytest.raises(OSError, match="No space"):
            rules.keep(failing(errno.ENOSPC, operations={operation}), files, b"data", (NOW, 1, AUTO, ""))
        assert list(files.backups.iterdir()) == []
    first = rules.keep(Disk(), files, b"data", (NOW, 1, AUTO, ""))
    assert rules.keep(Disk(), files, b"data", (NOW, 1, AUTO, "")) == first
    second = rules.keep(Disk(), files, b"other", (NOW, 1, AUTO, ""))
    assert [first.read_bytes(), second.read_bytes()] == [b"data", b"other"]
    assert [one.path for one in backups_of(Disk(), files)] == [second, first]


def test_a_session_is_created_even_if_its_first_backup_fails(tmp_path: Path) -> None:
    disk = failing(errno.ENOSPC, operations={"make_folder", "create", "write"}, folder=tmp_path / ".backups")
    path = store_in(tmp_path, disk=disk).create(session_named())
    assert store_in(tmp_path).backups(path) == []


def test_a_restore_point_holds_what_is_on_the_screen_or_is_refused(tmp_path: Path) -> None:
    disk = healthy()
    store = store_in(tmp_path, disk=disk, writer=Inline)
    opened = store.open(store.create(session_named()))
    opened.path.unlink()
    opened.workbook.do(add_pain("p1"))
    disk.fault = failing(errno.ENOSPC, operations={"replace"}).fault
    with pytest.raises(StorageFault, match="the disk is full"):
        opened.backup("named", "x")
    disk.fault = healthy().fault
    opened.backup("named", "y")
    named = [one for one in store.backups(opened.path) if one.why == "named"]
    assert [(one.label, list(pains(store.read_backup(one)))) for one in named] == [("y", ["p1"])]
    opened.close()


def test_a_restore_point_on_a_full_disk_says_so(tmp_path: Path) -> None:
    disk = failing(errno.ENOSPC, operations={"create"}, folder=tmp_path / ".backups")
    store = store_in(tmp_path, disk=disk, writer=Inline)
    with store.open(store.create(session_named())) as opened, pytest.raises(StorageFault, match="the disk is full"):
        opened.backup("named", "x")


def test_a_file_with_an_impossible_time_is_no_backup(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.create(session_named())
    with store.open(path) as opened:
        kept = opened.backup("named", "mine")
    kept.with_name("99999999T999999Z-1-named.json").write_bytes(kept.read_bytes())
    assert [backup.label for backup in store.backups(path) if backup.why == "named"] == ["mine"]
