"""Text out to the system's clipboard: by the terminal (OSC 52), and by the system's own tool where it has one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING

from cjworkshop.lazy import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import App

_LONGEST_FOR_TERMINALS = 74_000
"""Characters that terminals take by OSC 52; of more they take nothing, or rubbish."""
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that puts what it reads on the clipboard."""

    command: tuple[str, ...]
    encoding: str = "utf-8"


_PBCOPY = Tool(("pbcopy",))
_CLIP = Tool(("clip",), "utf-16")
_WSL_CLIP = Tool(("clip.exe",), "utf-16")
_WAYLAND = Tool(("wl-copy",))
_X = (Tool(("xclip", "-selection", "clipboard")), Tool(("xsel", "--clipboard", "--input")))


def clipboard_tool(
    platform: str, environ: Mapping[str, str], which: Callable[[str], str | None] = shutil.which
) -> Tool | None:
    """The tool of this system, or None. On a machine reached over ssh its clipboard is nobody's: None too."""
    if "SSH_CONNECTION" in environ or "SSH_TTY" in environ:
        return None
    if platform == "darwin":
        candidates: tuple[Tool, ...] = (_PBCOPY,)
    elif platform == "win32":
        candidates = (_CLIP,)
    else:
        candidates = (
            *((_WAYLAND,) if environ.get("WAYLAND_DISPLAY") else ()),
            *(_X if environ.get("DISPLAY") else ()),
            *((_WSL_CLIP,) if environ.get("WSL_DISTRO_NAME") else ()),
        )
    return next((tool for tool in candidates if which(tool.command[0])), None)


def copy_out(app: App[object], text: str) -> None:
    """Put `text` on the clipboard. Never waits, and says nothing where there is no way."""
    if len(text) <= _LONGEST_FOR_TERMINALS:
        app.copy_to_clipboard(text)
    tool = clipboard_tool(sys.platform, os.environ)
    if tool is not None:
        Thread(target=_run, args=(tool, text), name="clipboard", daemon=True).start()


def _run(tool: Tool, text: str) -> None:
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(  # noqa: S603 - one of the fixed commands above
            tool.command,
            input=text.encode(tool.encoding, "replace"),
            stdout=quiet,
            stderr=quiet,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
