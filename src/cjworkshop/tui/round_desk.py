"""The round that a vote screen shows: which one, its count, its ties, and what is done with it as a whole.

Nothing here knows of Textual. Each thing that is done is one command on the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.votes import Count, apart, count_of, further_rounds, open_tie, singled_out
from cjworkshop.errors import BadValue
from cjworkshop.facilitation import voting
from cjworkshop.method.ballots import is_draft, is_open, is_secret
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.tui.line_desk import LineDesk

if TYPE_CHECKING:
    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.voting import Rules
    from cjworkshop.tui.desk import Desk


class RoundDesk(LineDesk):
    """A desk with a round on it: the newest that collects, else one that is prepared, else the newest.

    `hidden` says that the facilitator wants no totals on the screen.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.hidden = False
        rounds = desk.session.rows(VoteRound)
        newest = max(reversed(rounds), key=lambda one: (is_open(one), not is_draft(one)), default=None)
        self._round_id = newest.id if newest else ""

    @property
    def rounds(self) -> tuple[VoteRound, ...]:
        """All rounds, in order."""
        return self.session.rows(VoteRound)

    @property
    def round(self) -> VoteRound | None:
        """The round that is shown; another one where it is gone."""
        found = self.session.get(VoteRound, self._round_id)
        rounds = self.rounds
        if found is None and rounds:
            found = rounds[-1]
            self._round_id = found.id
        return found

    @property
    def count(self) -> Count | None:
        """The round counted."""
        return count_of(self.session, self._round_id) if self.round else None

    def go_to_round(self, distance: int) -> None:
        """Show the round so many further on, as far as there are any."""
        ids = [one.id for one in self.rounds]
        if self.round is not None:
            place = ids.index(self._round_id) + distance
            self.show_round(ids[min(max(place, 0), len(ids) - 1)])

    def show_round(self, round_id: str) -> None:
        """Show this round."""
        self._round_id = round_id

    @property
    def over(self) -> str:
        """The table that a new round is over: the one where one was, else the first that has rows. Empty if none has."""
        tables = voting.votable(self.session)
        return self.desk.table if self.desk.table in tables else next(iter(tables), "")

    def begin(self, rules: Rules | None = None, *, later: bool = False) -> None:
        """Begin a round, by the usual rules where none are given, or prepare it for `later`; and show it."""
        if not self.over:
            raise BadValue("There is nothing to vote on yet.", "Fill touchpoints, pains or ideas first.")
        new_id = self.desk.new_id()
        self.desk.do(voting.begin(rules or voting.usual_rules(self.session, self.over), new_id, later=later))
        self.show_round(new_id)

    def change_rules(self, rules: Rules) -> None:
        """Hold this round by other rules."""
        self.desk.do(voting.change_rules(self.session, self.needed(), rules))

    def further_round(self) -> None:
        """Begin a round over the items of `tie`, or show the one that is being held over them."""
        vote_round, count, tied = self.needed(), self.count, self.tie
        if count is not None and count.ties and not tied:
            raise BadValue("No tie is left about the first places.", "Ctrl+B on a tied item breaks its tie.")
        held = (further.round for further in further_rounds(self.session, vote_round.id) if is_open(further.round))
        going_on = next((one.id for one in held if set(one.ballot) == set(tied)), "")
        new_id = going_on or self.desk.new_id()
        if not going_on:
            self.desk.do(voting.further_round(self.session, vote_round, tied, new_id))
        self.show_round(new_id)

    @property
    def tie(self) -> tuple[str, ...]:
        """The items of the tie to be broken: one that matters, before all that under the cursor; else any under it."""
        matter, here = self._ties_that_matter, self.item.id if self.item else ""
        under = (tie for tie in (*matter, *(() if matter else self._own_ties)) if here in tie and self._is_whole(tie))
        return next(under, matter[0] if matter else ())

    @property
    def tie_that_matters(self) -> tuple[str, ...]:
        """The items of the tie that is broken next, if it matters; mostly none."""
        return self.tie if self._ties_that_matter else ()

    @property
    def _ties_that_matter(self) -> tuple[tuple[str, ...], ...]:
        """The ties that no further round told apart, of those about a place among the first and for the lead."""
        count, own = self.count, self._own_ties
        if count is None:
            return ()
        root = self._first_round
        about = [open_tie(self.session, root)] if root else []
        about += [tuple(total.item for total in tie) for tie in (count.cut, count.leaders)]
        return tuple(dict.fromkeys(tie for tie in about if tie in own and self._is_whole(tie)))

    @property
    def _own_ties(self) -> tuple[tuple[str, ...], ...]:
        """The items of each tie of this round."""
        count = self.count
        ties = [tuple(total.item for total in tie) for tie in count.ties] if count else []
        return (*ties, count.passed_over) if count and len(count.passed_over) > 1 else tuple(ties)

    def _is_whole(self, tie: tuple[str, ...]) -> bool:
        """Whether no further round told these items apart."""
        return len(apart(self.session, self._round_id, tie)) == 1

    @property
    def leaders(self) -> tuple[str, ...]:
        """The touchpoints that this vote, with what decided its ties, surely singled out; none while dots come in."""
        count = self._outcome
        return singled_out(self.session, count) if count else ()

    @property
    def _outcome(self) -> Count | None:
        """The round whose leaders are marked, counted; None where it is not over touchpoints, and while dots come in."""
        count = self._first_round
        return count if count is not None and count.round.over == "touchpoints" else None

    @property
    def _first_round(self) -> Count | None:
        """This round, or the one whose tie this was to break, counted; None while dots come in."""
        vote_round, seen = self.round, set[str]()
        if vote_round is None or is_open(vote_round):
            return None
        while vote_round is not None and vote_round.breaks_tie_of and vote_round.id not in seen:
            seen.add(vote_round.id)
            vote_round = self.session.get(VoteRound, vote_round.breaks_tie_of)
        return None if vote_round is None or is_open(vote_round) else count_of(self.session, vote_round.id)

    def mark_moments(self) -> str:
        """Mark whom the vote surely singled out as moments of truth; gives what to say.

        That is which were marked now and which before, and the tie that leaves it open who else is among the first.
        """
        if is_open(self.needed()):
            raise BadValue("No totals have been shown.", "Ctrl+R reveals them, then F4 marks who leads.")
        session, leaders, left = self.session, self.leaders, self._open_tie()
        bare = voting.without_moment(session, leaders)
        if left and not bare:
            raise BadValue(left, "Nothing was marked.")
        self.desk.do(voting.mark_moments(session, leaders))
        marked = ", ".join(session.short_label(item) for item in bare)
        before = [session.short_label(item) for item in leaders if item not in bare]
        already = f"Already {'a moment' if len(before) == 1 else 'moments'}: {', '.join(before)}." if before else ""
        said = (f"Marked as moment of truth: {marked}.", already, left)
        return " ".join(filter(None, said))

    def _open_tie(self) -> str:
        """Which tie leaves it open who else is marked, and what breaks it, as a sentence; empty where none does."""
        count = self._outcome
        tie = open_tie(self.session, count) if count else ()
        where = "" if tie in self._own_ties else " in its round"
        return f"Tie {self.named(tie)} is open: Ctrl+B{where} breaks it." if tie else ""

    def named(self, tie: tuple[str, ...]) -> str:
        """The items of a tie by their codes."""
        return " = ".join(map(self.session.short_label, tie))

    def turn(self, state: str) -> Change | None:
        """Begin, reveal, close or reopen the round."""
        return self.desk.do(voting.set_state(self.needed(), state))

    def needed(self) -> VoteRound:
        """The round that is shown. BadValue where there is none."""
        if self.round is None:
            raise BadValue("There is no round yet.", "Begin one.")
        return self.round

    @property
    def totals_hidden(self) -> bool:
        """Whether no totals are shown now."""
        return self.hidden or (self.round is not None and is_secret(self.round))
