"""Models follow their session, whatever happens to it."""

from __future__ import annotations

from typing import Any

from grid_bench import NOW, TODAY, sample
from hypothesis import given, settings
from hypothesis import strategies as st

from cjworkshop.domain.commands import AddRows, DuplicateRows, MoveRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.session import Session
from cjworkshop.domain.workbook import Change, Workbook
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.models import FormModel, Sort, TableModel

ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add", "remove", "move", "edit", "copy", "undo", "redo", "filter", "sort", "begin", "drop"]
        ),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=25,
)


def tell(model: TableModel, book: Workbook, change: Change) -> None:
    model.follow(book.session, change)


def in_view(model: TableModel) -> list[str]:
    return [model.row_id(place) for place in range(len(model))]


def act(book: Workbook, model: TableModel, chosen: tuple[str, int, int], fresh: str) -> Any:
    what, number, other = chosen
    rows = book.session["touchpoints"]
    one = rows[number % len(rows)].id if rows else ""
    two = rows[other % len(rows)].id if rows else ""
    match what:
        case "add":
            return AddRows("touchpoints", (NewRow(fresh, {"name": f"Name {number}"}),), (two, None, "")[other % 3])
        case "remove":
            return RemoveRows("touchpoints", (one, two))
        case "move":
            return MoveRows("touchpoints", (one,), two if other and two != one else None)
        case "edit":
            return SetCells("touchpoints", ((one, "name", f"Other {other}"),))
        case "copy":
            return DuplicateRows("touchpoints", ((one, fresh),))
        case "undo":
            book.undo()
        case "redo":
            book.redo()
        case "filter":
            model.set_filter(("", "name", "other", "zzz")[number % 4])
        case "sort":
            model.set_sort((None, Sort(2), Sort(2, descending=True))[number % 3])
        case "begin":
            model.begin_row("pending", (two, None, "")[other % 3])
        case "drop":
            model.drop_row()
    return None


@settings(max_examples=150)
@given(ACTS)
def test_a_table_shows_its_rows_whatever_happens(acts: list[tuple[str, int, int]]) -> None:
    book = Workbook(sample(4), lambda: NOW)
    model = TableModel(book.session, "touchpoints", TODAY)
    book.subscribe(lambda change: tell(model, book, change))
    for number, chosen in enumerate(acts):
        command = act(book, model, chosen, f"n{number}")
        if command is not None:
            book.do(command)
        ids = in_view(model)
        assert [model.index(row_id) for row_id in ids] == list(range(len(ids)))
        stored = [row.id for row in book.session["touchpoints"]]
        assert set(ids) - {model.pending} <= set(stored)
        if not model.filter and model.sort is None:
            assert [row_id for row_id in ids if row_id != model.pending] == stored
        assert all(model.value(row_id, 2) is not None for row_id in ids)


def test_a_filter_finds_words_in_any_column_and_in_codes() -> None:
    model = TableModel(sample(10), "touchpoints", TODAY)
    model.set_filter("portal ARRIV")
    assert in_view(model) == ["t4"]
    model.set_filter("a03")
    assert in_view(model) == ["t2"]


def test_what_the_room_gave_a_row_stands_behind_its_code() -> None:
    book = Workbook(sample(4), lambda: NOW)
    given: dict[str, str] = {}
    model = TableModel(book.session, "touchpoints", TODAY, marks_of=lambda _: dict(given))
    narrow = model.heads[0].width
    assert [model.mark(row_id) for row_id in in_view(model)] == ["", "", "", ""]
    given["t1"] = " ●12"
    change = book.do(SetCells("stages", (("s0", "name", "x"),)))
    assert model.follow(book.session, change) is None
    assert [model.mark(row_id) for row_id in in_view(model)] == ["", " ●12", "", ""]
    assert model.heads[0].width == narrow + 4


def test_rows_that_look_different_are_named() -> None:
    book = Workbook(sample(4), lambda: NOW)
    model = TableModel(book.session, "touchpoints", TODAY)
    change = book.do(SetCells("touchpoints", (("t1", "name", "x"),)))
    assert model.follow(book.session, change) == frozenset({"t1"})
    change = book.do(SetCells("stages", (("s0", "name", "x"),)))
    assert model.follow(book.session, change) is None
    change = book.do(SetCells("pains", (("p0", "pain", "x"),)))
    assert model.follow(book.session, change) == frozenset()


def test_a_form_names_the_rows_that_changed() -> None:
    book = Workbook(Session(CATALOGUE), lambda: NOW)
    model = FormModel(book.session, "charter", TODAY, "c")
    assert model.address("client", 1) == ("c", "client")
    change = book.do(SetCells("charter", (("c", "client", "VA"),)))
    assert model.follow(book.session, change) == frozenset({"client"})
    assert model.value("client", 1) == "VA"
    assert model.cell_of("c", "client") == ("client", 1)
    assert model.cell_of("other", "client") is None
