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


def scored(session: Session, text: str) -> Session:
    ids = (f"s{len(session['scores'])}-{number}" for number in count())
    return session.edited(scoring.enter(session, "t", scoring.read(text), lambda: next(ids)).edits(session))


@pytest.mark.parametrize("text", ["45324", "4 5 3 2 4", "4,5,3,2,4", " 4 5; 324 "])
def test_digits_are_read_with_or_without_spaces(text: str) -> None:
    assert scoring.read(text) == (4, 5, 3, 2, 4)


def test_somebody_is_passed_over_or_takes_it_back() -> None:
    assert scoring.read("4-0.") == (4, None, 0, None)
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


def test_rows_are_made_changed_and_taken_back() -> None:
    session = scored(session_with("Ann", "Ben"), "45")
    assert scoring.given(session, "t") == {"Ann": 4, "Ben": 5}
    session = scored(session, "-1 3")
    assert scoring.given(session, "t") == {"Ann": 4, "Ben": 1, "Person 3": 3}
    session = scored(session, "0")
    assert scoring.given(session, "t") == {"Ben": 1, "Person 3": 3}
    assert len(session.rows(Score)) == 2
    assert scoring.enter(session, "t", (None,), str).edits(session) == {}


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
