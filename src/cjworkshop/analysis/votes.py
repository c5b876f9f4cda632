"""Dot votes counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.method.employee_workshop import Vote, VoteRound

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session


class Total(NamedTuple):
    """An item's dots in a round. Items with as many dots share a `rank`: 1, 2, 2, 4."""

    item: str
    dots: int
    rank: int


class Count(NamedTuple):
    """A round counted: `budget` is voters × dots each, None where one is missing."""

    round: VoteRound
    totals: tuple[Total, ...]
    budget: int | None

    @property
    def used(self) -> int:
        """The dots given."""
        return sum(total.dots for total in self.totals)

    @property
    def ties(self) -> tuple[tuple[Total, ...], ...]:
        """The items that share a rank, highest first."""
        ranks: dict[int, list[Total]] = {}
        for total in self.totals:
            ranks.setdefault(total.rank, []).append(total)
        return tuple(tuple(alike) for alike in ranks.values() if len(alike) > 1)


def dots_each(items: int) -> int:
    """How many dots a person gets for so many items: a quarter of them, halves upward, at least 3."""
    return max(3, (items + 2) // 4)


def counts(session: Session) -> tuple[Count, ...]:
    """Every round counted, in order. Items are by dots, those alike in the order of their table; none without dots."""
    given: dict[str, dict[str, int]] = {}
    for vote in session.rows(Vote):
        if vote.dots:
            dots = given.setdefault(vote.round, {})
            dots[vote.item] = dots.get(vote.item, 0) + vote.dots
    return tuple(
        Count(
            vote_round,
            _totals(session, vote_round, given.get(vote_round.id, {})),
            None if not (vote_round.voters and vote_round.dots_each) else vote_round.voters * vote_round.dots_each,
        )
        for vote_round in session.rows(VoteRound)
    )


def _totals(session: Session, vote_round: VoteRound, dots: dict[str, int]) -> tuple[Total, ...]:
    """Totals by dots; an item that does not stand in the table voted on comes behind those that do."""
    places = session[vote_round.over].positions if vote_round.over else {}
    items = sorted(dots, key=lambda item: (-dots[item], places.get(item, len(places))))
    more: dict[int, int] = {}
    for index, item in enumerate(items):
        more.setdefault(dots[item], index)
    return tuple(Total(item, dots[item], more[dots[item]] + 1) for item in items)
