"""What a cell shows can be typed back, and what is written can be read back, for every column of every table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.domain.kinds import Context
from cjworkshop.domain.session import Rows, Session
from cjworkshop.errors import BadValue
from cjworkshop.method.qualitative import Code, Excerpt, Interview
from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE, TODAY, filled, hostile_text, sessions, values

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column

EVERY_COLUMN = [
    pytest.param(table.name, column, id=f"{table.name}.{column.name}")
    for table in CATALOGUE.values()
    for column in table.columns
]


def every_cell(session: Session) -> list[tuple[Column, Any]]:
    return [
        (column, column.get(row))
        for name, rows in session.tables.items()
        for row in rows
        for column in session.columns(name)
    ]


@given(sessions())
def test_what_a_cell_shows_means_the_same_when_it_is_typed(session: Session) -> None:
    context = Context(session, TODAY)
    for column, value in every_cell(session):
        shown = column.kind.show(value, session)
        assert column.parse(shown, context) == value, (column.key, shown)


@given(sessions(tables=("pains", "excerpts", "inbox", "responses", "actions", "votes"), most=14))
def test_references_can_be_typed_back_whatever_rows_are_called(session: Session) -> None:
    context = Context(session, TODAY)
    for column, value in every_cell(session):
        assert column.parse(column.kind.show(value, session), context) == value


@given(sessions())
def test_what_a_cell_dumps_is_json_and_loads_as_the_same(session: Session) -> None:
    for column, value in every_cell(session):
        dumped = json.loads(json.dumps(column.kind.dump(value)))
        assert column.kind.load(dumped) == value, column.key


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
@settings(max_examples=15)
@given(data=st.data())
def test_any_value_of_any_column_goes_through_screen_and_file(table: str, column: Column, data: st.DataObject) -> None:
    ids = {name: [f"{name}.1", f"{name}.2"] for name in CATALOGUE if not CATALOGUE[name].single}
    value = data.draw(values(column.kind, ids))
    session = filled()
    assert column.kind.load(json.loads(json.dumps(column.kind.dump(value)))) == value
    assert column.parse(column.kind.show(value, session), Context(session, TODAY)) == value


@pytest.mark.parametrize("text", ["Wait at the desk", HOSTILE, "", ";", "A01", "x" * 200])
def test_the_filled_session_goes_through_the_screen_too(text: str) -> None:
    session = filled(text=text or "-", rows=3)
    context = Context(session, TODAY)
    for column, value in every_cell(session):
        assert column.parse(column.kind.show(value, session), context) == value, column.key


@given(hostile_text(), st.sampled_from(EVERY_COLUMN))
def test_any_typed_text_is_a_value_or_one_sentence_and_what_to_do(raw: str, which: Any) -> None:
    column: Column = which.values[1]
    session = filled()
    problem = None
    try:
        value = column.parse(raw, Context(session, TODAY))
    except BadValue as refused:
        problem = refused
    if problem is None:
        assert column.kind.load(column.kind.dump(value)) == value
    else:
        assert problem.message.endswith(".")
        assert problem.hint.endswith((".", "4; Wait 2"))
        assert problem.message.isprintable()
        assert len(problem.message) < 300


def test_rows_that_share_a_name_are_numbered_where_they_have_no_codes() -> None:
    codes = tuple(
        Code(id=f"c{n}", order=n, name=name) for n, name in enumerate(("late", "late", "late (2)", "", "l; m"))
    )
    excerpt = Excerpt(id="e1", interview="i1", codes=("c0", "c1", "c2", "c3", "c4"))
    interview = Interview(id="i1", code="I01", segment="")
    session = Session(CATALOGUE, {"codes": Rows(codes), "excerpts": Rows((excerpt,)), "interviews": Rows((interview,))})
    column = CATALOGUE["excerpts"].column("codes")
    shown = column.show(excerpt, session)
    assert shown == "late; late (2); late (2) (2); (code without a name); l, m"
    assert column.parse(shown, Context(session, TODAY)) == excerpt.codes
