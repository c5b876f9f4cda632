"""The vote: items with their dots, what is left of the room's in large digits, and a line in which one types them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.facilitation.voting import freed, hardly_in, missing, rules_of, usual_rules, votable
from cjworkshop.method.ballots import is_draft, is_open
from cjworkshop.tui.screens.listed import ListedScreen
from cjworkshop.tui.vote_desk import VoteDesk
from cjworkshop.tui.vote_view import ballot, nothing_typed
from cjworkshop.tui.widgets.vote_board import VoteBoard

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.voting import Rules
    from cjworkshop.method.employee_workshop import VoteRound
    from cjworkshop.storage.place import Showing
    from cjworkshop.tui.desk import Desk
    from cjworkshop.tui.modals.new_round import Decided


SHOWN_OF_TIE = 2
"""Items of a tie that its key names."""


class VoteScreen(ListedScreen):
    """Rounds of a dot vote over a desk. Everything that can be typed goes to the line; all else are keys that cannot."""

    NAME = "Vote"
    ABOUT = (
        "Type what the room gives, in any order: A14x7, or 7 A14, several in one line; A14+2 and A14-1 change, A14x0 "
        "clears. A number alone is for the item under the cursor and goes on to the next. Person by person, codes "
        "alone are a dot each, and @name in front hands in a whole ballot; the line behind a full ballot is for the next "
        "person, unless it takes dots back: A14-1, A14x0."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "back", "Back", id="vote.back", tooltip="Empty the line; then back to the table."),
        Binding("plus", "dot(1)", "Dot", id="vote.more", tooltip="A dot more for the item under the cursor."),
        Binding("minus", "dot(-1)", "No dot", id="vote.fewer", tooltip="A dot fewer for the item under the cursor."),
        Binding("tab", "person(1)", "Next person", id="vote.person", tooltip="The ballot of the next person."),
        Binding("shift+tab", "person(-1)", "Person before", id="vote.person-before", tooltip="The ballot before."),
        Binding(
            "ctrl+r", "reveal", "Reveal", id="vote.reveal", tooltip="Show the totals; again, collect on. Begin a draft."
        ),
        Binding("ctrl+l", "close", "Close", id="vote.close", tooltip="Close the round; again, reopen it."),
        Binding(
            "ctrl+b",
            "tie",
            "Break the tie",
            id="vote.tie",
            tooltip="A further round over a tie about the third place or the lead; with none, over the marked item's.",
        ),
        Binding(
            "f4",
            "moments",
            "Mark the leaders as moments",
            id="vote.moments",
            tooltip="The first three touchpoints are moments of truth; of a tie about the third, who won it.",
        ),
        Binding("ctrl+n", "new", "New round", id="vote.new", tooltip="Begin a round: what over, how many dots, how."),
        Binding("f2", "rules", "Rules", id="vote.rules", tooltip="Change title, voters, dots, cap and mode."),
        Binding("ctrl+pagedown", "scores", "Scores", id="vote.scores", tooltip="What several people feel instead."),
        Binding("ctrl+d", "hide", "Hide dots", id="vote.hide", tooltip="Hide the dots from the room, or show them."),
    ]

    def __init__(self, desk: Desk) -> None:
        self.vote = VoteDesk(desk)
        super().__init__(self.vote, VoteBoard(self.typed))

    def show(self) -> None:
        """The round as it stands."""
        super().show()
        if isinstance(self.board, VoteBoard):
            self.board.show(ballot(self.vote))
            self.footer.show(self._keys())

    def changed(self, change: Change) -> None:
        """Say so where dots went with their item; a refusal is told only as long as it is true."""
        self.vote.reconsider()
        super().changed(change)
        if sentence := freed(self.desk.session, change):
            self.footer.say(sentence, "warn", 0)

    def _keys(self) -> tuple[tuple[str, str, str], ...]:
        vote_round = self.vote.round
        back = ("Esc", "back", "back")
        if vote_round is None:
            return (("Enter", "begin", "take"), ("^N", "other rules", "new"), back) if self.vote.over else (back,)
        collecting, draft = self.vote.takes_dots, is_draft(vote_round)
        rounds = "Left Right" if self.desk.ascii_only else "← →"
        reveal = "reveal" if collecting else "go on collecting"
        closing = (("^L", "reopen" if vote_round.state == "closed" else "close", "close"),)
        return (
            *((("Enter", "begin", "take"),) if draft else ()),
            *((("Enter", "take", "take"), ("+ -", "dots", "dot(1)")) if collecting else ()),
            *((("Tab", "next person", "person(1)"),) if self.vote.personal else ()),
            *((("^R", reveal, "reveal"),) if vote_round.state != "closed" and not draft else ()),
            *(closing if not draft else ()),
            back,
            *self._tie_keys(vote_round),
            *((("F4", "mark moments", "moments"),) if self.vote.leaders else ()),
            ("^G", "its row", "row"),
            ("^N", "new round", "new"),
            *((("F2", "rules", "rules"),) if collecting or draft else ()),
            *((("^D", "hide", "hide"),) if collecting else ()),
            *(((rounds, "rounds", "sideways(1)"),) if len(self.vote.rounds) > 1 else ()),
            ("^Z", "undo", "undo"),
        )

    def _tie_keys(self, vote_round: VoteRound) -> tuple[tuple[str, str, str], ...]:
        """The key that breaks a tie that matters, with the codes that would be voted on again."""
        tie = () if is_open(vote_round) else self.vote.tie_that_matters
        more = f" +{len(tie) - SHOWN_OF_TIE}" if len(tie) > SHOWN_OF_TIE else ""
        return (("^B", f"break {self.vote.named(tie[:SHOWN_OF_TIE])}{more}", "tie"),) if tie else ()

    def shown_to_room(self, before: Showing) -> Showing:
        """The room sees this round."""
        vote = self.vote
        round_id, hidden = vote.round.id if vote.round else "", "hidden" if vote.hidden else ""
        return replace(before, view="votes", round_id=round_id, item=vote.at, hidden=hidden)

    # Typing

    def typed(self, text: str) -> None:
        """A character or a paste for the line, where there is a round to type for."""
        if self.vote.round is not None:
            super().typed(text)

    def action_take(self) -> None:
        """Take the line; begin a round where there is none or a draft; say what can be typed where nothing is."""
        vote = self.vote
        self.footer.hush()
        if vote.round is None:
            self.attempt(vote.begin)
        elif vote.line.text.strip():
            onward = vote.number is not None
            if vote.take() and onward:
                vote.go_to_item(vote.place + 1)
            self.show()
        elif is_draft(vote.round):
            self._to_state("collecting")
        else:
            self.footer.say(nothing_typed(vote), "dim")

    def action_dot(self, more: int) -> None:
        """A dot more or fewer; a sign where a line is being typed."""
        if self.vote.line.text:
            self.typed("+" if more > 0 else "-")
        elif self.vote.round is not None:
            self.footer.hush()
            self.vote.add(more)
            self.show()

    # Going about

    def move(self, distance: int) -> None:
        """On to another item; a number that was typed for this one is taken first."""
        vote = self.vote
        if vote.number is None or vote.resumed or (not vote.line.refused and vote.take()):
            super().move(distance)
        elif vote.line.refused:
            self.footer.say("This number was not taken: Esc gives it up, another one replaces it.", "dim")

    def sideways(self, step: int) -> None:
        """Another round."""
        self.vote.go_to_round(step)

    def action_person(self, step: int) -> None:
        """The ballot of somebody else; a line that is being typed is taken first, one that was refused waits here."""
        vote = self.vote
        if not vote.line.text.strip() or vote.resumed or vote.line.refused or vote.take():
            left = vote.who if vote.line.text else ""
            vote.go_to_person(step)
            if left not in {"", vote.who}:
                self.footer.say(f"What you typed for {left} was not taken, and is kept there.", "warn")
        self.show()

    # The round

    def action_reveal(self) -> None:
        """Begin a draft; show the totals, of a round half filled only when asked again; go on collecting after that."""
        question = self._doubt()
        if question and self.footer.notice[0] != question:
            self.footer.say(question, "warn", 0)  # as long as it stands there, the same key answers it
        else:
            self._to_state("revealed" if self.vote.round is None or self.vote.takes_dots else "collecting")

    def _doubt(self) -> str:
        """What is to be asked before the totals are shown; empty where half has come in, or none would be shown now."""
        count = self.vote.count
        if count is None or not self.vote.takes_dots:
            return ""
        little = hardly_in(self.desk.session, count.round) if count.used else "No dots are given"
        if little and self.vote.line.text.strip():
            return f"{little}, and this line was not taken: Ctrl+R again reveals."
        return f"{little}{'' if count.used else ' yet'}: Ctrl+R again reveals all the same." if little else ""

    def action_close(self) -> None:
        """Close the round; reopen it where it is closed."""
        vote_round = self.vote.round
        state = "collecting" if vote_round is not None and vote_round.state == "closed" else "closed"
        self._to_state(state)

    def _to_state(self, state: str) -> None:
        """Turn the round to this state; say so where that ends it before all has come in."""
        vote = self.vote
        turned = self.attempt(lambda: vote.turn(state))
        sentence = missing(self.desk.session, vote.round) if turned and vote.round is not None else ""
        if sentence and state != "collecting":
            self.footer.say(f"{state.capitalize()}: {sentence}", "warn")

    def action_tie(self) -> None:
        """A further round over the items of the tie."""
        self.attempt(self.vote.further_round)

    def action_moments(self) -> None:
        """Mark the leaders as moments of truth; say which were marked now and which before, and which tie is open."""
        said: list[str] = []
        if self.attempt(lambda: said.append(self.vote.mark_moments())):
            self.footer.say(said[0])

    def action_scores(self) -> None:
        """Scores in place of votes."""
        self.dismiss(None)
        if self.app.workshop is not None:
            self.app.workshop.action_score()

    def action_hide(self) -> None:
        """Hide the dots, or show them."""
        self.vote.hidden = not self.vote.hidden
        self.show()

    def action_new(self) -> None:
        """Ask for the rules of a round, and begin it."""
        session = self.desk.session
        if not self.vote.over:
            self.attempt(self.vote.begin)
            return
        offered = {name: usual_rules(session, name) for name in votable(session)}
        begin = self.vote.begin
        self._ask_rules(
            "New round", offered, self.vote.over, lambda one: begin(one.rules, later=one.later), is_new=True
        )

    def action_rules(self) -> None:
        """Ask for other rules for this round."""
        vote_round = self.vote.round
        if vote_round is not None:
            rules = rules_of(vote_round)
            tables = (rules.over,) if rules.over else votable(self.desk.session)
            offered = {table: rules._replace(over=table) for table in tables}
            if offered:
                change = self.vote.change_rules
                self._ask_rules("Rules of the round", offered, tables[0], lambda one: change(one.rules), is_new=False)

    def _ask_rules(
        self, title: str, offered: dict[str, Rules], over: str, then: Callable[[Decided], None], *, is_new: bool
    ) -> None:
        from cjworkshop.tui.modals.new_round import RulesDialog  # noqa: PLC0415 - made on first use

        def take(decided: Decided | None) -> None:
            if decided is not None:
                self.attempt(lambda: then(decided))

        titles = {name: self.desk.session.catalogue[name].title for name in offered}
        self.app.push_screen(RulesDialog(title, offered, titles, over, is_new=is_new), take)
