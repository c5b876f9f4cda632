"""A process that types is killed in every way there is: all that it was told is saved can be found again."""

from __future__ import annotations

import random
import signal
from typing import TYPE_CHECKING

import pytest
from proof_harness.kills import Typing
from proof_harness.script import content_of

if TYPE_CHECKING:
    from pathlib import Path

AT_ONCE, AS_ONE_TYPES = 0.0, 0.03


def test_kill_9_loses_nothing_that_was_called_saved(tmp_path: Path) -> None:
    chance = random.Random(1)
    typing = Typing(tmp_path)
    for kill in range(10):
        tempo = AS_ONE_TYPES if kill % 3 == 1 else AT_ONCE
        typing.kill(signal.SIGKILL, chance.uniform(0, 0.3), tempo=tempo, awaited=kill % 4 != 3)
    assert typing.kills.losses == []
    assert typing.kills.acknowledged >= 50
    assert len(content_of(typing.closed().session)["notes"]) >= 39


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_loses_nothing_that_was_called_saved(tmp_path: Path, name: str) -> None:
    typing = Typing(tmp_path)
    for delay in (0.0, 0.1):
        typing.kill(signal.Signals[name], delay, tempo=AT_ONCE)
    assert typing.kills.losses == []
    assert typing.kills.acknowledged >= 2
    typing.closed()
