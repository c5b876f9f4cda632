"""Which tool puts text on the clipboard."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from cjworkshop.tui import clipboard
from cjworkshop.tui.clipboard import Tool, clipboard_tool

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("platform", "environ", "installed", "command"),
    [
        ("darwin", {}, {"pbcopy"}, "pbcopy"),
        ("win32", {}, {"clip"}, "clip"),
        ("linux", {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, {"wl-copy", "xclip"}, "wl-copy"),
        ("linux", {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, {"xclip", "xsel"}, "xclip"),
        ("linux", {"DISPLAY": ":0"}, {"wl-copy", "xsel"}, "xsel"),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, {"clip.exe"}, "clip.exe"),
        ("linux", {}, {"xclip", "wl-copy"}, None),
        ("linux", {"DISPLAY": ":0", "SSH_CONNECTION": "x"}, {"xclip"}, None),
        ("darwin", {}, set(), None),
    ],
)
def test_the_tool_of_the_system(platform: str, environ: dict[str, str], installed: set[str], command: str) -> None:
    tool = clipboard_tool(platform, environ, lambda name: name if name in installed else None)
    assert (tool.command[0] if tool else None) == command


async def test_text_goes_to_the_terminal_and_to_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "clipboard"
    tool = Tool((sys.executable, "-c", f"import sys; open({str(target)!r}, 'wb').write(sys.stdin.buffer.read())"))
    monkeypatch.setattr(clipboard, "clipboard_tool", lambda *_: tool)
    app: App[object] = App()
    async with app.run_test():
        clipboard.copy_out(app, "a\tü")
        for thread in [thread for thread in threading.enumerate() if thread.name == "clipboard"]:
            thread.join()
        assert app.clipboard == "a\tü"
        assert target.read_text("utf-8") == "a\tü"
        clipboard.copy_out(app, "x" * 100_000)
        assert app.clipboard == "a\tü"


def test_a_tool_that_is_not_there_is_passed_over() -> None:
    clipboard._run(Tool(("no-such-program-anywhere",)), "text")
