"""Votes and scores in the notes: rules in words, what broke a tie, numbers without the names of nobody."""

from __future__ import annotations

from test_notes import map_of, part

from cjworkshop.exports.report import Grid, Item, Items, Paragraph
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.method.turnout import turnout

RULES = {"over": "touchpoints", "voters": 12, "dots_each": 4, "state": "closed"}


def test_rules_are_told_in_words_and_a_closed_state_not_at_all() -> None:
    def facts(**rules: object) -> set[Item]:
        blocks = part(map_of(vote_rounds=[{"id": "r", "title": "Which?", **RULES, **rules}]), "Votes")
        return {item for block in blocks if isinstance(block, Items) for item in block.items}

    assert {Item("Cap", "no limit per item"), Item("Mode", "the room as one")} <= facts(cap=0)
    assert {Item("Cap", "3"), Item("Mode", "person by person")} <= facts(cap=3, mode="person")
    assert "State" not in {item.label for item in facts()}
    assert Item("State", "revealed") in facts(state="revealed")


def test_ballots_are_those_with_a_name_and_dots_as_everywhere() -> None:
    given = [("t", 2, "Ann"), ("u", 1, "Ann"), ("u", 1, "Bob"), ("t", 0, "Cem"), ("t", None, "Dee"), ("t", 3, "")]
    votes = [
        {"round": "r", "item": item, "who": who, **({} if dots is None else {"dots": dots})}
        for item, dots, who in given
    ]
    elsewhere = {"round": "q", "item": "t", "who": "Eve", "dots": 1}
    session = map_of(
        vote_rounds=[{"id": "r", "title": "Which?", **RULES}, {"id": "q", "title": "Else?", **RULES}],
        votes=[*votes, elsewhere],
    )
    told = [block.text for block in part(session, "Votes") if isinstance(block, Paragraph)]
    assert told[0].startswith("7 of 48 dots given in 2 ballots.")
    assert turnout(session, session.rows(VoteRound)[0]).voted == 2


def test_what_broke_a_tie_is_told_with_the_tie() -> None:
    further = {"id": "q", "title": "A01 or A02?", **RULES, "breaks_tie_of": "r", "ballot": ("t", "u")}
    session = map_of(
        vote_rounds=[{"id": "r", "title": "Which?", **RULES}, further],
        votes=[
            *({"round": "r", "item": item, "dots": 7} for item in ("t", "u")),
            *({"round": "q", "item": item, "dots": dots} for item, dots in (("t", 5), ("u", 7))),
        ],
    )
    told = [block.text for block in part(session, "Votes") if isinstance(block, Paragraph)]
    assert told[0].endswith("The tie of A01 and A02 went to A02 with 7 dots in a further round.")
    assert "further round" not in told[1]
    grid = next(block for block in part(session, "Votes") if isinstance(block, Grid))
    assert [row[0][:3] for row in grid.rows] == ["A02", "A01"]


def test_who_scored_what_is_told_only_with_names_and_only_of_those_who_have_one() -> None:
    given = [*((f"Person {place}", score) for place, score in enumerate((4, 5, 3), 1)), ("Ann", 2), ("Nursing", 5)]
    scores = [{"touchpoint": "t", "who": who, "emotion": emotion} for who, emotion in given]
    session = map_of(scores=scores, people=[{"name": "Ann"}])
    for names, told in ((False, "Nursing 5, 2, 3, 4, 5"), (True, "4, 5, 3, Ann 2, Nursing 5")):
        grid = part(session, "What staff scored", names=names)[1]
        assert isinstance(grid, Grid)
        assert grid.rows[0][-1] == told


def test_scores_stand_in_the_order_of_the_journey() -> None:
    scores = [{"touchpoint": touchpoint, "who": "Ann", "emotion": 4} for touchpoint in ("u", "t")]
    grid = part(map_of(scores=scores), "What staff scored")[1]
    assert isinstance(grid, Grid)
    assert [row[0][:3] for row in grid.rows] == ["A01", "A02"]
