"""Scores taken down in turn: who scores, what digits mean, and the rows that come of them."""

from __future__ import annotations

from itertools import count

import pytest

from cjworkshop.domain.commands import AddRows, NewRow
from cjworkshop.domain.session import Session
from cjworkshop.errors import BadValue
from cjworkshop.facilitation import scoring
from cjworkshop.imports.sample import sample
from cjworkshop.method.employee_workshop import Score
from cjworkshop.method.steps import CATALOGUE


def session_with(*people: str) -> Session:
    session = Session(CATALOGUE)
    session = session.edited(AddRows("touchpoints", (NewRow("t", {"name": "Wait"}),)).edits(session))
    rows = tuple(NewRow(name, {"name": name, "attends": name != "Zoe"}) for name in people)
    return session.edited(AddRows("people", rows).edits(session))


def scored(session: Session, text: str, touchpoint: str = "t") -> Session:
    ids = (f"s{len(session['scores'])}-{number}" for number in count())
    return session.edited(scoring.enter(session, touchpoint, scoring.read(text), lambda: next(ids)).edits(session))


@pytest.mark.parametrize("text", ["45324", "4 5 3 2 4", "4,5,3,2,4", " 4 5; 324 "])
def test_digits_are_read_with_or_without_spaces(text: str) -> None:
    assert scoring.read(text) == (4, 5, 3, 2, 4)


def test_somebody_is_passed_over() -> None:
    assert scoring.read("4-0.") == (4, None, None, None)
    assert scoring.read("") == ()


@pytest.mark.parametrize("text", ["6", "4x", "4 ５", "3/4"])
def test_what_is_no_score_is_named(text: str) -> None:
    with pytest.raises(BadValue, match=r"is not a score\. Type 1 to 5"):
        scoring.read(text)


def test_who_scores() -> None:
    assert scoring.raters(session_with("Ann", "Zoe", "Ben")) == ("Ann", "Ben")
    assert scoring.raters(session_with("Ann"), 3) == ("Ann", "Person 2", "Person 3")
    assert scoring.raters(session_with()) == ()
    assert scoring.raters(sample(CATALOGUE))[:2] == ("Scheduling", "Nursing")
    assert "Dale Brennick" not in scoring.raters(sample(CATALOGUE))


def test_a_line_replaces_the_scores_of_a_touchpoint_as_a_whole() -> None:
    session = scored(session_with("Ann", "Ben"), "45")
    assert scoring.given(session, "t") == {"Ann": 4, "Ben": 5}
    session = scored(session, "41 3")
    assert scoring.given(session, "t") == {"Ann": 4, "Ben": 1, "Person 3": 3}
    session = scored(session, "-2")
    assert scoring.given(session, "t") == {"Ben": 2}
    assert len(session.rows(Score)) == 1
    assert scored(session, "-").rows(Score) == ()
    empty = session_with("Ann")
    assert scoring.enter(empty, "t", (None,), str).edits(empty) == {}


def test_a_digit_too_many_goes_with_the_line_that_is_right() -> None:
    session = scored(scored(session_with(), "4532453245323"), "453245324532")
    assert len(scoring.given(session, "t")) == 12
    assert len(scoring.raters(session)) == 12


def test_somebody_who_was_there_twice_or_without_a_name_is_replaced_too() -> None:
    rows = [("1", "Ann", 4), ("2", "Ann", 2), ("3", "", 5), ("4", "Cleo", None)]
    new = tuple(NewRow(key, {"touchpoint": "t", "who": who, "emotion": emotion}) for key, who, emotion in rows)
    session = session_with("Ann")
    session = scored(session.edited(AddRows("scores", new).edits(session)), "3")
    assert [(row.who, row.emotion) for row in session.rows(Score)] == [("Ann", 3), ("Cleo", None)]


def with_groups(*lines: dict[str, int]) -> Session:
    session = session_with()
    for place, line in enumerate(lines):
        new = [{"touchpoint": f"t{place}", "who": who, "emotion": emotion} for who, emotion in line.items()]
        rows = tuple(NewRow(f"{place}-{number}", values) for number, values in enumerate(new))
        session = session.edited(AddRows("scores", rows).edits(session))
    return session


def test_people_keep_their_turn_whoever_is_passed_over() -> None:
    session = scored(session_with("Ann", "Ben", "Cleo"), "-45")
    assert scoring.raters(session) == ("Ann", "Ben", "Cleo")
    session = with_groups({"Desk": 3, "Nursing": 4, "Billing": 5}, {"Desk": 3, "Nursing": 4, "Billing": 5})
    for text in ("-45", "345"):
        session = scored(session, text, "t0")
        assert scoring.raters(session) == ("Desk", "Nursing", "Billing")
    assert [row.who for row in session.rows(Score)][:3] == ["Desk", "Nursing", "Billing"]


def test_somebody_passed_over_at_first_still_comes_where_he_sits() -> None:
    session = scored(session_with(), "-45")
    assert [(row.who, row.emotion) for row in session.rows(Score)] == [("Person 2", 4), ("Person 3", 5)]
    assert scoring.raters(session, 4) == ("Person 1", "Person 2", "Person 3", "Person 4")
    session = scored(session, "345")
    assert scoring.given(session, "t") == {"Person 1": 3, "Person 2": 4, "Person 3": 5}


def test_nobody_is_dropped_however_people_are_called() -> None:
    session = scored(session_with("Ana", "Person 7", "Ben"), "1234")
    assert list(scoring.given(session, "t").values()) == [1, 2, 3, 4]
    assert len(scoring.raters(session, 6)) >= 6


def test_there_are_no_more_scores_than_people_who_are_named() -> None:
    for session in (session_with(), scored(session_with(), "453")):
        scoring.check_places(session, (3,) * 40)
    scoring.check_places(session_with("Ann", "Ben", "Zoe"), (3, None))
    with pytest.raises(BadValue, match=r"^3 scores for 2 people: 1 too many\. Erase some, or add people\.$"):
        scoring.check_places(session_with("Ann", "Ben", "Zoe"), (3, 4, None))
    with pytest.raises(BadValue, match=r"^14 scores for 6 in turn: 8 too many\. Erase some\.$"):
        scoring.check_places(sample(CATALOGUE), (3,) * 14)
