"""Cells as text with tabs, to and from spreadsheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.text import clean_text
from cjworkshop.tui.tsv import read_tsv, write_tsv

cell = st.text(alphabet='ab "\t\n;,日é').map(clean_text)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_what_is_written_is_read_again(block: list[list[str]]) -> None:
    assert read_tsv(write_tsv(block)) == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", [[""]]),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\tx', [["two\nlines", "x"]]),
        ('"say ""hi"""\tx', [['say "hi"', "x"]]),
        ('5" pipe\tx', [['5" pipe', "x"]]),
        ('"open\tx', [['"open', "x"]]),
        ('"a"b\tx', [['"a"b', "x"]]),
        ("a\t\tb", [["a", "", "b"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("a\r\rb", [["a"], [""], ["b"]]),
        ("a\x1b[2J\x00\tb", [["a[2J", "b"]]),
    ],
)
def test_what_excel_gives_is_read(text: str, block: list[list[str]]) -> None:
    assert read_tsv(text) == block


def test_one_cell_carries_no_newline() -> None:
    assert write_tsv([["word"]]) == "word"
    assert write_tsv([["a"], ["b"]]) == "a\nb\n"
    assert write_tsv([["two\nlines", 'say "hi"']]) == '"two\nlines"\tsay "hi"'
