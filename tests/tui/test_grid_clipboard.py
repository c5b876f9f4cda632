"""Cells and rows copied, cut and pasted; foreign text that comes in as a paste."""

from __future__ import annotations

import pytest
from grid_bench import GridApp, sample, screen_lines
from textual.events import Paste

from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.paste_plan import Refusal
from cjworkshop.tui.widgets.grid import Grid
from cjworkshop.tui.widgets.grid_clipboard import Clipboard


@pytest.fixture(autouse=True)
def no_other_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cjworkshop.tui.widgets.grid_clipboard.copy_out", lambda app, text: app.copy_to_clipboard(text))


def names(app: GridApp) -> list[str]:
    return [row.name for row in app.rows()]


async def test_a_block_is_copied_as_a_spreadsheet_wants_it() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.go_to("t0", "name")
        await pilot.press("f2", "end", *' "x"', "tab", *"two", "ctrl+j", *"lines", "enter")
        app.grid.go_to("t0", "name")
        await pilot.press("shift+right", "shift+right", "shift+down", "ctrl+c")
        text = app.of(Grid.Copied)[-1].text
        assert text.startswith('Decide "x"\t"two\nlines"\tphone\nSchedule appointment\t')
        assert app.clipboard == text


async def test_a_block_is_pasted_over_cells_as_one_change() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        app.grid.post_message(Paste('One\tGoal\r\nTwo\t"say ""hi""\nthere"\r\n'))
        await pilot.pause()
        assert [(row.name, row.customer_goal) for row in app.rows()][:3] == [
            ("One", "Goal"), ("Two", 'say "hi"\nthere'), ("Arriving", ""),
        ]  # fmt: skip
        await pilot.press("ctrl+z")
        assert names(app)[:2] == ["Register", "Before visit"]


async def test_what_goes_beyond_the_last_row_becomes_new_rows_in_the_same_change() -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+end")
        app.grid.post_message(Paste("A\nB\nC"))
        await pilot.pause()
        assert names(app)[4:] == ["A", "B", "C"]
        await pilot.press("ctrl+z")
        assert names(app)[4:] == ["After visit"]


@pytest.mark.parametrize("text", ["One", "One\tGoal\nTwo"])
async def test_a_paste_into_a_new_row_makes_rows_there_and_leaves_the_others_alone(text: str) -> None:
    app = GridApp("stages")
    async with app.at_work() as pilot:
        before = names(app)
        await pilot.press("ctrl+n")
        app.grid.post_message(Paste(text))
        await pilot.pause()
        new = [line.partition("\t")[0] for line in text.split("\n")]
        assert names(app) == [before[0], *new, *before[1:]]
        await pilot.press("ctrl+z")
        assert names(app) == before


async def test_an_empty_table_is_filled_by_a_paste() -> None:
    app = GridApp("parked", Session(CATALOGUE))
    async with app.at_work() as pilot:
        app.grid.post_message(Paste("Why?\tAnn\tyes\nHow?\tBob\tno"))
        await pilot.pause()
        assert [(row.text, row.by, row.resolved) for row in app.rows()] == [
            ("Why?", "Ann", True),
            ("How?", "Bob", False),
        ]


async def test_what_is_refused_or_has_no_place_is_told_before_anything_changes() -> None:
    app = GridApp("touchpoints")
    async with app.at_work(width=220) as pilot:
        app.grid.go_to("t1", "customer_emotion")
        app.grid.post_message(Paste("4.5\t12\tmore\nnine\t3\t\n"))
        await pilot.pause()
        plan = app.of(Grid.Pasted)[-1].plan
        assert plan.refusals == (Refusal("A03", "Customers", "nine", "'nine' is not a number."),)
        assert (plan.surplus_columns, plan.summary, plan.needs_asking) == (1, "3 cells", True)
        assert app.rows()[1].customer_n is None
        app.book.do(plan.command())
        assert [(row.customer_emotion, row.customer_n) for row in app.rows()[1:3]] == [(4.5, 12), (None, 3)]


async def test_one_cell_fills_the_selection() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.go_to("t0", "channel")
        await pilot.press("ctrl+c", "down", "shift+down", "shift+down", "ctrl+v")
        assert [row.channel for row in app.rows()][:5] == ["phone", "phone", "phone", "phone", "portal"]


async def test_cut_clears_cells_and_paste_puts_them_elsewhere() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.go_to("t1", "channel")
        await pilot.press("ctrl+x")
        assert app.rows()[1].channel == ""
        await pilot.press("up", "ctrl+v")
        assert app.rows()[0].channel == "portal"


async def test_whole_rows_are_cut_and_pasted_with_all_they_hold() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        before = app.rows()[0]
        await pilot.press("left", "ctrl+x")
        assert app.rows()[0].name == "Schedule appointment"
        await pilot.press("down", "ctrl+v")
        moved = app.rows()[2]
        assert (moved.name, moved.stage, moved.emotion, moved.channel) == (
            before.name, before.stage, before.emotion, before.channel,
        )  # fmt: skip
        assert moved.id != before.id


async def test_rows_go_from_one_session_to_another_without_what_is_not_there() -> None:
    shared = Clipboard()
    app = GridApp(clipboard=shared)
    async with app.at_work() as pilot:
        await pilot.press("left", "shift+down", "ctrl+c")
    other = GridApp("touchpoints", Session(CATALOGUE), clipboard=shared)
    async with other.at_work() as pilot:
        await pilot.press("ctrl+v")
        assert [(row.name, row.stage, row.channel) for row in other.rows()] == [
            ("Decide", "", "phone"), ("Schedule appointment", "", "portal"),
        ]  # fmt: skip


async def test_a_form_takes_no_more_rows_than_it_has() -> None:
    app = GridApp("charter")
    async with app.at_work() as pilot:
        await pilot.press("ctrl+end")
        app.grid.post_message(Paste("1\n2\n3"))
        await pilot.pause()
        plan = app.of(Grid.Pasted)[-1].plan
        assert (plan.surplus_rows, plan.needs_asking) == (2, True)
        await pilot.press("ctrl+home")
        app.grid.post_message(Paste("VA\nI get care"))
        await pilot.pause()
        assert (app.rows()[0].client, app.rows()[0].journey) == ("VA", "I get care")


async def test_a_paste_into_the_editor_is_text_and_runs_nothing() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.go_to("t0", "action")
        await pilot.press("f2")
        app.grid.post_message(Paste("one\ttab\r\ntwo \x1b[31m\x11 [b]x[/b]"))
        await pilot.pause()
        await pilot.press("enter")
        assert app.rows()[0].action == "one\ttab\ntwo [31m [b]x[/b]"


async def test_copying_in_the_editor_takes_what_is_selected() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("right", "f2", "ctrl+shift+left", "ctrl+c", "end", "ctrl+v", "enter")
        assert app.of(Grid.Copied)[-1].text == "Decide"
        assert app.rows()[0].name == "DecideDecide"


async def test_pasting_with_nothing_copied_says_so() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("ctrl+v")
        assert "Nothing was copied here yet." in screen_lines(app)[-1]


async def test_a_text_over_the_limit_is_asked_about() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        app.grid.go_to("t0", "name")
        app.grid.post_message(Paste("y" * 12_000))
        await pilot.pause()
        plan = app.of(Grid.Pasted)[-1].plan
        assert (plan.long_texts, plan.needs_asking) == (1, True)
        assert len(plan.shortened().cells[0][2]) == 10_000


async def test_a_thousand_rows_are_pasted() -> None:
    app = GridApp("stages", sample(1))
    async with app.at_work() as pilot:
        app.grid.post_message(Paste("".join(f"Stage {n}\tgoal\n" for n in range(1000))))
        await pilot.pause()
        assert len(app.rows()) == 1000
        assert app.rows()[999].name == "Stage 999"
