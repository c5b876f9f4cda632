"""How fast the program is, against other programs measured in the same minutes: `make bench`.

python benchmarks/run.py [--quick] [--json] [--only PART]… [--peers VENV]

Every figure is a median, and where it says so a ratio of two medians from the same run: computers differ, and the same
one differs from hour to hour. `--peers` is a virtual environment with VisiData or Posting in it, to compare with them.
The bars are those that the program was designed to.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import walks
from figures import Figure, markdown, median, percentile
from generated_sessions import at_touchpoint, journey, keep, survey
from sample_rows import COLUMNS, touchpoints
from terminal_probe import LINES, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from walks import Responses

MINIMAL = (sys.executable, walks.HERE / "references" / "minimal_app.py")
SMALL, LARGE = 100, 10_000
MOVES = {"move": "cursor move in view", "scroll": "cursor move that scrolls", "type": "type a character"}
EDITS = {
    "commit": "commit of a cell (Enter)",
    "rating": "rating by one key",
    "new row": "new row in the middle (Ctrl+N)",
    "insert": "its first value: insert in the middle",
}
GOES = {"step": "go to another step", "table": "go to another table"}
LINE_BYTES, KEY_BYTES = 60, 150
TYPED_NOTES = 60


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    keys: int
    rounds: int
    starts: int
    rows: tuple[int, ...]
    edits: int
    responses: int


FULL = Scale(keys=60, rounds=2, starts=20, rows=(SMALL, 1_000, LARGE), edits=300, responses=100_000)
QUICK = Scale(keys=16, rounds=1, starts=6, rows=(SMALL, 1_000), edits=60, responses=5_000)


@dataclass(frozen=True)
class Run:
    """A run of the benchmarks: how much of it, where its files go, and where other programs are."""

    scale: Scale
    folder: Path
    peers: Path | None

    def peer(self, name: str) -> Path | None:
        """Another program, where it is installed."""
        program = self.peers / "bin" / name if self.peers else None
        return program if program and program.exists() else None


def alternating(count: int, measures: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Each measure so many times, in turn, so that what slows the computer slows all of them."""
    for measure in measures.values():
        measure()
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(count):
        for name, measure in measures.items():
            taken[name].append(measure())
    return taken


def command_seconds(*command: str | Path) -> float:
    """Seconds that a command takes, from its start to its end."""
    begun = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return perf_counter() - begun


def commands(run: Run) -> Iterator[Figure]:
    folder = run.folder / "list"
    for rows in (25, 40, 60, 80):
        keep(folder, journey(rows))
    reference = 'python -c "import click, tinydb"'
    taken = alternating(
        run.scale.starts,
        {
            "reference": partial(command_seconds, sys.executable, "-c", "import click, tinydb"),
            "--version": partial(command_seconds, walks.PROGRAM, "--version"),
            "list": partial(command_seconds, walks.PROGRAM, "--sessions", folder, "list"),
        },
    )
    milliseconds = {name: median(times) * 1000 for name, times in taken.items()}
    against = milliseconds["reference"]
    yield Figure("cjworkshop --version", "", milliseconds["--version"], "ms", reference, against, 1.3)
    yield Figure("cjworkshop list", "4 sessions", milliseconds["list"], "ms", reference, against, 2)


def starts(run: Run) -> Iterator[Figure]:
    path = keep(run.folder / "start", journey(25), at_touchpoint(0))
    ours: list[str | Path] = [walks.PROGRAM, "--sessions", path.parent, "open", path.stem]
    posting = run.peer("posting")
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(run.scale.starts + 1):
        taken["minimal"].append(walks.start(MINIMAL, "Here it is", ["x"], "A key came"))
        taken["ours"].append(walks.start(ours, "1 of 25", ["down"], "2 of 25"))
        if posting:
            taken["posting"].append(walks.start([posting, "--collection", run.folder], "Collection"))
    ready, key = (
        {name: median(pair[place] for pair in pairs[1:]) * 1000 for name, pairs in taken.items()} for place in (0, 1)
    )
    minimal = "minimal Textual app"
    yield Figure("open → ready", "25 rows", ready["ours"], "ms", minimal, ready["minimal"])
    yield Figure("open → first key honoured", "25 rows", key["ours"], "ms", minimal, key["minimal"], 1.6)
    if posting:
        yield Figure("open → first key honoured", "25 rows", key["ours"], "ms", "Posting, ready", ready["posting"], 0.5)


def keys(run: Run) -> Iterator[Figure]:
    ours: dict[int, Responses] = {}
    frames: dict[int, int] = {}
    tables: dict[int, Responses] = {}
    for rows in run.scale.rows:
        ours[rows], tables[rows] = defaultdict(list), defaultdict(list)
        for seed in range(run.scale.rounds):
            count = run.scale.keys // run.scale.rounds
            responses, frames[rows] = walks.in_grid(run.folder, rows, count, seed)
            _add(tables[rows], walks.in_data_table(rows, count, seed))
            _add(ours[rows], responses)
        yield from _against_table(rows, ours[rows], tables[rows])
        yield from _going(rows, ours[rows], frames[rows])
    if {SMALL, LARGE} <= ours.keys():
        yield from _growth(ours[SMALL], ours[LARGE])
    yield from _against_visidata(run, ours[SMALL])


def _add(all_of_them: Responses, more: Responses) -> None:
    for what, responses in more.items():
        all_of_them[what] += responses


def _final(responses: Responses, what: str) -> float:
    return median(response.final() for response in responses[what])


def _against_table(rows: int, ours: Responses, table: Responses) -> Iterator[Figure]:
    size = f"{rows:,} rows"
    for what, title in MOVES.items():
        against = "scroll" if what == "scroll" else "move"
        reference = f"DataTable, {'scrolling' if what == 'scroll' else 'cursor move'}"
        yield Figure(title, size, _final(ours, what), "ms", reference, _final(table, against), 0.8)
        written = median(response.bytes for response in ours[what])
        if what == "scroll":  # every line is another one then, and what that takes the table shows
            allowed = median(response.bytes for response in table[what])
            yield Figure(f"{title}: bytes", size, written, "B", reference, allowed, 0.8)
        else:
            allowed = median(KEY_BYTES + LINE_BYTES * len(response.lines) for response in ours[what])
            yield Figure(f"{title}: bytes", size, written, "B", "150 + 60 a changed line", allowed, 1)
    for what, title in EDITS.items():
        bar = 0.15 if what in {"commit", "rating"} else None
        yield Figure(title, size, _final(ours, what), "ms", "DataTable.update_cell", _final(table, "update"), bar)


def _going(rows: int, ours: Responses, frame: int) -> Iterator[Figure]:
    size = f"{rows:,} rows"
    for what, title in GOES.items():
        yield Figure(title, size, _final(ours, what), "ms", bar=15)
        written = median(response.bytes for response in ours[what])
        yield Figure(f"{title}: bytes", size, written, "B", "one full frame", frame, 1.5)


def _growth(small: Responses, large: Responses) -> Iterator[Figure]:
    for what, title in {**MOVES, **EDITS, **GOES}.items():
        bar = 1.3 if what in {"move", "type", "commit", "step"} else None
        size = f"{LARGE:,} rows"
        yield Figure(title, size, _final(large, what), "ms", f"the same, {SMALL} rows", _final(small, what), bar)


def _against_visidata(run: Run, ours: Responses) -> Iterator[Figure]:
    visidata = run.peer("vd")
    if visidata is None:
        return
    table = run.folder / "rows.csv"
    lines = [COLUMNS, *touchpoints(SMALL)]
    table.write_text("".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines))
    against = _final(walks.in_visidata(visidata, table, run.scale.keys, 0), "move")
    for what in ("move", "type"):
        size = f"{SMALL} rows"
        yield Figure(MOVES[what], size, _final(ours, what), "ms", "VisiData, cursor move", against, 0.2)


def on_map(run: Run) -> Iterator[Figure]:
    for rows in (24, 300):
        responses: Responses = defaultdict(list)
        for seed in range(max(run.scale.rounds, 2)):
            _add(responses, walks.on_map(run.folder, rows, run.scale.keys // max(run.scale.rounds, 2), seed))
        size = f"{rows} touchpoints"
        move = _final(responses, "grid move")
        yield Figure("map: first opening", size, _final(responses, "first open"), "ms", bar=60)
        yield Figure("map: opening", size, _final(responses, "open"), "ms", bar=60)
        for what, title in {"step": "a step along it", "lane": "to another lane"}.items():
            yield Figure(f"map: {title}", size, _final(responses, what), "ms", "cursor move in the grid", move, 1)
        for what, title in {"scroll": "a step that scrolls", "rating": "rating by one key"}.items():
            yield Figure(f"map: {title}", size, _final(responses, what), "ms", "cursor move in the grid", move)
        written = median(response.bytes for response in responses["step"])
        yield Figure("map: a step along it: bytes", size, written, "B")


def present(run: Run) -> Iterator[Figure]:
    titles = {"map": "the map (F5)", "step": "a step along it", "edit": "a rating on it"}
    for rows in (24, 300, LARGE):
        taken = walks.in_two_terminals(run.folder, rows, min(run.scale.keys, 30), 0)
        for what, title in titles.items():
            size = f"{rows:,} rows"
            yield Figure(f"shown in a second terminal: {title}, median", size, median(taken[what]), bar=500)
            yield Figure(f"shown in a second terminal: {title}, worst", size, max(taken[what]), bar=500)


def child(what: str, *arguments: object) -> Any:
    """What `storing.py` measures in a process of its own."""
    command: list[str | Path] = [sys.executable, walks.HERE / "storing.py", what, *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def saving(run: Run) -> Iterator[Figure]:
    for rows in run.scale.rows:
        size = f"{rows:,} rows"
        taken = child("saves", run.folder, rows, run.scale.edits)
        yield Figure("edit → saved, median", size, median(taken["flushed"]))
        yield Figure("edit → saved, p99", size, percentile(taken["flushed"], 99), bar=20)
        yield Figure("held by the edit itself, p99", size, percentile(taken["held"], 99))
        yield Figure("stall while the file is written", size, max(taken["stall"]), bar=16)


def capture(run: Run) -> Iterator[Figure]:
    for rows in run.scale.rows:
        size = f"{rows:,} rows"
        taken = child("captures", run.folder, rows, run.scale.edits // 3)
        note, edit = (percentile(taken[what], 99) for what in ("note", "edit"))
        yield Figure("note captured → saved, median", size, median(taken["note"]))
        yield Figure("note captured → saved, p99", size, note, bar=20)
        yield Figure("note captured → saved, p99", size, note, "ms", "edit → saved, p99", edit)
        yield Figure("a key of a captured line read, p99", size, percentile(taken["read"], 99), bar=16)
    for rows in run.scale.rows[::2]:
        typed, files = walks.capturing(run.folder, rows, TYPED_NOTES)
        size = f"{rows:,} rows, file written {files} times"
        yield Figure("note typed, clock running → saved, median", size, median(typed["note"]))
        yield Figure("note typed, clock running → saved, p99", size, percentile(typed["note"], 99), bar=20)
        yield Figure("its last key → saved, p99", size, percentile(typed["key"], 99))


def memory(run: Run) -> Iterator[Figure]:
    folder = run.folder / "demo"
    subprocess.run([walks.PROGRAM, "demo", "--into", folder, "--no-open"], check=True, stdout=subprocess.DEVNULL)
    slug = next(folder.glob("*.json")).stem
    ours: list[str | Path] = [walks.PROGRAM, "--sessions", folder, "open", slug]
    taken = alternating(
        max(run.scale.starts // 6, 1),
        {"ours": partial(walks.memory, ours, "ASK NOW"), "minimal": partial(walks.memory, MINIMAL, "Here it is")},
    )
    megabytes = {name: median(values) for name, values in taken.items()}
    yield Figure(
        "memory, idle, sample open", "", megabytes["ours"], "MB", "minimal Textual app", megabytes["minimal"], 1.3
    )


def survey_size(run: Run) -> Iterator[Figure]:
    count = run.scale.responses
    size = f"{count:,} responses"
    path = keep(run.folder / "survey", survey(count))
    taken = [child("opens", path) for _ in range(3)]
    seconds, parsed = (median(each[name] for each in taken) * 1000 for name in ("seconds", "parsed"))
    allowed = 2 * parsed + 1000
    yield Figure("open a session", size, seconds, "ms", "2 × orjson.loads + 1 s", allowed, 1)
    empty = keep(run.folder / "survey-empty", survey(0))
    held = (child("holds", path)["memory"] - child("holds", empty)["memory"]) * 1024**2 / count
    yield Figure("memory for a response", size, held, "B", bar=1536)


PARTS: dict[str, Callable[[Run], Iterable[Figure]]] = {
    "commands": commands,
    "starts": starts,
    "keys": keys,
    "map": on_map,
    "present": present,
    "saving": saving,
    "capture": capture,
    "memory": memory,
    "survey": survey_size,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer keys and smaller sessions: about a minute")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be repeated")
    parser.add_argument("--peers", type=Path, metavar="VENV", help="where VisiData and Posting are installed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cjworkshop-bench-") as folder:
        run = Run(QUICK if options.quick else FULL, Path(folder), options.peers)
        figures: list[Figure] = []
        failed: list[str] = []
        for name in options.only or PARTS:
            print(f"measuring {name} …", file=sys.stderr)
            try:
                figures += list(PARTS[name](run))
            except NoAnswer as problem:  # the other parts took minutes: what they measured is not lost
                failed.append(name)
                print(f"{name} failed: {problem}", file=sys.stderr)
    if options.json:
        print(json.dumps([figure.as_record() for figure in figures], ensure_ascii=False, indent=1))
    else:
        print(f"Medians, on a terminal of 120 × {LINES}.\n\n{markdown(figures)}")
    missed = [figure.what for figure in figures if figure.met is False]
    print(f"{len(missed)} of {sum(figure.met is not None for figure in figures)} bars missed", file=sys.stderr)
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
