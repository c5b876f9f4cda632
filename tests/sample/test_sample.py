"""The sample is whole: it loads clean, fills every column, is ready in every step, and says what is invented."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sample_kit import by_id, document, records, session

from cjworkshop.analysis.readiness import readiness
from cjworkshop.domain.references import Reference
from cjworkshop.exports.json import render
from cjworkshop.exports.request import Request
from cjworkshop.method.across import STEP_KEYS
from cjworkshop.method.steps import CATALOGUE, STEPS
from cjworkshop.sample import sample_path

if TYPE_CHECKING:
    from cjworkshop.method.step import Step


def test_it_has_the_shape_of_a_json_export_with_names() -> None:
    exported = json.loads(render(session(), Request(names=True)))
    written_by = {"app": ""}
    assert document() | written_by == exported | written_by
    assert list(document()) == list(exported)
    assert list(document()["tables"]) == list(exported["tables"])


def test_each_record_stands_on_a_line_of_its_own_so_that_changes_can_be_read() -> None:
    lines = [line.strip().rstrip(",") for line in sample_path().read_text("utf-8").splitlines()]
    alone = [json.loads(line) for line in lines if line.startswith('{"id"')]
    assert alone == [record for name in document()["tables"] for record in records(name)]


def test_nothing_in_it_is_set_aside_or_unknown() -> None:
    assert session().quarantine == ()
    assert session().unknown == {}
    assert [row.id for name in CATALOGUE for row in session()[name] if row.extra] == []


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_every_table_has_rows_and_every_column_is_filled_somewhere(name: str) -> None:
    table, rows = CATALOGUE[name], session()[name]
    assert rows
    assert [column.name for column in table.columns if all(column.is_empty(row) for row in rows)] == []


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_every_row_has_what_its_table_requires(name: str) -> None:
    required = [column for column in CATALOGUE[name].columns if column.required]
    empty = [(row.id, column.name) for row in session()[name] for column in required if column.is_empty(row)]
    assert empty == []


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_rows_have_distinct_codes_of_their_table_and_stand_in_order(name: str) -> None:
    table, rows = CATALOGUE[name], session()[name]
    codes = [row.code for row in rows]
    if table.codes:
        assert all(re.fullmatch(rf"{table.codes}\d{{{table.digits},}}", code) for code in codes)
        assert len(set(codes)) == len(codes)
    assert all(before.order < after.order for before, after in pairwise(rows))


def test_every_reference_is_to_a_row_that_it_may_point_at() -> None:
    home = {row.id: name for name in CATALOGUE for row in session()[name]}
    checked = 0
    for name, table in CATALOGUE.items():
        for column in table.columns:
            if not isinstance(column.kind, Reference):
                continue
            for row in session()[name]:
                for target in column.kind.targets(column.get(row)):
                    assert column.kind.may_point_into(home[target]), f"{name} {row.id} {column.name}"
                    checked += 1
    assert checked > 500


def test_votes_are_for_what_their_round_is_over_and_blocks_collect_tables() -> None:
    home = {row.id: name for name in CATALOGUE for row in session()[name]}
    rounds = by_id("vote_rounds")
    assert all(home[vote["item"]] == rounds[vote["round"]]["over"] for vote in records("votes"))
    assert {block["collects"] for block in records("agenda") if "collects" in block} <= set(CATALOGUE)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_condition_of_the_step_is_met(step: Step) -> None:
    conditions = readiness(session(), step)
    assert conditions
    assert [missing.text for condition in conditions for missing in condition.missing] == []


def test_it_says_in_four_places_that_its_numbers_and_people_are_invented() -> None:
    said = {
        "charter": records("charter")[0]["problem"],
        "summary": records("summary")[0]["limits"],
        "sources": " ".join(source["gap"] for source in records("sources")),
        "decisions": " ".join(decision["decision"] for decision in records("decisions")),
    }
    for place, text in said.items():
        assert "invented" in text.casefold(), place
        assert "phases" in text, place
    assert "U.S. Department of Veterans Affairs" in said["charter"]
    assert all("nvented" in source["gap"] for source in records("sources"))


def test_nobody_real_can_be_reached_or_recognized() -> None:
    text = sample_path().read_text("utf-8")
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", text)
    assert addresses == [person["contact"] for person in records("people")]
    assert all(address.endswith(".example") for address in addresses), "a domain that can never exist"
    assert re.findall(r"\+?\d[\d ()-]{6,}\d", re.sub(r"\d{4}-\d\d-\d\d[T\d:+]*", "", text)) == [], "no phone numbers"


def test_customers_are_named_in_the_private_column_only() -> None:
    names = {interview["name"] for interview in records("interviews")}
    assert all(name.isalpha() for name in names), "first names, nothing more"
    public = " ".join(
        str(column.get(row))
        for name, table in CATALOGUE.items()
        for column in table.columns
        if not column.private
        for row in session()[name]
    )
    assert [name for name in sorted(names) if re.search(rf"\b{name}\b", public)] == []


def test_it_plays_in_spring_2026_and_its_steps_follow_each_other() -> None:
    meetings = records("meetings")
    assert [meeting["step"] for meeting in meetings] == list(STEP_KEYS)
    days = [dt.date.fromisoformat(meeting["date"]) for meeting in meetings]
    assert days == sorted(days)
    assert dt.date(2026, 3, 1) <= days[0]
    assert days[-1] <= dt.date(2026, 6, 20)
    assert all(day.weekday() < 5 for day in days)
    day = dict(zip(STEP_KEYS, (day.isoformat() for day in days), strict=True))
    held = [interview["date"] for interview in records("interviews")]
    assert held == sorted(held)
    assert day["employee-workshop"] < held[0] <= held[-1] < day["qualitative"]
    assert held[-1] < records("waves")[0]["from"] < records("waves")[0]["to"] < day["quantitative"]
    assert document()["session"]["date"] == day["employee-workshop"]


@pytest.mark.parametrize("step", STEP_KEYS)
def test_the_blocks_of_a_meeting_fill_it_from_start_to_end(step: str) -> None:
    meeting = next(meeting for meeting in records("meetings") if meeting["step"] == step)
    blocks = [block for block in records("agenda") if block["step"] == step and not block.get("part_of")]
    edges = [dt.datetime.fromisoformat(block[key]) for block in blocks for key in ("started", "ended")]
    assert edges == sorted(edges)
    assert all(ended == started for ended, started in zip(edges[1:-1:2], edges[2::2], strict=True))
    assert edges[0] == dt.datetime.fromisoformat(f"{meeting['date']}T{meeting['start']}+00:00")
    assert edges[-1] == dt.datetime.fromisoformat(f"{meeting['date']}T{meeting['end']}+00:00")


def test_what_was_captured_was_captured_during_its_block() -> None:
    blocks = by_id("agenda")
    for note in records("inbox"):
        block = blocks[note["block"]]
        assert block["step"] == note["step"]
        assert block["started"] <= note["captured"] <= block["ended"]
