"""Each kind of column by example: what it reads, shows, writes, refuses and says of itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain import kinds
from cjworkshop.domain.kinds import Context, Kind
from cjworkshop.errors import BadValue
from cjworkshop.method.steps import CATALOGUE
from strategies import TODAY, filled

SESSION = filled()
CONTEXT = Context(SESSION, TODAY)
MOMENT = kinds.Choice(("moment-of-truth", "make-or-break", "wow", "exit"))
NINE = dt.time(9, 30)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (kinds.Line(), " two\nlines\t ", "two lines", "two lines"),
        (kinds.Line(), "", "", ""),
        (kinds.Prose(), "\n two\r\nlines \n", "two\nlines", "two\nlines"),
        (kinds.Number(), "3.5", 3.5, "3.5"),
        (kinds.Number(), "3,5", 3.5, "3.5"),
        (kinds.Number(), ".5", 0.5, "0.5"),
        (kinds.Number(), "7.", 7.0, "7"),
        (kinds.Number(), "−2", -2.0, "-2"),
        (kinds.Number(), "1 200", 1200.0, "1200"),
        (kinds.Number(), "1\u00a0200\u202f000,5", 1_200_000.5, "1200000.5"),
        (kinds.Number(), "1'200.25", 1200.25, "1200.25"),
        (kinds.Number(), "1,234.5", 1234.5, "1234.5"),
        (kinds.Number(), "1.234,5", 1234.5, "1234.5"),
        (kinds.Number(), "1,234,567", 1_234_567.0, "1234567"),
        (kinds.Number(), "1.234.567", 1_234_567.0, "1234567"),
        (kinds.Number(), "0,125", 0.125, "0.125"),
        (kinds.Number(), "1.234", 1.234, "1.234"),
        (kinds.Number(), "12,3456", 12.3456, "12.3456"),
        (kinds.Number(), "1e3", 1000.0, "1000"),
        (kinds.Number(), "1e-7", 1e-7, "0.0000001"),
        (kinds.Number(), "-0", 0.0, "0"),
        (kinds.Number(), "1,000,000,000,000,000", 1e15, "1000000000000000"),
        (kinds.Number(), "  ", None, ""),
        (kinds.Percent(), "12%", 12.0, "12"),
        (kinds.Percent(-100), "-40 %", -40.0, "-40"),
        (kinds.Money(), "$1,200", 1200.0, "1200"),
        (kinds.Money(), "1.200,50 €", 1200.5, "1200.5"),
        (kinds.Money(), "0,125", 0.125, "0.125"),
        (kinds.Money(), "", None, ""),
        (kinds.Int(), "12,000", 12_000, "12000"),
        (kinds.Int(), "3.0", 3, "3"),
        (kinds.Int(), "", None, ""),
        (kinds.Rating(), "4", 4, "4"),
        (kinds.Rating(0, 10), "0", 0, "0"),
        (kinds.Signed(), "2", 2, "+2"),
        (kinds.Signed(), "-1", -1, "-1"),
        (kinds.Signed(), "+0", 0, "0"),
        (kinds.Signed(), "", None, ""),
        (kinds.Date(), "fri", dt.date(2026, 4, 3), "2026-04-03"),
        (kinds.Date(), " ", None, ""),
        (kinds.Time(), "9", dt.time(9), "09:00"),
        (kinds.Time(), "9:30", NINE, "09:30"),
        (kinds.Time(), "0930", NINE, "09:30"),
        (kinds.Time(), "930", NINE, "09:30"),
        (kinds.Time(), "9.30", NINE, "09:30"),
        (kinds.Time(), "9h30", NINE, "09:30"),
        (kinds.Time(), "09:30:59+02:00", NINE, "09:30"),
        (kinds.Time(), "", None, ""),
        (kinds.Stamp(), "9:30", dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC), "2026-03-31 09:30:00"),
        (kinds.Stamp(), "2026-03-31", dt.datetime(2026, 3, 31, tzinfo=dt.UTC), "2026-03-31 00:00:00"),
        (kinds.Stamp(), "2026-03-31 11:30:05.7+02:00", dt.datetime(2026, 3, 31, 9, 30, 5, tzinfo=dt.UTC), "2026-03-31 09:30:05"),
        (kinds.Stamp(), "", None, ""),
        (MOMENT, "moment of truth", "moment-of-truth", "moment of truth"),
        (MOMENT, "Moment_of-Truth", "moment-of-truth", "moment of truth"),
        (MOMENT, "w", "wow", "wow"),
        (MOMENT, "", "", ""),
        (kinds.Flag(), "Y", True, "yes"),
        (kinds.Flag(), "✓", True, "yes"),
        (kinds.Flag(), "off", False, "no"),
        (kinds.Flag(), "", False, "no"),
        (kinds.Tags(), "phone, web;desk\nphone,,", ("phone", "web", "desk"), "phone, web, desk"),
        (kinds.Tags(), "", (), ""),
    ],
)  # fmt: skip
def test_what_is_typed(kind: Kind[Any], typed: str, value: object, shown: str) -> None:
    read = kind.parse(typed, CONTEXT)
    assert read == value
    assert type(read) is type(value)
    assert kind.show(read, SESSION) == shown
    assert kind.parse(shown, CONTEXT) == value


@pytest.mark.parametrize(
    ("kind", "typed", "message", "hint"),
    [
        (kinds.Rating(), "9", "9 is not between 1 and 5.", "Type 1 to 5."),
        (kinds.Rating(), "0", "0 is not between 1 and 5.", "Type 1 to 5."),
        (kinds.Rating(), "3.5", "'3.5' is not a whole number.", "Type 1 to 5."),
        (kinds.Rating(), "good", "'good' is not a number.", "Type 1 to 5."),
        (kinds.Int(0), "-1", "-1 is not 0 or more.", "Type 0 or more."),
        (kinds.Int(None, 7), "8", "8 is not 7 or less.", "Type 7 or less."),
        (kinds.Int(), "1.5", "'1.5' is not a whole number.", "a whole number"),
        (kinds.Int(), "1e16", "'1e16' is too large.", "1,000,000,000,000,000"),
        (kinds.Number(), "1e999", "'1e999' is too large.", "1,000,000,000,000,000"),
        (kinds.Number(), "1,234", "1,234 can be read two ways.", "Type 1234 or 1.234."),
        (kinds.Number(), "1,2.3,4", "'1,2.3,4' is not a number.", "12 or 3.5"),
        (kinds.Number(), "1,2,3", "'1,2,3' is not a number.", "12 or 3.5"),
        (kinds.Number(), "12 34", "'12 34' is not a number.", "12 or 3.5"),
        (kinds.Number(), "nan", "'nan' is not a number.", "12 or 3.5"),
        (kinds.Number(), "٣", "'٣' is not a number.", "12 or 3.5"),
        (kinds.Number(1, 5), "5.1", "5.1 is not between 1 and 5.", "Type 1 to 5."),
        (kinds.Number(0.5), "0", "0 is not 0.5 or more.", "Type 0.5 or more."),
        (kinds.Number(None, 2), "3", "3 is not 2 or less.", "Type 2 or less."),
        (kinds.Percent(), "101", "101 is not between 0 and 100.", "Type 0 to 100."),
        (kinds.Money(), "a lot", "'a lot' is not a number.", "12 or 3.5"),
        (kinds.Signed(), "3", "3 is not between -2 and 2.", "Type -2 to 2."),
        (kinds.Date(), "2026-02-31", "There is no day '2026-02-31'.", "+2w"),
        (kinds.Time(), "24:00", "'24:00' is not a time of day.", "9:30"),
        (kinds.Time(), "noon", "'noon' is not a time of day.", "9:30"),
        (kinds.Stamp(), "25:00", "'25:00' is not a date and time.", "2026-03-31 09:30"),
        (kinds.Stamp(), "soon", "'soon' is not a date and time.", "2026-03-31 09:30"),
        (kinds.Stamp(), "0001-01-01T00:00+23:00", "'0001-01-01T00:00+23:00' is not a date and time.", "09:30"),
        (MOMENT, "m", "'m' could be more than one.", "moment of truth, make or break."),
        (MOMENT, "never", "'never' is not one of the choices.", "moment of truth, make or break, wow, exit."),
        (kinds.Flag(), "perhaps", "'perhaps' is neither yes nor no.", "y or n"),
    ],
)
def test_what_is_refused(kind: Kind[Any], typed: str, message: str, hint: str) -> None:
    with pytest.raises(BadValue) as refused:
        kind.parse(typed, CONTEXT)
    assert refused.value.message == message
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("kind", "data", "value"),
    [
        (kinds.Line(), " a\nb", "a b"),
        (kinds.Prose(), "\x1ba\r\nb ", "a\nb"),
        (kinds.Line(), None, ""),
        (kinds.Prose(), None, ""),
        (kinds.Number(), 3, 3.0),
        (kinds.Number(), None, None),
        (kinds.Int(), 3.0, 3),
        (kinds.Int(), None, None),
        (kinds.Date(), "2026-03-31", TODAY),
        (kinds.Date(), None, None),
        (kinds.Time(), "09:30:20+01:00", NINE),
        (kinds.Time(), None, None),
        (kinds.Stamp(), "2026-03-31T11:30:00.25+02:00", dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC)),
        (kinds.Stamp(), "2026-03-31T09:30", dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC)),
        (kinds.Stamp(), None, None),
        (MOMENT, "wow", "wow"),
        (MOMENT, None, ""),
        (kinds.Flag(), True, True),
        (kinds.Flag(), None, False),
        (kinds.Tags(), ["a;b", "a", " c "], ("a", "b", "c")),
        (kinds.Tags(), ["x\u037ey"], ("x", "y")),
        (kinds.Tags(), None, ()),
    ],
)
def test_what_is_loaded(kind: Kind[Any], data: object, value: object) -> None:
    assert kind.load(data) == value


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (kinds.Line(), 7),
        (kinds.Prose(), ["text"]),
        (kinds.Number(), "3"),
        (kinds.Number(), True),
        (kinds.Number(), float("nan")),
        (kinds.Number(), float("-inf")),
        (kinds.Number(), 10**400),
        (kinds.Number(0), -1),
        (kinds.Int(), 3.5),
        (kinds.Int(), True),
        (kinds.Int(), 10**16),
        (kinds.Int(), float("inf")),
        (kinds.Rating(), 6),
        (kinds.Date(), "31.3.2026"),
        (kinds.Date(), 20260331),
        (kinds.Time(), "25:00"),
        (kinds.Time(), 9),
        (kinds.Stamp(), "yesterday"),
        (kinds.Stamp(), 0),
        (kinds.Stamp(), "0001-01-01T00:00:00+14:00"),
        (MOMENT, "moment of truth"),
        (MOMENT, ["wow"]),
        (kinds.Flag(), 1),
        (kinds.Tags(), "a, b"),
        (kinds.Tags(), [1]),
    ],
)
def test_what_is_not_loaded(kind: Kind[Any], data: object) -> None:
    with pytest.raises(BadValue) as refused:
        kind.load(data)
    assert refused.value.message.endswith((".", "…"))
    assert len(refused.value.message) < 200


ANY_KIND = [
    pytest.param(column.kind, id=f"{table.name}.{column.name}")
    for table in CATALOGUE.values()
    for column in table.columns
]


@pytest.mark.parametrize("kind", ANY_KIND)
def test_every_kind_in_use_describes_itself(kind: Kind[Any]) -> None:
    assert kind.schema()["type"]
    assert kind.width >= 5
    assert kind.show(kind.empty, SESSION) in {"", "no"}
    assert kind.parse(kind.show(kind.empty, SESSION), CONTEXT) == kind.empty
    assert kind.load(None) == kind.empty
    for typed, _ in kind.options(SESSION):
        assert kind.show(kind.parse(typed, CONTEXT), SESSION)


@given(st.sampled_from([param.values[0] for param in ANY_KIND]), st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
))  # fmt: skip
def test_any_json_is_loaded_or_refused(kind: Any, data: object) -> None:
    try:
        value = kind.load(data)
    except BadValue:
        return
    assert kind.load(kind.dump(value)) == value


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (kinds.Line(), ""),
        (kinds.Prose(), "Ctrl+J starts a new line"),
        (kinds.Number(), "a number"),
        (kinds.Percent(), "between 0 and 100"),
        (kinds.Int(), "a whole number"),
        (kinds.Int(0), "0 or more"),
        (kinds.Rating(), "between 1 and 5"),
        (kinds.Date(), "2026-03-31, fri, tomorrow, +2w"),
        (kinds.Time(), "9:30, 15:00"),
        (kinds.Stamp(), "2026-03-31 09:30"),
        (MOMENT, "moment of truth, make or break, wow, exit"),
        (kinds.Flag(), "y or n"),
        (kinds.Tags(), "words, with commas between them"),
    ],
)
def test_help_says_what_may_be_typed(kind: Kind[Any], words: str) -> None:
    assert kind.help() == words


@pytest.mark.parametrize(("low", "high", "one_key"), [(1, 5, True), (1, 7, True), (0, 10, False)])
def test_one_digit_is_a_whole_answer_on_short_scales(low: int, high: int, *, one_key: bool) -> None:
    rating = kinds.Rating(low, high)
    assert rating.scale == (low, high)
    assert rating.one_key is one_key


def test_a_kind_without_its_own_behaviour_cannot_be_used() -> None:
    bare: Kind[str] = Kind()
    for use in (lambda: bare.parse("", CONTEXT), lambda: bare.load(""), bare.schema):
        with pytest.raises(NotImplementedError):
            use()
    assert bare.empty is None
    assert bare.options(SESSION) == []
    assert bare.help() == ""
