"""What a power cut can leave behind: a model of a file system that keeps no more than it has promised.

Of a file the bytes at its last flush are certain. What was written since may be there, partly there, zeroed, garbage,
or not there. Of a folder the names at its last flush are certain. Each name made, replaced or removed since may have
become so or not, each for itself: more freely than journaling file systems do it, as freely as POSIX allows.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from proof_harness.disks import Event

T = TypeVar("T")
State = dict["Path", "bytes | None"]
"""What is found after the power is back: path → bytes of a file, or None for a folder."""

_ALL = 4
"""So many unflushed names: every combination is tried. Of more: each prefix, each without one, each alone."""
_MANY = 256
"""Combinations over all folders or files, above which one varies at a time."""


@dataclass(frozen=True)
class _Piece:
    """Bytes written at an offset, or a cut to that size where `data` is None. `lost`: a failed flush dropped them."""

    offset: int
    data: bytes | None
    lost: bool = False

    def on(self, content: bytes) -> bytes:
        if self.data is None:
            return content[: self.offset].ljust(self.offset, b"\0")
        return content[: self.offset].ljust(self.offset, b"\0") + self.data + content[self.offset + len(self.data) :]

    def partly(self) -> Iterator[_Piece]:
        """Torn at the first byte, in the middle, before the last byte."""
        size = len(self.data or b"")
        for cut in sorted({1, size // 2, size - 1} - {0, size}):
            yield _Piece(self.offset, (self.data or b"")[:cut])

    def filled(self, byte: bytes) -> _Piece:
        """The right size, but not the bytes."""
        return self if self.data is None else _Piece(self.offset, byte * len(self.data))


@dataclass
class _File:
    durable: bytes = b""
    pending: list[_Piece] = field(default_factory=list)

    def flush(self) -> None:
        self.durable = _applied(self.durable, [piece for piece in self.pending if not piece.lost])
        self.pending.clear()

    def fail_to_flush(self) -> None:
        """The system reports it once, forgets the bytes, and will call the next flush a success."""
        self.pending = [_Piece(piece.offset, piece.data, lost=True) for piece in self.pending]

    def contents(self) -> list[bytes]:
        """All that may be found in it, first with everything, then with nothing of what was not flushed."""
        pieces = [piece for piece in self.pending if not piece.lost]
        if not pieces:
            return [self.durable]
        found = [pieces, []]
        last = max(0, len(pieces) - 8)
        for number in range(last, len(pieces)):
            found.append(pieces[:number])
            found += [[*pieces[:number], part] for part in pieces[number].partly()]
        found.append([piece.filled(b"\0") for piece in pieces])
        found.append([*pieces[:-1], pieces[-1].filled(b"\0")])
        found.append([*pieces[:-1], pieces[-1].filled(b"\xa5")])
        found.append(pieces[-1:])
        return list(dict.fromkeys(_applied(self.durable, choice) for choice in found))


def _applied(content: bytes, pieces: list[_Piece]) -> bytes:
    for piece in pieces:
        content = piece.on(content)
    return content


_Names = dict[str, "_File | _Folder"]
_Change = dict[str, "_File | _Folder | None"]
"""Names that stand for something else from now on, or for nothing. The two of a rename go together."""


@dataclass
class _Folder:
    """The names at the last flush, and the changes since."""

    durable: _Names = field(default_factory=dict)
    pending: list[_Change] = field(default_factory=list)

    def now(self) -> _Names:
        return self._with(self.pending)

    def flush(self) -> None:
        self.durable = self.now()
        self.pending.clear()

    def _with(self, changes: list[_Change]) -> _Names:
        names: _Change = {**self.durable}
        for change in changes:
            names.update(change)
        return {name: node for name, node in names.items() if node is not None}

    def listings(self) -> list[_Names]:
        """All that may be found in it, first with everything."""
        count = len(self.pending)
        if count <= _ALL:
            chosen = [subset for size in range(count, -1, -1) for subset in itertools.combinations(self.pending, size)]
        else:
            chosen = [tuple(self.pending[:number]) for number in range(count, -1, -1)]
            chosen += [(*self.pending[:number], *self.pending[number + 1 :]) for number in range(count)]
            chosen += [(change,) for change in self.pending]
        return [self._with(list(changes)) for changes in chosen]


class Power:
    """The file system under `root`, which exists. `follow` each event; `states` are what a cut would leave now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[Path, _Folder] = {root: _Folder()}
        self._open: dict[int, _File] = {}

    def follow(self, event: Event) -> None:
        """Do what the event tells."""
        path = event.path or self._root
        match event.operation:
            case "make_folder":
                self._folders[path] = _Folder()
                self._change(path, self._folders[path])
            case "create":
                self._open[event.descriptor] = _File()
                self._change(path, self._open[event.descriptor])
            case "append":
                found = self._folders[path.parent].now()[path.name]
                if isinstance(found, _File):
                    self._open[event.descriptor] = found
            case "write":
                self._open[event.descriptor].pending.append(_Piece(event.size, event.data))
            case "truncate":
                self._open[event.descriptor].pending.append(_Piece(event.size, None))
            case "sync" if event.failed:
                self._open[event.descriptor].fail_to_flush()
            case "sync":
                self._open[event.descriptor].flush()
            case "sync_folder":
                self._folders[path].flush()
            case "replace" if event.target and event.target.parent == path.parent:
                moved = self._folders[path.parent].now()[path.name]
                self._folders[path.parent].pending.append({path.name: None, event.target.name: moved})
            case "remove":
                self._change(path, None)
            case other:
                raise NotImplementedError(other)

    def _change(self, path: Path, node: _File | _Folder | None) -> None:
        self._folders[path.parent].pending.append({path.name: node})

    def states(self) -> Iterator[State]:
        """Everything that may be found when the power is back; some of it more than once."""
        for listings in _choices([folder.listings() for folder in self._folders.values()]):
            chosen = dict(zip(map(id, self._folders.values()), listings, strict=True))
            found: dict[Path, _File | None] = {}
            self._walk(self._root, self._folders[self._root], chosen, found)
            files = [(path, file) for path, file in found.items() if file is not None]
            for contents in _choices([file.contents() for _, file in files]):
                yield {
                    **dict.fromkeys((path for path, file in found.items() if file is None)),
                    **{path: content for (path, _), content in zip(files, contents, strict=True)},
                }

    def _walk(self, path: Path, folder: _Folder, chosen: Mapping[int, _Names], found: dict[Path, _File | None]) -> None:
        for name, node in chosen[id(folder)].items():
            found[path / name] = node if isinstance(node, _File) else None
            if isinstance(node, _Folder):
                self._walk(path / name, node, chosen, found)


def _choices(options: list[list[T]]) -> Iterator[tuple[T, ...]]:
    """Every combination; of very many those in which all but one are alike: the first choice, or the second."""
    if math.prod(len(option) for option in options) <= _MANY:
        yield from itertools.product(*options)
        return
    for rest in (0, 1):
        common = [option[min(rest, len(option) - 1)] for option in options]
        for number, option in enumerate(options):
            for choice in option:
                yield (*common[:number], choice, *common[number + 1 :])


def build(state: State) -> None:
    """Make the folders and files of a state, in a place where none of them are."""
    for path in sorted(state):
        content = state[path]
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content)
