"""The one door by which words enter a session."""

from __future__ import annotations

import re
import reprlib
import unicodedata

LONG_TEXT = 10_000
"""Characters in one cell above which the user is asked before it is kept."""

_DROPPED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # C0 but tab and newline, and DEL
    "\x80-\x9f"  # C1: a terminal takes U+009B for ESC [
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls reorder the line that they stand in
    "\ufeff"  # a byte-order mark that came along with a paste
    "\ud800-\udfff"  # lone surrogates cannot be written to any file
    "]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def clean_text(raw: str) -> str:
    """`raw` with line ends as newlines, without control characters, in Unicode normal form C.

    Nothing is cut: a text of any length comes back whole. `clean_text(clean_text(x)) == clean_text(x)`.
    """
    if raw.isascii() and raw.isprintable():
        return raw
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", raw))
    return unicodedata.normalize("NFC", text)


def clean_line(raw: str) -> str:
    """`clean_text` on one line: newlines and tabs become single spaces and the ends are trimmed."""
    text = clean_text(raw)
    if "\n" in text or "\t" in text:
        text = re.sub(r"\s*[\n\t]\s*", " ", text)
    return text.strip()


def shorten(text: str, limit: int) -> str:
    """The first line of `text`, at most `limit` characters of it, with an ellipsis where something is left out."""
    first, _, rest = text.partition("\n")
    if rest or len(first) > limit:
        return first[: limit - 1].rstrip() + "…"
    return first


def quoted(raw: object) -> str:
    """What was typed or read, for a message: in quotes, on one line, short, and free of anything that is not print."""
    return repr(shorten(clean_line(raw), 40)) if isinstance(raw, str) else reprlib.repr(raw)


def counted(number: int, noun: str, nouns: str = "") -> str:
    """`1 pain`, `3 pains`: a number with its noun; `nouns` where the plural is not noun + s."""
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"
