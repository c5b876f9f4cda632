"""Where things live, and what files are called."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_kit import CATALOGUE, add_pain, pains, session_named, store_in

from cjworkshop import paths
from cjworkshop.domain.session import Session
from cjworkshop.errors import Busy, NotFound
from cjworkshop.paths import SLUG_LENGTH, free_slug, sessions_folder, slugify

if TYPE_CHECKING:
    from pathlib import Path


def test_the_order_in_which_the_sessions_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    there = {"CJWORKSHOP_SESSIONS": str(tmp_path / "env")}
    assert sessions_folder("flag", there, tmp_path) == tmp_path / "flag"
    assert sessions_folder("~/flag", there, tmp_path) == tmp_path / "home" / "flag"
    assert sessions_folder(None, there, tmp_path) == tmp_path / "env"
    default = sessions_folder(None, {}, tmp_path)
    assert default.name == "sessions"
    assert default.parent.name == "cjworkshop"
    (tmp_path / "sessions").mkdir()
    assert sessions_folder(None, {"CJWORKSHOP_SESSIONS": ""}, tmp_path) == tmp_path / "sessions"
    assert paths.templates_folder(tmp_path / "sessions") == tmp_path / "templates"
    assert paths.config_file().name == "config.toml"
    assert paths.rescue_folder().parent.name == "cjworkshop"
    assert [path.name for path in tmp_path.iterdir()] == ["sessions"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bar One", "bar-one"),
        ("../../evil", "evil"),
        ("日本", "session"),
        ("", "session"),
        ("  --x--  ", "x"),
        ("Été à Zürich", "ete-a-zurich"),
        ("ÉTÉ", "ete"),
        ("e\u0301te\u0301", "ete"),
        ("straße", "stra-e"),
        ("a\x00b/c\\d", "a-b-c-d"),
        ("½ & ²", "1-2-2"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("x" * 99, "x" * 60),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_a_slug_is_a_safe_name_and_its_own_slug(name: str) -> None:
    slug = slugify(name)
    assert 0 < len(slug) <= SLUG_LENGTH
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug.strip("-") == slug
    assert slugify(slug) == slug


def test_taken_and_reserved_slugs_get_a_number() -> None:
    assert free_slug("Bar One", set()) == "bar-one"
    assert free_slug("Bar One", {"bar-one", "bar-one-2"}) == "bar-one-3"
    assert free_slug("CON", set()) == "con-2"
    assert free_slug("Com1", {"com1-2"}) == "com1-3"
    assert free_slug("x" * 60, {"x" * 60}) == "x" * 58 + "-2"
    assert free_slug("x" * 57 + "-yz", {"x" * 57 + "-yz"}) == "x" * 57 + "-2"


@pytest.mark.parametrize("name", ["Bar One", "BAR ONE", "bar  one", "../../bar one", "CON", "日本", "", "x" * 200])
def test_sessions_of_any_name_live_in_the_folder(tmp_path: Path, name: str) -> None:
    store = store_in(tmp_path / "sessions")
    made = [store.create(session_named(name)) for _ in range(2)]
    assert made[0] != made[1]
    for path in made:
        assert path.parent == tmp_path / "sessions"
        assert store.read(path).meta.get("name", "") == name
        assert store.resolve(path.name.removesuffix(".json")) == path
    assert {line.name for line in store.summaries()} == {name or made[0].stem, name or made[1].stem}


def test_a_name_that_differs_in_case_on_disk_is_taken(tmp_path: Path) -> None:
    (tmp_path / "BAR-ONE.json").write_text("{}")
    assert store_in(tmp_path).create(session_named()).name == "bar-one-2.json"


def test_resolving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_in(tmp_path / "sessions")
    with pytest.raises(NotFound):
        store.resolve("bar")
    one, two, three = (store.create(session_named(name)) for name in ("Bar One", "Bar Two", "Bar"))
    assert store.resolve("bar-one") == one
    assert store.resolve("bar-t") == two
    assert store.resolve("BAR-T") == two
    assert store.resolve("bar") == three
    assert store.resolve(str(two)) == two
    monkeypatch.chdir(tmp_path)
    assert store.resolve("sessions/bar-one.json") == one
    with pytest.raises(NotFound, match="could be bar-one, bar-two"):
        store.resolve("bar-")
    for number in range(6):
        store.create(session_named(f"Bar {number}"))
    with pytest.raises(NotFound, match=" …"):
        store.resolve("bar-")
    for nothing in ("", "x", "../x", "\0", "x" * 5000, "~nobody/x", "."):
        with pytest.raises(NotFound) as caught:
            store.resolve(nothing)
        assert caught.value.exit_code == 3


def test_a_session_outside_the_folder_opens_by_its_path(tmp_path: Path) -> None:
    store = store_in(tmp_path / "sessions")
    elsewhere = tmp_path / "elsewhere" / "mine.json"
    elsewhere.parent.mkdir()
    store.create(session_named()).replace(elsewhere)
    with store.open(store.resolve(str(elsewhere))) as opened:
        opened.workbook.do(add_pain("p1"))
    assert pains(store.read(elsewhere).session) == {"p1": "It hurts"}


def test_a_folder_behind_a_link_works(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    store = store_in(tmp_path / "link")
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
        assert opened.path == tmp_path / "real" / "bar-one.json"
    assert pains(store.read(path).session) == {"p1": "It hurts"}


def test_a_duplicate_has_a_life_of_its_own(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.create(session_named())
    with store.open(first) as opened:
        opened.workbook.do(add_pain("p1"))
    second = store.duplicate(first, "Bar One")
    assert second.name == "bar-one-2.json"
    assert store.read(first).meta["uuid"] != store.read(second).meta["uuid"]
    with store.open(second) as opened:
        assert opened.workbook.undo_label == ""
        opened.workbook.do(add_pain("p2"))
    assert list(pains(store.read(first).session)) == ["p1"]
    assert store.read(store.duplicate(first, "Other")).meta["name"] == "Other"


def test_a_session_without_a_record_of_its_own(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.create(Session(CATALOGUE))
    assert path.name == "session.json"
    assert not store.read(path).session["_meta"]
    assert store.duplicate(path, "Named").name == "session-2.json"
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    assert list(pains(store.read(path).session)) == ["p1"]


def test_a_file_that_another_process_created_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(tmp_path)
    path = store.create(session_named())
    before = path.read_bytes()
    monkeypatch.setattr(store, "_taken", set)
    with pytest.raises(Busy):
        store.create(session_named())
    assert path.read_bytes() == before


def test_archiving_can_be_taken_back(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.create(session_named())
    with store.open(path) as opened:
        opened.workbook.do(add_pain("p1"))
    store.archive(path)
    assert [line.state for line in store.summaries()] == ["archived"]
    assert store.read(path).meta["archived"] is True
    with store.open(path) as opened:
        assert opened.notices == ()
        assert opened.workbook.undo_label == "add 1 pain"
        opened.workbook.do(add_pain("p2"))
    assert [line.state for line in store.summaries()] == ["archived"]
    store.unarchive(path)
    assert [line.state for line in store.summaries()] == ["ok"]
    assert "archived" not in store.read(path).meta
    assert list(pains(store.read(path).session)) == ["p1", "p2"]


def test_a_list_loads_neither_screen_nor_more_than_it_needs(tmp_path: Path) -> None:
    store_in(tmp_path).create(session_named())
    code = (
        "import sys; from pathlib import Path; from cjworkshop.storage.sessions import SessionStore;"
        "from cjworkshop.domain.rows import Catalogue;"
        "print([line.slug for line in SessionStore(Path(sys.argv[1]), Catalogue([])).summaries()],"
        "sorted({'textual', 'rich', 'tinydb', 'orjson', 'filelock', 'platformdirs', 'click'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout == "['bar-one'] []\n"
