"""What the vote screen is about besides its round: the item and ballot one is at, and the line being typed.

Nothing here knows of Textual. Each thing that is done is one command on the desk.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cjworkshop.domain.text import clean_line, counted, quoted
from cjworkshop.errors import BadValue, WorkshopError
from cjworkshop.facilitation import voting
from cjworkshop.facilitation.known import by_code, folded
from cjworkshop.facilitation.vote_lines import BallotNames, Dots, read
from cjworkshop.method.ballots import budget, is_draft, is_open
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.method.turnout import turnout, who_voted
from cjworkshop.tui.kept import VOTE, ballot_of
from cjworkshop.tui.line_desk import refusal
from cjworkshop.tui.round_desk import RoundDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cjworkshop.domain.commands import Command
    from cjworkshop.domain.rows import Row
    from cjworkshop.domain.session import Session
    from cjworkshop.tui.desk import Desk


class VoteDesk(RoundDesk):
    """A desk at which a vote is held. A line that was refused waits at its ballot while one goes to another."""

    KEPT_AS = VOTE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = ""
        self._who = 0
        self._items: dict[str, str] = {}
        self._names: tuple[Session, str, BallotNames] | None = None
        self._forget()
        self.resume()
        if not self.line.text:
            self._fetch()

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
        return self.takes_dots and self.needed().mode == "person"

    @property
    def takes_dots(self) -> bool:
        """Whether dots are given in this round now."""
        return self.round is not None and is_open(self.round) and not is_draft(self.round)

    @property
    def voters(self) -> tuple[str, ...]:
        """Who has a ballot of his own in this round."""
        return voting.voters(self.session, self.round) if self.round else ()

    @property
    def who(self) -> str:
        """Whose ballot is filled in; empty for the room."""
        voters = self.voters if self.personal else ()
        return voters[self._who % len(voters)] if voters else ""

    @property
    def next_voter(self) -> str:
        """Who the next line is for, this ballot being full: the next without dots or a line that waits; else nobody."""
        vote_round, voters, who = self.round, self.voters, self.who
        if vote_round is None or not who or not vote_round.dots_each:
            return ""
        if sum(self.dots().values()) < vote_round.dots_each or turnout(self.session, vote_round).is_full:
            return ""
        place, voted = voters.index(who), who_voted(self.session, vote_round)
        waiting = self.desk.opened.lines
        others = (*voters[place + 1 :], *voters[:place])
        return next((one for one in others if one not in voted and ballot_of(vote_round.id, one) not in waiting), "")

    def go_to_person(self, distance: int) -> None:
        """On to the ballot of somebody else."""
        if self.personal:
            with self._another_ballot():
                self._who = (self._who + distance) % len(self.voters)

    def show_round(self, round_id: str) -> None:
        """Show this round, with the ballot of the first person."""
        with self._another_ballot():
            super().show_round(round_id)
            self._who = 0

    @contextmanager
    def _another_ballot(self) -> Iterator[None]:
        """While one goes to another ballot: a line that is typed waits at this one, and comes back with it."""
        before, kept, given_up = (self._round_id, self.who), self.as_kept(), self._given_up
        yield
        if (self._round_id, self.who) != before:
            self.desk.opened.keep_line(ballot_of(*before), kept)
            self.clear()
            self._given_up = None if kept else given_up
            self._fetch()

    def _fetch(self) -> None:
        """Have the line that waits at this ballot stand there again."""
        place = ballot_of(self._round_id, self.who)
        waiting = self.desk.opened.lines.get(place)
        if waiting is not None:
            self.desk.opened.keep_line(place, None)
            self.go_to_target(waiting.at)
            self.restore(waiting)
            self.resumed = f"What you typed here is here again: {self.what_keys_do}."

    def _forget(self) -> None:
        """Keep no lines for ballots of rounds that are closed or gone."""
        for place in tuple(self.desk.opened.lines):
            name, _, ballot = place.partition(" ")
            found = self.session.get(VoteRound, ballot.partition(" ")[0])
            if name == VOTE and ballot and (found is None or found.state == "closed"):
                self.desk.opened.keep_line(place, None)

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

    @property
    def pending(self) -> int | None:
        """That number as long as it may become the item's dots: not while it is refused, nor where none are taken."""
        return self.number if self.takes_dots and not self.line.refused else None

    def reconsider(self) -> None:
        """Have a refusal say what is so now. Where the line could be taken by now, what is typed still replaces it."""
        if self.problem or self.line.refused:
            self.problem = self._fault(clean_line(self.line.text))

    def _fault(self, text: str) -> str:
        try:
            self._command(text)
        except voting.AlreadyVoted as problem:
            self._asked = text
            return refusal(problem)
        except WorkshopError as problem:
            return refusal(problem)
        return ""

    def _command(self, text: str, *, is_whole: bool = False) -> Command | None:
        """What a line would do; None where it only names a person or says nothing."""
        vote_round, names = self.needed(), self.names
        if names is None or not text:
            return None
        voting.check_open(vote_round)
        if text.startswith("@"):
            who, rest = self._person(text, vote_round)
            dots = read(rest, names, personal=True)
            if not dots:
                return None
            return voting.enter_ballot(self.session, vote_round, dots, self._new_id, who, replace=is_whole)
        return voting.enter(self.session, vote_round, self._meant(text, names), self._new_id, self._ballot_for(text))

    def _meant(self, text: str, names: BallotNames) -> tuple[Dots, ...]:
        """The dots that a line without a name gives."""
        if self.number is not None and self.item is not None:
            return (Dots(self.item.id, self.number),)
        return read(text, names, personal=self.personal)

    def _ballot_for(self, text: str) -> str:
        """Whose ballot a line is for: the next one's where this is full, unless the line takes dots of this back."""
        after, names = self.next_voter, self.names
        if not after or names is None or not text or text.startswith("@") or self.line.refused:
            return self.who
        before, parts = self.dots(), self._meant(text, names)
        takes_away = any(part.number < 0 or part == Dots(part.item, 0) for part in parts)
        more = [part.applied(before.get(part.item, 0)) - before.get(part.item, 0) for part in parts]
        return self.who if takes_away or (any(more) and max(more) <= 0) or not parts else after

    def _new_id(self) -> str:
        return self.desk.new_id()

    def _person(self, text: str, vote_round: VoteRound) -> tuple[str, str]:
        """The voter that a line begins with, and the rest of it."""
        if vote_round.mode != "person":
            raise BadValue("The room votes as one here.", "F2 changes that; else no names.")
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
                f"{quoted(word)} could be {', '.join(exact[:2])}{' …' * (len(exact) > 2)}.", "Join both names by -."
            )
        raise BadValue(f"Nobody here is called {quoted(word)}.", "Type a name or a code.")

    def take(self) -> bool:
        """Do what the line says; False, with `problem`, where it cannot be meant. The line stays until one types on."""
        text, number = clean_line(self.line.text), self.number
        try:
            if who := self._ballot_for(text):
                self._who = self.voters.index(who)
            command = self._command(text, is_whole=self._asked == text)
            if command is not None:
                self.desk.do(command)
        except voting.AlreadyVoted as problem:
            self._asked = text
            self.refuse(problem)
            return False
        except WorkshopError as problem:
            self.refuse(problem)
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
            self.desk.do(voting.enter(self.session, self.needed(), dots, self._new_id, self.who))
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
        vote_round = self.needed()
        text = clean_line(self.line.text)
        who = self._ballot_for(text) if self.personal and not text.startswith("@") else None
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
        on = f"{who}: " if who and who != self.who else ""
        return f"{on}{shown}{left}" if parts else f"{on}as it is"
