"""Dot votes in the room: rounds with their rules, and ballots. Each function gives the command for one change.

A round can be prepared as a draft, which takes no dots. It begins as collecting, goes from there to revealed and to
closed, and can be reopened.
Rules stand in the round itself and are fixed once totals have been shown. Dots of the room as a whole are votes
without a name; a personal ballot is the votes of one name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells, Together
from cjworkshop.domain.text import counted
from cjworkshop.errors import BadValue
from cjworkshop.method.ballots import budget, dots_each, is_draft, is_open
from cjworkshop.method.discovery import Person
from cjworkshop.method.employee_workshop import VOTABLE, Touchpoint, Vote, VoteRound
from cjworkshop.method.turnout import turnout, who_voted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.vote_lines import Dots

VOTERS = 12
"""How many vote where nobody is marked as attending."""
CAP = 3
"""Dots of one person on one item."""

NEXT_STATES = {
    "draft": ("collecting",),
    "collecting": ("revealed", "closed"),
    "revealed": ("collecting", "closed"),
    "closed": ("collecting", "revealed"),
}
"""State → the states that a round can be given from it."""
_ON_FROM = {
    "draft": "Ctrl+R begins it.",
    "revealed": "Ctrl+R goes on collecting.",
    "closed": "Ctrl+L reopens it.",
}
"""State in which no dots are taken → the way on from it."""


class AlreadyVoted(BadValue):
    """A person hands in a second ballot."""


class Rules(NamedTuple):
    """What a round is about and how it is held: the columns of `vote_rounds` that a facilitator decides."""

    title: str
    over: str
    voters: int
    dots_each: int
    cap: int = CAP
    mode: str = "room"
    anonymous: bool = False

    @property
    def values(self) -> dict[str, object]:
        """Column → value."""
        return self._asdict()


# Rounds


def votable(session: Session) -> tuple[str, ...]:
    """The tables that can be voted on and have rows."""
    return tuple(name for name in VOTABLE if session[name])


def usual_rules(session: Session, over: str) -> Rules:
    """The rules that a round over this table begins with: whoever attends votes, a quarter of the items as dots."""
    attending = sum(person.attends for person in session.rows(Person)) or VOTERS
    return Rules(_free_title(session, over), over, attending, dots_each(len(session[over])))


def rules_of(vote_round: VoteRound) -> Rules:
    """The rules that a round has."""
    return Rules(
        vote_round.title,
        vote_round.over,
        vote_round.voters or VOTERS,
        vote_round.dots_each or 0,
        vote_round.cap or 0,
        vote_round.mode,
        vote_round.anonymous,
    )


def _free_title(session: Session, over: str) -> str:
    wanted = f"Vote on {session.catalogue[over].nouns}"
    taken = {vote_round.title for vote_round in session.rows(VoteRound)}
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return next(title for title in (wanted, *numbered) if title not in taken)


def begin(
    rules: Rules, new_id: str, *, ballot: Iterable[str] = (), breaks_tie_of: str = "", later: bool = False
) -> Command:
    """Begin collecting dots by these rules; over the items of `ballot`, or all rows of the table where it is empty.

    What is to begin `later` is a draft until then.
    """
    _check(rules)
    state = "draft" if later else "collecting"
    values = {**rules.values, "state": state, "ballot": tuple(ballot), "breaks_tie_of": breaks_tie_of}
    verb = "prepare" if later else "begin"
    return Together((AddRows("vote_rounds", (NewRow(new_id, values),)),), f"{verb} “{rules.title}”")


def further_round(session: Session, vote_round: VoteRound, tied: tuple[str, ...], new_id: str) -> Command:
    """Begin a round over the items of a tie: the same voters, a dot each, as is usual. BadValue without a tie."""
    if len(tied) < 2:
        raise BadValue(f"“{vote_round.title}” has no tie.", "Nothing has to be decided again.")
    if is_open(vote_round):
        raise BadValue("Dots are still coming in.", "Ctrl+R reveals them, then Ctrl+B breaks the tie.")
    codes = [session.short_label(item) for item in tied]
    title = f"{', '.join(codes[:-1])} or {codes[-1]}?"
    rules = Rules(
        title,
        vote_round.over,
        vote_round.voters or VOTERS,
        1,
        0,
        vote_round.mode,
        vote_round.anonymous,
    )
    return begin(rules, new_id, ballot=tied, breaks_tie_of=vote_round.id)


def change_rules(session: Session, vote_round: VoteRound, rules: Rules) -> Command:
    """Have other rules for a round whose totals nobody has seen. BadValue where its dots would not fit in them."""
    if not is_open(vote_round):
        raise BadValue(f"The round is {vote_round.state}: its rules are fixed.", _ON_FROM[vote_round.state])
    _check(rules)
    used, voted = sum(given(session, vote_round).values()), turnout(session, vote_round).voted
    if rules.mode == "person" and voted > rules.voters:
        raise BadValue(
            f"{counted(voted, 'person', 'people')} voted already, and the rules would say {rules.voters}.",
            f"Type {voted} or more.",
        )
    if used > rules.voters * rules.dots_each:
        room = f"{rules.voters} × {rules.dots_each} = {rules.voters * rules.dots_each}"
        raise BadValue(f"{counted(used, 'dot')} are given already, and {room}.", "Allow more, or take some away.")
    if used and rules.over != vote_round.over:
        raise BadValue("Dots are given already on what it is over.", "Begin another round for other items.")
    cells = [(vote_round.id, name, value) for name, value in rules.values.items()]
    if rules.over != vote_round.over:
        cells.append((vote_round.id, "ballot", ()))
    return Together((SetCells("vote_rounds", tuple(cells)),), f"change the rules of “{rules.title}”")


def _check(rules: Rules) -> None:
    if not rules.title:
        raise BadValue("The round has no question.", "Type what it decides.")
    if rules.voters < 1 or rules.dots_each < 1:
        raise BadValue("A round needs at least one voter with one dot.", "Type a number of 1 or more.")


def set_state(vote_round: VoteRound, state: str) -> Command:
    """Begin, reveal, close or reopen a round. BadValue where that cannot follow on its state."""
    before = vote_round.state or "draft"
    if state not in NEXT_STATES[before]:
        hint = _ON_FROM.get(before, "")
        raise BadValue(f"The round is {'a ' * (before == 'draft')}{before}: it cannot become {state} from there.", hint)
    verb = {"collecting": "reopen", "revealed": "reveal", "closed": "close"}[state]
    verb = "begin" if before == "draft" else verb
    return Together((_to_state(vote_round, state),), f"{verb} “{vote_round.title}”")


def _to_state(vote_round: VoteRound, state: str) -> SetCells:
    return SetCells("vote_rounds", ((vote_round.id, "state", state),))


# Ballots


def given(session: Session, vote_round: VoteRound, who: str | None = None) -> dict[str, int]:
    """Item → its dots in a round: all of them, or those of one ballot ("" is the room as a whole)."""
    found: dict[str, int] = {}
    for vote in session.rows(Vote):
        if vote.round == vote_round.id and (who is None or vote.who == who):
            found[vote.item] = found.get(vote.item, 0) + (vote.dots or 0)
    return found


def told_apart(names: Iterable[str]) -> list[str]:
    """The names, with a number behind those that somebody before has too: `Ann`, `Ann (2)`."""
    met: dict[str, int] = {}
    apart = []
    for name in names:
        met[name] = met.get(name, 0) + 1
        apart.append(name if met[name] == 1 else f"{name} ({met[name]})")
    return apart


def voters(session: Session, vote_round: VoteRound) -> tuple[str, ...]:
    """Who can vote by name, for ballots person by person: who attends, then numbers; numbers alone without names.

    They may be more than the rules say: any of them can vote, and of how many is what `turnout` counts.
    """
    attending = [person.name for person in session.rows(Person) if person.attends and person.name]
    names = [] if vote_round.anonymous else told_apart(attending)
    number = max(vote_round.voters or 0, 1)
    noun = "Ballot" if vote_round.anonymous else "Person"
    names += [f"{noun} {place}" for place in range(len(names) + 1, number + 1)]
    cast = [vote.who for vote in session.rows(Vote) if vote.round == vote_round.id]
    return tuple(dict.fromkeys(name for name in (*names, *cast) if name))


def enter(
    session: Session, vote_round: VoteRound, dots: Iterable[Dots], new_id: Callable[[], str], who: str = ""
) -> Command:
    """Give an item other dots, on the ballot of `who` or on the room's. BadValue names what goes beyond the rules.

    All of it is taken or nothing.
    """
    check_open(vote_round)
    before = given(session, vote_round, who)
    others = given(session, vote_round) if not who else {}
    after = dict(before)
    for part in dots:
        # What the room sees of an item, and means by "7", are all its dots, those of named ballots among them.
        named = others.get(part.item, 0) - before.get(part.item, 0) if not who else 0
        after[part.item] = part.applied(after.get(part.item, 0) + named) - named
        if after[part.item] < 0:
            _too_few(session, part.item, before.get(part.item, 0), named)
    if who:
        _check_personal(session, vote_round, before, after, who)
    _check_budget(session, vote_round, sum(after.values()) - sum(before.values()))
    return _written(session, vote_round, after, new_id, who)


def enter_ballot(
    session: Session,
    vote_round: VoteRound,
    dots: Iterable[Dots],
    new_id: Callable[[], str],
    who: str,
    *,
    replace: bool = False,
) -> Command:
    """Hand in the whole ballot of `who`. AlreadyVoted where there is one, unless it is to `replace` that."""
    check_open(vote_round)
    before = given(session, vote_round, who)
    if sum(before.values()) and not replace:
        kept = ", ".join(f"{session.short_label(item)} {number}" for item, number in before.items() if number)
        raise AlreadyVoted(f"{who} has voted already.", f"Enter again replaces {kept}.")
    after = dict.fromkeys(before, 0)
    for part in dots:
        after[part.item] = part.applied(after.get(part.item, 0))
        if after[part.item] < 0:
            _too_few(session, part.item, 0, 0)
    _check_personal(session, vote_round, {}, after, who)
    _check_budget(session, vote_round, sum(after.values()) - sum(before.values()))
    return _written(session, vote_round, after, new_id, who)


def check_open(vote_round: VoteRound) -> None:
    """See that dots can be given in a round; BadValue where it has not begun, or its totals were shown."""
    if is_draft(vote_round) or not is_open(vote_round):
        state = vote_round.state or "draft"
        raise BadValue(f"The round is {'a ' * (state == 'draft')}{state}.", _ON_FROM[state])


def _too_few(session: Session, item: str, own: int, named: int) -> None:
    label = session.short_label(item)
    if named:
        raise BadValue(f"{label} has {counted(named, 'dot')} from personal ballots.", "Change them there.")
    if own:
        raise BadValue(f"{label} has {counted(own, 'dot')} only.", "Take away at most those.")
    raise BadValue(f"{label} has no dots to take away.")


def _check_personal(
    session: Session, vote_round: VoteRound, before: Mapping[str, int], after: Mapping[str, int], who: str
) -> None:
    ballots = turnout(session, vote_round)
    if ballots.is_full and any(after.values()) and who not in who_voted(session, vote_round):
        raise BadValue(f"This is voter {ballots.voted + 1}, and the rules say {ballots.voters}: F2 changes them.")
    for item, number in after.items():
        if vote_round.cap and number > vote_round.cap and number > before.get(item, 0):
            label = session.short_label(item)
            raise BadValue(f"{counted(number, 'dot')} on {label}, and {vote_round.cap} is the most: {who}.")
    used, each = sum(after.values()), vote_round.dots_each
    if each and used > each and used > sum(before.values()):
        raise BadValue(f"{used - each} over: {used} of {each} dots by {who}.")


def _check_budget(session: Session, vote_round: VoteRound, more: int) -> None:
    allowed = budget(vote_round)
    used = sum(given(session, vote_round).values()) + more
    if allowed is not None and more > 0 and used > allowed:
        raise BadValue(f"{used - allowed} over: {used} of {allowed} dots.")


def _written(
    session: Session, vote_round: VoteRound, after: Mapping[str, int], new_id: Callable[[], str], who: str
) -> Command:
    """A row for each item with dots: changed where there is one, new, or gone where it has none any more."""
    rows: dict[str, list[Vote]] = {}
    for vote in session.rows(Vote):
        if vote.round == vote_round.id and vote.who == who:
            rows.setdefault(vote.item, []).append(vote)
    cells, new, gone = [], [], []
    changed = 0
    for item, number in after.items():
        old = rows.get(item, [])
        if sum(vote.dots or 0 for vote in old) == number:
            continue
        changed += 1
        gone += [vote.id for vote in (old[1:] if number else old)]
        if number and old:
            cells.append((old[0].id, "dots", number))
        elif number:
            new.append(NewRow(new_id(), {"round": vote_round.id, "item": item, "dots": number, "who": who}))
    commands: list[Command] = [SetCells("votes", tuple(cells))] if cells else []
    commands += [AddRows("votes", tuple(new))] if new else []
    commands += [RemoveRows("votes", tuple(gone))] if gone else []
    return Together(tuple(commands), f"dots on {counted(changed, 'item')}")


def missing(session: Session, vote_round: VoteRound) -> str:
    """What of a round has not come in, ballots or dots, as a sentence; empty where all of it has."""
    allowed, parts = budget(vote_round), []
    if vote_round.mode == "person":
        ballots = turnout(session, vote_round)
        if ballots.voted < ballots.voters:
            verb = "is" if ballots.voted == 1 else "are"
            parts.append(f"{ballots.voted} of {counted(ballots.voters, 'ballot')} {verb} in")
    free = 0 if allowed is None else allowed - sum(given(session, vote_round).values())
    if free > 0:
        parts.append(f"{free} of {counted(allowed or 0, 'dot')} {'is' if free == 1 else 'are'} free")
    return f"{', '.join(parts)}." if parts else ""


def hardly_in(session: Session, vote_round: VoteRound) -> str:
    """How little has come in where it is less than half, of ballots or else of dots; empty where it is not."""
    ballots, allowed = turnout(session, vote_round), budget(vote_round)
    if vote_round.mode == "person" and ballots.voters:
        few = 2 * ballots.voted < ballots.voters
        verb = "is" if ballots.voted == 1 else "are"
        return f"Only {ballots.voted} of {counted(ballots.voters, 'ballot')} {verb} in" if few else ""
    used = sum(given(session, vote_round).values())
    few = allowed is not None and 2 * used < allowed
    return f"Only {used} of {counted(allowed or 0, 'dot')} {'is' if used == 1 else 'are'} given" if few else ""


def without_moment(session: Session, items: Iterable[str]) -> tuple[str, ...]:
    """Those of the items that are touchpoints and no moment yet."""
    found = (session.get(Touchpoint, item) for item in items)
    return tuple(row.id for row in found if row is not None and not row.moment)


def mark_moments(session: Session, items: Iterable[str]) -> Command:
    """Mark these touchpoints as moments of truth; those that are moments already stay as they are.

    BadValue where none of them is to be marked.
    """
    found = [item for item in items if session.get(Touchpoint, item) is not None]
    bare = without_moment(session, found)
    if not found:
        raise BadValue("No touchpoint leads this round.", "Moments are marked after a vote on touchpoints.")
    if not bare:
        labels = ", ".join(map(session.short_label, found))
        raise BadValue(f"Already {'a moment' if len(found) == 1 else 'moments'}: {labels}.", "Nothing was marked.")
    cells = tuple((row_id, "moment", "moment-of-truth") for row_id in bare)
    return Together((SetCells("touchpoints", cells),), f"mark {counted(len(bare), 'moment', 'moments')} of truth")


def freed(session: Session, change: Change) -> str:
    """What the removal of voted items did to rounds that are open, as a sentence; empty where it did nothing."""
    votes = [edit.before for edit in change.edits if edit.table == "votes" and edit.after is None]
    removed = {edit.row_id for edit in change.edits if edit.after is None}
    lost: dict[str, int] = {}
    for vote in votes:
        if isinstance(vote, Vote) and vote.item in removed and vote.dots:
            lost[vote.round] = lost.get(vote.round, 0) + vote.dots
    parts = []
    for round_id, number in lost.items():
        vote_round = session.get(VoteRound, round_id)
        allowed = budget(vote_round) if vote_round is not None and is_open(vote_round) else None
        if vote_round is not None and allowed is not None:
            free = allowed - sum(given(session, vote_round).values())
            parts.append(f"{counted(number, 'dot')} went with it: “{vote_round.title}” has {free} of {allowed} free.")
    return " ".join(parts)
