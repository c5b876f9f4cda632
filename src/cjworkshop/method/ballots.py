"""The rules of a dot vote: how many dots there are, what is voted on, and when totals may be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.method.employee_workshop import VoteRound


def dots_each(items: int) -> int:
    """How many dots a person gets for so many items: a quarter of them, halves upward, at least 3."""
    return max(3, (items + 2) // 4)


def budget(vote_round: VoteRound) -> int | None:
    """The room's dots: voters × dots each; None where one of them is missing."""
    return vote_round.voters * vote_round.dots_each if vote_round.voters and vote_round.dots_each else None


def items(session: Session, vote_round: VoteRound) -> tuple[Row, ...]:
    """The rows that can be voted on, in the order of their table: those of the ballot, or all where it names none."""
    rows = session[vote_round.over] if vote_round.over in session.catalogue else ()
    on_ballot = set(vote_round.ballot)
    return tuple(row for row in rows if row.id in on_ballot or not on_ballot)


def is_open(vote_round: VoteRound) -> bool:
    """Whether its totals have not been shown: it is a draft, or dots can still be given."""
    return vote_round.state not in {"revealed", "closed"}


def is_draft(vote_round: VoteRound) -> bool:
    """Whether it is prepared and has not begun."""
    return is_open(vote_round) and vote_round.state != "collecting"


def is_secret(vote_round: VoteRound) -> bool:
    """Whether the room must not see totals yet: ballots are still coming in, person by person or without names."""
    return is_open(vote_round) and (vote_round.mode == "person" or vote_round.anonymous)
