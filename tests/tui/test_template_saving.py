"""A session saved as a template from the palette, and what a new session's dialog says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_workshop_screen import running, sample, settle, words
from textual.widgets import Input, OptionList, Static

from cjworkshop.method.steps import CATALOGUE
from cjworkshop.settings import Settings
from cjworkshop.storage.sessions import SessionStore
from cjworkshop.storage.templates import save_template, templates_for
from cjworkshop.tui import errands
from cjworkshop.tui.app import WorkshopApp
from cjworkshop.tui.modals.new_session import NewSessionDialog
from cjworkshop.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from cjworkshop.tui.screens.workshop import WorkshopScreen


async def save(pilot: Pilot[int], screen: WorkshopScreen, name: str, about: str = "") -> str:
    """Save the session, and give what the footer says then."""
    screen.run_errand(errands.save_as_template)
    await settle(pilot)
    pilot.app.screen.query_one("#name", Input).value = name
    pilot.app.screen.query_one("#about", Input).value = about
    await pilot.press("enter")
    await pilot.pause(0.2)
    await settle(pilot)
    return words(screen.query_one(Footer))


async def test_the_palette_saves_the_session_as_a_template(tmp_path: Path) -> None:
    async with running(tmp_path / "sessions", sample(), (200, 50)) as (pilot, screen):
        assert "Save as template" in [name for name, _, _ in screen.palette_entries()]
        said = await save(pilot, screen, "Our Clinic", "For half a day\n[/x]")
        assert "Template saved: " in said
        assert "our-clinic.toml" in said
        template = templates_for(tmp_path / "sessions").named("our-clinic")
        assert (template.title, template.about) == ("Our Clinic", "For half a day [/x]")
        assert len(template.stages) == 6
        assert template.agenda
        assert not screen.desk.workbook.undo_label


@pytest.mark.parametrize(("name", "said"), [("blank", "There is a template blank already."), ("..", "needs a name")])
async def test_a_name_that_is_taken_or_none_is_refused_in_a_sentence_and_asked_for_again(
    tmp_path: Path, name: str, said: str
) -> None:
    async with running(tmp_path / "sessions", sample(), (200, 50)) as (pilot, screen):
        await save(pilot, screen, name, "Half a day")
        dialog = pilot.app.screen
        assert said in str(dialog.query_one("#fault", Static).visual)
        assert [line.value for line in dialog.query(Input)] == [name, "Half a day"]
        assert not (tmp_path / "templates").exists()
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen


async def test_the_name_is_the_sessions_and_tab_goes_to_what_it_is_for(tmp_path: Path) -> None:
    async with running(tmp_path / "sessions", sample(), (80, 24)) as (pilot, screen):
        screen.run_errand(errands.save_as_template)
        await settle(pilot)
        assert pilot.app.screen.query_one("#name", Input).value == "VA outpatient"
        await pilot.press("tab", *"Half a day", "enter")
        await pilot.pause(0.2)
        await settle(pilot)
        template = templates_for(tmp_path / "sessions").named("va-outpatient")
        assert (template.title, template.about) == ("VA outpatient", "Half a day")


async def test_a_new_session_is_told_what_a_template_brings(tmp_path: Path) -> None:
    save_template(sample(), "Ours [/x]", tmp_path / "sessions")
    app = WorkshopApp(SessionStore(tmp_path / "sessions", CATALOGUE), Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, NewSessionDialog)
        templates = dialog.query_one(OptionList)
        templates.highlighted = templates.option_count - 1
        await settle(pilot)
        preview = str(dialog.query_one("#preview", Static).visual)
        assert "Register for VHA → " in preview
        assert "Besides: agenda of " in preview
