"""The kinds of column: each holds all behaviour of its type.

A kind reads what is typed (`parse`), shows it (`show`, and `parse(show(v)) == v`), writes and reads JSON (`dump`,
`load`) and describes it (`schema`). Kinds that refer to other rows are in `domain.references`.
"""

from cjworkshop.domain.kinds.base import Context, Json, Kind, Names, T
from cjworkshop.domain.kinds.choices import Choice, Flag, Tags
from cjworkshop.domain.kinds.moments import Date, Stamp, Time
from cjworkshop.domain.kinds.numbers import Int, Money, Number, Percent, Rating, Signed
from cjworkshop.domain.kinds.texts import Line, Prose

__all__ = [
    "Choice", "Context", "Date", "Flag", "Int", "Json", "Kind", "Line", "Money", "Names", "Number", "Percent",
    "Prose", "Rating", "Signed", "Stamp", "T", "Tags", "Time",
]  # fmt: skip
