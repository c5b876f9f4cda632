"""A column that is added to a table is one line, and the grid has it: head, value, editor, paste, filter."""

from __future__ import annotations

import datetime as dt

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.tui.models import TableModel
from cjworkshop.tui.widgets.entries import Entry
from throwaway import AFTER, BEFORE


def model_of(catalogue: object) -> TableModel:
    session = Session(catalogue)  # type: ignore[arg-type]
    rows = (NewRow("g1", {"name": "Lever"}), NewRow("g2", {"name": "Wheel"}))
    return TableModel(session.edited(AddRows("gadgets", rows).edits(session)), "gadgets", dt.date(2026, 3, 31))


def test_its_head_and_its_default_are_in_the_grid() -> None:
    before, after = model_of(BEFORE), model_of(AFTER)
    assert [head.label for head in after.heads] == [*(head.label for head in before.heads), "Colour"]
    assert after.value("g1", len(after.heads) - 1) == "blue"


def test_its_editor_offers_its_choices() -> None:
    model = model_of(AFTER)
    column = model.column("g1", len(model.heads) - 1)
    assert column is not None
    entry = Entry(column, "blue", model.context, "dark")
    assert entry.picker is not None
    assert entry.value() == "dark-red"
    assert "back row" in column.help()


def test_the_view_is_filtered_by_it() -> None:
    model = model_of(AFTER)
    model.set_filter("blue")
    assert len(model) == 2
    model.set_filter("dark red")
    assert len(model) == 0
