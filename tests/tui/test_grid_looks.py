"""How the grid looks: legible in both themes, without colours, without Unicode; keys that can be found."""

from __future__ import annotations

import pytest
from grid_bench import GridApp, sample, screen_lines, styles_at
from rich.color import Color, ColorType

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.tui.themes import THEMES
from cjworkshop.tui.widgets.grid import Grid

PARTS = [
    "", "head", "label", "quiet", "cursor", "idle", "selected", "edit", "edit-selected", "caret", "list",
    "list-marked", "status", "error",
]  # fmt: skip
UNCLEAR = {"ctrl+m", "ctrl+i", "ctrl+h", "ctrl+enter", "shift+enter", "alt+enter", "shift+f3"}


def contrast(one: Color, other: Color) -> float:
    """By WCAG 2: (L1 + 0.05) / (L2 + 0.05) of the relative luminances."""
    lights = []
    for colour in (one, other):
        shares = [channel / 255 for channel in colour.get_truecolor()]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES.values()])
async def test_every_text_stands_out_from_its_ground(theme: str) -> None:
    app = GridApp(theme_name=theme)
    async with app.at_work():
        for part in PARTS:
            style = app.grid.style(part)
            assert style.color is not None, part
            assert style.bgcolor is not None, part
            assert contrast(style.color, style.bgcolor) >= 4.5, part


async def test_another_theme_recolours_everything() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        before = set(styles_at(app, "Decide"))
        app.theme = "cjworkshop-light"
        await pilot.pause()
        assert set(styles_at(app, "Decide")).isdisjoint(before)


async def test_the_cursor_has_a_shape_of_its_own() -> None:
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.pause()
        assert "▌Register" in screen_lines(app)[1]
        assert screen_lines(app)[1].count("▌") == 1


async def test_without_colours_nothing_is_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = GridApp()
    async with app.at_work() as pilot:
        await pilot.press("down", "enter")
        for part in PARTS:
            for colour in (app.grid.style(part).color, app.grid.style(part).bgcolor):
                if colour is not None and colour.type is ColorType.TRUECOLOR and colour.triplet is not None:
                    assert len(set(colour.triplet)) == 1


async def test_ascii_only_draws_ascii_only() -> None:
    app = GridApp("touchpoints", sample(40), ascii_only=True)
    async with app.at_work(width=200) as pilot:
        app.grid.go_to("t2", "emotion")
        await pilot.press("enter", "escape", "f4", "a", "enter", "f9", "left", "enter")
        assert all(line.isascii() for line in screen_lines(app))


async def test_ratings_numbers_and_what_is_missing() -> None:
    app = GridApp("scores", Session(CATALOGUE))
    async with app.at_work() as pilot:
        app.book.do(AddRows("touchpoints", (NewRow("t", {"name": "Call"}),)))
        app.book.do(AddRows("scores", (NewRow("x", {"touchpoint": "t", "emotion": 4}),)))
        await pilot.pause()
        row = next(line for line in screen_lines(app) if "A01 Call" in line)
        assert "▮▮▮▮▯ 4" in row
        assert row.count("*") == 1


async def test_expanded_scores_have_a_column_for_each_stage() -> None:
    app = GridApp("responses")
    async with app.at_work(width=200) as pilot:
        await pilot.press("ctrl+n", "tab", "tab", *"9", "tab")
        response = app.rows()[0].id
        app.grid.go_to(response, "satisfaction:s1")
        await pilot.press("4", "right", "5")
        assert app.rows()[0].satisfaction == (("s1", 4), ("s2", 5))
        app.book.do(AddRows("stages", (NewRow("s9", {"name": "Afterwards"}),)))
        assert app.grid.go_to(response, "satisfaction:s9")
        await pilot.press("1")
        assert app.rows()[0].satisfaction[-1] == ("s9", 1)


async def test_a_form_shows_what_belongs_where_nothing_stands() -> None:
    app = GridApp("charter", Session(CATALOGUE))
    async with app.at_work() as pilot:
        await pilot.pause()
        text = "\n".join(screen_lines(app))
        assert "The first thing the customer does." in text
        assert text.startswith(" Client *")


def test_every_key_has_an_id_and_says_what_it_does() -> None:
    ids = set()
    for binding in Grid.BINDINGS:
        assert binding.id  # type: ignore[union-attr]  # the grid's bindings are all of the full kind
        assert binding.description  # type: ignore[union-attr]
        assert binding.tooltip.endswith(".")  # type: ignore[union-attr]
        assert not UNCLEAR & set(binding.key.split(","))  # type: ignore[union-attr]
        ids.add(binding.id)  # type: ignore[union-attr]
    assert len(ids) == len(Grid.BINDINGS)


async def test_keys_can_be_others() -> None:
    app = GridApp()
    app.set_keymap({"grid.edit": "f6"})
    async with app.at_work() as pilot:
        await pilot.press("f2")
        assert (app.grid.editing) is False
        await pilot.press("f6")
        assert app.grid.editing
