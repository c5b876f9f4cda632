"""Reads Markdown back with markdown-it-py into the same shape as `shape_of` gives a document, to compare the two."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cjworkshop.domain.text import clean_line, clean_text
from cjworkshop.exports.report import Block, Document, Grid, Heading, Item, Items, Paragraph, Quote

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(text: str) -> str:
    """A text as Markdown keeps it: without blank space at the ends of its lines."""
    return "\n".join(line.strip() for line in clean_text(text).strip().split("\n"))


def shape_of(document: Document) -> list[Any]:
    """The document as nested tuples of plain text."""
    return [_shape(block) for block in document.blocks]


def _shape(block: Block) -> Any:
    match block:
        case Heading(level, text):
            return ("heading", min(level, 6), clean_line(text))
        case Paragraph(text, note):
            return ("quote", plain(text)) if note else ("paragraph", plain(text))
        case Quote(text, source):
            return ("quote", plain(f"“{text}”"), *([f"— {clean_line(source)}"] if source else []))
        case Grid(headers, rows, _):
            return ("table", *(tuple(plain(cell) for cell in row) for row in (headers, *rows)))
        case Items(items):
            return ("list", *map(_item_shape, items))


def _item_shape(item: Item) -> Any:
    label = clean_line(item.label)
    text = plain(f"{label}: {item.text.strip()}" if label and item.text.strip() else label or item.text)
    return (text, *map(_item_shape, item.items))


def read_back(markdown: str) -> list[Any]:
    """What a reader of Markdown understands: the same shape."""
    return [_block(node) for node in SyntaxTreeNode(READER.parse(markdown)).children]


def _block(node: SyntaxTreeNode) -> Any:
    match node.type:
        case "heading":
            return ("heading", int(node.tag[1]), _text(node))
        case "paragraph":
            return ("paragraph", _text(node))
        case "blockquote":
            return ("quote", *map(_text, node.children))
        case "table":
            return ("table", *(tuple(map(_text, row.children)) for part in node.children for row in part.children))
        case "bullet_list":
            return ("list", *map(_list_item, node.children))
        case other:
            raise AssertionError(f"nobody wrote a {other}")


def _list_item(node: SyntaxTreeNode) -> Any:
    first, *rest = node.children
    nested = [_block(child) for child in rest]
    assert all(kind == "list" for kind, *_ in nested)
    return (_text(first), *(item for _, *items in nested for item in items))


def _text(node: SyntaxTreeNode) -> str:
    return "\n".join(line.strip() for line in _inline(node).strip().split("\n"))


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "text_special":
            return node.content
        case "hardbreak":
            return "\n"
        case "html_inline":
            assert node.content == "<br>"
            return "\n"
        case "inline" | "paragraph" | "heading" | "td" | "th" | "strong":
            return "".join(map(_inline, node.children))
        case other:
            raise AssertionError(f"nobody wrote a {other}: {node.content!r}")
