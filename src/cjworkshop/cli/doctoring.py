"""`cjworkshop doctor`: looks sessions over, and puts right what can be put right. It destroys nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cjworkshop.cli.output import console, out, say, say_error
from cjworkshop.cli.surroundings import Surroundings, shared
from cjworkshop.errors import InvalidData, WorkshopError

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.doctor import Finding
    from cjworkshop.storage.sessions import SessionStore

WORDS = ("fine", "note", "PROBLEM")
"""What each level is called; the words stand for themselves where there is no colour."""
STYLES = ("green", "yellow", "bold red")


@click.command(short_help="Check sessions, and repair one.")
@click.argument("session", required=False)
@shared
@click.pass_obj
def doctor(surroundings: Surroundings, session: str | None) -> int:
    """Check SESSION, repair and recover what can be, and keep everything else as it is among the backups.

    Without SESSION, look at every session in the folder and change nothing. Exit code 4: a problem is left.
    """
    store = surroundings.store
    if session is not None:
        return _treat(store, store.resolve(session))
    paths = [line.path for line in store.summaries()]
    if not paths:
        say(f"No sessions in {store.folder} yet.")
    ill = [path for path in paths if not _is_well(_checked(store, path))]
    if ill:
        say(f"`cjworkshop doctor SESSION` repairs what can be repaired: {', '.join(path.stem for path in ill)}.")
    return InvalidData.exit_code if ill else 0


def _treat(store: SessionStore, path: Path) -> int:
    from cjworkshop.storage.doctor import Level

    findings = _checked(store, path)
    if all(finding.level is Level.FINE for finding in findings):
        return 0
    try:
        done = store.repair(path)
    except WorkshopError as problem:
        say_error(problem)
        return 0 if _is_well(findings) else problem.exit_code
    for sentence in done:
        out(f"Done: {sentence}")
    return 0 if _is_well(_checked(store, path) if done else findings) else InvalidData.exit_code


def _is_well(findings: list[Finding]) -> bool:
    from cjworkshop.storage.doctor import Level

    return all(finding.level is not Level.PROBLEM for finding in findings)


def _checked(store: SessionStore, path: Path) -> list[Finding]:
    """What is found, after printing it."""
    findings = store.check(path)
    screen = console()
    out(f"{path.stem}: {path}")
    for finding in findings:
        line = f"{finding.sentence} {finding.advice}".strip()
        if screen:
            from cjworkshop.cli.tables import side_by_side

            screen.print(side_by_side((f"  {WORDS[finding.level]:<8}", STYLES[finding.level]), (line, "")))
        else:
            out(f"  {WORDS[finding.level]:<8}{line}")
    return findings
