"""Spreadsheets get every cell, and never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.session import Rows, Session
from cjworkshop.exports.csv import files, guarded, render, table_csv
from cjworkshop.exports.request import Request
from cjworkshop.method.employee_workshop import Stage
from cjworkshop.method.quantitative import Response
from cjworkshop.method.steps import CATALOGUE
from strategies import HOSTILE, filled, hostile_text, sessions
from throwaway import AFTER, ColouredGadget

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING = Request(names=True)


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_file_begins_with_a_mark_and_its_lines_end_as_spreadsheets_want() -> None:
    data = table_csv(filled(), "people", EVERYTHING)
    assert data.startswith(b"\xef\xbb\xbfcode,name,role,")
    assert data.endswith(b"\r\n")


@given(sessions(most=8))
def test_every_cell_reads_back_as_it_is_shown(session: Session) -> None:
    for name, data in files(session, EVERYTHING).items():
        table = "_meta" if name == "meta.csv" else name.removesuffix(".csv")
        columns = [
            column
            for column in session.columns(table)
            if not column.part or any(not column.is_empty(row) for row in session[table])
        ]
        header, *body = rows_of(data)
        assert len(header) == len(columns) + 1 + bool(CATALOGUE[table].codes)
        assert len(body) == len(session[table])
        for row, cells in zip(session[table], body, strict=True):
            offset = bool(CATALOGUE[table].codes)
            for column, cell in zip(columns, cells[offset:], strict=False):
                shown = column.show(row, session)
                assert cell in {shown, "'" + shown}
            assert cells[-1].removeprefix("'") == row.id


def cells_of(session: Session) -> Iterator[str]:
    for data in files(session, EVERYTHING).values():
        for row in rows_of(data):
            yield from row


def is_formula(cell: str) -> bool:
    if not cell.lstrip()[:1] or cell.lstrip()[0] not in "=+-@\t\r＝＋－＠":
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "＝1", HOSTILE])
def test_no_cell_of_a_session_is_a_formula(text: str) -> None:
    assert [cell for cell in cells_of(filled(text=text)) if is_formula(cell)] == []


@given(st.one_of(hostile_text(), st.text("=+-@\t\r \n1", max_size=5)))
def test_no_text_becomes_a_formula(text: str) -> None:
    assert not is_formula(guarded(text)) or text.strip().lstrip("+-").isdecimal()
    assert guarded(text).removeprefix("'") == text.removeprefix("'")


def test_numbers_stay_numbers() -> None:
    session = Session(
        CATALOGUE,
        {"people": Rows((CATALOGUE["people"].row_type(id="p", name="-2", support=-2, influence=4),))},  # type: ignore[call-arg]  # a person
    )
    header, row = rows_of(table_csv(session, "people", EVERYTHING))
    cells = dict(zip(header, row, strict=True))
    assert (cells["name"], cells["support"], cells["influence"]) == ("'-2", "-2", "4")


@pytest.mark.parametrize("names", [False, True])
def test_private_columns_are_there_only_with_names(names: bool) -> None:
    header = rows_of(table_csv(filled(), "people", Request(names=names)))[0]
    assert ("contact" in header) is names


def test_ratings_of_several_rows_are_a_column_each_named_as_people_call_them() -> None:
    stages = Rows(tuple(Stage(id=f"s{number}", order=number, name=f"Part {number}") for number in (1, 2, 3)))
    answer = Response(id="r", order=1, satisfaction=(("s1", 4), ("s3", 2)))
    session = Session(CATALOGUE, {"stages": stages, "responses": Rows((answer,))})
    header, row = rows_of(table_csv(session, "responses", Request()))
    cells = dict(zip(header, row, strict=True))
    assert {name: cells[name] for name in cells if ":" in name} == {
        "satisfaction: Part 1": "4",
        "satisfaction: Part 3": "2",
    }


def test_a_packed_file_has_each_table_that_has_rows() -> None:
    with zipfile.ZipFile(io.BytesIO(render(filled(), Request()))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(f"{name.lstrip('_')}.csv" for name in CATALOGUE)


def test_the_same_session_gives_the_same_bytes() -> None:
    assert render(filled(), Request()) == render(filled(), Request())


def test_an_empty_table_that_is_asked_for_has_a_header() -> None:
    header = "code,opportunity,pain,touchpoint,id"
    assert render(Session(CATALOGUE), Request(table="opportunities")).decode("utf-8-sig") == header + "\r\n"


def test_a_new_column_is_there_at_once() -> None:
    gadget = ColouredGadget(id="g", order=1, code="G01", name="Lamp", colour="blue")
    data = table_csv(Session(AFTER, {"gadgets": Rows((gadget,))}), "gadgets", EVERYTHING)
    assert rows_of(data) == [["code", "name", "weight", "colour", "id"], ["G01", "Lamp", "", "blue", "g"]]
