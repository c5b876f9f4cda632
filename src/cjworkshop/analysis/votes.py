"""Dot votes counted: totals, who leads, which ties matter, and what the room may see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.names import row_name
from cjworkshop.method import ballots
from cjworkshop.method.ballots import dots_each
from cjworkshop.method.employee_workshop import Vote, VoteRound
from cjworkshop.method.turnout import turnout

if TYPE_CHECKING:
    from cjworkshop.domain.session import Session
    from cjworkshop.method.turnout import Turnout

__all__ = [
    "TOP",
    "Count",
    "RoomItem",
    "RoomView",
    "Total",
    "apart",
    "count_of",
    "counts",
    "decided_by",
    "dots_each",
    "dots_of",
    "further_rounds",
    "open_tie",
    "room_view",
    "singled_out",
    "standing",
]

TOP = 3
"""How many items a vote is to single out: a tie matters most where it is about the last of these places."""


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
    def ranks(self) -> tuple[tuple[Total, ...], ...]:
        """The items by rank, highest first: those that share one stand together."""
        ranks: dict[int, list[Total]] = {}
        for total in self.totals:
            ranks.setdefault(total.rank, []).append(total)
        return tuple(map(tuple, ranks.values()))

    @property
    def ties(self) -> tuple[tuple[Total, ...], ...]:
        """The items that share a rank, highest first."""
        return tuple(alike for alike in self.ranks if len(alike) > 1)

    @property
    def leaders(self) -> tuple[Total, ...]:
        """The item with most dots, or those that share the lead; none where no dots are given."""
        return tuple(total for total in self.totals if total.rank == 1)

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Of a round over a tie in which dots are given, the items without any: they share the last place."""
        if not (self.round.breaks_tie_of and self.totals):
            return ()
        with_dots = {total.item for total in self.totals}
        return tuple(item for item in self.round.ballot if item not in with_dots)

    @property
    def cut(self) -> tuple[Total, ...]:
        """The tie about the last of the first `TOP` places, on which it depends what is singled out; mostly none.

        On a ballot of no more items than that, it is a tie for the lead.
        """
        places = min(TOP, len(self.round.ballot) - 1) if self.round.ballot else TOP
        fits = (tie for tie in self.ties if tie[0].rank <= max(places, 1) < tie[0].rank + len(tie) - 1)
        return next(fits, ())


def counts(session: Session) -> tuple[Count, ...]:
    """Every round counted, in order. Items are by dots, those alike in the order of their table; none without dots."""
    given: dict[str, dict[str, int]] = {}
    for vote in session.rows(Vote):
        if vote.dots:
            dots = given.setdefault(vote.round, {})
            dots[vote.item] = dots.get(vote.item, 0) + vote.dots
    return tuple(
        Count(vote_round, _totals(session, vote_round, given.get(vote_round.id, {})), ballots.budget(vote_round))
        for vote_round in session.rows(VoteRound)
    )


def count_of(session: Session, round_id: str) -> Count | None:
    """One round counted; None where there is no such round."""
    return next((count for count in counts(session) if count.round.id == round_id), None)


def _totals(session: Session, vote_round: VoteRound, dots: dict[str, int]) -> tuple[Total, ...]:
    """Totals by dots; an item that does not stand in the table voted on comes behind those that do."""
    places = session[vote_round.over].positions if vote_round.over else {}
    items = sorted(dots, key=lambda item: (-dots[item], places.get(item, len(places))))
    more: dict[int, int] = {}
    for index, item in enumerate(items):
        more.setdefault(dots[item], index)
    return tuple(Total(item, dots[item], more[dots[item]] + 1) for item in items)


def dots_of(session: Session) -> dict[str, int]:
    """Item → its dots in the newest revealed or closed round over its table in which dots were given.

    A round that breaks a tie is passed over: its few items had all the dots to themselves.
    """
    newest: dict[str, Count] = {}
    for count in counts(session):
        if count.totals and not ballots.is_open(count.round) and not count.round.breaks_tie_of:
            newest[count.round.over] = count
    return {total.item: total.dots for count in newest.values() for total in count.totals}


def further_rounds(session: Session, round_id: str) -> tuple[Count, ...]:
    """The rounds that were to break a tie of this one, counted."""
    return tuple(count for count in counts(session) if count.round.breaks_tie_of == round_id)


def decided_by(session: Session, round_id: str, tie: tuple[Total, ...]) -> Count | None:
    """The last round over just these tied items whose totals were shown and which one of them leads; mostly none.

    Where a further round ended in a tie for the lead, it is the round that decided that one.
    """
    return _decided_by(session, round_id, tie, frozenset({round_id}))


def _decided_by(session: Session, round_id: str, tie: tuple[Total, ...], seen: frozenset[str]) -> Count | None:
    tied = {total.item for total in tie}
    for further in reversed(further_rounds(session, round_id)):
        about = further.round
        if ballots.is_open(about) or about.id in seen or set(about.ballot) != tied or not further.leaders:
            continue
        if len(further.leaders) == 1:
            return further
        if (last := _decided_by(session, about.id, further.leaders, seen | {about.id})) is not None:
            return last
    return None


def standing(session: Session, count: Count) -> tuple[tuple[str, ...], ...]:
    """The items with dots, the most first, each tie in the order that a further round gave it.

    Items that are still tied stand together. Those to which a round over a tie gave no dots stand last in it.
    """
    return _standing(session, count, frozenset({count.round.id}))


def apart(session: Session, round_id: str, tied: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The items of a tie of this round as further rounds tell them apart; all of them together as long as none does."""
    return _apart(session, round_id, tied, frozenset({round_id}))


def _standing(session: Session, count: Count, seen: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    groups = [tuple(total.item for total in alike) for alike in count.ranks]
    groups += [count.passed_over] if count.passed_over else []
    return tuple(part for group in groups for part in _apart(session, count.round.id, group, seen))


def _apart(session: Session, round_id: str, tied: tuple[str, ...], seen: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The tied items as the last shown round over just these tells them apart, before all one in which one leads."""
    if len(tied) == 1:
        return (tied,)
    orders = [
        _standing(session, further, seen | {further.round.id})
        for further in reversed(further_rounds(session, round_id))
        if further.round.id not in seen
        and not ballots.is_open(further.round)
        and set(further.round.ballot) == set(tied)
    ]
    told = [order for order in orders if len(order) > 1]
    order = next((order for order in told if len(order[0]) == 1), told[0] if told else (tied,))
    within = (tuple(item for item in part if item in tied) for part in order)
    return tuple(part for part in within if part)


def singled_out(session: Session, count: Count) -> tuple[str, ...]:
    """The items that a vote surely singled out: those that have one of the first `TOP` places whatever a tie says."""
    return _outcome(session, count)[0]


def open_tie(session: Session, count: Count) -> tuple[str, ...]:
    """The items of the tie on which it depends who else has one of the first `TOP` places; mostly none.

    Of a tie that a further round told apart in part, they are those that it did not.
    """
    return _outcome(session, count)[1]


def _outcome(session: Session, count: Count) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(who has one of the first places, the tie across the last of them)."""
    chosen: tuple[str, ...] = ()
    for tied in standing(session, count):
        free = TOP - len(chosen)
        if len(tied) > free:
            return chosen, tied if free else ()
        chosen += tied
    return chosen, ()


READ_ALOUD = 200
"""Characters of an item's text that the room sees: all that one would read aloud."""


class RoomItem(NamedTuple):
    """An item as the room sees it. `dots` and `rank` are None while they are hidden; `rank` also without dots."""

    id: str
    code: str
    name: str
    dots: int | None
    rank: int | None
    tied: bool


class RoomView(NamedTuple):
    """What may be shown of a round to the room: no names, and no totals while they are `hidden`.

    `ballots` are the personal ones that are in, and of how many; `used` of `budget` dots are given.
    """

    title: str
    state: str
    mode: str
    hidden: bool
    items: tuple[RoomItem, ...]
    used: int
    budget: int | None
    ballots: Turnout
    dots_each: int
    cap: int

    @property
    def free(self) -> int | None:
        """Dots that are left; None where there is no budget."""
        return None if self.budget is None else self.budget - self.used


def room_view(session: Session, round_id: str, *, hide: bool = False) -> RoomView | None:
    """The room's view of a round, its items in the order of their table; None where there is no such round.

    `hide` hides the totals of a round that could be shown.
    """
    count = count_of(session, round_id)
    if count is None:
        return None
    vote_round = count.round
    hidden = hide or ballots.is_secret(vote_round)
    totals = {total.item: total for total in count.totals}
    tied = {total.item for tie in count.ties for total in tie}
    rows = ballots.items(session, vote_round)
    items = tuple(
        RoomItem(
            row.id,
            row.code,
            row_name(row.__table__, row, READ_ALOUD),
            None if hidden else (total.dots if (total := totals.get(row.id)) else 0),
            totals[row.id].rank if row.id in totals and not hidden else None,
            row.id in tied and not hidden,
        )
        for row in rows
    )
    return RoomView(
        vote_round.title,
        vote_round.state or "draft",
        vote_round.mode,
        hidden,
        items,
        count.used,
        count.budget,
        turnout(session, vote_round),
        vote_round.dots_each or 0,
        vote_round.cap or 0,
    )
