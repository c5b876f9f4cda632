"""What the rows of a table are called, and which row a typed name means.

A label stands for one row of its table only, so that what a cell shows can be typed back into it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.domain.session import Rows

NAME_LENGTH = 60
"""Characters of a row's text that name it."""


def row_name(table: Table, row: Row, length: int = NAME_LENGTH) -> str:
    """What a row is called: the first line of its naming column, shortened to so many characters."""
    return clean_line(shorten(str(table.column(table.named_by).get(row)), length)) if table.named_by else ""


def clean_code(raw: str) -> str:
    """`raw` as a code: one word, without the signs that stand between codes in a list."""
    return raw if raw.isascii() and raw.isalnum() else re.sub(r"[\s;,]", "", clean_line(raw))


def free_codes(table: Table, taken: Iterable[str], wanted: Sequence[str]) -> list[str]:
    """A code for each of some rows: the one that it wants, unless an earlier row has it, else the next number.

    `taken` are the codes of other rows, in upper case. All are "" where the table has no codes.
    """
    if not table.codes:
        return [""] * len(wanted)
    used = set(taken)
    fresh = (f"{table.codes}{number:0{table.digits}d}" for number in count(len(used) + 1))
    given = [clean_code(code) for code in wanted]
    for index, code in enumerate(given):
        upper = code.upper()
        if upper in used:
            given[index] = ""
        used.add(upper)
    return [code or next(new for new in fresh if new.upper() not in used) for code in given]


def listed(label: str) -> str:
    """A label as it stands in a list, where semicolons part the labels. Two labels never differ in this alone."""
    return label.replace(";", ",")


class RowNames:
    """The labels of a table's rows as they stand now.

    Where rows have codes, a label is code and name. Stages are called by name alone as long as that is clear; rows
    without codes by name, and those that share one are numbered: `late`, `late (2)`.
    """

    def __init__(self, table: Table, rows: Rows) -> None:
        self.table = table
        self._rows = rows

    @property
    def _by_code(self) -> bool:
        return bool(self.table.codes) and not self.table.plain_name

    def label(self, row: Row) -> str:
        """The row's code and name for people."""
        return _coded(row, row_name(self.table, row)) if self._by_code else self._labels[row.id]

    def short(self, row: Row) -> str:
        """The row's code alone where codes are shown, else its label."""
        return row.code if self._by_code and row.code else self.label(row)

    def exactly(self, text: str) -> str:
        """The id of the row whose code or label `text` is; empty if there is none. Capitals count, but in codes."""
        code = text.split(maxsplit=1)[0].upper() if text.strip() else ""
        row = self._rows.get(self._rows.codes.get(code, ""))
        if row is not None and (text.upper() == code or listed(_coded(row, row_name(self.table, row))) == listed(text)):
            return row.id
        return "" if self._by_code else self._by_label.get(listed(text), "")

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Row id → label, where labels depend on the other rows."""
        names = {row.id: row_name(self.table, row) for row in self._rows}
        counts = Counter(listed(name) for name in names.values())
        if self.table.codes:
            codes = self._rows.codes
            clear = {
                name for name in names.values() if name and counts[listed(name)] == 1 and _first_word(name) not in codes
            }
            return {
                row.id: names[row.id] if names[row.id] in clear else _coded(row, names[row.id]) for row in self._rows
            }
        return self._numbered({row_id: name or f"({self.table.noun} without a name)" for row_id, name in names.items()})

    @staticmethod
    def _numbered(names: dict[str, str]) -> dict[str, str]:
        """Names with a number behind those that an earlier row has."""
        taken: set[str] = set()
        used: Counter[str] = Counter()
        labels = {}
        for row_id, name in names.items():
            label = name
            while listed(label) in taken:
                used[name] += 1
                label = f"{name} ({used[name] + 1})"
            taken.add(listed(label))
            labels[row_id] = label
        return labels

    @cached_property
    def _by_label(self) -> dict[str, str]:
        return {listed(label): row_id for row_id, label in self._labels.items()}


def _coded(row: Row, name: str) -> str:
    return f"{row.code} {name}".strip()


def _first_word(name: str) -> str:
    return name.split(maxsplit=1)[0].upper()
