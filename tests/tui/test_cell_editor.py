"""Typing in a cell: graphemes, words, selection, lines, undo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.tui.text import graphemes
from cjworkshop.tui.widgets.cell_editor import CellEditor

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
texts = st.text(
    st.sampled_from(["a", "b", " ", "\n", "日", "\u0301", "\u200d", "\U0001f468", "1", "\ufe0f"]), max_size=20
)


def editor(marked: str, *, multiline: bool = False) -> CellEditor:
    """An editor with this text, the caret where `|` stands and the anchor where `^` stands, if it does."""
    made = CellEditor(marked.replace("|", "").replace("^", ""), multiline=multiline)
    anchor = marked.replace("|", "").find("^")
    made.go(marked.replace("^", "").index("|"))
    if anchor >= 0:
        made.anchor = anchor
    return made


def refused(text: str) -> CellEditor:
    made = CellEditor(multiline=True)
    for character in text:
        made.type(character)
    made.refuse()
    return made


def test_what_is_typed_replaces_a_refused_text_and_undo_brings_it_back() -> None:
    made = refused("fol")
    assert (made.selection, made.selected) == ((0, 3), "fol")
    made.type("b")
    made.type("r")
    assert (made.text, made.selection) == ("br", (2, 2))
    assert made.undo()
    assert made.text == "fol"
    made = refused("fol")
    made.insert("pasted")
    assert made.text == "pasted"


@pytest.mark.parametrize(
    ("act", "text"),
    [
        ("left", "foxl"),
        ("start", "xfol"),
        ("end", "folx"),
        ("backspace", "fox"),
        ("delete", "x"),
        ("delete_word", "x"),
        ("newline", "fol\nx"),
        ("select_all", "x"),
    ],
)
def test_other_keys_edit_a_refused_text(act: str, text: str) -> None:
    made = refused("fol")
    getattr(made, act)()
    if act == "delete":
        assert made.text == ""
    made.type("x")
    assert made.text == text


def shown(made: CellEditor) -> str:
    text = made.text[: made.caret] + "|" + made.text[made.caret :]
    if made.anchor == made.caret:
        return text
    place = made.anchor + (made.anchor > made.caret)
    return text[:place] + "^" + text[place:]


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ("a|b", "left", "|ab"),
        ("ab|", "right", "ab|"),
        (f"a{FAMILY}|b", "left", f"a|{FAMILY}b"),
        (f"a{FAMILY}|b", "backspace", "a|b"),
        ("xe\u0301|", "backspace", "x|"),
        ("|e\u0301x", "delete", "|x"),
        ("|", "backspace", "|"),
        ("one two|", "delete_word", "one |"),
        ("one two  |", "delete_word", "one |"),
        ("one, |two", "delete_word", "|two"),
        ("on|e two", "delete_word_right", "on| two"),
        ("one two|", "word_left", "one |two"),
        ("|one two", "word_right", "one| two"),
        ("a^bc|d", "backspace", "a|d"),
        ("a^bc|d", "left", "a|bcd"),
        ("a|bc^d", "right", "abc|d"),
        ("ab|c", "start", "|abc"),
        ("ab|c", "end", "abc|"),
        ("ab|c", "select_all", "^abc|"),
    ],
)
def test_a_key(before: str, act: str, after: str) -> None:
    made = editor(before)
    getattr(made, act)()
    assert shown(made) == after


def test_selecting_and_typing_over() -> None:
    made = editor("one |two")
    made.word_right(select=True)
    assert made.selected == "two"
    made.insert("2")
    assert shown(made) == "one 2|"


def test_a_code_point_a_key_makes_one_grapheme() -> None:
    made = CellEditor()
    for character in FAMILY + "e\u0301":
        made.type(character)
    assert graphemes(made.text) == [FAMILY, "e\u0301"]
    assert made.caret == len(made.text)


def test_new_lines_only_where_they_are_allowed() -> None:
    made = editor("a|b")
    made.newline()
    assert made.text == "ab"
    made.insert("x\r\n y\tz")
    assert made.text == "ax y zb"
    made = editor("a|b", multiline=True)
    made.newline()
    made.insert("x\r\ny")
    assert shown(made) == "a\nx\ny|b"


def test_what_a_terminal_might_obey_is_not_taken() -> None:
    made = CellEditor()
    made.insert("a\x1b[2J\x9b\u202eb")
    made.type("\x07")
    assert made.text == "a[2Jb"


def test_undo_by_words_and_redo() -> None:
    made = CellEditor()
    for character in "one two":
        made.type(character)
    made.backspace()
    seen = []
    while made.undo():
        seen.append(made.text)
    assert seen == ["one two", "one ", ""]
    assert made.redo()
    assert made.redo()
    assert made.text == "one two"
    made.type("!")
    assert not made.redo()


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ("one two th|ree", "up", "on|e two three"),
        ("on|e two three", "down", "one two th|ree"),
        ("a long line\nb|", "up", "a long l|ine\nb"),
        ("one two th|ree", "line_start", "one two |three"),
        ("o|ne two three", "line_end", "one two| three"),
    ],
)
def test_lines_as_they_are_wrapped(before: str, act: str, after: str) -> None:
    made = editor(before, multiline=True)
    getattr(made, act)(8)
    assert shown(made) == after


def test_going_down_over_a_short_line_keeps_the_cell() -> None:
    made = editor("long li|ne\nb\nlong line", multiline=True)
    assert made.down(20)
    assert made.down(20)
    assert shown(made) == "long line\nb\nlong li|ne"
    assert not made.down(20)


@given(
    texts,
    st.lists(st.sampled_from(["left", "right", "backspace", "delete", "word_left", "up", "down", "end"])),
    st.integers(1, 9),
)
def test_the_caret_always_stands_between_graphemes(text: str, acts: list[str], width: int) -> None:
    made = CellEditor(text, multiline=True)
    for act in acts:
        if act in {"up", "down"}:
            getattr(made, act)(width)
        else:
            getattr(made, act)()
        ends = {0}
        for grapheme in graphemes(made.text):
            ends.add(max(ends) + len(grapheme))
        assert {made.caret, made.anchor} <= ends


@given(texts, st.lists(st.sampled_from(["x", " ", "日", "\u0301"]), max_size=6))
def test_undo_gives_everything_back(text: str, typed: list[str]) -> None:
    made = CellEditor(text, multiline=True)
    for character in typed:
        made.type(character)
    while made.undo():
        pass
    assert made.text == text


@given(texts, st.integers(1, 9), st.integers(0, 5), st.integers(0, 9))
def test_every_cell_of_every_line_has_a_position_in_that_line(text: str, width: int, line: int, cell: int) -> None:
    made = CellEditor(text, multiline=True)
    lines = made.lines(width)
    line = min(line, len(lines) - 1)
    made.go(made.position_at(width, line, cell))
    assert made.place(width)[0] == line
