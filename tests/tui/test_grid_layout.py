"""Where columns and rows of the grid stand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.tui.models import Head
from cjworkshop.tui.widgets.grid_cursor import Cursor
from cjworkshop.tui.widgets.grid_layout import PADDING, Columns, Viewport, column_widths

heads = st.lists(
    st.builds(Head, st.text("ab ", max_size=12), st.integers(1, 40), st.booleans(), st.booleans(), st.booleans()),
    min_size=1,
    max_size=8,
)


@given(heads, st.integers(1, 200))
def test_columns_fill_the_room_and_none_is_wider(columns: list[Head], room: int) -> None:
    widths = column_widths(columns, room)
    assert all(1 <= width <= max(room - PADDING, 1) for width in widths)
    asked = sum(max(head.width, *(min(len(word), 14) for word in [*head.label.split(), ""])) for head in columns)
    taken = sum(widths) + PADDING * len(widths)
    if asked + PADDING * len(columns) <= room:
        assert taken <= room
        spare = any(head.wraps and width < 64 for head, width in zip(columns, widths, strict=True))
        assert not spare or taken == room


@given(heads, st.integers(3, 120), st.data())
def test_every_column_can_be_brought_into_view(columns: list[Head], room: int, data: st.DataObject) -> None:
    placed = Columns(tuple(columns), (0,), room)
    for _ in range(4):
        index = data.draw(st.integers(0, len(columns) - 1))
        placed.reveal(index)
        found = placed.find(index)
        assert found is not None
        assert found.x + found.width <= room
        if placed.widths[index] + PADDING + placed.widths[0] + PADDING <= room:
            assert found.width == placed.widths[index] + PADDING
        xs = [(one.x, one.x + one.width) for one in placed.placed]
        assert all(a[1] == b[0] for a, b in pairwise(xs))


heights = st.lists(st.integers(1, 7), min_size=1, max_size=30)


@given(
    heights,
    st.integers(1, 12),
    st.lists(st.tuples(st.sampled_from(["reveal", "scroll"]), st.integers(-40, 40)), max_size=12),
)
def test_the_view_is_always_full_and_shows_what_it_is_asked_for(
    rows: list[int], height: int, acts: list[tuple[str, int]]
) -> None:
    rows = [min(row, height) for row in rows]
    view = Viewport(rows.__getitem__, len(rows), height)
    for act, number in acts:
        if act == "scroll":
            view.scroll(number)
        else:
            row = number % len(rows)
            view.reveal(row)
            assert [line for at, line in view.lines() if at == row] == list(range(rows[row]))
        lines = view.lines()
        whole = [(row, line) for row, tall in enumerate(rows) for line in range(tall)]
        begin = whole.index(lines[0])
        assert lines == whole[begin : begin + height]
        assert len(lines) == min(height, len(whole))


@given(heights, st.integers(1, 12))
def test_scrolling_reaches_both_ends(rows: list[int], height: int) -> None:
    view = Viewport(rows.__getitem__, len(rows), height)
    view.scroll(sum(rows) * 2)
    assert view.lines()[-1] == (len(rows) - 1, rows[-1] - 1)
    view.scroll(-sum(rows) * 2)
    assert view.lines()[0] == (0, 0)


def test_a_view_of_no_rows_stays_where_it_is() -> None:
    view = Viewport(lambda _: 1, 0, 10)
    assert not view.scroll(3)
    assert not view.reveal(0)
    assert view.lines() == []


def test_only_rows_near_the_view_are_measured() -> None:
    measured = []

    def height_of(row: int) -> int:
        measured.append(row)
        return 3

    view = Viewport(height_of, 100_000, 30)
    view.reveal(99_999)
    view.scroll(-5)
    view.reveal(0)
    assert len(set(measured)) < 100


def test_the_selection_lies_between_cursor_and_anchor() -> None:
    cursor = Cursor(2, 2, last=5)
    cursor.go(4, 1, extend=True)
    assert (cursor.area.rows, cursor.area.columns) == (range(2, 5), range(1, 3))
    assert (3, 2) in cursor.area
    cursor.go(4, 0, extend=True)
    assert cursor.whole_rows
    assert cursor.area.columns == range(1, 6)
    cursor.go(0, 3)
    assert not cursor.selecting
