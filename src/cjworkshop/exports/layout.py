"""How rows are laid out on a page: a table of what is short, and a list under it of what is not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from cjworkshop.exports.report import Block, Grid, Item, Paragraph, View, listed, section
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row, Table

PAGE = 120
"""Characters that a table may be wide, where nothing else is said, before other columns go into a list under it."""

LONG_CELL = 44
"""Characters from which on a text reads better in a list than in a table cell."""

_BETWEEN = 3
"""Characters between two columns."""


def width(text: str) -> int:
    """How many character cells a text takes where it is read as plain text; of several lines, the widest."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(
        sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in part)
        for part in text.split("\n")
    )


@dataclass(frozen=True, slots=True)
class Extra:
    """A column of a page's table: one of the session's, or one worked out from the row."""

    label: str
    text: Callable[[Row], str]
    numeric: bool = False

    def needs(self, rows: Iterable[Row]) -> int:
        """How many characters of the page it takes."""
        return max(width(self.label), *(width(self.text(row)) for row in rows)) + _BETWEEN


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table of the session is shown.

    `first` are the columns that get a place in the table before others, `without` those that the reader knows from
    elsewhere; `extras` stand behind the table's own columns; `under` gives more for a row's entry in the list. `page`
    is how many characters wide the table may be.
    """

    first: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    under: Callable[[Row], tuple[Item, ...]] = lambda _: ()
    page: int = PAGE


PLAIN = Layout()
"""All columns, and nothing more."""


def unweighted(table: Table, rows: Sequence[Row]) -> tuple[str, ...]:
    """The table's weights that are in all rows as they were: nobody gave them, so that they say nothing."""
    return tuple(
        column.name
        for column in table.columns
        if column.name.startswith("weight") and all(column.get(row) == column.default for row in rows)
    )


def rows_blocks(view: View, table: Table, rows: Sequence[Row], layout: Layout = PLAIN) -> list[Block]:
    """Rows as a table and a list under it. Every filled value of the columns that are not `without` is in one of them."""
    if not rows:
        return []
    columns = [column for column in view.columns(table, rows) if column.name not in layout.without]
    extras = [extra for extra in layout.extras if any(map(extra.text, rows))]
    sheet = {
        column.name: Extra(view.heading(column), partial(_cell, view, column), column.kind.numeric)
        for column in columns
    }
    inside = _fitting(table, rows, sheet, layout.first, layout.page - sum(extra.needs(rows) for extra in extras))
    code = [Extra("Code", lambda row: row.code)] if any(row.code for row in rows) else []
    shown = [*code, *(cell for name, cell in sheet.items() if name in inside), *extras]
    grid = Grid(
        tuple(cell.label for cell in shown),
        tuple(tuple(cell.text(row) for cell in shown) for row in rows),
        tuple(cell.numeric for cell in shown),
    )
    below = [column for column in columns if column.name not in inside]
    details = (_detail(view, table, row, below, layout.under(row)) for row in rows)
    return [*([grid] if shown else []), *listed(filter(None, details))]


def _cell(view: View, column: Column, row: Row) -> str:
    return view.short(row, column)


def _fitting(table: Table, rows: Sequence[Row], sheet: dict[str, Extra], first: Collection[str], room: int) -> set[str]:
    """The names of the columns that go into the table: the one that names a row, those wanted, then narrow ones."""
    needed = {name: cell.needs(rows) for name, cell in sheet.items()}
    inside = {table.named_by}
    room -= min(needed.get(table.named_by, 0), LONG_CELL)
    for name in sorted(needed, key=lambda name: (name not in first, needed[name])):
        if name not in inside and needed[name] <= min(LONG_CELL, room):
            inside.add(name)
            room -= needed[name]
    return inside


def _detail(view: View, table: Table, row: Row, columns: Iterable[Column], more: tuple[Item, ...]) -> Item | None:
    """A row's entry in the list: its short facts in one line, the long ones under it; None without any."""
    facts = view.facts(row, columns)
    if not facts and not more:
        return None
    short = [fact for fact in facts if "\n" not in fact.text and (len(facts) == 1 or width(fact.text) <= LONG_CELL)]
    text = " · ".join(f"{fact.label}: {fact.text}" for fact in short)
    return Item(view.title(table, row) or table.noun, text, (*(fact for fact in facts if fact not in short), *more))


def cards(view: View, table: Table, rows: Iterable[Row], titled_by: str) -> list[Block]:
    """Each row under a heading of its own, which is what the column `titled_by` says; before them those without more."""
    blocks: list[Block] = []
    bare = []
    for row in rows:
        title = view.text(row, table.column(titled_by)) or table.noun.capitalize()
        columns = (column for column in view.columns(table, [row]) if column.name != titled_by)
        facts = view.facts(row, columns)
        bare += [] if facts else [title]
        blocks += section(title, listed(facts), 3)
    return [*([Paragraph(f"Nothing noted yet: {', '.join(bare)}.", note=True)] if bare else []), *blocks]
