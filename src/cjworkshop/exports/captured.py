"""What was captured in a line and is no column of the row that the line became, such as the dots of a pain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.exports.report import Item
from cjworkshop.facilitation.inbox import said_beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.rows import Row, Table
    from cjworkshop.exports.report import View


def captured(view: View, table: Table) -> Callable[[Row], tuple[Item, ...]]:
    """Gives for a row of this table what its note says beside it, as one item; mostly nothing."""
    beside = said_beside(table.name, view.session)
    return lambda row: (Item("Captured with it", ", ".join(beside[row.id])),) if row.id in beside else ()
