"""Every kind of column has its way of being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from grid_bench import TODAY, sample

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.kinds import Context, Kind
from cjworkshop.errors import BadValue
from cjworkshop.method.employee_workshop import VOTABLE
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.models import TableModel
from cjworkshop.tui.widgets.entries import Entry, one_key, picker_of
from cjworkshop.tui.widgets.faces import ASCII, UNICODE, face_of
from cjworkshop.tui.widgets.picker import Option, Picker

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.session import Session

SESSION = sample()
CONTEXT = Context(SESSION, TODAY)
COLUMNS = [column for table in CATALOGUE.values() for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.name}-{column.kind.name}")
def test_an_untouched_cell_of_every_column_keeps_its_value(column: Column) -> None:
    for value in (column.default, column.kind.empty):
        assert Entry(column, value, CONTEXT).value() == value
        assert face_of(column, value, SESSION, ASCII).text.isascii()


def option_labels(kind: Kind[object], typed: str) -> list[str]:
    picker = picker_of(kind, kind.empty, SESSION)
    assert picker is not None
    picker.filter(typed)
    return [option.label for option in picker.fitting]


def test_lists_have_what_can_be_chosen() -> None:
    moment = CATALOGUE["touchpoints"].column("moment").kind
    assert option_labels(moment, "") == ["moment of truth", "make or break", "wow", "exit"]
    assert option_labels(moment, "of") == ["moment of truth"]
    stage = CATALOGUE["touchpoints"].column("stage").kind
    assert option_labels(stage, "visit") == ["Visit", "Before visit", "After visit"]
    assert picker_of(CATALOGUE["touchpoints"].column("name").kind, "", SESSION) is None


def rounds(ballot: tuple[str, ...] = ()) -> Session:
    """The sample with two rounds, over touchpoints and over pains, and a vote in each."""
    session = SESSION
    for command in (
        AddRows(
            "vote_rounds",
            (
                NewRow("r1", {"title": "Moments", "over": "touchpoints", "ballot": ballot}),
                NewRow("r2", {"title": "Pains", "over": "pains"}),
            ),
        ),
        AddRows("votes", (NewRow("v1", {"round": "r1"}), NewRow("v2", {"round": "r2"}), NewRow("v3", {}))),
    ):
        session = session.edited(command.edits(session))
    return session


def offered(session: Session, table: str, row_id: str, column: str) -> list[str]:
    """The ids that a cell's list offers in the grid."""
    model = TableModel(session, table, TODAY)
    declared = CATALOGUE[table].column(column)
    entry = Entry(declared, declared.get(model.stamp(row_id)), model.context_of(row_id))
    assert entry.picker is not None
    return [option.value for option in entry.picker.options]


def test_a_vote_is_chosen_among_the_items_of_its_round() -> None:
    session = rounds()
    every = [row.id for name in VOTABLE for row in session[name]]
    assert offered(session, "votes", "v1", "item") == [row.id for row in session["touchpoints"]]
    assert offered(session, "votes", "v2", "item") == [row.id for row in session["pains"]]
    assert offered(session, "votes", "v3", "item") == every
    two = tuple(row.id for row in session["touchpoints"])[1:3]
    assert offered(rounds(two), "votes", "v1", "item") == [*two]
    assert offered(session, "vote_rounds", "r2", "ballot") == [row.id for row in session["pains"]]


def test_what_stands_in_a_cell_of_several_is_offered_too() -> None:
    other = SESSION["pains"][0].id
    assert other in offered(rounds((other,)), "vote_rounds", "r1", "ballot")


def test_two_rows_of_one_name_can_both_be_chosen() -> None:
    picker = Picker([Option("a", "Ann"), Option("b", "Ann")], "")
    picker.filter("ann")
    picker.move(1)
    assert picker.picked() == "b"


def test_the_mark_goes_round_and_pages_stop_at_the_ends() -> None:
    picker = Picker([Option(number, str(number)) for number in range(3)], None)
    picker.move(-1)
    assert picker.marked == 2
    picker.move(1)
    assert picker.marked == 0
    picker.move(7)
    assert picker.marked == 2


@pytest.mark.parametrize(
    ("table", "key", "character", "sets"),
    [
        ("touchpoints", "emotion", "4", 4),
        ("touchpoints", "emotion", "x", None),
        ("responses", "ces", "7", 7),
        ("responses", "nps", "7", None),
        ("people", "support", "1", None),
        ("touchpoints", "name", "4", None),
    ],
)
def test_one_key_sets_short_scales_only(table: str, key: str, character: str, sets: int | None) -> None:
    found = one_key(CATALOGUE[table].column(key).kind, character, None)
    assert (found.value if found else None) == sets


def test_a_digit_off_the_scale_is_no_answer() -> None:
    with pytest.raises(BadValue, match="9 is not between 1 and 5"):
        one_key(CATALOGUE["touchpoints"].column("emotion").kind, "9", 3)


def test_an_entry_refuses_in_the_columns_own_words() -> None:
    entry = Entry(CATALOGUE["pains"].column("frequency"), None, CONTEXT, "140")
    with pytest.raises(BadValue, match="140 is not between 0 and 100"):
        entry.value()


def test_ratings_are_bars_and_numbers_stand_right() -> None:
    rating = CATALOGUE["touchpoints"].column("emotion")
    assert face_of(rating, 4, SESSION, UNICODE).text == "▮▮▮▮▯ 4"
    assert face_of(rating, 4, SESSION, ASCII).text == "4"
    nps = CATALOGUE["responses"].column("nps")
    assert face_of(nps, 10, SESSION, UNICODE).text == "10"
    heads = {head.label: head for head in TableModel(SESSION, "responses", TODAY).heads}
    assert [heads[label].right for label in ("NPS", "CSAT", "Weight", "Verbatim")] == [True, False, True, False]
    assert face_of(CATALOGUE["people"].column("support"), -2, SESSION, UNICODE).text == "−2"
    attends = CATALOGUE["people"].column("attends")
    assert [face_of(attends, value, SESSION, UNICODE).text for value in (True, False)] == ["✓", ""]
    assert face_of(CATALOGUE["touchpoints"].column("name"), "", SESSION, UNICODE).text == "*"
    assert face_of(CATALOGUE["touchpoints"].column("feeling"), "", SESSION, UNICODE, hints=True).text == "One word."
