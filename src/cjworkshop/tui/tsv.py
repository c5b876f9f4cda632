"""Cells as text with tabs, as spreadsheets copy and paste them."""

from __future__ import annotations

import re

from cjworkshop.domain.text import clean_text

Block = list[list[str]]
"""Rows of cells."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_BARE = re.compile(r"[^\t\n]*")


def write_tsv(block: Block) -> str:
    """Cells with tabs between them and a line for each row, quoted as Excel does where a cell has a tab or a newline.

    A single row has no newline at its end, so that a word can be pasted into any line.
    """
    lines = ["\t".join(map(_written, row)) for row in block]
    return lines[0] if len(lines) == 1 else "".join(f"{line}\n" for line in lines)


def _written(cell: str) -> str:
    if cell.startswith('"') or any(character in cell for character in "\t\n\r"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def read_tsv(text: str) -> Block:
    """The rows and cells of a pasted text, cleaned; at least one of each. Quotes that do not close are kept as text."""
    text = clean_text(text)
    text = text.removesuffix("\n")
    block: Block = [[]]
    position = 0
    while True:
        quoted = _QUOTED.match(text, position)
        bare = _BARE.match(text, position)
        if quoted:
            block[-1].append(quoted[1].replace('""', '"'))
            position = quoted.end()
        elif bare:
            block[-1].append(bare[0])
            position = bare.end()
        if position >= len(text):
            return block
        if text[position] == "\n":
            block.append([])
        position += 1
