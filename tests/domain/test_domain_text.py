"""The one door by which words enter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.text import clean_line, clean_text, counted, quoted, shorten
from strategies import HOSTILE, hostile_text

FORBIDDEN = [
    *(chr(code) for code in range(0x20) if chr(code) not in "\n\t"),
    *(chr(code) for code in range(0x7F, 0xA0)),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029",
    *("\ud800", "\udbff", "\udfff"),
]


@given(st.one_of(hostile_text(), st.lists(st.sampled_from([*FORBIDDEN, "e", "\u0301", " "]), max_size=8).map("".join)))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    text = clean_text(raw)
    assert clean_text(text) == text
    assert clean_line(clean_line(raw)) == clean_line(raw)
    assert clean_line(text) == clean_line(raw)


@given(hostile_text())
def test_nothing_that_steers_a_terminal_is_left(raw: str) -> None:
    for text in (clean_text(raw), clean_line(raw)):
        assert not set(FORBIDDEN).intersection(text)
        assert unicodedata.is_normalized("NFC", text)
        text.encode()
    assert "\n" not in clean_line(raw)
    assert clean_line(raw) == clean_line(raw).strip()


@pytest.mark.parametrize("sign", FORBIDDEN, ids=ascii)
def test_each_forbidden_sign_goes_wherever_it_stands(sign: str) -> None:
    left = "a\nb" if sign in "\r\u2028\u2029" else "ab"
    assert clean_text(f"a{sign}b") == left


@pytest.mark.parametrize(
    ("raw", "text", "line"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree", "one two three"),
        ("  a \t b\n", "  a \t b\n", "a b"),
        ("e\u0301te\u0301", "\xe9t\xe9", "\xe9t\xe9"),
        ("\x1b[31mred", "[31mred", "[31mred"),
        ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"),
        ("日本 ไทย", "日本 ไทย", "日本 ไทย"),
        ("two  spaces", "two  spaces", "two  spaces"),
    ],
)
def test_cleaning_by_example(raw: str, text: str, line: str) -> None:
    assert clean_text(raw) == text
    assert clean_line(raw) == line


def test_a_long_text_comes_back_whole() -> None:
    assert len(clean_text("x" * 12_000)) == 12_000
    assert clean_text(HOSTILE).endswith("x" * 10_000)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 10, "short"),
        ("exactly10!", 10, "exactly10!"),
        ("longer than that", 10, "longer th…"),
        ("blank at the cut", 6, "blank…"),
        ("first\nsecond", 10, "first…"),
        ("first\n", 10, "first"),
        ("exactly10!\nsecond", 10, "exactly10…"),
        ("", 10, ""),
    ],
)
def test_shorten(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(short) <= limit


@given(hostile_text(), st.integers(1, 12))
def test_shortened_is_never_longer_and_never_more_lines(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert "\n" not in short


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\x1b[2Jb", "'a[2Jb'"),
        ("x" * 12_000, "'" + "x" * 39 + "…'"),
        ("it's", '"it\'s"'),
        (7, "7"),
        (None, "None"),
        (["\x9b"] * 50, "['\\x9b', '\\x9b', '\\x9b', '\\x9b', '\\x9b', '\\x9b', ...]"),
    ],
)
def test_quoted_is_one_short_printable_line(raw: object, text: str) -> None:
    assert quoted(raw) == text
    assert text.isprintable()


def test_counted() -> None:
    assert [counted(number, "pain") for number in (0, 1, 2)] == ["0 pains", "1 pain", "2 pains"]
    assert counted(2, "opportunity", "opportunities") == "2 opportunities"
