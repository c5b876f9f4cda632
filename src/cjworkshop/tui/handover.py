"""Handing over: the export dialog, and the files that it makes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from cjworkshop.domain.text import counted
from cjworkshop.errors import NotFound
from cjworkshop.exports.registry import FORMATS, format_named
from cjworkshop.exports.request import Request
from cjworkshop.exports.writing import write_export
from cjworkshop.storage.templates import began_from
from cjworkshop.tui.modals.ask import Ask, Possibility
from cjworkshop.tui.modals.export import ExportDialog

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.exports.registry import Format
    from cjworkshop.tui.app import WorkshopApp


async def hand_over(app: WorkshopApp, session: Session, slug: str) -> str:
    """Ask what is wanted and write it. One sentence on what was written; "" where the dialog was left.

    Raises a WorkshopError where nothing could be written. Must run in a worker, since it waits for dialogs.
    """
    formats = [(known.name, f"{known.name:<5} {_title(known)}") for known in FORMATS]
    wish = await app.push_screen_wait(ExportDialog(formats, str(Path.cwd())))
    if wish is None:
        return ""
    folder = _folder(wish.folder)
    template = await asyncio.to_thread(began_from, session, app.store.folder)
    request = Request(names=wish.names, currency=app.settings.currency, template=template)
    wanted = [format_named(name) for name in wish.formats]
    paths = {known: folder / f"{slug}{known.suffix_for(request)}" for known in wanted}
    there = [path.name for path in paths.values() if path.exists()]
    if there and not await _may_replace(app, there):
        return ""
    written: list[Path] = []
    for known, path in paths.items():
        written += await asyncio.to_thread(write_export, session, known, request, path, force=True)
    return f"Wrote {counted(len(written), 'file')} into {folder}: {', '.join(path.name for path in written)}."


def _title(known: Format) -> str:
    """What the format is; of one that could also be a folder, that it is one packed file here."""
    return f"{known.title.partition(':')[0]}, packed in one {known.packed}" if known.packed else known.title


def _folder(typed: str) -> Path:
    folder = Path(typed).expanduser()
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.", "Make it first, or export into another one.")
    return folder


async def _may_replace(app: WorkshopApp, names: list[str]) -> bool:
    what = "It is" if len(names) == 1 else "They are"
    answers = [Possibility("no", "Keep what is there"), Possibility("yes", "Replace")]
    return await app.push_screen_wait(Ask(f"{', '.join(names)} exists", f"{what} replaced wholly.", answers)) == "yes"
