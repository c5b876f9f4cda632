"""Find: any words in any column, whatever their capitals, accents and width, best hits first, each said where."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.analysis import search as searching
from cjworkshop.analysis.search import MOST, MOST_OF_TABLE, Found, Search, folded, spans
from cjworkshop.domain.commands import AddRows, MoveRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.references import Scores
from cjworkshop.domain.session import Session
from cjworkshop.imports.sample import sample
from cjworkshop.method.steps import CATALOGUE
from strategies import commands, hostile_text, sessions

if TYPE_CHECKING:
    from cjworkshop.domain.commands import Command

TABLES = ("touchpoints", "pains", "inbox", "votes", "personas")


def done(session: Session, *commands: Command) -> Session:
    for command in commands:
        session = session.edited(command.edits(session))
    return session


def with_touchpoints(**names: str) -> Session:
    rows = (NewRow(row_id, {"name": name}) for row_id, name in names.items())
    return done(Session(CATALOGUE), AddRows("touchpoints", tuple(rows)))


def ids(found: Found) -> list[str]:
    return [hit.row_id for hit in found.hits]


def by_hand(session: Session, typed: str) -> set[tuple[str, str]]:
    """The rows that have every word, found without an index."""
    words = folded(typed).split()
    found = set()
    for name, rows in session.tables.items():
        columns = [column for column in CATALOGUE[name].columns if not isinstance(column.kind, Scores)]
        for row in rows:
            texts = [folded(text) for text in (row.code, *(column.show(row, session) for column in columns))]
            if words and all(any(word in text for text in texts) for word in words):
                found.add((name, row.id))
    return found


@pytest.mark.parametrize("typed", ["ETE", "été", "ｅｔｅ", "ÉT", "e\u0301te\u0301", "tE"])
def test_capitals_accents_and_width_do_not_count(typed: str) -> None:
    assert ids(Search().find(with_touchpoints(a="L'Été à la plage", b="Winds"), typed)) == ["a"]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Der Straßenname", "strassenn", "Straßenn"),
        ("ﬁnd it", "i", "ﬁ|i"),
        ("旅程マップ", "程ﾏ", "程マ"),
        ("cafe\u0301 au lait", "cafe a", "cafe|a|a"),
        ("a.b (c)", ". (", ".|("),
        ("aaa", "aa a", "aaa"),
    ],
)
def test_what_is_marked_is_what_was_typed(text: str, typed: str, marked: str) -> None:
    assert "|".join(text[begin:end] for begin, end in spans(text, folded(typed).split())) == marked


def test_all_words_must_be_there_in_whatever_columns() -> None:
    session = done(sample(CATALOGUE))
    found = Search().find(session, "phone schedule")
    assert found.count == len(by_hand(session, "phone schedule")) > 1
    assert "a04" in ids(found)
    assert Search().find(session, "phone zebra").count == 0


def test_a_code_comes_before_a_name_and_a_name_before_other_text() -> None:
    session = done(
        with_touchpoints(),
        AddRows(
            "touchpoints",
            (
                NewRow("text", {"name": "Call", "action": "see a02"}),
                NewRow("code", {"name": "Wait"}, "A02"),
                NewRow("inside", {"name": "Not a02"}),
                NewRow("name", {"name": "a02 is here"}),
                NewRow("longer", {"name": "Leave"}, "A021"),
            ),
        ),
    )
    assert ids(Search().find(session, "A02")) == ["code", "longer", "name", "inside", "text"]


def test_a_code_is_found_without_its_zeros_and_so_is_what_refers_to_it() -> None:
    session = sample(CATALOGUE)
    with_zeros, without = Search().find(session, "a04"), Search().find(session, "a4")
    assert without.hits[0].row_id == with_zeros.hits[0].row_id == "a04"
    assert set(ids(without)) == set(ids(with_zeros))
    assert {hit.table for hit in without.hits} > {"touchpoints", "pains", "inbox"}


def test_references_are_found_by_name_and_never_by_id() -> None:
    session = done(
        with_touchpoints(secretid="Wait"),
        AddRows("pains", (NewRow("p", {"touchpoint": "secretid", "pain": "long"}),)),
    )
    assert ids(Search().find(session, "wait long")) == ["p"]
    assert Search().find(session, "secretid").count == 0


def test_the_hit_says_column_row_and_text_around_the_word() -> None:
    text = "word " * 60 + "the NEEDLE is\nhere " + "more " * 100
    session = done(with_touchpoints(a="Wait"), SetCells("touchpoints", (("a", "thought", text),)))
    (hit,) = Search().find(session, "needle").hits
    assert (hit.table, hit.row_id, hit.column, hit.column_label, hit.code, hit.name) == (
        "touchpoints",
        "a",
        "thought",
        "Thinks",
        "A01",
        "Wait",
    )
    assert hit.text.startswith("…")
    assert [hit.text[begin:end] for begin, end in hit.spans] == ["NEEDLE"]
    assert "NEEDLE is here" in hit.text
    assert len(hit.text) <= searching.LENGTH + 1
    (hit,) = Search().find(session, "wait needle").hits
    assert hit.column == "name"


def test_no_more_than_can_be_looked_at_is_given_and_all_is_counted() -> None:
    rows = tuple(NewRow(f"n{number}", {"text": f"note {number}"}) for number in range(500))
    tables = ("inbox", "parked", "decisions", "ideas", "risks", "hmw")
    session = Session(CATALOGUE)
    for table in tables:
        name = CATALOGUE[table].named_by
        new = tuple(NewRow(table + row.id, {name: row.values["text"]}) for row in rows)
        session = done(session, AddRows(table, new))
    found = Search().find(session, "note")
    assert found.count == 500 * len(tables)
    assert len(found.hits) == MOST
    assert [len(group.hits) for group in found.groups] == [MOST_OF_TABLE] * 5 + [0]
    assert [group.count for group in found.groups] == [500] * len(tables)


def test_nothing_typed_finds_nothing() -> None:
    assert Search().find(sample(CATALOGUE), " \u0301 ") == Found()


def test_only_rows_that_changed_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(NewRow(f"p{number}", {"touchpoint": "a", "pain": f"late {number}"}) for number in range(200))
    session = done(with_touchpoints(a="Wait", b="Pay"), AddRows("pains", rows))
    search = Search()
    assert search.find(session, "late").count == 200
    read: list[str] = []
    real = searching.folded

    def told(text: str) -> str:
        read.append(text)
        return real(text)

    monkeypatch.setattr(searching, "folded", told)

    def reads(after: Session, typed: str) -> int:
        read.clear()
        search.find(after, typed)
        return sum(text.startswith("late") for text in read)

    assert reads(session, "nowhere") == 0
    session = done(session, SetCells("pains", (("p7", "pain", "late now"),)))
    assert reads(session, "nowhere") == 1
    session = done(session, SetCells("touchpoints", (("a", "channel", "phone"),)))
    assert reads(session, "nowhere") == 0
    session = done(session, SetCells("touchpoints", (("a", "name", "Queue"),)))
    assert reads(session, "nowhere") == 200
    assert search.find(session, "queue late").count == 200


@given(st.data())
def test_it_finds_what_is_there_and_follows_every_change(data: st.DataObject) -> None:
    session, search = data.draw(sessions(tables=TABLES)), Search()
    fresh = (f"new{number}" for number in itertools.count())
    for _ in range(3):
        texts = [row.code or row.id for rows in session.tables.values() for row in rows] or ["x"]
        typed = data.draw(st.one_of(hostile_text(6), st.sampled_from([*texts, "a", "1", "y"])))
        found = search.find(session, typed)
        assert found.count >= len(by_hand(session, typed))
        fresh_found = Search().find(session, typed)
        assert found == fresh_found
        hand = by_hand(session, typed)
        if found.count == len(hand) and found.count <= MOST_OF_TABLE:
            assert {(hit.table, hit.row_id) for hit in found.hits} == hand
        for hit in found.hits:
            assert CATALOGUE[hit.table].column(hit.column)
            assert all(0 <= begin < end <= len(hit.text) for begin, end in hit.spans)
        command = data.draw(commands(session, next(fresh)))
        session = done(session, command)


@given(hostile_text(), hostile_text())
def test_folding_goes_character_by_character(one: str, other: str) -> None:
    assert folded(one + other) == folded(one) + folded(other)
    assert folded(folded(one)) == folded(one)


def test_rows_that_go_or_move_are_followed() -> None:
    session, search = with_touchpoints(a="Wait", b="Wait more"), Search()
    assert ids(search.find(session, "wait")) == ["a", "b"]
    assert ids(search.find(done(session, MoveRows("touchpoints", ("b",), None)), "wait")) == ["b", "a"]
    assert ids(search.find(done(session, RemoveRows("touchpoints", ("a",))), "wait")) == ["b"]


def test_a_row_without_a_name_says_what_it_belongs_to() -> None:
    rows = [{"round": "r1", "item": "t", "dots": 3}, {"round": "r2", "item": "t", "dots": 1}, {"item": "t", "dots": 2}]
    session = done(
        with_touchpoints(t="Waits for the callback"),
        AddRows("vote_rounds", (NewRow("r1", {"title": "Which decide?"}), NewRow("r2", {"title": "Which hurt?"}))),
        AddRows("votes", tuple(NewRow(f"v{number}", row) for number, row in enumerate(rows))),
    )
    hits = {hit.row_id: (hit.name, hit.column_label) for hit in Search().find(session, "callback").hits}
    assert hits["v0"] == ("Which decide?", "Item")
    assert hits["v1"] == ("Which hurt?", "Item")
    assert hits["v2"] == ("", "Item")
    (hit,) = Search().find(session, "hurt callback").hits
    assert (hit.column_label, hit.name) == ("Round", "A01 Waits for the callback")
