"""Numbers three lines high, to be read from the back row."""

from __future__ import annotations

from textual.renderables.digits import DIGITS, DIGITS3X3_BOLD

HEIGHT = 3


def large(text: str, *, ascii_only: bool = False) -> list[str]:
    """The lines of `text`, which is made of digits and the signs that clocks and sums have; `ascii_only` stays small."""
    if ascii_only:
        return ["", text, ""]
    places = [DIGITS.find(character) for character in text]
    return [
        "".join(DIGITS3X3_BOLD[place * HEIGHT + y].ljust(3) if place >= 0 else "   " for place in places)
        for y in range(HEIGHT)
    ]
