"""Scores in the notes: what staff believe by their own scores, and who gave what."""

from __future__ import annotations

from test_notes import all_text, map_of, part

from cjworkshop.exports.notes import notes
from cjworkshop.exports.report import Grid, Items, Paragraph, View

ROOM = [{"id": f"p{number}", "name": name} for number, name in enumerate(("Ann", "Ben", "Cleo"))]


def scored(*emotions: int, of: str = "t") -> list[dict[str, object]]:
    return [{"touchpoint": of, "who": f"Person {turn}", "emotion": value} for turn, value in enumerate(emotions, 1)]


def given(people: list[dict[str, str]], *scores: tuple[str, int], names: bool = False) -> str:
    """What the notes tell of who gave what."""
    rows = [{"touchpoint": "t", "who": who, "emotion": emotion} for who, emotion in scores]
    blocks = notes(View(map_of(people=people, scores=rows), names)).blocks
    (grid,) = (block for block in blocks if isinstance(block, Grid) and block.headers[-1] == "Scores")
    return grid.rows[0][-1]


def test_without_names_nobody_is_known_by_the_turn_of_the_scores() -> None:
    assert given([], ("Person 1", 5), ("Person 2", 2), ("Person 3", 4), ("Person 4", 2)) == "2, 2, 4, 5"
    assert given(ROOM, ("Ann", 5), ("Ben", 2), ("Cleo", 4)) == "2, 4, 5"
    assert given(ROOM, ("Ann", 5), ("Ben", 2), ("Cleo", 4), names=True) == "Ann 5, Ben 2, Cleo 4"
    assert given([], ("Person 1", 5), ("Person 2", 2), names=True) == "5, 2"


def test_groups_are_named_before_those_who_are_not() -> None:
    mixed = ("Ben", 4), ("Nursing", 5), ("Ann", 1), ("Desk", 2), ("Person 5", 3)
    assert given(ROOM, *mixed) == "Nursing 5, Desk 2, 1, 3, 4"


def believed(*emotions: int) -> tuple[str, bool, str]:
    """What the map of the notes says that staff believe at a touchpoint with emotion 4, whether as a bare number; and
    how it says to read that."""
    blocks = part(map_of(scores=scored(*emotions)), "The journey")
    (grid,) = (block for block in blocks if isinstance(block, Grid))
    place = grid.headers.index("Staff believe")
    legend = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    return grid.rows[0][place], grid.numeric[place], legend


def test_what_staff_believe_says_of_which_scores_it_is_the_mean() -> None:
    text, bare, legend = believed(*(3, 4) * 6)
    assert (text, bare) == ("4 (3.5, n = 12)", False)
    assert "In brackets stands the mean that it is rounded from, where people scored it (n scores)." in legend


def test_a_number_that_is_not_the_mean_of_the_scores_stands_alone() -> None:
    for emotions in (), (3, 3), (5, 4):
        text, bare, legend = believed(*emotions)
        assert (text, bare) == ("4", True)
        assert "scored" not in legend


def test_a_critical_moment_says_it_in_words() -> None:
    session = map_of(scores=scored(4, 3))
    row = session["touchpoints"].get("t")
    assert row is not None
    moment = session.catalogue["touchpoints"].column("moment").put(row, "moment-of-truth")
    (items,) = part(session.edited({"touchpoints": {"t": moment}}), "Critical moments")
    assert isinstance(items, Items)
    assert "staff believe 4 (mean of 2 scores: 3.5)" in items.items[0].text
    assert "Person 1" not in all_text(session)
