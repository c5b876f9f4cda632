"""Sessions as plain records: whole both ways, and lenient with what is not as it should be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]  # it comes without types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.domain.records import QUARANTINE, record_of, row_of, session_of, tables_of
from cjworkshop.domain.schema import record_schema, table_schemas
from cjworkshop.domain.session import GAP, Rows, Session
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint
from cjworkshop.method.qualitative import Excerpt
from cjworkshop.method.quantitative import Response
from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE, filled, json_values, sessions
from throwaway import AFTER, BEFORE, ColouredGadget, Gadget

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMAS = {
    name: jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    for name, schema in table_schemas(CATALOGUE).items()
}


def written(session: Session) -> dict[str, list[tuple[str, Any]]]:
    """The session as a file holds it: through JSON, each record under a key, unknown tables and quarantine beside."""
    tables: dict[str, Any] = {
        name: [(str(number), record) for number, record in enumerate(records)]
        for name, records in tables_of(session).items()
    }
    tables |= {name: list(records.items()) for name, records in session.unknown.items()}
    tables[QUARANTINE] = [(str(number), dict(misfit)) for number, misfit in enumerate(session.quarantine)]
    read: dict[str, list[tuple[str, Any]]] = json.loads(json.dumps(tables))
    return {name: [(key, record) for key, record in records] for name, records in read.items()}


def read(tables: Mapping[str, Mapping[str, Any]]) -> Session:
    return session_of(CATALOGUE, {name: list(records.items()) for name, records in tables.items()})


@given(sessions(strange=True, most=14))
def test_what_is_saved_loads_as_the_same_session(session: Session) -> None:
    assert session_of(CATALOGUE, written(session)) == session


@pytest.mark.parametrize("name", CATALOGUE)
@settings(max_examples=15)
@given(data=st.data())
def test_every_table_loads_as_it_was_saved(name: str, data: st.DataObject) -> None:
    session = data.draw(sessions(tables=(name,)))
    assert session_of(CATALOGUE, written(session)) == session


@pytest.mark.parametrize("text", ["Wait", HOSTILE])
def test_the_filled_session_loads_as_it_was_saved(text: str) -> None:
    session = filled(text=text)
    assert session_of(CATALOGUE, written(session)) == session
    assert set(tables_of(session)) == set(CATALOGUE)


@given(sessions(most=14))
def test_every_record_is_valid_by_its_schema(session: Session) -> None:
    for name, records in tables_of(session).items():
        for record in records:
            SCHEMAS[name].validate(json.loads(json.dumps(record)))


def test_every_filled_record_is_valid_by_its_schema_and_fields_are_what_it_names() -> None:
    for name, records in tables_of(filled()).items():
        for record in records:
            SCHEMAS[name].validate(record)
            assert set(record) == set(record_schema(CATALOGUE[name])["properties"])


def test_schemas_are_schemas() -> None:
    for name, schema in table_schemas(CATALOGUE).items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["title"] == CATALOGUE[name].title
        assert ("code" in schema["properties"]) is bool(CATALOGUE[name].codes)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("touchpoints", "emotion", 6),
        ("touchpoints", "emotion", "4"),
        ("touchpoints", "moment", "moment of truth"),
        ("touchpoints", "personas", "P1"),
        ("touchpoints", "customer_emotion", 0.5),
        ("responses", "satisfaction", {"s1": 9}),
        ("personas", "is_target", "yes"),
        ("personas", "share", 101),
        ("objectives", "due", 7),
        ("meetings", "start", "9:30"),
        ("people", "support", 3),
        ("touchpoints", "id", ""),
        ("touchpoints", "order", "first"),
    ],
)
def test_schemas_refuse(table: str, field: str, value: object) -> None:
    record = record_of(filled()[table][0]) | {field: value}
    assert not SCHEMAS[table].is_valid(record)


def test_schema_by_example() -> None:
    assert record_schema(CATALOGUE["vote_rounds"])["properties"] == {
        "id": {"type": "string", "minLength": 1, "description": "unique in the session, never reused"},
        "order": {"type": "integer", "description": "sorts the table; gaps are meant"},
        "title": {"type": "string", "title": "Title", "description": "needed"},
        "over": {
            "type": "string",
            "title": "Over",
            "enum": ["", "touchpoints", "pains", "opportunities", "hmw", "ideas"],
            "description": "needed",
        },
        "voters": {"type": ["integer", "null"], "title": "Voters", "minimum": 1, "description": "needed"},
        "dots_each": {"type": ["integer", "null"], "title": "Dots each", "minimum": 1, "description": "needed"},
        "cap": {
            "type": ["integer", "null"],
            "title": "Cap",
            "minimum": 0,
            "description": "Per item in a personal ballot; 0 means none",
        },
        "mode": {"type": "string", "title": "Mode", "enum": ["", "room", "person"]},
        "anonymous": {"type": "boolean", "title": "Anonymous"},
        "state": {"type": "string", "title": "State", "enum": ["", "draft", "collecting", "revealed", "closed"]},
        "breaks_tie_of": {
            "type": "string",
            "title": "Breaks tie of",
            "description": "id of a row of vote_rounds",
        },
        "ballot": {
            "type": "array",
            "title": "Ballot",
            "description": "The items to vote on; empty means all rows",
            "items": {
                "type": "string",
                "description": "id of a row of touchpoints or pains or opportunities or hmw or ideas",
            },
        },
    }
    inbox = record_schema(CATALOGUE["inbox"])["properties"]
    assert inbox["sorted_into"]["description"] == "id of a row of any table"
    touchpoint = record_schema(CATALOGUE["touchpoints"])["properties"]
    assert touchpoint["code"]["description"] == "short name, such as A01"
    assert touchpoint["personas"]["items"] == {"type": "string", "description": "id of a row of personas"}
    people = record_schema(CATALOGUE["people"])["properties"]
    assert people["support"]["description"] == "−2 against … +2 for. private"


def test_a_record_leaves_out_what_is_empty_and_was_never_anything_else() -> None:
    assert record_of(Stage(id="s", order=7, code="S1")) == {"id": "s", "order": 7, "code": "S1"}
    assert record_of(Excerpt(id="e", interview="i", extra={"mood": 1})) == {
        "id": "e",
        "order": 0,
        "interview": "i",
        "mood": 1,
    }
    cleared = record_of(Touchpoint(id="t", basis=""))
    assert cleared["basis"] == ""
    assert "emotion" not in cleared


def test_tables_of_names_those_asked_for_even_when_empty() -> None:
    session = Session(CATALOGUE, {"stages": Rows((Stage(id="s"),))})
    assert list(tables_of(session)) == ["stages"]
    assert tables_of(session, ["pains", "stages"]) == {"pains": [], "stages": [{"id": "s", "order": 0, "code": ""}]}


class TestLenient:
    def test_a_value_that_does_not_fit_leaves_its_cell_empty_and_is_kept(self) -> None:
        record = {"id": "t", "stage": "s", "name": "Call", "emotion": 9, "personas": "P1"}
        session = read({"stages": {"1": {"id": "s"}}, "touchpoints": {"1": record}})
        touchpoint = session.rows(Touchpoint)[0]
        assert (touchpoint.name, touchpoint.emotion, touchpoint.personas) == ("Call", None, ())
        assert session.quarantine == (
            {"table": "touchpoints", "document": record, "reason": "Personas: 'P1' is not a list of ids."},
            {"table": "touchpoints", "document": record, "reason": "Emotion: 9 is not between 1 and 5."},
        )

    def test_what_is_missing_gets_its_default(self) -> None:
        session = read({"touchpoints": {"7": {"name": "Call"}}})
        assert session.rows(Touchpoint) == (
            Touchpoint(id="touchpoints-7", order=GAP, code="A01", name="Call", basis="assumed"),
        )
        assert session.quarantine == ()

    def test_what_is_unknown_is_kept_and_written_again(self) -> None:
        session = read({"stages": {"1": {"id": "s", "mood": {"a": [1]}}}, "weather": {"1": {"sky": "blue"}}})
        assert session.rows(Stage)[0].extra == {"mood": {"a": [1]}}
        assert session.unknown == {"weather": {"1": {"sky": "blue"}}}
        assert record_of(session["stages"][0])["mood"] == {"a": [1]}

    @pytest.mark.parametrize("record", [None, 7, "text", [], ["a"]])
    def test_what_is_no_record(self, record: object) -> None:
        session = read({"stages": {"1": record, "2": {"id": "s"}}})
        assert [row.id for row in session["stages"]] == ["s"]
        assert session.quarantine == ({"table": "stages", "document": record, "reason": "It is not a record."},)

    @pytest.mark.parametrize("row_id", [7, None, "", "\x00", []])
    def test_what_has_no_id(self, row_id: object) -> None:
        session = read({"stages": {"1": {"id": row_id, "name": "A"}}})
        assert session["stages"][:] == ()
        assert [misfit["reason"] for misfit in session.quarantine] == ["It has no id."]

    def test_an_id_that_another_row_has_in_any_table(self) -> None:
        session = read(
            {"stages": {"1": {"id": "x", "name": "A"}, "2": {"id": "x", "name": "B"}}, "risks": {"1": {"id": "x"}}}
        )
        assert [row.name for row in session.rows(Stage)] == ["A"]
        assert [(misfit["table"], misfit["reason"]) for misfit in session.quarantine] == [
            ("stages", "Another row has the id x."),
            ("risks", "Another row has the id x."),
        ]

    def test_ids_are_cleaned_where_they_stand_and_where_they_are_referred_to(self) -> None:
        dirty = "s\ud8001\x1b"
        session = read(
            {
                "stages": {"1": {"id": dirty}},
                "touchpoints": {"1": {"id": "t", "stage": dirty}},
                "responses": {"1": {"id": "r", "satisfaction": {dirty: 3}}},
            }
        )
        assert session.rows(Touchpoint)[0].stage == session.rows(Stage)[0].id == "s1"
        assert session.rows(Response)[0].satisfaction == (("s1", 3),)
        assert session.quarantine == ()

    def test_references_to_nothing_are_let_go_and_noted(self) -> None:
        session = read(
            {
                "touchpoints": {"1": {"id": "t", "name": "Call"}},
                "pains": {"1": {"id": "p", "touchpoint": "gone", "evidence": ["e", "gone"]}},
                "excerpts": {"1": {"id": "e", "interview": "gone"}},
                "responses": {"1": {"id": "r", "satisfaction": {"t": 3, "gone": 4}, "decisive": "e"}},
                "inbox": {"1": {"id": "n", "sorted_into": "p"}},
            }
        )
        pain = session.rows(Pain)[0]
        assert (pain.touchpoint, pain.evidence) == ("", ("e",))
        assert session.rows(Response)[0].satisfaction == (("t", 3),)
        assert session.rows(Response)[0].decisive == ""
        assert session["inbox"][0] == session.find("n", ("inbox",))[1]  # type: ignore[index]  # it was just read
        assert sorted((misfit["table"], misfit["reason"]) for misfit in session.quarantine) == [
            ("excerpts", "Interview points at a row that does not exist."),
            ("pains", "Evidence points at a row that does not exist."),
            ("pains", "Touchpoint points at a row that does not exist."),
            ("responses", "Decisive points at a row that does not exist."),
            ("responses", "Satisfied points at a row that does not exist."),
        ]
        assert session.quarantine[0]["document"]["touchpoint"] == "gone"

    @pytest.mark.parametrize("order", ["first", True, None, 2.5, 10**30])
    def test_an_order_that_is_none_follows_the_row_before(self, order: object) -> None:
        session = read({"stages": {"1": {"id": "a", "order": 50}, "2": {"id": "b", "order": order}}})
        assert [(row.id, row.order) for row in session["stages"]] == [("a", 50), ("b", 50 + GAP)]

    def test_rows_come_in_their_order_not_in_the_file_s(self) -> None:
        session = read(
            {"stages": {"1": {"id": "b", "order": 9}, "2": {"id": "c", "order": -9}, "3": {"id": "a", "order": 9}}}
        )
        assert [row.id for row in session["stages"]] == ["c", "a", "b"]

    def test_codes_that_are_missing_or_taken(self) -> None:
        records = [
            {"id": "a", "code": "a01"},
            {"id": "b", "code": "A01"},
            {"id": "c"},
            {"id": "d", "code": 7},
            {"id": "e", "code": " x 1\n"},
        ]
        session = read({"touchpoints": {str(number): record for number, record in enumerate(records)}})
        assert {row.id: row.code for row in session["touchpoints"]} == {
            "a": "a01",
            "b": "A02",
            "c": "A03",
            "d": "A04",
            "e": "x1",
        }
        assert [(misfit["document"]["id"], misfit["reason"]) for misfit in session.quarantine] == [
            ("b", "Another row has the code A01.")
        ]

    def test_the_same_misfit_is_kept_once_however_often_it_is_read(self) -> None:
        tables: dict[str, dict[str, Any]] = {
            "stages": {"1": None},
            QUARANTINE: {"1": {"table": "x", "document": 1, "reason": "old"}},
        }
        once = read(tables)
        again = read(tables | {QUARANTINE: {str(n): misfit for n, misfit in enumerate(once.quarantine)}})
        assert once.quarantine == again.quarantine
        assert len(once.quarantine) == 2

    @given(
        st.dictionaries(
            st.sampled_from(["stages", "touchpoints", "responses", "charter", "inbox", "weather", QUARANTINE]),
            st.dictionaries(
                st.text(max_size=2),
                json_values()
                | st.dictionaries(
                    st.sampled_from(["id", "order", "code", "name", "stage", "satisfaction", "sorted_into", "emotion"]),
                    json_values() | st.sampled_from(["a", "b", "c"]),
                ),
                max_size=3,
            ),
        )
    )
    def test_anything_is_read_and_then_stays_as_it_is(self, tables: dict[str, dict[str, Any]]) -> None:
        session = read(tables)
        again = session_of(CATALOGUE, written(session))
        assert again.tables == session.tables
        assert again.unknown == session.unknown
        records = [record for name, found in tables.items() if name in CATALOGUE for record in found.values()]
        kept = sum(len(rows) for rows in session.tables.values())
        lost = sum(str(misfit.get("reason")).startswith(("It ", "Another row has")) for misfit in session.quarantine)
        assert kept + lost >= len({json.dumps(record) for record in records})


def test_a_row_without_an_id_gets_that_of_its_key() -> None:
    row, misfits = row_of(CATALOGUE["stages"], {"name": "A"}, fallback_id="stages-3", fallback_order=5)
    assert row == Stage(id="stages-3", order=5, name="A")
    assert misfits == []


class TestOneColumnMore:
    """A column is added to a table by one line: all else follows from its declaration."""

    def test_a_file_from_before_loads_with_the_default(self) -> None:
        old = Session(BEFORE, {"gadgets": Rows((Gadget(id="g", order=1, code="G01", name="Lamp", weight=2.5),))})
        new = session_of(AFTER, {"gadgets": [("1", record_of(old["gadgets"][0]))]})
        assert new["gadgets"][:] == (
            ColouredGadget(id="g", order=1, code="G01", name="Lamp", weight=2.5, colour="blue"),
        )

    def test_it_is_in_record_schema_and_columns(self) -> None:
        session = Session(AFTER, {"gadgets": Rows((ColouredGadget(id="g", code="G01", colour="dark-red"),))})
        assert record_of(session["gadgets"][0]) == {"id": "g", "order": 0, "code": "G01", "colour": "dark-red"}
        assert record_schema(AFTER["gadgets"])["properties"]["colour"] == {
            "title": "Colour",
            "type": "string",
            "enum": ["", "dark-red", "blue"],
            "description": "As seen from the back row",
        }
        column = session.columns("gadgets")[-1]
        assert (column.key, column.show(session["gadgets"][0], session)) == ("colour", "dark red")
        assert column.help() == "As seen from the back row. · dark red, blue"

    def test_an_older_program_keeps_it(self) -> None:
        record = record_of(ColouredGadget(id="g", code="G01", colour="dark-red"))
        old = session_of(BEFORE, {"gadgets": [("1", record)]})
        assert record_of(old["gadgets"][0]) == record
