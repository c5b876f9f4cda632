"""Days, times of day, moments."""

from __future__ import annotations

import datetime as dt
import re

from cjworkshop.domain.dates import checked, parse_date
from cjworkshop.domain.kinds.base import Context, Json, Kind, Names
from cjworkshop.domain.text import clean_line, quoted
from cjworkshop.errors import BadValue
from cjworkshop.lazy import dataclass


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
            return checked(dt.date.fromisoformat(data))
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
    moment = moment.astimezone(dt.UTC).replace(microsecond=0)
    checked(moment.date())
    return moment
