"""A document before it has a format: headings, paragraphs, lists, quotes and tables of plain text.

What stands in it is text as people typed it. Whoever writes a format out escapes it; nothing here knows any markup.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from cjworkshop.domain.kinds import Money, Percent
from cjworkshop.domain.names import row_name
from cjworkshop.domain.references import Ref
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.domain.columns import Column
    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Session
    from cjworkshop.method.template import Template


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; 1 is the document's own."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `note` marks a remark of the program's own, set apart from what people said."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a label, a text, or both, and a list under it."""

    label: str = ""
    text: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, and where that stands."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts. `numeric` says which columns line up at the right."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


Block: TypeAlias = Heading | Paragraph | Items | Quote | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What is written out."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A session as a document may show it: private columns only where `names` are asked for.

    `currency` is a sign or word for amounts of money; empty where none was chosen. `template` is what the session began
    from, where that is known.
    """

    session: Session
    names: bool = False
    currency: str = ""
    template: Template | None = None

    def columns(self, table: Table, rows: Iterable[Row]) -> tuple[Column, ...]:
        """The columns that may be shown and in which one of `rows` has something."""
        rows = tuple(rows)
        return tuple(
            column
            for column in table.columns
            if (self.names or not column.private) and any(not column.is_empty(row) for row in rows)
        )

    def text(self, row: Row, column: Column) -> str:
        """A cell as text; empty where nothing is filled in, but `no` for a flag."""
        return column.show(row, self.session)

    def short(self, row: Row, column: Column) -> str:
        """A cell as text for a table: of a reference only the code, where rows are looked up by code."""
        value = column.get(row)
        return self.session.short_label(value) if isinstance(column.kind, Ref) and value else self.text(row, column)

    def title(self, table: Table, row: Row) -> str:
        """What a row is called: its code and name."""
        return " ".join(filter(None, (row.code, row_name(table, row))))

    def beyond_title(self, table: Table, row: Row) -> tuple[Column, ...]:
        """The columns that `title` does not say already, or not in full."""
        return tuple(
            column
            for column in self.columns(table, [row])
            if column.name != table.named_by or self.text(row, column) != row_name(table, row)
        )

    def facts(self, row: Row, columns: Iterable[Column]) -> tuple[Item, ...]:
        """The filled ones of these columns as labelled items."""
        return tuple(
            Item(self.heading(column), self.text(row, column)) for column in columns if not column.is_empty(row)
        )

    def heading(self, column: Column) -> str:
        """A column's label, with its unit where that is not said already."""
        unit = "%" if isinstance(column.kind, Percent) else self.currency if isinstance(column.kind, Money) else ""
        return f"{column.label} {unit}" if unit and unit not in column.label else column.label


def listed(items: Iterable[Item]) -> list[Block]:
    """A list, or nothing where there is no entry."""
    entries = tuple(items)
    return [Items(entries)] if entries else []


def section(title: str, blocks: Iterable[Block], level: int = 2) -> list[Block]:
    """A part with its heading; nothing at all where it is empty."""
    inner = list(blocks)
    return [Heading(level, title), *inner] if inner else []


def deeper(blocks: Iterable[Block], by: int = 1) -> list[Block]:
    """The same with every heading moved down."""
    return [replace(block, level=block.level + by) if isinstance(block, Heading) else block for block in blocks]
