"""Export from the program: several formats are a file each in one folder, and the template's words stay out."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from test_workshop_screen import running, sample, settle, words
from textual.widgets import OptionList

from cjworkshop.domain.commands import SetCells
from cjworkshop.method.across import About
from cjworkshop.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_several_formats_are_a_file_each_and_tables_are_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(tmp_path / "sessions", sample(), (120, 36)) as (pilot, screen):
        about = screen.desk.session.record(About)
        screen.desk.do(SetCells("_meta", ((about.id, "template", "outpatient"),)))
        screen.desk.do(SetCells("stages", (("s1", "end", "My card came"),)))
        await pilot.press("ctrl+e")
        await settle(pilot)
        formats = pilot.app.screen.query_one(OptionList)
        assert str(formats.get_option("csv").prompt).endswith("tables for a spreadsheet, packed in one .zip")
        await pilot.press("down", "space", "ctrl+e")
        for _ in range(50):
            await pilot.pause(0.05)
            if "Wrote 2 files" in words(screen.query_one(Footer)):
                break
    notes, packed = (tmp_path / f"{screen.desk.opened.path.stem}{suffix}" for suffix in (".md", ".zip"))
    assert "touchpoints.csv" in zipfile.ZipFile(packed).namelist()
    text = notes.read_text("utf-8")
    assert "> Stage texts that came with the template “An outpatient's visit” are left out." in text
    assert "My card came" in text
    assert "Get from the road to the right chair" not in text
