"""How pictures of the screen are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.pilot import Pilot

    from cjworkshop.tui.program import Program


def looks_as_meant(app: Program, size: tuple[int, int], keys: Iterable[str], snap_compare: Callable[..., bool]) -> bool:
    """Whether the program looks as in the picture that is kept, once these keys were pressed one after the other."""

    async def press(pilot: Pilot[int]) -> None:
        await pilot.pause(0.2)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.05)
        await pilot.pause(0.2)

    try:
        return snap_compare(app, terminal_size=size, run_before=press)
    finally:
        app.give_up()
