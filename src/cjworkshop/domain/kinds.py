"""The kinds of column: each holds all behaviour of its type.

A kind reads what is typed (`parse`), shows it (`show`, and `parse(show(v)) == v`), writes and reads JSON (`dump`,
`load`) and describes it (`schema`). Kinds that refer to other rows are in `references`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from cjworkshop.domain.dates import parse_date
from cjworkshop.domain.text import clean_line, clean_text, quoted
from cjworkshop.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = Any
"""Anything that `json.loads` gives: it is only ever looked at by `load`."""

T = TypeVar("T")


class Names(Protocol):
    """What a kind may ask of the session that its cell stands in."""

    def label(self, row_id: str) -> str:
        """The row's code and name for people; empty if there is no such row."""
        ...

    def short_label(self, row_id: str) -> str:
        """The row's code alone where its table has codes, else its name."""
        ...

    def called(self, row_id: str, tables: tuple[str, ...], *, short: bool = False) -> str:
        """The label (or the short one) that `identify` reads back as this row of `tables`; empty if there is none."""
        ...

    def identify(self, tables: tuple[str, ...], text: str) -> str:
        """The id of the one row that `text` means; raises BadValue where there is none or more than one."""
        ...

    def members(self, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """(id, label) of each row of these tables, in order."""
        ...

    def exists(self, tables: tuple[str, ...], row_id: str) -> bool:
        """Whether one of these tables has that row."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a typed text may depend on: the session's names, and what day it is."""

    names: Names
    today: dt.date


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of column. `T` is the type of a filled value; `empty` is what a cleared cell holds."""

    name: ClassVar[str]
    numeric: ClassVar[bool] = False
    """Whether values line up at the right."""
    multiline: ClassVar[bool] = False
    """Whether a value may have several lines."""
    width: ClassVar[int] = 12
    """Screen cells that a column of this kind gets unless it says otherwise."""

    @property
    def empty(self) -> Any:
        """The value of a cleared cell."""
        return None

    def parse(self, raw: str, context: Context) -> T:
        """The value that `raw` means; an empty text clears. Raises BadValue with what to type instead."""
        raise NotImplementedError

    def show(self, value: T, names: Names) -> str:
        """The text for people, which `parse` reads back as the same value."""
        del names
        return "" if value == self.empty else str(value)

    def dump(self, value: T) -> Json:
        """The value as JSON."""
        return value

    def load(self, data: Json) -> T:
        """The value from JSON. Raises BadValue where it does not fit."""
        raise NotImplementedError

    def schema(self) -> dict[str, Json]:
        """JSON Schema of a dumped value."""
        raise NotImplementedError

    def options(self, names: Names) -> list[tuple[str, str]]:
        """(what is typed, what it means) where the kind has a closed list; else an empty list."""
        del names
        return []

    def help(self) -> str:
        """What may be typed, in a few words."""
        return ""


def _loaded_text(data: Json) -> str:
    if data is None:
        return ""
    if not isinstance(data, str):
        raise BadValue(f"{quoted(data)} is not a text.")
    return data


@dataclass(frozen=True)
class Line(Kind[str]):
    """One line of text."""

    name = "line"
    width = 20

    @property
    def empty(self) -> str:
        """No text."""
        return ""

    def parse(self, raw: str, context: Context) -> str:
        """Any text, on one line."""
        del context
        return clean_line(raw)

    def load(self, data: Json) -> str:
        """A JSON string, or null."""
        return clean_line(_loaded_text(data))

    def schema(self) -> dict[str, Json]:
        """A string."""
        return {"type": "string"}


@dataclass(frozen=True)
class Prose(Line):
    """Text that wraps and may have several lines."""

    name = "prose"
    multiline = True
    width = 30

    def parse(self, raw: str, context: Context) -> str:
        """Any text; blank space at its ends goes."""
        del context
        return clean_text(raw).strip()

    def load(self, data: Json) -> str:
        """A JSON string, or null."""
        return clean_text(_loaded_text(data)).strip()

    def help(self) -> str:
        """How to get a second line."""
        return "Ctrl+J starts a new line"


_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ '\u00a0\u202f]\d{3})+(?![^.,])")
_GROUPED = {
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?"),
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?"),
}
"""Whole thousands parted by a sign, and behind them a fraction, if any, parted by the other sign."""
_LARGEST = 10**15


def _read_number(raw: str, *, comma_groups: bool) -> float:
    """The number in `raw`: `3.5`, `3,5`, `1 200`, `1,234.5`, `1.234,5`, `1,234,567`.

    `comma_groups` says that `1,234` means 1234; otherwise it can be read two ways and is refused.
    """
    text = clean_line(raw).replace("−", "-").strip("$€£¥ %")
    if spaced := _SPACED.match(text):
        text = re.sub(r"[^\d+-]", "", spaced[0]) + text[spaced.end() :]
    number = float(_with_point(text, comma_groups=comma_groups))
    if abs(number) > _LARGEST:
        raise BadValue(f"{quoted(raw)} is too large.", "Numbers go up to 1,000,000,000,000,000.")
    return number


def _with_point(text: str, *, comma_groups: bool) -> str:
    """The digits of a number as Python writes it. Raises BadValue where they are none, or can be read two ways."""
    commas, points = text.count(","), text.count(".")
    if _GROUPED[","].fullmatch(text) and (commas > 1 or points or comma_groups):
        plain = text.replace(",", "")
    elif _GROUPED["."].fullmatch(text) and (points > 1 or commas):
        plain = text.replace(".", "").replace(",", ".")
    elif _GROUPED[","].fullmatch(text):
        choices = f"Type {text.replace(',', '')} or {text.replace(',', '.')}."
        raise BadValue(f"{text} can be read two ways.", choices)
    else:
        plain = text if points else text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", plain, re.IGNORECASE | re.ASCII):
        raise BadValue(f"{quoted(text)} is not a number.", "Type digits, such as 12 or 3.5.")
    return plain


def _plain(number: float) -> str:
    """The shortest text that reads back as the same number, without an exponent."""
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


@dataclass(frozen=True)
class Number(Kind["float | None"]):
    """A number, within limits where there are any."""

    low: float | None = None
    high: float | None = None
    name = "number"
    numeric = True
    width = 9

    def parse(self, raw: str, context: Context) -> float | None:
        """Digits with a decimal point or comma."""
        del context
        return self.within(_read_number(raw, comma_groups=False)) if raw.strip() else None

    def within(self, number: float) -> float:
        """`number`, if it is inside the limits; else BadValue names them."""
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise BadValue(f"{_plain(number)} is not {self.limits()}.", "Type a number in that range.")
        return number

    def limits(self) -> str:
        """The range in words."""
        low, high = self.low, self.high
        if low is not None and high is not None:
            return f"between {_plain(low)} and {_plain(high)}"
        if low is not None:
            return f"{_plain(low)} or more"
        return f"{_plain(high)} or less" if high is not None else "a number"

    def show(self, value: float | None, names: Names) -> str:
        """Digits, without a trailing `.0`."""
        del names
        return "" if value is None else _plain(value)

    def dump(self, value: float | None) -> Json:
        """A JSON number, without a fraction where there is none, or null."""
        return int(value) if value is not None and value == int(value) else value

    def load(self, data: Json) -> float | None:
        """A JSON number or null."""
        if data is None:
            return None
        if isinstance(data, bool) or not isinstance(data, int | float):
            raise BadValue(f"{quoted(data)} is not a number.")
        if not -_LARGEST <= data <= _LARGEST:  # so put that it refuses NaN too
            raise BadValue(f"{quoted(data)} is not a number up to 10^15.")
        return self.within(float(data))

    def schema(self) -> dict[str, Json]:
        """A number with its limits, or null."""
        limits: dict[str, Json] = {"type": ["number", "null"]}
        if self.low is not None:
            limits["minimum"] = self.low
        if self.high is not None:
            limits["maximum"] = self.high
        return limits

    def help(self) -> str:
        """The range."""
        return self.limits()


@dataclass(frozen=True)
class Percent(Number):
    """A share from 0 to 100."""

    low: float | None = 0
    high: float | None = 100
    name = "percent"
    width = 7


@dataclass(frozen=True)
class Money(Number):
    """An amount; the currency is a setting, the same for a whole session."""

    name = "money"
    width = 10

    def parse(self, raw: str, context: Context) -> float | None:
        """Digits; `$1,200` means 1200."""
        del context
        return self.within(_read_number(raw, comma_groups=True)) if raw.strip() else None


@dataclass(frozen=True)
class Int(Kind["int | None"]):
    """A whole number, within limits where there are any."""

    low: int | None = None
    high: int | None = None
    name = "int"
    numeric = True
    width = 9

    def parse(self, raw: str, context: Context) -> int | None:
        """Digits, no fraction."""
        del context
        if not raw.strip():
            return None
        number = _read_number(raw, comma_groups=True)
        if number != int(number):
            raise BadValue(f"{quoted(raw)} is not a whole number.", f"Type {self.limits()}.")
        return self.within(int(number))

    def within(self, number: int) -> int:
        """`number`, if it is inside the limits; else BadValue names them."""
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise BadValue(f"{number} is not {self.limits()}.", "Type a whole number in that range.")
        return number

    def limits(self) -> str:
        """The range in words."""
        if self.low is not None and self.high is not None:
            return f"between {self.low} and {self.high}"
        if self.low is not None:
            return f"{self.low} or more"
        return f"{self.high} or less" if self.high is not None else "a whole number"

    def load(self, data: Json) -> int | None:
        """A JSON integer (3.0 counts) or null."""
        if data is None:
            return None
        number = Number().load(data)
        if number is None or number != int(number):
            raise BadValue(f"{quoted(data)} is not a whole number.")
        return self.within(int(number))

    def schema(self) -> dict[str, Json]:
        """An integer with its limits, or null."""
        limits: dict[str, Json] = {"type": ["integer", "null"]}
        if self.low is not None:
            limits["minimum"] = self.low
        if self.high is not None:
            limits["maximum"] = self.high
        return limits

    def help(self) -> str:
        """The range."""
        return self.limits()


@dataclass(frozen=True)
class Rating(Int):
    """A whole number on a short scale, drawn as a bar."""

    low: int | None = 1
    high: int | None = 5
    name = "rating"
    width = 9

    @property
    def scale(self) -> tuple[int, int]:
        """The lowest and the highest rating."""
        return self.low or 0, self.high or 0

    @property
    def one_key(self) -> bool:
        """Whether one digit is a whole answer: on 1–5 and 1–7, but not on 0–10."""
        return self.scale[0] >= 1 and self.scale[1] <= 7


@dataclass(frozen=True)
class Signed(Int):
    """−2 … +2, shown with its sign."""

    low: int | None = -2
    high: int | None = 2
    name = "signed"
    width = 9

    def show(self, value: int | None, names: Names) -> str:
        """`+1`, `0`, `-2`."""
        del names
        return "" if value is None else f"{value:+d}" if value else "0"


@dataclass(frozen=True)
class Date(Kind["dt.date | None"]):
    """A day."""

    name = "date"
    width = 10

    def parse(self, raw: str, context: Context) -> dt.date | None:
        """ISO (2026-03-31), a weekday (`fri`), `today`, `tomorrow`, or a distance (`+2w`, `-3d`)."""
        return parse_date(raw, context.today) if raw.strip() else None

    def show(self, value: dt.date | None, names: Names) -> str:
        """ISO."""
        del names
        return "" if value is None else value.isoformat()

    def dump(self, value: dt.date | None) -> Json:
        """An ISO string or null."""
        return None if value is None else value.isoformat()

    def load(self, data: Json) -> dt.date | None:
        """An ISO string or null."""
        if data is None:
            return None
        try:
            return dt.date.fromisoformat(data)
        except (TypeError, ValueError):
            raise BadValue(f"{quoted(data)} is not a date.") from None

    def schema(self) -> dict[str, Json]:
        """An ISO date or null."""
        return {"type": ["string", "null"], "format": "date"}

    def help(self) -> str:
        """The forms."""
        return "2026-03-31, fri, tomorrow, +2w"


@dataclass(frozen=True)
class Time(Kind["dt.time | None"]):
    """A time of day, to the minute."""

    name = "time"
    width = 6

    def parse(self, raw: str, context: Context) -> dt.time | None:
        """`9`, `9:30`, `0930`, `15.30`."""
        del context
        text = clean_line(raw)
        if not text:
            return None
        match = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?", text, re.ASCII)
        try:
            return dt.time(int(match[1]), int(match[2] or 0)) if match else _to_minute(dt.time.fromisoformat(text))
        except ValueError:
            raise BadValue(f"{quoted(text)} is not a time of day.", "Type it as 9:30 or 15:00.") from None

    def show(self, value: dt.time | None, names: Names) -> str:
        """`09:30`."""
        del names
        return "" if value is None else value.isoformat("minutes")

    def dump(self, value: dt.time | None) -> Json:
        """`09:30` or null."""
        return None if value is None else value.isoformat("minutes")

    def load(self, data: Json) -> dt.time | None:
        """`09:30` or null."""
        if data is None:
            return None
        try:
            return _to_minute(dt.time.fromisoformat(data))
        except (TypeError, ValueError):
            raise BadValue(f"{quoted(data)} is not a time of day.") from None

    def schema(self) -> dict[str, Json]:
        """Hours and minutes, or null."""
        return {"type": ["string", "null"], "pattern": "^[0-2][0-9]:[0-5][0-9]"}

    def help(self) -> str:
        """The forms."""
        return "9:30, 15:00"


def _to_minute(time: dt.time) -> dt.time:
    return time.replace(second=0, microsecond=0, tzinfo=None)


@dataclass(frozen=True)
class Stamp(Kind["dt.datetime | None"]):
    """A moment in time, in UTC, to the second; shown in UTC so that two laptops agree."""

    name = "stamp"
    width = 20

    def parse(self, raw: str, context: Context) -> dt.datetime | None:
        """ISO date and time; a time without a date means today; without a zone, UTC is meant."""
        text = clean_line(raw)
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{1,2}:\d{2}", text, re.ASCII):
                hour, minute = text.split(":")
                moment = dt.datetime.combine(context.today, dt.time(int(hour), int(minute)), dt.UTC)
            else:
                moment = dt.datetime.fromisoformat(text)
            return _to_utc(moment)
        except (ValueError, OverflowError):
            raise BadValue(f"{quoted(text)} is not a date and time.", "Type it as 2026-03-31 09:30.") from None

    def show(self, value: dt.datetime | None, names: Names) -> str:
        """`2026-03-31 09:30:00`."""
        del names
        return "" if value is None else value.replace(tzinfo=None).isoformat(" ", "seconds")

    def dump(self, value: dt.datetime | None) -> Json:
        """`2026-03-31T09:30:00+00:00` or null."""
        return None if value is None else value.isoformat()

    def load(self, data: Json) -> dt.datetime | None:
        """An ISO date and time, or null."""
        if data is None:
            return None
        try:
            return _to_utc(dt.datetime.fromisoformat(data))
        except (TypeError, ValueError, OverflowError):
            raise BadValue(f"{quoted(data)} is not a date and time.") from None

    def schema(self) -> dict[str, Json]:
        """An ISO date and time, or null."""
        return {"type": ["string", "null"], "format": "date-time"}

    def help(self) -> str:
        """The form."""
        return "2026-03-31 09:30"


def _to_utc(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One of a closed list. Stored as its key (`moment-of-truth`), shown with spaces (`moment of truth`)."""

    choices: tuple[str, ...] = ()
    name = "choice"
    width = 14

    @property
    def empty(self) -> str:
        """Nothing chosen."""
        return ""

    def parse(self, raw: str, context: Context) -> str:
        """A choice or an unambiguous beginning of one."""
        del context
        typed = clean_line(raw).casefold().replace(" ", "-").replace("_", "-")
        if not typed or typed in self.choices:
            return typed
        fitting = [choice for choice in self.choices if choice.startswith(typed)]
        if len(fitting) != 1:
            known = ", ".join(_spaced(choice) for choice in fitting or self.choices)
            problem = "could be more than one" if fitting else "is not one of the choices"
            raise BadValue(f"{quoted(raw)} {problem}.", f"Type one of: {known}.")
        return fitting[0]

    def show(self, value: str, names: Names) -> str:
        """With spaces for hyphens."""
        del names
        return _spaced(value)

    def load(self, data: Json) -> str:
        """A key, or empty."""
        if data in (None, ""):
            return ""
        if data not in self.choices:
            raise BadValue(f"{quoted(data)} is not one of {', '.join(self.choices)}.")
        return str(data)

    def schema(self) -> dict[str, Json]:
        """The keys, or empty."""
        return {"type": "string", "enum": ["", *self.choices]}

    def options(self, names: Names) -> list[tuple[str, str]]:
        """Each choice as it is shown."""
        return [(self.show(choice, names), "") for choice in self.choices]

    def help(self) -> str:
        """The list."""
        return ", ".join(_spaced(choice) for choice in self.choices)


def _spaced(choice: str) -> str:
    return choice.replace("-", " ")


@dataclass(frozen=True)
class Flag(Kind[bool]):
    """Yes or no."""

    name = "flag"
    width = 5

    @property
    def empty(self) -> bool:
        """No."""
        return False

    def parse(self, raw: str, context: Context) -> bool:
        """`y`, `x`, `1` … mean yes; `n`, `0` … and an empty text mean no."""
        del context
        typed = clean_line(raw).casefold()
        if typed in {"y", "yes", "x", "1", "true", "t", "on", "✓", "✔"}:
            return True
        if typed in {"", "n", "no", "0", "false", "f", "off", "-", "–"}:
            return False
        raise BadValue(f"{quoted(raw)} is neither yes nor no.", "Type y or n.")

    def show(self, value: bool, names: Names) -> str:
        """`yes` or `no`."""
        del names
        return "yes" if value else "no"

    def load(self, data: Json) -> bool:
        """true, false or null."""
        if data is None:
            return False
        if not isinstance(data, bool):
            raise BadValue(f"{quoted(data)} is neither true nor false.")
        return data

    def schema(self) -> dict[str, Json]:
        """A boolean."""
        return {"type": "boolean"}

    def options(self, names: Names) -> list[tuple[str, str]]:
        """Both."""
        del names
        return [("yes", ""), ("no", "")]

    def help(self) -> str:
        """Both."""
        return "y or n"


@dataclass(frozen=True)
class Tags(Kind["tuple[str, ...]"]):
    """Several short words."""

    name = "tags"
    width = 18

    @property
    def empty(self) -> tuple[str, ...]:
        """None."""
        return ()

    def parse(self, raw: str, context: Context) -> tuple[str, ...]:
        """Words with commas or semicolons between them; a word twice counts once."""
        del context
        return _distinct(clean_line(part) for part in re.split(r"[,;\n]", clean_text(raw)))

    def show(self, value: tuple[str, ...], names: Names) -> str:
        """With commas."""
        del names
        return ", ".join(value)

    def dump(self, value: tuple[str, ...]) -> Json:
        """A list."""
        return list(value)

    def load(self, data: Json) -> tuple[str, ...]:
        """A list of strings, or null."""
        if data is None:
            return ()
        if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
            raise BadValue(f"{quoted(data)} is not a list of words.")
        return _distinct(clean_line(part) for item in data for part in re.split(r"[,;]", clean_text(item)))

    def schema(self) -> dict[str, Json]:
        """An array of strings."""
        return {"type": "array", "items": {"type": "string"}}

    def help(self) -> str:
        """The form."""
        return "words, with commas between them"


def _distinct(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
