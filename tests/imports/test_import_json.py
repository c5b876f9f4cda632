"""What was exported comes back the same; what is no export is refused with one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from cjworkshop.domain.records import FORMAT, SCHEMA
from cjworkshop.domain.session import Session
from cjworkshop.domain.text import LONG_TEXT
from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.exports.json import render
from cjworkshop.exports.request import Request
from cjworkshop.imports.json import Incoming, read, session_from
from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE, filled, sessions

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row


def back(session: Session, *, names: bool = True) -> Session:
    """The session after an export and an import."""
    return session_from(read(render(session, Request(names=names)), "x.json"), CATALOGUE)


@given(sessions(strange=True))
def test_export_then_import_gives_an_equal_session(session: Session) -> None:
    assert back(session) == session


@pytest.mark.parametrize("text", ["plain", HOSTILE])
def test_a_session_with_every_cell_filled_comes_back_equal(text: str) -> None:
    session = filled(text=text)
    assert back(session) == session


def test_what_only_the_standard_library_writes_comes_back_too() -> None:
    odd = {"surrogate": "\ud800", "large": 2**80}
    session = Session(CATALOGUE, unknown={"later": {"1": odd}})
    assert back(session) == session


def test_a_number_that_json_has_not_comes_back_as_nothing() -> None:
    session = Session(CATALOGUE, unknown={"later": {"1": {"not": float("nan"), "list": [float("inf"), "\ud800"]}}})
    assert back(session).unknown == {"later": {"1": {"not": None, "list": [None, "\ud800"]}}}


@given(sessions(strange=True))
def test_without_names_everything_but_the_private_cells_comes_back(session: Session) -> None:
    def public(row: Row) -> dict[str, Any]:
        return {column.name: column.get(row) for column in row.__table__.columns if not column.private}

    read_back = back(session, names=False)
    assert not read_back.unknown
    assert not read_back.quarantine
    for name, rows in session.tables.items():
        assert list(map(public, rows)) == list(map(public, read_back[name]))
        for row in read_back[name]:
            assert not row.extra
            assert all(column.is_empty(row) for column in row.__table__.columns if column.private)


def export(**parts: Any) -> bytes:
    return json.dumps({"format": FORMAT, "schema": SCHEMA, "tables": {}, **parts}).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.json is empty."),
        (b" \n", "x.json is empty."),
        (bytes(4096), "x.json is empty."),
        (b"\xff\xfe\x00", "x.json is not JSON"),
        (b'{"format": "cjworkshop/session", "tabl', "x.json is not JSON"),
        (b"code,stage\nA01,Before\n", "x.json is not JSON"),
        (b"[" * 100_000, "x.json is not JSON"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "x.json is nested too deeply"),
        (b"9" * 5000, "x.json is not JSON"),
        (b"null", "x.json is JSON, but not an export"),
        (b"[1, 2]", "x.json is JSON, but not an export"),
        (b'{"tables": {}}', "x.json is JSON, but not an export"),
        (b'{"_meta": {"1": {"name": "x"}}}', "x.json is JSON, but not an export"),
        (b'{"_meta": {"1": {"format": "cjworkshop/session"}}}', "x.json is a session's own file"),
        (export(schema=SCHEMA + 1), "x.json was written by a newer cjworkshop"),
        (export(schema="1"), "a damaged one"),
        (export(schema=0), "a damaged one"),
        (export(tables=[]), "a damaged one"),
        (export(tables={"pains": {"1": {}}}), "a damaged one"),
        (export(tables={"_meta": []}), "a damaged one"),
        (export(tables={"_quarantine": []}), "a damaged one"),
        (export(session=[]), "a damaged one"),
        (export(left_out={"people": "contact"}), "a damaged one"),
        (export(unknown={"x": 3}), "a damaged one"),
        (export(unknown={"_meta": {}}), "a damaged one"),
        (export(quarantine={}), "a damaged one"),
    ],
)
def test_what_is_no_export_gets_one_sentence_and_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(InvalidData) as problem:
        read(data, "x.json")
    assert said in problem.value.message
    assert problem.value.hint


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(b"\xef\xbb\xbf" + export(session={"id": "m", "name": "Clinic"}), "x.json").name == "Clinic"


@pytest.mark.parametrize("about", [{}, {"name": 3}, {"name": "\x1b[2J"}])
def test_a_name_is_only_a_name_if_it_is_text(about: dict[str, Any]) -> None:
    assert "\x1b" not in read(export(session=about), "x.json").name


def test_cells_and_rows_that_do_not_fit_are_kept_aside() -> None:
    tables = {"people": [{"id": "p", "name": "Ann", "influence": 9}, "nobody", {"id": "p", "name": "Twin"}]}
    session = session_from(read(export(tables=tables), "x.json"), CATALOGUE)
    assert [person.name for person in session["people"]] == ["Ann"]  # type: ignore[attr-defined]  # a person
    assert len(session.quarantine) == 3


def incoming(text: str) -> Incoming:
    return read(export(tables={"people": [{"id": "p", "name": text}], "personas": [{"channels": [text]}]}), "x.json")


def test_long_texts_are_named_and_can_be_cut() -> None:
    assert incoming("x" * LONG_TEXT).long_texts() == ()
    long = incoming("x" * (LONG_TEXT + 1))
    assert long.long_texts() == ("people: name", "personas: channels")
    cut = long.shortened()
    assert cut.long_texts() == ()
    assert cut.tables["people"] == ({"id": "p", "name": "x" * LONG_TEXT},)


def test_one_table_alone() -> None:
    only = incoming("Ann").only("people")
    assert list(only.tables) == ["people"]
    with pytest.raises(NotFound, match="no table 'pains'"):
        incoming("Ann").only("pains")
