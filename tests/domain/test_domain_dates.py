"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.dates import EARLIEST, LATEST, parse_date
from cjworkshop.errors import BadValue

TUESDAY = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-31", "2026-03-31"),
        ("2026-4-1", "2026-04-01"),
        ("2026/04/01", "2026-04-01"),
        ("2026.4.1", "2026-04-01"),
        (" 2026-04-01\n", "2026-04-01"),
        ("today", "2026-03-31"),
        ("Now", "2026-03-31"),
        ("tomorrow", "2026-04-01"),
        ("tom", "2026-04-01"),
        ("yesterday", "2026-03-30"),
        ("fri", "2026-04-03"),
        ("Friday", "2026-04-03"),
        ("we", "2026-04-01"),
        ("mon", "2026-04-06"),
        ("tue", "2026-04-07"),
        ("31.3.", "2026-03-31"),
        ("1.4.", "2026-04-01"),
        ("30.03.", "2027-03-30"),
        ("+2w", "2026-04-14"),
        ("+1", "2026-04-01"),
        ("+30", "2026-04-30"),
        ("2w", "2026-04-14"),
        ("+3 d", "2026-04-03"),
        ("-3d", "2026-03-28"),
        ("−3d", "2026-03-28"),
        ("+0d", "2026-03-31"),
        ("+1m", "2026-04-30"),
        ("-1m", "2026-02-28"),
        ("+11m", "2027-02-28"),
        ("+23M", "2028-02-29"),
        ("+1y", "2027-03-31"),
        ("-1y", "2025-03-31"),
    ],
)
def test_forms(typed: str, day: str) -> None:
    assert parse_date(typed, TUESDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    ["2026-02-31", "31.2.", "2026-13-01", "2026-00-10", "+9000y", "-9000y", "0000-01-01", "+99999m"],
)
def test_days_that_no_calendar_has(typed: str) -> None:
    with pytest.raises(BadValue, match="There is no day") as refused:
        parse_date(typed, TUESDAY)
    assert "2026-03-31" in refused.value.hint


@pytest.mark.parametrize(("today", "typed"), [(dt.date.max, "tomorrow"), (dt.date.max, "+1d"), (dt.date.min, "-1w")])
def test_the_calendar_ends(today: dt.date, typed: str) -> None:
    with pytest.raises(BadValue, match="There is no day"):
        parse_date(typed, today)


@pytest.mark.parametrize(
    "typed",
    [
        "t",
        "s",
        "someday",
        "2026",
        "2",
        "-2",
        "+ 2",
        "w",
        "2026-03-31T10:00",
        "²w",
        "٣d",
        "1e3d",
        "x" * 9999,
    ],
)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(BadValue, match="is not a date"):
        parse_date(typed, TUESDAY)


def test_what_is_refused_is_said_short_and_without_control_characters() -> None:
    with pytest.raises(BadValue) as refused:
        parse_date("\x1b[2J" + "y" * 5000, TUESDAY)
    assert refused.value.message.isprintable()
    assert len(refused.value.message) < 80


@given(
    st.dates(EARLIEST, dt.date(2199, 12, 1)),
    st.sampled_from(["monday", "tue", "wed", "th", "fr", "sat", "sunday"]),
)
def test_a_weekday_is_the_next_one_and_never_today(today: dt.date, typed: str) -> None:
    day = parse_date(typed, today)
    assert 1 <= (day - today).days <= 7
    assert day.strftime("%A").lower().startswith(typed)


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01", "+9000y", "31.12.9999"])
def test_a_day_that_is_centuries_away_is_a_slip(typed: str) -> None:
    with pytest.raises(BadValue, match="There is no day"):
        parse_date(typed, TUESDAY)


@given(st.dates(EARLIEST, LATEST))
def test_iso_reads_back(day: dt.date) -> None:
    assert parse_date(day.isoformat(), TUESDAY) == day


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 1, 1)), st.integers(-1190, 1190))
def test_months_keep_the_day_or_end_on_the_last(today: dt.date, count: int) -> None:
    day = parse_date(f"{count}m", today)
    assert (day.year * 12 + day.month) - (today.year * 12 + today.month) == count
    assert day.day == today.day or (day + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30.6.2027", "2027-06-30"),
        ("30 June 2027", "2027-06-30"),
        ("30 jun 2027", "2027-06-30"),
        ("June 30, 2027", "2027-06-30"),
        ("30. June", "2026-06-30"),
        ("mar 30", "2027-03-30"),
        ("31 mar", "2026-03-31"),
        ("30/6/2027", "2027-06-30"),
        ("6/30/2027", "2027-06-30"),
        ("5/5/2027", "2027-05-05"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert parse_date(typed, dt.date(2026, 3, 31)) == dt.date.fromisoformat(meant)


def test_a_day_that_can_be_read_two_ways_is_refused_with_both() -> None:
    with pytest.raises(BadValue) as refused:
        parse_date("5/6/2027", dt.date(2026, 3, 31))
    assert refused.value.hint == "Type 2027-05-06 or 2027-06-05."


@pytest.mark.parametrize("typed", ["31 Feb", "0 june", "30 smarch", "feb 29 2027"])
def test_a_day_that_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        parse_date(typed, dt.date(2026, 3, 31))
