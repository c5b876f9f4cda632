"""What the room sees of a session: pure functions from what is to be shown to a slide, or to what the map is to show.

Nothing private is in any of it: no names of people, no notes, no private column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cjworkshop.analysis.votes import TOP, room_view
from cjworkshop.domain.text import counted
from cjworkshop.mapping.views import BY_KEY, Choice
from cjworkshop.method.ballots import is_draft, is_open
from cjworkshop.method.discovery import Persona
from cjworkshop.method.employee_workshop import VoteRound
from cjworkshop.method.steps import STEPS
from cjworkshop.tui.clockwork import LARGE, SIGNS, left_words, minutes_seconds
from cjworkshop.tui.showing import NOTHING, ROOM_VIEWS
from cjworkshop.tui.widgets.map_layout import ZOOMS
from cjworkshop.tui.widgets.presented_board import Blank, Item, Question, Slide, Time, Vote

if TYPE_CHECKING:
    from cjworkshop.analysis.votes import RoomItem, RoomView
    from cjworkshop.domain.session import Session
    from cjworkshop.facilitation.clock import Reading
    from cjworkshop.mapping.subway import LineOf
    from cjworkshop.storage.place import Showing
    from cjworkshop.tui.clockwork import Clockwork
    from cjworkshop.tui.widgets.map_layout import Zoom

MAPS = {"map", "storyboard"}
"""The views that are maps."""


class MapShown(NamedTuple):
    """How the map is seen, and where its cursor is."""

    choice: Choice
    zoom: Zoom
    row_id: str
    lane: str


def view_of(showing: Showing) -> str:
    """The key of a view that there is; the prompt where what is to be shown means nothing to us."""
    known = {NOTHING, *(part.key for part in ROOM_VIEWS)}
    return showing.view if showing.view in known else ROOM_VIEWS[0].key


def map_shown(session: Session, showing: Showing) -> MapShown:
    """What the map is to show, as far as that can be."""
    view = "storyboard" if showing.view == "storyboard" else showing.map_view
    persona = showing.persona if session.get(Persona, showing.persona) else ""
    line_of: LineOf = "persona" if showing.line_of == "persona" else "channel"
    zoom = next((known for known in ZOOMS if known == showing.zoom), ZOOMS[0])
    return MapShown(Choice(view if view in BY_KEY else "map", persona, line_of), zoom, showing.row_id, showing.lane)


def slide(session: Session, clock: Clockwork, showing: Showing, *, ascii_only: bool = False) -> Slide:
    """The slide of a view that is none of `MAPS`."""
    match view_of(showing):
        case "clock":
            return _time(clock, step_of(showing), ascii_only=ascii_only)
        case "votes":
            return _vote(session, showing, ascii_only=ascii_only)
        case "nothing":
            return Blank()
    return _question(clock, showing, ascii_only=ascii_only)


def step_of(showing: Showing) -> str:
    """The key of the step that is shown; the first where it means nothing to us."""
    return showing.step if any(showing.step == step.key for step in STEPS) else STEPS[0].key


def _question(clock: Clockwork, showing: Showing, *, ascii_only: bool) -> Slide:
    """What is asked; the first question of the step where nothing was ever asked."""
    prompt = showing.prompt or clock.prompts(step_of(showing))[0].text
    if not clock.running:
        return Question(prompt, ascii_only=ascii_only)
    read = clock.reading()
    block = read.running.row.block if read.running else ""
    return Question(prompt, block, left_words(read), ascii_only)


# The clock


def _time(clock: Clockwork, step: str, *, ascii_only: bool) -> Slide:
    """The clock that runs; else the time on the wall, and what begins next in this step."""
    read = clock.reading(clock.running or step)
    coming = f"then {read.coming.row.block}" if read.coming else ""
    wall = clock.wall(read.now)
    if read.running is None:
        first = f"first {read.coming.row.block}" if read.coming and not read.plan.begun else coming
        return Time("Over" if read.plan.over else "", "", wall, "accent", coming=first, ascii_only=ascii_only)
    sign, role = SIGNS[read.level]
    role = "dim" if read.paused else LARGE.get(role, role)
    within = f"{read.block.row.block}" if read.activity and read.block else ""
    groups = next((item.row.groups for item in (read.activity, read.block) if item and item.row.groups), ())
    digits = ("+" if sign == "+" else "") + minutes_seconds(read.left)
    return Time(
        read.running.row.block, within, digits, role, _state(read), groups, coming, _facts(clock, read), ascii_only
    )


def _state(read: Reading) -> tuple[str, str]:
    """What must be said with the digits: colour is never alone."""
    if read.paused:
        return "paused", "dim"
    return {
        "normal": ("", ""),
        "low": ("little time left", "warn"),
        "last": ("almost over", "alarm"),
        "over": ("time is up", "alarm"),
    }[read.level]


def _facts(clock: Clockwork, read: Reading) -> tuple[tuple[str, str], ...]:
    """The time on the wall, and when all will be over; that it is behind or ahead is the facilitator's to know."""
    end = ((f"ends {clock.wall(read.end)}", "dim"),) if read.end else ()
    return ((clock.wall(read.now), "strong"), *end)


# Votes


def _round(session: Session, showing: Showing) -> tuple[RoomView, tuple[RoomItem, ...]] | None:
    """The round that the facilitator shows, else one that collects, else the newest; and its items as they stand.

    Totals are in it only once it is revealed; then those with most dots stand first.
    """
    rounds = session.rows(VoteRound)
    vote_round = session.get(VoteRound, showing.round_id)
    begun = [one for one in rounds if not is_draft(one)] or rounds
    vote_round = vote_round or next((one for one in begun if is_open(one)), begun[-1] if begun else None)
    if vote_round is None:
        return None
    view = room_view(session, vote_round.id, hide=is_open(vote_round) or bool(showing.hidden))
    return (view, view.items if view.hidden else tuple(sorted(view.items, key=_by_rank))) if view else None


def items_shown(session: Session, showing: Showing) -> tuple[str, ...]:
    """The ids of the items of the round that is shown, in their order on the screen."""
    found = _round(session, showing)
    return tuple(item.id for item in found[1]) if found else ()


def _vote(session: Session, showing: Showing, *, ascii_only: bool) -> Slide:
    found = _round(session, showing)
    if found is None:
        return Blank("No vote yet.", ascii_only)
    view, items = found
    shown = tuple(_item(item) for item in items)
    at = next((place for place, item in enumerate(items) if item.id == showing.item), 0)
    free = view.free if view.hidden else None
    free_says = f"{'over' if free < 0 else 'left'} of {view.budget}" if free is not None else ""
    return Vote(
        view.title or "Vote",
        _voting(view, ascii_only=ascii_only),
        None if free is None else abs(free),
        free_says,
        shown,
        at,
        ascii_only,
    )


def _by_rank(item: RoomItem) -> tuple[bool, int]:
    return item.rank is None, item.rank or 0


def _item(item: RoomItem) -> Item:
    rank = f"{item.rank}{'=' if item.tied else '.'}" if item.rank is not None else ""
    return Item(item.code, item.name, item.dots, rank, item.rank is not None and item.rank <= TOP)


def _voting(view: RoomView, *, ascii_only: bool) -> str:
    """The rules, and how far the round is."""
    said = [counted(view.dots_each, "dot") + " each"] if view.dots_each else []
    said += [f"at most {view.cap} on one"] if view.cap and view.mode == "person" else []
    if view.state == "draft":
        said += ["not begun"]
    elif view.hidden:
        said += [f"{view.ballots.words} have voted"] if view.mode == "person" else []
    else:
        said += [f"{counted(view.used, 'dot')} given"]
    return (" | " if ascii_only else " · ").join(said)
