"""The sample comes whole, and a copy of it is opened again unless a fresh one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cjworkshop.imports.sample import sample, sample_session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.sessions import SessionStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions", CATALOGUE)


def test_nothing_of_it_is_refused_and_no_table_is_empty() -> None:
    session = sample(CATALOGUE)
    assert session.quarantine == ()
    assert [name for name in CATALOGUE if not session[name]] == []


def test_the_first_copy_is_opened_again(store: SessionStore) -> None:
    path = sample_session(store)
    assert path == store.folder / "demo-va-outpatient.json"
    assert sample_session(store) == path
    assert store.read(path).session == sample(CATALOGUE)


def test_a_fresh_copy_leaves_the_others_and_is_the_one_opened_from_then_on(store: SessionStore) -> None:
    first = sample_session(store)
    before = first.read_bytes()
    second = sample_session(store, fresh=True)
    assert second.stem == "demo-va-outpatient-2"
    assert first.read_bytes() == before
    assert sample_session(store) == second


def test_other_sessions_of_a_like_name_are_not_taken_for_it(store: SessionStore) -> None:
    store.folder.mkdir()
    (store.folder / "demo-va-outpatient-mine.json").write_text("{}")
    assert sample_session(store).stem == "demo-va-outpatient"
