"""A note written out as a line is the note again when the line is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_capture_reading import PIECES, SAMPLE, understood

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.domain.text import clean_line, clean_text
from cjworkshop.facilitation.capture import KINDS, read
from cjworkshop.facilitation.written import FIELDS, Written, rewriting, with_kept, written
from cjworkshop.method.across import Note
from cjworkshop.method.steps import CATALOGUE
from strategies import TODAY, hostile_text

NOON = dt.datetime(2026, 3, 17, 12, 0, 30, tzinfo=dt.UTC)
LATER = TODAY + dt.timedelta(days=40)


def note(text: str, **values: Any) -> Note:
    return Note(id="n", order=1, text=text, **values)


def line_of(one: Note, session: Session = SAMPLE) -> str:
    return written(one, session, TODAY).line


def test_all_that_a_note_says_stands_in_its_line() -> None:
    one = note(
        "Long hold", kind="pain", about="a04", person="Tessa Marlowe", emotion=2, level=4, dots=7,
        due=dt.date(2026, 4, 3),
    )  # fmt: skip
    assert line_of(one) == "!pain ^4 #A04 ~2 x7 @Tessa-Marlowe >2026-04-03 Long hold"
    assert line_of(note("Plain words")) == "Plain words"


@pytest.mark.parametrize("one", SAMPLE.rows(Note), ids=lambda one: one.id)
def test_a_note_has_the_line_that_was_typed_where_it_still_says_the_same(one: Note) -> None:
    assert written(one, SAMPLE, TODAY) == Written(one.typed)


def test_a_typed_line_that_says_something_else_by_now_is_written_anew() -> None:
    one = note("ask", typed="ask >fri", due=dt.date(2026, 4, 3))
    assert written(one, SAMPLE, TODAY).line == "ask >fri"
    assert written(one, SAMPLE, LATER).line == ">2026-04-03 ask"
    assert line_of(replace(one, text="ask again")) == ">2026-04-03 ask again"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("!pain slow #a7 ^5", r"\!pain slow \#a7 \^5"),
        ("ask >31 March people", r"ask \>31 March people"),
        (r"say \#a4 aloud", r"say \\#a4 aloud"),
        ("C# #zzz @all 5x7 ~9 a > b", "C# #zzz @all 5x7 ~9 a > b"),
        (r"C:\temp \o/ \ \\", r"C:\temp \o/ \ \\"),
    ],
)
def test_words_that_would_be_tokens_are_marked_as_words_and_no_others(text: str, line: str) -> None:
    assert line_of(note(text)) == line
    captured = understood(line)
    assert (captured.text, captured.spans, captured.kind) == (text, (), "note")


def test_what_no_word_can_say_stays_as_it_is_unless_the_line_says_something_else() -> None:
    one = note("Wet", kind="pain", person="Nobody, of sales", about="gone", dots=12345, emotion=2)
    line, kept = written(one, SAMPLE, TODAY).line, written(one, SAMPLE, TODAY).kept
    assert (line, kept) == ("!pain ~2 Wet", ("about", "dots", "person"))
    same = with_kept(understood(line), one, kept)
    assert (same.person, same.about, same.dots, same.emotion) == ("Nobody, of sales", "gone", 12345, 2)
    other = with_kept(understood("!idea @tessa Wet"), one, kept)
    assert (other.kind, other.person, other.about, other.emotion) == ("idea", "Tessa Marlowe", "gone", None)


def test_rewriting_changes_what_the_line_says_and_nothing_else() -> None:
    one = note(
        "!pain slow #a7 ^5", step="report", block="ag02", captured=NOON, typed="!pain slow #a7 ^5", sorted_into=""
    )
    session = Session(CATALOGUE).edited(AddRows("inbox", (NewRow("n", {"text": "x"}),)).edits(Session(CATALOGUE)))
    command = rewriting(one, understood("!pain slow #a7 ^5"))
    assert {field: value for _, field, value in command.cells} == {
        "text": "slow", "kind": "pain", "level": 5, "about": "a07",
    }  # fmt: skip
    assert {row_id for row_id, _, _ in command.cells} == {"n"}
    assert command.edits(session)["inbox"]["n"].text == "slow"  # type: ignore[union-attr]  # a note


def test_the_lines_of_a_text_that_is_as_it_was_stay() -> None:
    one = note("first\nsecond")
    assert line_of(one) == "first second"
    assert {field: value for _, field, value in rewriting(one, understood("!p first second")).cells} == {
        "kind": "pain", "typed": "!p first second",
    }  # fmt: skip
    assert ("n", "text", "first third") in rewriting(one, understood("first third")).cells


TEXTS = st.one_of(hostile_text(60), st.lists(st.one_of(PIECES, PIECES.map("\\".__add__)), max_size=8).map(" ".join))
PEOPLE = ("", "Tessa Marlowe", "I04", "Margaret Ostrow", "Front, desk", "x", "@ana", "Nobody here")
PLACES = ("", "a04", "a24", "s4", "gone", "p1")


@given(
    TEXTS.filter(lambda text: bool(clean_line(text))),
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(KINDS),
            "about": st.sampled_from(PLACES),
            "person": st.sampled_from(PEOPLE),
            "emotion": st.none() | st.integers(1, 5),
            "level": st.none() | st.integers(1, 5),
            "dots": st.none() | st.integers(0, 20000),
            "due": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
        }
    ),
    TEXTS,
)
def test_a_line_that_is_written_out_reads_as_the_note(text: str, values: dict[str, Any], typed: str) -> None:
    one = note(clean_text(text).strip(), typed=clean_text(typed), **values)
    found = written(one, SAMPLE, TODAY)
    assert "\n" not in found.line
    captured = with_kept(read(found.line, SAMPLE, TODAY), one, found.kept)
    assert {field: getattr(captured, field) for field in FIELDS} == values
    assert captured.text == clean_line(one.text)
    assert not set(found.kept) & {"kind", "emotion", "level", "due"}


@given(st.lists(PIECES, min_size=1, max_size=6).map(" ".join))
def test_a_captured_line_comes_back_as_it_was_typed(raw: str) -> None:
    captured = understood(clean_line(raw))
    values = {field: getattr(captured, field) for field in ("text", "typed", *FIELDS)}
    if captured.text:
        assert line_of(Note(id="n", order=1, **values)) == clean_line(raw)
