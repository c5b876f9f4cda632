"""Which tool puts text on the clipboard."""

from __future__ import annotations

import pytest

from cjworkshop.tui.clipboard import clipboard_tool


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
