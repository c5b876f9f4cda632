"""What happens each second while a clock runs, or one should: boards say the time that is left, and it rings where it is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cjworkshop.tui.widgets.header import Header
from cjworkshop.tui.widgets.panel import AskLine, Panel

if TYPE_CHECKING:
    from cjworkshop.tui.screens.workshop import WorkshopScreen


def tick(screen: WorkshopScreen) -> None:
    """A second has passed: what the clock says stands on this screen's boards and on every header over it."""
    desk, app = screen.desk, screen.app
    clock = desk.clock
    if not clock.running and clock.face(desk.step.key) == screen.query_one(Header).state.clock:
        return
    heading, guide = desk.heading(desk.opened.save_state), desk.guide(marks=screen.marked)
    for shown in app.screen_stack[app.screen_stack.index(screen) :]:
        for header in shown.query(Header):
            header.show(replace(heading, step=header.state.step))
    screen.query_one(Panel).show(guide)
    screen.query_one(AskLine).show(guide)
    if clock.rings() and app.sounds:
        app.bell()
    if news := clock.take_news():
        screen.footer.say(news)
