"""A file that another program changes, replaces, empties or removes: seen, said, and no side is lost."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from storage_kit import Inline, add_pain, crash, everything, pains, session_named, set_pain, store_in
from tinydb import TinyDB, where

from cjworkshop.storage.checkpoint import ChangedElsewhere
from cjworkshop.storage.recovery import ChoiceNeeded
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.storage.sessions import SessionStore


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return store_in(tmp_path / "sessions", writer=Inline)


@pytest.fixture
def path(store: SessionStore) -> Path:
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "mine"))
    return path


def change(path: Path, text: str = "theirs") -> None:
    with TinyDB(path) as database:
        database.table("pains").update({"pain": text}, where("id") == "p1")


def test_changed_while_closed_is_taken_over_and_drops_the_undo_history(store: SessionStore, path: Path) -> None:
    change(path)
    with store.open(path) as opened:
        assert pains(opened.session) == {"p1": "theirs"}
        assert opened.notices == ("Another program has changed the file: what was done before that cannot be undone.",)
        assert opened.workbook.undo() is None
        opened.workbook.do(add_pain("p2", "after"))
    with store.open(path) as opened:
        assert opened.notices == ()
        assert opened.workbook.undo()
        assert opened.workbook.undo() is None
        assert pains(opened.session) == {"p1": "theirs"}


def test_a_row_that_stock_tinydb_inserted_is_a_row(store: SessionStore, path: Path) -> None:
    with TinyDB(path) as database:
        number = database.table("pains").insert({"pain": "from a script"})
        database.table("notes of mine").insert({"x": 1.5})
    with store.open(path) as opened:
        assert pains(opened.session) == {"p1": "mine", f"pains-{number}": "from a script"}
        opened.workbook.do(set_pain(f"pains-{number}", "edited"))
        opened.flush()
        crash(opened)
    with store.open(path):
        pass
    with TinyDB(path) as database:
        document = database.table("pains").get(doc_id=number)
        assert isinstance(document, dict)
        assert document["pain"] == "edited"
        assert database.table("notes of mine").all() == [{"x": 1.5}]


def test_touched_but_not_changed_is_not_changed(store: SessionStore, path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    with store.open(path) as opened:
        assert opened.notices == ()
        assert opened.workbook.undo()


def conflict_by_crash(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    opened.workbook.do(add_pain("p2", "only in the journal"))
    crash(opened)
    change(path)


@pytest.mark.parametrize("chosen", ["journal", "file"])
def test_changed_while_the_journal_has_edits_asks_and_keeps_both(store: SessionStore, path: Path, chosen: str) -> None:
    conflict_by_crash(store, path)
    with pytest.raises(ChoiceNeeded, match="changed by another program while it still lacked 1 edit") as caught:
        store.open(path)
    assert [option.source for option in caught.value.options] == ["journal", "file", "backup"]
    snapshot = store.read(path)
    assert pains(snapshot.session) == {"p1": "theirs"}
    assert "open it to choose" in snapshot.notices[0]
    option = next(option for option in caught.value.options if option.source == chosen)
    store.choose(path, option)
    sides = {"journal": {"p1": "mine", "p2": "only in the journal"}, "file": {"p1": "theirs"}}
    with store.open(path) as opened:
        assert pains(opened.session) == sides[chosen]
        assert opened.workbook.undo_label == ""
        opened.workbook.do(add_pain("p3", "on it goes"))
    assert pains(store.read(path).session) == {**sides[chosen], "p3": "on it goes"}
    aside = [pains(store.read_backup(backup)) for backup in store.backups(path) if backup.why == "aside"]
    assert aside == [sides["file" if chosen == "journal" else "journal"]]


def test_a_journal_that_began_afresh_does_not_go_on_from_an_older_backup(store: SessionStore) -> None:
    session = session_named("Filled")
    path = store.create(session.edited(add_pain("p1", "from the start").edits(session)))
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p0", "in the file"))
    conflict_by_crash(store, path)
    store.choose(path, next(option for option in store.recover(path) if option.source == "file"))
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p3", "afterwards"))
    for backup in store.backups(path):
        if backup.seq >= 2:
            backup.path.unlink()
    assert [backup.seq for backup in store.backups(path)] == [0]
    path.write_bytes(b"")
    assert [(option.source, option.partial, option.rows) for option in store.recover(path)] == [
        ("backup", False, 1),
        ("journal", True, 1),
    ]


def test_a_version_from_another_computer_with_the_same_numbers_asks(store: SessionStore, path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere" / path.name
    elsewhere.parent.mkdir()
    shutil.copy(path, elsewhere)
    with store.open(elsewhere) as opened:
        for number in range(5):
            opened.workbook.do(add_pain(f"there{number}"))
    opened = store.open(path)
    opened.workbook.do(add_pain("here"))
    crash(opened)
    shutil.copy(elsewhere, path)
    with pytest.raises(ChoiceNeeded) as caught:
        store.open(path)
    assert {
        tuple(row["id"] for row in option.documents().tables["pains"].values()) for option in caught.value.options[:2]
    } == {
        ("p1", "there0", "there1", "there2", "there3", "there4"),
        ("p1", "here"),
    }


def changed_while_open(store: SessionStore, path: Path) -> OpenSession:
    opened = store.open(path)
    opened.workbook.do(add_pain("p2", "while open"))
    change(path)
    assert opened.checkpoint().kind is Save.SAVED
    return opened


def test_changed_while_open_is_not_written_over(
    store: SessionStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = changed_while_open(store, path)
    theirs = path.read_bytes()
    assert isinstance(opened.conflict, ChangedElsewhere)
    assert "changed by another program" in opened.save_state.message
    opened.workbook.do(add_pain("p3", "goes on"))
    assert "changed by another program" in opened.save_state.message
    names = {file.name for file in path.parent.iterdir()}
    monkeypatch.setattr("cjworkshop.storage.checkpoint.Checkpoints.write", None)  # is not even tried
    opened.checkpoint()
    monkeypatch.undo()
    assert {file.name for file in path.parent.iterdir()} == names
    with pytest.raises(ChangedElsewhere):
        opened.backup("named")
    with pytest.raises(ChangedElsewhere):
        opened.mark(archived=True)
    opened.close()
    assert path.read_bytes() == theirs
    with pytest.raises(ChoiceNeeded):
        store.open(path)


def test_my_version_can_be_kept_and_theirs_is_among_the_backups(store: SessionStore, path: Path) -> None:
    opened = changed_while_open(store, path)
    assert opened.keep_mine().kind is Save.SAVED
    assert opened.conflict is None
    assert opened.save_state.message == ""
    opened.close()
    with store.open(path) as again:
        assert pains(again.session) == {"p1": "mine", "p2": "while open"}
        assert again.workbook.undo()
    aside = [pains(store.read_backup(backup)) for backup in store.backups(path) if backup.label == "theirs"]
    assert aside == [{"p1": "theirs"}]


def test_a_file_that_became_a_folder_while_open_is_left_alone(store: SessionStore, path: Path) -> None:
    opened = store.open(path)
    opened.workbook.do(add_pain("p2", "while open"))
    path.unlink()
    path.mkdir()
    opened.checkpoint()
    assert opened.conflict
    opened.close()
    assert path.is_dir()


@pytest.mark.parametrize("how", ["removed", "emptied"])
def test_a_file_that_is_gone_or_empty_while_open_is_written_again(store: SessionStore, path: Path, how: str) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p2", "while open"))
        if how == "removed":
            path.unlink()
        else:
            path.write_bytes(b"")
    assert pains(store.read(path).session) == {"p1": "mine", "p2": "while open"}


def test_an_older_version_put_back_by_hand_asks(store: SessionStore, path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "old.json")
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p2", "later"))
    shutil.copy(tmp_path / "old.json", path)
    with pytest.raises(ChoiceNeeded) as caught:
        store.open(path)
    store.choose(path, next(option for option in caught.value.options if option.source == "file"))
    with store.open(path) as opened:
        assert pains(opened.session) == {"p1": "mine"}
        assert opened.workbook.seq == 2  # numbers of changes are never used again
        opened.workbook.do(add_pain("p3", "new"))
    assert pains(store.read(path).session) == {"p1": "mine", "p3": "new"}


def test_a_crash_between_replacing_the_file_and_saying_so_is_nothing(store: SessionStore, path: Path) -> None:
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p2", "later"))
    (segment,) = [file for file in path.parent.iterdir() if ".journal-" in file.name]
    lines = segment.read_bytes().splitlines(keepends=True)
    assert b'"checkpoint":"done"' in lines[-1]
    segment.write_bytes(b"".join(lines[:-1]))
    with store.open(path) as opened:
        assert opened.notices == ()
        assert opened.workbook.undo()


def test_another_sessions_file_put_in_its_place_has_nothing_to_do_with_its_journal(
    store: SessionStore, path: Path
) -> None:
    conflict_by_crash(store, path)
    other = store.create(session_named("Other"))
    other.replace(path)
    with store.open(path) as opened:
        assert pains(opened.session) == {}
        assert opened.notices == ("The journal of another session lies beside this one; it is left alone.",)
        opened.workbook.do(add_pain("x", "other"))
    assert pains(store.read(path).session) == {"x": "other"}
    assert any("belong to another session" in finding.sentence for finding in store.check(path))


def test_a_name_is_not_used_again_while_hidden_files_are_left(store: SessionStore, path: Path) -> None:
    before = everything(path.parent)
    path.unlink()
    assert store.create(session_named()).name == "bar-one-2.json"
    after = everything(path.parent)
    assert all(after[name] == data for name, data in before.items() if name != path.name)


def test_of_two_rows_with_one_id_the_first_is_edited_and_the_second_kept(store: SessionStore, path: Path) -> None:
    with TinyDB(path) as database:
        database.table("pains").insert({"id": "p1", "pain": "a second one"})
    opened = store.open(path)
    assert pains(opened.session) == {"p1": "mine"}
    opened.workbook.do(set_pain("p1", "edited"))
    opened.workbook.do(add_pain("p2", "new"))
    crash(opened)
    assert pains(store.read(path).session) == {"p1": "edited", "p2": "new"}
    with store.open(path) as opened:
        assert pains(opened.session) == {"p1": "edited", "p2": "new"}
    written = json.loads(path.read_bytes())
    assert {key: row["id"] for key, row in written["pains"].items()} == {"1": "p1", "3": "p2"}
    assert [kept["document"]["pain"] for kept in written["_quarantine"].values()] == ["a second one"]


def test_tinydb_numbers_stay_and_are_never_used_again(store: SessionStore, path: Path) -> None:
    from cjworkshop.domain.commands import RemoveRows

    with store.open(path) as opened:
        for number in range(2, 6):
            opened.workbook.do(add_pain(f"p{number}"))
    with TinyDB(path) as database:
        numbers = {row["id"]: row.doc_id for row in database.table("pains")}
    with store.open(path) as opened:
        opened.workbook.do(RemoveRows("pains", ("p2", "p5")))
        opened.checkpoint()
        opened.workbook.do(add_pain("p6"))
        opened.checkpoint()
        opened.workbook.undo()
        opened.workbook.undo()
    with TinyDB(path) as database:
        assert {row["id"]: row.doc_id for row in database.table("pains")} == numbers
    assert list(json.loads(path.read_bytes())["pains"]) == ["1", "2", "3", "4", "5"]


def test_changed_before_the_first_edit_of_a_sitting_all_of_it_is_offered(tmp_path: Path) -> None:
    store = store_in(tmp_path / "sessions", writer=Inline, rescue=tmp_path / "rescue")
    path = store.create(session_named())
    with store.open(path) as opened:
        for number in range(3):
            opened.workbook.do(add_pain(f"p{number}", "mine"))
    shutil.rmtree(path.parent / ".backups")
    opened = store.open(path)
    with TinyDB(path) as database:
        database.table("pains").update({"pain": "theirs"}, where("id") == "p0")
    opened.workbook.do(set_pain("p1", "edited"))
    assert opened.flush().kind is Save.SAVED
    opened.close(anyway=True)
    with pytest.raises(ChoiceNeeded) as choice:
        store.open(path)
    store.choose(path, next(option for option in choice.value.options if option.source == "rescue"))
    with store.open(path) as opened:
        assert pains(opened.session) == {"p0": "mine", "p1": "edited", "p2": "mine"}
