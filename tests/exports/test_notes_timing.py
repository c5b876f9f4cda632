"""The notes tell how the time went, where a clock was used."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from cjworkshop.domain.session import Rows, Session
from cjworkshop.exports.notes import notes
from cjworkshop.exports.report import Document, Grid, Heading, Paragraph, View
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import STEP_KEYS, Block, Meeting
from cjworkshop.method.steps import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "How the time went"
DAY = "2026-03-17"


@pytest.fixture(autouse=True)
def _on_the_meridian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def at(hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2026, 3, 17, hour, minute, tzinfo=dt.UTC)


def day(*blocks: Block, end: dt.time = dt.time(10)) -> Session:
    meeting = Meeting(id="m", step="report", date=dt.date(2026, 3, 17), start=dt.time(9), end=end)
    return Session(CATALOGUE, {"agenda": Rows(blocks), "meetings": Rows((meeting,))})


def part(document: Document) -> Sequence[object]:
    """The blocks under the part's title."""
    blocks = list(document.blocks)
    start = next((place for place, block in enumerate(blocks) if block == Heading(2, TITLE)), None)
    if start is None:
        return []
    end = next((place for place, block in enumerate(blocks[start + 1 :], start + 1) if _ends(block)), len(blocks))
    return blocks[start + 1 : end]


def _ends(block: object) -> bool:
    return isinstance(block, Heading) and block.level <= 2


DONE = (
    Block(id="a", order=1, step="report", block="Story", minutes=30, started=at(9, 0), ended=at(9, 40)),
    Block(id="b", order=2, step="report", block="Told", minutes=20, part_of="a", started=at(9, 0), ended=at(9, 28)),
    Block(id="c", order=3, step="report", block="Break", minutes=10, kind="break", ended=at(9, 40)),
    Block(
        id="d", order=4, step="report", block="Walk", minutes=20, allotted=15, started=at(9, 40), ended=at(10, 5),
        paused_minutes=5,
    ),
)  # fmt: skip


def test_planned_and_actual_minutes_and_how_it_ended() -> None:
    assert part(notes(View(day(*DONE)))) == [
        Heading(3, "Final report and map"),
        Paragraph("Planned 60 min, took 65 min; ended 5 min behind."),
        Grid(
            ("Block", "Activity", "Planned", "Took", "Started", "Ended", "Paused for", "Allotted"),
            (
                ("Story", "", "30", "40", f"{DAY} 09:00:00", f"{DAY} 09:40:00", "", ""),
                ("", "Told", "20", "28", f"{DAY} 09:00:00", f"{DAY} 09:28:00", "", ""),
                ("Break", "", "10", "skipped", "", f"{DAY} 09:40:00", "", ""),
                ("Walk", "", "20", "20", f"{DAY} 09:40:00", f"{DAY} 10:05:00", "5", "15"),
            ),
            (False, False, True, True, False, False, True, True),
        ),
    ]


@pytest.mark.parametrize(
    ("end", "said"), [(dt.time(10, 5), "ended on time."), (dt.time(10, 20), "ended 15 min ahead.")]
)
def test_on_time_and_ahead(end: dt.time, said: str) -> None:
    (paragraph,) = [block for block in part(notes(View(day(*DONE, end=end)))) if isinstance(block, Paragraph)]
    assert paragraph.text.endswith(said)


def test_while_it_runs_how_far_it_has_come() -> None:
    waiting = Block(id="e", order=5, step="report", block="Actions", minutes=10, started=at(10, 5))
    blocks = part(notes(View(day(*DONE, waiting))))
    assert blocks[1] == Paragraph("It is not over: 3 of 4 blocks were finished.")
    assert isinstance(blocks[2], Grid)
    assert blocks[2].rows[-1] == ("Actions", "", "10", "runs", f"{DAY} 10:05:00", "", "", "")


def test_a_day_that_has_just_begun() -> None:
    first = Block(id="a", order=1, step="report", block="Story", minutes=30, started=at(9, 0))
    assert part(notes(View(day(first))))[1] == Paragraph("It is not over: no block was finished.")


def test_where_no_clock_was_used_there_is_no_such_part() -> None:
    planned = Block(id="a", order=1, step="report", block="Story", minutes=30)
    assert part(notes(View(day(planned)))) == []


def unheld(step: str, **values: object) -> Block:
    """A block of a step that nobody has held, but for these values."""
    return replace(Block(id=step or "none", order=1, step=step, block=f"Talk of {step}", minutes=30), **values)  # type: ignore[arg-type]  # columns of a block


def agendas_of(*blocks: Block, meetings: tuple[Meeting, ...] = ()) -> list[tuple[str, Grid]]:
    """The annex's agendas: each step's title with its table."""
    session = Session(CATALOGUE, {"agenda": Rows(blocks), "meetings": Rows(meetings)})
    parts = notes(View(session)).blocks
    return [
        (block.text, after)
        for block, after in pairwise(parts)
        if isinstance(block, Heading) and block.level == 5 and isinstance(after, Grid)
    ]


def test_agendas_of_steps_that_nobody_has_met_for_are_left_out() -> None:
    came_along = [unheld(step) for step in STEP_KEYS]
    assert agendas_of(*came_along) == []
    held = [
        unheld("report", started=at(9, 0)),
        unheld("blueprint", ended=at(9, 0)),
        unheld("redesign"),
        unheld("quantitative"),
    ]
    shown = agendas_of(*held, meetings=(Meeting(id="m", order=1, step="redesign"),))
    assert [title for title, _ in shown] == [
        "Final report and map",
        "Action planning and blueprinting",
        "Design new experience workshop",
    ]
    assert shown[0][1].rows == (("Talk of report", "30", "work", "5"),)


def test_a_block_of_no_step_was_typed_by_somebody() -> None:
    assert [title for title, _ in agendas_of(unheld("report"), unheld(""))] == ["Of no step"]


def test_an_agenda_in_the_notes_has_no_stamps_of_the_clock() -> None:
    ((_, grid),) = agendas_of(unheld("report", started=at(9, 0), ended=at(9, 30), allotted=20, paused_minutes=3))
    assert grid.headers == ("Block", "Minutes", "Kind", "Minimum")


def test_the_samples_day_ended_on_time() -> None:
    blocks = part(notes(View(sample(CATALOGUE))))
    place = blocks.index(Heading(3, "Employee workshop"))
    assert blocks[place + 1] == Paragraph("Planned 390 min, took 390 min; ended on time.")
