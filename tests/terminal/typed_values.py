"""What to type into a cell of each kind, and what must be in the file afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from cjworkshop.domain import kinds, references
from cjworkshop.method.steps import CATALOGUE

if TYPE_CHECKING:
    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Table


NUMBERS = {
    key: number
    for number, key in enumerate((table.name, column.name) for table in CATALOGUE.values() for column in table.columns)
}
"""A number for each column of each table."""


@dataclass(frozen=True)
class Row:
    """The row with this number (from 1) that the test typed into a table."""

    table: str
    number: int

    @property
    def called(self) -> str:
        """What is typed to mean it: its code, else its name."""
        table = CATALOGUE[self.table]
        if table.codes and not table.plain_name:
            return f"{table.codes}{self.number:0{table.digits}d}"
        return text_of(table, table.column(table.named_by), self.number)


@dataclass(frozen=True)
class Typed:
    """A text as it is typed, and the value as JSON holds it; a `Row` there stands for that row's id.

    `shown` is what no other column shows for its value; empty where others may show the same.
    """

    text: str
    value: Any
    shown: str = ""


def text_of(table: Table, column: Column, row: int) -> str:
    """Words that stand in one cell of the whole session only: `quote 083.1`."""
    return f"{column.name[:6].replace('_', ' ')} {NUMBERS[table.name, column.name]:03d}.{row}"


def typed(table: Table, column: Column, row: int, there: list[Row]) -> Typed | None:
    """What to type into this column of the row with this number.

    None where it refers to rows and none of those are `there`.
    """
    if isinstance(column.kind, kinds.Line):
        words = text_of(table, column, row)
        text = f"{words}\nmore" if column.kind.multiline else words
        return Typed(text, text, words)
    if isinstance(column.kind, references.Reference):
        fitting = [other for other in there if column.kind.may_point_into(other.table)]
        return of_reference(column.kind, fitting[0]) if fitting else None
    if isinstance(column.kind, kinds.Flag):
        return Typed("n" if column.default else "y", value=not column.default)
    return of_kind(column.kind, NUMBERS[table.name, column.name])


@singledispatch
def of_kind(kind: kinds.Kind[Any], number: int) -> Typed:
    """What to type into a cell of this kind in the column with this number, so that others have another value."""
    raise NotImplementedError(kind.name)


@of_kind.register
def _(kind: kinds.Number, number: int) -> Typed:
    value = number + 0.25 if kind.high is None else kind.high - 0.25
    return Typed(str(value).replace(".", ","), value, str(value))


@of_kind.register
def _(kind: kinds.Percent, number: int) -> Typed:
    value = number / 8 + 0.0625
    return Typed(f"{value}%", value, str(value))


@of_kind.register
def _(kind: kinds.Money, number: int) -> Typed:
    return Typed(f"$1,{number:03d}.50", 1000.5 + number, str(1000.5 + number))


@of_kind.register
def _(kind: kinds.Int, number: int) -> Typed:
    value = number + (10_000 if kind.high is None else 600)
    return Typed(str(value), value, str(value))


@of_kind.register
def _(kind: kinds.Rating, number: int) -> Typed:
    value = kind.scale[1] - 1
    return Typed(str(value), value)


@of_kind.register
def _(kind: kinds.Signed, number: int) -> Typed:
    return Typed("-2", -2)


@of_kind.register
def _(kind: kinds.Date, number: int) -> Typed:
    day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
    return Typed(f"{day.year}-{day.month}-{day.day}", day.isoformat(), day.isoformat())


@of_kind.register
def _(kind: kinds.Time, number: int) -> Typed:
    return Typed(f"9:{number % 60}", f"09:{number % 60:02d}", f"09:{number % 60:02d}")


@of_kind.register
def _(kind: kinds.Stamp, number: int) -> Typed:
    day = dt.date(2027, 1, 1) + dt.timedelta(days=number)
    return Typed(f"{day} 09:30", f"{day}T09:30:00+00:00", f"{day} 09:30")


@of_kind.register
def _(kind: kinds.Choice, number: int) -> Typed:
    last = kind.choices[-1]
    return Typed(last.replace("-", " "), last)


@of_kind.register
def _(kind: kinds.Tags, number: int) -> Typed:
    return Typed(f"walk-in, phone {number}", ["walk-in", f"phone {number}"], f"phone {number}")


@singledispatch
def of_reference(kind: references.Reference[Any], row: Row) -> Typed:
    """What to type to refer to this row."""
    raise NotImplementedError(kind.name)


@of_reference.register
def _(kind: references.Ref, row: Row) -> Typed:
    return Typed(row.called, row)


@of_reference.register
def _(kind: references.Refs, row: Row) -> Typed:
    return Typed(row.called, [row])
