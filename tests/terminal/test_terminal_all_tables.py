"""A session made and filled by keys alone: every column of every table of all steps, found again in every way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from program import SAVED, go_to, stock
from typed_values import Row, Typed, typed

from cjworkshop.domain.kinds import Line
from cjworkshop.domain.references import Scores
from cjworkshop.method.steps import CATALOGUE

if TYPE_CHECKING:
    from program import Program

    from cjworkshop.domain.rows import Table
    from terminal import Terminal

    Filled = dict[Row, dict[str, Typed]]
    """What was typed: by row and column."""

TABLES = tuple(CATALOGUE.values())
RATED = ("stages", "touchpoints")
"""What survey answers rate: a column each."""


def new_session(program: Program, size: tuple[int, int]) -> Terminal:
    """The program with a session that was made at home, without stages."""
    terminal = program.start(size=size)
    terminal.wait("Type to search")
    terminal.press("ctrl+n")
    terminal.wait("New session")
    terminal.type("Harbour authority")
    terminal.wait("Harbour authority")
    terminal.press("tab")
    terminal.wait_cursor_in("Journey")
    terminal.type("I get a berth")
    terminal.wait("I get a berth")
    terminal.press("tab", "tab", "end")
    terminal.wait("you name them")
    terminal.press("enter")
    terminal.wait("Harbour authority · I get a berth", SAVED)
    return terminal


def fill_row(terminal: Terminal, table: Table, number: int, there: list[Row]) -> dict[str, Typed]:
    """Type a row of a table, column by column, and say what was typed."""
    go_to(terminal, table.name)
    terminal.press("ctrl+home" if table.single else "ctrl+end")
    if not table.single:
        terminal.press("ctrl+n", "home")
    filled = {}
    for column in table.columns:
        if isinstance(column.kind, Scores):
            rated = [row for name in RATED for row in there if row.table == name]
            terminal.press(*[key for _ in rated for key in ("4", "tab")])
            filled[column.name] = Typed("", dict.fromkeys(rated, 4))
            continue
        entry = typed(table, column, number, there)
        if entry is not None:
            filled[column.name] = entry
            terminal.press(*("ctrl+j" if character == "\n" else character for character in entry.text))
        terminal.press("tab")
    return filled


def fill_all(terminal: Terminal) -> Filled:
    """A row in every table; a second one where there was nothing to refer to yet when the first was typed."""
    filled: Filled = {}
    for table in TABLES:
        row = Row(table.name, 1)
        filled[row] = fill_row(terminal, table, 1, list(filled))
    for table in TABLES:
        if len(filled[Row(table.name, 1)]) < len(table.columns):
            filled[Row(table.name, 2)] = fill_row(terminal, table, 2, list(filled))
    return filled


def found(records: dict[str, list[dict[str, Any]]], filled: Filled) -> dict[Row, dict[str, Any]]:
    """The records of the rows that were typed."""
    rows = {}
    for row, cells in filled.items():
        words = (name for name in cells if isinstance(CATALOGUE[row.table].column(name).kind, Line))
        name = next(words)
        value = cells[name].value
        (rows[row],) = (record for record in records[row.table] if record.get(name) == value)
    return rows


def expected(value: Any, ids: dict[Row, str]) -> Any:
    """A value with the ids of the rows that it refers to."""
    if isinstance(value, list):
        return [expected(one, ids) for one in value]
    if isinstance(value, dict):
        return {ids[row]: rating for row, rating in value.items()}
    return ids[value] if isinstance(value, Row) else value


LEFT_OUT = {("_meta", "template"), ("_meta", "created")} | {
    ("inbox", column) for column in ("text", "person", "dots", "due", "typed", "captured")
}
"""What the notes leave out: how the session was made, and notes that are sorted, as the one typed here is."""


def check_records(records: dict[str, list[dict[str, Any]]], filled: Filled) -> None:
    """Each value that was typed stands where it was typed."""
    rows = found(records, filled)
    ids = {row: record["id"] for row, record in rows.items()}
    wrong = {
        (row.table, row.number, name): (rows[row].get(name), expected(entry.value, ids))
        for row, cells in filled.items()
        for name, entry in cells.items()
        if rows[row].get(name) != expected(entry.value, ids)
    }
    assert wrong == {}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
def test_every_column_of_every_table_is_filled_by_keys_and_found_again(program: Program, size: tuple[int, int]) -> None:
    with new_session(program, size) as terminal:
        filled = fill_all(terminal)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert {(row.table, name) for row, cells in filled.items() for name in cells} == {
        (table.name, column.name) for table in TABLES for column in table.columns
    }
    (path,) = program.sessions.glob("*.json")
    check_records(stock(path), filled)
    check_records(program.shown(path.stem), filled)
    notes = program.run("export", path.stem, "-f", "md", "--names", "-o", "-").stdout.decode().replace("\\", "")
    told = {(row.table, name) for row, cells in filled.items() for name, entry in cells.items() if entry.shown in notes}
    everything = {(row.table, name) for row, cells in filled.items() for name in cells}
    assert everything - told == LEFT_OUT
