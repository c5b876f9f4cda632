"""Whatever people typed, a reader of Markdown finds it again as text, and every table whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_reading import read_back, shape_of

from cjworkshop.domain.text import clean_text
from cjworkshop.exports.markdown import written
from cjworkshop.exports.notes import notes
from cjworkshop.exports.report import Document, Grid, Heading, Item, Items, Paragraph, Quote, View
from strategies import HOSTILE, filled, hostile_text, sessions

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

texts = hostile_text().map(lambda raw: clean_text(raw).strip()).filter(bool)

TRICKY = [
    "# no heading",
    "- no item",
    "1. no number",
    "1) no number",
    "> no quote",
    "=== no line",
    "---",
    "***",
    "___",
    "```no code",
    "~~~ no code",
    "~~not struck~~",
    "    no code",
    "[no](http://link) ![no](x.png) [no]: x",
    "<script>alert(1)</script> <!-- no --> <b",
    "&lt; &#60; &amp; AT&T a&b;",
    "*no* _no_ __no__ a_b_c **no**",
    "a | b\n--|--\nc | d",
    "| a |\n| - |",
    "\\ back\\slash\\",
    "ends in \\\nand goes on",
    "one\n\ntwo\n\n\nthree",
    "first\n# second\n- third\n1. fourth\n    fifth",
    "*",
    "_",
    "`",
    "+",
    "!",
    "<https://x.y>",
    "\u3000ideographic 空白",
]


@pytest.mark.parametrize("text", TRICKY)
def test_no_text_is_taken_for_markup(text: str) -> None:
    document = Document(
        (
            Heading(1, text),
            Paragraph(text),
            Paragraph(text, note=True),
            Grid(("a", text), ((text, "b"), ("c", text)), (False, True)),
            Quote(text, text),
            Items(
                (Item(text), Item("", text), Item(text, text, (Item("x", text), Item(text, items=(Item("", text),)))))
            ),
        )
    )
    assert read_back(written(document)) == shape_of(document)


@given(st.lists(st.lists(texts, min_size=2, max_size=2).map(tuple), min_size=1, max_size=4), texts)
def test_any_table_is_read_back_whole(rows: list[tuple[str, ...]], header: str) -> None:
    document = Document((Grid((header, "b"), tuple(rows), (False, True)),))
    assert read_back(written(document)) == shape_of(document)


@given(texts, texts, texts)
def test_any_list_is_read_back_whole(label: str, text: str, nested: str) -> None:
    document = Document((Items((Item(label, text, (Item("", nested), Item(nested, text))), Item("", text))),))
    assert read_back(written(document)) == shape_of(document)


@pytest.mark.parametrize("names", [False, True])
def test_the_notes_of_the_hostile_sample_are_read_back_whole(names: bool) -> None:
    document = notes(View(filled(text=HOSTILE), names))
    assert read_back(written(document)) == shape_of(document)
    assert sum(isinstance(block, Grid) for block in document.blocks) > 20


@given(sessions(most=8))
def test_the_notes_of_any_session_are_read_back_whole(session: Session) -> None:
    document = notes(View(session, names=True))
    assert read_back(written(document)) == shape_of(document)


def test_a_table_reads_as_plain_text() -> None:
    grid = Grid(("Code", "Name", "n"), (("A01", "Wait", "7"), ("A02", "旅程", "12")), (False, False, True))
    assert written(Document((grid,))) == (
        "| Code | Name |   n |\n| ---- | ---- | --: |\n| A01  | Wait |   7 |\n| A02  | 旅程 |  12 |\n"
    )


def test_ordinary_words_stay_as_they_are() -> None:
    text = "Ray's wait: 20 min (n = 40), 5 % & more - see http://va.gov/x_y #1, snake_case, 3 > 2!"
    assert written(Document((Paragraph(text),))) == text + "\n"
