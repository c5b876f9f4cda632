"""Typing into the grid: what is committed, refused, given up, kept."""

from __future__ import annotations

from grid_bench import GridApp, screen_lines
from textual.events import Key

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows
from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.widgets.grid import Grid
from cjworkshop.tui.widgets.grid_editing import Abandoned


async def test_typing_replaces_enter_commits_and_goes_down() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"New name", "enter")
        assert app.rows()[0].name == "New name"
        assert (app.grid.row_id, app.grid.key) == ("t1", "name")


async def test_f2_edits_what_is_there() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "f2", *"!!", "tab")
        assert app.rows()[0].name == "Decide!!"
        assert app.grid.key == "action"
        await pilot.press("shift+tab", "shift+tab", "shift+tab")
        assert app.grid.key == "stage"


async def test_an_unchanged_cell_tells_nothing() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "f2", "enter")
        assert app.of(Grid.Edited) == []


async def test_a_refused_value_keeps_the_editor_open_and_says_why() -> None:
    app = GridApp("pains")
    async with app.at_work(width=200) as pilot:
        app.grid.go_to("p0", "frequency")
        await pilot.press(*"140", "enter")
        assert app.grid.editing
        assert app.of(Grid.Refused)[-1].message == "140 is not between 0 and 100."
        assert "140 is not between 0 and 100." in screen_lines(app)[-1]
        await pilot.press("backspace", "enter")
        assert app.rows()[0].frequency == 14


async def test_what_is_typed_after_a_refusal_replaces_the_text() -> None:
    app = GridApp()
    async with app.at_work(width=220) as pilot:
        app.grid.go_to("t0", "ownership")
        await pilot.press(*"fol", "enter", *"bra", "enter")
        assert app.grid.editor is not None
        assert app.grid.editor.text == "bra"
        await pilot.press(*"rec", "ctrl+z")
        assert app.grid.editor.text == "bra"
        await pilot.press("enter", "left", *"p")
        assert app.grid.editor.text == "brpa"
        await pilot.press("enter", *"part", "enter")
        assert app.rows()[0].ownership == "partner"


async def test_what_is_wrong_has_the_whole_last_line_where_it_needs_it() -> None:
    app = GridApp("pains")
    async with app.at_work(width=40) as pilot:
        app.grid.go_to("p0", "frequency")
        status = app.grid.status
        await pilot.press("m", "enter")
        assert screen_lines(app)[-1].strip() == "'m' is not a number. Type 0 to 100."
        await pilot.press("backspace")
        assert status in screen_lines(app)[-1]


async def test_what_is_wrong_takes_two_lines_beside_the_row_that_is_edited() -> None:
    app = GridApp()
    async with app.at_work(width=60) as pilot:
        app.grid.go_to("t0", "moment")
        before = screen_lines(app)
        await pilot.press(*"never", "enter")
        above, last = (line.strip() for line in screen_lines(app)[-2:])
        said = "'never' is not one of the choices. Type one of: moment of truth, make or break, wow, exit."
        assert f"{above} {last}".startswith(said)
        await pilot.press("escape")
        assert screen_lines(app)[-2] == before[-2]
    app = GridApp()
    async with app.at_work(width=60, height=3) as pilot:
        app.grid.go_to("t0", "moment")
        await pilot.press(*"never", "enter")
        assert not [line for line in screen_lines(app)[:-1] if "choices" in line]
        assert "choices" in screen_lines(app)[-1]


async def test_the_first_words_make_the_first_row() -> None:
    app = GridApp("stages", Session(CATALOGUE))
    async with app.at_work() as pilot:
        assert "No stages yet." in "".join(screen_lines(app))
        await pilot.press(*"Register", "enter", *"Visit", "enter")
        assert [row.name for row in app.rows()] == ["Register", "Visit"]


async def test_tab_walks_through_the_cells_and_into_a_new_row() -> None:
    app = GridApp("parked", Session(CATALOGUE))
    async with app.at_work() as pilot:
        await pilot.press(*"Why?", "tab", *"Ann", "tab", "tab", *"So.", "tab", *"Next?", "enter")
        assert [(row.text, row.by, row.answer) for row in app.rows()] == [("Why?", "Ann", "So."), ("Next?", "", "")]


async def test_escape_gives_up_and_one_undo_brings_it_back() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"lost?", "escape")
        assert (app.grid.editing, app.rows()[0].name) == (False, "Decide")
        await pilot.press("ctrl+z")
        assert app.grid.editing
        await pilot.press("enter")
        assert app.rows()[0].name == "lost?"


async def test_a_new_row_exists_from_its_first_value_on() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+n")
        assert len(app.rows()) == 5
        await pilot.press("down")
        assert len(app.grid.model) == 5
        await pilot.press("up", "up", "ctrl+n", *"Between", "enter")
        assert [row.name for row in app.rows()][:3] == ["Register", "Between", "Before visit"]
        assert app.of(Grid.RowAdded)[0].after == "s0"


async def test_a_reference_is_chosen_from_its_list() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press(*"aft")
        assert any("After visit" in line for line in screen_lines(app))
        await pilot.press("enter")
        assert app.rows()[0].stage == "s4"


async def test_a_digit_sets_a_rating_and_stays() -> None:
    app = GridApp()
    async with app.at_work(width=200) as pilot:
        app.grid.go_to("t1", "emotion")
        await pilot.press("5")
        assert app.rows()[1].emotion == 5
        assert (app.grid.row_id, app.grid.editing) == ("t1", False)
        await pilot.press("delete")
        assert app.rows()[1].emotion is None


async def test_a_refused_text_is_kept_when_the_cell_is_left() -> None:
    app = GridApp("pains")
    async with app.at_work(width=200) as pilot:
        app.grid.go_to("p0", "frequency")
        await pilot.press(*"140")
        assert app.grid.settle() is False
        await pilot.pause()
        assert app.of(Grid.Drafted)[-1].text == "140"
        assert any("! 140" in line for line in screen_lines(app))
        app.grid.go_to("p0", "pain")
        app.grid.go_to("p0", "frequency")
        await pilot.press("enter", "backspace", "enter")
        assert app.rows()[0].frequency == 14
        assert not any("! 14" in line for line in screen_lines(app))


async def test_settling_commits_what_is_valid() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"abc")
        assert app.grid.settle()
        await pilot.pause()
        assert app.rows()[0].name == "abc"


async def test_leaving_by_mouse_commits() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"abc")
        await pilot.click(app.grid, offset=(30, 8))
        assert app.rows()[0].name == "abc"
        assert (app.grid.editing, app.grid.key) == (False, "name")


async def test_what_is_typed_is_told_as_a_draft_and_taken_back_when_it_is_committed() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "a", "b")
        await pilot.pause(0.5)
        draft = app.of(Grid.Drafted)[-1]
        assert (draft.row_id, draft.key, draft.text, draft.after) == ("t0", "name", "ab", None)
        await pilot.press("enter")
        assert app.of(Grid.Drafted)[-1].text is None


async def test_the_draft_of_a_new_row_says_where_it_is_to_stand() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+n", "x")
        await pilot.pause(0.5)
        draft = app.of(Grid.Drafted)[-1]
        assert (draft.row_id, draft.key, draft.text, draft.after) == ("new1", "name", "x", "s0")


async def test_a_draft_is_opened_again() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        assert app.grid.open_draft("t3", "name", "half a na")
        await pilot.press(*"me", "enter")
        assert app.rows()[3].name == "half a name"


async def test_undo_takes_typing_back_first_then_the_edit_then_the_last_change() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"first", "enter", *"one two")
        await pilot.press("ctrl+z")
        assert app.grid.editor is not None
        assert app.grid.editor.text == "one "
        await pilot.press("ctrl+y")
        assert app.grid.editor.text == "one two"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert (app.grid.editing, app.rows()[0].name) == (False, "first")
        await pilot.press("ctrl+z")
        assert app.rows()[0].name == "Decide"


async def test_an_edit_in_a_row_to_be_comes_back_in_a_row_to_be() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+n", *"gone", "escape", "escape")
        assert len(app.grid.model) == 5
        await pilot.press("ctrl+z", "enter")
        assert [row.name for row in app.rows()][1] == "gone"


async def test_prose_takes_new_lines_and_grows() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "right", *"one", "ctrl+j", *"two", "up", "end", "!", "enter")
        assert app.rows()[0].action == "one!\ntwo"


async def test_arrows_leave_a_line_and_commit() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"abc", "down")
        assert app.rows()[0].name == "abc"
        assert app.grid.row_id == "t1"


async def test_cells_filled_at_once_in_a_new_row_all_arrive() -> None:
    app = GridApp("parked", Session(CATALOGUE))
    async with app.at_work() as pilot:
        grid = app.grid
        grid.begin_row()
        grid.begin_edit("Why?")
        grid.action_next_cell()  # nothing is told to the screen in between
        grid.begin_edit("Ann")
        grid.action_next_cell()
        await pilot.pause()
        assert [(row.text, row.by) for row in app.rows()] == [("Why?", "Ann")]


async def test_several_references_are_taken_one_by_one() -> None:
    app = GridApp()
    people = tuple(NewRow(f"u{n}", {"name": name}) for n, name in enumerate(("Ann", "Bob", "Cy")))
    async with app.at_work(width=200) as pilot:
        app.book.do(AddRows("personas", people))
        app.grid.go_to("t0", "personas")
        await pilot.press(*"bo", ";", *"an", "enter")
        assert app.rows()[0].personas == ("u1", "u0")
        app.grid.go_to("t0", "personas")
        await pilot.press("f2", "backspace", *"cy", "tab")
        assert app.rows()[0].personas == ("u1", "u2")


async def test_flags_and_choices() -> None:
    app = GridApp("parked", Session(CATALOGUE))
    async with app.at_work(width=160) as pilot:
        await pilot.press(*"Q", "tab", "tab", "y")
        assert app.rows()[0].resolved is True
        await pilot.press("space")
        assert app.rows()[0].resolved is False
        await pilot.press("f2", "up", "enter")
        assert app.rows()[0].resolved is True
    app = GridApp()
    async with app.at_work(width=220) as pilot:
        app.grid.go_to("t0", "ownership")
        await pilot.press(*"part", "enter")
        assert app.rows()[0].ownership == "partner"
        app.grid.go_to("t1", "ownership")
        await pilot.press("enter", "down", "down", "down", "tab")
        assert app.rows()[1].ownership == "outside"


async def test_a_choice_that_is_none_is_refused() -> None:
    app = GridApp()
    async with app.at_work(width=220) as pilot:
        app.grid.go_to("t0", "ownership")
        await pilot.press(*"xyz", "enter")
        assert "'xyz' is not one of the choices." in app.of(Grid.Refused)[-1].message
        await pilot.press("ctrl+a", "backspace", "enter")
        assert app.rows()[0].ownership == ""


async def test_nps_and_signed_numbers_open_the_editor() -> None:
    app = GridApp("people", Session(CATALOGUE))
    async with app.at_work(width=220) as pilot:
        await pilot.press(*"Ann", "enter", "up")
        app.grid.go_to(app.rows()[0].id, "support")
        await pilot.press("-", "2")
        assert app.grid.editing
        await pilot.press("enter")
        assert app.rows()[0].support == -2


async def test_emoji_and_accents_that_come_one_code_point_a_key() -> None:
    app = GridApp()
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    async with app.at_work() as pilot:
        await pilot.press("right", "x", "backspace")
        for character in family + "e\u0301":
            app.grid.post_message(Key(character, character))
        await pilot.pause()
        assert app.grid.editor is not None
        assert app.grid.editor.text == family + "e\u0301"
        await pilot.press("backspace", "enter")
        assert app.rows()[0].name == family


async def test_input_methods_find_the_caret() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", *"ab")
        column = app.grid._columns.find(2)
        assert column is not None
        assert app.cursor_position == (column.x + 3, 1)


async def test_a_form_is_edited_row_by_row() -> None:
    app = GridApp("charter")
    async with app.at_work() as pilot:
        await pilot.press(*"VA", "enter", *"I get care", "tab")
        record = app.rows()[0]
        assert (record.id, record.client, record.journey) == ("form", "VA", "I get care")
        await pilot.press("ctrl+n")
        assert app.of(Grid.Refused)[-1].message == "Charter is one record."


async def test_an_edit_survives_a_change_from_elsewhere() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("down", "down", *"Arri")
        app.book.do(AddRows("stages", (NewRow("x", {"name": "first"}),), ""))
        await pilot.press(*"val", "enter")
        assert [row.name for row in app.rows()] == [
            "first",
            "Register",
            "Before visit",
            "Arrival",
            "Visit",
            "After visit",
        ]


async def test_an_edit_whose_row_is_gone_is_given_up() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("down", *"lost")
        app.book.do(RemoveRows("stages", ("s1",)))
        await pilot.pause()
        assert (app.grid.editing, app.grid.take_abandoned()) == (False, Abandoned("s1", "name", "lost"))


async def test_an_edit_in_the_only_row_is_given_up_with_it() -> None:
    app = GridApp("stages", Session(CATALOGUE))
    async with app.at_work() as pilot:
        await pilot.press(*"Only", "enter", "up", *"lost")
        app.book.do(RemoveRows("stages", (app.rows()[0].id,)))
        await pilot.pause()
        assert (app.grid.editing, len(app.grid.model)) == (False, 0)


async def test_a_text_that_is_too_long_is_asked_about() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "f2")
        app.grid.insert_text("x" * 12_000)
        await pilot.press("enter")
        plan = app.of(Grid.Pasted)[-1].plan
        assert (plan.long_texts, plan.needs_asking) == (1, True)
        assert app.rows()[0].name == "Decide"
        app.book.do(plan.shortened().command())
        assert len(app.rows()[0].name) == 10_000
