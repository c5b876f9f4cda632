"""Days as people type them."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from cjworkshop.domain.text import clean_line, quoted
from cjworkshop.errors import BadValue

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HINT = "Type it as 2026-03-31, fri, tomorrow or +2w."


def parse_date(raw: str, today: dt.date) -> dt.date:
    """The day that `raw` means, seen from `today`.

    ISO (`2026-03-31`, also with an unpadded month or day), `today`, `tomorrow`, `yesterday`, the next such weekday
    (`fri`: never today), or a distance in days, weeks, months or years (`+2w`, `-3d`, `1m`).
    Raises BadValue for anything else, and for a day that no calendar has.
    """
    text = clean_line(raw).casefold().replace("−", "-")
    nearby = {"today": 0, "now": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
    try:
        if text in nearby:
            return today + dt.timedelta(days=nearby[text])
        if len(text) >= 2 and (weekday := _weekday(text)) is not None:
            return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        if match := re.fullmatch(r"([+-]?)(\d{1,5})\s*([dwmy])", text, re.ASCII):
            return _shifted(today, int(match[1] + match[2]), match[3])
        if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text, re.ASCII):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except (ValueError, OverflowError):
        raise BadValue(f"There is no day {quoted(raw)}.", _HINT) from None
    raise BadValue(f"{quoted(raw)} is not a date.", _HINT)


def _weekday(text: str) -> int | None:
    fitting = [number for number, name in enumerate(_WEEKDAYS) if name.startswith(text)]
    return fitting[0] if len(fitting) == 1 else None


def _shifted(day: dt.date, count: int, unit: str) -> dt.date:
    """`day` moved by `count` days, weeks, months or years; a month too short for the day ends on its last."""
    if unit in "dw":
        return day + dt.timedelta(days=count * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
