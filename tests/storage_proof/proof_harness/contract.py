"""The contract of storage as questions to a folder: what was called saved is there, whole, and can be worked on."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinydb import TinyDB

from cjworkshop.domain.records import META
from cjworkshop.errors import WorkshopError
from cjworkshop.storage.documents import documents_of
from cjworkshop.storage.recovery import ChoiceNeeded
from cjworkshop.storage.save_state import Save
from proof_harness.disks import ProofDisk
from proof_harness.saving import store_on
from proof_harness.script import SLUG, Record, add, content_of, new_session

if TYPE_CHECKING:
    from pathlib import Path

    from cjworkshop.storage.open_session import OpenSession
    from cjworkshop.storage.sessions import SessionStore
    from proof_harness.script import Content

_ESCAPES = (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, WorkshopError)


@dataclass(frozen=True)
class Moment:
    """What was promised, and at most begun, when the disk had done `count` operations.

    `path`: where the session exists for certain; None where it may not. `saved`: number of the last change that was
    called saved; `handed`: of the last one made. `folded`: of the last one that the visible file holds for certain.
    Drafts likewise, as indices into the record's. `closed`: it was closed without complaint and not opened since.
    """

    count: int = 0
    path: Path | None = None
    saved: int = 0
    handed: int = 0
    folded: int = 0
    draft_saved: int = 0
    draft_handed: int = 0
    closed: bool = False
    record: Record = field(default_factory=Record)


@dataclass(frozen=True)
class Found:
    """What a folder was found to hold: the last change in the file (-1: there is no file) and in all, and the draft.

    `problem` says what is wrong whatever was promised.
    """

    folded: int = -1
    seq: int = -1
    draft: str | None = None
    problem: str = ""


class Broken(AssertionError):
    """The contract was not kept."""


def must(kept: object, sentence: str) -> None:
    """Raise Broken with the sentence unless it is so."""
    if not kept:
        raise Broken(sentence)


def breach(root: Path, moment: Moment) -> str:
    """How the folder breaks what was promised until this moment; empty if it does not. The folder is worked in."""
    return judged(examined(root, moment.path, moment.record), moment)


def judged(found: Found, moment: Moment) -> str:
    """How what was found breaks what was promised; empty if it does not."""
    if found.problem:
        return found.problem
    if found.folded < 0:
        return "the session is gone" if moment.path else ""
    if not moment.folded <= found.folded <= moment.handed:
        return f"the file has change {found.folded}; folded {moment.folded}, made {moment.handed}"
    if moment.closed and found.folded != moment.handed:
        return f"closed, but the file has change {found.folded} of {moment.handed}"
    return _judged_recovery(found.seq, found.draft, moment)


def _judged_recovery(seq: int, draft: str | None, moment: Moment) -> str:
    if not moment.saved <= seq <= moment.handed:
        return f"recovered change {seq}; saved {moment.saved}, made {moment.handed}"
    promised = moment.record.drafts[moment.draft_saved : moment.draft_handed + 1]
    return "" if draft in promised else f"the draft is {draft!r}; promised was one of {promised}"


def examined(root: Path, path: Path | None, record: Record) -> Found:
    """What the folder holds of the session at `path` (None: it may not exist). Afterwards it holds more."""
    store = store_on(ProofDisk(), root)
    path = path or root / "sessions" / f"{SLUG}.json"
    try:
        if path.exists():
            return _found(store, path, record)
        if path.parent.exists() and any(name.startswith(f".{path.name}.journal") for name in _names(path.parent)):
            return Found(problem="there is a journal but no file")
        must(store.create(new_session()).exists(), "a new session cannot be made")
    except Broken as problem:
        return Found(problem=str(problem))
    except _ESCAPES as problem:
        place = "".join(traceback.format_tb(problem.__traceback__)[-2:])
        return Found(problem=f"{type(problem).__name__}: {problem}\n{place}")
    return Found()


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _found(store: SessionStore, path: Path, record: Record) -> Found:
    folded, content = read_by_stock(path)
    must(content == record.content(folded), f"the file is not what it was after change {folded}")
    opened, chosen = open_or_choose(store, path)
    try:
        seq, draft = sound(opened, record)
        undone = record.undone(seq)
        if undone is not None and not chosen:
            opened.workbook.undo()
            must(content_of(opened.session) == undone, f"undo after change {seq} gives another state")
        _work_on(opened, store, path)
    finally:
        opened.close(anyway=True)
    return Found(folded, seq, draft)


def read_by_stock(path: Path) -> tuple[int, Content]:
    """The number of the last change in a visible file and its content, as stock TinyDB reads it."""
    with TinyDB(path) as database:
        tables = {name: {str(row.doc_id): dict(row) for row in database.table(name)} for name in database.tables()}
    documents = documents_of(tables)
    content = {name: {row["id"]: row for row in table.values()} for name, table in documents.tables.items() if table}
    return documents.meta.seq, {**content, META: content[META]}


def open_or_choose(store: SessionStore, path: Path) -> tuple[OpenSession, bool]:
    """The session, opened, and whether there was a choice of states: then it is the one that is offered first."""
    try:
        return store.open(path), False
    except ChoiceNeeded as choice:
        store.choose(path, choice.options[0])
        return store.open(path), True


def sound(opened: OpenSession, record: Record) -> tuple[int, str | None]:
    """The number of the change up to which an opened session has everything, and its draft."""
    seq = opened.workbook.seq
    must(content_of(opened.session) == record.content(seq), f"it is not what it was after change {seq}")
    must(not opened.session.quarantine, "something was put into quarantine")
    must(not opened.read_only, "it cannot be worked on")
    for notice in opened.notices:
        must("recovered" in notice, f"a false alarm: {notice}")
    return seq, opened.draft.text if opened.draft else None


def reopened(opened: OpenSession, moment: Moment) -> tuple[int, str | None]:
    """The same, seen to keep what was promised."""
    seq, draft = sound(opened, moment.record)
    fault = _judged_recovery(seq, draft, moment)
    must(not fault, fault)
    return seq, draft


def _work_on(opened: OpenSession, store: SessionStore, path: Path) -> None:
    """Add a note, close, and see that all of this is there again."""
    opened.workbook.do(add("one-more"))
    must(opened.flush().kind is Save.SAVED, f"one more edit is not saved: {opened.save_state.message}")
    expected = content_of(opened.session)
    must(content_of(store.read(path).session) == expected, "one more edit is not in the journal")
    opened.close()
    must(not opened.save_state.message, f"closing complains: {opened.save_state.message}")
    must(read_by_stock(path)[1] == expected, "after closing, the file is not complete")
    must(content_of(store.read(path).session) == expected, "after closing, it reads otherwise")
