"""Days as people type them."""

from __future__ import annotations

import datetime as dt
import re

from cjworkshop.domain.text import clean_line, quoted
from cjworkshop.errors import BadValue

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""The days between which a day must lie: beyond them it is a slip, and times of day there cannot be reckoned with."""
_HINT = "Type it as 2026-03-31, fri, tomorrow or +2w."


def checked(day: dt.date) -> dt.date:
    """The day, where it lies within reach. ValueError where it does not."""
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} is out of reach")
    return day


def parse_date(raw: str, today: dt.date) -> dt.date:
    """The day that `raw` means, seen from `today`.

    ISO (`2026-03-31`, also with an unpadded month or day), `31.3.2026`, `31 March 2026`, `31.3.` and `Mar 31` (the next
    such day), `31/3/2026` where it can be read one way only, `today`, `tomorrow`, `yesterday`, the next such weekday
    (`fri`: never today), or a distance in days, weeks, months or years (`+2w`, `-3d`, `1m`), `+3` in days.
    Raises BadValue for anything else, and for a day that no calendar has or that is centuries away.
    """
    try:
        return checked(_parsed(raw, today))
    except (ValueError, OverflowError):
        raise BadValue(f"There is no day {quoted(raw)}.", _HINT) from None


def _parsed(raw: str, today: dt.date) -> dt.date:
    text = clean_line(raw).casefold().replace("−", "-")
    nearby = {"today": 0, "now": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
    if text in nearby:
        return today + dt.timedelta(days=nearby[text])
    if len(text) >= 2 and (weekday := _weekday(text)) is not None:
        return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := re.fullmatch(r"([+-]?)(\d{1,5})\s*([dwmy])", text, re.ASCII):
        return _shifted(today, int(match[1] + match[2]), match[3])
    if match := re.fullmatch(r"\+(\d{1,5})", text, re.ASCII):
        return _shifted(today, int(match[1]), "d")
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text, re.ASCII):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII):
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.", text, re.ASCII):
        return _next(int(match[2]), int(match[1]), today)
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII):
        return _with_slashes(int(match[1]), int(match[2]), int(match[3]))
    if (day := _with_month_name(text, today)) is not None:
        return day
    raise BadValue(f"{quoted(raw)} is not a date.", _HINT)


def _with_slashes(first: int, second: int, year: int) -> dt.date:
    """The day where only one order of day and month is possible. BadValue where both are."""
    if first <= 12 and second <= 12 and first != second:
        choices = f"{year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}"
        raise BadValue(f"{first}/{second}/{year} can be read two ways.", f"Type {choices}.")
    return dt.date(year, second, first) if first > 12 or first == second else dt.date(year, first, second)


def _with_month_name(text: str, today: dt.date) -> dt.date | None:
    """`31 march 2026`, `mar 31, 2026`; without a year, the next such day."""
    match = re.fullmatch(r"(?P<day>\d{1,2})\.?\s*(?P<month>[a-z]{3,9})\.?,?\s*(?P<year>\d{4})?", text, re.ASCII) or (
        re.fullmatch(r"(?P<month>[a-z]{3,9})\.?\s*(?P<day>\d{1,2}),?(?:\s+(?P<year>\d{4}))?", text, re.ASCII)
    )
    month = next((n for n, name in enumerate(_MONTHS, 1) if match and name.startswith(match["month"])), None)
    if match is None or month is None:
        return None
    if match["year"]:
        return dt.date(int(match["year"]), month, int(match["day"]))
    return _next(month, int(match["day"]), today)


def _next(month: int, day: int, today: dt.date) -> dt.date:
    """The next such day, from today on."""
    this_year = dt.date(today.year, month, day)
    return this_year if this_year >= today else dt.date(today.year + 1, month, day)


def _weekday(text: str) -> int | None:
    fitting = [number for number, name in enumerate(_WEEKDAYS) if name.startswith(text)]
    return fitting[0] if len(fitting) == 1 else None


def _shifted(day: dt.date, count: int, unit: str) -> dt.date:
    """`day` moved by `count` days, weeks, months or years; a month too short for the day ends on its last."""
    if unit in "dw":
        return day + dt.timedelta(days=count * (7 if unit == "w" else 1))
    from calendar import monthrange  # noqa: PLC0415 - few days are given as months from now

    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
