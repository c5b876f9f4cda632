"""The round that a vote screen shows: which one, its count, its ties, and what is done with it as a whole.

Nothing here knows of Textual. Each thing that is done is one command on the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.votes import Count, count_of, decided_by, further_rounds, open_ties, singled_out
from cjworkshop.errors import BadValue
from cjworkshop.facilitation import voting
from cjworkshop.method.ballots import is_draft, is_open, is_secret
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.tui.line_desk import LineDesk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.analysis.votes import Total
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
        """The items of the tie to be broken: the one that the cursor is in, else the one that matters."""
        count, here = self.count, self.item.id if self.item else ""
        if count is None:
            return ()
        ties = [tie for tie in count.ties if any(total.item == here for total in tie)]
        return self._undecided(count, ties) or self.tie_that_matters

    @property
    def tie_that_matters(self) -> tuple[str, ...]:
        """The items of the tie about the last of the first places, else of that for the lead; mostly none."""
        count = self.count
        return self._undecided(count, [count.cut, count.leaders]) if count else ()

    def _undecided(self, count: Count, ties: Iterable[tuple[Total, ...]]) -> tuple[str, ...]:
        """The items of the first of these ties that no further round has decided."""
        left = (tie for tie in ties if len(tie) > 1 and decided_by(self.session, count.round.id, tie) is None)
        return tuple(total.item for total in next(left, ()))

    @property
    def leaders(self) -> tuple[str, ...]:
        """The touchpoints that this vote, with what decided its ties, surely singled out; none while dots come in."""
        count = self._outcome
        return singled_out(self.session, count) if count else ()

    @property
    def _outcome(self) -> Count | None:
        """The round whose leaders are marked, counted: this one, or the one whose tie this was to break.

        None where it is not over touchpoints, and while dots come in.
        """
        vote_round, seen = self.round, set[str]()
        if vote_round is None or is_open(vote_round):
            return None
        while vote_round is not None and vote_round.breaks_tie_of and vote_round.id not in seen:
            seen.add(vote_round.id)
            vote_round = self.session.get(VoteRound, vote_round.breaks_tie_of)
        if vote_round is None or is_open(vote_round) or vote_round.over != "touchpoints":
            return None
        return count_of(self.session, vote_round.id)

    def mark_moments(self) -> str:
        """Mark whom the vote surely singled out as moments of truth; gives what to say.

        That is which were marked now and which before, and the ties that are open.
        """
        if is_open(self.needed()):
            raise BadValue("No totals have been shown.", "Ctrl+R reveals them, then F4 marks who leads.")
        session, leaders, left = self.session, self.leaders, self._open_ties()
        bare = voting.without_moment(session, leaders)
        if left and not bare:
            raise BadValue(left, "Nothing was marked.")
        self.desk.do(voting.mark_moments(session, leaders))
        marked = ", ".join(session.short_label(item) for item in bare)
        before = ", ".join(session.short_label(item) for item in leaders if item not in bare)
        said = (f"Marked as moment of truth: {marked}.", f"Already a moment: {before}." if before else "", left)
        return " ".join(filter(None, said))

    def _open_ties(self) -> str:
        """Which ties leave it open who else leads, and what breaks them, as a sentence; empty where none does."""
        count, here = self._outcome, self.count
        ties = open_ties(self.session, count) if count else ()
        named = [" = ".join(map(self.session.short_label, tie)) for tie in ties]
        if len(named) > 1:
            return f"Ties {', '.join(named)} are open: Ctrl+B breaks one."
        shown = [tuple(total.item for total in tie) for tie in here.ties] if here else []
        where = "" if ties and ties[0] in shown else " in its round"
        return f"Tie {named[0]} is open: Ctrl+B{where} breaks it." if named else ""

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
