"""Lines that are typed on screens over the tables and not entered: the names under which they are kept, and what is said.

A name begins with the word for its place; behind a space can stand what it is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cjworkshop.method.across import Note

if TYPE_CHECKING:
    from cjworkshop.storage.open_session import OpenSession

VOTE, SCORES, MAP = "vote", "scores", "map"
"""The places where one line is typed."""
_WHERE = {VOTE: "vote (F7)", SCORES: "scores (Ctrl+P)", MAP: "map (F5)"}


def ballot_of(round_id: str, who: str) -> str:
    """The place where a line for somebody's ballot waits while another ballot is filled in."""
    return f"{VOTE} {round_id} {who}"


def words_of(note_id: str) -> str:
    """The place where the line of a captured note is changed."""
    return f"inbox {note_id}"


def kept_words(opened: OpenSession) -> list[str]:
    """Sentences about what was being typed when the session was left, and where it is; none where nothing was."""
    said = ["The note that you were writing is kept: Ctrl+K."] if opened.note else []
    kept = {place.partition(" ")[0] for place in opened.lines}
    where = [words for place, words in _WHERE.items() if place in kept]
    if any(words_of(note.id) in opened.lines and not note.sorted_into for note in opened.session.rows(Note)):
        where.append("inbox (Ctrl+R)")
    return [*said, f"What you were typing is kept: {', '.join(where)}."] if where else said
