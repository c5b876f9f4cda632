"""What the measured programs show: touchpoints of a journey, as plain texts. Imports nothing of the program."""

from __future__ import annotations

COLUMNS = (
    "Stage",
    "Touchpoint",
    "Action",
    "Channel",
    "Thinks",
    "Feels",
    "Emotion",
    "Importance",
    "Moment",
    "Department",
)
STAGES = ("Notice", "Search", "Decide", "Order", "Receive", "Use", "Repair", "Leave")
_PLACES = ("hotline", "branch", "web shop", "app", "letter", "parcel service")
_ACTIONS = (
    "Looks for the number and calls.",
    "Waits in the queue, is put through twice and tells the whole story each time, with the contract in hand.",
    "Fills in the form.",
    "Compares three offers on paper and asks a friend which of them has the fewest surprises in its small print.",
)
_THOUGHTS = ("Where was that again?", "Why do they ask me this now, they have known it for years?", "", "At last.")
_FEELINGS = ("curious", "annoyed", "calm", "relieved", "tired")
_MOMENTS = ("", "", "", "", "", "", "", "", "", "moment-of-truth")


def touchpoint(number: int, count: int) -> tuple[str, ...]:
    """The cells of touchpoint `number` (from 0) of `count`, in the order of `COLUMNS`."""
    moments = _MOMENTS if number < 50 else _MOMENTS[:1]
    return (
        STAGES[number * len(STAGES) // max(count, 1)],
        f"Visit {number + 1} to the {_PLACES[number % len(_PLACES)]}",
        _ACTIONS[number % len(_ACTIONS)],
        _PLACES[number % len(_PLACES)],
        _THOUGHTS[number % len(_THOUGHTS)],
        _FEELINGS[number % len(_FEELINGS)],
        str(number % 5 + 1),
        str(number % 4 + 2),
        moments[number % len(moments)],
        "Service",
    )


def touchpoints(count: int) -> list[tuple[str, ...]]:
    """The cells of `count` touchpoints."""
    return [touchpoint(number, count) for number in range(count)]
