"""What is missing, in words short enough for the rail, and where to fill it in."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeAlias

from cjworkshop.analysis.memo import remembered
from cjworkshop.domain.text import counted
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: `2 touchpoints have no emotion`.

    `table`, `row_id` and `column_key` are the first cell to fill; `row_id` is "" where a new row is needed, and
    `column_key` "" where no one column is meant.
    """

    text: str
    table: str
    row_id: str = ""
    column_key: str = ""


Check: TypeAlias = "Callable[[Session], tuple[Missing, ...]]"
"""Looks at one condition and gives what is missing for it."""

Checks: TypeAlias = "Mapping[str, Check]"
"""The function of each condition, by its key."""


def reads(*row_types: type[Row]) -> Callable[[Callable[[Session], Iterable[Missing]]], Check]:
    """Make a check of a function that yields what is missing and reads only these tables.

    Every edit asks all steps how ready they are: a check whose tables stand as they did costs next to nothing.
    """

    def declare(find: Callable[[Session], Iterable[Missing]]) -> Check:
        return remembered(*row_types)(wraps(find)(lambda session: tuple(find(session))))

    return declare


def have_no(number: int, noun: str, nouns: str, what: str) -> str:
    """`1 moment has no verdict`, `2 moments have no verdict`."""
    return f"{counted(number, noun, nouns)} {'has' if number == 1 else 'have'} no {what}"


def lacking(rows: Sequence[Row], column_key: str, what: str = "", table: str = "") -> Iterator[Missing]:
    """`2 touchpoints have no emotion`, if there are such rows; the link goes to the first of them.

    `what` is the column's name in words unless it is given. With `table`, the link goes to a new row of that table.
    """
    if not rows:
        return
    own = rows[0].__table__
    text = have_no(len(rows), own.noun, own.nouns, what or column_key.replace("_", " "))
    yield Missing(text, table or own.name, "" if table else rows[0].id, column_key)


def none_yet(session: Session, *row_types: type[Row]) -> Iterator[Missing]:
    """`no touchpoints yet` for each of these tables that has no rows; the link goes to a new row."""
    for row_type in row_types:
        table = row_type.__table__
        if not session[table.name]:
            first = table.columns[0].name
            yield Missing(f"no {table.nouns} yet", table.name, column_key=first)


def unfilled(row: Row, words: Mapping[str, str]) -> Iterator[Missing]:
    """For each empty column of a record, its words: `{"sponsor": "no sponsor is named"}`."""
    table = row.__table__
    for name, text in words.items():
        if table.column(name).is_empty(row):
            yield Missing(text, table.name, row.id, name)
