"""Dot votes: the room's budget, personal ballots, states, ties, items that go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vote_kit import NAMES, book, dots, the_round, type_in

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.session import Session
from cjworkshop.errors import BadValue
from cjworkshop.facilitation import voting
from cjworkshop.facilitation.vote_lines import BallotNames, Dots, read
from cjworkshop.facilitation.voting import AlreadyVoted, Rules
from cjworkshop.method.employee_workshop import Touchpoint, Vote, VoteRound
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.turnout import turnout


class TestTheRoom:
    def test_the_check_of_the_method(self) -> None:
        """14 items, 12 people: 4 dots each, 48 in all; 34 used, and 15 more are 1 over."""
        workbook, new_id = book()
        assert voting.usual_rules(workbook.session, "touchpoints").dots_each == 4
        type_in(workbook, new_id, "A04x9 A23x8 A08x7 A14x6 A20x4")
        assert sum(dots(workbook).values()) == 34
        before = workbook.session
        with pytest.raises(BadValue, match=r"^1 over: 49 of 48 dots\.$"):
            type_in(workbook, new_id, "A10x15")
        with pytest.raises(BadValue, match="1 over"):
            type_in(workbook, new_id, "A02x1 A10x14")
        assert workbook.session is before
        type_in(workbook, new_id, "A10x14")
        assert sum(dots(workbook).values()) == 48

    def test_a_line_is_one_change_and_one_row_an_item(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x9 A23x8")
        type_in(workbook, new_id, "A04x3 A08+2 A23-1")
        assert dots(workbook) == {"a04": 3, "a23": 7, "a08": 2}
        assert len(workbook.session["votes"]) == 3
        type_in(workbook, new_id, "A04x0")
        assert dots(workbook) == {"a23": 7, "a08": 2}
        for left in ({"a04": 3, "a23": 7, "a08": 2}, {"a04": 9, "a23": 8}, {}):
            workbook.undo()
            assert dots(workbook) == left

    def test_what_changes_nothing_is_no_change(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x9")
        seq = workbook.seq
        type_in(workbook, new_id, "A04x9")
        type_in(workbook, new_id, "A08x0")
        assert workbook.seq == seq

    def test_dots_cannot_be_fewer_than_none(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x1")
        with pytest.raises(BadValue, match=r"A04 has 1 dot only\."):
            type_in(workbook, new_id, "A04-2")
        with pytest.raises(BadValue, match=r"A08 has no dots to take away\."):
            type_in(workbook, new_id, "A08-1")

    def test_dots_can_be_moved_where_the_budget_was_lowered_below_them(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x20 A08x20")
        workbook.do(SetCells("vote_rounds", (("r", "voters", 2),)))
        type_in(workbook, new_id, "A04x5 A10x2")
        assert sum(dots(workbook).values()) == 27

    def test_without_a_budget_anything_goes(self) -> None:
        workbook, new_id = book()
        workbook.do(SetCells("vote_rounds", (("r", "voters", None),)))
        type_in(workbook, new_id, "A04x900")
        assert dots(workbook) == {"a04": 900}

    def test_what_the_room_gives_an_item_holds_its_personal_dots(self) -> None:
        workbook, new_id = book(mode="person")
        type_in(workbook, new_id, "A04x2", "Ann")
        workbook.do(SetCells("vote_rounds", (("r", "mode", "room"),)))
        type_in(workbook, new_id, "A04x5")
        assert (dots(workbook), dots(workbook, "")) == ({"a04": 5}, {"a04": 3})
        with pytest.raises(BadValue, match="A04 has 2 dots from personal ballots"):
            type_in(workbook, new_id, "A04x1")


class TestBallots:
    def test_cap_and_dots_of_a_person(self) -> None:
        workbook, new_id = book(mode="person")
        type_in(workbook, new_id, "A04 A04 A04", "Ann")
        with pytest.raises(BadValue, match="4 dots on A04, and 3 is the most: Ann"):
            type_in(workbook, new_id, "A04", "Ann")
        with pytest.raises(BadValue, match="1 over: 5 of 4 dots by Ann"):
            type_in(workbook, new_id, "A08 A10", "Ann")
        type_in(workbook, new_id, "A08", "Ann")
        type_in(workbook, new_id, "A04 A08x2", "Ben")
        assert dots(workbook) == {"a04": 4, "a08": 3}
        assert dots(workbook, "Ben") == {"a04": 1, "a08": 2}

    def test_no_cap(self) -> None:
        workbook, new_id = book(mode="person", cap=0)
        type_in(workbook, new_id, "A04x4", "Ann")
        assert dots(workbook, "Ann") == {"a04": 4}

    def test_no_more_people_vote_than_the_rules_say(self) -> None:
        workbook, new_id = book(mode="person", voters=1)
        assert turnout(workbook.session, the_round(workbook.session)) == (0, 1)
        type_in(workbook, new_id, "A04x2", "Ann")
        with pytest.raises(BadValue, match=r"^This is voter 2, and the rules say 1: F2 changes them\.$"):
            type_in(workbook, new_id, "A04", "Ben")
        type_in(workbook, new_id, "A04 A08", "Ann")
        assert dots(workbook, "Ann") == {"a04": 3, "a08": 1}
        assert turnout(workbook.session, the_round(workbook.session)).words == "1 of 1"
        rules = voting.rules_of(the_round(workbook.session))
        workbook.do(voting.change_rules(workbook.session, the_round(workbook.session), rules._replace(voters=2)))
        type_in(workbook, new_id, "A04", "Ben")
        with pytest.raises(BadValue, match=r"^2 people voted already, and the rules would say 1\. Type 2 or more\.$"):
            voting.change_rules(workbook.session, the_round(workbook.session), rules._replace(dots_each=40))
        workbook.do(SetCells("vote_rounds", (("r", "voters", None),)))
        type_in(workbook, new_id, "A04", "Cleo")
        assert turnout(workbook.session, the_round(workbook.session)).words == "3"

    def test_a_second_ballot_is_refused_and_can_replace_the_first(self) -> None:
        workbook, new_id = book(mode="person")

        def hand_in(text: str, *, replace: bool = False) -> None:
            session = workbook.session
            given_dots = read(text, BallotNames(session, the_round(session)), personal=True)
            workbook.do(voting.enter_ballot(session, the_round(session), given_dots, new_id, "Ann", replace=replace))

        hand_in("A04 A08x3")
        with pytest.raises(AlreadyVoted, match=r"Ann has voted already\. Enter again replaces A04 1, A08 3\."):
            hand_in("A10 A14")
        hand_in("A10 A04x2", replace=True)
        assert dots(workbook, "Ann") == {"a10": 1, "a04": 2}
        with pytest.raises(BadValue, match="3 is the most"):
            hand_in("A10x4", replace=True)
        assert dots(workbook, "Ann") == {"a10": 1, "a04": 2}

    def test_who_votes(self) -> None:
        workbook, new_id = book(mode="person", voters=4)
        assert voting.voters(workbook.session, the_round(workbook.session)) == ("Ann", "Ben", "Person 3", "Person 4")
        type_in(workbook, new_id, "A04", "Zoe")
        assert voting.voters(workbook.session, the_round(workbook.session))[-1] == "Zoe"

    def test_without_names_ballots_are_numbered(self) -> None:
        workbook, _ = book(mode="person", voters=2, anonymous=True)
        assert voting.voters(workbook.session, the_round(workbook.session)) == ("Ballot 1", "Ballot 2")

    @given(st.lists(st.tuples(st.sampled_from(list(NAMES)), st.integers(-3, 60)), max_size=12))
    def test_never_over_the_budget_and_never_below_none(self, entries: list[tuple[str, int]]) -> None:
        workbook, new_id = book(voters=3)
        for code, number in entries:
            session = workbook.session
            wanted = Dots(code.lower(), number, relative=number < 0)
            try:
                workbook.do(voting.enter(session, the_round(session), (wanted,), new_id))
            except BadValue:
                assert workbook.session is session
            assert sum(dots(workbook).values()) <= 12
            assert all(vote.dots and vote.dots > 0 for vote in workbook.session.rows(Vote))


class TestRounds:
    def test_the_usual_rules(self) -> None:
        workbook, _ = book()
        rules = voting.usual_rules(workbook.session, "touchpoints")
        assert rules == Rules("Vote on touchpoints", "touchpoints", 2, 4, 3, "room", anonymous=False)
        everybody = RemoveRows("people", ("pAnn", "pBen")).edits(workbook.session)
        assert voting.usual_rules(workbook.session.edited(everybody), "touchpoints").voters == 12

    def test_titles_are_not_given_twice(self) -> None:
        workbook, _ = book(title="Vote on touchpoints")
        assert voting.usual_rules(workbook.session, "touchpoints").title == "Vote on touchpoints 2"

    def test_what_can_be_voted_on_has_rows(self) -> None:
        assert voting.votable(book()[0].session) == ("touchpoints",)

    def test_rules_are_saved_with_the_round(self) -> None:
        workbook, _ = book(mode="person", cap=2)
        assert voting.rules_of(the_round(workbook.session)) == Rules("Moments", "touchpoints", 12, 4, 2, "person")

    @pytest.mark.parametrize("rules", [{"title": ""}, {"voters": 0}, {"dots_each": 0}])
    def test_rules_that_cannot_be(self, rules: dict[str, object]) -> None:
        with pytest.raises(BadValue):
            book(**rules)

    @pytest.mark.parametrize(
        ("before", "after", "possible"),
        [
            ("draft", "collecting", True),
            ("draft", "revealed", False),
            ("draft", "closed", False),
            ("collecting", "revealed", True),
            ("collecting", "closed", True),
            ("revealed", "closed", True),
            ("revealed", "collecting", True),
            ("closed", "collecting", True),
            ("closed", "draft", False),
            ("collecting", "collecting", False),
        ],
    )
    def test_states(self, before: str, after: str, possible: bool) -> None:
        workbook, _ = book()
        workbook.do(SetCells("vote_rounds", (("r", "state", before),)))
        if possible:
            workbook.do(voting.set_state(the_round(workbook.session), after))
            assert the_round(workbook.session).state == after
        else:
            with pytest.raises(BadValue, match=f"The round is (a )?{before}"):
                voting.set_state(the_round(workbook.session), after)

    @pytest.mark.parametrize("state", ["revealed", "closed"])
    def test_no_dots_once_totals_were_seen(self, state: str) -> None:
        workbook, new_id = book()
        workbook.do(voting.set_state(the_round(workbook.session), state))
        with pytest.raises(BadValue, match=f"The round is {state}. Ctrl"):
            type_in(workbook, new_id, "A04x1")
        with pytest.raises(BadValue, match="rules are fixed"):
            voting.change_rules(
                workbook.session, the_round(workbook.session), voting.rules_of(the_round(workbook.session))
            )

    def test_a_round_that_begins_later_takes_no_dots_before(self) -> None:
        workbook, new_id = book()
        rules = voting.rules_of(the_round(workbook.session))
        change = workbook.do(voting.begin(rules._replace(title="Later"), "later", later=True))
        assert change is not None
        assert change.label == "prepare “Later”"
        workbook.do(SetCells("vote_rounds", (("r", "state", "draft"),)))
        for text, who in (("A04x1", ""), ("A04", "Ann")):
            with pytest.raises(BadValue, match=r"^The round is a draft\. Ctrl\+R begins it\.$"):
                type_in(workbook, new_id, text, who)
        for state in ("revealed", "closed"):
            with pytest.raises(BadValue, match=r"Ctrl\+R begins it\.$"):
                voting.set_state(the_round(workbook.session), state)
        begun = workbook.do(voting.set_state(the_round(workbook.session), "collecting"))
        assert begun is not None
        assert begun.label == "begin “Moments”"
        type_in(workbook, new_id, "A04x1")
        assert dots(workbook) == {"a04": 1}

    def test_changed_rules_hold_what_is_given(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x9 A23x8")
        rules = voting.rules_of(the_round(workbook.session))
        with pytest.raises(BadValue, match="17 dots are given already, and 4 × 4 = 16"):
            voting.change_rules(workbook.session, the_round(workbook.session), rules._replace(voters=4))
        with pytest.raises(BadValue, match="given already on what it is over"):
            voting.change_rules(workbook.session, the_round(workbook.session), rules._replace(over="pains"))
        workbook.do(voting.change_rules(workbook.session, the_round(workbook.session), rules._replace(voters=5, cap=0)))
        assert voting.rules_of(the_round(workbook.session)) == rules._replace(voters=5, cap=0)

    def test_a_further_round_is_over_the_tie_alone(self) -> None:
        workbook, _ = book(mode="person", anonymous=True)
        with pytest.raises(BadValue, match="Dots are still coming in"):
            voting.further_round(workbook.session, the_round(workbook.session), ("a02", "a10"), "r2")
        workbook.do(voting.set_state(the_round(workbook.session), "revealed"))
        with pytest.raises(BadValue, match="“Moments” has no tie"):
            voting.further_round(workbook.session, the_round(workbook.session), (), "r2")
        tied = ("a02", "a10", "a14")
        workbook.do(voting.further_round(workbook.session, the_round(workbook.session), tied, "r2"))
        further = workbook.session.get(VoteRound, "r2")
        assert further is not None
        assert (further.title, further.ballot, further.breaks_tie_of) == ("A02, A10 or A14?", tied, "r")
        assert (further.voters, further.dots_each, further.cap, further.mode) == (12, 1, 0, "person")
        assert further.anonymous
        assert [row.id for row in BallotNames(workbook.session, further).rows] == ["a02", "a10", "a14"]

    def test_what_has_not_come_in(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x9 A23x38")
        assert voting.missing(workbook.session, the_round(workbook.session)) == "1 of 48 dots is free."
        type_in(workbook, new_id, "A14x1")
        assert voting.missing(workbook.session, the_round(workbook.session)) == ""
        workbook, new_id = book(mode="person", voters=2)
        type_in(workbook, new_id, "A04 A23", "Ann")
        missing = "1 of 2 ballots is in, 6 of 8 dots are free."
        assert voting.missing(workbook.session, the_round(workbook.session)) == missing

    def test_moments_that_are_there_stay(self) -> None:
        workbook, _ = book()
        workbook.do(SetCells("touchpoints", (("a04", "moment", "exit"),)))
        change = workbook.do(voting.mark_moments(workbook.session, ("a04", "a08", "gone")))
        assert change is not None
        assert change.label == "mark 1 moment of truth"
        moments = {row.code: row.moment for row in workbook.session.rows(Touchpoint) if row.moment}
        assert moments == {"A04": "exit", "A08": "moment-of-truth"}
        for items, words in (
            (("a04", "a08"), r"^Already moments: A04, A08\."),
            (("gone",), "No touchpoint leads"),
            ((), "leads"),
        ):
            with pytest.raises(BadValue, match=words):
                voting.mark_moments(workbook.session, items)

    def test_dots_go_with_their_item_and_are_free_again(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x9 A23x8 A14x31")
        change = workbook.do(RemoveRows("touchpoints", ("a04", "a23")))
        assert change is not None
        assert dots(workbook) == {"a14": 31}
        assert voting.freed(workbook.session, change) == "17 dots went with it: “Moments” has 17 of 48 free."
        back = workbook.undo()
        assert back is not None
        assert voting.freed(workbook.session, back) == ""
        assert dots(workbook) == {"a04": 9, "a23": 8, "a14": 31}

    def test_dots_that_are_taken_away_are_not_told_as_lost(self) -> None:
        workbook, new_id = book()
        type_in(workbook, new_id, "A04x9")
        type_in(workbook, new_id, "A04x0")
        undone = workbook.undo()
        redone = workbook.redo()
        assert undone is not None
        assert redone is not None
        assert voting.freed(workbook.session, redone) == ""


class TestWhoVotes:
    @staticmethod
    def session_with(*names: str, voters: int) -> Session:
        session = Session(CATALOGUE)
        people = tuple(NewRow(f"p{place}", {"name": name}) for place, name in enumerate(names))
        session = session.edited(AddRows("people", people).edits(session))
        rules = {"title": "T", "over": "touchpoints", "voters": voters, "dots_each": 3, "mode": "person"}
        return session.edited(AddRows("vote_rounds", (NewRow("r", rules),)).edits(session))

    def test_people_of_one_name_have_a_ballot_each(self) -> None:
        session = self.session_with("Ann", "Ben", "Ann", voters=4)
        assert voting.voters(session, session.rows(VoteRound)[0]) == ("Ann", "Ben", "Ann (2)", "Person 4")

    def test_people_without_a_name_are_numbered(self) -> None:
        session = self.session_with("", voters=1)
        assert voting.voters(session, session.rows(VoteRound)[0]) == ("Person 1",)


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\n"])
def test_a_blank_line_gives_nothing(text: str) -> None:
    workbook, _ = book()
    assert read(text, BallotNames(workbook.session, the_round(workbook.session))) == ()
