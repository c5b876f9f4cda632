"""A captured note as the line that would capture it, and the line read anew into the same note."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cjworkshop.domain.commands import SetCells
from cjworkshop.domain.text import clean_line
from cjworkshop.facilitation.capture import Captured, Tokens, read
from cjworkshop.facilitation.known import Known, joined
from cjworkshop.lazy import dataclass
from cjworkshop.method.across import Note

if TYPE_CHECKING:
    import datetime as dt

    from cjworkshop.domain.session import Session

FIELDS = ("kind", "level", "about", "emotion", "dots", "person", "due")
"""What a line can say of a note beside its text, in the order in which it is written out."""
_NOTHING = Captured("", "")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Written:
    """A note's line. `kept` are the fields that no word can say, such as a person whom nobody of the session is called.

    A line that is read anew leaves those as they are, where it does not say something else of them.
    """

    line: str
    kept: tuple[str, ...] = ()


def written(note: Note, session: Session, today: dt.date, known: Known | None = None) -> Written:
    """The line that says what the note says: the one that was typed, where it still does, else one written out.

    `read` makes the same of it, but for line breaks in the text, and for what is `kept`.
    """
    names = (known or Known(session)).following(session)
    if note.typed and _same(note, read(clean_line(note.typed), session, today, names)):
        return Written(clean_line(note.typed))
    tokens = Tokens(session, today, names)
    words, kept = [], []
    for field in FIELDS:
        value = getattr(note, field)
        if value != getattr(_NOTHING, field):
            word = _word(field, value, names)
            if tokens.means(word) == {field: value}:
                words.append(word)
            else:
                kept.append(field)
    return Written(" ".join([*words, _literal(clean_line(note.text), tokens)]).strip(), tuple(kept))


def _same(note: Note, captured: Captured) -> bool:
    return captured.text == note.text and all(getattr(captured, field) == getattr(note, field) for field in FIELDS)


def _word(field: str, value: Any, names: Known) -> str:
    """The word for the value of a field; it may be none that means it."""
    sign = {"kind": "!", "level": "^", "emotion": "~", "dots": "x", "person": "@", "due": ">"}.get(field, "")
    if field == "about":
        return names.place_word(value)
    return sign + (joined(value) if field == "person" else str(value))


def _literal(text: str, tokens: Tokens) -> str:
    """The text with a backslash before each word that would be a token by itself."""
    parts, position = [], 0
    for match in _WORD.finditer(text):
        sign, end = tokens.around(text, *match.span())
        if tokens.means(text[sign:end]):
            parts += [text[position : match.start()], "\\"]
            position = match.start()
    return "".join(parts) + text[position:]


def with_kept(captured: Captured, note: Note, kept: tuple[str, ...]) -> Captured:
    """What a line says, with these fields of the note as they are where the line says nothing of them."""
    silent = [field for field in kept if getattr(captured, field) == getattr(_NOTHING, field)]
    return replace(captured, **{field: getattr(note, field) for field in silent})


def rewriting(note: Note, captured: Captured) -> SetCells:
    """The command that makes the note what the line says. Its stamps stay, and so do the lines of an unchanged text."""
    text = note.text if captured.text == clean_line(note.text) else captured.text
    values = {"text": text, "typed": captured.typed, **{field: getattr(captured, field) for field in FIELDS}}
    cells = [(note.id, field, value) for field, value in values.items() if value != getattr(note, field)]
    return SetCells(Note.__table__.name, tuple(cells))
