"""Looking a session over, and putting right what can be put right without destroying anything."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from cjworkshop.domain.text import counted
from cjworkshop.errors import WorkshopError
from cjworkshop.lazy import dataclass
from cjworkshop.storage.backups import DAMAGED, SET_ASIDE, backups_of
from cjworkshop.storage.loading import load_session
from cjworkshop.storage.lock import read_owner
from cjworkshop.storage.names import Files
from cjworkshop.storage.opening import read_session, session_in
from cjworkshop.storage.reading import real_path
from cjworkshop.storage.recovery import ChoiceNeeded, recovery_options
from cjworkshop.storage.rescue import Rescue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cjworkshop.domain.rows import Catalogue
    from cjworkshop.storage.environment import Environment
    from cjworkshop.storage.loading import Loaded
    from cjworkshop.storage.sessions import SessionStore


class Level(enum.IntEnum):
    """How bad it is."""

    FINE = 0
    NOTE = 1
    PROBLEM = 2


@dataclass(frozen=True)
class Finding:
    """One thing that was found: how bad, in one sentence, and what to do about it (empty: nothing)."""

    level: Level
    sentence: str
    advice: str = ""


def check(environment: Environment, catalogue: Catalogue, path: Path) -> list[Finding]:
    """All that can be said of a session, the worst first. Writes nothing."""
    try:
        files = Files(real_path(path))
        loaded = load_session(environment.disk, files, environment.migrations)
    except WorkshopError as problem:
        files = Files(path)
        found = [Finding(Level.PROBLEM, problem.message, problem.hint), *_ways_out(environment, files)]
    else:
        found = [
            *_of_file(catalogue, loaded),
            *_of_journal(environment, files, loaded),
            *_of_rescue(environment, loaded),
        ]
    found += [*_of_owner(environment, files), *_of_backups(environment, catalogue, files)]
    return sorted(found, key=lambda finding: -finding.level)


def _ways_out(environment: Environment, files: Files) -> Iterator[Finding]:
    options = recovery_options(environment, files)
    if not options:
        yield Finding(Level.PROBLEM, "Neither a backup nor a journal of it was found.", "Look for a copy elsewhere.")
    for option in options:
        yield Finding(Level.NOTE, f"Could be had: {option.title}.", "Repairing takes the first of these.")


def _of_file(catalogue: Catalogue, loaded: Loaded) -> Iterator[Finding]:
    for notice in loaded.notices:
        yield Finding(Level.PROBLEM if loaded.trail.lost else Level.NOTE, notice)
    session = session_in(catalogue, loaded.tables)
    rows = sum(len(session[name]) for name in catalogue)
    written = f"format {loaded.meta.schema}, written by cjworkshop {loaded.meta.app or '?'}"
    yield Finding(Level.FINE, f"The file can be read: {counted(rows, 'row')}, {written}.")
    if session.quarantine:
        kept = counted(len(session.quarantine), "value")
        yield Finding(
            Level.NOTE,
            f"{kept} did not fit and are in quarantine, where nothing is lost.",
            "Look into the table _quarantine of the file.",
        )


def _of_journal(environment: Environment, files: Files, loaded: Loaded) -> Iterator[Finding]:
    if loaded.conflict:
        yield Finding(
            Level.PROBLEM,
            f"Another program has changed the file while it still lacked {counted(len(loaded.unsaved), 'edit')}.",
            "Open it to choose, or repair it, which takes the version with the most edits and keeps the other.",
        )
    elif loaded.changed:
        yield Finding(Level.NOTE, "Another program has changed the file; earlier changes cannot be undone.")
    elif loaded.unsaved:
        sentence = f"The file still lacks {counted(len(loaded.unsaved), 'edit')}, which the journal has."
        yield Finding(Level.NOTE, sentence, "Opening and closing it puts them there.")
    if loaded.trail.strangers:
        sentence = f"{counted(loaded.trail.strangers, 'segment')} of the journal beside it belong to another session."
        yield Finding(Level.NOTE, sentence, "They are left alone.")
    left = [name for name in environment.disk.names(files.folder) if files.is_temporary(name)]
    if left:
        yield Finding(Level.NOTE, f"A crash has left {', '.join(left)}.", "The next opening removes it.")


def _of_rescue(environment: Environment, loaded: Loaded) -> Iterator[Finding]:
    rescued = Rescue(environment.disk, environment.rescue_root(), loaded.meta.uuid).newest()
    if rescued:
        newer = rescued[1].meta.seq > loaded.last_seq
        sentence = f"A copy that could not be saved here is kept in {rescued[0]}."
        advice = "Open it to choose, or repair it." if newer else "It holds nothing that is not in the file."
        yield Finding(Level.PROBLEM if newer else Level.NOTE, sentence, advice)


def _of_owner(environment: Environment, files: Files) -> Iterator[Finding]:
    owner = read_owner(environment.disk, files)
    if owner and owner.is_dead:
        yield Finding(Level.NOTE, f"{owner.user} left it open at {owner.since:%Y-%m-%d %H:%M} UTC without closing it.")
    elif owner:
        yield Finding(Level.NOTE, f"It is open, by {owner.user} on {owner.host}.")


def _of_backups(environment: Environment, catalogue: Catalogue, files: Files) -> Iterator[Finding]:
    kept = [backup for backup in backups_of(environment.disk, files) if backup.why != DAMAGED]
    for backup in kept:
        try:
            read_session(environment, catalogue, backup.path)
        except WorkshopError as problem:
            yield Finding(Level.PROBLEM, f"The backup {backup.path.name} is no use: {problem.message}")
    aside = sum(backup.why == SET_ASIDE for backup in kept)
    newest = f", the newest of {kept[0].time:%Y-%m-%d %H:%M} UTC" if kept else ""
    put_aside = f"; {aside} of them were put aside when another state was chosen" if aside else ""
    yield Finding(Level.FINE, f"{counted(len(kept), 'backup')}{newest}{put_aside}.")


def repair(store: SessionStore, path: Path) -> list[str]:
    """Choose the most complete state where there is a choice, and bring the file up to date. Says what was done."""
    done = []
    try:
        session = store.open(path)
    except ChoiceNeeded as choice:
        option = choice.options[0]
        store.choose(path, option)
        done.append(f"Went on from: {option.title}. All else is kept in {Files(path).backups}.")
        session = store.open(path)
    with session:
        done += session.notices
        if not session.read_only:
            session.checkpoint()
    return done
