"""What the board of a vote shows of a vote desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.votes import TOP, apart
from cjworkshop.domain.names import row_name
from cjworkshop.domain.text import counted
from cjworkshop.facilitation.voting import given, usual_rules
from cjworkshop.method.ballots import budget, is_draft, is_open
from cjworkshop.method.turnout import turnout
from cjworkshop.tui.widgets.vote_board import Ballot, ItemLine

if TYPE_CHECKING:
    from cjworkshop.analysis.votes import Count, Total
    from cjworkshop.domain.session import Session
    from cjworkshop.method.employee_workshop import VoteRound
    from cjworkshop.tui.vote_desk import VoteDesk
    from cjworkshop.tui.widgets.list_board import Listing

Said = tuple[tuple[str, str], ...]


def ballot(vote: VoteDesk) -> tuple[Listing, Ballot]:
    """The board's state; an invitation to begin where there is no round."""
    vote_round, count = vote.round, vote.count
    if vote_round is None or count is None:
        return vote.listing("", _invitation(vote)), Ballot(title="No vote yet")
    rounds = vote.rounds
    shown = Ballot(
        vote_round.title or "Vote",
        f"{rounds.index(vote_round) + 1} of {len(rounds)}" if len(rounds) > 1 else "",
        rules_text(vote.session, vote_round, ascii_only=vote.desk.ascii_only),
        _says(vote, vote_round, count),
        () if vote.personal or vote.totals_hidden else _ties(vote.session, count),
        None if count.budget is None else count.budget - count.used,
        count.budget,
        _items(vote, vote_round, count),
        is_over=not is_open(vote_round),
    )
    empty = () if vote.items else ("Nothing is left on this ballot.", "Ctrl+N begins another round.")
    return vote.listing(_hint(vote, vote_round), empty), shown


def _hint(vote: VoteDesk, vote_round: VoteRound) -> str:
    """What can be typed."""
    if is_draft(vote_round):
        return "Enter begins it, now or in the workshop; F2 changes its rules."
    if not is_open(vote_round):
        return "Ctrl+L reopens it." if vote_round.state == "closed" else "Ctrl+R goes on collecting."
    one, another = _examples(vote)
    if vote.next_voter:
        own = next((row.code for row in vote.items if row.code and vote.dots().get(row.id)), one)
        return f"Full: the next line goes to {vote.next_voter}; {own}-1 takes a dot back"
    if vote.personal:
        return f"{one} {another} {another}, a dot each; a number for the marked item; @name for another"
    return f"{one}x7, or 7 {one}, or several; a number alone is for the marked item"


def nothing_typed(vote: VoteDesk) -> str:
    """What to do, for somebody who takes an empty line."""
    if not vote.takes_dots:
        return "No dots are taken now. ^G opens the row."
    one, another = _examples(vote)
    line = f"{one} {another} {another}" if vote.personal else f"{one}x7 {another}x2"
    return f"Type a number for the marked item, or {line}. ^G opens the row."


def _examples(vote: VoteDesk) -> tuple[str, str]:
    """Two codes of this ballot, for showing what a line looks like."""
    codes = [row.code for row in vote.items if row.code] or ["A01"]
    return codes[0], codes[min(1, len(codes) - 1)]


def _invitation(vote: VoteDesk) -> tuple[str, ...]:
    if not vote.over:
        return (
            "There is nothing to vote on yet.",
            "Fill touchpoints, pains, opportunities or ideas first; Esc goes back.",
        )
    rules, session = usual_rules(vote.session, vote.over), vote.session
    items = session.catalogue[vote.over].counted(len(session[vote.over]))
    return (
        f"Enter begins one over {items}:",
        f"{rules.voters} voters with {rules.dots_each} dots each, {rules.voters * rules.dots_each} in all; you type for the room.",
        "",
        "Ctrl+N asks for another title, table, number of dots, or ballots person by person.",
    )


def rules_text(session: Session, vote_round: VoteRound, *, ascii_only: bool) -> str:
    """The rules of a round in one line."""
    table = session.catalogue[vote_round.over] if vote_round.over else None
    on_ballot = len(vote_round.ballot) or (len(session[table.name]) if table else 0)
    allowed, times = budget(vote_round), "x" if ascii_only else "×"
    dots = f"{vote_round.voters} {times} {vote_round.dots_each} = {allowed} dots" if allowed else "no budget"
    personal = vote_round.mode == "person"
    return (" | " if ascii_only else " · ").join(
        filter(
            None,
            (
                table.counted(on_ballot) if table else "",
                dots,
                "person by person" if personal else "the room as one",
                f"{vote_round.cap} on one" if personal and vote_round.cap else "",
                "no names" if vote_round.anonymous else "",
            ),
        )
    )


def _says(vote: VoteDesk, vote_round: VoteRound, count: Count) -> Said:
    """The state of the round, whose ballot it is, who leads, and the tie that matters."""
    state: Said = ((f"{vote_round.state or 'draft'}  ", "accent" if is_open(vote_round) else "good"),)
    if is_draft(vote_round):
        return (*state, ("Enter begins it", "dim"))
    if vote.personal:
        own = sum(given(vote.session, vote_round, vote.who).values())
        voted = turnout(vote.session, vote_round).words
        return (
            *state,
            (vote.who, "strong"),
            (f"  {own} of {vote_round.dots_each} dots   {voted} voted", "dim"),
        )
    if vote.totals_hidden:
        return (*state, ("dots are hidden", "dim"))
    leaders = count.leaders
    if not leaders:
        return state
    verb = "leads with" if len(leaders) == 1 else "lead with"
    winner = _winner(vote.session, count, leaders) if len(leaders) > 1 and leaders != count.cut else ""
    then = f", then {winner}" if winner else ""
    return (*state, (f"{_codes(vote.session, leaders)} {verb} {counted(leaders[0].dots, 'dot')}{then}", ""))


def _ties(session: Session, count: Count) -> Said:
    """Each tie but a lead that is said: first the one that matters, then those that a further round decided, with its winner."""
    said, cut, leaders = [], count.cut, count.leaders
    winners = {tie: _winner(session, count, tie) for tie in count.ties if tie == cut or tie != leaders}
    for tie, winner in sorted(winners.items(), key=lambda each: (each[0] != cut, not each[1])):
        words = " = ".join(session.short_label(total.item) for total in tie) + (f", then {winner}" if winner else "")
        if tie == cut:
            said.append(
                (f"  tie about place {min(TOP, tie[0].rank + len(tie) - 2)}: {words}", "" if winner else "warn")
            )
        else:
            said.append((f"  tie {words}", "dim"))
    return tuple(said)


def _winner(session: Session, count: Count, tie: tuple[Total, ...]) -> str:
    """Which item of a tie a later round over it put first, or which together; empty as long as it told none apart."""
    order = apart(session, count.round.id, tuple(total.item for total in tie))
    return " = ".join(map(session.short_label, order[0])) if len(order) > 1 else ""


def _codes(session: Session, totals: tuple[Total, ...]) -> str:
    codes = [session.short_label(total.item) for total in totals]
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"


def _items(vote: VoteDesk, vote_round: VoteRound, count: Count) -> tuple[ItemLine, ...]:
    hidden = vote.totals_hidden
    dots = vote.dots()
    shown = (vote.personal and not vote.hidden) or not hidden
    ranks = {total.item: total for total in count.totals} if not hidden else {}
    tied = {total.item for tie in count.ties for total in tie}
    number, at = vote.pending, vote.place
    is_over = not is_open(vote_round)
    lines = []
    for place, row in enumerate(vote.items):
        total = ranks.get(row.id)
        rank = f"{total.rank}{'=' if row.id in tied else '.'}" if total and is_over else ""
        lines.append(
            ItemLine(
                row.code,
                row_name(row.__table__, row),
                dots.get(row.id, 0) if shown else None,
                number if place == at else None,
                rank,
                stands_out=total is not None and total.rank <= TOP and is_over,
                target=place,
            )
        )
    return tuple(lines)
