"""How many people have voted in a round, of how many that its rules say: what is counted wherever it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.method.employee_workshop import Vote

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.method.employee_workshop import VoteRound


class Turnout(NamedTuple):
    """So many have `voted`, of `voters` by the rules; that is 0 where they do not say. No names: the room sees this."""

    voted: int
    voters: int

    @property
    def is_full(self) -> bool:
        """Whether as many have voted as the rules say."""
        return bool(self.voters) and self.voted >= self.voters

    @property
    def words(self) -> str:
        """`2 of 12`; `2` where the rules do not say of how many."""
        return f"{self.voted} of {self.voters}" if self.voters else str(self.voted)


def turnout(session: Session, vote_round: VoteRound) -> Turnout:
    """How many have voted by name, of the round's voters."""
    return Turnout(len(who_voted(session, vote_round)), vote_round.voters or 0)


def who_voted(session: Session, vote_round: VoteRound) -> tuple[str, ...]:
    """Whose ballots have dots, in the order in which they came in."""
    votes = (vote for vote in session.rows(Vote) if vote.round == vote_round.id)
    return tuple(dict.fromkeys(vote.who for vote in votes if vote.who and vote.dots))
