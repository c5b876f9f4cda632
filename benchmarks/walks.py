"""What is done by keys in the programs under measurement, and how each key is answered."""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from generated_sessions import at_touchpoint, journey, keep
from terminal_probe import QUIET, NoAnswer, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from terminal_probe import Response

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
PROGRAM = BIN / "cjworkshop"
IN_VIEW = 6
"""Moves that stay in view from the row at which a journey opens."""
KEY_PACE, KEYS_OF_NOTE = 0.1, 4
"""Seconds between two keys of somebody who types fast, and how many of them make a note."""
_WORD = "telephone"
_LONGEST_WAIT = 0.025

Responses: TypeAlias = "dict[str, list[Response]]"
"""How the keys were answered, by what they did."""


class Walk:
    """Keys pressed in a terminal, at any moment of whatever frame the program counts in."""

    def __init__(self, terminal: Terminal, seed: int) -> None:
        self.terminal = terminal
        self.responses: Responses = defaultdict(list)
        self._random = random.Random(seed)

    def press(self, what: str, *keys: str) -> None:
        """Press keys that are measured."""
        time.sleep(self._random.random() * _LONGEST_WAIT)
        self.responses[what].append(self.terminal.press(*keys))

    def prepare(self, *keys: str) -> None:
        """Press keys that are not."""
        for key in keys:
            self.terminal.press(key)

    def to_and_fro(self, what: str, count: int) -> None:
        """Move the cursor within what is in view."""
        for number in range(count):
            self.press(what, "down" if number // IN_VIEW % 2 == 0 else "up")


def in_grid(folder: Path, rows: int, count: int, seed: int) -> tuple[Responses, int]:
    """Our grid, in a session of so many rows: `count` keys of each sort. Also the bytes of a full frame."""
    responses: Responses = defaultdict(list)
    for walk_of in (_moves, _edits, _goes):
        opened_at = at_touchpoint(20 if rows > 60 else 0, "channel")
        path = keep(folder / f"{walk_of.__name__}-{rows}-{seed}", journey(rows), opened_at)
        with Terminal([PROGRAM, "--sessions", path.parent, "open", path.stem]) as terminal:
            terminal.wait_for("ASK NOW")
            terminal.settle(0.5)
            walk = Walk(terminal, seed)
            walk_of(walk, count)
            frame = terminal.full_frame()
        responses.update(walk.responses)
    return responses, frame


def _moves(walk: Walk, count: int) -> None:
    walk.prepare(*["up"] * IN_VIEW)
    walk.to_and_fro("move", count)
    walk.prepare(*["down"] * (2 * IN_VIEW + 8))
    for _ in range(count):
        walk.press("scroll", "down")


def _edits(walk: Walk, count: int) -> None:
    walk.prepare(*["up"] * IN_VIEW)
    while len(walk.responses["type"]) < count:
        for letter in _WORD:
            walk.press("type", letter)
        walk.prepare("escape")
    for number in range(count):
        if number and number % IN_VIEW == 0:
            walk.prepare(*["up"] * IN_VIEW)
        walk.prepare(*f"call {number}")
        walk.press("commit", "enter")
    walk.prepare(*["right"] * 5)  # from the channel to the emotion
    for number in range(count):
        walk.press("rating", str(number % 4 + 1))
    walk.prepare("home")
    for _ in range(count):
        walk.press("new row", "ctrl+n")
        walk.prepare(*"Not")
        walk.press("insert", "enter")


def _goes(walk: Walk, count: int) -> None:
    for _ in range(count):
        walk.press("step", "ctrl+pagedown")
    while "Stages" not in walk.terminal.text():
        walk.prepare("ctrl+pagedown")
    for number in range(count):
        walk.prepare("ctrl+g")
        walk.terminal.settle(2 * QUIET)
        walk.press("table", "cdb"[number % 3])


def on_map(folder: Path, rows: int, count: int, seed: int) -> Responses:
    """The map of a session of so many touchpoints: opening it, steps along it, and moves in the grid beside it.

    These take turns, so that all of them meet the machine in the same state.
    """
    path = keep(folder / f"map-{rows}-{seed}", journey(rows), at_touchpoint(0, "channel"))
    with Terminal([PROGRAM, "--sessions", path.parent, "open", path.stem]) as terminal:
        terminal.wait_for("ASK NOW")
        walk = Walk(terminal, seed)
        for turn in range(max(count // IN_VIEW, 2)):
            terminal.settle(0.3)
            walk.to_and_fro("grid move", 2 * IN_VIEW)
            terminal.settle(0.3)
            walk.press("open" if turn else "first open", "f5")
            for what, there, back, distance in (
                ("step", "right", "left", IN_VIEW - 1),
                ("lane", "down", "up", IN_VIEW),
            ):
                for key in [there] * distance + [back] * distance:
                    walk.press(what, key)
            walk.prepare("escape")
        walk.prepare("f5")
        walk.prepare("home", *["up"] * 2 * IN_VIEW, "down", *["right"] * IN_VIEW)  # on the emotion
        walk.prepare("5")  # so that the first of these changes something, whatever stood there
        for number in range(count):
            walk.press("rating", str(number % 4 + 1))
        for _ in range(min(count, rows - 2 * IN_VIEW)):
            walk.press("scroll", "right")
        return walk.responses


def in_two_terminals(folder: Path, rows: int, count: int, seed: int) -> dict[str, list[float]]:
    """A facilitator's terminal and the one that presents: ms from a key in the first to what the second shows of it.

    `map` is F5 on the prompt, `step` a step along the map, `edit` a rating on it, each `count` times.
    """
    path = keep(folder / f"present-{rows}-{seed}", journey(rows), at_touchpoint(0, "channel"))
    moments = random.Random(seed)
    taken: dict[str, list[float]] = defaultdict(list)
    with (
        Terminal([PROGRAM, "--sessions", path.parent, "open", path.stem]) as facilitator,
        Terminal([PROGRAM, "--sessions", path.parent, "present", path.stem]) as room,
    ):
        facilitator.wait_for("ASK NOW")
        facilitator.settle(0.5)
        room.settle(1)

        def until_shown(what: str, key: str, text: str = "") -> None:
            """Press a key, and see when the room sees what it does; at any moment of the programs' own rhythms."""
            for terminal in (facilitator, room):
                terminal.settle(0.3)
            time.sleep(moments.random() * 0.3)
            pressed = facilitator.send(key)
            shown = room.started + room.wait_for(text) if text else room.wait_output()
            taken[what].append((shown - pressed) * 1000)

        for _ in range(count):
            until_shown("map", "f5", "Emotion")
            until_shown("prompt", "escape")
        facilitator.send("f5")
        room.wait_for("Emotion")
        for number in range(count):
            until_shown("step", "left" if number // IN_VIEW % 2 else "right")
            facilitator.press("1")
            room.settle(0.5)
            until_shown("edit", "5")
    return taken


def capturing(folder: Path, rows: int, notes: int) -> tuple[dict[str, list[float]], int]:
    """Notes typed at ten keys a second while the clock runs and the file is written again and again.

    `note` are ms from a note that was taken to its bytes in the flushed journal, `key` those from the key that ended
    it. Also how often the file was written meanwhile. NoAnswer where a note was lost.
    """
    path = keep(folder / f"capturing-{rows}", journey(rows), at_touchpoint(0, "channel"))
    times = folder / f"capturing-{rows}.txt"
    pressed, files = [], set()
    with Terminal([sys.executable, HERE / "watched_program.py", path, times]) as terminal:
        terminal.wait_for("ASK NOW")
        terminal.settle(0.5)
        terminal.press("ctrl+k")
        begun = time.perf_counter()
        for number in range(notes * KEYS_OF_NOTE):
            time.sleep(max(begun + number * KEY_PACE - time.perf_counter(), 0))
            terminal.settle(0)
            if (number + 1) % KEYS_OF_NOTE:
                terminal.send(str(number % 10))
            else:
                pressed.append(terminal.send("ctrl+n"))
                files.add(path.stat().st_mtime_ns)
        terminal.settle(1)
    taken: dict[str, list[float]] = {"note": [], "key": []}
    events = [line.split() for line in times.read_text().splitlines()]
    for number, (when, event) in enumerate(events):
        if event == "note":
            words = [name for _, name in events[number:]]
            saved = float(events[number + words.index("saved", words.index("saving"))][0])
            taken["key"].append((saved - pressed[len(taken["note"])]) * 1000)
            taken["note"].append((saved - float(when)) * 1000)
    if len(taken["note"]) != notes:
        raise NoAnswer(f"{notes} notes were typed, {len(taken['note'])} were taken")
    return taken, len(files) - 1


def in_data_table(rows: int, count: int, seed: int) -> Responses:
    """Textual's own table with as many rows."""
    with Terminal([sys.executable, HERE / "references" / "data_table_app.py", str(rows)]) as terminal:
        terminal.wait_for("Visit 1 to")
        terminal.settle(0.5)
        walk = Walk(terminal, seed)
        walk.to_and_fro("move", count)
        for _ in range(count):
            walk.press("update", "u")
        walk.prepare(*["down"] * 45)
        for _ in range(count):
            walk.press("scroll", "down")
        return walk.responses


def in_visidata(program: Path, table: Path, count: int, seed: int) -> Responses:
    """VisiData with the same rows as a CSV file."""
    with Terminal([program, table]) as terminal:
        terminal.wait_for("Visit 1 to")
        terminal.settle(1)
        walk = Walk(terminal, seed)
        walk.to_and_fro("move", count)
        return walk.responses


def start(command: Sequence[str | Path], ready: str, keys: Iterable[str] = (), effect: str = "") -> tuple[float, float]:
    """Seconds until `ready` stands on the screen, and until the effect of keys pressed at that moment does."""
    with Terminal(command) as terminal:
        shown = terminal.wait_for(ready)
        if not effect:
            return shown, shown
        terminal.send(*keys)
        return shown, terminal.wait_for(effect)


def memory(command: Sequence[str | Path], ready: str) -> float:
    """MB in memory two seconds after the start."""
    with Terminal(command) as terminal:
        terminal.wait_for(ready)
        terminal.settle(2)
        return terminal.memory()
