"""Things that are rarely done in a session: each asks what it must know and gives the command that does it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cjworkshop.domain.commands import SetCode
from cjworkshop.domain.names import clean_code
from cjworkshop.domain.text import counted
from cjworkshop.errors import BadValue, NotFound, WorkshopError
from cjworkshop.method.across import About
from cjworkshop.storage.backups import NAMED
from cjworkshop.storage.difference import restoration
from cjworkshop.tui.modals.help import HelpDialog
from cjworkshop.tui.questions import ask_line
from cjworkshop.tui.widgets.rail import GoToCell

if TYPE_CHECKING:
    from cjworkshop.domain.commands import Command
    from cjworkshop.tui.screens.editing import EditingScreen


async def change_code(screen: EditingScreen) -> Command | None:
    """Give the row under the cursor another code. NotFound where its table has no codes."""
    desk, row_id = screen.desk, screen.grid.row_id
    table, rows = desk.session.catalogue[desk.table], desk.session[desk.table]
    row = rows.get(row_id)
    if not table.codes or row is None:
        raise NotFound(f"There is no code here: {table.title} have none.", "Go to a row that has one.")

    def check(typed: str) -> None:
        code = clean_code(typed)
        if not code:
            raise BadValue("A code is one word.", "Type it, such as A07.")
        if rows.codes.get(code.upper(), row_id) != row_id:
            raise BadValue(f"{code} is taken.", "Type another one.")

    code = await ask_line(screen.app, "Change code", f"How is {row.code} called from now on?", row.code, check)
    return SetCode(desk.table, row_id, clean_code(code)) if code else None


async def find(screen: EditingScreen) -> None:
    """Find words in the whole session, and go to the cell that is chosen, from whatever screen lies over this one."""
    from cjworkshop.tui.modals.find import FindDialog, Finder  # noqa: PLC0415 - made on first use

    app, desk = screen.app, screen.desk
    screen.finder = screen.finder or Finder()
    hit = await app.push_screen_wait(FindDialog(screen.finder, lambda: desk.session))
    if hit is not None:
        while app.screen is not screen:
            app.pop_screen()
        screen.go_to_cell(GoToCell(hit.table, hit.row_id, hit.column))


async def show_script(screen: EditingScreen) -> None:
    """What to ask, what to do and which table to fill in the block that runs, or in the one that comes."""
    from cjworkshop.tui.clock_errands import clock_step  # noqa: PLC0415 - made on first use
    from cjworkshop.tui.modals.script import ScriptDialog  # noqa: PLC0415 - made on first use

    await screen.app.push_screen_wait(ScriptDialog(screen.desk, clock_step(screen)))


async def break_out(screen: EditingScreen) -> None:
    """Go where the groups are named that work side by side in the block that runs; else in the agenda's first one."""
    from cjworkshop.facilitation.agenda import plan  # noqa: PLC0415 - rarely done
    from cjworkshop.facilitation.capture import running_block  # noqa: PLC0415 - rarely done
    from cjworkshop.tui.clock_errands import clock_step  # noqa: PLC0415 - rarely done

    session = screen.desk.session
    first = next((item.row for item in plan(session, clock_step(screen)).rows()), None)
    block = running_block(session) or first
    if block is None:
        raise NotFound("There is no agenda to break out in.", "Type its first block in the table Agenda.")
    screen.go_to_cell(GoToCell("agenda", block.id, "groups"))


async def restore_points(screen: EditingScreen) -> Command | None:
    """Keep the session under a name, or have it as an earlier state has it; the present one is kept before that."""
    from cjworkshop.facilitation.going_back import gone_back  # noqa: PLC0415 - made on first use
    from cjworkshop.tui.modals.restore_points import Keep, RestorePoints  # noqa: PLC0415 - made on first use

    app, desk = screen.app, screen.desk
    backups = app.store.backups(desk.opened.path)  # a listing: the dialog stands before the next key
    mark = "*" if desk.ascii_only else "◆"
    answer = await app.push_screen_wait(RestorePoints(backups, app.store.read_backup, lambda: desk.session, mark=mark))
    if answer is None:
        return None
    if isinstance(answer, Keep):
        await asyncio.to_thread(desk.opened.backup, NAMED, answer.label)
        taken = " The name that was typed is taken." if answer.renamed else ""
        getattr(app.screen, "tell", screen.tell)(f"Restore point kept: {answer.label or 'as it stands now'}.{taken}")
        return None
    await asyncio.to_thread(desk.opened.backup, "restore")
    return restoration(gone_back(desk.session, answer.then), f"go back to {answer.name}")


async def save_as_template(screen: EditingScreen) -> None:
    """Save the session's stages, agenda, prompts and lanes under a name, for sessions to begin from.

    A name that cannot be had is asked for again, with the reason.
    """
    from cjworkshop.storage.templates import save_template  # noqa: PLC0415 - rarely done
    from cjworkshop.tui.modals.save_template import NewTemplate, SaveTemplateDialog  # noqa: PLC0415 - rarely done

    app, desk = screen.app, screen.desk
    text = "Its stages, agenda, prompts and lanes, without what happened in this session. What is it called?"
    typed, problem = NewTemplate(desk.session.record(About).name, ""), ""
    while (answer := await app.push_screen_wait(SaveTemplateDialog(text, typed, problem))) is not None:
        typed = answer
        try:
            path = await asyncio.to_thread(save_template, desk.session, typed.name, app.store.folder, about=typed.about)
        except WorkshopError as refused:
            problem = str(refused)
        else:
            screen.footer.say(f"Template saved: {path}", "good", 12)
            return


async def show_quarantine(screen: EditingScreen) -> Command | None:
    """Show what could not be read as it should be. NotFound where all was read."""
    misfits = screen.desk.session.quarantine
    if not misfits:
        raise NotFound("Everything in this session could be read.", "There is nothing in quarantine.")
    entries = tuple(
        (str(misfit.get("table", "")), f"{misfit.get('reason', '')} {misfit.get('document', '')}") for misfit in misfits
    )
    about = "These could not be read as they should be. They stay in the file, in the table _quarantine."
    await screen.app.push_screen_wait(
        HelpDialog("What did not fit", about, [(counted(len(misfits), "entry", "entries"), entries)])
    )
    return None
