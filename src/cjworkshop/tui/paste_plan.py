"""What a paste would do, worked out before anything changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pasted text that its column refuses. `row` and `column` are as people see them."""

    row: str
    column: str
    text: str
    reason: str


@dataclass(frozen=True)
class PastePlan:
    """The cells that a paste would fill and the rows that it would add."""

    table: str
    cells: tuple[tuple[str, str, Any], ...] = ()
    refusals: tuple[Refusal, ...] = ()
