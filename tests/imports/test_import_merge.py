"""A merge adds and changes rows and removes none; what the file says nothing about stays; one undo takes it back."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given

from cjworkshop.domain.records import record_of
from cjworkshop.domain.session import Rows, Session
from cjworkshop.domain.workbook import Workbook
from cjworkshop.exports.json import render
from cjworkshop.exports.request import Request
from cjworkshop.imports.json import Incoming, read
from cjworkshop.imports.merge import Merge, merge
from cjworkshop.method.discovery import Charter, Person
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint
from cjworkshop.method.steps import CATALOGUE
from strategies import sessions

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row

NOW = dt.datetime(2026, 3, 31, 9, tzinfo=dt.UTC)


def session(*rows: Row) -> Session:
    tables: dict[str, list[Row]] = {}
    for row in rows:
        tables.setdefault(row.__table__.name, []).append(row)
    return Session(CATALOGUE, {name: Rows(tuple(found)) for name, found in tables.items()})


def incoming(left_out: dict[str, frozenset[str]] | None = None, **tables: list[Any]) -> Incoming:
    return Incoming({name: tuple(records) for name, records in tables.items()}, left_out or {}, {}, ())


def merged(into: Session, what: Incoming) -> tuple[Session, Merge]:
    numbers = itertools.count(1)
    plan = merge(into, what, "x.json", lambda: f"new{next(numbers)}")
    workbook = Workbook(into, lambda: NOW)
    workbook.do(plan.command)
    after = workbook.session
    assert workbook.undo() or not plan.changes_anything
    for name in into.catalogue:
        assert workbook.session[name] == into[name]
    return after, plan


ANN = Person(id="ann", order=1024, code="W01", name="Ann", contact="ann@clinic", influence=4)
BOB = Person(id="bob", order=2048, code="W02", name="Bob")
CALL = Touchpoint(id="call", order=1024, code="A01", stage="before", name="Call")
BEFORE = Stage(id="before", order=1024, code="S1", name="Before")


@given(sessions(strange=True))
def test_its_own_export_changes_nothing(before: Session) -> None:
    for names in (True, False):
        plan = merge(before, read(render(before, Request(names=names)), "x.json"), "x.json", str)
        assert not plan.changes_anything
        assert all(change.same == len(before[change.table.name]) for change in plan.changes)
        assert not [reason for reason in plan.refused if "knows no such table" not in reason]


@given(sessions(), sessions())
def test_no_row_is_ever_lost(before: Session, other: Session) -> None:
    after, plan = merged(before, read(render(other, Request(names=True)), "x.json"))
    for name, rows in before.tables.items():
        assert {row.id for row in rows} <= {row.id for row in after[name]}
        codes = [row.code.upper() for row in after[name] if row.code]
        assert len(codes) == len(set(codes))
        assert not CATALOGUE[name].single or len(after[name]) == 1
    assert plan.changes_anything == (after.tables != before.tables)


def test_a_known_id_changes_the_row_and_an_unknown_one_adds_a_row() -> None:
    after, plan = merged(
        session(ANN, BOB), incoming(people=[{**record_of(BOB), "name": "Robert"}, {"id": "cy", "name": "Cy"}])
    )
    assert [person.name for person in after.rows(Person)] == ["Ann", "Robert", "Cy"]
    assert [str(change) for change in plan.changes] == ["People: 1 new, 1 changed, 1 as before"]
    assert plan.command.label(after) == "import x.json"


def test_rows_from_elsewhere_go_behind_those_there_with_codes_of_their_own() -> None:
    strangers = [
        {"id": "x", "order": 5, "code": "W02", "name": "Xi"},
        {"id": "y", "order": 3, "code": "W07", "name": "Yu"},
    ]
    after, _ = merged(session(ANN, BOB), incoming(people=strangers))
    assert [(person.name, person.code) for person in after.rows(Person)] == [
        ("Ann", "W01"),
        ("Bob", "W02"),
        ("Yu", "W07"),
        ("Xi", "W03"),
    ]


def test_a_row_that_was_inserted_in_a_copy_keeps_its_place() -> None:
    after, _ = merged(session(ANN, BOB), incoming(people=[record_of(ANN), {"id": "m", "order": 1500, "name": "Mo"}]))
    assert [person.name for person in after.rows(Person)] == ["Ann", "Mo", "Bob"]


def test_columns_that_the_file_left_out_stay_as_they_are() -> None:
    left_out = {"people": frozenset({"contact", "influence", "support"})}
    record = {"id": "ann", "order": 1024, "code": "W01", "name": "Anna", "contact": "smuggled"}
    after, _ = merged(session(ANN), incoming(left_out, people=[record]))
    assert after.rows(Person) == (replace(ANN, name="Anna"),)


def test_a_column_that_is_empty_in_the_file_is_emptied() -> None:
    after, _ = merged(session(ANN), incoming(people=[{"id": "ann", "name": "Ann"}]))
    assert after.rows(Person) == (replace(ANN, contact="", influence=None),)


def test_unknown_fields_of_a_row_stay() -> None:
    before = session(replace(ANN, extra={"mood": "good"}))
    after, _ = merged(before, incoming(people=[{**record_of(ANN), "name": "Anna", "shoe": 38}]))
    assert after.rows(Person)[0].extra == {"mood": "good", "shoe": 38}


def test_filled_cells_of_another_charter_go_into_the_one_that_is_there() -> None:
    before = session(Charter(id="c", order=7, client="VA", journey="I get care"))
    after, plan = merged(before, incoming(charter=[{"id": "other", "client": "", "sponsor": "Ann"}, {"id": "third"}]))
    assert after.rows(Charter) == (Charter(id="c", order=7, client="VA", journey="I get care", sponsor="Ann"),)
    assert str(plan.changes[0]) == "Charter: 1 changed"


def test_a_session_keeps_its_name_when_another_is_merged_into_it() -> None:
    about = CATALOGUE["_meta"].row_type(id="m", order=1, name="Mine")  # type: ignore[call-arg]  # its own column
    after, _ = merged(session(about), incoming(_meta=[{"id": "n", "name": "Theirs"}]))
    assert after["_meta"] == session(about)["_meta"]
    after, _ = merged(session(about), incoming(_meta=[{"id": "m", "name": "Renamed"}]))
    assert [row.name for row in after["_meta"]] == ["Renamed"]  # type: ignore[attr-defined]  # its own column


def test_references_may_point_at_rows_that_are_there_and_at_no_others() -> None:
    pains = [{"id": "p", "touchpoint": "call", "pain": "Hold"}, {"id": "q", "touchpoint": "gone", "pain": "Park"}]
    after, plan = merged(session(BEFORE, CALL), incoming(pains=pains))
    assert [pain.touchpoint for pain in after.rows(Pain)] == ["call", ""]
    assert plan.refused == ("pains: Touchpoint points at a row that does not exist.",)


def test_what_cannot_be_a_row_is_refused_and_told() -> None:
    people = [
        "nobody",
        {"id": 3, "name": "Three"},
        {"id": "call", "name": "Thief"},
        {"name": "Fresh"},
        {"id": "d", "influence": 9},
    ]
    after, plan = merged(session(BEFORE, CALL), incoming(people=people, gadgets=[{"id": "g"}]))
    assert [person.id for person in after.rows(Person)] == ["new1", "d"]
    assert after["touchpoints"] == session(CALL)["touchpoints"]
    assert plan.refused == (
        "gadgets: this version knows no such table.",
        "people: entry 1 is not a record.",
        "people: entry 2 has no text as its id.",
        "people: entry 3 has the id of a row in another table.",
        "people: Influence: 9 is not between 1 and 5.",
    )


def test_two_new_rows_with_one_id_are_one_row() -> None:
    after, _ = merged(session(), incoming(people=[{"id": "a", "name": "First"}, {"id": "a", "name": "Second"}]))
    assert [person.name for person in after.rows(Person)] == ["Second"]
