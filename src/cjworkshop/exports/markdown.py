"""Markdown of a document: CommonMark with tables, readable as plain text and rendered.

Whatever people typed comes out as text: nothing in it is taken for markup, HTML or a link of its own making.
"""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line, clean_text
from cjworkshop.exports.layout import LONG_CELL, width
from cjworkshop.exports.notes import notes, table_blocks
from cjworkshop.exports.report import Block, Document, Grid, Heading, Item, Items, Paragraph, Quote, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.domain.session import Session
    from cjworkshop.exports.request import Request

_MARKUP = re.compile(r"[\\`*\[\]~|]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=[#\w])")
_LEADING = re.compile(r"^(?=[#>+=-])")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)])")
_BREAK = "\\"


def render(session: Session, request: Request) -> bytes:
    """The notes of a session, or one table of it, in UTF-8."""
    view = View(session, request.names, request.currency, request.template)
    if request.table:
        title = session.catalogue[request.table].title
        document = Document((Heading(1, title), *table_blocks(view, request.table)))
    else:
        document = notes(view)
    return written(document).encode()


def written(document: Document) -> str:
    """The document as Markdown text, ending in a newline."""
    return "\n\n".join("\n".join(lines_of(block)) for block in document.blocks) + "\n"


def escaped(text: str) -> str:
    """One line of text so that no reader of Markdown finds markup or HTML in it, but for what a line may begin with."""
    text = _MARKUP.sub(r"\\\g<0>", clean_text(text))
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;")


def line(text: str) -> str:
    """`escaped`, fit to stand at the beginning of a line."""
    text = _NUMBERED.sub(r"\1\\", escaped(text).strip())
    return _LEADING.sub(r"\\", text)


def _paragraph(text: str, first: str = "", rest: str = "") -> list[str]:
    """Text of several lines with a hard break after each but the last; `first` and `rest` stand before the lines."""
    parts = [line(part) for part in clean_text(text).strip().split("\n")]
    return _broken([first + parts[0], *(rest + part for part in parts[1:])])


def _broken(lines: list[str]) -> list[str]:
    return [*(part + _BREAK for part in lines[:-1]), lines[-1]]


@singledispatch
def lines_of(block: Block) -> list[str]:
    """The lines of one block."""
    raise TypeError(block)


@lines_of.register
def _(block: Heading) -> list[str]:
    return ["#" * min(block.level, 6) + " " + line(clean_line(block.text))]


@lines_of.register
def _(block: Paragraph) -> list[str]:
    return _paragraph(block.text, "> ", "> ") if block.note else _paragraph(block.text)


@lines_of.register
def _(block: Quote) -> list[str]:
    said = _paragraph(f"“{block.text}”", "> ", "> ")
    return [*said, ">", f"> — {escaped(clean_line(block.source))}"] if block.source else said


@lines_of.register
def _(block: Items) -> list[str]:
    return list(_items(block.items, ""))


def _items(items: Iterable[Item], indent: str) -> Iterable[str]:
    for item in items:
        label = f"**{escaped(clean_line(item.label))}**" if item.label.strip() else ""
        first, *more = clean_text(item.text).strip().split("\n")
        first = f"{label}: {escaped(first)}" if label and first else label or line(first)
        yield from _broken([f"{indent}- {first}", *(f"{indent}  {line(part)}" for part in more)])
        yield from _items(item.items, indent + "  ")


@lines_of.register
def _(block: Grid) -> list[str]:
    rows = [[_cell(text) for text in row] for row in (block.headers, *block.rows)]
    widths = [min(max(3, *(width(row[index]) for row in rows)), LONG_CELL) for index in range(len(block.headers))]
    header, *body = (_row(row, widths, block.numeric) for row in rows)
    rule = "| " + " | ".join(
        "-" * (wide - 1) + (":" if right else "-") for wide, right in zip(widths, block.numeric, strict=True)
    )
    return [header, rule + " |", *body]


def _cell(text: str) -> str:
    return "<br>".join(escaped(part).strip() for part in clean_text(text).strip().split("\n"))


def _row(cells: list[str], widths: list[int], numeric: tuple[bool, ...]) -> str:
    filled = []
    for text, wide, right in zip(cells, widths, numeric, strict=True):
        space = " " * (wide - width(text))
        filled.append(space + text if right else text + space)
    return "| " + " | ".join(filled) + " |"
