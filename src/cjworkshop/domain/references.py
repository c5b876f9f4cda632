"""The kinds of column that point at other rows.

A reference holds the other row's id, which never changes; people type and see its code or name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Generic, cast

from cjworkshop.domain.kinds import Context, Int, Json, Kind, Names, Rating, T
from cjworkshop.domain.names import listed
from cjworkshop.domain.text import clean_line, clean_text, quoted
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True)
class Reference(Kind[T], Generic[T]):
    """What every kind of reference can do: say where it points, and let go of rows that are removed."""

    tables: tuple[str, ...] = ()
    """The tables that it may point into; `*` is any."""

    def may_point_into(self, table: str) -> bool:
        """Whether a row of `table` can be referred to."""
        return table in self.tables or "*" in self.tables

    def targets(self, value: T) -> tuple[str, ...]:
        """The ids that `value` refers to."""
        raise NotImplementedError

    def without(self, value: T, gone: Callable[[str], bool]) -> T:
        """`value` without the references to rows that are `gone`."""
        raise NotImplementedError

    def description(self) -> str:
        """Where it points, in words."""
        return f"id of a row of {' or '.join(self.tables)}" if "*" not in self.tables else "id of a row of any table"

    def options(self, names: Names) -> list[tuple[str, str]]:
        """Each row that can be referred to: (code or name, name)."""
        return [(names.called(row_id, self.tables, short=True), label) for row_id, label in names.members(self.tables)]


@dataclass(frozen=True)
class Ref(Reference[str]):
    """A reference to one row of one table, or of one of several tables; empty where there is none."""

    name = "ref"
    width = 22

    @property
    def empty(self) -> str:
        """No reference."""
        return ""

    def parse(self, raw: str, context: Context) -> str:
        """A code, a name, or an unambiguous part of a name."""
        text = clean_line(raw)
        return context.names.identify(self.tables, text) if text else ""

    def show(self, value: str, names: Names) -> str:
        """Code and name."""
        return names.called(value, self.tables) if value else ""

    def load(self, data: Json) -> str:
        """An id, or empty."""
        if data is None:
            return ""
        if not isinstance(data, str):
            raise BadValue(f"{quoted(data)} is not the id of a row.")
        return clean_line(data)

    def schema(self) -> dict[str, Json]:
        """An id, or empty."""
        return {"type": "string", "description": self.description()}

    def targets(self, value: str) -> tuple[str, ...]:
        """The one id, if any."""
        return (value,) if value else ()

    def without(self, value: str, gone: Callable[[str], bool]) -> str:
        """Empty, if the row is gone."""
        return "" if value and gone(value) else value

    def help(self) -> str:
        """What it points at."""
        return "a code or part of a name"


@dataclass(frozen=True)
class Refs(Reference["tuple[str, ...]"]):
    """References to several rows of one table, or of several tables, in the order given."""

    name = "refs"
    width = 18

    @property
    def empty(self) -> tuple[str, ...]:
        """None."""
        return ()

    def parse(self, raw: str, context: Context) -> tuple[str, ...]:
        """Codes or names with semicolons or commas between them."""
        text = clean_text(raw).strip()
        if not text:
            return ()
        if not re.search(r"[;\n]", text) and "," in text:
            try:  # a name may have a comma in it
                return (context.names.identify(self.tables, clean_line(text)),)
            except BadValue:
                parts = text.split(",")
        else:
            parts = re.split(r"[;\n]", text)
        named = (clean_line(part) for part in parts)
        return tuple(dict.fromkeys(context.names.identify(self.tables, part) for part in named if part))

    def show(self, value: tuple[str, ...], names: Names) -> str:
        """Codes, or names where there are no codes, with semicolons."""
        return "; ".join(listed(names.called(row_id, self.tables, short=True)) for row_id in value)

    def dump(self, value: tuple[str, ...]) -> Json:
        """A list of ids."""
        return list(value)

    def load(self, data: Json) -> tuple[str, ...]:
        """A list of ids, or null."""
        if data is None:
            return ()
        if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
            raise BadValue(f"{quoted(data)} is not a list of ids.")
        return tuple(dict.fromkeys(filter(None, map(clean_line, data))))

    def schema(self) -> dict[str, Json]:
        """An array of ids."""
        items = {"type": "string", "description": self.description()}
        return {"type": "array", "items": items}

    def targets(self, value: tuple[str, ...]) -> tuple[str, ...]:
        """All of them."""
        return value

    def without(self, value: tuple[str, ...], gone: Callable[[str], bool]) -> tuple[str, ...]:
        """Those that are left."""
        return tuple(row_id for row_id in value if not gone(row_id))

    def help(self) -> str:
        """What it points at."""
        return "codes or names, with ; between them"


Ratings = tuple[tuple[str, int], ...]
"""(id of the rated row, rating) pairs, sorted by id."""


@cache
def _reader(low: int, high: int) -> Callable[[str, Json], tuple[str, int | None]]:
    """Reads (id, rating) pairs of records: one object for all who rated so, for there are many of them."""
    whole = Int(low, high)
    return lru_cache(1 << 16, typed=True)(lambda row_id, rating: (clean_line(row_id), whole.load(rating)))


@dataclass(frozen=True)
class Scores(Reference[Ratings]):
    """One rating for each row of some tables: the answers of one respondent.

    The grid shows a column for each rated row: see `Column.expand`.
    """

    scale: tuple[int, int] = (1, 5)
    name = "scores"
    width = 9

    @property
    def empty(self) -> Ratings:
        """No ratings."""
        return ()

    @property
    def part(self) -> Rating:
        """The kind of one rating."""
        return Rating(*self.scale)

    def with_part(self, value: Ratings, row_id: str, rating: int | None) -> Ratings:
        """`value` with the rating of one row set, or taken away where it is None."""
        ratings = dict(value)
        ratings.pop(row_id, None)
        if rating is not None:
            ratings[row_id] = rating
        return tuple(sorted(ratings.items()))

    def parse(self, raw: str, context: Context) -> Ratings:
        """`Check-in 4; Wait 2`: a code or name, then its rating."""
        ratings: dict[str, int] = {}
        for part in filter(None, map(clean_line, re.split(r"[;\n]", clean_text(raw)))):
            name, _, digits = part.rpartition("=" if "=" in part.split()[-1] else " ")
            rating = self.part.parse(digits, context)
            if not name or rating is None:
                raise BadValue(f"{quoted(part)} is not a name and a rating.", "Type it as: Check-in 4; Wait 2")
            ratings[self._rated(name.strip(), context.names)] = rating
        return tuple(sorted(ratings.items()))

    def _rated(self, name: str, names: Names) -> str:
        """The id of the row that a name in front of a rating means: a name may end in `=` too."""
        try:
            return names.identify(self.tables, name)
        except BadValue:
            if not name.endswith("="):
                raise
            return names.identify(self.tables, name.removesuffix("=").rstrip())

    def show(self, value: Ratings, names: Names) -> str:
        """`Check-in 4; Wait 2`."""
        labels = ((listed(names.called(row_id, self.tables, short=True)), rating) for row_id, rating in value)
        return "; ".join(f"{label} {rating}" for label, rating in labels)

    def dump(self, value: Ratings) -> Json:
        """An object from id to rating."""
        return dict(value)

    def load(self, data: Json) -> Ratings:
        """An object from id to rating, or null."""
        if data is None:
            return ()
        if not isinstance(data, dict):
            raise BadValue(f"{quoted(data)} is not an object of ratings.")
        try:
            pairs = map(_reader(*self.scale), map(str, data), data.values())
            ratings = {pair[0]: pair for pair in pairs if pair[1] is not None}
        except TypeError:  # a list or an object in place of a number cannot be looked up
            raise BadValue(f"{quoted(data)} holds something else than ratings.") from None
        return tuple(sorted(cast("Iterable[tuple[str, int]]", ratings.values())))

    def schema(self) -> dict[str, Json]:
        """An object from id to rating."""
        low, high = self.scale
        return {
            "type": "object",
            "description": f"rating by {self.description()}",
            "additionalProperties": {"type": "integer", "minimum": low, "maximum": high},
        }

    def targets(self, value: Ratings) -> tuple[str, ...]:
        """The rated rows."""
        return tuple([row_id for row_id, _ in value])

    def without(self, value: Ratings, gone: Callable[[str], bool]) -> Ratings:
        """The ratings of the rows that are left."""
        return tuple((row_id, rating) for row_id, rating in value if not gone(row_id))

    def options(self, names: Names) -> list[tuple[str, str]]:
        """No list: a rating follows each name."""
        del names
        return []

    def help(self) -> str:
        """The form."""
        return "a name and its rating, with ; between them"
