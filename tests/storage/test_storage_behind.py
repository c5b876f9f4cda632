"""When the visible file is written while somebody goes on typing: behind an edit, never when the next one is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage_kit import Inline, add_pain, session_named, store_in

from cjworkshop.storage.pace import Pace

if TYPE_CHECKING:
    from pathlib import Path

GAP, IDLE, LATEST = 0.4, 2.0, 10.0


def test_amid_edits_the_file_is_written_right_behind_one_and_never_later_than_it_must_be(tmp_path: Path) -> None:
    seconds = [0.0]
    pace = Pace(idle=IDLE, latest=LATEST)
    store = store_in(tmp_path / "sessions", writer=Inline, tick=lambda: seconds[0], pace=pace)
    path = store.create(session_named())
    written: list[tuple[float, float]] = []
    with store.open(path) as opened:
        keeper = opened._keeper
        assert keeper
        before = path.read_bytes()

        def work(since: float) -> None:
            nonlocal before
            keeper.work()
            if path.read_bytes() != before:
                before = path.read_bytes()
                written.append((seconds[0], since))

        for number in range(60):
            opened.workbook.do(add_pain(f"p{number}"))
            work(0)
            for _ in range(4):
                seconds[0] += GAP / 4
                work(1)
        typed = len(written)
        seconds[0] += IDLE
        work(1)
    assert typed == 2
    assert [since for _, since in written] == [0, 0, 1]
    assert written[0][0] <= LATEST
