"""The session notes hold every value that was typed, in the order of an evening's mail, with the n of each number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from cjworkshop.domain import kinds
from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.domain.session import Rows, Session
from cjworkshop.exports.layout import Layout, rows_blocks
from cjworkshop.exports.notes import ANNEX, PARTS, notes, table_blocks
from cjworkshop.exports.report import Block, Document, Grid, Heading, Item, Items, Paragraph, Quote, View
from cjworkshop.exports.voices import MOST_ANSWERS
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import Template, begin
from strategies import filled, sessions
from throwaway import AFTER, ColouredGadget

if TYPE_CHECKING:
    from collections.abc import Iterator


def session_of(**tables: list[dict[str, Any]]) -> Session:
    """A session with these rows; each is given as the values of its columns, with `id` and `code` among them."""
    session = Session(CATALOGUE)
    for name, rows in tables.items():
        new = tuple(
            NewRow(row.pop("id", f"{name}{number}"), row, row.pop("code", "")) for number, row in enumerate(rows)
        )
        session = session.edited(AddRows(name, new).edits(session))
    return session


def texts(blocks: tuple[Block, ...] | list[Block]) -> Iterator[str]:
    """Every text that stands in these blocks."""
    for block in blocks:
        match block:
            case Heading(_, text) | Paragraph(text):
                yield text
            case Quote(text, source):
                yield from (text, source)
            case Grid(headers, rows, _):
                yield from headers
                for row in rows:
                    yield from row
            case Items(items):
                yield from _item_texts(items)


def _item_texts(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield from (item.label, item.text)
        yield from _item_texts(item.items)


def all_text(session: Session, *, names: bool = False) -> str:
    return "\n".join(texts(notes(View(session, names)).blocks))


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def part(session: Session, title: str, *, names: bool = False) -> list[Block]:
    """The blocks under the heading of a part, up to the next one of its level."""
    blocks = notes(View(session, names)).blocks
    start = next(index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.text == title)
    level = blocks[start].level  # type: ignore[union-attr]  # it is the heading just found
    rest = blocks[start + 1 :]
    ends = (index for index, block in enumerate(rest) if isinstance(block, Heading) and block.level <= level)
    return list(rest[: next(ends, len(rest))])


def marked(session: Session) -> tuple[Session, dict[tuple[str, str, str], str]]:
    """The session with a text of its own in each cell that holds words, and those texts."""
    marks = {}
    tables = dict(session.tables)
    for name, rows in session.tables.items():
        marked_rows = []
        for row in rows:
            for column in session.catalogue[name].columns:
                if isinstance(column.kind, kinds.Line):
                    mark = f"word-{name}-{column.name}-{row.id}"
                    marks[name, column.name, row.id] = mark
                    row = column.put(row, mark)  # noqa: PLW2901 - one cell after another
            marked_rows.append(row)
        tables[name] = Rows(tuple(marked_rows))
    return replace(session, tables=tables), marks


NOT_SAID = {("_meta", "template"), ("inbox", "typed")}
"""Columns that are kept for the program's own work."""


@pytest.mark.parametrize("names", [False, True])
def test_every_text_typed_is_in_the_notes_and_private_ones_only_with_names(names: bool) -> None:
    session, marks = marked(filled())
    text = all_text(session, names=names)
    private = {key for key in marks if CATALOGUE[key[0]].column(key[1]).private}
    assert private
    for key in list(marks):
        if key[:2] in NOT_SAID or (key[0] == "inbox" and session["inbox"].get(key[2]).sorted_into):  # type: ignore[union-attr]  # a note
            assert marks.pop(key) not in text
    found = {key for key, mark in marks.items() if mark in text}
    assert found == set(marks) - (set() if names else private)


@given(sessions(tables=("touchpoints", "pains", "kpis", "agenda", "future", "responses")))
def test_each_filled_cell_stands_in_the_table_or_in_the_list_under_it(session: Session) -> None:
    view = View(session)
    for name, rows in session.tables.items():
        table = session.catalogue[name]
        blocks = rows_blocks(view, table, rows)
        grids = [block for block in blocks if isinstance(block, Grid)]
        listed = "\n".join(texts(blocks))
        for index, row in enumerate(rows):
            for column in view.columns(table, rows):
                if column.is_empty(row):
                    continue
                in_table = any(view.short(row, column) in grid.rows[index] for grid in grids)
                assert in_table or view.text(row, column) in listed


def test_every_table_has_its_place() -> None:
    shown = [name for part in (*PARTS, *ANNEX) for name in part.tables]
    assert sorted(shown) == sorted(set(CATALOGUE) - {"_meta"})


def test_a_table_that_nobody_thought_of_is_in_the_annex() -> None:
    gadget = ColouredGadget(id="g", order=1, code="G01", name="Lamp", weight=2.5, colour="dark-red")
    document = notes(View(Session(AFTER, {"gadgets": Rows((gadget,))})))
    assert headings(document) == ["Workshop notes", "Annex", "Gadgets"]
    assert document.blocks[-1] == Grid(
        ("Code", "Name", "Weight", "Colour"), (("G01", "Lamp", "2.5", "dark red"),), (False, False, True, False)
    )


def test_an_empty_session_has_a_title_and_nothing_else() -> None:
    assert notes(View(Session(CATALOGUE))).blocks == (Heading(1, "Workshop notes"),)


def test_parts_come_in_the_order_of_the_evening_and_empty_ones_not_at_all() -> None:
    session = session_of(
        _meta=[{"name": "Clinic"}],
        charter=[{"client": "VA", "journey": "I get care"}],
        actions=[{"action": "Call back"}],
        stages=[{"id": "s", "name": "Before"}],
        parked=[{"text": "Why letters?"}],
        decisions=[{"decision": "We begin"}],
    )
    assert headings(notes(View(session))) == [
        *("Clinic", "Charter", "The journey", "Decisions", "Actions", "Parking lot", "Still missing"),
    ]
    assert notes(View(session)).blocks[1] == Items((Item("Client", "VA"), Item("Journey", "I get care")))


TEMPLATE = Template(
    "five",
    "Five of them",
    stages=(
        {"name": "Purchase", "customer_goal": "Buy without a detour", "end": "I hold it"},
        {"name": "Use", "customer_goal": "Get it going"},
    ),
)


def begun_from_template() -> Session:
    """A session whose first stage was renamed and has a text of its own, and whose second is as it came."""
    session = begin(CATALOGUE, TEMPLATE, {"name": "Clinic"}, new_id=map(str, count()).__next__)
    stage = session["stages"][0]
    return session.edited(
        SetCells("stages", ((stage.id, "name", "Get in"), (stage.id, "end", "I am seen"))).edits(session)
    )


def test_what_only_came_with_the_template_is_left_out_and_that_is_said_once() -> None:
    session = begun_from_template()
    blocks = notes(View(session, template=TEMPLATE)).blocks
    start = blocks.index(Heading(2, "The journey"))
    assert blocks[start + 1 : start + 6] == (
        Paragraph("Stage texts that came with the template “Five of them” are left out.", note=True),
        Paragraph("No touchpoints yet: Get in, Use.", note=True),
        Heading(3, "Get in"),
        Items((Item("Ends when", "I am seen"),)),
        Heading(2, "Still missing"),
    )
    assert "without a detour" in all_text(session)


def test_where_the_room_wrote_every_stage_nothing_is_said_of_a_template() -> None:
    other = replace(TEMPLATE, stages=())
    blocks = notes(View(begun_from_template(), template=other)).blocks
    assert not [block for block in blocks if isinstance(block, Paragraph) and "template" in block.text]


def test_nothing_under_the_title_is_in_the_programs_own_words() -> None:
    session = session_of(_meta=[{"name": "Clinic", "facilitator": "Tessa", "template": "five", "lanes": ("votes",)}])
    assert notes(View(session)).blocks == (Heading(1, "Clinic"), Items((Item("Facilitator", "Tessa"),)))


def test_stages_are_called_by_their_names_alone_as_long_as_that_is_clear() -> None:
    stages = [{"code": "S5", "name": "Before", "end": "in"}, {"code": "S7", "name": "After", "end": "out"}]
    assert headings(notes(View(session_of(stages=stages))))[2:4] == ["Before", "After"]
    stages = [{"code": "S5", "name": "Before", "end": "in"}, {"code": "S7", "name": "Before", "end": "out"}]
    assert headings(notes(View(session_of(stages=stages))))[2:4] == ["S5 Before", "S7 Before"]


def test_stages_without_touchpoints_are_named_in_one_sentence() -> None:
    session = session_of(
        stages=[{"id": "s", "name": "Before"}, {"name": "Follow up"}, {"name": "Customer loyalty"}],
        touchpoints=[{"stage": "s", "name": "Call"}],
    )
    assert headings(notes(View(session)))[:4] == ["Workshop notes", "The journey", "Before", "Still missing"]
    assert Paragraph("No touchpoints yet: Follow up, Customer loyalty.", note=True) in part(session, "The journey")


def test_cards_without_more_are_named_in_one_sentence() -> None:
    session = session_of(
        personas=[{"id": "p", "name": "Ray"}, {"id": "q", "name": "Denise"}],
        empathy=[{"persona": "p"}, {"persona": "q", "says": "Text me"}],
    )
    assert part(session, "Empathy maps") == [
        Paragraph("Nothing noted yet: P1 Ray.", note=True),
        Heading(3, "P2 Denise"),
        Items((Item("Says", "Text me"),)),
    ]


@given(
    sessions(tables=("stages", "touchpoints", "empathy", "causes", "agenda", "meetings", "excerpts", "inbox"), most=12)
)
def test_there_is_no_heading_without_content(session: Session) -> None:
    blocks = notes(View(session)).blocks
    for place, block in enumerate(blocks[1:], 1):
        if isinstance(block, Heading):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            assert after is not None
            assert not isinstance(after, Heading) or after.level > block.level


def test_the_inbox_has_what_waits_and_nothing_that_stands_elsewhere() -> None:
    moment = dt.datetime(2026, 3, 17, 4, 54, 40, tzinfo=dt.UTC)
    kept = {"kind": "pain", "person": "Rea", "captured": moment}
    session = session_of(
        pains=[{"id": "p", "pain": "Long hold"}],
        inbox=[
            {"text": "Held for long", "sorted_into": "p", "typed": "!pain Held for long @Rea", **kept},
            {"text": "No sign", "typed": "!pain No sign @Rea", **kept},
        ],
    )
    (grid,) = part(session, "Inbox")
    assert grid == Grid(("Note", "Kind", "Said by"), (("No sign", "pain", "Rea"),), (False, False, False))
    assert "Inbox" not in headings(notes(View(session_of(inbox=[{"text": "x", "sorted_into": "p"}]))))


def test_what_a_sorted_note_says_and_its_row_has_no_column_for_stands_beside_the_row() -> None:
    said = {"emotion": 2, "dots": 4, "person": "Rea", "about": "t", "level": 3}
    session = map_of(
        inbox=[
            {"text": text, "sorted_into": into, **said}
            for text, into in (("Long hold", "p"), ("Call back", "o"), ("We wait", "e"), ("Later", "k"))
        ],
        pains=[{"id": "p", "pain": "Long hold", "touchpoint": "t", "severity": 3}, {"pain": "No sign"}],
        opportunities=[{"id": "o", "opportunity": "Call back", "touchpoint": "t"}],
        excerpts=[{"id": "e", "quote": "We wait", "interview": "i1", "touchpoint": "t"}],
        parked=[{"id": "k", "text": "Later", "by": "Rea"}],
    )

    def with_it(words: str) -> tuple[Item, ...]:
        return (Item("Captured with it", words),)

    assert part(session, "Pain points")[-1] == Items(
        (Item("PP01 Long hold", items=with_it("said by Rea, emotion 2, 4 dots")),)
    )
    assert part(session, "Opportunities")[-1] == Items(
        (Item("O01 Call back", items=with_it("said by Rea, emotion 2, level 3, 4 dots")),)
    )
    assert part(session, "What customers said")[-1] == Quote(
        "We wait", "I02 rural; captured with it said by Rea, level 3, 4 dots"
    )
    assert part(session, "Parking lot")[-1] == Items(
        (Item("Later", items=with_it("A01 Call, emotion 2, level 3, 4 dots")),)
    )
    assert table_blocks(View(session), "pains") == part(session, "Pain points")


def test_weights_are_told_only_where_somebody_gave_them() -> None:
    def labels(charter: dict[str, Any]) -> set[str]:
        (facts,) = part(session_of(charter=[{"client": "VA", **charter}]), "Charter")
        assert isinstance(facts, Items)
        return {item.label for item in facts.items if item.label.startswith("Weight")}

    assert labels({}) == set()
    assert labels({"weight_pain": 2.0}) == {"Weight: pain"}
    for weight, there in ((1.0, False), (0.5, True)):
        (grid,) = part(session_of(responses=[{"nps": 7}, {"nps": 8, "weight": weight}]), "Survey answers")
        assert isinstance(grid, Grid)
        assert ("Weight" in grid.headers) is there


def map_of(**tables: list[dict[str, Any]]) -> Session:
    return session_of(
        stages=[{"id": "s", "name": "Before"}],
        touchpoints=[
            {"id": "t", "stage": "s", "name": "Call", "emotion": 4},
            {"id": "u", "stage": "s", "name": "Wait"},
        ],
        interviews=[{"id": f"i{number}", "segment": "rural", "name": "Ray"} for number in range(5)],
        **tables,
    )


def test_a_map_that_only_employees_made_says_that_it_is_a_hypothesis() -> None:
    said = part(map_of(), "The journey")[0]
    assert isinstance(said, Paragraph)
    assert said.note
    assert said.text == (
        "This map is a hypothesis: it shows what employees believe, and no customer has confirmed it yet"
        " (5 interviews, 0 survey answers)."
    )


@pytest.mark.parametrize(
    "heard",
    [
        {"excerpts": [{"interview": "i1", "touchpoint": "t"}]},
        {"responses": [{"satisfaction": (("t", 3),)}]},
        {"responses": [{"satisfaction": (("s", 3),)}]},
    ],
)
def test_a_map_that_customers_spoke_of_is_none(heard: dict[str, Any]) -> None:
    assert "hypothesis" not in all_text(map_of(**heard))


def test_what_staff_believe_and_what_customers_say_stand_apart_each_with_its_n() -> None:
    session = map_of(
        excerpts=[{"interview": f"i{number}", "touchpoint": "t", "emotion": number} for number in (1, 2, 3)],
        responses=[{"satisfaction": (("u", rating),)} for rating in (2, 3)],
    )
    session = session.edited(
        {"touchpoints": {"u": replace(session["touchpoints"].get("u"), customer_emotion=2.25, customer_n=40)}}  # type: ignore[type-var]  # a touchpoint
    )
    (grid,) = (block for block in part(session, "The journey") if isinstance(block, Grid))
    assert grid.headers[-4:] == ("Staff believe", "Interviews", "Survey", "From elsewhere")
    assert [row[-4:] for row in grid.rows] == [
        ("4", "2.0 (n = 3), named by 3 of 5", "", ""),
        ("", "", "2.5 (n = 2)", "2.25 (n = 40)"),
    ]


def test_moments_tell_all_that_is_known() -> None:
    session = session_of(
        stages=[{"id": "s", "name": "Before"}],
        touchpoints=[
            {
                "id": "t",
                "stage": "s",
                "name": "Call",
                "emotion": 4,
                "moment": "moment-of-truth",
                "customer_emotion": 2.2,
            },
            {"id": "u", "stage": "s", "name": "Wait", "emotion": 3},
        ],
        pains=[{"touchpoint": "t", "pain": "Long hold"}],
        validations=[{"touchpoint": "t", "statement": "Calls are quick", "verdict": "contradicts"}],
    )
    assert part(session, "Critical moments") == [
        Items(
            (
                Item(
                    "A01 Call",
                    "moment of truth; staff believe 4; from elsewhere 2.2 (n = not said)",
                    (Item("Pain PP01", "Long hold"), Item("Customers: contradicts", "Calls are quick")),
                ),
            )
        )
    ]


def test_quotes_stand_at_their_touchpoint_with_the_code_of_the_interview_and_no_name() -> None:
    session = map_of(
        codes=[{"id": "c", "name": "hold-time"}],
        excerpts=[
            {"interview": "i2", "touchpoint": "t", "quote": "I did the dishes", "codes": ("c",), "emotion": 2},
            {"interview": "i0", "new_touchpoint": "Call after", "quote": "Nobody knew"},
        ],
    )
    blocks = part(session, "What customers said")
    assert blocks[1:] == [
        Heading(3, "A01 Call"),
        Quote("I did the dishes", "I03 rural; codes hold-time; emotion 2"),
        Heading(3, "Of no touchpoint on the map"),
        Quote("Nobody knew", "I01 rural; not on the map Call after"),
    ]
    assert "Ray" not in all_text(session)
    assert "Ray" in all_text(session, names=True)


def voted(*, names: bool) -> tuple[Grid, ...]:
    session = map_of(
        vote_rounds=[{"id": "r", "title": "Which decide?", "over": "touchpoints", "voters": 2, "dots_each": 3}],
        votes=[
            {"round": "r", "item": "t", "dots": 2, "who": "Ann"},
            {"round": "r", "item": "u", "dots": 3, "who": "Ann"},
            {"round": "r", "item": "u", "dots": 1, "who": "Bob"},
        ],
    )
    blocks = notes(View(session, names)).blocks
    return tuple(block for block in blocks if isinstance(block, Grid) and block.headers[0] == "Item")


def test_votes_are_counted_and_say_who_only_with_names() -> None:
    (grid,) = voted(names=False)
    assert grid.rows == (("A02 Wait", "4", "2", "3 + 1"), ("A01 Call", "2", "1", "2"))
    (grid,) = voted(names=True)
    assert grid.rows == (("A02 Wait", "4", "2", "Ann 3, Bob 1"), ("A01 Call", "2", "1", "Ann 2"))


def test_staff_scores_come_with_mean_and_n() -> None:
    session = map_of(
        scores=[
            {"touchpoint": "t", "who": "Nursing", "emotion": 4},
            {"touchpoint": "t", "who": "Desk", "emotion": 3},
        ]
    )
    legend, grid = part(session, "What staff scored")
    assert isinstance(legend, Paragraph)
    assert "sample standard deviation (n − 1)" in legend.text
    assert grid == Grid(
        ("Touchpoint", "Mean", "n", "Spread (sd)", "Scores"),
        (("A01 Call", "3.5", "2", "0.7", "Nursing 4, Desk 3"),),
        (False, True, True, True, False),
    )


def test_scores_far_apart_are_marked() -> None:
    session = map_of(
        scores=[{"touchpoint": "t", "who": who, "emotion": emotion} for who, emotion in (("A", 5), ("B", 2))]
    )
    grid = part(session, "What staff scored")[1]
    assert isinstance(grid, Grid)
    assert grid.rows[0][3] == "2.1, discuss"


def result_of(**rules: object) -> tuple[str, bool]:
    """What the notes say of a round of two people, and whether they tell its dots."""
    session = map_of(
        vote_rounds=[{"id": "r", "title": "Which?", "over": "touchpoints", "voters": 2, "dots_each": 3, **rules}],
        votes=[
            {"round": "r", "item": "t", "dots": 2, "who": "Ann"},
            {"round": "r", "item": "u", "dots": 2, "who": "Bob"},
        ],
    )
    blocks = part(session, "Votes")
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    return " ".join(texts), any(isinstance(block, Grid) for block in blocks)


def test_votes_come_with_what_they_came_to() -> None:
    assert result_of(state="closed") == ("4 of 6 dots given in 2 ballots. A01 and A02 lead with 2 dots.", True)
    assert result_of(state="collecting")[0].endswith("A01 and A02 lead so far with 2 dots.")


def test_totals_that_the_room_may_not_see_yet_are_not_in_the_notes() -> None:
    text = "4 of 6 dots given in 2 ballots. Totals are hidden until the round is revealed."
    assert result_of(state="collecting", mode="person") == (text, False)
    assert result_of(state="collecting", anonymous=True) == (text, False)
    assert result_of(state="revealed", mode="person")[1]


def test_actions_have_owner_and_date_in_their_table() -> None:
    session = session_of(
        actions=[
            {
                "action": "Call people back within the hour",
                "owner": "Dale",
                "due": dt.date(2026, 4, 1),
                "risk": "x" * 60,
            }
        ]
    )
    grid, items = part(session, "Actions")
    assert isinstance(grid, Grid)
    assert dict(zip(grid.headers, grid.rows[0], strict=True)) == {
        "Code": "AC01",
        "Action": "Call people back within the hour",
        "Kind": "fix",
        "Owner": "Dale",
        "Due": "2026-04-01",
        "Status": "proposed",
    }
    assert items == Items((Item("AC01 Call people back within the hour", "Risk: " + "x" * 60),))


def test_what_is_missing_is_said_for_the_steps_that_were_begun() -> None:
    (items,) = part(map_of(), "Still missing")
    assert isinstance(items, Items)
    assert [item.label for item in items.items] == ["2 Employee workshop", "3 Qualitative validation", "Not begun"]
    assert (
        items.items[0].items[0].text.startswith("Every touchpoint has an emotion. Missing: 1 touchpoint has no emotion")
    )
    assert "7 Design new experience workshop" in items.items[-1].text


def test_a_default_agenda_alone_begins_no_step() -> None:
    session = session_of(_meta=[{"name": "x"}], agenda=[{"step": "report", "block": "Walk", "minutes": 5}])
    assert "Still missing" not in headings(notes(View(session)))


def test_thousands_of_answers_are_counted_and_not_listed() -> None:
    answers = [{"nps": 7} for _ in range(MOST_ANSWERS + 1)]
    assert part(session_of(responses=answers), "Survey answers") == [
        Paragraph("1001 answers, too many to list here. The CSV and JSON exports hold each of them.", note=True)
    ]
    assert len(part(session_of(responses=answers[1:]), "Survey answers")) == 1


def test_a_naming_text_too_long_for_a_heading_is_there_in_full() -> None:
    name = "Before " + "and after " * 20
    assert name.strip() in all_text(session_of(stages=[{"id": "s", "name": name.strip()}]))


def test_wanted_columns_get_into_the_table_before_narrow_ones() -> None:
    session = session_of(
        people=[{"name": "Ann " + "x" * 40, "role": "r" * 40, "department": "d" * 30, "decision_right": "does"}]
    )
    table, rows = CATALOGUE["people"], session["people"]
    grid, _ = rows_blocks(View(session), table, rows, Layout(first=("role",)))
    assert isinstance(grid, Grid)
    assert grid.headers == ("Code", "Name", "Role", "Decision", "Attends")


def test_one_table_alone() -> None:
    session = session_of(summary=[{"finding_1": "They wait"}])
    assert table_blocks(View(session), "summary")[0] == Items(
        (Item("Finding 1", "They wait"), Item("Audience", "team"), Item("Language", "en"))
    )


def test_amounts_of_money_say_the_currency_and_shares_the_per_cent() -> None:
    session = session_of(charter=[{"fee": 18500.0, "expected_change": 4.0}])
    facts = table_blocks(View(session, currency="EUR"), "charter")[0]
    assert isinstance(facts, Items)
    assert {"Fee EUR", "Expected change %"} <= {item.label for item in facts.items}


def test_what_the_notes_do_not_hold_is_counted() -> None:
    session = Session(CATALOGUE, {}, {"later": {"1": {"x": "secret"}}}, ({"table": "pains", "document": "secret"},))
    assert notes(View(session)).blocks[-1] == Paragraph(
        "Not in these notes, but kept in the session: 1 value that did not fit and 1 table from a newer cjworkshop.",
        note=True,
    )
