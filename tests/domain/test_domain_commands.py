"""What each command does, by example and to any session; and that undo takes it back whole."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.commands import (
    AddRows,
    DuplicateRows,
    MoveRows,
    NewRow,
    RemoveRows,
    ReplaceTables,
    SetCells,
    SetCode,
    Together,
)
from cjworkshop.domain.session import GAP, Rows, Session
from cjworkshop.domain.text import clean_line
from cjworkshop.domain.workbook import Workbook
from cjworkshop.method.discovery import Charter, Persona, Risk
from cjworkshop.method.employee_workshop import Opportunity, Pain, Stage, Touchpoint, Vote, VoteRound
from cjworkshop.method.qualitative import Excerpt, Interview
from cjworkshop.method.quantitative import Response
from cjworkshop.method.steps import CATALOGUE
from strategies import commands, filled, sessions

if TYPE_CHECKING:
    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.rows import Row

NOON = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)


def workbook(session: Session) -> Workbook:
    return Workbook(session, lambda: NOON)


def after(session: Session, command: Command) -> Session:
    return session.edited(command.edits(session))


def names(session: Session, table: str) -> list[str]:
    return [str(getattr(row, CATALOGUE[table].columns[0].attribute)) for row in session[table]]


def dangling(session: Session) -> list[tuple[str, str]]:
    """References to rows that do not exist."""
    return [
        (row.id, target)
        for name, rows in session.tables.items()
        for column, kind in session.catalogue[name].references
        for row in rows
        for target in kind.targets(column.get(row))
        if not session.exists(kind.tables, target)
    ]


STAGES = Session(
    CATALOGUE,
    {"stages": Rows(tuple(Stage(id=f"s{n}", order=n * GAP, code=f"S{n}", name="ABCDE"[n - 1]) for n in range(1, 6)))},
)

CASE = Session(
    CATALOGUE,
    {
        "stages": STAGES["stages"],
        "touchpoints": Rows(
            (
                Touchpoint(id="t1", order=1, code="A01", stage="s1", name="Call"),
                Touchpoint(id="t2", order=2, code="A02", stage="s2", name="Park"),
            )
        ),
        "pains": Rows(
            (
                Pain(id="p1", order=1, code="PP01", touchpoint="t1", pain="Hold", evidence=("e1", "e2")),
                Pain(id="p2", order=2, code="PP02", touchpoint="t2", pain="Full"),
            )
        ),
        "opportunities": Rows((Opportunity(id="o1", order=1, code="O01", pain="p1", touchpoint="t2", opportunity="Queue"),)),
        "vote_rounds": Rows((VoteRound(id="v1", order=1, title="Worst", over="touchpoints"),)),
        "votes": Rows((Vote(id="d1", order=1, round="v1", item="t1", dots=3), Vote(id="d2", order=2, round="v1", item="p2"))),
        "interviews": Rows((Interview(id="i1", order=1, code="I01"),)),
        "excerpts": Rows(
            (Excerpt(id="e1", order=1, interview="i1", touchpoint="t1"), Excerpt(id="e2", order=2, interview="i1"))
        ),
        "responses": Rows((Response(id="r1", order=1, code="R001", satisfaction=(("s1", 4), ("t2", 2)), decisive="t1"),)),
    },
)  # fmt: skip


class TestSetCells:
    def test_one_cell(self) -> None:
        command = SetCells("touchpoints", (("t1", "emotion", 2),))
        assert command.label(CASE) == "change Emotion"
        assert after(CASE, command).rows(Touchpoint)[0].emotion == 2
        assert set(command.edits(CASE)["touchpoints"]) == {"t1"}

    def test_several_cells_of_one_row_and_of_others(self) -> None:
        command = SetCells("touchpoints", (("t1", "emotion", 2), ("t1", "name", "Ring"), ("t2", "emotion", 1)), "paste")
        assert command.label(CASE) == "paste 3 cells"
        assert [(row.name, row.emotion) for row in after(CASE, command).rows(Touchpoint)] == [("Ring", 2), ("Park", 1)]

    def test_one_rating_of_a_respondent(self) -> None:
        command = SetCells("responses", (("r1", "satisfaction:s1", None), ("r1", "satisfaction:s2", 5)))
        assert after(CASE, command).rows(Response)[0].satisfaction == (("s2", 5), ("t2", 2))

    def test_a_keyword_column(self) -> None:
        session = filled()
        day = dt.date(2026, 5, 1)
        changed = after(session, SetCells("waves", (("waves.1", "from", day),)))
        assert CATALOGUE["waves"].column("from").get(changed["waves"][0]) == day

    def test_what_stands_there_already_is_no_change(self) -> None:
        assert SetCells("touchpoints", (("t1", "name", "Call"),)).edits(CASE) == {"touchpoints": {}}
        assert workbook(CASE).do(SetCells("touchpoints", (("t1", "name", "Call"),))) is None

    def test_rows_that_are_gone_are_passed_over(self) -> None:
        assert after(CASE, SetCells("touchpoints", (("t9", "name", "x"),))) == CASE

    def test_the_first_value_of_a_form_makes_its_record(self) -> None:
        command = SetCells("charter", (("c1", "client", "VA"), ("c1", "sponsor", "Ann")))
        changed = after(CASE, command)
        assert changed.record(Charter) == Charter(id="c1", order=GAP, client="VA", sponsor="Ann")
        assert after(changed, SetCells("charter", (("c2", "client", "x"),))) == changed
        assert after(changed, SetCells("charter", (("c1", "client", "x"),))).record(Charter).client == "x"


class TestAddRows:
    @pytest.mark.parametrize(
        ("where", "order"),
        [(None, "ABCDEx"), ("", "xABCDE"), ("s1", "AxBCDE"), ("s5", "ABCDEx"), ("gone", "ABCDEx")],
    )
    def test_where(self, where: str | None, order: str) -> None:
        command = AddRows("stages", (NewRow("n", {"name": "x"}),), after=where)
        assert "".join(names(after(STAGES, command), "stages")) == order
        assert command.label(STAGES) == "add 1 stage"
        assert set(command.edits(STAGES)["stages"]) == {"n"}

    def test_several_keep_their_order(self) -> None:
        command = AddRows(
            "stages", tuple(NewRow(f"n{n}", {"name": str(n)}) for n in range(12)), after="s2", verb="paste"
        )
        assert "".join(names(after(STAGES, command), "stages")) == "AB01234567891011CDE"
        assert command.label(STAGES) == "paste 12 stages"

    def test_into_an_empty_table(self) -> None:
        changed = after(Session(CATALOGUE), AddRows("risks", (NewRow("r", {"statement": "Late"}),), after=""))
        assert changed.rows(Risk) == (Risk(id="r", order=GAP, statement="Late"),)

    def test_codes(self) -> None:
        rows = (NewRow("n1"), NewRow("n2", code="x7"), NewRow("n3", code="a01"))
        assert [row.code for row in after(CASE, AddRows("touchpoints", rows))["touchpoints"]] == [
            *("A01", "A02", "A03", "x7", "A04")
        ]

    def test_declared_defaults(self) -> None:
        changed = after(CASE, AddRows("vote_rounds", (NewRow("n"),)))
        assert changed.get(VoteRound, "n") == VoteRound(id="n", order=1 + GAP, cap=3, mode="room", state="draft")


class TestSetCode:
    def test_another_code(self) -> None:
        command = SetCode("touchpoints", "t1", " b 1;")
        assert after(CASE, command)["touchpoints"][0].code == "b1"
        assert command.label(CASE) == "change code to b1"

    @pytest.mark.parametrize(
        ("table", "row", "code"),
        [
            ("touchpoints", "t1", "A02"),
            ("touchpoints", "t1", "a02"),
            ("touchpoints", "t1", "A01"),
            ("touchpoints", "t1", " ; "),
            ("touchpoints", "t9", "A09"),
            ("excerpts", "e1", "E1"),
        ],
    )
    def test_codes_that_cannot_be(self, table: str, row: str, code: str) -> None:
        assert SetCode(table, row, code).edits(CASE) == {}

    def test_capitals_alone(self) -> None:
        assert after(CASE, SetCode("touchpoints", "t1", "a01"))["touchpoints"][0].code == "a01"


class TestRemoveRows:
    def test_what_cannot_stand_alone_goes_too_and_the_rest_lets_go(self) -> None:
        command = RemoveRows("touchpoints", ("t1",))
        changed = after(CASE, command)
        assert names(changed, "touchpoints") == ["s2"]
        assert [row.id for row in changed.rows(Pain)] == ["p2"]
        assert changed.rows(Opportunity)[0].pain == ""
        assert changed.rows(Opportunity)[0].touchpoint == "t2"
        assert [row.id for row in changed.rows(Vote)] == ["d2"]
        assert changed.rows(Excerpt)[0].touchpoint == ""
        assert changed.rows(Response)[0].decisive == ""
        assert command.label(CASE) == "remove 1 touchpoint with 1 pain and 1 vote"
        assert command.consequences(CASE) == (
            "1 pain and 1 vote went with it; 1 opportunity, 1 excerpt and 1 response lost a reference"
        )

    def test_whole_stages(self) -> None:
        command = RemoveRows("stages", ("s1", "s2"))
        changed = after(CASE, command)
        assert [row.id for row in changed.rows(Stage)] == ["s3", "s4", "s5"]
        assert not {"touchpoints", "pains", "votes"} & set(changed.tables)
        assert changed.rows(Response)[0].satisfaction == ()
        assert command.label(CASE) == "remove 2 stages with 2 touchpoints, 2 pains and 2 votes"
        assert command.consequences(CASE).startswith("2 touchpoints, 2 pains and 2 votes went with them; 1 opp")

    def test_one_of_several_references(self) -> None:
        changed = after(CASE, RemoveRows("excerpts", ("e1",)))
        assert changed.rows(Pain)[0].evidence == ("e2",)
        assert RemoveRows("excerpts", ("e1",)).consequences(CASE) == "1 pain lost a reference"

    def test_what_nobody_refers_to(self) -> None:
        command = RemoveRows("stages", ("s4", "s5"))
        assert command.label(CASE) == "remove 2 stages"
        assert command.consequences(CASE) == ""

    def test_a_row_that_is_gone(self) -> None:
        assert RemoveRows("stages", ("t1", "x")).edits(CASE) == {}
        assert workbook(CASE).do(RemoveRows("stages", ("x",))) is None

    def test_rows_that_point_at_each_other(self) -> None:
        rounds = Rows(
            (
                VoteRound(id="v1", order=1, title="a", breaks_tie_of="v2"),
                VoteRound(id="v2", order=2, title="b", breaks_tie_of="v1"),
            )
        )
        session = Session(CATALOGUE, {"vote_rounds": rounds})
        assert after(session, RemoveRows("vote_rounds", ("v1",))).rows(VoteRound) == (
            VoteRound(id="v2", order=2, title="b"),
        )
        assert after(session, RemoveRows("vote_rounds", ("v1", "v2"))) == Session(CATALOGUE)

    @given(st.data())
    def test_nothing_is_left_dangling(self, data: st.DataObject) -> None:
        session = data.draw(sessions(most=14))
        assert not dangling(session)
        ids = [(name, row.id) for name, rows in session.tables.items() for row in rows]
        if not ids:
            return
        table, row_id = data.draw(st.sampled_from(ids))
        command = RemoveRows(table, (row_id,))
        changed = after(session, command)
        assert changed[table].get(row_id) is None
        assert not dangling(changed)
        for name, rows in changed.tables.items():
            for column, kind in CATALOGUE[name].references:
                for row in rows:
                    was = session[name].get(row.id)
                    assert was is not None
                    if column.required:
                        assert column.get(row) == column.get(was)
                    assert set(kind.targets(column.get(row))) <= set(kind.targets(column.get(was)))
        for name, edited in command.edits(session).items():
            for edited_id, left in edited.items():
                if left is None and (name, edited_id) != (table, row_id):
                    removed = session[name].get(edited_id)
                    assert removed is not None
                    assert any(
                        column.required and not set(kind.targets(column.get(removed))) <= set(changed_ids(changed))
                        for column, kind in CATALOGUE[name].references
                    )


def changed_ids(session: Session) -> list[str]:
    return [row.id for rows in session.tables.values() for row in rows]


class TestMoveRows:
    @pytest.mark.parametrize(
        ("moving", "where", "order"),
        [
            (("s4",), None, "DABCE"),
            (("s1",), "s5", "BCDEA"),
            (("s1", "s3"), "s4", "BDACE"),
            (("s3", "s1"), "s4", "BDACE"),
            (("s5", "s2"), None, "BEACD"),
        ],
    )
    def test_moves(self, moving: tuple[str, ...], where: str | None, order: str) -> None:
        command = MoveRows("stages", moving, where)
        assert "".join(names(after(STAGES, command), "stages")) == order
        assert set(command.edits(STAGES)["stages"]) == set(moving)
        assert command.label(STAGES) == ("move 1 stage" if len(moving) == 1 else "move 2 stages")

    @pytest.mark.parametrize(
        ("moving", "where"),
        [(("s1",), None), (("s2",), "s1"), (("s1", "s2"), None), (("s2",), "s2"), (("s2",), "gone"), (("gone",), "s2")],
    )
    def test_stays(self, moving: tuple[str, ...], where: str | None) -> None:
        assert MoveRows("stages", moving, where).edits(STAGES) == {}

    @given(st.data())
    def test_any_move_keeps_the_other_rows_in_order(self, data: st.DataObject) -> None:
        session = data.draw(sessions(tables=("touchpoints",)))
        rows = [row.id for row in session["touchpoints"]]
        if not rows:
            return
        moving = data.draw(st.lists(st.sampled_from(rows), min_size=1, unique=True))
        where = data.draw(st.sampled_from([None, *rows]))
        changed = [row.id for row in after(session, MoveRows("touchpoints", tuple(moving), where))["touchpoints"]]
        rest = [row for row in rows if row not in moving]
        assert [row for row in changed if row not in moving] == rest
        if where not in moving:
            block = [row for row in rows if row in moving]
            start = rest.index(where) + 1 if where else 0
            assert changed == [*rest[:start], *block, *rest[start:]]
        else:
            assert changed == rows


class TestDuplicateRows:
    def test_copies_stand_behind_with_codes_of_their_own(self) -> None:
        command = DuplicateRows("pains", (("p1", "c1"), ("gone", "c3")))
        changed = after(CASE, command)
        assert [row.id for row in changed["pains"]] == ["p1", "c1", "p2"]
        copy = changed.get(Pain, "c1")
        assert copy
        assert (copy.code, copy.pain, copy.touchpoint, copy.evidence) == ("PP03", "Hold", "t1", ("e1", "e2"))
        assert command.label(CASE) == "duplicate 2 pains"

    def test_several_stand_behind_the_last(self) -> None:
        changed = after(STAGES, DuplicateRows("stages", (("s1", "c1"), ("s3", "c3"))))
        assert [row.id for row in changed["stages"]] == ["s1", "s2", "s3", "c1", "c3", "s4", "s5"]

    def test_what_is_gone_cannot_be_copied(self) -> None:
        assert DuplicateRows("stages", (("gone", "c"),)).edits(STAGES) == {}
        assert DuplicateRows("stages", (("s2", "c"), ("gone", "d"))).edits(STAGES)["stages"].keys() == {"c"}


class TestTogether:
    def test_each_sees_what_those_before_it_did(self) -> None:
        command = Together(
            (
                AddRows("stages", (NewRow("n", {"name": "x"}),)),
                SetCells("stages", (("n", "name", "y"),)),
                AddRows("touchpoints", (NewRow("t", {"stage": "n"}),)),
                RemoveRows("stages", ("s1",)),
            ),
            "sort note into touchpoints",
        )
        changed = after(STAGES, command)
        assert names(changed, "stages") == ["B", "C", "D", "E", "y"]
        assert names(changed, "touchpoints") == ["n"]
        assert command.label(STAGES) == "sort note into touchpoints"

    def test_what_comes_and_goes_again_is_no_change(self) -> None:
        command = Together((AddRows("stages", (NewRow("n"),)), RemoveRows("stages", ("n",))), "nothing")
        assert workbook(STAGES).do(command) is None


class TestReplaceTables:
    def test_only_what_differs_is_edited(self) -> None:
        wanted: list[Row] = [*STAGES["stages"][:3], Stage(id="n", order=9 * GAP, name="new")]
        command = ReplaceTables({"stages": wanted, "risks": []}, "restore backup of 9:30")
        assert command.edits(STAGES) == {"stages": {"s4": None, "s5": None, "n": wanted[-1]}, "risks": {}}
        assert names(after(STAGES, command), "stages") == ["A", "B", "C", "new"]
        assert command.label(STAGES) == "restore backup of 9:30"
        assert workbook(STAGES).do(ReplaceTables({"stages": STAGES["stages"]}, "import")) is None

    @given(sessions(), sessions())
    def test_any_session_becomes_any_other(self, one: Session, other: Session) -> None:
        tables: dict[str, Any] = {name: other[name] for name in CATALOGUE}
        book = workbook(one)
        book.do(ReplaceTables(tables, "restore"))
        assert book.session == other
        book.undo()
        assert book.session == one


@given(st.data())
def test_any_command_is_undone_and_redone_whole(data: st.DataObject) -> None:
    before = data.draw(sessions())
    command = data.draw(commands(before))
    book = workbook(before)
    change = book.do(command)
    done = book.session
    if change is None:
        assert done is before
        return
    assert change.label
    assert change.label == clean_line(change.label)
    assert done == before.edited(command.edits(before))
    assert {edit.row_id for edit in change.edits} == {
        row_id for table in change.tables for row_id in change.touched(table)
    }
    assert all(edit.before != edit.after for edit in change.edits)
    assert book.undo()
    assert book.session == before
    assert book.redo()
    assert book.session == done


@given(st.data())
def test_after_any_command_rows_stand_in_order_with_codes_of_their_own(data: st.DataObject) -> None:
    before = data.draw(sessions(most=14))
    command = data.draw(commands(before))
    changed = before.edited(command.edits(before))
    for name, rows in changed.tables.items():
        assert all((one.order, one.id) < (two.order, two.id) for one, two in pairwise(rows)), name
        assert rows.positions == {row.id: index for index, row in enumerate(rows)}
        if CATALOGUE[name].codes:
            codes = [row.code.upper() for row in rows]
            assert all(codes)
            assert len(set(codes)) == len(codes)
        else:
            assert {row.code for row in rows} == {""}
    if not isinstance(command, Together):
        assert not dangling(changed)


@given(st.data())
def test_a_command_says_the_same_however_often_it_is_asked(data: st.DataObject) -> None:
    session = data.draw(sessions())
    command = data.draw(commands(session))
    assert command.edits(session) == command.edits(session)
    assert command.label(session) == command.label(session)


def test_persona_columns_are_shared_by_a_copy() -> None:
    session = filled()
    original = session["personas"][0]
    copy = after(session, DuplicateRows("personas", ((original.id, "c"),))).get(Persona, "c")
    assert copy
    assert [column.get(copy) for column in CATALOGUE["personas"].columns] == [
        column.get(original) for column in CATALOGUE["personas"].columns
    ]
