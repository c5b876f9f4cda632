"""What is asked of an export."""

from __future__ import annotations

from cjworkshop.lazy import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """Whether private columns go in, the one table that is wanted (empty: all), and what stands for money."""

    names: bool = False
    table: str = ""
    currency: str = ""
