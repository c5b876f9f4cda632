"""Sessions of any size, made as the program makes them: by commands on a workbook, kept by the store."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.domain.workbook import Workbook
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.storage.place import Place
from cjworkshop.storage.sessions import SessionStore
from sample_rows import STAGES, touchpoints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cjworkshop.domain.commands import Command

NOW = dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.UTC)
_KEYS = ("stage", "name", "action", "channel", "thought", "feeling", "emotion", "importance", "moment", "department")
_NUMBERS = {"emotion", "importance"}


def session_of(*commands: Command) -> Session:
    """The session that these commands make."""
    book = Workbook(Session(CATALOGUE), lambda: NOW)
    for command in commands:
        book.do(command)
    return book.session


def named(name: str) -> Command:
    """What the session is called, for whom, and about which journey."""
    return AddRows("_meta", (NewRow("meta", {"name": name}),))


def journey(rows: int) -> Session:
    """A journey of `rows` touchpoints in eight stages, with a pain at every fourth of them, while the agenda's clock runs."""
    stage_ids = {name: f"s{number}" for number, name in enumerate(STAGES)}
    stages = tuple(NewRow(row_id, {"name": name}) for name, row_id in stage_ids.items())
    points = []
    for number, cells in enumerate(touchpoints(rows)):
        values: dict[str, object] = {
            key: int(cell) if key in _NUMBERS else cell for key, cell in zip(_KEYS, cells, strict=True)
        }
        points.append(NewRow(f"t{number}", values | {"stage": stage_ids[cells[0]]}))
    pains = tuple(
        NewRow(f"p{number}", {"touchpoint": f"t{number}", "pain": f"Asked again, time {number}.", "severity": 3})
        for number in range(0, rows, 4)
    )
    charter = NewRow("charter", {"client": "Benchmark", "journey": "I need help"})
    return session_of(
        named(f"{rows} rows"),
        AddRows("charter", (charter,)),
        AddRows("stages", stages),
        AddRows("touchpoints", tuple(points)),
        AddRows("pains", pains),
        AddRows("agenda", tuple(_agenda())),
    )


def _agenda() -> Iterator[NewRow]:
    """A workshop's agenda, whose first block and activity have just begun."""
    block = {"step": "employee-workshop", "kind": "work", "minimum": 30}
    begun = {"started": dt.datetime.now(dt.UTC)}
    yield NewRow("mapping", {**block, "block": "Let's get mapping", "minutes": 240, **begun})
    yield NewRow("steps", {**block, "block": "Customer steps", "minutes": 200, "part_of": "mapping", **begun})
    yield NewRow("words", {**block, "block": "What I say", "minutes": 40, "part_of": "mapping"})
    yield NewRow("moments", {**block, "block": "Critical moments", "minutes": 75})


def survey(responses: int) -> Session:
    """A survey with so many answered questionnaires, each with a rating of every stage."""
    stages = tuple(NewRow(f"s{number}", {"name": name}) for number, name in enumerate(STAGES))
    rows = tuple(
        NewRow(
            f"r{number}",
            {
                "wave": "w",
                "nps": number % 11,
                "csat": number % 5 + 1,
                "ces": number % 7 + 1,
                "satisfaction": tuple((stage.id, (number + place) % 5 + 1) for place, stage in enumerate(stages)),
                "verbatim": f"Answer {number}: it took too long." if number % 3 == 0 else "",
            },
        )
        for number in range(responses)
    )
    return session_of(
        named(f"{responses} responses"),
        AddRows("stages", stages),
        AddRows("waves", (NewRow("w", {"name": "Spring"}),)),
        AddRows("responses", rows),
    )


def keep(folder: Path, session: Session, place: Place | None = None) -> Path:
    """Write the session into `folder`; it opens at `place`. Returns its file."""
    store = SessionStore(folder, CATALOGUE)
    path = store.create(session)
    if place is not None:
        with store.open(path) as opened:
            opened.keep_place(place)
    return path


def at_touchpoint(number: int, column: str = "action") -> Place:
    """The cell of a generated journey at which it is to open."""
    return Place("employee-workshop", "touchpoints", f"t{number}", column)
