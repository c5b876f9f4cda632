"""What is printed with rich: documents and tables as plain words, never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cjworkshop.domain.text import clean_text
from cjworkshop.exports.report import Block, Grid, Heading, Item, Items, Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType


def words(text: str, style: str = "") -> Text:
    """A text as it is, without anything that a terminal would obey."""
    return Text(clean_text(text).expandtabs(4), style=style)


def side_by_side(*parts: tuple[str, str]) -> Text:
    """Texts in one line, each (text, style)."""
    return Text.assemble(*(words(text, style) for text, style in parts))


def table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, ascii_only: bool, numeric: Sequence[bool] = ()
) -> Table:
    """A table of texts; columns that are empty throughout are left out."""
    rows = [tuple(row) for row in rows]
    kept = [index for index in range(len(headers)) if any(row[index] for row in rows)]
    made = Table(box=box.ASCII2 if ascii_only else box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index in kept:
        right = bool(numeric) and numeric[index]
        made.add_column(words(headers[index], "bold"), justify="right" if right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(words(row[index]) for index in kept))
    return made


def renderables(blocks: Iterable[Block], *, ascii_only: bool) -> Iterator[RenderableType]:
    """A document's blocks for a rich console."""
    for block in blocks:
        match block:
            case Heading(level, text):
                yield Text()
                yield words(text, "bold underline" if level <= 2 else "bold")
            case Paragraph(text, note):
                yield words(text, "italic" if note else "")
            case Quote(text, source):
                yield Padding(words(f"{text}\n{'--' if ascii_only else '—'} {source}"), (0, 0, 0, 2))
            case Grid(headers, rows, numeric):
                yield table(headers, rows, ascii_only=ascii_only, numeric=numeric)
            case Items(items):
                yield from _items(items, 0, "*" if ascii_only else "·")


def _items(items: Iterable[Item], indent: int, mark: str) -> Iterator[RenderableType]:
    for item in items:
        label = f"{item.label}: " if item.label and item.text else item.label
        line = side_by_side((f"{mark} ", ""), (label, "bold"), (item.text, ""))
        yield Padding(line, (0, 0, 0, indent))
        yield from _items(item.items, indent + 2, mark)
