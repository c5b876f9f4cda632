"""Bringing older session files up to date, in memory, by pure functions on their tables.

A new version of the file format is one more function at the end of `MIGRATIONS`: the first takes a file from version
1 to 2, the second from 2 to 3. They work on plain documents, so that they go on working when the row types change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.storage.documents import Tables


@dataclass(frozen=True)
class Migrations:
    """The way from every older version of the file format to this one."""

    steps: tuple[Callable[[Tables], Tables], ...] = ()

    @property
    def schema(self) -> int:
        """The version that this program writes."""
        return len(self.steps) + 1

    def apply(self, tables: Tables, schema: int, target: int | None = None) -> Tables:
        """`tables` of a file of version `schema` as one of version `target` would hold them (this one by default)."""
        for step in self.steps[schema - 1 : (target or self.schema) - 1]:
            tables = step(tables)
        return tables


MIGRATIONS = Migrations()
