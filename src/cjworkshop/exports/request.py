"""What is asked of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from cjworkshop.method.template import Template


@dataclass(frozen=True, slots=True)
class Request:
    """Whether private columns go in, the one table that is wanted (empty: all), and what stands for money.

    `template` is what the session began from, so that its words are not taken for the room's.
    """

    names: bool = False
    table: str = ""
    currency: str = ""
    template: Template | None = None
