"""The door by which words reach the screen."""

from __future__ import annotations

import pytest
import regex  # type: ignore[import-untyped]  # it comes without types
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cjworkshop.tui.text import (
    _ALONE,
    _wrap_ascii,
    _wrap_graphemes,
    cells,
    fit,
    glyph,
    graphemes,
    plain,
    safe,
    wrap,
    wrapped,
)

FAMILY = "👨‍👩‍👧‍👦"
HOSTILE = "[/x] [@click=app.quit]x[/] \x1b[31m\x9b2J\x00\x07 \u202eabc \ud800 " + FAMILY + " e\u0301 日本\tz"

texts = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from(
        ["a", " ", "\n", "\t", "\u0301", "\u200d", "👨", "日", "\ufe0f", "1", "\u20e3", "\x1b", "\r", "\ud800"]
    )
)


def foreign(text: str) -> list[str]:
    """What a terminal might take for a command, or cannot write."""
    return [c for c in text if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 or c in "\u202e\u2066"]


def test_markup_is_shown_and_never_obeyed() -> None:
    content = safe(HOSTILE)
    assert content.plain.startswith("[/x] [@click=app.quit]x[/] ")
    assert content.spans == []
    assert safe("[b]x", "bold").plain == "[b]x"


def test_nothing_that_a_terminal_obeys_passes() -> None:
    assert foreign(plain(HOSTILE)) == []
    assert plain("a\x1b[2Jb") == "a[2Jb"
    assert safe("two\r\nlines").plain == "two\nlines"


@given(texts)
def test_no_text_at_all_reaches_the_terminal_with_controls(text: str) -> None:
    assert foreign(plain(text)) == []
    assert foreign(safe(text).plain.replace("\n", "")) == []


@given(texts)
def test_graphemes_join_to_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(st.text(st.sampled_from([chr(code) for code in range(0x3000) if _ALONE.fullmatch(chr(code))]), min_size=1))
def test_what_is_taken_to_stand_alone_does(text: str) -> None:
    assert graphemes(text) == regex.findall(r"\X", text)
    assert regex.search(r"[\p{C}\p{Z}--[ ]]", text, flags=regex.V1) is None
    assert plain(text) == text


def test_a_family_is_one_grapheme_of_two_cells() -> None:
    assert graphemes(f"a{FAMILY}e\u0301") == ["a", FAMILY, "e\u0301"]
    assert cells(FAMILY) == 2
    assert cells("日本") == 4


def test_a_pile_of_accents_is_drawn_short_and_a_joiner_joins_nothing() -> None:
    assert len(glyph("e" + "\u0301" * 500)) <= 32
    assert cell_len(plain("a\u200d") + "b") == 2


@pytest.mark.parametrize(
    ("text", "width", "align", "shown"),
    [
        ("abc", 5, "left", "abc  "),
        ("abc", 5, "right", "  abc"),
        ("abc", 6, "centre", " abc  "),
        ("abcdef", 4, "left", "abc…"),
        ("日本語", 4, "left", "日… "),
        ("abc", 0, "left", ""),
        ("a\nb", 3, "left", "a b"),
    ],
)
def test_fit(text: str, width: int, align: str, shown: str) -> None:
    assert fit(text, width, align) == shown  # type: ignore[arg-type]  # the parameter is one of the three words


@given(texts, st.integers(0, 30))
def test_fit_fills_its_cells_exactly(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two", 20, ["one two"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("go abcdefghij", 4, ["go", "abcd", "efgh", "ij"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("日本語を書く", 5, ["日本", "語を", "書く"]),
        (f"{FAMILY}{FAMILY}", 3, [FAMILY, FAMILY]),
        ("see 日本", 6, ["see 日", "本"]),
        ("ends in a space ", 15, ["ends in a space"]),
    ],
)
def test_words_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@given(texts, st.integers(1, 12))
def test_wrapping_keeps_everything_and_every_grapheme_whole(text: str, width: int) -> None:
    spans = wrap(text, width)
    ends = {0}
    for grapheme in graphemes(text):
        ends.add(max(ends) + len(grapheme))
    kept = [text[begin:end] for begin, end in spans]
    assert "".join(kept) == text.replace("\n", "")
    assert spans == sorted(spans)
    if "\n" not in text and "\r" not in text:
        assert all(begin in ends and end in ends for begin, end in spans)


@given(st.text(alphabet="ab ,"), st.integers(1, 9))
def test_plain_letters_wrap_as_graphemes_do(text: str, width: int) -> None:
    assert list(_wrap_ascii(text, width)) == list(_wrap_graphemes(text, width))


@given(texts, st.integers(2, 12))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrapped(text, width))
