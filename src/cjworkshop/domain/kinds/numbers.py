"""Numbers: whole ones and others, within limits; ratings on a short scale."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar, Generic, TypeVar

from cjworkshop.domain.kinds.base import Context, Json, Kind, Names
from cjworkshop.domain.text import clean_line, quoted
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass

N = TypeVar("N", int, float)

_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ '\u00a0\u202f]\d{3})+(?![^.,])")
_GROUPED = {
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?"),
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?"),
}
"""Whole thousands parted by a sign, and behind them a fraction, if any, parted by the other sign."""
_LARGEST = 10**15


def _read_number(raw: str, *, comma_groups: bool, whole: bool = False, wanted: str = "") -> float:
    """The number in `raw`: `3.5`, `3,5`, `1 200`, `1,234.5`, `1.234,5`, `1,234,567`.

    `comma_groups` says that `1,234` means 1234; otherwise it can be read two ways and is refused. Where a `whole`
    number is wanted, `12.000` can be read two ways too. `wanted` says what to type in place of what is no number.
    """
    text = clean_line(raw).replace("−", "-").strip("$€£¥ %")
    if spaced := _SPACED.match(text):
        text = re.sub(r"[^\d+-]", "", spaced[0]) + text[spaced.end() :]
    if whole and _GROUPED["."].fullmatch(text) and text.count(".") == 1:
        raise BadValue(f"{text} can be read two ways.", f"Type {text.replace('.', '')} or {text.partition('.')[0]}.")
    number = float(_with_point(text, comma_groups=comma_groups, wanted=wanted or "digits, such as 12 or 3.5"))
    if abs(number) > _LARGEST:
        raise BadValue(f"{quoted(raw)} is too large.", "Numbers go up to 1,000,000,000,000,000.")
    return number


def _with_point(text: str, *, comma_groups: bool, wanted: str) -> str:
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
        raise BadValue(f"{quoted(text)} is not a number.", f"Type {wanted}.")
    return plain


def _plain(number: float) -> str:
    """The shortest text that reads back as the same number, without an exponent."""
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


@dataclass(frozen=True)
class Limited(Kind["N | None"], Generic[N]):
    """A number from `low` to `high`, where there are such limits."""

    low: N | None = None
    high: N | None = None
    numeric = True
    width = 9
    json_type: ClassVar[str] = "number"
    words: ClassVar[str] = "a number"
    """What it is, where it has no limits."""

    def within(self, number: N) -> N:
        """`number`, if it is inside the limits; else BadValue names them."""
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise BadValue(f"{_plain(number)} is not {self.limits()}.", f"Type {self.wanted}.")
        return number

    @property
    def wanted(self) -> str:
        """What to type, in few words; empty where it has no limits."""
        if self.low is not None and self.high is not None:
            return f"{_plain(self.low)} to {_plain(self.high)}"
        return self.limits() if self.low is not None or self.high is not None else ""

    def limits(self) -> str:
        """The range in words."""
        low, high = self.low, self.high
        if low is not None and high is not None:
            return f"between {_plain(low)} and {_plain(high)}"
        if low is not None:
            return f"{_plain(low)} or more"
        return f"{_plain(high)} or less" if high is not None else self.words

    def schema(self) -> dict[str, Json]:
        """A number of its type with its limits, or null."""
        limits = {"minimum": self.low, "maximum": self.high}
        given = {name: limit for name, limit in limits.items() if limit is not None}
        return {"type": [self.json_type, "null"], **given}

    def help(self) -> str:
        """The range."""
        return self.limits()


@dataclass(frozen=True)
class Number(Limited[float]):
    """A number, within limits where there are any."""

    name = "number"

    def parse(self, raw: str, context: Context) -> float | None:
        """Digits with a decimal point or comma."""
        del context
        return self.within(_read_number(raw, comma_groups=False, wanted=self.wanted)) if raw.strip() else None

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
        return self.within(_read_number(raw, comma_groups=True, wanted=self.wanted)) if raw.strip() else None


@dataclass(frozen=True)
class Int(Limited[int]):
    """A whole number, within limits where there are any."""

    name = "int"
    json_type = "integer"
    words = "a whole number"

    def parse(self, raw: str, context: Context) -> int | None:
        """Digits, no fraction."""
        del context
        if not raw.strip():
            return None
        number = _read_number(raw, comma_groups=True, whole=True, wanted=self.wanted or "digits, such as 12")
        if number != int(number):
            raise BadValue(f"{quoted(raw)} is not a whole number.", f"Type {self.wanted or self.words}.")
        return self.within(int(number))

    def load(self, data: Json) -> int | None:
        """A JSON integer (3.0 counts) or null."""
        if data is None:
            return None
        if type(data) is int and -_LARGEST <= data <= _LARGEST:
            return self.within(data)
        number = Number().load(data)
        if number is None or number != int(number):
            raise BadValue(f"{quoted(data)} is not a whole number.")
        return self.within(int(number))


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
