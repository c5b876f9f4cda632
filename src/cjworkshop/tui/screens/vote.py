"""The vote: items with their dots, what is left of the room's in large digits, and a line in which one types them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cjworkshop.facilitation.voting import freed, missing, rules_of, usual_rules, votable
from cjworkshop.method.ballots import is_open
from cjworkshop.tui.screens.listed import ListedScreen
from cjworkshop.tui.vote_desk import VoteDesk
from cjworkshop.tui.vote_view import ballot, nothing_typed
from cjworkshop.tui.widgets.vote_board import VoteBoard

if TYPE_CHECKING:
    from collections.abc import Callable

    from cjworkshop.domain.workbook import Change
    from cjworkshop.facilitation.voting import Rules
    from cjworkshop.storage.place import Showing
    from cjworkshop.tui.desk import Desk


class VoteScreen(ListedScreen):
    """Rounds of a dot vote over a desk. Everything that can be typed goes to the line; all else are keys that cannot."""

    NAME = "Vote"
    ABOUT = (
        "Type what the room gives, in any order: A14x7, or 7 A14, several in one line; A14+2 and A14-1 change, A14x0 "
        "clears. A number alone is for the item under the cursor and goes on to the next. Person by person, codes "
        "alone are a dot each, and @name in front hands in a whole ballot."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "back", "Back", id="vote.back", tooltip="Empty the line; then back to the table."),
        Binding("plus", "dot(1)", "Dot", id="vote.more", tooltip="A dot more for the item under the cursor."),
        Binding("minus", "dot(-1)", "No dot", id="vote.fewer", tooltip="A dot fewer for the item under the cursor."),
        Binding("tab", "person(1)", "Next person", id="vote.person", tooltip="The ballot of the next person."),
        Binding("shift+tab", "person(-1)", "Person before", id="vote.person-before", tooltip="The ballot before."),
        Binding("ctrl+r", "reveal", "Reveal", id="vote.reveal", tooltip="Show the totals; again, go on collecting."),
        Binding("ctrl+l", "close", "Close", id="vote.close", tooltip="Close the round; again, reopen it."),
        Binding("ctrl+b", "tie", "Break the tie", id="vote.tie", tooltip="A further round over the items of the tie."),
        Binding(
            "f4",
            "moments",
            "Mark the leaders as moments",
            id="vote.moments",
            tooltip="The first three touchpoints, with those tied there, are moments of truth.",
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
        """Say so where dots went with their item."""
        super().changed(change)
        if sentence := freed(self.desk.session, change):
            self.footer.say(sentence, "warn", 0)

    def _keys(self) -> tuple[tuple[str, str, str], ...]:
        vote_round = self.vote.round
        back = ("Esc", "back", "back")
        if vote_round is None:
            return (("Enter", "begin", "take"), ("^N", "other rules", "new"), back) if self.vote.over else (back,)
        collecting = is_open(vote_round)
        rounds = "Left Right" if self.desk.ascii_only else "← →"
        reveal = "reveal" if collecting else "go on collecting"
        return (
            *((("Enter", "take", "take"), ("+ -", "dots", "dot(1)")) if collecting else ()),
            *((("Tab", "next person", "person(1)"),) if self.vote.personal else ()),
            *((("^R", reveal, "reveal"),) if vote_round.state != "closed" else ()),
            ("^L", "reopen" if vote_round.state == "closed" else "close", "close"),
            back,
            *((("^B", "break the tie", "tie"),) if not collecting and self.vote.tie_that_matters else ()),
            *((("F4", "mark moments", "moments"),) if self.vote.leaders else ()),
            ("^G", "its row", "row"),
            ("^N", "new round", "new"),
            *((("F2", "rules", "rules"), ("^D", "hide", "hide")) if collecting else ()),
            *(((rounds, "rounds", "sideways(1)"),) if len(self.vote.rounds) > 1 else ()),
            ("^Z", "undo", "undo"),
        )

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
        """Take the line; begin a round where there is none; say what can be typed where nothing is."""
        vote = self.vote
        self.footer.hush()
        if vote.round is None:
            self.attempt(vote.begin)
        elif vote.line.text.strip():
            onward = vote.number is not None
            if vote.take() and onward:
                vote.go_to_item(vote.place + 1)
            self.show()
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
        if self.vote.number is None or self.vote.resumed or self.vote.take():
            super().move(distance)

    def sideways(self, step: int) -> None:
        """Another round."""
        self.vote.go_to_round(step)

    def action_person(self, step: int) -> None:
        """The ballot of somebody else; a line that is being typed is taken first."""
        if not self.vote.line.text.strip() or self.vote.resumed or self.vote.take():
            self.vote.go_to_person(step)
        self.show()

    # The round

    def action_reveal(self) -> None:
        """Show the totals; go on collecting where they are shown."""
        vote_round = self.vote.round
        state = "revealed" if vote_round is None or is_open(vote_round) else "collecting"
        self._to_state(state)

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
        """Mark the leaders as moments of truth."""
        leaders = ", ".join(self.desk.session.short_label(item) for item in self.vote.leaders)
        if self.attempt(self.vote.mark_moments):
            self.footer.say(f"Moments of truth: {leaders}.")

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
        self._ask_rules("New round", offered, self.vote.over, self.vote.begin)

    def action_rules(self) -> None:
        """Ask for other rules for this round."""
        vote_round = self.vote.round
        if vote_round is not None:
            rules = rules_of(vote_round)
            tables = (rules.over,) if rules.over else votable(self.desk.session)
            offered = {table: rules._replace(over=table) for table in tables}
            if offered:
                self._ask_rules("Rules of the round", offered, tables[0], self.vote.change_rules)

    def _ask_rules(self, title: str, offered: dict[str, Rules], over: str, then: Callable[[Rules], None]) -> None:
        from cjworkshop.tui.modals.new_round import RulesDialog  # noqa: PLC0415 - made on first use

        def take(rules: Rules | None) -> None:
            if rules is not None:
                self.attempt(lambda: then(rules))

        titles = {name: self.desk.session.catalogue[name].title for name in offered}
        self.app.push_screen(RulesDialog(title, offered, titles, over), take)
