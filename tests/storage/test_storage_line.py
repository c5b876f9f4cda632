"""The thin line through storage: create, open, edit, journal, checkpoint, close, reopen, undo, list, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage_kit import add_pain, pains, session_named, set_pain, store_in
from tinydb import TinyDB

from cjworkshop.storage.disk import Disk
from cjworkshop.storage.save_state import Save

if TYPE_CHECKING:
    from pathlib import Path


def test_a_session_survives_closing_with_its_undo(tmp_path: Path) -> None:
    store = store_in(tmp_path / "sessions", disk=Disk())
    path = store.create(session_named("Bar One", client="ACME", journey="Buying"))
    assert path.name == "bar-one.json"
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1", "Too slow"))
        opened.workbook.do(set_pain("p1", "Much too slow"))
        assert opened.flush().kind is Save.SAVED
    assert pains(store.read(path).session) == {"p1": "Much too slow"}
    with store.open(path) as opened:
        assert opened.workbook.undo_label == "change Pain"
        opened.workbook.undo()
        assert pains(opened.session) == {"p1": "Too slow"}
        opened.workbook.undo()
        opened.workbook.redo()
    assert pains(store.read(path).session) == {"p1": "Too slow"}
    with TinyDB(path) as database:
        assert database.table("pains").all()[0]["pain"] == "Too slow"
        assert database.table("_meta").all()[0]["client"] == "ACME"


def test_a_reader_sees_the_journal_of_an_open_session(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        opened.flush()
        assert pains(store.read(path).session) == {"p1": "It hurts"}


def test_a_list_says_what_there_is(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.create(session_named("Bar One", client="ACME", journey="Buying"))
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / ".lost.json.journal-3").write_text("")
    found = {line.slug: (line.name, line.client, line.journey, line.state) for line in store.summaries()}
    assert found == {
        "bar-one": ("Bar One", "ACME", "Buying", "ok"),
        "broken": ("broken", "", "", "damaged"),
        "lost": ("lost", "", "", "missing"),
    }
    with store.open(path):
        assert [line.state for line in store.summaries() if line.slug == "bar-one"] == ["open"]
