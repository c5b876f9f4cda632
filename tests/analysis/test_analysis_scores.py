"""What scores would make of the emotions on the map."""

from __future__ import annotations

import pytest

from cjworkshop.analysis.scores import spread, takeover
from cjworkshop.method.employee_workshop import Score, Stage, Touchpoint
from small_sessions import of


@pytest.mark.parametrize(
    ("scores", "emotion"),
    [((3,), 3), ((2, 3), 3), ((3, 4), 4), ((3, 3, 4), 3), ((1, 1), 1), ((4, 5), 5), ((1, 2, 2), 2)],
)
def test_a_mean_is_an_emotion_halves_upward(scores: tuple[int, ...], emotion: int) -> None:
    found = spread(scores)
    assert found is not None
    assert found.emotion == emotion


def test_what_is_empty_and_what_says_something_else() -> None:
    emotions = {"bare": None, "same": 3, "other": 1, "unscored": None, "later": None}
    touchpoints = [
        Touchpoint(id=key, order=place, name=key, stage="s" if key != "bare" else "", emotion=emotion)
        for place, (key, emotion) in enumerate(emotions.items())
    ]
    scores = [
        Score(id=f"{key}{who}", order=place, touchpoint=key, who=who, emotion=emotion)
        for place, (key, who, emotion) in enumerate(
            (key, who, emotion)
            for key in ("later", "other", "same", "bare", "gone")
            for who, emotion in (("Ann", 2), ("Ben", 3))
        )
    ]
    found = takeover(of(Stage(id="s", name="S"), *touchpoints, *scores))
    assert list(found.empty.items()) == [("later", 3), ("bare", 3)]
    assert found.another == {"other": 3}
