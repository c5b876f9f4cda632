"""Who leads a vote, which ties matter, what the room may see; and how far people's scores are apart."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from clinic import clinic
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.analysis.scores import spread, spreads
from cjworkshop.analysis.votes import (
    Count,
    count_of,
    decided_by,
    dots_of,
    further_rounds,
    open_tie,
    room_view,
    singled_out,
    standing,
)
from cjworkshop.domain.commands import AddRows, NewRow, SetCells
from cjworkshop.domain.session import Session
from cjworkshop.imports.sample import sample
from cjworkshop.method.steps import CATALOGUE

CLINIC = clinic()
ROUND = {"title": "Worst", "over": "touchpoints", "voters": 12, "dots_each": 4, "state": "closed"}


def voted(dots: dict[str, int], session: Session = CLINIC, *, who: str = "", **rules: Any) -> Session:
    """A session with one more round, and these dots in it."""
    number = len(session["vote_rounds"])
    session = session.edited(AddRows("vote_rounds", (NewRow(f"r{number}", {**ROUND, **rules}),)).edits(session))
    votes = tuple(
        NewRow(f"r{number}{item}{who}", {"round": f"r{number}", "item": item, "dots": given_dots, "who": who})
        for item, given_dots in dots.items()
    )
    return session.edited(AddRows("votes", votes).edits(session))


def counted(dots: dict[str, int], **rules: Any) -> Count:
    found = count_of(voted(dots, **rules), "r0")
    assert found is not None
    return found


class TestTies:
    def test_who_leads(self) -> None:
        assert [total.item for total in counted({"a04": 9, "a23": 8}).leaders] == ["a04"]
        assert [total.item for total in counted({"a04": 9, "a23": 9, "a01": 1}).leaders] == ["a04", "a23"]
        assert counted({}).leaders == ()

    @pytest.mark.parametrize(
        ("dots", "cut"),
        [
            ((9, 8, 7, 6), 0),
            ((9, 8, 7, 7), 2),
            ((9, 8, 7, 7, 7), 3),
            ((9, 8, 8, 8), 3),
            ((9, 9, 9, 9), 4),
            ((9, 9, 9, 8), 0),
            ((9, 8, 8, 7, 7), 0),
            ((9, 8, 7, 6, 6), 0),
            ((9, 9), 0),
        ],
    )
    def test_the_tie_at_the_cut_is_about_the_third_place(self, dots: tuple[int, ...], cut: int) -> None:
        found = counted({f"a{place:02}": number for place, number in enumerate(dots, 1)})
        assert len(found.cut) == cut
        assert len({total.dots for total in found.cut}) == bool(cut)

    @pytest.mark.parametrize(
        ("further", "chosen", "left"),
        [
            ({}, ["a01"], ("a02", "a03", "a04")),
            ({"a02": 1, "a03": 5, "a04": 4}, ["a01", "a03", "a04"], ()),
            ({"a02": 4, "a03": 4, "a04": 2}, ["a01", "a02", "a03"], ()),
            ({"a02": 4, "a03": 4, "a04": 4}, ["a01"], ("a02", "a03", "a04")),
            ({"a03": 5, "a02": 2, "a04": 2}, ["a01", "a03"], ("a02", "a04")),
            ({"a03": 12}, ["a01", "a03"], ("a02", "a04")),
            ({"a03": 7, "a02": 5}, ["a01", "a03", "a02"], ()),
        ],
    )
    def test_a_further_round_decides_who_is_singled_out(
        self, further: dict[str, int], chosen: list[str], left: tuple[str, ...]
    ) -> None:
        session = voted({"a01": 9, "a02": 7, "a03": 7, "a04": 7, "a05": 1})
        tied = ("a02", "a03", "a04")
        for state in ("closed", "collecting"):
            after = voted(further, session, breaks_tie_of="r0", ballot=tied, state=state)
            count = count_of(after, "r0")
            assert count is not None
            shown = state == "closed"
            assert (decided_by(after, "r0", count.cut) is not None) is (shown and chosen[1:2] == ["a03"])
            assert list(singled_out(after, count)) == (chosen if shown else ["a01"])
            assert open_tie(after, count) == (left if shown else tied)

    def test_the_places_that_are_left_go_by_the_rounds_over_what_was_still_tied(self) -> None:
        session = voted({"a01": 9, "a02": 7, "a03": 7, "a04": 7, "a05": 1})
        session = voted({"a03": 12}, session, breaks_tie_of="r0", ballot=("a02", "a03", "a04"))
        session = voted({"a02": 6, "a04": 6}, session, breaks_tie_of="r1", ballot=("a02", "a04"))
        session = voted({"a04": 12}, session, breaks_tie_of="r2", ballot=("a02", "a04"))
        count = count_of(session, "r0")
        assert count is not None
        assert standing(session, count) == (("a01",), ("a03",), ("a04",), ("a02",), ("a05",))
        assert singled_out(session, count) == ("a01", "a03", "a04")
        assert open_tie(session, count) == ()

    def test_of_two_rounds_over_a_tie_the_later_counts_but_one_without_a_leader_not_before_one_with(self) -> None:
        session = voted({"a01": 9, "a02": 7, "a03": 7, "a04": 7})
        tied = ("a02", "a03", "a04")
        session = voted({"a02": 5, "a03": 4, "a04": 3}, session, breaks_tie_of="r0", ballot=tied)
        for dots, first in (
            ({"a02": 3, "a03": 4, "a04": 5}, ("a04", "a03", "a02")),
            ({"a02": 1, "a03": 4, "a04": 4}, ("a02", "a03", "a04")),
        ):
            after = voted(dots, session, breaks_tie_of="r0", ballot=tied)
            count = count_of(after, "r0")
            assert count is not None
            assert standing(after, count) == (("a01",), *((item,) for item in first))

    def test_a_tie_within_the_first_places_keeps_nobody_from_being_singled_out(self) -> None:
        session = voted({"a04": 7, "a07": 7, "a08": 6, "a14": 2, "a01": 2})
        tied = ("a04", "a07")
        undecided = voted({"a04": 6, "a07": 6}, session, breaks_tie_of="r0", ballot=tied)
        decided = voted({"a04": 4, "a07": 8}, session, breaks_tie_of="r0", ballot=tied)
        one_sided = voted({"a07": 12}, session, breaks_tie_of="r0", ballot=tied)
        at_last = voted({"a04": 4, "a07": 8}, undecided, breaks_tie_of="r1", ballot=tied)
        in_circles = undecided.edited(SetCells("vote_rounds", (("r0", "breaks_tie_of", "r1"),)).edits(undecided))
        for after, winner, chosen in (
            (session, "", ("a04", "a07", "a08")),
            (undecided, "", ("a04", "a07", "a08")),
            (in_circles, "", ("a04", "a07", "a08")),
            (decided, "a07", ("a07", "a04", "a08")),
            (one_sided, "a07", ("a07", "a04", "a08")),
            (at_last, "a07", ("a07", "a04", "a08")),
        ):
            count = count_of(after, "r0")
            assert count is not None
            further = decided_by(after, "r0", count.leaders)
            assert (further.leaders[0].item if further else "") == winner
            assert singled_out(after, count) == chosen
            assert open_tie(after, count) == ()

    def test_a_tie_for_the_lead_of_more_items_than_places_is_open(self) -> None:
        session = voted({"a01": 9, "a02": 9, "a03": 9, "a04": 9, "a05": 1})
        count = count_of(session, "r0")
        assert count is not None
        assert singled_out(session, count) == ()
        assert open_tie(session, count) == ("a01", "a02", "a03", "a04")

    def test_a_tie_behind_the_lead_that_fits_in_the_first_places_is_not_open(self) -> None:
        session = voted({"a01": 9, "a02": 7, "a03": 7, "a04": 1, "a05": 1})
        count = count_of(session, "r0")
        assert count is not None
        assert singled_out(session, count) == ("a01", "a02", "a03")
        assert open_tie(session, count) == ()

    def test_a_round_over_other_items_than_the_tied_ones_decides_nothing(self) -> None:
        session = voted({"a01": 9, "a02": 7, "a03": 7, "a04": 7})
        after = voted({"a02": 5, "a03": 1}, session, breaks_tie_of="r0", ballot=("a02", "a03"))
        count = count_of(after, "r0")
        assert count is not None
        assert decided_by(after, "r0", count.cut) is None
        assert singled_out(after, count) == ("a01",)
        assert open_tie(after, count) == ("a02", "a03", "a04")

    def test_on_a_ballot_of_two_it_is_about_the_first(self) -> None:
        assert len(counted({"a01": 5, "a02": 5}, ballot=("a01", "a02")).cut) == 2
        assert counted({"a01": 5, "a02": 4}, ballot=("a01", "a02")).cut == ()
        assert len(counted({"a01": 5, "a02": 4, "a03": 4}, ballot=("a01", "a02", "a03")).cut) == 2


class TestResults:
    def test_dots_are_those_of_the_newest_shown_round_over_each_table(self) -> None:
        session = voted({"a01": 1})
        assert dots_of(session) == {"a01": 1}
        assert dots_of(voted({"a02": 2}, session)) == {"a02": 2}
        assert dots_of(voted({"a02": 2}, session, state="revealed")) == {"a02": 2}
        for state in ("draft", "collecting"):
            assert dots_of(voted({"a02": 2}, session, state=state)) == {"a01": 1}
        assert dots_of(voted({"a02": 2}, session, breaks_tie_of="r0")) == {"a01": 1}
        assert dots_of(Session(CATALOGUE)) == {}

    @pytest.mark.parametrize("state", ["revealed", "closed"])
    def test_a_round_in_which_no_dots_were_given_takes_nothing_away(self, state: str) -> None:
        session = voted({"a01": 1})
        assert dots_of(voted({}, session, state=state)) == {"a01": 1}
        assert dots_of(voted({"a02": 0}, session, state=state)) == {"a01": 1}

    def test_of_the_sample(self) -> None:
        session = sample(CATALOGUE)
        dots = {session.short_label(item): number for item, number in dots_of(session).items()}
        assert {code: dots[code] for code in ("A04", "A23", "A08", "A14")} == {"A04": 9, "A23": 8, "A08": 7, "A14": 6}
        (further,) = further_rounds(session, "vr01")
        assert session.short_label(further.leaders[0].item) in {"A02", "A10"}

    def test_the_room_sees_totals_but_no_names(self) -> None:
        session = voted({"a04": 9, "a23": 8, "a08": 8}, who="Ann")
        view = room_view(session, "r0")
        assert view is not None
        assert (view.title, view.used, view.budget, view.free, view.ballots) == ("Worst", 25, 48, 23, (1, 12))
        assert len(view.items) == 24
        shown = {item.code: (item.dots, item.rank, item.tied) for item in view.items}
        assert shown["A04"] == (9, 1, False)
        assert shown["A08"] == (8, 2, True)
        assert shown["A01"] == (0, None, False)
        assert "Ann" not in repr(view)

    @pytest.mark.parametrize(
        ("rules", "hidden"),
        [
            ({"mode": "room"}, False),
            ({"mode": "room", "anonymous": True}, True),
            ({"mode": "person"}, True),
            ({"mode": "person", "state": "revealed"}, False),
            ({"mode": "person", "state": "closed"}, False),
            ({"mode": "person", "state": "draft"}, True),
        ],
    )
    def test_totals_are_hidden_while_ballots_come_in(self, rules: dict[str, Any], hidden: bool) -> None:
        view = room_view(voted({"a04": 9}, **{"state": "collecting", **rules}), "r0")
        assert view is not None
        assert view.hidden is hidden
        assert {item.dots for item in view.items} == ({None} if hidden else {0, 9})
        assert (view.used, view.free) == (9, 39)

    def test_the_facilitator_may_hide_them(self) -> None:
        view = room_view(voted({"a04": 9}), "r0", hide=True)
        assert view is not None
        assert {(item.dots, item.rank, item.tied) for item in view.items} == {(None, None, False)}
        assert room_view(CLINIC, "r0") is None

    def test_the_items_are_those_of_the_ballot(self) -> None:
        view = room_view(voted({"a04": 9}, ballot=("a04", "a02")), "r0")
        assert view is not None
        assert [item.code for item in view.items] == ["A02", "A04"]


class TestScores:
    @pytest.mark.parametrize(
        ("scores", "mean", "deviation", "discuss"),
        [
            ((4, 5, 3, 2, 4), 3.6, 1.1402, True),
            ((1, 2, 3), 2, 1, False),
            ((3, 3, 3), 3, 0, False),
            ((2, 4), 3, 1.4142, True),
            ((2, 3), 2.5, 0.7071, False),
            ((1, 2, 3, 1, 2, 3, 1, 3), 2, 0.9258, False),
        ],
    )
    def test_mean_and_sample_deviation(
        self, scores: tuple[int, ...], mean: float, deviation: float, discuss: bool
    ) -> None:
        found = spread(scores)
        assert found is not None
        assert found.mean == pytest.approx(mean)
        assert (found.n, found.discuss) == (len(scores), discuss)
        assert found.deviation == pytest.approx(deviation, abs=1e-4)

    def test_one_score_has_no_deviation(self) -> None:
        assert spread([4]) == (4.0, 1, None, False)
        assert spread([]) is None

    @given(st.lists(st.integers(1, 5), min_size=2, max_size=30))
    def test_it_is_the_deviation_of_the_statistics_module(self, scores: list[int]) -> None:
        found = spread(scores)
        assert found is not None
        assert found.deviation == pytest.approx(statistics.stdev(scores))
        assert found.discuss is (statistics.variance(scores) > 1)

    def test_spreads_of_a_session(self) -> None:
        rows = [("a04", "Ann", 5), ("a04", "Ben", 2), ("a02", "Ann", 3), ("a03", "Ann", None)]
        scores = tuple(
            NewRow(f"s{number}", {"touchpoint": touchpoint, "who": who, "emotion": emotion})
            for number, (touchpoint, who, emotion) in enumerate(rows)
        )
        found = spreads(CLINIC.edited(AddRows("scores", scores).edits(CLINIC)))
        assert list(found) == ["a04", "a02"]
        assert (found["a04"].mean, found["a04"].n, found["a04"].discuss) == (3.5, 2, True)
        assert found["a02"].deviation is None
