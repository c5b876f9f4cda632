"""Rows, sessions, and what rows are called."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.kinds import Context
from cjworkshop.domain.names import clean_code, free_codes
from cjworkshop.domain.rows import Catalogue, Row
from cjworkshop.domain.session import GAP, Rows, Session, row_name
from cjworkshop.errors import BadValue
from cjworkshop.method.across import Decision, Note, Parked
from cjworkshop.method.discovery import Charter, Persona
from cjworkshop.method.employee_workshop import Pain, Stage, Touchpoint, VoteRound
from cjworkshop.method.quantitative import Response
from cjworkshop.method.steps import CATALOGUE
from strategies import TODAY, filled, sessions
from throwaway import ColouredGadget, Gadget


def rows(*made: Row) -> Rows:
    return Rows(made)


def stages(*names: str) -> Rows:
    return rows(*(Stage(id=f"s{n}", order=n * GAP, code=f"S{n}", name=name) for n, name in enumerate(names, 1)))


JOURNEY = Session(
    CATALOGUE,
    {
        "stages": stages("Aware", "Arriving", "Aware"),
        "touchpoints": rows(
            Touchpoint(id="t1", order=1, code="A01", stage="s1", name="Call the line"),
            Touchpoint(id="t2", order=2, code="A02", stage="s2", name="Park the car"),
            Touchpoint(id="t3", order=3, code="A03", stage="s2", name="Call back"),
        ),
        "pains": rows(
            Pain(id="p1", order=1, code="PP01", touchpoint="t1", pain="Long hold\nNobody says how long"),
            Pain(id="p2", order=2, code="PP02", touchpoint="t1", pain=""),
        ),
        "decisions": rows(
            Decision(id="d1", order=1, decision="Open at 7"), Decision(id="d2", order=2, decision="Close")
        ),
        "parked": rows(Parked(id="q1", order=1, text="Open at 7")),
    },
)


class TestRows:
    def test_look_up(self) -> None:
        found = JOURNEY["touchpoints"]
        assert [row.id for row in found] == ["t1", "t2", "t3"]
        assert [row.id for row in found[1:]] == ["t2", "t3"]
        assert found.positions == {"t1": 0, "t2": 1, "t3": 2}
        assert found.codes == {"A01": "t1", "A02": "t2", "A03": "t3"}
        assert found.get("t2") is found[1]
        assert found.get("t9") is None
        assert len(found) == 3
        assert found == Rows(found[:])
        assert found != found[:]

    def test_edits_in_place_keep_positions_and_share_the_other_rows(self) -> None:
        before = JOURNEY["touchpoints"]
        after = before.edited({"t2": Touchpoint(id="t2", order=2, code="A02", stage="s2", name="Park")})
        assert after.positions is before.positions
        assert after[0] is before[0]
        assert after[2] is before[2]
        assert row_name(CATALOGUE["touchpoints"], after[1]) == "Park"

    def test_rows_are_added_removed_and_moved_to_their_order(self) -> None:
        before = JOURNEY["touchpoints"]
        first = Touchpoint(id="t0", order=-5, name="First")
        moved = Touchpoint(id="t1", order=9, name="Last")
        assert [row.id for row in before.edited({"t0": first, "t1": moved, "t2": None})] == ["t0", "t3", "t1"]
        assert before.edited({"t8": None}) == before

    @given(st.dictionaries(st.integers(0, 60), st.none() | st.integers(-9, 99), max_size=60))
    def test_edited_is_the_same_as_sorting_afresh(self, edits: dict[int, int | None]) -> None:
        before = {str(n): Stage(id=str(n), order=n * 2) for n in range(40)}
        wanted = {str(n): None if order is None else Stage(id=str(n), order=order) for n, order in edits.items()}
        after = {row_id: row for row_id, row in (before | wanted).items() if row is not None}
        expected = sorted(after.values(), key=lambda row: (row.order, row.id))
        assert list(Rows(tuple(before.values())).edited(dict(wanted))) == sorted(
            expected, key=lambda row: (row.order, row.id)
        )


class TestOrders:
    @given(
        st.lists(st.integers(1, 40), max_size=30),
        st.integers(0, 30),
        st.integers(1, 20),
        st.integers(-100, 100),
    )
    def test_new_rows_fit_between_their_neighbours(self, gaps: list[int], index: int, count: int, start: int) -> None:
        orders = [start + sum(gaps[:n]) for n in range(len(gaps))]
        table = Rows(tuple(Stage(id=f"{n:02}", order=order) for n, order in enumerate(orders)))
        index = min(index, len(table))
        made, moved = table.orders(index, count)
        assert len(made) == count
        new = {f"new{n:02}": Stage(id=f"new{n:02}", order=order) for n, order in enumerate(made)}
        after = table.edited({**moved, **new})
        wanted = [row.id for row in table]
        assert [row.id for row in after] == wanted[:index] + list(new) + wanted[index:]
        assert all(before.order < here.order for before, here in pairwise(after))

    def test_inserting_ever_at_the_same_place_moves_few_rows(self) -> None:
        table = Rows(tuple(Stage(id=f"{n:04}", order=(n + 1) * GAP) for n in range(2000)))
        touched = 0
        for number in range(400):
            (order,), moved = table.orders(1000, 1)
            touched += len(moved)
            new: Row = Stage(id=f"x{number:04}", order=order)
            table = table.edited({**moved, new.id: new})
        assert touched < 400 * 12
        assert len(table) == 2400

    @pytest.mark.parametrize("index", [0, 500])
    def test_rows_typed_at_an_end_move_none(self, index: int) -> None:
        table = Rows(tuple(Stage(id=f"{n:04}", order=(n + 1) * GAP) for n in range(500)))
        assert table.orders(index, 50)[1] == {}


class TestSession:
    def test_tables(self) -> None:
        assert [row.id for row in JOURNEY.rows(Pain)] == ["p1", "p2"]
        assert JOURNEY.rows(VoteRound) == ()
        with pytest.raises(KeyError):
            JOURNEY["weather"]

    def test_records(self) -> None:
        assert JOURNEY.record(Charter) == Charter(id="")
        session = JOURNEY.edited({"charter": {"c": Charter(id="c", client="VA")}})
        assert session.record(Charter).client == "VA"

    def test_find(self) -> None:
        found = JOURNEY.find("p2")
        assert found
        assert (found[0].name, found[1].id) == ("pains", "p2")
        assert JOURNEY.find("p2", ("touchpoints", "stages")) is None
        assert JOURNEY.get(Pain, "p1") is JOURNEY["pains"][0]
        assert JOURNEY.get(Pain, "t1") is None
        assert JOURNEY.exists(("stages", "pains"), "p1")
        assert JOURNEY.exists(("*",), "p1")
        assert not JOURNEY.exists(("stages",), "p1")

    def test_an_edit_shares_what_it_does_not_touch(self) -> None:
        after = JOURNEY.edited({"pains": {"p1": None}})
        assert after["touchpoints"] is JOURNEY["touchpoints"]
        assert [row.id for row in after["pains"]] == ["p2"]

    def test_a_table_without_rows_is_as_if_it_never_had_any(self) -> None:
        assert Session(CATALOGUE).edited({"pains": {"p": Pain(id="p")}}).edited({"pains": {"p": None}}) == Session(
            CATALOGUE
        )

    def test_a_column_is_as_wide_as_it_says_or_as_its_kind(self) -> None:
        table = CATALOGUE["touchpoints"]
        assert [table.column(name).cells for name in ("name", "action", "emotion")] == [30, 30, 9]

    def test_ratings_get_a_column_for_each_rated_row(self) -> None:
        keys = [column.key for column in JOURNEY.columns("responses")]
        first = keys.index("satisfaction:s1")
        assert keys[first : first + 6] == [f"satisfaction:{row}" for row in ("s1", "s2", "s3", "t1", "t2", "t3")]
        labels = {column.key: column.label for column in JOURNEY.columns("responses")}
        assert labels["satisfaction:s2"] == "Satisfied: Arriving"
        assert labels["importance:t2"] == "Important: A02 Park the car"
        column = CATALOGUE["responses"].column("satisfaction:s2")
        filled_in = column.put(Response(id="r"), 4)
        assert (column.get(filled_in), column.show(filled_in, JOURNEY)) == (4, "4")
        assert filled_in == Response(id="r", satisfaction=(("s2", 4),))
        assert column.is_empty(column.put(filled_in, None))
        with pytest.raises(KeyError):
            CATALOGUE["responses"].column("nps:s2")
        with pytest.raises(KeyError):
            CATALOGUE["responses"].column("mood")


class TestNames:
    def test_labels(self) -> None:
        assert JOURNEY.label("t2") == "A02 Park the car"
        assert JOURNEY.short_label("t2") == "A02"
        assert JOURNEY.label("p1") == "PP01 Long hold…"
        assert JOURNEY.label("p2") == "PP02"
        assert JOURNEY.label("s2") == JOURNEY.short_label("s2") == "Arriving"
        assert JOURNEY.label("d1") == JOURNEY.short_label("d1") == "Open at 7"
        assert JOURNEY.label("?") == JOURNEY.short_label("?") == ""

    def test_stages_that_share_a_name_show_their_codes(self) -> None:
        assert JOURNEY.label("s1") == "S1 Aware"
        assert JOURNEY.short_label("s3") == "S3 Aware"
        assert [label for _, label in JOURNEY.members(("stages",))] == ["S1 Aware", "Arriving", "S3 Aware"]

    def test_a_stage_called_like_the_code_of_another_shows_its_own(self) -> None:
        session = Session(CATALOGUE, {"stages": stages("S2", "s1 and on", "")})
        assert [label for _, label in session.members(("stages",))] == ["S1 S2", "S2 s1 and on", "S3"]
        assert session.identify(("stages",), "S1 S2") == "s1"
        assert session.identify(("stages",), "S2") == "s2"

    def test_members_of_any_table(self) -> None:
        assert [row_id for row_id, _ in JOURNEY.members(("*",))] == [
            *("s1", "s2", "s3", "t1", "t2", "t3", "p1", "p2", "d1", "d2", "q1")
        ]

    def test_tabs_in_a_first_line_do_not_hide_a_row(self) -> None:
        session = Session(CATALOGUE, {"decisions": rows(Decision(id="d", decision="Open\tat \t7 \nand close"))})
        assert session.label("d") == "Open at 7…"
        assert session.identify(("decisions",), session.label("d")) == "d"

    def test_a_reference_to_any_table_names_the_table_where_labels_meet(self) -> None:
        column = CATALOGUE["inbox"].column("sorted_into")
        for target, shown in (
            ("d1", "Open at 7"),
            ("q1", "parked question: Open at 7"),
            ("d2", "Close"),
            ("t1", "A01 Call the line"),
        ):
            note = Note(id="n", sorted_into=target)
            assert column.show(note, JOURNEY) == shown
            assert column.parse(shown, Context(JOURNEY, TODAY)) == target

    def test_a_name_may_look_like_a_reference_into_another_table(self) -> None:
        names = ("decision: Close", "decision: Open", "decision: decision: Close")
        parked = rows(*(Parked(id=f"q{n}", order=n, text=text) for n, text in enumerate(names)))
        session = JOURNEY.edited({"parked": {row.id: row for row in parked}})
        tables = ("parked", "decisions")
        assert session.called("q0", tables) == "parked question: decision: Close"
        assert session.called("q1", tables) == "decision: Open"
        assert [session.identify(tables, session.called(f"q{n}", tables)) for n in range(3)] == ["q0", "q1", "q2"]
        assert session.identify(("parked",), "decision: Close") == "q0"
        assert session.called("d2", ("parked",)) == ""

    def test_a_name_may_look_like_a_reference_into_its_own_table(self) -> None:
        parked = rows(Parked(id="q1", order=1, text="Why"), Parked(id="q2", order=2, text="parked question: Why"))
        session = Session(CATALOGUE, {"parked": parked})
        assert session.identify(("parked",), "parked question: Why") == "q2"
        assert session.identify(("parked", "decisions"), "parked question: Why") == "q1"
        assert session.called("q2", ("parked", "decisions")) == "parked question: parked question: Why"


class TestIdentify:
    @pytest.mark.parametrize(
        ("tables", "text", "row_id"),
        [
            ("touchpoints", "A02", "t2"),
            ("touchpoints", "a02", "t2"),
            ("touchpoints", "A02 Park the car", "t2"),
            ("touchpoints", "park the CAR", "t2"),
            ("touchpoints", "park", "t2"),
            ("touchpoints", "the line", "t1"),
            ("stages", "arr", "s2"),
            ("stages", "S3", "s3"),
            ("stages", "S3 Aware", "s3"),
            ("pains touchpoints", "PP01", "p1"),
            ("pains touchpoints", "A03", "t3"),
            ("pains touchpoints", "hold", "p1"),
            ("decisions", "clo", "d2"),
        ],
    )
    def test_finds(self, tables: str, text: str, row_id: str) -> None:
        assert JOURNEY.identify(tuple(tables.split()), text) == row_id

    @pytest.mark.parametrize(
        ("tables", "text", "message"),
        [
            ("touchpoints", "call", "'call' could be A01 Call the line, A03 Call back."),
            ("touchpoints", "A0", "'A0' could be A01 Call the line, A02 Park the car, A03 Call back."),
            ("stages", "aware", "'aware' could be S1 Aware, S3 Aware."),
            ("touchpoints", "A09", "There is no touchpoint 'A09'."),
            ("pains stages", "hotel", "There is no pain or stage 'hotel'."),
            ("touchpoints", "", "No name was given."),
            ("*", "hotel", "There is no row 'hotel'."),
        ],
    )
    def test_refuses(self, tables: str, text: str, message: str) -> None:
        with pytest.raises(BadValue) as refused:
            JOURNEY.identify(tuple(tables.split()), text)
        assert refused.value.message == message
        assert "code" in refused.value.hint

    def test_says_only_some_of_many(self) -> None:
        many = {f"t{n}": Touchpoint(id=f"t{n}", order=n, code=f"A{n}", name=f"Wait {n}") for n in range(10, 17)}
        with pytest.raises(BadValue, match=r"A10 Wait 10, A11 Wait 11, A12 Wait 12, A13 Wait 13 …\."):
            JOURNEY.edited({"touchpoints": many}).identify(("touchpoints",), "wait")

    @given(sessions())
    def test_every_label_means_its_row(self, session: Session) -> None:
        for name in session.tables:
            for row_id, label in session.members((name,)):
                assert session.identify((name,), label) == row_id
                assert session.called(row_id, (name,)) == label == session.label(row_id)
                assert session.identify((name,), session.short_label(row_id)) == row_id
                assert session.identify(("*",), session.called(row_id, ("*",))) == row_id


class TestCodes:
    @pytest.mark.parametrize(
        ("taken", "wanted", "given_codes"),
        [
            ((), ("", "", ""), ("A01", "A02", "A03")),
            (("A01", "A02"), ("",), ("A03",)),
            (("A03", "A02"), ("", ""), ("A04", "A05")),
            ((), ("A02", "", "a02"), ("A02", "A01", "A03")),
            (("X",), ("x", "y"), ("A02", "y")),
            ((), (" a 1;,\n", ""), ("a1", "A01")),
        ],
    )
    def test_free_codes(self, taken: tuple[str, ...], wanted: tuple[str, ...], given_codes: tuple[str, ...]) -> None:
        assert tuple(free_codes(CATALOGUE["touchpoints"], taken, wanted)) == given_codes

    def test_digits_and_tables_without_codes(self) -> None:
        assert free_codes(CATALOGUE["responses"], (), [""]) == ["R001"]
        assert free_codes(CATALOGUE["stages"], (), [""] * 11)[-1] == "S11"
        assert free_codes(CATALOGUE["risks"], (), ["X"]) == [""]

    @given(st.lists(st.text("aAbB01 ;", max_size=4), max_size=8), st.lists(st.text("AB01", max_size=3), max_size=5))
    def test_codes_are_unique_whatever_is_wanted(self, wanted: list[str], taken: list[str]) -> None:
        used = {code.upper() for code in taken}
        codes = free_codes(CATALOGUE["touchpoints"], used, wanted)
        upper = [code.upper() for code in codes]
        assert len({*upper, *used}) == len(upper) + len(used)
        assert all(code == clean_code(code) and code for code in codes)


def test_a_catalogue_has_each_name_once() -> None:
    assert list(Catalogue((Pain, Pain, Persona))) == ["pains", "personas"]
    with pytest.raises(ValueError, match="two tables are called gadgets"):
        Catalogue((Gadget, ColouredGadget))


def test_names_of_the_filled_session_are_all_different() -> None:
    session = filled(rows=4)
    for name in session.tables:
        labels = [label for _, label in session.members((name,))]
        assert len(set(labels)) == len(labels)
