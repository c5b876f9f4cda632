"""A table that no workshop has, before and after somebody adds a column to it.

It shows that a new column is one line: what is saved with `BEFORE` loads with `AFTER`, and the column is everywhere.
"""

from __future__ import annotations

from cjworkshop.domain.columns import choice, line, number
from cjworkshop.domain.rows import Catalogue, Row, table


@table("gadgets", "Gadgets", noun="gadget", codes="G", invitation="No gadgets yet. Type what it is called.")
class Gadget(Row):
    """Something to touch."""

    name: str = line("Name", required=True)
    weight: float | None = number("Weight", 0)


@table("gadgets", "Gadgets", noun="gadget", codes="G", invitation="No gadgets yet. Type what it is called.")
class ColouredGadget(Row):
    """Something to touch, with one column more."""

    name: str = line("Name", required=True)
    weight: float | None = number("Weight", 0)
    colour: str = choice("Colour", "dark-red", "blue", default="blue", hint="As seen from the back row.")


BEFORE = Catalogue((Gadget,))
AFTER = Catalogue((ColouredGadget,))
