"""What the vote screen is about: the round that is shown, the item and person one is at, and the line being typed.

Nothing here knows of Textual. Each thing that is done is one command on the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.analysis.votes import Count, count_of, decided_by, further_rounds, singled_out
from cjworkshop.domain.text import clean_line, counted, quoted
from cjworkshop.errors import BadValue, WorkshopError
from cjworkshop.facilitation import voting
from cjworkshop.facilitation.known import by_code, folded
from cjworkshop.facilitation.vote_lines import BallotNames, Dots, read
from cjworkshop.method.ballots import budget, is_open, is_secret
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.tui.kept import VOTE
from cjworkshop.tui.line_desk import LineDesk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cjworkshop.analysis.votes import Total
    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.voting import Rules
    from cjworkshop.tui.desk import Desk


class VoteDesk(LineDesk):
    """A desk at which a vote is held. `hidden` says that the facilitator wants no totals on the screen."""

    KEPT_AS = VOTE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.hidden = False
        self._asked = ""
        self._who = 0
        self._items: dict[str, str] = {}
        self._names: tuple[Session, str, BallotNames] | None = None
        rounds = desk.session.rows(VoteRound)
        newest = next((one.id for one in reversed(rounds) if is_open(one)), rounds[-1].id if rounds else "")
        self._round_id = newest
        self.resume()

    # The round

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
            self._round_id = ids[min(max(place, 0), len(ids) - 1)]
            self._who = 0

    @property
    def over(self) -> str:
        """The table that a new round is over: the one where one was, else the first that has rows. Empty if none has."""
        tables = voting.votable(self.session)
        return self.desk.table if self.desk.table in tables else next(iter(tables), "")

    def begin(self, rules: Rules | None = None) -> None:
        """Begin a round, by the usual rules where none are given, and show it."""
        if not self.over:
            raise BadValue("There is nothing to vote on yet.", "Fill touchpoints, pains or ideas first.")
        new_id = self.desk.new_id()
        self.desk.do(voting.begin(rules or voting.usual_rules(self.session, self.over), new_id))
        self._round_id, self._who = new_id, 0

    def change_rules(self, rules: Rules) -> None:
        """Hold this round by other rules."""
        self.desk.do(voting.change_rules(self.session, self._needed(), rules))

    def further_round(self) -> None:
        """Begin a round over the items of `tie`, or show the one that is being held over them."""
        vote_round, count, tied = self._needed(), self.count, self.tie
        if count is not None and count.ties and not tied:
            raise BadValue(
                "No tie is left about the first places.", "Put the cursor on an item of another tie to break that."
            )
        held = (further.round for further in further_rounds(self.session, vote_round.id) if is_open(further.round))
        going_on = next((one.id for one in held if set(one.ballot) == set(tied)), "")
        new_id = going_on or self.desk.new_id()
        if not going_on:
            self.desk.do(voting.further_round(self.session, vote_round, tied, new_id))
        self._round_id, self._who = new_id, 0

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
        """The touchpoints that this vote, with what decided its ties, singled out; none while dots come in."""
        vote_round, seen = self.round, set[str]()
        while vote_round is not None and vote_round.breaks_tie_of and vote_round.id not in seen:
            seen.add(vote_round.id)
            vote_round = self.session.get(VoteRound, vote_round.breaks_tie_of)
        if vote_round is None or is_open(vote_round) or vote_round.over != "touchpoints":
            return ()
        count = count_of(self.session, vote_round.id)
        return singled_out(self.session, count) if count else ()

    def mark_moments(self) -> Change | None:
        """Mark the leaders as moments of truth."""
        vote_round = self._needed()
        if is_open(vote_round):
            raise BadValue("Dots are still coming in.", "Reveal the round first, then mark who leads.")
        return self.desk.do(voting.mark_moments(self.session, self.leaders))

    def turn(self, state: str) -> Change | None:
        """Reveal, close or reopen the round."""
        return self.desk.do(voting.set_state(self._needed(), state))

    def _needed(self) -> VoteRound:
        if self.round is None:
            raise BadValue("There is no round yet.", "Begin one.")
        return self.round

    @property
    def totals_hidden(self) -> bool:
        """Whether no totals are shown now."""
        return self.hidden or (self.round is not None and is_secret(self.round))

    # Items and people

    @property
    def names(self) -> BallotNames | None:
        """The ballot of the round."""
        vote_round, session = self.round, self.session
        if vote_round is None:
            return None
        if self._names is None or self._names[0] is not session or self._names[1] != vote_round.id:
            self._names = (session, vote_round.id, BallotNames(session, vote_round))
        return self._names[2]

    @property
    def items(self) -> tuple[Row, ...]:
        """The items of the ballot, in order."""
        return self.names.rows if self.names else ()

    @property
    def at(self) -> str:
        """The id of the item that the cursor was put on: each round remembers its own."""
        return self._items.get(self._round_id, "")

    @at.setter
    def at(self, row_id: str) -> None:
        self._items[self._round_id] = row_id

    @property
    def personal(self) -> bool:
        """Whether ballots are filled in person by person now."""
        return self.round is not None and self.round.mode == "person" and is_open(self.round)

    @property
    def voters(self) -> tuple[str, ...]:
        """Who has a ballot of his own in this round."""
        return voting.voters(self.session, self.round) if self.round else ()

    @property
    def who(self) -> str:
        """Whose ballot is filled in; empty for the room."""
        voters = self.voters if self.personal else ()
        return voters[self._who % len(voters)] if voters else ""

    def go_to_person(self, distance: int) -> None:
        """On to the ballot of somebody else."""
        if self.personal:
            self._who = (self._who + distance) % len(self.voters)

    def dots(self) -> dict[str, int]:
        """Item → the dots that stand beside it: those of the person's ballot while ballots come in, else all."""
        vote_round = self.round
        return voting.given(self.session, vote_round, self.who if self.personal else None) if vote_round else {}

    # The line

    @property
    def target(self) -> tuple[str, ...]:
        """The round, the item that the cursor is on, and whose ballot is filled in."""
        return self._round_id, self.item.id if self.item else "", self.who

    def go_to_target(self, target: tuple[str, ...]) -> bool:
        """To that round, item and ballot; False where one of them is gone."""
        round_id, item, who = target if len(target) == 3 else ("", "", "")
        if self.session.get(VoteRound, round_id) is None:
            return False
        self._round_id, self.at = round_id, item
        if who in self.voters:
            self._who = self.voters.index(who)
        return self.target == target

    @property
    def number(self) -> int | None:
        """The number that is being typed for the item under the cursor, if the line is nothing but that."""
        text = self.line.text.strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None

    def _command(self, text: str, *, is_whole: bool = False) -> Command | None:
        """What a line would do; None where it only names a person or says nothing."""
        vote_round, names = self._needed(), self.names
        if names is None or not text:
            return None
        voting.check_open(vote_round)
        if self.number is not None and self.item is not None:
            return voting.enter(self.session, vote_round, (Dots(self.item.id, self.number),), self._new_id, self.who)
        if text.startswith("@"):
            who, rest = self._person(text, vote_round)
            dots = read(rest, names, personal=True)
            if not dots:
                return None
            return voting.enter_ballot(self.session, vote_round, dots, self._new_id, who, replace=is_whole)
        dots = read(text, names, personal=self.personal)
        return voting.enter(self.session, vote_round, dots, self._new_id, self.who)

    def _new_id(self) -> str:
        return self.desk.new_id()

    def _person(self, text: str, vote_round: VoteRound) -> tuple[str, str]:
        """The voter that a line begins with, and the rest of it."""
        if vote_round.mode != "person":
            raise BadValue("The room votes as one here.", "Type items alone, or change the round's mode to person.")
        word, _, rest = text[1:].partition(" ")
        people = self.session["people"]
        voters = self.voters
        person = people.get(by_code(people, word)) if people else None
        name = str(getattr(person, "name", ""))
        if name in voters:
            return name, rest
        wanted = folded(word)
        fits = [one for one in voters if wanted and f" {wanted}" in f" {folded(one)}"]
        exact = [one for one in fits if folded(one) == wanted] or fits
        if len(exact) == 1:
            return exact[0], rest
        if exact:
            raise BadValue(
                f"{quoted(word)} could be {', '.join(exact[:4])}.", "Type the other name, or join both by -."
            )
        raise BadValue(f"Nobody here is called {quoted(word)}.", "Type a name or a code.")

    def take(self) -> bool:
        """Do what the line says; False, with `problem`, where it cannot be meant. The line stays until one types on."""
        text = clean_line(self.line.text)
        number = self.number
        try:
            command = self._command(text, is_whole=self._asked == text)
            if command is not None:
                self.desk.do(command)
        except voting.AlreadyVoted as problem:
            self._asked = text
            self.refuse(str(problem))
            return False
        except WorkshopError as problem:
            self.refuse(str(problem))
            return False
        if text.startswith("@") and self.round is not None:
            self._who = self.voters.index(self._person(text, self.round)[0])
        elif number is None:
            self._follow(text)
        self.clear()
        return True

    def _follow(self, text: str) -> None:
        """Put the cursor on the last item that a line named."""
        if self.names is not None:
            dots = read(text, self.names, personal=self.personal)
            self.at = dots[-1].item if dots else self.at

    def clear(self) -> None:
        """An empty line."""
        super().clear()
        self._asked = ""

    def add(self, more: int) -> None:
        """Give the item under the cursor more dots, or fewer."""
        if self.item is None:
            return
        dots = (Dots(self.item.id, more, relative=True),)
        try:
            self.desk.do(voting.enter(self.session, self._needed(), dots, self._new_id, self.who))
        except WorkshopError as problem:
            self.problem = str(problem)
        else:
            self.problem = ""

    def reading(self) -> tuple[str, str]:
        """What the line would do, as (words, role), while it is typed; or why it was refused."""
        if self.problem:
            return self.problem, "bad"
        text = clean_line(self.line.text)
        if not text or self.round is None:
            return "", ""
        try:
            command = self._command(text)
        except voting.AlreadyVoted as problem:
            return problem.message, "warn"
        except WorkshopError as problem:
            return problem.message, "dim"
        if command is None:
            return "", ""
        after = self.session.edited(command.edits(self.session))
        return self._change(after), "good"

    def _change(self, after: Session) -> str:
        """Which items would have other dots."""
        vote_round = self._needed()
        who = self.who if self.personal and not self.line.text.startswith("@") else None
        then, now = voting.given(after, vote_round, who), voting.given(self.session, vote_round, who)
        arrow = "->" if self.desk.ascii_only else "→"
        parts = [
            f"{self.session.short_label(row.id)} {arrow} {then.get(row.id, 0)}"
            for row in self.items
            if then.get(row.id, 0) != now.get(row.id, 0)
        ]
        allowed = budget(vote_round)
        left = f", {allowed - sum(voting.given(after, vote_round).values())} free" if allowed is not None else ""
        shown = ", ".join(parts) if len(parts) <= 4 else counted(len(parts), "item")
        return f"{shown}{left}" if parts else "as it is"
