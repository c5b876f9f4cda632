"""A power cut behind every operation of a sitting, in every state that it can leave."""

from __future__ import annotations

import hashlib
import itertools
import math
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from proof_harness.contract import examined, judged
from proof_harness.disks import ProofDisk
from proof_harness.power import Power, build
from proof_harness.saving import scratch
from proof_harness.sitting import Sitting
from proof_harness.stock import stock_breach, stock_sitting

if TYPE_CHECKING:
    from pathlib import Path

    from proof_harness.contract import Found, Moment
    from proof_harness.power import State
    from proof_harness.script import Step


@dataclass
class Cuts:
    """How many states were tried, and the breaches: (operation, what). `known` is what the different ones held."""

    states: int = 0
    breaches: list[tuple[int, str]] = field(default_factory=list)
    known: dict[tuple[bytes, Path | None, int], Found] = field(default_factory=dict)

    def hold(self, root: Path, power: Power, number: int, moments: list[Moment]) -> None:
        """Hold every state that a cut after operation `number` can leave against what was promised at these moments.

        What is in `root` is thrown away: each state is put there and worked in.
        """
        for state in power.states():
            self.states += 1
            digest = _digest(state)
            for moment in moments:
                key = (digest, moment.path, id(moment.record))
                if key not in self.known:
                    _put(root, state)
                    self.known[key] = examined(root, moment.path, moment.record)
                breach = judged(self.known[key], moment)
                if breach:
                    self.breaches.append((number, breach))


def cut_after(
    disk: ProofDisk,
    steps: tuple[Step, ...],
    *,
    later: tuple[Step, ...] = (),
    span: float = math.inf,
    enough: float = math.inf,
) -> Cuts:
    """Every state that a power cut can leave from the disk's fault on, for `span` operations.

    With `later` steps, the process is restarted after the first ones and takes them. Ends after `enough` breaches.
    """
    with scratch() as root:
        moments = Sitting(disk, root).run(steps).moments
        first = int(min(disk.fault.first, disk.count)) if disk.struck else 0
        if later:
            disk.restart()
            moments += Sitting(disk, root, moments[-1]).run(later).moments
        cuts, power = Cuts(), Power(root)
        for event, following in itertools.zip_longest(disk.events, disk.events[1:]):
            if event.number >= first + span or len(cuts.breaches) >= enough:
                break
            power.follow(event)
            end = following.number if following else math.inf
            if first <= event.number < end:
                before = [moment for moment in moments if moment.count < event.number][-1:]
                meanwhile = [moment for moment in moments if event.number <= moment.count < end]
                cuts.hold(root, power, event.number, before + meanwhile)
        return cuts


def cut_stock() -> Cuts:
    """The same for stock TinyDB."""
    disk, cuts = ProofDisk(), Cuts()
    with scratch() as root:
        path, power = root / "stock.json", Power(root)
        done = stock_sitting(disk, path)
        disk.bury()
        for event in disk.events:
            power.follow(event)
            acknowledged = [edit for count, edit in done if count <= event.number]
            for state in power.states() if acknowledged else ():
                cuts.states += 1
                _put(root, state)
                breach = stock_breach(path, acknowledged[-1])
                if breach:
                    cuts.breaches.append((event.number, breach))
    return cuts


def _digest(state: State) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for path, content in sorted(state.items()):
        for part in (str(path).encode(), b"folder" if content is None else b"%d:" % len(content) + content):
            digest.update(part)
    return digest.digest()


def _put(root: Path, state: State) -> None:
    shutil.rmtree(root)
    root.mkdir()
    build(state)
