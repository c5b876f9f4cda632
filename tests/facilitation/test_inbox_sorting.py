"""Notes become rows: what goes where, what is asked, and that all of it is one step to undo."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows
from cjworkshop.domain.workbook import Workbook
from cjworkshop.errors import BadValue, NotFound
from cjworkshop.facilitation.capture import KINDS
from cjworkshop.facilitation.inbox import BY_KIND, DESTINATIONS, by_kind, kept_only, question, ready, sorting, unsorted
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import Note
from cjworkshop.method.steps import CATALOGUE

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session

NOON = dt.datetime(2026, 3, 17, 12, 0, tzinfo=dt.UTC)
FULL = {
    "text": "Nobody answers",
    "about": "a04",
    "person": "I04",
    "emotion": 2,
    "level": 4,
    "dots": 3,
    "due": dt.date(2026, 4, 1),
    "captured": NOON,
}


def with_notes(*notes: dict[str, Any]) -> Session:
    rows = tuple(NewRow(f"note{number}", {"text": "hm"} | values) for number, values in enumerate(notes, 1))
    session = sample(CATALOGUE)
    return session.edited(AddRows("inbox", rows).edits(session))


def ids() -> Any:
    numbers = itertools.count(1)
    return lambda: f"new{next(numbers)}"


def become(into: str, answers: dict[str, str] | None = None, **note: Any) -> dict[str, Any]:
    """What a note's new row holds, but for what is empty."""
    session = with_notes(FULL | note)
    after = session.edited(sorting([("note1", into)], session, ids(), answers).edits(session))
    row = after[into].get("new1")
    assert row is not None
    assert after.rows(Note)[-1].sorted_into == "new1"
    columns = [column for column in CATALOGUE[into].columns if column.get(row) != column.default]
    return {column.name: column.get(row) for column in columns}


def test_each_table_takes_what_it_has_columns_for() -> None:
    assert become("pains") == {"pain": "Nobody answers", "touchpoint": "a04", "severity": 4}
    assert become("opportunities") == {"opportunity": "Nobody answers", "touchpoint": "a04"}
    assert become("excerpts") == {"quote": "Nobody answers", "interview": "i04", "touchpoint": "a04", "emotion": 2}
    assert become("decisions", person="Tessa", captured=NOON) == {
        "decision": "Nobody answers",
        "by": "Tessa",
        "date": NOON.astimezone().date(),
    }
    assert become("actions", person="Luis Arbelo") == {
        "action": "Nobody answers",
        "answers": "a04",
        "owner": "Luis Arbelo",
        "due": dt.date(2026, 4, 1),
        "impact": 4,
    }
    assert become("parked", person="Luis") == {"text": "Nobody answers", "by": "Luis"}


def test_what_a_row_has_no_column_for_is_named_and_stays_with_the_note() -> None:
    session = with_notes(FULL, FULL | {"about": "s6", "person": "Luis"})
    note, other = session.rows(Note)[-2:]

    def kept(into: str, note: Note = note) -> tuple[str, ...]:
        return kept_only([(note, into)], session)

    assert kept("pains") == ("said by I04", "emotion 2", "3 dots", "due 2026-04-01")
    assert kept("excerpts") == ("level 4", "3 dots", "due 2026-04-01")
    assert kept("decisions") == ("A04 Schedule appointment", "emotion 2", "level 4", "3 dots", "due 2026-04-01")
    assert kept("actions") == ("emotion 2", "3 dots")
    assert kept("excerpts", other)[:2] == (session.label("s6"), "said by Luis")
    assert kept_only([(note, "actions"), (other, "actions")], session) == ("emotion", "dots", "place")
    assert kept("pains", other)[0] == "said by Luis"
    assert kept_only([], session) == ()


def test_it_is_known_where_a_note_can_go_as_things_stand() -> None:
    session = with_notes({})
    assert set(ready(session.rows(Note)[-1], session)) == set(DESTINATIONS)
    bare = session.edited({name: dict.fromkeys(session[name].positions) for name in ("excerpts", "interviews")})
    assert set(ready(bare.rows(Note)[-1], bare)) == set(DESTINATIONS) - {"excerpts"}


def test_new_rows_get_codes_of_their_own() -> None:
    session = with_notes(FULL)
    after = session.edited(sorting([("note1", "pains")], session, ids()).edits(session))
    code = after["pains"][-1].code
    assert code
    assert code not in {row.code for row in session["pains"]}


def test_a_stage_is_no_touchpoint() -> None:
    assert become("opportunities", about="s6") == {"opportunity": "Nobody answers"}
    session = with_notes(FULL | {"about": "s6"})
    asked = question(session.rows(Note)[-1], "pains", session)
    assert asked is not None
    assert (asked.column, asked.tables, asked.near) == ("touchpoint", ("touchpoints",), "s6")


def test_what_is_required_and_not_said_is_asked_and_never_guessed() -> None:
    session = with_notes(FULL | {"about": "", "person": "Luis"})
    note = session.rows(Note)[-1]
    assert {into for into in DESTINATIONS if question(note, into, session)} == {"pains", "excerpts"}
    with pytest.raises(BadValue, match="needs one touchpoint"):
        sorting([("note1", "pains")], session, ids())
    with pytest.raises(BadValue, match="needs one interview"):
        sorting([("note1", "excerpts")], session, ids(), {"note1": "a04"})
    assert become("pains", {"note1": "a05"}, about="")["touchpoint"] == "a05"
    assert become("excerpts", {"note1": "i02"}, person="Luis")["interview"] == "i02"


def test_an_interview_is_found_by_the_name_that_only_it_has() -> None:
    session = with_notes(FULL)
    name = next(row.name for row in session["interviews"] if getattr(row, "name", ""))  # type: ignore[attr-defined]
    assert become("excerpts", person=name.upper())["interview"]


def test_a_note_is_sorted_once() -> None:
    session = with_notes(FULL)
    after = session.edited(sorting([("note1", "pains")], session, ids()).edits(session))
    with pytest.raises(BadValue, match="is sorted already: it is PP"):
        sorting([("note1", "decisions")], after, ids())
    with pytest.raises(NotFound):
        sorting([("gone", "pains")], session, ids())


def test_a_row_that_is_removed_gives_its_note_back_to_the_inbox() -> None:
    session = with_notes(FULL)
    after = session.edited(sorting([("note1", "pains")], session, ids()).edits(session))
    assert "note1" not in {note.id for note in unsorted(after)}
    removed = after.edited(RemoveRows("pains", ("new1",)).edits(after))
    assert "note1" in {note.id for note in unsorted(removed)}


notes = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "about": st.sampled_from(["", "a04", "s6"]),
        "person": st.sampled_from(["", "I04"]),
    }
)


@given(st.lists(st.tuples(notes, st.sampled_from(sorted(DESTINATIONS))), min_size=1, max_size=6))
def test_any_notes_are_sorted_at_once_and_one_undo_brings_all_back(wanted: list[tuple[dict[str, Any], str]]) -> None:
    workbook = Workbook(with_notes(*(note for note, _ in wanted)), lambda: NOON)
    before = workbook.session
    pairs = [(f"note{number}", into) for number, (_, into) in enumerate(wanted, 1)]
    answers = {
        note_id: before[asked.tables[0]][0].id
        for note_id, into in pairs
        if (asked := question(before["inbox"].get(note_id), into, before))  # type: ignore[arg-type]
    }
    workbook.do(sorting(pairs, before, ids(), answers))
    after = workbook.session
    for note_id, into in pairs:
        row = after.find(after["inbox"].get(note_id).sorted_into)  # type: ignore[union-attr]
        assert row is not None
        assert row[0].name == into
    assert sum(len(after[into]) - len(before[into]) for into in DESTINATIONS) == len(pairs)
    workbook.undo()
    assert workbook.session == before


def test_labels_say_what_goes_where() -> None:
    session = with_notes(FULL, FULL | {"kind": "idea"})
    one = sorting([("note1", "pains")], session, ids())
    assert one.label(session) == "sort “Nobody answers” into Pain points"
    both = sorting([("note1", "pains"), ("note2", "parked")], session, ids())
    assert both.label(session) == "sort 2 notes into Pain points, Parking lot"


def test_kinds_say_where_notes_belong_but_plain_notes_do_not() -> None:
    session = with_notes(*({"kind": kind} for kind in KINDS))
    known, unknown = by_kind(session.rows(Note)[-len(KINDS) :])
    assert [into for _, into in known] == list(BY_KIND.values())
    assert [note.kind for note in unknown] == ["note"]
